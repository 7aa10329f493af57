"""The screen of `ltv whatif` instead of full tables: bars, a line per lever, selected months."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.language import N_, translate
from ltvcli.pages import shared
from ltvcli.pages.content import Grid
from ltvcli.results import Quantity, Row
from ltvcli.results.whatif import LABELS, WhatIfReport
from ltvcli.text.numbers import MISSING, show
from ltvcli.text.words import fill
from ltvcli.units import Unit, unit_of

MONTHS = (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48)
"""Months of cash flow that are shown, besides the first and the last."""
AXIS, BAR = "│", "█"
NARROW, WIDE = 24, 48
"""Cells of both sides of a tornado; more on a screen of a hundred cells."""
ROOMY = 100


def bars(report: WhatIfReport, lang: str, width: int) -> Grid:
    """Draw the tornado: worse results to the left of the axis, better ones to the right.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    rows = report.tables["sensitivity"]
    first = report.tables["levers"][0]
    by_ratio = first["ltv_to_cac"] is not None
    key, unit = ("ltv_to_cac", Unit.RATIO) if by_ratio else ("ltv", Unit.MONEY)
    now = number(first[key]) or 0.0
    reach = max((abs(end - now) for row in rows for end in _ends(row, key)), default=0.0)
    half = (WIDE if width >= ROOMY else NARROW) // 2
    facts = {"now": Quantity(now, unit)}
    title = (
        N_("Sensitivity (±10%): LTV/CAC, now {now}")
        if by_ratio
        else N_("Sensitivity (±10%): LTV, now {now}")
    )
    return Grid(
        title=fill(title, facts, lang, report.currency),
        heads=[translate(N_("Lever"), lang), "-10%", "+10%", ""],
        rows=[
            [
                translate(LABELS[str(row["lever"])], lang),
                *(
                    show(number(row[f"{key}_{side}"]), unit, report.currency, lang)
                    for side in ("down", "up")
                ),
                _bar(_ends(row, key), now, reach, half),
            ]
            for row in rows
        ],
        left=(0, 3),
    )


def _ends(row: Row, key: str) -> list[float]:
    ends = (number(row[f"{key}_{side}"]) for side in ("down", "up"))
    return [end for end in ends if end is not None]


def _bar(ends: Sequence[float], now: float, reach: float, half: int) -> str:
    """Draw both ends from the axis.

    >>> _bar([0.5, 2.0], 1.0, 1.0, 4)
    '  ██│████'
    """
    if not reach:
        return " " * half + AXIS
    left = round(max([0.0, *(now - end for end in ends)]) / reach * half)
    right = round(max([0.0, *(end - now for end in ends)]) / reach * half)
    return " " * (half - left) + BAR * left + AXIS + BAR * right


def pivoted(report: WhatIfReport, lang: str) -> Grid:
    """Write a line per lever: its value, and where the grade gets worse and better."""
    levers = dict.fromkeys(str(row["lever"]) for row in report.tables["breakeven"])
    values = {str(row["lever"]): row for row in report.tables["sensitivity"]}
    ends = {(str(row["lever"]), str(row["side"])): row for row in report.tables["breakeven"]}
    heads = [N_("Lever"), N_("Now"), N_("Falls to"), "", N_("Rises to"), ""]
    rows = []
    for lever in levers:
        unit = unit_of(str(values[lever]["unit"]))
        cells = [
            translate(LABELS[lever], lang),
            show(number(values[lever]["value"]), unit, report.currency, lang),
        ]
        for side in ("down", "up"):
            row = ends.get((lever, side))
            value = number(row["value"]) if row else None
            cells += [
                "" if row is None else show(value, unit, report.currency, lang),
                "" if row is None or row["grade"] is None
                else shared.graded(str(row["grade"]), lang, upper_bound=bool(row["upper_bound"])),
            ]  # fmt: skip
        rows.append(cells)
    nowhere = any(row["value"] is None for row in ends.values())
    note = fill(N_("{mark} no change of grade in that direction"), {"mark": MISSING}, lang)
    return Grid(
        title=translate(N_("Where the grade changes"), lang),
        heads=[translate(head, lang) for head in heads],
        rows=rows,
        left=(0, 3, 5),
        notes=(note,) if nowhere else (),
    )


def some_months(grid: Grid) -> Grid:
    """Keep selected months, and the last."""
    kept = [
        row
        for number, row in enumerate(grid.rows)
        if row[0] in map(str, MONTHS) or number in (0, len(grid.rows) - 1)
    ]
    known = [
        n for n in range(len(grid.heads)) if any(row[n] not in ("", MISSING) for row in grid.rows)
    ]
    return replace(
        grid,
        heads=[grid.heads[n] for n in known],
        rows=[[row[n] for n in known] for row in kept],
    )


def number(value: object) -> float | None:
    """Return a cell as a number; None if it is not one."""
    return float(value) if isinstance(value, (int, float)) else None
