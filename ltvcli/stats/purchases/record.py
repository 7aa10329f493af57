"""Order histories to which models are fitted, and the interface of every fitted model.

The symbols of the literature in words: x is `frequency`, t_x `recency`, T `age`. One unit of time
throughout, chosen by the caller (weeks are usual); rates and parameters are in that unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from ltvcli.language import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


TOO_LONG = N_("its forecast would take too many steps")


class Cells(Struct, frozen=True, kw_only=True):
    """Customers with the same record counted together, each field `(n,)`.

    frequency: days with an order after the first one; 0 if there was none.
    recency: time from the first order to the last one; 0 if there was no other.
    age: time from the first order to the end of the record; recency or more.
    weight: customers with this record.
    """

    frequency: Floats
    recency: Floats
    age: Floats
    weight: Floats


class NotFitted(Struct, frozen=True, kw_only=True):
    """The reason why a model was not fitted; `because` is marked text that completes a sentence."""

    model: str
    because: str


class Optimum(Struct, frozen=True, kw_only=True):
    """The best fit; only a search that converged has one.

    parameters: by their names in the literature; None where a limit leaves one without a value.
    standard_errors: of the parameters; None where the curvature gives none.
    log_likelihood: sum over customers, in the caller's unit of time.
    gradient: largest slope of the mean log-likelihood per customer over logs of parameters.
    limit: marked text that names the simpler model which fits as well, or None.
    """

    parameters: Mapping[str, float | None]
    standard_errors: Mapping[str, float | None]
    log_likelihood: float
    gradient: float
    limit: str | None


class ForecastTooLongError(Exception):
    """A forecast that is summed up step by step would take too many steps."""


class Purchases(Protocol):
    """A fitted model. Every array `(n,)` is in the order of the cells."""

    @property
    def name(self) -> str:
        """Name of the model in the literature, or of the simpler model where a limit was met."""

    @property
    def optimum(self) -> Optimum:
        """Parameters and their standard errors."""

    def alive(self, cells: Cells) -> Floats:
        """Return the probability `(n,)` that a customer with this record has not left for good."""

    def expected(self, cells: Cells, horizon: float) -> Floats:
        """Return expected orders `(n,)` in the `horizon` after the record's end.

        Raises:
            ForecastTooLongError: summing them up would take too many steps.
        """

    def moments(self, cells: Cells, horizon: float) -> tuple[Floats, Floats]:
        """Return expected orders `(n,)` as `expected` does, and their variance `(n,)`.

        The variance is that of the orders of a customer, given the fitted parameters.

        Raises:
            ForecastTooLongError: summing them up would take too many steps.
        """

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Return the probability `(n,)` of no order in the `horizon` after the record's end."""

    def expected_new(self, times: Floats) -> Floats:
        """Return expected repeat orders of a new customer by each of `times` `(m,)`."""
