"""A month without spend between months with spend, perhaps missing from the file."""

from __future__ import annotations

from datetime import timedelta

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
    """Find whole months without spend between months with spend.

    The spend may begin before the first day of the customers, or continue after the last.
    """
    acquisition = report.acquisition
    if acquisition is None:
        return None
    spent = [month.month for month in acquisition.months if month.spend]
    if not spent:
        return None
    lag = timedelta(days=acquisition.lag_days)
    files = [file for file in report.inputs if file.kind == "spend"]
    is_earlier = any(file.first + lag < acquisition.first for file in files if file.first)
    is_later = any(file.last + lag > acquisition.last for file in files if file.last)
    empty = [
        month
        for month in acquisition.months
        if not month.spend
        and month.customers
        and (spent[0] < month.month or (is_earlier and month.complete))
        and (month.month < spent[-1] or (is_later and month.complete))
    ]
    if not empty:
        return None
    return Finding(
        check="spend-gap",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "No spend in {months} {months:month|months} from {first} on, but {customers} new "
                "{customers:customer|customers}: if spend is missing, the CAC is too low."
            ),
            {
                "months": Quantity(len(empty), Unit.COUNT),
                "first": empty[0].month,
                "customers": Quantity(sum(month.customers for month in empty), Unit.COUNT),
            },
        ),
    )
