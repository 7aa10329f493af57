"""The answer of `ltv predict`: the forecast, a new customer, and the backtest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ltvcli.analyses.predict.sentences import of_what
from ltvcli.language import N_
from ltvcli.pages.answers.calc import graded
from ltvcli.results import AnswerLine, Fact, Interval, Quantity, Row, Sentence
from ltvcli.results.prediction import PredictReport
from ltvcli.units import Unit

NAIVE = "own-rate"
"""The naive forecast to beat: every customer keeps their run rate."""
STAYING = "no-churn"
"""The naive forecast of subscriptions: nobody leaves."""
INTERVALS: Mapping[str, Unit] = {
    "orders": Unit.COUNT,
    "value": Unit.MONEY,
    "pltv_to_cac": Unit.RATIO,
}


def answer(report: PredictReport) -> Iterator[AnswerLine]:
    """Return predicted orders and value, a new customer's value and grade, and the backtest."""
    future = next(row for row in report.tables["totals"] if row["part"] == "future")
    subscribed = report.evidence.leavers is not None
    months = report.horizon or 0
    label = Sentence(N_("Next {n} months"), {"n": months})
    if months == 1:
        label = Sentence(N_("Next month"))
    says = _subscribers(report, future) if subscribed else _forecast(report, future)
    yield AnswerLine(label=label, says=says)
    for row in report.tables.get("scenario", ()):
        if row["part"] == "new":
            yield _scenario(report, row)
    new = next(
        (row for row in report.tables["new"] if row["segment"] is None and row["size"] is None),
        None,
    )
    if new is not None:
        yield _new_customer(report, new)
    yield AnswerLine(label=Sentence(N_("Backtest")), says=_backtest(report))


def _forecast(report: PredictReport, future: Row) -> Sentence:
    facts: dict[str, Fact] = {
        "what": of_what(report.basis or ""),
        **_estimates(future, "orders"),
        **_estimates(future, "value"),
    }
    text = N_(
        "{orders} {orders:order|orders} (80% CI {orders_interval}), {what} {value} "
        "({value_interval})"
    )
    return Sentence(text, facts)


def _scenario(report: PredictReport, new: Row) -> AnswerLine:
    facts: dict[str, Fact] = {
        "n": Quantity(float(new["new_customers"] or 0), Unit.COUNT),
        "what": of_what(report.basis or ""),
        **_estimates(new, "value"),
    }
    text = N_("{n} new {n:customer|customers} would add {what} {value} (80% CI {value_interval})")
    return AnswerLine(label=Sentence(N_("New-customer scenario")), says=Sentence(text, facts))


def _subscribers(report: PredictReport, future: Row) -> Sentence:
    facts: dict[str, Fact] = {
        "what": of_what(report.basis or ""),
        "customers": Quantity(report.evidence.paying or 0, Unit.COUNT),
        "stay": Quantity(float(future["customers"] or 0), Unit.COUNT),
        **_estimates(future, "value"),
    }
    text = N_(
        "{what} {value} (80% CI {value_interval}) from {customers} paying "
        "{customers:customer|customers}, of whom {stay} {stay:stays|stay}"
    )
    return Sentence(text, facts)


def _new_customer(report: PredictReport, new: Row) -> AnswerLine:
    facts: dict[str, Fact] = {
        "n": report.horizon or 0,
        "what": of_what(report.basis or ""),
        **_estimates(new, "value"),
    }
    if new.get("pltv_to_cac") is None:
        text = N_("{value} {what} in {n} {n:month|months} (80% CI {value_interval})")
        return AnswerLine(label=Sentence(N_("New customer")), says=Sentence(text, facts))
    upper_bound = report.basis == "revenue"
    facts |= _estimates(new, "pltv_to_cac")
    facts["grade"] = graded(str(new["grade"]), upper_bound=upper_bound)
    text = N_(
        "{value} (80% CI {value_interval}); pLTV/CAC {pltv_to_cac} "
        "({pltv_to_cac_interval}), {grade}"
    )
    return AnswerLine(
        label=Sentence(N_("New customer")),
        says=Sentence(text, facts),
        grade=str(new["grade"]),
        upper_bound=upper_bound,
    )


def _backtest(report: PredictReport) -> Sentence:
    evidence = report.evidence
    error = evidence.missed.get(evidence.chosen)
    if not evidence.cutoffs or error is None:
        return Sentence(N_("not possible: too little data, so the forecast is untested"))
    facts: dict[str, Fact] = {"error": Quantity(error, Unit.RATE)}
    if evidence.leavers is not None:
        facts["naive"] = Quantity(evidence.missed.get(STAYING) or 0, Unit.RATE)
        return Sentence(N_("typical error {error} (if nobody left: {naive})"), facts)
    naive = evidence.missed.get(NAIVE)
    if naive is None:
        return Sentence(N_("typical error {error} of all orders"), facts)
    facts["naive"] = Quantity(naive, Unit.RATE)
    return Sentence(N_("typical error {error} (naive run-rate forecast: {naive})"), facts)


def _estimates(row: Row, key: str) -> dict[str, Fact]:
    """Return a figure of a row and its interval as facts."""
    value, low, high = (row.get(f"{key}{end}") for end in ("", "_low", "_high"))
    unit = INTERVALS[key]
    facts: dict[str, Fact] = {}
    if isinstance(value, (int, float)):
        facts[key] = Quantity(float(value), unit)
    if isinstance(low, (int, float)) and isinstance(high, (int, float)):
        facts[f"{key}_interval"] = Interval(float(low), float(high), unit, float(value or 0))
    return facts
