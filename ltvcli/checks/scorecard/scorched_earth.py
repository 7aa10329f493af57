"""More new customers with lower retention: results at the expense of trust."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Interval, Quantity, Sentence, Severity
from ltvcli.results.scorecard import CohortShift, ScorecardReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Scorched earth"),
    definition=N_(
        "New customers of a cohort are above those of the half year before, while the retention or "
        "the LTV of these same customers, at the same mix of channels, is below, both beyond "
        "chance. It is tested at 5% over all figures and groups, so that a company without it "
        "sees it in at most one run of twenty."
    ),
    source="Holm (1979), Scandinavian Journal of Statistics 6, 65-70",
)


BY_GROUP = N_("“{group}”: {says}")


def check(report: ScorecardReport) -> Finding | None:
    """Find the owner, team or channel, else all customers, with more sales and less retention."""
    shift = worst(report.shifts)
    if shift is None:
        return None
    says = with_reductions(shift, subscribers=report.subscribers)
    return Finding(check="scorched-earth", severity=Severity.WARNING, says=says)


def scorched(shift: CohortShift, *, subscribers: bool) -> Sentence:
    """Describe the increase in customers, the decrease in retention, and its cost.

    Args:
        shift: of a cohort, with a group or of all customers.
        subscribers: whether customers are those of subscriptions.
    """
    facts: dict[str, Fact] = {
        "cohort": shift.cohort,
        "new": Quantity(shift.new.now, Unit.COUNT),
        "usual": Quantity(shift.new.before, Unit.COUNT),
        "now": Quantity(shift.retention.now, Unit.RATE),
        "before": Quantity(shift.retention.before, Unit.RATE),
        "base": shift.base,
    }
    text = (
        N_(
            "{new} new {new:customer|customers} in {cohort} instead of {usual}, but {now} of them "
            "still pay after 90 days instead of {before} (as in {base}, same mix of channels)"
        )
        if subscribers
        else N_(
            "{new} new {new:customer|customers} in {cohort} instead of {usual}, but {now} of them "
            "ordered again within 90 days instead of {before} (as in {base}, same mix of channels)"
        )
    )
    says = Sentence(text, facts)
    if shift.group:
        says = Sentence(BY_GROUP, {"group": shift.group, "says": says})
    if (
        shift.cost is None
        or shift.cost.low is None
        or shift.cost.high is None
        or shift.cost.low <= 0
    ):
        return Sentence(N_("{says}."), {"says": says})
    return Sentence(
        N_("{says}: {cost} of lifetime value lost (95% CI {interval})."),
        {
            "says": says,
            "cost": Quantity(shift.cost.value, Unit.MONEY),
            "interval": Interval(shift.cost.low, shift.cost.high, Unit.MONEY, shift.cost.value),
        },
    )


def worst(shifts: Sequence[CohortShift]) -> CohortShift | None:
    """Return the contradiction to report first: the most expensive of a group, else that of all."""
    burnt = [shift for shift in shifts if shift.scorched]
    return max(
        burnt,
        key=lambda shift: (bool(shift.group), shift.cost.value if shift.cost else 0.0),
        default=None,
    )


def with_reductions(shift: CohortShift, *, subscribers: bool) -> Sentence:
    """Describe the contradiction with discounts and refunds beside it, or that neither is known.

    Args:
        shift: of a cohort.
        subscribers: whether customers are those of subscriptions.
    """
    says = scorched(shift, subscribers=subscribers)
    discounts, refunds = shift.discounts, shift.refunds
    if discounts is None and refunds is None:
        return Sentence(N_("{says} The data has neither discounts nor refunds."), {"says": says})
    if discounts is None:
        says = Sentence(N_("{says} The data has no discounts."), {"says": says})
    else:
        text = N_("{says} Discounts: {now} of list prices, {before} before.")
        says = _beside(says, text, discounts, shift.discounts_before)
    if refunds is None:
        return Sentence(N_("{says} The data has no refunds."), {"says": says})
    text = (
        N_("{says} Refunds: {now} of these customers, {before} before.")
        if subscribers
        else N_("{says} Refunds: {now} of the first 90 days, {before} before.")
    )
    return _beside(says, text, refunds, shift.refunds_before)


def _beside(says: Sentence, text: str, now: float, before: float | None) -> Sentence:
    facts: dict[str, Fact] = {
        "says": says,
        "now": Quantity(now, Unit.RATE),
        "before": Quantity(before or 0.0, Unit.RATE),
    }
    return Sentence(text, facts)
