"""Too few periods to draw limits from."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.review import ReviewReport
from ltvcli.stats.inference.process_behaviour import ENOUGH

ABOUT = About(
    label=N_("Too few periods for signals"),
    definition=N_(
        "Limits of routine variation need 8 earlier periods; with fewer there is no signal."
    ),
    source="Wheeler (2000), Understanding Variation, 2nd edition",
)


def check(report: ReviewReport) -> Finding | None:
    """Find that no limits could be drawn."""
    charted = report.evidence.charted
    if charted >= ENOUGH or not report.evidence.compared:
        return None
    return Finding(
        check="few-periods",
        severity=Severity.INFO,
        says=Sentence(
            N_("No signals: they need {enough} earlier periods, the data has {n}."),
            {"enough": ENOUGH, "n": charted},
        ),
    )
