"""Sentences of a prediction: the number, its backtest, its models and uncertainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ltvcli.analyses.predict.forecasts import OWN_RATE
from ltvcli.analyses.predict.selection import AUTO
from ltvcli.language import N_
from ltvcli.results import Fact, Interval, Quantity, Row, Sentence, Statement
from ltvcli.results.behaviour import ForecastBehaviour
from ltvcli.results.prediction import NAMES, PredictEvidence
from ltvcli.units import DAYS_PER_MONTH, Months, Rate, Unit

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts


def statements(
    tables: Mapping[str, tuple[Row, ...]],
    evidence: PredictEvidence,
    facts: Facts,
    horizon: Months,
    basis: str,
) -> tuple[Statement, ...]:
    """Return the statements, the headline first.

    Args:
        tables: of the answer.
        evidence: of the answer.
        facts: of all orders.
        horizon: in months.
        basis: margin or revenue.
    """
    past, future = tables["totals"]
    return (
        Statement(says=_headline(future, facts, horizon, basis)),
        Statement(label=N_("To date"), says=_past(past, basis)),
        *(Statement(label=N_("Backtest"), says=sentence) for sentence in _tested(evidence)),
        Statement(label=N_("Forecast"), says=_made_of(evidence)),
        Statement(label=N_("Uncertainty"), says=_doubt(evidence)),
    )


def of_behaviour(record: ForecastBehaviour) -> Statement:
    """Describe whether behaviour in the first days is used, and why.

    Args:
        record: of the forecast with early behaviour.
    """
    return Statement(label=N_("Early behaviour"), says=_early(record))


def _early(record: ForecastBehaviour) -> Sentence:
    if record.saved is None or record.saved.low is None or record.saved.high is None:
        text = N_(
            "not used: at no earlier cut-off does the log hold the first {days} days of enough "
            "customers to judge by"
        )
        return Sentence(text, {"days": record.days})
    facts: dict[str, Fact] = {
        "days": record.days,
        "saved": Quantity(record.saved.value, Unit.RATE),
        "interval": Interval(record.saved.low, record.saved.high, Unit.RATE, record.saved.value),
        "n": Quantity(record.customers, Unit.COUNT),
        "cutoff": record.cutoff or "",
    }
    text = N_(
        "not used: the first {days} days are not shown to reduce the squared error of a customer's "
        "value (saved: {saved}, 95% CI {interval}; {n} customers at {cutoff})"
    )
    if record.used:
        text = N_(
            "used: the first {days} days save {saved} of the squared error of a customer's value "
            "(95% CI {interval}; {n} customers at {cutoff}); orders and value in total stay as "
            "they are, and intervals of single customers move with them"
        )
    return Sentence(text, facts)


def terms(horizon: Months, discount: Rate | None, basis: str) -> tuple[Sentence, ...]:
    """Return the basis of all figures.

    Args:
        horizon: in months.
        discount: per year; None without one.
        basis: margin or revenue.
    """
    conditions = [
        Sentence(
            N_("Horizon {months}, 80% prediction intervals."),
            {"months": Quantity(horizon, Unit.MONTHS)},
        ),
        Sentence(N_("A customer's orders on one day count as one.")),
    ]
    if discount:
        conditions.append(
            Sentence(
                N_("Future value is discounted at {rate} per year."),
                {"rate": Quantity(discount, Unit.RATE)},
            )
        )
    else:
        conditions.append(Sentence(N_("Future value is not discounted.")))
    if basis == "revenue":
        conditions.append(Sentence(N_("Values are revenue, not profit.")))
    return tuple(conditions)


def _headline(future: Row, facts: Facts, horizon: Months, basis: str) -> Sentence:
    return Sentence(
        N_(
            "Forecast for the next {months}: {orders} {orders:order|orders} ({low} to {high}) "
            "worth {value} of {basis} ({least} to {most}) from the {customers} "
            "{customers:customer|customers} known on {day}."
        ),
        {
            "customers": Quantity(facts.customers, Unit.COUNT),
            "day": facts.as_of,
            "months": Quantity(horizon, Unit.MONTHS),
            "basis": of_what(basis),
            **_quantities(future),
        },
    )


def _quantities(row: Row) -> dict[str, Quantity]:
    keys = {
        "orders": ("orders", Unit.COUNT),
        "low": ("orders_low", Unit.COUNT),
        "high": ("orders_high", Unit.COUNT),
        "value": ("value", Unit.MONEY),
        "least": ("value_low", Unit.MONEY),
        "most": ("value_high", Unit.MONEY),
    }
    return {
        name: Quantity(float(row[key] or 0), unit)
        for name, (key, unit) in keys.items()
        if key in row
    }


def _past(past: Row, basis: str) -> Sentence:
    return Sentence(
        N_("{value} of {basis} in {orders} {orders:order|orders}; the forecast is in addition."),
        {**_quantities(past), "basis": of_what(basis)},
    )


def _tested(evidence: PredictEvidence) -> Iterator[Sentence]:
    auto = evidence.missed.get(evidence.chosen)
    if not evidence.cutoffs or auto is None:
        yield Sentence(N_("The data is too short for a backtest, so the accuracy is unknown."))
        return
    facts = {
        "dates": Quantity(len(evidence.cutoffs), Unit.COUNT),
        "months": Quantity(evidence.tested_days / DAYS_PER_MONTH, Unit.MONTHS),
        "missed": Quantity(auto, Unit.RATE),
    }
    naive = evidence.missed.get(OWN_RATE)
    if naive is None:
        yield Sentence(
            N_("{dates} cut-offs, {months} ahead: the typical error of total orders is {missed}."),
            facts,
        )
        return
    yield Sentence(
        N_(
            "{dates} cut-offs, {months} ahead: the typical error of total orders is {missed} "
            "(naive run-rate forecast: {own})."
        ),
        {**facts, "own": Quantity(naive, Unit.RATE)},
    )


def _made_of(evidence: PredictEvidence) -> Sentence:
    if evidence.chosen == AUTO:
        shares = sorted(evidence.weights.items(), key=lambda pair: -pair[1])
        facts: dict[str, Quantity | str] = {}
        for letter, (name, share) in zip("abcde", shares, strict=False):
            facts |= {letter: NAMES[name], f"share_{letter}": Quantity(share, Unit.RATE)}
        texts = {
            1: N_("One model: {a} {share_a}."),
            2: N_("Weighted average of models: {a} {share_a}, {b} {share_b}."),
            3: N_("Weighted average of models: {a} {share_a}, {b} {share_b}, {c} {share_c}."),
            4: N_(
                "Weighted average of models: {a} {share_a}, {b} {share_b}, {c} {share_c}, "
                "{d} {share_d}."
            ),
            5: N_(
                "Weighted average of models: {a} {share_a}, {b} {share_b}, {c} {share_c}, "
                "{d} {share_d}, {e} {share_e}."
            ),
        }
        return Sentence(texts[len(shares)], facts)
    if evidence.models_win is False:
        return Sentence(
            N_("No model beats a naive forecast in the backtest, so it is used: {plain}."),
            {"plain": NAMES[evidence.chosen]},
        )
    return Sentence(
        N_("One forecast: {name}."),
        {"name": NAMES[evidence.chosen]},
    )


def _doubt(evidence: PredictEvidence) -> Sentence:
    facts = {
        "doubt": Quantity(evidence.half_width, Unit.RATE),
        "calendar": Quantity(evidence.calendar_half_width, Unit.RATE),
    }
    if evidence.history_days < _A_YEAR_AND_A_MONTH:
        return Sentence(
            N_(
                "Orders ±{doubt} (80%): the data covers less than 13 months, so {calendar} is "
                "assumed for the season and weighed against past forecast error."
            ),
            facts,
        )
    return Sentence(
        N_(
            "Orders ±{doubt} (80%): sampling noise, and {calendar} assumed for season and trend, "
            "weighed against past forecast error."
        ),
        facts,
    )


def of_what(basis: str) -> str:
    """Return the name of the basis of values."""
    return N_("gross margin") if basis == "margin" else N_("revenue")


_A_YEAR_AND_A_MONTH = 396
