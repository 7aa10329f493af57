"""Customers of orders on several days, as models learn from them: who spends more, who leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ltvcli.analyses.risk import calls
from ltvcli.analyses.risk.watched import Watched
from ltvcli.errors import TooShortForCallsError
from ltvcli.facts.attributes import Attribute, Attributes, Kind
from ltvcli.results.risk import AHEAD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.silences import Silences

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

RISE = 1.2
"""Revenue of 90 days over what was usual, from which on spend has risen."""


def active(silences: Silences) -> Bools:
    """Return who ordered in the 90 days before the day, shape `(n,)`."""
    is_active: Bools = silences.recent_revenue > 0
    return is_active


def has_risen(silences: Silences) -> Bools:
    """Return who spent at least 20% more in the 90 days after than was usual, shape `(n,)`.

    Usual is the larger of the 90 days before and the average of 90 days so far: after a few weak
    weeks, a return to the average is no rise.
    """
    import numpy as np

    average = silences.revenue * AHEAD / np.maximum(silences.tenure + 1, AHEAD)
    risen: Bools = silences.later_revenue >= RISE * np.maximum(silences.recent_revenue, average)
    return risen


def leaves(silences: Silences) -> Bools:
    """Return who did not order in the 90 days after the day, shape `(n,)`."""
    is_gone: Bools = silences.later_days == 0
    return is_gone


def expected_value(moments: Sequence[Silences], margin: float) -> Floats:
    """Return the expected 90-day value of each active customer of the last day, if retained.

    That is his average per order day, times the order days of customers like him who came back.

    Args:
        moments: customers on several days, the last one at the end.
        margin: share of revenue that is kept.
    """
    import numpy as np

    *earlier, now = moments
    cells = calls.learn(earlier)
    per_day = np.maximum(now.revenue / now.order_days, 0.0)
    brought: Floats = (per_day * cells.days[calls.groups(now)] * margin)[active(now)]
    return brought


def over_days(
    days: Sequence[date],
    moments: Sequence[Silences],
    outcome: Callable[[Silences], Bools] = has_risen,
) -> Watched:
    """Return customers who ordered in the 90 days before each of several days.

    Args:
        days: ascending, the last one with an outcome that is not known.
        moments: customers on each.
        outcome: returns the outcome in the days after.

    Raises:
        TooShortForCallsError: on fewer than two days with a known outcome there were customers.
    """
    import numpy as np

    pairs = list(zip(days, moments, strict=True))
    used = [(day, moment) for day, moment in pairs[:-1] if active(moment).any()] + [pairs[-1]]
    if len(used) <= 2:  # noqa: PLR2004 - one to learn from, one to test on, and the last
        raise TooShortForCallsError(days=(calls.CUTOFFS - 1) * AHEAD)
    rows = [active(moment) for _, moment in used]
    came = [outcome(moment)[kept] for (_, moment), kept in zip(used, rows, strict=True)]
    came[-1] = np.zeros(len(came[-1]), dtype=bool)
    return Watched(
        days=tuple(day for day, _ in used),
        attributes=_attributes([moment for _, moment in used], rows),
        day_of=np.repeat(np.arange(len(used)), [int(kept.sum()) for kept in rows]),
        came=np.concatenate(came),
    )


def _attributes(moments: Sequence[Silences], rows: Sequence[Bools]) -> Attributes:
    """Return the customer attributes known on several days, one day after the other.

    Args:
        moments: customers on each day.
        rows: those who are used, of each day.
    """
    import numpy as np

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate(
            [getattr(moment, name)[kept] for moment, kept in zip(moments, rows, strict=True)]
        )

    def number(label: str, values: Floats) -> Attribute:
        return Attribute(name=label, kind=Kind.NUMBER, values=values.astype(np.float64))

    order_days = joined("order_days").astype(np.float64)
    average = joined("revenue") * AHEAD / np.maximum(joined("tenure") + 1, AHEAD)
    gaps = np.concatenate(
        [calls.usual_gap(moment)[kept] for moment, kept in zip(moments, rows, strict=True)]
    )
    return Attributes(
        customers=joined("customer"),
        columns=(
            number("spend of 90 days", joined("recent_revenue")),
            number("average of 90 days", np.round(average, 2)),
            number("order days of 90 days", joined("recent_days")),
            number("order days", order_days),
            number("spend per order day", np.round(joined("revenue") / order_days, 2)),
            number("days silent", joined("silence")),
            number("usual gap", np.round(gaps)),
            number("days a customer", joined("tenure")),
        ),
    )
