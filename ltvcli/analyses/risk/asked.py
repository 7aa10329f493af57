"""Input of `ltv risk`: customers with a known outcome, and customers to score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.facts.attributes import Attributes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.analyses.risk.today import Joined
    from ltvcli.facts.early_behaviour import EarlyBehaviour

    Bools = NDArray[np.bool_]
    Days = NDArray[np.datetime64]
    Floats = NDArray[np.float64]


class Customers(Struct, frozen=True, kw_only=True):
    """Customers with a known outcome, in an order that is independent of it.

    Attributes:
        attributes: of each.
        left: whether each left, shape `(n,)`.
        file: name of the file, for errors.
        first: day on which each began, shape `(n,)`; None of a snapshot.
        within: days after which an outcome is known; 0 of a snapshot.
        value: of each within the horizon; NaN if it is unknown, shape `(n,)`.
        early: what they did in their first days; None without a log of events.
    """

    attributes: Attributes
    left: Bools
    file: str
    first: Days | None = None
    within: int = 0
    value: Floats | None = None
    early: EarlyBehaviour | None = None


class Asked(Struct, frozen=True, kw_only=True):
    """The question.

    Attributes:
        without: names of columns that are not to be used.
        prospects: to be scored; None if there are none.
        declined: prospects who were declined; None if there are none.
        cac: that is still to be spent on a prospect; None if it is not known.
        now: customers of today and of earlier days, to be scored; None if they are not known.
        is_of_today: whether the customers of today are asked for.
    """

    without: Sequence[str] = ()
    prospects: Attributes | None = None
    declined: Attributes | None = None
    cac: float | None = None
    now: Joined | None = None
    is_of_today: bool = False
