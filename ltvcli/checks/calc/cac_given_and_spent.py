"""A given CAC, which is used instead of a different one from spend."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity, Source
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Given CAC against spend"),
    definition=N_("The given CAC is used even where spend and new customers show another."),
    formula="cac = acquisition spend / new customers of the same period",
    source="Given numbers beat measured ones",
)


def check(report: Report) -> Finding | None:
    """Find a given CAC outside the 95% interval of that from spend."""
    acquisition, given = report.acquisition, report.figures.cac
    blended = acquisition.blended if acquisition else None
    if blended is None or given is None or given.source is not Source.GIVEN:
        return None
    low, high = blended.low or 0.0, blended.high or blended.value
    if low <= given.value <= high:
        return None
    return Finding(
        check="cac-given-and-spent",
        severity=Severity.WARNING if given.value < low else Severity.INFO,
        says=Sentence(
            N_(
                "The given CAC of {given} is used; spend and new customers show "
                "{measured} (95% CI {low}–{high})."
            ),
            {
                "given": Quantity(given.value, Unit.MONEY),
                "measured": Quantity(blended.value, Unit.MONEY),
                "low": Quantity(low, Unit.MONEY),
                "high": Quantity(high, Unit.MONEY),
            },
        ),
    )
