"""What changes lead to, on a page: before and after, a tornado, where grades turn, cash, plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ltvcli.language import N_, printable, translate
from ltvcli.pages import shared, table_page
from ltvcli.pages.table_page import Grid
from ltvcli.pages.whatif_screen import ROOMY, bars, number, pivoted, some_months
from ltvcli.results import VALUED, Row
from ltvcli.results.whatif import LABELS, WhatIfReport
from ltvcli.text.numbers import MISSING, interval, show
from ltvcli.units import Unit, unit_of

TITLES = {
    "levers": N_("What each change leads to"),
    "linked": N_("What moves along"),
    "sensitivity": N_("A tenth less and a tenth more of each lever"),
    "breakeven": N_("Where the grade changes"),
    "cash": N_("Cash by month, undiscounted"),
    "growth": N_("Cash of growing, from a standing start"),
    "lows": N_("Where cash is lowest, and when it is back"),
    "priorities": N_("What to do first"),
    "methods": N_("What each method says"),
}
LEVER, VALUE, VERDICT = N_("Lever"), N_("Value"), N_("Verdict")
COLUMNS = {
    "levers": {
        "lever": (N_("Change"), Unit.COUNT),
        "ltv": (N_("LTV"), Unit.MONEY),
        "gain": (N_("Gain"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC"), Unit.RATIO),
        "ratio_gain": (N_("Gain in LTV/CAC"), Unit.RATIO),
        "payback": (N_("Payback"), Unit.MONTHS),
        "payback_observed": (N_("Payback, observed"), Unit.MONTHS),
        "grade": (VERDICT, Unit.COUNT),
    },
    "linked": {
        "lever": (LEVER, Unit.COUNT),
        "moves": (N_("Moves"), Unit.COUNT),
        "elasticity": (N_("Elasticity"), Unit.RATIO),
        "value": (N_("Before"), Unit.MONEY),
        "value_after": (N_("After"), Unit.MONEY),
    },
    "sensitivity": {
        "lever": (LEVER, Unit.COUNT),
        "value": (VALUE, Unit.MONEY),
        "ltv_down": (N_("LTV at -10%"), Unit.MONEY),
        "ltv_up": (N_("LTV at +10%"), Unit.MONEY),
        "ltv_to_cac_down": (N_("LTV/CAC at -10%"), Unit.RATIO),
        "ltv_to_cac_up": (N_("LTV/CAC at +10%"), Unit.RATIO),
        "swing": (N_("Swing"), Unit.RATIO),
    },
    "breakeven": {
        "lever": (LEVER, Unit.COUNT),
        "side": (N_("Direction"), Unit.COUNT),
        "value": (VALUE, Unit.MONEY),
        "distance": (N_("Away by"), Unit.RATE),
        "grade": (N_("Verdict from there"), Unit.COUNT),
    },
    "cash": {
        "month": (N_("After month"), Unit.COUNT),
        "customer": (N_("One customer"), Unit.MONEY),
        "customer_after": (N_("with the changes"), Unit.MONEY),
        "spend": (N_("A month's spend"), Unit.MONEY),
        "spend_after": (N_("with the changes"), Unit.MONEY),
    },
    "growth": {
        "month": (N_("Month"), Unit.COUNT),
        "customers": (N_("Customers won"), Unit.COUNT),
        "spend": (N_("Spend"), Unit.MONEY),
        "brought": (N_("Came in"), Unit.MONEY),
        "lowest": (N_("Cash after the spend"), Unit.MONEY),
        "cash": (N_("Cash at the end"), Unit.MONEY),
    },
    "lows": {
        "what": (N_("Of"), Unit.COUNT),
        "spend": (N_("Spend"), Unit.MONEY),
        "growth": (N_("Growth a month"), Unit.RATE),
        "lowest": (N_("Lowest"), Unit.MONEY),
        "lowest_month": (N_("in month"), Unit.COUNT),
        "back_after": (N_("Back after months"), Unit.COUNT),
        "months": (N_("Months followed"), Unit.COUNT),
        "left": (N_("Left then"), Unit.MONEY),
        "need": (N_("Cash a month takes, of its spend"), Unit.RATE),
        "self_funding": (N_("Growth that pays for itself"), Unit.RATE),
    },
    "priorities": {
        "name": (N_("Initiative"), Unit.COUNT),
        "lever": (N_("Change"), Unit.COUNT),
        "score": (N_("Expected after cost"), Unit.MONEY),
        "ltv_gain": (N_("LTV gain"), Unit.MONEY),
        "base_gain": (N_("Gain on the base"), Unit.MONEY),
        "active_gain": (N_("of it active customers"), Unit.MONEY),
        "new_gain": (N_("of it new ones in 12 months"), Unit.MONEY),
        "probability": (N_("Chance"), Unit.RATE),
        "months": (N_("Works after"), Unit.MONTHS),
        "cost": (N_("Cost"), Unit.MONEY),
        "roi": (N_("ROI"), Unit.RATE),
        "customers_needed": (N_("Customers to pay for it"), Unit.COUNT),
        "rests_on": (N_("Rests on"), Unit.COUNT),
    },
    "methods": {
        "method": (N_("Method"), Unit.COUNT),
        "horizon": (N_("Horizon"), Unit.COUNT),
        "ltv": (N_("LTV now"), Unit.MONEY),
        "ltv_after": (N_("LTV then"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC now"), Unit.RATIO),
        "ltv_to_cac_after": (N_("LTV/CAC then"), Unit.RATIO),
        "grade": (N_("Verdict now"), Unit.COUNT),
        "after_grade": (N_("Verdict then"), Unit.COUNT),
    },
}
DEFINITIONS = {
    N_("Change"): N_(
        "Churn: each age's chance to leave is multiplied alike, and those who stay longer bring "
        "what those who stayed brought. Order value, orders a year and ARPU scale what came in at "
        "each age. A percentage is relative, points (pt) are added."
    ),
    N_("Gain"): N_(
        "Against how things are, with the interval of the difference. Changes that act on one "
        "another gain more or less together than one by one: the interaction."
    ),
    N_("Where the grade changes"): N_(
        "The nearest value of one lever, all else as it is, at which LTV/CAC passes 1, 2 or 3."
    ),
    N_("Cash"): N_(
        "The CAC goes out at the start, margin less retention cost comes in at the end of each "
        "month; nothing is counted after the last month followed."
    ),
    N_("Cash of growing, from a standing start"): N_(
        "Nothing that earlier customers bring is counted. In the long run a month takes its spend "
        "less the sum over ages a of what a customer brings x (1 + growth)^-a per customer won; "
        "where the CAC rises with spend, it takes ever more."
    ),
    N_("Expected after cost"): N_(
        "Gain on the base x chance x the share that the cost leaves = gain x chance - cost. The "
        "base: customers active now, from when it works up to the horizon, and those won from then "
        "on within 12 months, net of CAC. Feasibility 1 to 5 is a chance of 10, 30, 50, 70 or 90%."
    ),
}
SPECIAL = {
    "none": N_("as it is"),
    "all": N_("all together"),
    "interaction": N_("from acting on one another"),
}
NAMES: Mapping[str, Mapping[str, str]] = {
    "side": {"up": N_("rising"), "down": N_("falling")},
    "what": {
        "customer": N_("one customer"),
        "customer_after": N_("one customer, with the changes"),
        "spend": N_("a month's spend"),
        "spend_after": N_("a month's spend, with the changes"),
        "growth": N_("growing"),
    },
}


def memo(report: WhatIfReport, lang: str) -> list[Grid]:
    """Give every table whole."""
    return [table(report, name, lang) for name, rows in report.tables.items() if rows]


def grids(report: WhatIfReport, lang: str, width: int) -> list[Grid]:
    """Give what fits a screen: bars for the tornado, some months of cash, no second intervals."""
    found = [_levers(report, lang, width)]
    if report.tables.get("linked"):
        found.append(table(report, "linked", lang))
    found += [
        bars(report, lang, width),
        pivoted(report, lang),
        some_months(table(report, "cash", lang, with_interval=False)),
        some_months(table(report, "growth", lang)),
        _plans(report, lang),
    ]
    return [one for one in found if one.rows]


def table(report: WhatIfReport, name: str, lang: str, *, with_interval: bool = True) -> Grid:
    """Write a table, its codes in words and each value in the unit of its row."""
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
    """Tell whether customers were observed, so that a payback may have been observed too."""
    return any(one.kind in VALUED for one in report.inputs)


def lever(row: Row, key: str, lang: str) -> str:
    """Say which lever, and by what it is changed."""
    code = str(row[key])
    label = translate(SPECIAL.get(code) or LABELS[code], lang)
    change = row.get("change") if key == "lever" else None
    return f"{label} {printable(str(change))}" if change else label


def _levers(report: WhatIfReport, lang: str, width: int) -> Grid:
    """Write before and after; of a single change, all together is the same.

    A narrow screen leaves the interval of each value to the sentences above.
    """
    rows = report.tables["levers"] if report.changed else ()
    if len(report.changed) == 1:
        rows = rows[:-1]
    with_data = _with_data(report)
    payback = "payback_observed" if with_data else "payback"
    heads = [N_("Change"), N_("LTV"), N_("95% interval"), N_("Gain"), N_("LTV/CAC"),
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
            ends(row) if width >= ROOMY else "",
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
    """Write initiatives, the best first, with what a screen has room for."""
    keys = ("name", "lever", "score", "roi", "base_gain", "cost", "ltv_gain", "probability")
    columns = {key: COLUMNS["priorities"][key] for key in keys} | {
        "score": (N_("After cost"), Unit.MONEY),
        "base_gain": (N_("Base gain"), Unit.MONEY),
    }
    rows = [_worded(row, "priorities", report, lang) for row in report.tables["priorities"]]
    title = translate(TITLES["priorities"], lang)
    grid = table_page.grid(title, columns, rows, report.currency, lang, with_interval=False)
    return replace(grid, left=(0, 1))
