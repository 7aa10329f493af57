"""Whether more customers were won at the cost of their staying: a cohort beside earlier ones.

Retention and LTV of the cohort are compared with those of the earlier cohorts at the cohort's own
mix of channels (direct standardisation), so that a channel that grew explains nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.review.comparison import change_of
from ltvcli.analyses.review.timeline import samples
from ltvcli.analyses.valuation.observed import p_value
from ltvcli.formulas.periods import Period
from ltvcli.results import Estimate, Source
from ltvcli.results.scorecard import CohortShift, Shift
from ltvcli.stats.inference import holm, jackknife
from ltvcli.units import Rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ltvcli.facts.trust import Reductions, TrustFacts

    Floats = NDArray[np.float64]

BASE = {"month": 6, "quarter": 2}
"""Earlier periods that a cohort is compared with at most: half a year."""
ENOUGH = 30
"""Customers observed for 90 days, below which a cohort or a channel of it does not stand alone."""
SURE = 0.05
_COLUMNS = ("customers", "seen", "kept", "early")


class Cohorts(Struct, frozen=True, kw_only=True):
    """Sums `(S, R)` over strata and jackknife samples of the customers of some periods."""

    customers: Floats
    seen: Floats
    kept: Floats
    early: Floats


class Later(Struct, frozen=True, kw_only=True):
    """Value after day 90 up to the horizon `(R,)`, of retained and other customers."""

    kept: Floats
    gone: Floats


class _Compared(Struct, frozen=True, kw_only=True):
    """Retention and LTV of two cohorts, the samples `(R,)` of the change of LTV, and the coverage.

    `share` is that of the new cohort in channels that both have.
    """

    retention: Shift
    ltv: Shift
    change: Floats
    share: float


def number_of(cohort: NDArray[np.int64], span: str) -> NDArray[np.int64]:
    """Return the number of the period of each month."""
    return cohort // (3 if span == "quarter" else 1)


def cohorts(facts: TrustFacts, group: int | None, periods: Sequence[Period]) -> Cohorts:
    """Sum the customers who were acquired in some periods of one length.

    Args:
        facts: by group, stratum, month and bucket.
        group: code; None for all.
        periods: of which customers count.
    """
    cells = facts.cells
    numbers = [period.number for period in periods]
    span = periods[0].span if periods else "month"
    chosen = np.isin(number_of(cells.cohort, span), numbers)
    if group is not None:
        chosen &= cells.grp == group
    size = (int(cells.stratum.max(initial=0)) + 1, facts.buckets)
    place = (cells.stratum[chosen], cells.bucket[chosen])
    sums = {}
    for name in _COLUMNS:
        column = np.zeros(size)
        np.add.at(column, place, getattr(cells, name)[chosen])
        sums[name] = samples(column)
    return Cohorts(**sums)


def later(facts: TrustFacts) -> Later:
    """Return the value after day 90 of all customers observed to the horizon."""
    cells = facts.cells

    def total(column: NDArray[np.float64] | NDArray[np.int64]) -> Floats:
        of_bucket = np.bincount(cells.bucket, weights=column, minlength=facts.buckets)
        return samples(of_bucket.astype(np.float64))

    with np.errstate(divide="ignore", invalid="ignore"):
        kept = total(cells.later_kept) / total(cells.old_kept)
        gone = total(cells.later_gone) / total(cells.old_gone)
    return Later(kept=np.nan_to_num(kept), gone=np.nan_to_num(gone))


def shifts(
    facts: TrustFacts,
    groups: Mapping[int | None, str],
    known: Sequence[Period],
    margin: Rate,
) -> tuple[CohortShift, ...]:
    """Compare the last cohort that was observed for 90 days with those of the half year before.

    Args:
        facts: by group, stratum, month and bucket.
        groups: names by code, all customers under None.
        known: whole periods that were observed for 90 days, the oldest first.
        margin: share of revenue that counts.
    """
    if len(known) < 2:  # noqa: PLR2004 - nothing to compare with
        return ()
    period = known[-1]
    base = known[:-1][-BASE[period.span] :]
    year_ago = period.a_year_earlier if period.a_year_earlier in known else None
    after = later(facts)
    made = [
        shift
        for code, name in groups.items()
        if (shift := _shift(facts, code, name, period, base, year_ago, after, margin)) is not None
    ]
    adjusted = holm.adjusted([shift.p for shift in made])
    return tuple(
        replace(shift, p=p, scorched=p < SURE) for shift, p in zip(made, adjusted, strict=True)
    )


def _shift(
    facts: TrustFacts,
    code: int | None,
    name: str,
    period: Period,
    base: Sequence[Period],
    year_ago: Period | None,
    after: Later,
    margin: Rate,
) -> CohortShift | None:
    new, old = cohorts(facts, code, [period]), cohorts(facts, code, base)
    if min(new.seen[:, 0].sum(), old.seen[:, 0].sum()) < ENOUGH:
        return None
    compared = _standardised(new, old, after, margin)
    if compared is None:
        return None
    days = sum(other_period.days for other_period in base)
    came = _total(new.customers)
    usual = _total(old.customers) * (period.days / days)
    front = _of(came, usual)
    before = None
    if year_ago is not None:
        then = cohorts(facts, code, [year_ago])
        if then.seen[:, 0].sum() >= ENOUGH:
            before = _standardised(new, then, after, margin)
    trust_p = min(
        holm.adjusted(
            [
                _p_of_fall(compared.retention, before.retention if before else None),
                _p_of_fall(compared.ltv, before.ltv if before else None),
            ]
        )
    )
    front_p = front.p if front.change.value > 0 else 1.0
    first, last = base[0].name, base[-1].name
    return CohortShift(
        group=name,
        cohort=period.name,
        base=first if first == last else f"{first}–{last}",
        customers=int(came[0]),
        new=front,
        retention=compared.retention,
        ltv=compared.ltv,
        horizon=facts.horizon,
        standardised=compared.share,
        p=max(front_p, trust_p),
        scorched=False,
        cost=change_of(-compared.change * came) if compared.ltv.change.value < 0 else None,
        refunds=_refunds(facts, code, [period]),
        refunds_before=_refunds(facts, code, base),
        discounts=_discounts(facts, code, [period]),
        discounts_before=_discounts(facts, code, base),
    )


def _refunds(facts: TrustFacts, group: int | None, periods: Sequence[Period]) -> float | None:
    """Return the refunded share in the first 90 days; None if it is unknown."""
    sums = facts.reductions
    if sums is None or not sums.has_refunds:
        return None
    return _share(sums, sums.refunded, sums.refundable, group, periods)


def _discounts(facts: TrustFacts, group: int | None, periods: Sequence[Period]) -> float | None:
    """Return discounts as a share of list prices; None if they are unknown."""
    sums = facts.reductions
    if sums is None or not sums.has_discounts:
        return None
    return _share(sums, sums.discounts, sums.listed, group, periods)


def _share(
    sums: Reductions, taken: Floats, of_all: Floats, group: int | None, periods: Sequence[Period]
) -> float | None:
    """Return a part of some periods as a share of the total; None if the total is 0.

    Args:
        sums: by group and month.
        taken: what was given away or paid back, `(n,)`.
        of_all: what it is a share of, `(n,)`.
        group: code; None for all.
        periods: of which customers count.
    """
    chosen = np.isin(number_of(sums.cohort, periods[0].span), [each.number for each in periods])
    if group is not None:
        chosen &= sums.grp == group
    total = float(of_all[chosen].sum())
    return float(taken[chosen].sum()) / total if total > 0 else None


def _p_of_fall(shift: Shift, since_last_year: Shift | None) -> float:
    """Return the p-value of a decrease; 1 for a rise, or if the year before was not higher."""
    was_higher = since_last_year is None or since_last_year.change.value < 0
    return shift.p if shift.change.value < 0 and was_higher else 1.0


def _standardised(new: Cohorts, old: Cohorts, after: Later, margin: Rate) -> _Compared | None:
    """Compare retention and LTV at the new cohort's mix of channels that both have."""
    alone = (new.seen[:, 0] >= ENOUGH) & (old.seen[:, 0] >= ENOUGH)
    small = ~alone & (old.seen[:, 0] > 0) & (new.seen[:, 0] > 0)
    rows = [[place] for place in np.flatnonzero(alone).tolist()]
    if small.any():
        rows.append(np.flatnonzero(small).tolist())
    if not rows:
        return None

    def added(column: Floats) -> Floats:
        return np.stack([column[row].sum(axis=0) for row in rows])

    seen, before = added(new.seen), added(old.seen)
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = seen / seen.sum(axis=0)
        kept = [
            (weights * added(side.kept) / count).sum(axis=0)
            for side, count in ((new, seen), (old, before))
        ]
        early = [
            (weights * added(side.early) / count).sum(axis=0)
            for side, count in ((new, seen), (old, before))
        ]
    ltv = [
        margin * (first + share * after.kept + (1 - share) * after.gone)
        for first, share in zip(early, kept, strict=True)
    ]
    if not np.isfinite(ltv[0]).all() or not np.isfinite(ltv[1]).all():
        return None
    compared = float(seen[:, 0].sum() / new.seen[:, 0].sum())
    return _Compared(retention=_of(*kept), ltv=_of(*ltv), change=ltv[0] - ltv[1], share=compared)


def _total(column: Floats) -> Floats:
    """Return the samples of a total, each scaled up to all buckets."""
    total: Floats = column.sum(axis=0)
    groups = len(total) - 1
    if groups > 1:
        total = np.concatenate([total[:1], total[1:] * (groups / (groups - 1))])
    return total


def _of(new: Floats, old: Floats) -> Shift:
    """Return a figure on both sides, and its change with interval and p-value."""
    change = new - old
    spread = jackknife.spread(change)
    value = float(change[0])
    if spread is None or spread.error == 0:
        unknown = Estimate(value=value, source=Source.MEASURED)
        return Shift(now=float(new[0]), before=float(old[0]), change=unknown, p=1.0)
    return Shift(
        now=float(new[0]),
        before=float(old[0]),
        change=Estimate(
            value=value,
            low=value - spread.half_width,
            high=value + spread.half_width,
            source=Source.MEASURED,
        ),
        p=p_value(spread),
    )
