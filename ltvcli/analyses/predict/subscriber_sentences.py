"""Sentences of a prediction of subscriptions: the number, its backtest, its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ltvcli.analyses.predict import new_customer_sentences as worth_says
from ltvcli.analyses.predict.retention_forecasts import MEAN_CHURN, NO_CHURN, SBG
from ltvcli.analyses.predict.sentences import of_what
from ltvcli.language import N_
from ltvcli.results import Quantity, Row, Sentence, Statement
from ltvcli.results.prediction import NAMES, PredictEvidence
from ltvcli.units import Months, Rate, Unit


def statements(
    tables: Mapping[str, tuple[Row, ...]],
    evidence: PredictEvidence,
    as_of: date,
    horizon: Months,
    basis: str,
    degrees: int,
) -> tuple[Statement, ...]:
    """Describe the answer first, then what it is worth, then a new customer.

    Args:
        tables: of the prediction.
        evidence: how it was tested.
        as_of: cut-off date of the data.
        horizon: months.
        basis: "margin" or "revenue".
        degrees: of freedom that the intervals have.
    """
    past, future = tables["totals"]
    return (
        Statement(says=_headline(past, future, as_of, horizon, basis)),
        Statement(label=N_("To date"), says=_past(past, basis)),
        Statement(label=N_("Backtest"), says=_tested(evidence, tables["backtest"])),
        Statement(label=N_("Forecast"), says=_chosen(evidence)),
        Statement(label=N_("Uncertainty"), says=_doubt(evidence)),
        *_scheduled(evidence),
        Statement(label=N_("Orders"), says=Sentence(UNDEFINED)),
        *worth_says.statements(tables["new"], horizon, basis, degrees, subscribed=True),
    )


UNDEFINED = N_(
    "Orders, deciles of customers and lists of single customers are not forecast for "
    "subscriptions: revenue recurs by contract until a customer churns."
)


def terms(horizon: Months, discount: Rate | None, basis: str) -> tuple[Sentence, ...]:
    """Return the assumptions of every figure.

    Args:
        horizon: in months.
        discount: monthly rate; None is not discounted.
        basis: margin or revenue.
    """
    sentences = [
        Sentence(
            N_("Horizon {months}, 80% prediction intervals."),
            {"months": Quantity(horizon, Unit.MONTHS)},
        ),
        Sentence(N_("MRR per customer is assumed constant, without reactivations.")),
    ]
    if discount:
        sentences.append(
            Sentence(
                N_("Future value is discounted at {rate} per year."),
                {"rate": Quantity(discount, Unit.RATE)},
            )
        )
    else:
        sentences.append(Sentence(N_("Future value is not discounted.")))
    if basis == "revenue":
        sentences.append(Sentence(N_("Values are revenue, not profit.")))
    return tuple(sentences)


def _headline(past: Row, future: Row, as_of: date, horizon: Months, basis: str) -> Sentence:
    return Sentence(
        N_(
            "Forecast for the next {months}: {value} of {basis} ({low} to {high}) from the "
            "{customers} {customers:customer who pays|customers who pay} on {day}; {stay} of "
            "them still pay at the end."
        ),
        {
            "months": Quantity(horizon, Unit.MONTHS),
            "value": _money(future, "value"),
            "low": _money(future, "value_low"),
            "high": _money(future, "value_high"),
            "basis": of_what(basis),
            "customers": Quantity(float(past["customers"] or 0), Unit.COUNT),
            "stay": Quantity(float(future["customers"] or 0), Unit.COUNT),
            "day": as_of,
        },
    )


def _past(past: Row, basis: str) -> Sentence:
    return Sentence(
        N_("{value} of {basis} from all customers; the forecast is in addition."),
        {"value": _money(past, "value"), "basis": of_what(basis)},
    )


def _tested(evidence: PredictEvidence, tests: Sequence[Row]) -> Sentence:
    missed = evidence.missed.get(evidence.chosen)
    naive = evidence.missed.get(NO_CHURN)
    if not evidence.cutoffs or missed is None or naive is None:
        return Sentence(N_("The data is too short for a backtest, so the accuracy is unknown."))
    return Sentence(
        N_(
            "{dates} {dates:cut-off|cut-offs}, {months} ahead: the typical error of revenue is "
            "{missed} (if nobody left: {naive})."
        ),
        {
            "dates": Quantity(len(evidence.cutoffs), Unit.COUNT),
            "months": Quantity(float(tests[0]["horizon"] or 0), Unit.MONTHS),
            "missed": Quantity(missed, Unit.RATE),
            "naive": Quantity(naive, Unit.RATE),
        },
    )


def _chosen(evidence: PredictEvidence) -> Sentence:
    model, plain = evidence.missed.get(SBG), evidence.missed.get(MEAN_CHURN)
    facts: dict[str, Quantity | str] = {"name": NAMES[evidence.chosen]}
    if evidence.unfitted:
        return Sentence(N_("{name}: the model of renewals could not be fitted."), facts)
    if model is None or plain is None:
        return Sentence(N_("{name}: untested, so the lower of the two forecasts is used."), facts)
    facts |= {"model": Quantity(model, Unit.RATE), "plain": Quantity(plain, Unit.RATE)}
    return Sentence(
        N_("{name}: typical error {model} by renewals (sBG), {plain} by constant churn."), facts
    )


def _doubt(evidence: PredictEvidence) -> Sentence:
    facts = {
        "doubt": Quantity(evidence.half_width, Unit.RATE),
        "assumed": Quantity(evidence.calendar_half_width, Unit.RATE),
    }
    if not evidence.cutoffs:
        return Sentence(
            N_("Revenue ±{doubt} (80%), of which {assumed} per year is assumed: no backtest."),
            facts,
        )
    return Sentence(
        N_(
            "Revenue ±{doubt} (80%): past forecast error, chance, and an assumed {assumed} per "
            "year, weighted as two tests."
        ),
        facts,
    )


def _scheduled(evidence: PredictEvidence) -> Iterator[Statement]:
    """Describe how many customers have cancelled and will leave, which the forecast ignores."""
    if not evidence.leaving:
        return
    text = N_(
        "{leaving} of {paying} paying {paying:customer|customers} {leaving:is|are} scheduled "
        "to churn; the forecast assumes the churn of the past and counts them in it."
    )
    facts = {
        "leaving": Quantity(evidence.leaving, Unit.COUNT),
        "paying": Quantity(evidence.paying or 0, Unit.COUNT),
    }
    yield Statement(label=N_("Scheduled churn"), says=Sentence(text, facts))


def _money(row: Row, key: str) -> Quantity:
    value = row[key]
    return Quantity(float(value) if value is not None else 0.0, Unit.MONEY)
