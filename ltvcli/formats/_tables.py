"""What the columns of a report's tables mean: label and unit, per table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.formats._numbers import interval, show
from ltvcli.language import N_, translate
from ltvcli.units import Unit

Cell = float | int | str | None
Row = Mapping[str, Cell]

TITLES = {
    "curve": N_("What an average customer brought, by month of age"),
    "survival": N_("Who stays, by months since the first payment"),
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, Unit]]] = {
    "curve": {
        "age_month": (N_("Month"), Unit.COUNT),
        "customers": (N_("Customers observed"), Unit.COUNT),
        "revenue": (N_("Revenue"), Unit.MONEY),
        "orders": (N_("Orders"), Unit.RATIO),
        "active": (N_("Still active"), Unit.RATE),
        "margin": (N_("Margin in money"), Unit.MONEY),
        "cumulative": (N_("Margin so far"), Unit.MONEY),
    },
    "survival": {
        "age_month": (N_("Month"), Unit.COUNT),
        "at_risk": (N_("Up for renewal"), Unit.COUNT),
        "ended": (N_("Left"), Unit.COUNT),
        "survival": (N_("Still there"), Unit.RATE),
        "projected": (N_("By the model (sBG)"), Unit.RATE),
    },
}


def title(name: str, lang: str) -> str:
    """Say what a table shows."""
    return translate(TITLES.get(name, name), lang)


def grid(name: str, rows: Sequence[Row], currency: str | None, lang: str) -> list[list[str]]:
    """Write a table for a reader, header first; an interval stands in the cell of its figure."""
    known = COLUMNS.get(name, {})
    keys = [key for key in rows[0] if not _is_end(key, rows[0])]
    heads = [translate(known[key][0], lang) if key in known else key for key in keys]

    def cell(row: Row, key: str) -> str:
        value = row[key]
        if isinstance(value, str):
            return value
        guess = Unit.RATIO if isinstance(value, float) else Unit.COUNT
        unit = known[key][1] if key in known else guess
        ends = [row.get(f"{key}_{end}") for end in ("low", "high")]
        low, high = (end if isinstance(end, (int, float)) else None for end in ends)
        range_ = interval(low, high, unit)
        text = show(value, unit, currency, lang)
        return f"{text} ({range_})" if range_ else text

    return [heads, *([cell(row, key) for key in keys] for row in rows)]


def _is_end(key: str, row: Row) -> bool:
    """Tell whether a column is the end of another column's interval."""
    figure, _, end = key.rpartition("_")
    return end in {"low", "high"} and figure in row
