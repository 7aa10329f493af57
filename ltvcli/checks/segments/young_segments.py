"""Segments with a shorter observation time than others."""

from __future__ import annotations

from ltvcli.formulas.bands import ENOUGH_MONTHS
from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Sentence, Severity
from ltvcli.results.segments import SegmentsReport

ABOUT = About(
    label=N_("Young segments"),
    definition=N_(
        "A segment is younger than the horizon: its value covers fewer months and has no grade."
    ),
    source="Definition of the observed value",
)


def check(report: SegmentsReport) -> Finding | None:
    """Find segments that were observed for fewer months, and the horizon that all have."""
    horizon = report.horizon or 0
    young = [
        segment for segment in report.segments if not segment.gathered and segment.horizon < horizon
    ]
    if not young:
        return None
    youngest = min(young, key=lambda segment: segment.horizon)
    least = youngest.horizon
    facts: dict[str, Fact] = {
        "segment": youngest.name or N_("(none)"),
        "least": least,
        "horizon": horizon,
    }
    text = N_(
        "“{segment}” was observed for {least} {least:month|months}, not {horizon}: it has no "
        "grade and is compared over its own months."
    )
    if len(young) > 1:
        facts["n"] = len(young)
        text = N_(
            "{n} {n:segment|segments} {n:was|were} observed for less than {horizon} "
            "{horizon:month|months} (“{segment}” for {least}): they have no grade and are compared "
            "over their own months."
        )
    return Finding(
        check="young-segments",
        severity=Severity.INFO,
        says=Sentence(text, facts),
        option=f"--horizon {least}mo" if least >= max(ENOUGH_MONTHS, horizon / 2) else "",
    )
