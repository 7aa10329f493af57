"""Labels and units of the columns of a report's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.language import N_, translate
from ltvcli.text.numbers import bracketed, interval, show
from ltvcli.text.words import fill
from ltvcli.units import Unit

Cell = float | int | str | None
Row = Mapping[str, Cell]

TITLES = {
    "horizons": N_("Observed LTV by horizon"),
    "curve": N_("Revenue and margin per customer, by month since the first order"),
    "survival": N_("Retention by months since the first payment"),
    "acquisition": N_("CAC by month and channel"),
}
FOR_GOOD = N_("Expected paid months (uncapped), discount rate {discount} per year")
WITHIN = N_("Expected paid months of the next {n}, discount rate {discount} per year")
COLUMNS: Mapping[str, Mapping[str, tuple[str, Unit]]] = {
    "horizons": {
        "horizon": (N_("Months"), Unit.COUNT),
        "customers": (N_("Customers observed"), Unit.COUNT),
        "enough": (N_("Enough customers"), Unit.TEXT),
        "ltv": (N_("LTV"), Unit.MONEY),
    },
    "curve": {
        "age_month": (N_("Month"), Unit.COUNT),
        "customers": (N_("Customers observed"), Unit.COUNT),
        "revenue": (N_("Revenue"), Unit.MONEY),
        "orders": (N_("Orders"), Unit.RATIO),
        "active": (N_("Still active"), Unit.RATE),
        "margin": (N_("Margin"), Unit.MONEY),
        "cumulative": (N_("Cumulative margin"), Unit.MONEY),
    },
    "survival": {
        "age_month": (N_("Month"), Unit.COUNT),
        "at_risk": (N_("At risk (up for renewal)"), Unit.COUNT),
        "ended": (N_("Churned"), Unit.COUNT),
        "survival": (N_("Retained"), Unit.RATE),
        "projected": (N_("sBG model"), Unit.RATE),
    },
    "lifetime": {
        "figure": (N_("Figure"), Unit.TEXT),
        "tenure_months": (N_("Months so far"), Unit.COUNT),
        "customers": (N_("Paying customers"), Unit.COUNT),
        "expected_months": (N_("Expected months"), Unit.MONTHS),
    },
    "acquisition": {
        "month": (N_("Month"), Unit.TEXT),
        "complete": (N_("Month complete"), Unit.TEXT),
        "channel": (N_("Channel"), Unit.TEXT),
        "spend": (N_("Spend"), Unit.MONEY),
        "customers": (N_("New customers"), Unit.COUNT),
        "cac": (N_("CAC"), Unit.MONEY),
    },
}
WORDS: Mapping[str, Mapping[Cell, str]] = {
    "enough": {True: N_("yes"), False: N_("no")},
    "complete": {True: N_("yes"), False: N_("no")},
    "channel": {None: N_("all"), "": N_("unknown")},
}
"""Cells of some columns in words."""
IN_TITLE = {"lifetime": ("horizon", "discount")}
"""Columns that are the same in every row, and so are part of the title."""


def title(name: str, rows: Sequence[Row], lang: str) -> str:
    """Write the title of a table, with its basis if that differs.

    Args:
        name: of the table.
        rows: of the table.
        lang: of the words.
    """
    if name == "lifetime" and rows:
        horizon, discount = (rows[0][key] for key in IN_TITLE[name])
        rate = show(discount, Unit.RATE, None, lang) if isinstance(discount, float) else ""
        text = FOR_GOOD if horizon is None else WITHIN
        return fill(text, {"n": horizon or 0, "discount": rate}, lang)
    return translate(TITLES.get(name, name), lang)


def grid(name: str, rows: Sequence[Row], currency: str | None, lang: str) -> list[list[str]]:
    """Write a table for a reader, header first; an interval is in the cell of its figure.

    Args:
        name: of the table.
        rows: of the table.
        currency: of money; None if it is not known.
        lang: of the words.
    """
    known = COLUMNS.get(name, {})
    span = IN_TITLE.get(name, ())
    keys = [key for key in rows[0] if key not in span and not _is_end(key, rows[0])]
    heads = [translate(known[key][0], lang) if key in known else key for key in keys]

    def cell(row: Row, key: str) -> str:
        value = row[key]
        if value in WORDS.get(key, {}):
            return translate(WORDS[key][value], lang)
        if isinstance(value, str):
            return value
        guess = Unit.RATIO if isinstance(value, float) else Unit.COUNT
        unit = known[key][1] if key in known else guess
        ends = [row.get(f"{key}_{end}") for end in ("low", "high")]
        low, high = (end if isinstance(end, (int, float)) else None for end in ends)
        range_ = interval(low, high, unit, value, currency)
        text = show(value, unit, currency, lang)
        return bracketed(text, range_)

    return [heads, *([cell(row, key) for key in keys] for row in rows)]


def _is_end(key: str, row: Row) -> bool:
    """Return whether a column is the end of another column's interval."""
    figure, _, end = key.rpartition("_")
    return end in {"low", "high"} and figure in row
