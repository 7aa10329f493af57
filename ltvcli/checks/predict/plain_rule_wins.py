"""Find models that a plain rule beats."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.prediction import NAMES, PredictReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("A plain rule did better"),
    definition=N_(
        "Models are used only where they beat rules that anyone could apply by hand, in total and "
        "by customer."
    ),
    source="Wübben & von Wangenheim (2008), Journal of Marketing 72(3), 82-93",
)


def check(report: PredictReport) -> Finding | None:
    """Find models that a plain rule beats."""
    evidence = report.evidence
    if evidence.beaten is not False:
        return None
    return Finding(
        check="plain-rule-wins",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "On earlier days a plain rule was nearer than every model ({rule} by {own}, "
                "models by {models}): customers here do not behave as models take them to."
            ),
            {
                "rule": NAMES[evidence.plain],
                "own": Quantity(evidence.missed[evidence.plain] or 0, Unit.RATE),
                "models": Quantity(evidence.missed.get("auto") or 0, Unit.RATE),
            },
        ),
    )
