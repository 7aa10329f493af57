"""Much of the input was not used."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Report, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Many rows set aside"),
    definition=N_(
        "More than a tenth of the rows could not be used; see why before trusting the rest."
    ),
    formula="1 - rows_used / rows_read",
    source="Rule of thumb",
)

MUCH = 0.1


def check(report: Report) -> Finding | None:
    """Find that many rows were set aside."""
    evidence = report.evidence
    if evidence is None or evidence.rows_read == 0:
        return None
    share = 1 - evidence.rows_used / evidence.rows_read
    if share <= MUCH:
        return None
    return Finding(
        check="rows-set-aside",
        severity=Severity.WARNING,
        says=Sentence(
            N_("{share} of the rows were set aside ({rows}); --rejects FILE lists them."),
            {
                "share": Quantity(share, Unit.RATE),
                "rows": Quantity(evidence.rows_read - evidence.rows_used, Unit.COUNT),
            },
        ),
        option="--rejects rejects.csv",
    )
