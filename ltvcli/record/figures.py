"""Figures of a recorded answer, by the names that `ltv explain` knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

UNITS = {
    **dict.fromkeys(("ltv", "mrr", "arr", "cac", "aov", "margin_money"), "money"),
    **dict.fromkeys(("arpu",), "money/month"),
    **dict.fromkeys(("logo_churn", "gross_mrr_churn", "net_mrr_churn"), "rate/month"),
    **dict.fromkeys(("grr", "nrr", "repeat_rate", "margin", "share"), "rate"),
    **dict.fromkeys(("ltv_to_cac", "quick_ratio", "frequency"), "ratio"),
    **dict.fromkeys(("payback",), "months"),
    **dict.fromkeys(
        ("customers", "orders", "new_customers", "repeat_customers", "subscribers"), "count"
    ),
    **dict.fromkeys(("revenue", "spend", "period_ltv", "net_revenue"), "money"),
    **dict.fromkeys(("weekly_churn", "retention_90d", "f2_conversion", "f3_conversion"), "rate"),
}
"""Units of figures in tables; those of `figures` say it themselves."""
OF_MRR = ("arpu", "logo_churn", "gross_mrr_churn", "net_mrr_churn", "grr", "nrr", "quick_ratio")
OF_SEGMENTS = ("ltv_to_cac", "ltv", "cac", "payback", "aov", "frequency", "repeat_rate")
ON_MARGIN = ("ltv", "period_ltv", "ltv_to_cac", "payback")
"""Figures that are of revenue where no margin is known."""
OVER_HORIZON = ("ltv", "period_ltv", "ltv_to_cac", "lifespan", "orders_per_customer", "frequency")
"""Figures that grow with the horizon, or with the data that it follows."""
MAIN = ("ltv_to_cac", "ltv", "mrr", "nrr", "period_ltv")
"""Figures that a list of runs shows: of a run, the first that it has."""


class RecordedFigure(Struct, frozen=True, kw_only=True):
    """A figure of a run; `low` and `high` are its 95% CI, None if it has none.

    `unit` is as in the JSON: money, money/month, rate, rate/month, ratio, months or count. `basis`
    is margin or revenue, and `horizon` is in months; None if they have no effect on the figure.
    """

    value: float
    low: float | None
    high: float | None
    unit: str
    basis: str | None = None
    horizon: int | None = None


Figures = dict[str, RecordedFigure]


def of(document: Mapping[str, Any]) -> Figures:
    """Return the figures of an answer by name, for all customers; empty if it has none.

    Those that say most come first.
    """
    figures = _based(_known(document), document)
    first = {name: figures[name] for name in MAIN if name in figures}
    return first | figures


def by_segment(document: Mapping[str, Any]) -> dict[str, Figures]:
    """Return the figures of an answer by segment; of orders and subscriptions together, by kind."""
    if "reports" in document:
        kinds = ("orders", "subscriptions")
        return dict(zip(kinds, map(of, document["reports"]), strict=True))
    if document.get("command") != "segments":
        return {}
    return {
        row["segment"]: _based(_columns(row, OF_SEGMENTS), document)
        for row in document.get("tables", {}).get("segments", ())
    }


def main(document: Mapping[str, Any]) -> tuple[str, RecordedFigure] | None:
    """Return the main figure of an answer, and its name; None if it has none."""
    figures = of(document)
    return next(((name, figures[name]) for name in MAIN if name in figures), None)


def _based(figures: Figures, document: Mapping[str, Any]) -> Figures:
    """Add basis and horizon of an answer to the figures that they have an effect on."""
    basis, horizon = document.get("basis"), document.get("horizon")
    return {
        name: replace(
            figure,
            basis=basis if name in ON_MARGIN else None,
            horizon=horizon if name in OVER_HORIZON else None,
        )
        for name, figure in figures.items()
    }


def _known(document: Mapping[str, Any]) -> Figures:
    command = document.get("command")
    tables = document.get("tables", {})
    if command == "calc":
        return _of_value(document)
    if command == "mrr":
        return _of_months(tables.get("movements", ()))
    if command == "benchmark":
        return {
            row["metric"]: _figure(row, "yours", row["unit"])
            for row in tables.get("benchmarks", ())
            if row.get("yours") is not None
        }
    if command == "review":
        return {
            row["tile"]: _figure(row, "value", row.get("unit") or UNITS.get(row["tile"], "ratio"))
            for row in tables.get("tiles", ())
            if row.get("value") is not None
        }
    return dict(_measured(document.get("figures", {})))


def _of_value(document: Mapping[str, Any]) -> Figures:
    figures = dict(_measured(document.get("figures", {})))
    verdict = document.get("verdict") or {}
    for method in document.get("methods", ()):
        if method["method"] == verdict.get("method"):
            if method["ltv"] is not None:
                figures["ltv"] = RecordedFigure(
                    value=method["ltv"], low=method["low"], high=method["high"], unit="money"
                )
            figures |= _columns({"payback": method["payback"]}, ("payback",))
    if verdict.get("ltv_to_cac") is not None:
        figures["ltv_to_cac"] = RecordedFigure(
            value=verdict["ltv_to_cac"], low=verdict["low"], high=verdict["high"], unit="ratio"
        )
    return figures


def _of_months(rows: Sequence[Mapping[str, Any]]) -> Figures:
    """Return the figures of the last month that is over."""
    over = [row for row in rows if row.get("complete")]
    if not over:
        return {}
    return _columns({**over[-1], "mrr": over[-1]["closing"]}, ("mrr", *OF_MRR))


def _measured(figures: Mapping[str, Any]) -> Iterator[tuple[str, RecordedFigure]]:
    for name, figure in figures.items():
        if figure is not None:
            yield name, _figure(figure, "value", figure["unit"])


def _columns(row: Mapping[str, Any], names: Sequence[str]) -> Figures:
    return {name: _figure(row, name, UNITS[name]) for name in names if row.get(name) is not None}


def _figure(row: Mapping[str, Any], key: str, unit: str) -> RecordedFigure:
    prefix = "" if key == "value" else f"{key}_"
    return RecordedFigure(
        value=row[key], low=row.get(f"{prefix}low"), high=row.get(f"{prefix}high"), unit=unit
    )
