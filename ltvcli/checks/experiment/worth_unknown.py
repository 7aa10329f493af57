"""Effects whose net gain is unknown."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Profitability unknown"),
    definition=N_(
        "To judge whether a measure pays, give an outcome in money, its margin, and the cost of "
        "the measure per customer (0 if it costs nothing)."
    ),
    source="Definition of ROI",
)


def check(report: ExperimentReport) -> Finding | None:
    """Find that margin or cost are missing, or do not apply."""
    is_known = {
        "--margin": "margin" in report.given or report.basis == "margin",
        "--cost-per-customer": bool({"cost", "cost_per_customer"} & report.given.keys()),
    }
    missing = [flag for flag, known in is_known.items() if not known]
    if not report.effects or not (missing or report.unit is Unit.RATE):
        return None
    says = Sentence(
        N_("It is unknown whether the measure pays: add {flags}."), {"flags": ", ".join(missing)}
    )
    if report.unit is Unit.RATE:
        if len(missing) == len(is_known):
            return None
        says = Sentence(
            N_(
                "“{outcome}” is 0 or 1 for every customer, so margin and cost do not apply: ROI "
                "requires an outcome in money."
            ),
            {"outcome": report.outcome},
        )
    return Finding(check="worth-unknown", severity=Severity.INFO, says=says)
