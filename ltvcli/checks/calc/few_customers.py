"""Too few customers for a grade."""

from __future__ import annotations

from ltvcli.formulas.bands import ENOUGH_CUSTOMERS
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Few customers"),
    definition=N_(
        "With fewer than 30 customers, one more or less changes every figure, so no grade is given."
    ),
    source="Rule of thumb: 30 for a mean that behaves",
)


def check(report: Report) -> Finding | None:
    """Find fewer customers than a grade requires."""
    customers = report.figures.customers
    if customers is None or customers.value >= ENOUGH_CUSTOMERS:
        return None
    return Finding(
        check="few-customers",
        severity=Severity.ERROR,
        says=Sentence(
            N_(
                "Only {customers} {customers:customer|customers}: a grade requires at least "
                "{enough}."
            ),
            {
                "customers": Quantity(customers.value, Unit.COUNT),
                "enough": Quantity(ENOUGH_CUSTOMERS, Unit.COUNT),
            },
        ),
    )
