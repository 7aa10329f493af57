"""Sums behind the scorecard: new customers kept after 90 days, and answers to surveys.

Every table is a plain GROUP BY sum. A group is what the scorecard is by (one owner, team or
channel), a stratum is a channel, within which groups and periods are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from msgspec import Struct

from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Floats, Ints

Kind = Literal["orders", "subscriptions"]
Role = Literal["owner", "team", ""]
KEPT_DAYS = 90
"""Days after which a customer counts as kept: ordered again by then, or still pays."""
HORIZONS = (6, 12, 18, 24, 36)
ENOUGH = 100
"""Minimum number of customers observed up to a horizon."""
ANSWERED_DAYS = (30, 60, 90)
ENOUGH_ANSWERS = 30
"""Promoters and detractors each, observed for as long as they are compared."""
PROMOTER, PASSIVE = 9, 7
"""Lowest scores of promoters and of passives."""
_MEMBERS = {
    "orders": "facts/trust/order_members",
    "subscriptions": "facts/trust/subscription_members",
}
_BASE = {"orders": "facts/trust/order_base", "subscriptions": "facts/trust/subscription_base"}
_SHARES = {"orders": "facts/trust/order_shares", "subscriptions": "facts/trust/subscription_shares"}
_ANSWERED = {
    "orders": "facts/trust/order_answered",
    "subscriptions": "facts/trust/subscription_answered",
}


class Cells(Struct, frozen=True, kw_only=True):
    """Sums `(n,)` by group, stratum, month of the first day (12 * year + month - 1) and bucket.

    `customers` are new ones; of these `seen` for 90 days, who were `kept` and brought `early` in
    them. Of those observed up to the horizon, kept and not kept: how many (`old_kept`,
    `old_gone`), and what they brought after the 90 days (`later_kept`, `later_gone`).
    """

    grp: Ints
    stratum: Ints
    cohort: Ints
    bucket: Ints
    customers: Ints
    seen: Ints
    kept: Ints
    early: Floats
    old_kept: Ints
    old_gone: Ints
    later_kept: Floats
    later_gone: Floats


class Answers(Struct, frozen=True, kw_only=True):
    """Answers `(n,)` by group, day and score."""

    grp: Ints
    day: NDArray[np.datetime64]
    score: Ints
    answers: Ints


class Base(Struct, frozen=True, kw_only=True):
    """Customers of a group on the day of a wave: respondents, churned, and both."""

    customers: int
    answers: int
    gone: int
    gone_answers: int


class Answered(Struct, frozen=True, kw_only=True):
    """Customers `(n,)` by score of the first answer and bucket, and sums over `days` after it.

    `kept` ordered again, or still pay; `revenue` is of these days.
    """

    days: int
    score: Ints
    bucket: Ints
    customers: Ints
    kept: Ints
    revenue: Floats


class Reductions(Struct, frozen=True, kw_only=True):
    """Refunds and discounts of the first 90 days `(n,)`, by group and month.

    Of orders, `refunded` is the money that was paid back of `refundable`; of subscriptions, these
    are customers who were paid back, and all of them. `discounts` are part of the prices `listed`.
    `has_refunds` and `has_discounts` tell whether the data says anything of them.
    """

    grp: Ints
    cohort: Ints
    refunded: Floats
    refundable: Floats
    discounts: Floats
    listed: Floats
    has_refunds: bool = True
    has_discounts: bool = True


class Known(Protocol):
    """Whether files state discounts and refunds in columns of their own."""

    @property
    def discounts(self) -> bool: ...  # noqa: D102 - see above
    @property
    def refunds(self) -> bool: ...  # noqa: D102 - see above


class TrustFacts(Struct, frozen=True, kw_only=True):
    """The sums of a scorecard; `groups` are names by code, `horizon` in months (None: 90 days)."""

    kind: Kind
    as_of: date
    groups: tuple[str, ...]
    buckets: int
    horizon: int | None
    cells: Cells
    reductions: Reductions | None = None


def group(
    engine: Engine, role: Role, segments: Sequence[str], *, has_deals: bool, by_channel: bool
) -> tuple[str, ...]:
    """Fill `trust_groups` with the group and the stratum of every row of `customers`.

    Args:
        engine: holds `customers`, and `matched_deals` if there are deals.
        role: of deals; "" for none.
        segments: names of the segments of customers, which are channels.
        has_deals: whether there are deals; their channel comes before the segment.
        by_channel: whether each segment is a group.

    Returns:
        The names of the groups, by code.
    """
    if has_deals and not by_channel:
        names = engine.columns("facts/trust/groups_of_deals", {"role": role})["name"]
        return tuple(str(name) for name in names)
    if by_channel:
        engine.run("facts/trust/groups_of_segments")
        return tuple(segments)
    engine.run("facts/trust/no_groups")
    return ("",)


def gather(
    engine: Engine, kind: Kind, as_of: date, groups: Sequence[str], buckets: int, known: Known
) -> TrustFacts:
    """Add up customers after `group`.

    Args:
        engine: holds `customers`, `trust_groups` and `stated_reductions` (of read.reductions); of
            orders `order_sums`, which read.deals.refunds fills, of subscriptions
            `subscription_rows`.
        kind: what customers come from.
        as_of: last day of the data.
        groups: names by code.
        buckets: of the jackknife.
        known: what files state; what they do not state may still show.
    """
    ages = engine.columns("facts/trust/ages", {"as_of": as_of})
    horizon = _longest(ages["days"], ages["customers"])
    days = KEPT_DAYS + 1 if horizon is None else int(np.ceil(horizon * DAYS_PER_MONTH))
    engine.run(_MEMBERS[kind], {"days": days})
    cells = Cells(**engine.columns("facts/trust/cells", {"as_of": as_of, "days": days}))
    return TrustFacts(
        kind=kind,
        as_of=as_of,
        groups=tuple(groups),
        buckets=buckets,
        horizon=horizon,
        cells=cells,
        reductions=_reductions(engine, kind, as_of, known),
    )


def _reductions(engine: Engine, kind: Kind, as_of: date, known: Known) -> Reductions:
    """Sum refunds and discounts, which are known if a file states them or has some."""
    sums = engine.columns(_SHARES[kind], {"as_of": as_of})
    return Reductions(
        **sums,
        has_refunds=known.refunds or bool(sums["refunded"].any()),
        has_discounts=known.discounts or bool(sums["discounts"].any()),
    )


def _longest(days: Ints, customers: Ints) -> int | None:
    """Return the longest horizon for which enough customers were observed."""
    reached = [
        months
        for months in HORIZONS
        if customers[days >= np.ceil(months * DAYS_PER_MONTH)].sum() >= ENOUGH
    ]
    return max(reached, default=None)


def answers(engine: Engine) -> Answers:
    """Return the answers of all customers, after `gather`."""
    return Answers(**engine.columns("facts/trust/answers"))


def base(
    engine: Engine, kind: Kind, as_of: date, day: date, wave: tuple[date, date], lapse: int
) -> dict[int, Base]:
    """Return the customers of each group on the day of a wave, after `gather`.

    Args:
        engine: holds `trust_members` and `survey_answers`.
        kind: what customers come from.
        as_of: last day of the data.
        day: of the wave.
        wave: its first and last day.
        lapse: days without an order after which a customer of orders has left.
    """
    parameters = {
        "as_of": as_of,
        "day": day,
        "first": wave[0],
        "until": wave[1],
        "lapse": lapse,
    }
    rows = engine.columns(_BASE[kind], parameters)
    names = ("customers", "answers", "gone", "gone_answers")
    return {
        int(code): Base(**{name: int(rows[name][place]) for name in names})
        for place, code in enumerate(rows["grp"])
    }


def answered(engine: Engine, kind: Kind, as_of: date) -> Answered | None:
    """Return results after the first answer; None if too few customers were observed.

    The time is the longest of ANSWERED_DAYS for which 30 promoters and 30 detractors were
    observed.

    Args:
        engine: holds `trust_members` and `survey_answers`.
        kind: what customers come from.
        as_of: last day of the data.
    """
    firsts = engine.columns("facts/trust/first_answers", {"as_of": as_of})
    score, days, customers = firsts["score"], firsts["days"], firsts["customers"]
    sides = (score >= PROMOTER, score < PASSIVE)
    reached = [
        length
        for length in ANSWERED_DAYS
        if all(customers[side & (days >= length)].sum() >= ENOUGH_ANSWERS for side in sides)
    ]
    if not reached:
        return None
    rows = engine.columns(_ANSWERED[kind], {"as_of": as_of, "days": reached[-1]})
    return Answered(days=reached[-1], **rows)
