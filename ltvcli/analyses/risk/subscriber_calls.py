"""Whom to call of subscribers: those more likely to leave than usual, by the value at stake.

What is at stake is the chance of leaving in 90 days times what the customer would pay in them.

| MRR | chance | of all | at stake, of $100 kept whole: 0.4 x 100 x 90 / 30.44 |
| 100 | 40%    | 10%    | 118.28                                              |
| 100 | 8%     | 10%    | not listed: below that of all                       |
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ltvcli.analyses.risk import calls, sentences, subscribers, watched
from ltvcli.analyses.risk.answer import Answer
from ltvcli.analyses.risk.calls_answer import rows_of
from ltvcli.analyses.risk.tables import tables
from ltvcli.analyses.risk.watched import Scored
from ltvcli.results import Statement
from ltvcli.results.experiment import Range
from ltvcli.results.risk import AHEAD, Call, LastCalls
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.moments import Subscribers

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]


def leaves(moment: Subscribers) -> Bools:
    """Return who pays no more in the end, shape `(n,)`."""
    gone: Bools = moment.later_mrr <= 0
    return gone


def expected_value(now: Subscribers, margin: float) -> Floats:
    """Return the expected 90-day revenue of each customer, if retained, shape `(n,)`.

    Args:
        now: customers of the last day.
        margin: share of revenue that is kept.
    """
    paid: Floats = now.mrr.astype(float) * (AHEAD / DAYS_PER_MONTH) * margin
    return paid


def answer(
    days: Sequence[date], moments: Sequence[Subscribers], margin: float, last: LastCalls | None
) -> Answer:
    """Test models on the newest day with a known outcome, and list customers to call on the last.

    Args:
        days: ascending, the last day of the data at the end.
        moments: customers who paid on each.
        margin: share of revenue that is kept.
        last: what became of the last list; None if none was given.

    Raises:
        TooShortForCallsError: the data does not reach back far enough.
    """
    over = subscribers.over_days(days, moments, leaves)
    now = moments[-1]

    def likely(chances: Sequence[Range], usual: float) -> list[int]:
        return [place for place, chance in enumerate(chances) if chance.value > usual]

    scored = watched.score(over, likely)
    listed = _listed(scored, now, days[-1], margin)
    chosen = next((row for row in scored.records if row.chosen), None)
    headline = sentences.headline(
        scored.verdict, chosen, scored.column, scored.customers, scored.came
    )
    return Answer(
        verdict=scored.verdict,
        says=(
            Statement(says=headline),
            *sentences.of_last(last, has_orders=False),
            *sentences.of_calls(listed),
            *sentences.details(chosen, None, scored.bins, (), scored.groups),
        ),
        tables={
            "customers": rows_of(listed),
            **tables(scored.records, scored.bins, (), scored.groups),
        },
        records=scored.records,
        bins=scored.bins,
        columns=(),
        groups=scored.groups,
        calls=listed,
        customers=scored.customers,
        left=scored.came,
    )


def _listed(scored: Scored, now: Subscribers, as_of: date, margin: float) -> tuple[Call, ...]:
    listed, paid = [], expected_value(now, margin)
    for place, because in zip(scored.listed, scored.because, strict=True):
        chance, customer = scored.chances[place], str(now.customer[place])
        listed.append(
            Call(
                customer=customer,
                chance=chance,
                at_stake=chance.value * float(paid[place]),
                because=because,
                control=calls.is_control(customer),
                day=as_of,
                due=as_of + timedelta(days=calls.DUE),
            )
        )
    return tuple(sorted(listed, key=lambda call: (-call.at_stake, call.customer)))
