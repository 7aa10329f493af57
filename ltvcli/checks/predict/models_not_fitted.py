"""Find models that could not be fitted."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.prediction import NAMES, PredictReport

ABOUT = About(
    label=N_("Models left out"),
    definition=N_("A model whose best fit could not be found has no part in the forecast."),
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
            N_("Without {names}, which could not be fitted to these customers: {because}."),
            {
                "names": ", ".join(NAMES[name] for name in evidence.unfitted),
                "because": next(iter(evidence.unfitted.values())),
            },
        ),
    )
