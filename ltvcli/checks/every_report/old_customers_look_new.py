"""Old customers who seem new because the export begins late, and their effect."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Old customers look new"),
    definition=N_(
        "The first months have far more new customers than later ones, and these bring more at "
        "the same age: most were customers before the export begins."
    ),
    formula="extra = customers before --new-since - their months x the usual month",
    source="Left truncation: Klein & Moeschberger (2003), Survival Analysis, chapter 3",
    pitfalls=N_("A shop opening or a season also brings many new customers."),
)


def check(report: Run) -> Finding | None:
    """Describe how many seem new, their effect on the value, and a better first day."""
    truncation = report.left_truncation
    if truncation is None:
        return None
    facts: dict[str, Fact] = {
        "extra": Quantity(truncation.extra, Unit.COUNT),
        "customers": Quantity(truncation.customers, Unit.COUNT),
        "since": truncation.since,
        "usual": Quantity(truncation.usual, Unit.COUNT),
    }
    if truncation.months is None or truncation.ltv is None or truncation.without is None:
        text = N_(
            "Of {customers} {customers:customer|customers} who look new before {since}, about "
            "{extra} exceed the usual number ({usual} per month). If they were customers before "
            "the export begins, LTV is too high; there are too few later customers to estimate by "
            "how much."
        )
        return _finding(Severity.WARNING, Sentence(text, facts))
    facts |= {
        "months": Quantity(truncation.months, Unit.COUNT),
        "ltv": Quantity(truncation.ltv, Unit.MONEY),
        "without": Quantity(truncation.without, Unit.MONEY),
    }
    if (
        truncation.difference_low is None
        or truncation.difference_high is None
        or not truncation.old
    ):
        text = N_(
            "{customers} {customers:customer|customers} look new before {since}, about {extra} "
            "more than usual ({usual} per month), but bring no more than later ones: this suggests "
            "an opening or a season, not old customers. {months}-month LTV is {ltv}, {without} "
            "without them."
        )
        return _finding(Severity.INFO, Sentence(text, facts))
    facts |= {
        "low": Quantity(truncation.difference_low, Unit.MONEY),
        "high": Quantity(truncation.difference_high, Unit.MONEY),
    }
    text = N_(
        "About {extra} of the {customers} {customers:customer|customers} who look new before "
        "{since} were customers before the export begins ({usual} per month are usual). "
        "{months}-month LTV is {ltv} with them, {without} without them (95% CI of the difference "
        "{low} to {high}): exclude them with --new-since {since}."
    )
    return _finding(
        Severity.WARNING, Sentence(text, facts), f"--new-since {truncation.since.isoformat()}"
    )


def _finding(severity: Severity, says: Sentence, option: str = "") -> Finding:
    return Finding(check="old-customers-look-new", severity=severity, says=says, option=option)
