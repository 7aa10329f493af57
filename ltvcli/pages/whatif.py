"""The pages of `ltv whatif`: before and after, sensitivity, break-even, cash, initiatives."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.language import N_, printable, translate
from ltvcli.pages import shared, table_page
from ltvcli.pages.content import Grid
from ltvcli.pages.whatif_screen import bars, number, pivoted, some_months
from ltvcli.pages.whatif_tables import COLUMNS, DEFINITIONS, NAMES, SPECIAL, TITLES, VERDICT
from ltvcli.results import VALUED, Row
from ltvcli.results.whatif import LABELS, WhatIfReport
from ltvcli.text.numbers import MISSING, interval, show
from ltvcli.units import Unit, unit_of

__all__ = ["COLUMNS", "DEFINITIONS", "TITLES", "grids", "memo", "table"]


def memo(report: WhatIfReport, lang: str) -> list[Grid]:
    """Return every table in full."""
    return [table(report, name, lang) for name, rows in report.tables.items() if rows]


def grids(report: WhatIfReport, lang: str, width: int) -> list[Grid]:
    """Return the tables for a screen: bars for the tornado, and selected months of cash.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    drawn = [_levers(report, lang)]
    if report.tables.get("linked"):
        drawn.append(table(report, "linked", lang))
    drawn += [
        bars(report, lang, width),
        pivoted(report, lang),
        some_months(table(report, "cash", lang, with_interval=False)),
        some_months(table(report, "growth", lang)),
        _plans(report, lang),
    ]
    return [table_grid for table_grid in drawn if table_grid.rows]


def table(report: WhatIfReport, name: str, lang: str, *, with_interval: bool = True) -> Grid:
    """Write a table, with codes in words and each value in the unit of its row.

    Args:
        report: of the command.
        name: of the table.
        lang: of the words.
        with_interval: write intervals as well.
    """
    rows = report.tables.get(name, ())
    columns = COLUMNS[name]
    written = [_worded(row, name, report, lang) for row in rows]
    grid = table_page.grid(
        translate(TITLES[name], lang),
        columns,
        written,
        report.currency,
        lang,
        with_interval=with_interval,
    )
    texts = ("lever", "moves", "side", "what", "name", "method", "grade", "after_grade", "rests_on")
    return replace(grid, left=[n for n, key in enumerate(columns) if key in texts])


def _worded(row: Row, name: str, report: WhatIfReport, lang: str) -> Row:
    worded = dict(row)
    for key in ("lever", "moves"):
        if isinstance(row.get(key), str):
            worded[key] = lever(row, key, lang)
    for key, words in NAMES.items():
        if isinstance(row.get(key), str):
            worded[key] = translate(words[str(row[key])], lang)
    if "unit" in row:
        for key in ("value", "value_after"):
            worded[key] = show(
                number(row.get(key)), unit_of(str(row["unit"])), report.currency, lang
            )
    waits = name == "levers" and _with_data(report) and row["ltv_to_cac"] is not None
    if waits and row["payback_observed"] is None:
        worded["payback_observed"] = shared.NOT_YET
    if name == "methods":
        worded["method"] = shared.method_label(str(row["method"]), lang)
        worded["horizon"] = shared.horizon_label(row["horizon"], lang) if row["ltv"] else ""
    if name == "sensitivity" and row["ltv_to_cac_up"] is None and row["ltv_to_cac_down"] is None:
        worded["swing"] = show(number(row["swing"]), Unit.MONEY, report.currency, lang)
    return worded


def _with_data(report: WhatIfReport) -> bool:
    """Return whether customers were observed, so that a payback may have been observed."""
    return any(file.kind in VALUED for file in report.inputs)


def lever(row: Row, key: str, lang: str) -> str:
    """Write the lever, and the lever that changes it.

    Args:
        row: of a table of levers.
        key: column of the lever.
        lang: of the words.
    """
    code = str(row[key])
    label = translate(SPECIAL.get(code) or LABELS[code], lang)
    change = row.get("change") if key == "lever" else None
    return f"{label} {printable(str(change))}" if change else label


def _levers(report: WhatIfReport, lang: str) -> Grid:
    """Write baseline and changes with intervals; with a single change, combined is the same."""
    rows = report.tables["levers"] if report.changed else ()
    if len(report.changed) == 1:
        rows = rows[:-1]
    with_data = _with_data(report)
    payback = "payback_observed" if with_data else "payback"
    heads = [N_("Change"), N_("LTV"), N_("95% CI"), N_("Gain"), N_("LTV/CAC"),
             N_("Payback"), VERDICT]  # fmt: skip

    def text(row: Row, key: str) -> str:
        unit = COLUMNS["levers"][key][1]
        value = number(row[key])
        return "" if value is None else show(value, unit, report.currency, lang)

    def ends(row: Row) -> str:
        ltv, low, high = (number(row[f"ltv{end}"]) for end in ("", "_low", "_high"))
        return interval(low, high, Unit.MONEY, ltv, report.currency)

    def cells(row: Row) -> list[str]:
        missing = MISSING if row["ltv"] is not None and row["ltv_to_cac"] is not None else ""
        return [
            lever(row, "lever", lang),
            text(row, "ltv"),
            ends(row),
            "" if row["lever"] == "none" else text(row, "gain"),
            text(row, "ltv_to_cac"),
            text(row, payback) or (translate(shared.NOT_YET, lang) if with_data else missing)
            if row["ltv_to_cac"] is not None
            else text(row, payback),
            shared.graded(str(row["grade"]), lang, upper_bound=bool(row["upper_bound"]))
            if row["ltv_to_cac"] is not None
            else "",
        ]

    return Grid(
        title="",
        heads=[translate(head, lang) for head in heads],
        rows=[cells(row) for row in rows],
        left=(0, len(heads) - 1),
    )


def _plans(report: WhatIfReport, lang: str) -> Grid:
    """Write initiatives, the best first, with the columns of a screen."""
    keys = (
        "name", "lever", "score", "roi", "base_gain", "cost", "ltv_gain", "probability",
        "rests_on",
    )  # fmt: skip
    columns = {key: COLUMNS["priorities"][key] for key in keys} | {
        "score": (N_("Net gain"), Unit.MONEY),
        "base_gain": (N_("Gain"), Unit.MONEY),
    }
    rows = [_worded(row, "priorities", report, lang) for row in report.tables["priorities"]]
    title = translate(TITLES["priorities"], lang)
    grid = table_page.grid(title, columns, rows, report.currency, lang, with_interval=False)
    return replace(grid, left=(0, 1, len(keys) - 1))
