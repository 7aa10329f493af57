"""A month without spend between months with spend, perhaps missing from the file."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Month without spend"),
    definition=N_(
        "A full month without spend between months with spend. If its spend is missing from the "
        "file, its customers look free and the CAC is too low."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Find whole months without spend between months with spend."""
    months = report.acquisition.months if report.acquisition else ()
    spent = [month.month for month in months if month.spend]
    empty = [
        month
        for month in months
        if spent and not month.spend and month.customers and spent[0] < month.month < spent[-1]
    ]
    if not empty:
        return None
    return Finding(
        check="spend-gap",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "No spend in {months} months from {first} on, but {customers} new "
                "customers: if spend is missing, the CAC is too low."
            ),
            {
                "months": Quantity(len(empty), Unit.COUNT),
                "first": empty[0].month,
                "customers": Quantity(sum(month.customers for month in empty), Unit.COUNT),
            },
        ),
    )
