"""Models that could not be fitted."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.prediction import NAMES, PredictReport

ABOUT = About(
    label=N_("Models excluded"),
    definition=N_("A model that cannot be fitted is excluded from the forecast."),
    source="Fader, Hardie & Lee (2005), Marketing Science 24(2), 275-284, on checking the optimum",
)


def check(report: PredictReport) -> Finding | None:
    """Find models that could not be fitted."""
    evidence = report.evidence
    if not evidence.unfitted:
        return None
    return Finding(
        check="models-not-fitted",
        severity=Severity.INFO,
        says=Sentence(
            N_("{names} could not be fitted and are excluded: {because}."),
            {
                "names": ", ".join(NAMES[name] for name in evidence.unfitted),
                "because": next(iter(evidence.unfitted.values())),
            },
        ),
    )
