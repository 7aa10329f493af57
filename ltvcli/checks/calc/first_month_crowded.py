"""Old customers who seem new because the export begins late."""

from __future__ import annotations

from datetime import date

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit, month_index

ABOUT = About(
    label=N_("First month crowded"),
    definition=N_(
        "The first month has far more new customers than later ones: they were customers "
        "before the export begins, so their age is understated and the values are too "
        "high."
    ),
    source="Left truncation: Klein & Moeschberger (2003), Survival Analysis, chapter 3",
)


def check(report: Report) -> Finding | None:
    """Compare the first month's new customers with those of a usual month."""
    new = report.evidence.new_customers if report.evidence else {}
    if not new or report.evidence is None or report.evidence.subscribers is None:
        return None
    from ltvcli.formulas.left_truncation import inflated_months

    months = _months(min(new), max(new))
    truncation = inflated_months([new.get(month, 0) for month in months])
    if truncation is None or truncation.months == len(months):
        return None
    since = months[truncation.months]
    return Finding(
        check="first-month-crowded",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{first} {first:customer|customers} look new in the first month, {usual} in a "
                "typical one: most were customers before the export begins, so the values are too "
                "high."
            ),
            {
                "first": Quantity(new[months[0]], Unit.COUNT),
                "usual": Quantity(truncation.usual, Unit.COUNT),
            },
        ),
        option=f"--new-since {since.isoformat()}",
    )


def _months(first: date, last: date) -> list[date]:
    """List the first days of months."""
    numbers = range(month_index(first), month_index(last) + 1)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
