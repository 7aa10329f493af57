"""A newest month that is not over."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Report, Sentence, Severity

ABOUT = About(
    label=N_("Last month partial"),
    definition=N_("The latest month is incomplete; partial months are excluded from rates."),
    source="Kaplan & Meier (1958): what was not observed to the end is censored, not zero",
)


def check(report: Report) -> Finding | None:
    """Find that as_of is not the last day of its month."""
    as_of = report.as_of
    if as_of is None:
        return None
    from calendar import monthrange

    if as_of.day == monthrange(as_of.year, as_of.month)[1]:
        return None
    return Finding(
        check="last-month-partial",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "The latest month is incomplete (data through {as_of}); partial months "
                "are excluded from rates."
            ),
            {"as_of": as_of},
        ),
    )
