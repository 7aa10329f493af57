"""The backtest of a forecast on a page: its errors by cut-off, and its deciles."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from ltvcli.language import N_, translate
from ltvcli.pages.content import Grid
from ltvcli.results import Quantity, Row
from ltvcli.results.prediction import NAMES
from ltvcli.text.layout import aligned, width_of
from ltvcli.text.numbers import MISSING, show
from ltvcli.text.words import fill
from ltvcli.units import Unit

SHORT = {
    "auto": N_("average"),
    "hiatus": N_("recency rule"),
    "own-rate": N_("run-rate"),
}
HEADS = {
    "value_bias": (N_("Value"), Unit.RATE),
    "rmse": (N_("RMSE"), Unit.RATIO),
    "spearman": (N_("Rank"), Unit.RATIO),
    "coverage80": (N_("Cover"), Unit.RATE),
}
"""Short labels."""
OF_REVENUE = {
    "customers_bias": (N_("Customers"), Unit.RATE),
    "coverage80": (N_("Cover"), Unit.RATE),
}
"""Short labels for subscriptions, whose error is that of revenue."""
BAR, LEAST_BAR = 30, 12
"""Cells of the longest bar."""


def record(rows: Sequence[Row], lang: str, width: int) -> Grid:
    """Compare forecasts: their errors at each cut-off, and their rank correlation.

    The oldest cut-offs are left out if there is no room.

    Args:
        rows: of the table `backtest`.
        lang: of the words.
        width: cells of a line.
    """
    days = sorted({str(row["cutoff"]) for row in rows})
    while True:
        grid = _record_of(rows, days, lang)
        if needed(grid, width) <= width or len(days) <= 1:
            return grid
        del days[0]


def _record_of(rows: Sequence[Row], days: Sequence[str], lang: str) -> Grid:
    names = list(dict.fromkeys(str(row["model"]) for row in rows))
    of_orders = any("orders_bias" in row for row in rows)
    main, further = ("orders_bias", HEADS) if of_orders else ("value_bias", OF_REVENUE)

    def off(value: object) -> str:
        return f"{value:+.0%}" if isinstance(value, float) else MISSING

    def mean(cutoffs: Sequence[Row], key: str, unit: Unit) -> str:
        values = [value for row in cutoffs if isinstance(value := row[key], float)]
        if key.endswith("_bias"):
            return f"±{fmean(map(abs, values)):.0%}" if values else MISSING
        return show(fmean(values) if values else None, unit, None, lang)

    cells = []
    for name in names:
        by_cutoff = {str(row["cutoff"]): row for row in rows if row["model"] == name}
        label = translate(SHORT.get(name) or NAMES.get(name, name), lang)
        cells.append(
            [
                f"{label} ←" if next(iter(by_cutoff.values()))["chosen"] else label,
                *(off(by_cutoff[day][main]) if day in by_cutoff else MISSING for day in days),
                *(mean(list(by_cutoff.values()), key, unit) for key, (_, unit) in further.items()),
            ]
        )
    notes = [
        f"{translate(short, lang)}: {translate(NAMES[name], lang)}"
        for name, short in SHORT.items()
        if name in names
    ]
    legend = N_("Value: error in value · Rank: rank correlation · Cover: 80% CI coverage")
    title = N_("Backtest: error of total orders at each cut-off")
    if not of_orders:
        legend = N_(
            "Customers: error in those still paying · Cover: 80% CI coverage of quarterly cohorts"
        )
        title = N_("Backtest: error of total revenue at each cut-off")
    notes = [note for note in (" · ".join(notes), translate(legend, lang)) if note]
    heads = [N_("Forecast"), *days, *(head for head, _ in further.values())]
    return Grid(
        title=translate(title, lang),
        heads=[translate(head, lang) for head in heads],
        rows=cells,
        notes=notes,
    )


def tenths(
    rows: Sequence[Row], plain: Grid, narrow: Grid, share: float, lang: str, width: int
) -> Grid:
    """Draw actual orders at the newest cut-off by decile of the customers, and the forecast.

    Args:
        rows: of the table `deciles`.
        plain: these as a table; `narrow` replaces it if there is no room for bars.
        narrow: the same with fewer columns.
        share: of the customers in the backtest.
        lang: of the labels.
        width: of the screen.
    """
    forecast = [float(row.get("predicted") or 0) for row in rows]
    actual = [float(row.get("actual") or 0) for row in rows]
    most = max([*forecast, *actual], default=0)
    if not most:
        return plain
    if _room(plain, width) < LEAST_BAR:
        plain = narrow
    longest = max(LEAST_BAR, min(BAR, _room(plain, width)))
    notes = [translate(N_("█ actual, │ forecast, at the latest cut-off"), lang)]
    if share < 1:
        text = N_("The backtest uses a sample of {share} of the customers.")
        notes.append(fill(text, {"share": Quantity(share, Unit.RATE)}, lang))
    return Grid(
        title=plain.title,
        heads=[*plain.heads, ""],
        rows=[
            [
                *row,
                _bar(
                    round(longest * actual_orders / most), round(longest * forecast_orders / most)
                ),
            ]
            for row, actual_orders, forecast_orders in zip(
                plain.rows, actual, forecast, strict=True
            )
        ],
        left=[*plain.left, len(plain.heads)],
        notes=notes,
    )


def needed(grid: Grid, width: int) -> int:
    """Return the cells that a table needs on a screen of `width`."""
    return width_of("".join(aligned([grid.heads, *grid.rows], width, grid.left)[0]))


def _room(grid: Grid, width: int) -> int:
    return width - needed(grid, width) - len("  │")


def _bar(actual: int, forecast: int) -> str:
    """Draw a bar with a mark.

    >>> _bar(3, 1), _bar(1, 3), _bar(2, 2)
    ('█│█', '█ │', '██│')
    """
    cells = ["█"] * actual + [" "] * (max(actual, forecast) - actual)
    if forecast == actual:
        return "".join([*cells, "│"])
    cells[max(forecast, 1) - 1 if forecast > actual else forecast] = "│"
    return "".join(cells)
