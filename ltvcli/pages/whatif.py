"""The pages of `ltv whatif`: before and after, sensitivity, break-even, cash, initiatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ltvcli.language import N_, printable, translate
from ltvcli.pages import shared, table_page
from ltvcli.pages.content import Grid
from ltvcli.pages.whatif_screen import bars, number, pivoted, some_months
from ltvcli.results import VALUED, Row
from ltvcli.results.whatif import LABELS, WhatIfReport
from ltvcli.text.numbers import MISSING, interval, show
from ltvcli.units import Unit, unit_of

TITLES = {
    "levers": N_("Effect of each change"),
    "linked": N_("Linked effects (elasticities)"),
    "sensitivity": N_("Sensitivity (±10%)"),
    "breakeven": N_("Where the grade changes"),
    "cash": N_("Cumulative cash by month (undiscounted)"),
    "growth": N_("Cash with growing spend (new customers only)"),
    "lows": N_("Lowest cash and break-even"),
    "priorities": N_("Initiatives by expected gain"),
    "methods": N_("LTV by method"),
}
LEVER, VALUE, VERDICT = N_("Lever"), N_("Value"), N_("Verdict")
COLUMNS = {
    "levers": {
        "lever": (N_("Change"), Unit.TEXT),
        "ltv": (N_("LTV"), Unit.MONEY),
        "gain": (N_("Gain"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC"), Unit.RATIO),
        "ratio_gain": (N_("Gain in LTV/CAC"), Unit.RATIO),
        "payback": (N_("Payback"), Unit.MONTHS),
        "payback_observed": (N_("Payback (observed)"), Unit.MONTHS),
        "grade": (VERDICT, Unit.TEXT),
    },
    "linked": {
        "lever": (LEVER, Unit.TEXT),
        "moves": (N_("Also changes"), Unit.TEXT),
        "elasticity": (N_("Elasticity"), Unit.RATIO),
        "value": (N_("Before"), Unit.MONEY),
        "value_after": (N_("After"), Unit.MONEY),
    },
    "sensitivity": {
        "lever": (LEVER, Unit.TEXT),
        "value": (VALUE, Unit.MONEY),
        "ltv_down": (N_("LTV at -10%"), Unit.MONEY),
        "ltv_up": (N_("LTV at +10%"), Unit.MONEY),
        "ltv_to_cac_down": (N_("LTV/CAC at -10%"), Unit.RATIO),
        "ltv_to_cac_up": (N_("LTV/CAC at +10%"), Unit.RATIO),
        "swing": (N_("Swing"), Unit.RATIO),
    },
    "breakeven": {
        "lever": (LEVER, Unit.TEXT),
        "side": (N_("Direction"), Unit.TEXT),
        "value": (VALUE, Unit.MONEY),
        "distance": (N_("Distance"), Unit.RATE),
        "grade": (N_("Verdict after crossing"), Unit.TEXT),
    },
    "cash": {
        "month": (N_("After month"), Unit.COUNT),
        "customer": (N_("Per customer"), Unit.MONEY),
        "customer_after": (N_("after changes"), Unit.MONEY),
        "spend": (N_("Monthly spend"), Unit.MONEY),
        "spend_after": (N_("after changes"), Unit.MONEY),
    },
    "growth": {
        "month": (N_("Month"), Unit.COUNT),
        "customers": (N_("New customers"), Unit.COUNT),
        "spend": (N_("Spend"), Unit.MONEY),
        "brought": (N_("Cash in"), Unit.MONEY),
        "lowest": (N_("Cash after spend"), Unit.MONEY),
        "cash": (N_("Cash at month end"), Unit.MONEY),
    },
    "lows": {
        "what": (N_("Scope"), Unit.TEXT),
        "spend": (N_("Spend"), Unit.MONEY),
        "growth": (N_("Monthly growth"), Unit.RATE),
        "lowest": (N_("Lowest cash"), Unit.MONEY),
        "lowest_month": (N_("In month"), Unit.COUNT),
        "back_after": (N_("Break-even month"), Unit.COUNT),
        "months": (N_("Months covered"), Unit.COUNT),
        "left": (N_("Cash in that month"), Unit.MONEY),
        "need": (N_("Cash need per month, share of spend"), Unit.RATE),
        "self_funding": (N_("Self-funding growth"), Unit.RATE),
    },
    "priorities": {
        "name": (N_("Initiative"), Unit.TEXT),
        "lever": (N_("Change"), Unit.TEXT),
        "score": (N_("Expected net gain"), Unit.MONEY),
        "ltv_gain": (N_("LTV gain"), Unit.MONEY),
        "base_gain": (N_("Gain, all customers"), Unit.MONEY),
        "active_gain": (N_("of which active customers"), Unit.MONEY),
        "new_gain": (N_("of which new customers (12 mo)"), Unit.MONEY),
        "probability": (N_("Probability"), Unit.RATE),
        "months": (N_("Takes effect after"), Unit.MONTHS),
        "cost": (N_("Cost"), Unit.MONEY),
        "roi": (N_("ROI"), Unit.RATE),
        "customers_needed": (N_("Customers to break even"), Unit.COUNT),
        "rests_on": (N_("Based on"), Unit.TEXT),
    },
    "methods": {
        "method": (N_("Method"), Unit.TEXT),
        "horizon": (N_("Horizon"), Unit.COUNT),
        "ltv": (N_("LTV now"), Unit.MONEY),
        "ltv_after": (N_("LTV after"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC now"), Unit.RATIO),
        "ltv_to_cac_after": (N_("LTV/CAC after"), Unit.RATIO),
        "grade": (N_("Verdict now"), Unit.TEXT),
        "after_grade": (N_("Verdict after"), Unit.TEXT),
    },
}
DEFINITIONS = {
    N_("Change"): N_(
        "Churn: the churn probability is scaled equally at each age, and retained customers are "
        "assumed to behave like existing ones. AOV, orders per year and ARPU scale revenue at "
        "each age. A percentage is relative; points (pt) are added."
    ),
    N_("Gain"): N_(
        "Difference to the baseline, with its 95% CI. Combined changes may gain more or less than "
        "the sum of the single changes: the interaction."
    ),
    N_("Where the grade changes"): N_(
        "The nearest value of one lever, all else equal, at which LTV/CAC crosses 1, 2 or 3."
    ),
    N_("Cash"): N_(
        "The CAC is paid at the start; margin less retention cost comes in at the end of each "
        "month. Nothing is counted after the last month covered."
    ),
    N_("Cash with growing spend (new customers only)"): N_(
        "Existing customers are not counted. In the long run the cash need per month is its spend "
        "less, per new customer, the sum over ages a of margin x (1 + growth)^-a; where the CAC "
        "rises with spend, the need keeps growing."
    ),
    N_("Expected net gain"): N_(
        "Gain x probability - cost. The gain counts customers active now, from when the initiative "
        "takes effect up to the horizon, and new customers of the following 12 months, net of CAC. "
        "Feasibility 1 to 5 is a probability of 10, 30, 50, 70 or 90%."
    ),
}
SPECIAL = {
    "none": N_("baseline"),
    "all": N_("combined"),
    "interaction": N_("interaction"),
}
NAMES: Mapping[str, Mapping[str, str]] = {
    "side": {"up": N_("rising"), "down": N_("falling")},
    "what": {
        "customer": N_("one customer"),
        "customer_after": N_("one customer, after changes"),
        "spend": N_("monthly spend"),
        "spend_after": N_("monthly spend, after changes"),
        "growth": N_("growing spend"),
    },
}


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
