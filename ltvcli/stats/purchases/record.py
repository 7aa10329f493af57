"""When customers order: the record each model is fitted to, and what every fitted model can tell.

The symbols of the literature in words: x is `frequency`, t_x `recency`, T `age`. One unit of time
throughout, chosen by the caller (weeks are usual); rates and parameters are in that unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ltvcli.language import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


TOO_LONG = N_("its forecast would take too many steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFitted:
    """Why a model has no fit to this record; `because` is marked text that completes a sentence."""

    model: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """Where a search for the best fit ended; only a search that settled has one.

    parameters: by their names in the literature; None where a limit leaves one without a value.
    standard_errors: of the parameters; None where the curvature gives none.
    log_likelihood: sum over customers, in the caller's unit of time.
    gradient: largest slope of the mean log-likelihood per customer over logs of parameters.
    limit: marked text that says which simpler model the data cannot be told from, or None.
    """

    parameters: Mapping[str, float | None]
    standard_errors: Mapping[str, float | None]
    log_likelihood: float
    gradient: float
    limit: str | None


class ForecastTooLongError(Exception):
    """A forecast that is summed up step by step would take too many steps."""


class Purchases(Protocol):
    """A fitted model. Every `(n,)` answer stands in the order of the cells."""

    @property
    def name(self) -> str:
        """Name of the model in the literature; that of the simpler one where a limit was met."""

    @property
    def optimum(self) -> Optimum:
        """Parameters and how sure they are."""

    def alive(self, cells: Cells) -> Floats:
        """Probability `(n,)` that a customer with this record has not left for good."""

    def expected(self, cells: Cells, horizon: float) -> Floats:
        """Expected orders `(n,)` in the `horizon` after the record's end.

        Raises:
            ForecastTooLongError: summing them up would take too many steps.
        """

    def variance(self, cells: Cells, horizon: float) -> Floats:
        """Variance `(n,)` of that number of orders for one customer, the parameters as fitted."""

    def none_within(self, cells: Cells, horizon: float) -> Floats:
        """Probability `(n,)` of no order at all in the `horizon` after the record's end."""

    def expected_new(self, times: Floats) -> Floats:
        """Expected orders after the first by each of `times` `(m,)`, of a customer just won."""
