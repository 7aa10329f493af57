"""The verdict of an answer in tables, as JSON has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from ltvcli.results import Grade, Sentence, TableReport

if TYPE_CHECKING:
    from ltvcli.results import Verdict

ROWS = {"cohorts": ("cohorts", "cohort"), "segments": ("segments", "segment")}
"""Commands that grade rows: the table, and the column that names its rows."""
SAID = ("audit", "predict")
"""Commands whose verdict is their first statement with a grade."""
Say = Callable[[Sentence], str]


def of(report: TableReport, says: Say) -> dict[str, Any] | None:
    """Return the verdict; None if nothing is graded, as without a CAC."""
    if report.command in ROWS:
        return _of_rows(report)
    if report.command == "whatif":
        return _plain(report.after, says) | {  # type: ignore[attr-defined]
            "before": _plain(report.before, says)  # type: ignore[attr-defined]
        }
    if report.command not in SAID:
        return None
    graded = next((statement for statement in report.says if statement.grade), None)
    return {"grade": graded.grade, "says": says(graded.says)} if graded else None


def _of_rows(report: TableReport) -> dict[str, Any] | None:
    """Return the grade of every row, how many have each, and the worst."""
    table, name = ROWS[report.command]
    grades = {
        str(row[name]): str(row["grade"])
        for row in report.tables.get(table, ())
        if row["ltv_to_cac"] is not None
    }
    if not grades:
        return None
    known = [grade for grade in Grade if grade is not Grade.UNKNOWN and grade in grades.values()]
    return {
        "grade": known[-1] if known else Grade.UNKNOWN,
        "rows": grades,
        "count": dict(Counter(grades.values())),
        "upper_bound": report.basis == "revenue",
    }


def _plain(verdict: Verdict, says: Say) -> dict[str, Any]:
    plain: Mapping[str, Any] = asdict(verdict)
    return {**plain, "says": says(verdict.says)}
