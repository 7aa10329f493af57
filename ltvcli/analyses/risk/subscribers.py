"""Subscribers on several days, as models learn from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ltvcli.analyses.risk import calls, watched
from ltvcli.analyses.risk.watched import Watched
from ltvcli.errors import TooShortForCallsError
from ltvcli.facts.attributes import Attribute, Attributes, Kind
from ltvcli.results.risk import AHEAD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.moments import Subscribers

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


def attributes(moments: Sequence[Subscribers]) -> Attributes:
    """Return the customer attributes known on several days, one day after the other."""
    import numpy as np

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(moment, name) for moment in moments])

    def number(label: str, values: Floats) -> Attribute:
        return Attribute(name=label, kind=Kind.NUMBER, values=values.astype(np.float64))

    mrr = joined("mrr").astype(np.float64)
    return Attributes(
        customers=joined("customer"),
        columns=(
            watched.levels("plan", joined("plan")),
            number("MRR", mrr),
            number("MRR to first", np.round(mrr / joined("first_mrr").astype(np.float64), 2)),
            number("paid subscriptions", joined("subscriptions")),
            number("amounts", joined("amounts")),
            number("days a customer", joined("tenure")),
        ),
    )


def over_days(
    days: Sequence[date], moments: Sequence[Subscribers], came: Callable[[Subscribers], Bools]
) -> Watched:
    """Return customers on several days as models learn from them.

    Args:
        days: ascending, the last one with an outcome that is not known.
        moments: customers who paid on each.
        came: returns the outcome in the days after.

    Raises:
        TooShortForCallsError: on fewer than two days with a known outcome there were customers.
    """
    import numpy as np

    pairs = list(zip(days, moments, strict=True))
    used = [(day, moment) for day, moment in pairs[:-1] if len(moment.customer)] + [pairs[-1]]
    if len(used) <= 2:  # noqa: PLR2004 - one to learn from, one to test on, and the last
        raise TooShortForCallsError(days=(calls.CUTOFFS - 1) * AHEAD)
    counts = [len(moment.customer) for _, moment in used]
    outcome = [came(moment) for _, moment in used[:-1]] + [np.zeros(counts[-1], dtype=bool)]
    return Watched(
        days=tuple(day for day, _ in used),
        attributes=attributes([moment for _, moment in used]),
        day_of=np.repeat(np.arange(len(used)), counts),
        came=np.concatenate(outcome),
    )
