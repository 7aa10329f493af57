"""Too few customers observed for long enough."""

from __future__ import annotations

from ltvcli.formulas import horizons
from ltvcli.formulas.bands import ENOUGH_MONTHS
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few months"),
    definition=N_(
        "Too few customers have been observed for 3 months or more, which a grade requires."
    ),
    source="Rule of thumb",
)


def check(report: Report) -> Finding | None:
    """Find that the default horizon is shorter than a grade requires."""
    customers = report.figures.customers
    if report.horizon is None or customers is None or report.horizon >= ENOUGH_MONTHS:
        return None
    if "horizon" in report.given:
        return None
    facts = {
        "months": Quantity(report.horizon, Unit.COUNT),
        "enough": Quantity(ENOUGH_MONTHS, Unit.COUNT),
        "required": Quantity(horizons.customers_required(int(customers.value)), Unit.COUNT),
    }
    if not report.horizon:
        text = N_(
            "LTV is unknown: fewer than {required} {required:customer has|customers have} been "
            "observed for one full month."
        )
    else:
        text = N_(
            "Only {months} {months:month|months}: fewer than {required} "
            "{required:customer has|customers have} been observed for longer, and a grade "
            "requires {enough} months."
        )
    return Finding(
        check="few-months",
        severity=Severity.ERROR,
        says=Sentence(text, facts),
    )
