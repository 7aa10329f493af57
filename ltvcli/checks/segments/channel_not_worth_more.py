"""A channel with a marginal CAC above LTV."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.segments import Budget, SegmentsReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Channel not worth more"),
    definition=N_(
        "The marginal CAC of a channel exceeds the LTV of its customers within the horizon."
    ),
    source="Marginal cost against marginal value: any textbook of economics",
)


def check(report: SegmentsReport) -> Finding | None:
    """Find the channel with the largest significant loss per extra 1 of spend."""
    losing = [
        segment for segment in report.segments if segment.budget is Budget.LESS and segment.returned
    ]
    if not losing:
        return None
    worst = min(losing, key=lambda segment: segment.returned.value if segment.returned else 0.0)
    facts: dict[str, Fact] = {"segment": worst.name}
    if worst.marginal_cac and worst.ltv:
        facts["cac"] = Quantity(worst.marginal_cac.value, Unit.MONEY)
        facts["ltv"] = Quantity(worst.ltv.value, Unit.MONEY)
    return Finding(
        check="channel-not-worth-more",
        severity=Severity.WARNING,
        says=Sentence(
            N_("“{segment}”: marginal CAC {cac} exceeds LTV {ltv}; spend less there."),
            facts,
        ),
    )
