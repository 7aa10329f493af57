"""Accounting of every row read, and checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, translate
from ltvcli.pages import file_rows
from ltvcli.results import InputFile
from ltvcli.text.words import fill
from ltvcli.workbook.cells import CHECKS, ROWS, Number, Sheet, Tie, column

HEADS = (
    N_("File"), N_("Holds"), N_("Read as"), N_("First day"), N_("Last day"), "SHA-256",
    N_("Rows read"), N_("Rows used"),
)  # fmt: skip
READ, USED = 6, 7
"""Columns of the rows read and used, followed by one for each reason for exclusion."""
FIRST_ROW = 3


def sheet(files: Sequence[InputFile], lang: str) -> Sheet:
    """Lay out a row for each file: path, kind, and its rows by reason.

    Args:
        files: that were read.
        lang: of the labels.
    """
    laid = Sheet(name=ROWS, freeze=(FIRST_ROW, 1))
    laid.put(0, 0, translate(N_("Rows read, used and excluded"), lang), "title")
    reasons = _reasons(files)
    heads = [
        *(translate(head, lang) for head in HEADS),
        *(file_rows.reason(key, lang) for key in reasons),
    ]
    for at, head in enumerate(heads):
        laid.put(FIRST_ROW - 1, at, head, "right" if at >= READ else "head")
    for row, file in enumerate(files, FIRST_ROW):
        kind = translate(file_rows.KINDS.get(file.kind, file.kind), lang)
        texts = (file.path, kind, file.profile, file.first, file.last, file.sha256)
        for at, text in enumerate(texts):
            laid.put(row, at, None if text is None else str(text))
        laid.put(row, READ, file.rows_read, "count")
        laid.put(row, USED, file.rows_used, "count")
        for at, key in enumerate(reasons, USED + 1):
            laid.put(row, at, file.set_aside.get(key, 0), "count")
    return laid


def _reasons(files: Sequence[InputFile]) -> list[str]:
    return list(dict.fromkeys(key for file in files for key in file.set_aside))


def ties(files: Sequence[InputFile], lang: str) -> Iterator[Tie]:
    """Return the checks: rows read are rows used plus rows excluded, file by file.

    Args:
        files: that were read.
        lang: of the labels.
    """
    last = column(USED + len(_reasons(files)))
    for row, file in enumerate(files, FIRST_ROW + 1):
        yield Tie(
            name=fill(N_("{file}: rows used + excluded = rows read"), {"file": file.path}, lang),
            left=f"SUM({ROWS}!${column(USED)}{row}:${last}{row})",
            right=f"{ROWS}!${column(READ)}{row}",
            value=file.rows_read,
        )


def checks(tied: Sequence[Tie], changes: Sequence[tuple[str, str, Number]], lang: str) -> Sheet:
    """Lay out the checks, which hold for all inputs, and the effect of changed inputs.

    Args:
        tied: what must tie.
        changes: label, formula and value of what inputs move.
        lang: of the labels.
    """
    laid = Sheet(name=CHECKS, freeze=(3, 1))
    laid.put(0, 0, translate(N_("Checks"), lang), "title")
    heads = (N_("Check"), N_("Left side"), N_("Right side"), N_("Ties"), N_("Failed"))
    for at, text in enumerate(heads):
        laid.put(2, at, translate(text, lang), "right" if at else "head")
    row = 3
    for tie in tied:
        laid.put(row, 0, tie.name)
        laid.reckon(row, 1, tie.left, tie.value, tie.look)
        known = tie.value if tie.right_value is None else tie.right_value
        laid.reckon(row, 2, tie.right, known, tie.look)
        left, right = f"$B{row + 1}", f"$C{row + 1}"
        holds = f"{left}={right}"
        if tie.tolerance:
            holds = f"MAX({left}-{right},{right}-{left})<={tie.tolerance}"
        laid.reckon(row, 3, holds, True, "truth")
        laid.reckon(row, 4, f"IF($D{row + 1},0,1)", 0, "count")
        row += 1
    laid.put(row, 0, translate(N_("Checks that failed"), lang), "head")
    laid.reckon(row, 4, f"SUM($E$4:$E${row})" if tied else "0", 0, "count")
    if changes:
        row += 2
        laid.put(row, 0, translate(N_("Change of LTV since delivery"), lang), "head")
        for at, (label, formula, value) in enumerate(changes, row + 1):
            laid.put(at, 0, label)
            laid.reckon(at, 1, formula, value, "money")
    return laid
