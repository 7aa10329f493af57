"""What is expected on a page: the forecast, its record, calibration, and what one more brings."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from ltvcli.formats import _page
from ltvcli.formats._numbers import MISSING, show
from ltvcli.formats._page import Grid
from ltvcli.formats._words import fill
from ltvcli.language import N_, translate
from ltvcli.results import Row
from ltvcli.results.prediction import NAMES, PredictReport
from ltvcli.units import Unit

TITLES = {
    "totals": N_("Past and future"),
    "backtest": N_("What each forecast would have said on earlier days"),
    "deciles": N_("Customers in tenths, those expected to order most first"),
    "segments": N_("By segment"),
    "cohorts": N_("By month of the first order"),
    "new": N_("A customer won today, over the horizon"),
    "models": N_("What was fitted"),
}
_AHEAD = {
    "customers": (N_("Customers"), Unit.COUNT),
    "past_orders": (N_("Orders so far"), Unit.COUNT),
    "past_value": (N_("Value so far"), Unit.MONEY),
    "orders": (N_("Orders ahead"), Unit.COUNT),
    "value": (N_("Value ahead"), Unit.MONEY),
    "pltv": (N_("pLTV"), Unit.MONEY),
}
COLUMNS = {
    "totals": {
        "part": (N_("Part"), Unit.COUNT),
        "orders": (N_("Orders"), Unit.COUNT),
        "value": (N_("Value"), Unit.MONEY),
    },
    "backtest": {
        "cutoff": (N_("As of"), Unit.COUNT),
        "horizon": (N_("Months ahead"), Unit.RATIO),
        "model": (N_("Forecast"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "actual": (N_("Orders"), Unit.COUNT),
        "predicted": (N_("Forecast said"), Unit.COUNT),
        "orders_bias": (N_("Off"), Unit.RATE),
        "value_bias": (N_("Off in money"), Unit.RATE),
        "rmse": (N_("RMSE"), Unit.RATIO),
        "mae": (N_("MAE"), Unit.RATIO),
        "spearman": (N_("Rank correlation"), Unit.RATIO),
        "gini": (N_("Gini"), Unit.RATIO),
        "coverage80": (N_("Held in 80%"), Unit.RATE),
        "chosen": (N_("Chosen"), Unit.COUNT),
    },
    "deciles": {
        "decile": (N_("Tenth"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "orders": (N_("Orders ahead"), Unit.COUNT),
        "predicted": (N_("Said then"), Unit.COUNT),
        "actual": (N_("Came then"), Unit.COUNT),
    },
    "segments": {"segment": (N_("Segment"), Unit.COUNT), **_AHEAD},
    "cohorts": {"cohort": (N_("Cohort"), Unit.COUNT), **_AHEAD},
    "new": {
        "segment": (N_("Segment"), Unit.COUNT),
        "size": (N_("Third of first order"), Unit.COUNT),
        "up_to": (N_("First order up to"), Unit.MONEY),
        "customers": (N_("Customers"), Unit.COUNT),
        "first_order": (N_("First order"), Unit.MONEY),
        "orders": (N_("Orders"), Unit.RATIO),
        "value": (N_("Value"), Unit.MONEY),
    },
    "models": {
        "model": (N_("Forecast"), Unit.COUNT),
        "fitted": (N_("Fitted"), Unit.COUNT),
        "parameter": (N_("Parameter"), Unit.COUNT),
        "value": (N_("Value"), Unit.RATIO),
        "standard_error": (N_("Standard error"), Unit.RATIO),
        "log_likelihood": (N_("Log-likelihood"), Unit.RATIO),
    },
}
DEFINITIONS = {
    N_("pLTV"): N_("What a customer has brought so far, and what is expected of them: past + future."),
    N_("Off"): N_("Forecast over what came, less 1: of the total number of orders."),
    N_("Rank correlation"): N_(
        "Spearman's: 1 if the customers expected to order most did, 0 if the order says nothing."
    ),
    N_("Gini"): N_(
        "How well the forecast finds those who ordered, as a share of what could be known: 1 is "
        "perfect, 0 is chance."
    ),
    N_("Held in 80%"): N_(
        "Share of the tenths of customers whose orders lay within the 80% interval of the forecast."
    ),
    N_("Third of first order"): N_("1 is the third with the smallest first orders, 3 the largest."),
}  # fmt: skip
BAR = 30
"""Cells of the longest bar."""


def grids(report: PredictReport, lang: str, width: int) -> list[Grid]:
    """Draw the record by forecast, calibration by tenth, and values by segment and newcomer."""
    drawn = [_record(report, lang), _tenths(report, lang)]
    for name in ("segments", "new"):
        rows = report.tables[name]
        if name == "new":
            several = any(row["segment"] is not None for row in rows)
            rows = tuple(row for row in rows if not several or row["size"] is None)
            if not several:
                rows = tuple(row for row in rows if row["size"] is not None)
        columns = {
            key: column
            for key, column in COLUMNS[name].items()
            if any(row.get(key) is not None for row in rows)
        }
        title = translate(TITLES[name], lang)
        if rows:
            drawn.append(_page.grid(title, columns, rows, report.currency, lang))
    return drawn


def _record(report: PredictReport, lang: str) -> Grid:
    """Put forecasts beside one another: how far off on each day, and how well they ranked."""
    rows = report.tables["backtest"]
    days = sorted({str(row["cutoff"]) for row in rows})
    names = list(dict.fromkeys(str(row["model"]) for row in rows))
    heads = [N_("Forecast"), *days, N_("Off in money"), N_("RMSE"), N_("Rank correlation"),
             N_("Held in 80%")]  # fmt: skip

    def off(value: object) -> str:
        return f"{value:+.0%}" if isinstance(value, float) else MISSING

    def mean(own: Sequence[Row], key: str, unit: Unit) -> str:
        found = [value for row in own if isinstance(value := row[key], float)]
        return show(fmean(found) if found else None, unit, None, lang)

    cells = []
    for name in names:
        own = {str(row["cutoff"]): row for row in rows if row["model"] == name}
        label = translate(NAMES.get(name, name), lang)
        money = [
            abs(value) for row in own.values() if isinstance(value := row["value_bias"], float)
        ]
        cells.append(
            [
                f"{label} ←" if next(iter(own.values()))["chosen"] else label,
                *(off(own[day]["orders_bias"]) if day in own else MISSING for day in days),
                f"±{fmean(money):.0%}" if money else MISSING,
                mean(list(own.values()), "rmse", Unit.RATIO),
                mean(list(own.values()), "spearman", Unit.RATIO),
                mean(list(own.values()), "coverage80", Unit.RATE),
            ]
        )
    title = N_("Tested on earlier days: by how much the total of orders was off")
    return Grid(
        title=translate(title, lang), heads=[translate(head, lang) for head in heads], rows=cells
    )


def _tenths(report: PredictReport, lang: str) -> Grid:
    """Draw what came on the newest test by tenth of the customers, and where it was expected."""
    rows = report.tables["deciles"]
    columns = {
        key: column
        for key, column in COLUMNS["deciles"].items()
        if any(row.get(key) is not None for row in rows)
    }
    plain = _page.grid(translate(TITLES["deciles"], lang), columns, rows, None, lang)
    said = [float(row.get("predicted") or 0) for row in rows]
    came = [float(row.get("actual") or 0) for row in rows]
    most = max([*said, *came], default=0)
    if not most:
        return plain
    note = N_("█ what came on the newest test day's horizon, │ what was expected")
    return Grid(
        title=plain.title,
        heads=[*plain.heads, ""],
        rows=[
            [*row, _bar(round(BAR * one / most), round(BAR * two / most))]
            for row, one, two in zip(plain.rows, came, said, strict=True)
        ],
        left=[*plain.left, len(plain.heads)],
        notes=[fill(note, {}, lang)],
    )


def _bar(came: int, said: int) -> str:
    """Draw a bar with a mark.

    >>> _bar(3, 1), _bar(1, 3), _bar(2, 2)
    ('█│█', '█ │', '██│')
    """
    cells = ["█"] * came + [" "] * (max(came, said) - came)
    if said == came:
        return "".join([*cells, "│"])
    cells[max(said, 1) - 1 if said > came else said] = "│"
    return "".join(cells)
