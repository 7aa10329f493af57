"""Columns that decisions about people may not rest on."""

from __future__ import annotations

import shlex

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.risk import RiskReport
from ltvcli.results.risk_record import Verdict

ABOUT = About(
    label=N_("Protected columns"),
    definition=N_(
        "Sex, age, nationality, belief and family status may not be used for many decisions about "
        "people, and a postcode may stand for them. Whether yours is among these decisions is a "
        "question for a lawyer."
    ),
    source="Directive 2004/113/EC; Equal Credit Opportunity Act, 15 U.S.C. 1691",
    pitfalls=N_("Without such a column, others may still stand for it."),
)


def check(report: RiskReport) -> Finding | None:
    """Name the columns, and the option that leaves them out."""
    names = [column.name for column in report.columns if column.protected and not column.because]
    if not names or report.verdict is Verdict.NOTHING:
        return None
    return Finding(
        check="protected-columns",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{columns} may not be used for many decisions about people (sex, age, nationality, "
                "or a postcode that stands for them): leave out with --without."
            ),
            {"columns": ", ".join(names)},
        ),
        option=" ".join(f"--without {shlex.quote(name)}" for name in names),
    )
