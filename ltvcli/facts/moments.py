"""Subscribers on a day: data known then, and what followed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Floats, Ints


class Subscribers(Struct, frozen=True, kw_only=True):
    """A row per customer who pays on a day and has not given notice, each array of shape `(n,)`.

    Attributes:
        customer: IDs, in their order.
        plan: on that day, the first by name of several; "" if it is not known.
        mrr: monthly amount on that day.
        first_mrr: on the first paid day.
        subscriptions: on that day.
        amounts: different ones so far.
        tenure: days since the first paid day.
        later_mrr: monthly amount in the end; 0 for those who left.
        later_paid: in the days after.
    """

    customer: NDArray[np.object_]
    plan: NDArray[np.object_]
    mrr: Floats
    first_mrr: Floats
    subscriptions: Ints
    amounts: Ints
    tenure: Ints
    later_mrr: Floats
    later_paid: Floats


def gather(engine: Engine, cut: date, days_after: int, *, is_last: bool = False) -> Subscribers:
    """Read who paid on a day from the table `periods`.

    Args:
        engine: holds it.
        cut: the day; later data is not used.
        days_after: days after it that are watched.
        is_last: whether it is the last day of the data, on which ends to come are notices.
    """
    days = {"cut": cut, "days_after": days_after, "is_last": is_last}
    return Subscribers(**engine.columns("facts/moments/subscribers", days))
