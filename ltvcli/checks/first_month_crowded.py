"""Old customers who look new because the export begins late."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("First month crowded"),
    definition=N_(
        "The first month holds far more new customers than later ones: they were customers before "
        "the export begins, so their age is understated and the curve flattered."
    ),
    source="Left truncation: Klein & Moeschberger (2003), Survival Analysis, chapter 3",
)

# Three times the usual month is more than a season; 1.5 times is an ordinary month again.
FAR_MORE = 3.0
ORDINARY = 1.5
ENOUGH_MONTHS = 3


def check(report: Report) -> Finding | None:
    """Compare the first month's new customers with the median of the later months."""
    new = report.evidence.new_customers if report.evidence else {}
    months = sorted(new)
    if len(months) <= ENOUGH_MONTHS:
        return None
    later = sorted(new[month] for month in months[1:])
    middle, odd = divmod(len(later), 2)
    usual = later[middle] if odd else (later[middle - 1] + later[middle]) / 2
    if new[months[0]] < FAR_MORE * usual:
        return None
    since = next(month for month in months if new[month] <= ORDINARY * usual)
    return Finding(
        check="first-month-crowded",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{first} customers look new in the first month, {usual} in a usual one: most were "
                "customers before the export begins, which flatters the values."
            ),
            {
                "first": Quantity(new[months[0]], Unit.COUNT),
                "usual": Quantity(usual, Unit.COUNT),
            },
        ),
        option=f"--new-since {since.isoformat()}",
    )
