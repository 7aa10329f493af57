"""What a prediction says in sentences: the number, its record, what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ltvcli.analyses.predict.forecasts import OWN_RATE
from ltvcli.analyses.predict.selection import AUTO
from ltvcli.language import N_
from ltvcli.results import Quantity, Row, Sentence, Statement
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
    """Say the answer first, then what it is worth."""
    past, future = tables["totals"]
    return (
        Statement(says=_headline(future, facts, horizon, basis)),
        Statement(label=N_("To date"), says=_past(past, basis)),
        *(Statement(label=N_("Tested"), says=one) for one in _tested(evidence)),
        Statement(label=N_("Forecast"), says=_made_of(evidence)),
        Statement(label=N_("Doubt"), says=_doubt(evidence)),
    )


def terms(horizon: Months, discount: Rate | None, basis: str) -> tuple[Sentence, ...]:
    """What every figure stands on."""
    said = [
        Sentence(
            N_("Horizon {months}, intervals hold the truth with a chance of 80%."),
            {"months": Quantity(horizon, Unit.MONTHS)},
        ),
        Sentence(N_("Orders on one day count once.")),
    ]
    if discount:
        said.append(
            Sentence(
                N_("Future value discounted at {rate} a year."),
                {"rate": Quantity(discount, Unit.RATE)},
            )
        )
    else:
        said.append(Sentence(N_("Future value not discounted.")))
    if basis == "revenue":
        said.append(Sentence(N_("Values are revenue, not profit.")))
    return tuple(said)


def _headline(future: Row, facts: Facts, horizon: Months, basis: str) -> Sentence:
    return Sentence(
        N_(
            "The {customers} customers known on {day} are expected to order {orders} times in the "
            "next {months} ({low} to {high}), which brings {value} of {basis} ({least} to {most})."
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
        N_("They brought {value} of {basis} in {orders} orders; the future comes on top."),
        {**_quantities(past), "basis": of_what(basis)},
    )


def _tested(evidence: PredictEvidence) -> Iterator[Sentence]:
    auto = evidence.missed.get(evidence.chosen)
    if not evidence.cutoffs or auto is None:
        yield Sentence(
            N_("The data is too short to put the forecast to the test, so it is unproved.")
        )
        return
    facts = {
        "dates": Quantity(len(evidence.cutoffs), Unit.COUNT),
        "months": Quantity(evidence.tested_days / DAYS_PER_MONTH, Unit.MONTHS),
        "missed": Quantity(auto, Unit.RATE),
    }
    own = evidence.missed.get(OWN_RATE)
    if own is None:
        yield Sentence(
            N_(
                "On {dates} earlier days it would have missed the orders of the next {months} by "
                "{missed}, typically."
            ),
            facts,
        )
        return
    yield Sentence(
        N_(
            "On {dates} earlier days it would have missed the orders of the next {months} by "
            "{missed}, typically; letting everybody go on at their own rate, by {own}."
        ),
        {**facts, "own": Quantity(own, Unit.RATE)},
    )


def _made_of(evidence: PredictEvidence) -> Sentence:
    if evidence.chosen == AUTO:
        shares = sorted(evidence.weights.items(), key=lambda one: -one[1])
        facts: dict[str, Quantity | str] = {}
        for letter, (name, share) in zip("abcde", shares, strict=False):
            facts |= {letter: NAMES[name], f"share_{letter}": Quantity(share, Unit.RATE)}
        texts = {
            1: N_("One model: {a} {share_a}."),
            2: N_("A mixture, weighted by record: {a} {share_a}, {b} {share_b}."),
            3: N_("A mixture, weighted by record: {a} {share_a}, {b} {share_b}, {c} {share_c}."),
            4: N_(
                "A mixture, weighted by record: {a} {share_a}, {b} {share_b}, {c} {share_c}, "
                "{d} {share_d}."
            ),
            5: N_(
                "A mixture, weighted by record: {a} {share_a}, {b} {share_b}, {c} {share_c}, "
                "{d} {share_d}, {e} {share_e}."
            ),
        }
        return Sentence(texts[len(shares)], facts)
    if evidence.beaten is False:
        return Sentence(
            N_("No model did better than a plain rule, so the plain rule it is: {plain}."),
            {"plain": NAMES[evidence.chosen]},
        )
    return Sentence(
        N_("One forecast, as it is: {name}."),
        {"name": NAMES[evidence.chosen]},
    )


def _doubt(evidence: PredictEvidence) -> Sentence:
    facts = {
        "doubt": Quantity(evidence.doubt, Unit.RATE),
        "calendar": Quantity(evidence.calendar_doubt, Unit.RATE),
    }
    if evidence.history_days < _A_YEAR_AND_A_MONTH:
        return Sentence(
            N_(
                "Orders may be off by {doubt} either way: with less than 13 months of data the "
                "season has not come round, which alone is taken for {calendar}."
            ),
            facts,
        )
    return Sentence(
        N_(
            "Orders may be off by {doubt} either way: that holds chance, what the record shows and "
            "a stated doubt of {calendar} about season and trend."
        ),
        facts,
    )


def of_what(basis: str) -> str:
    """Name what values are of."""
    return N_("gross margin") if basis == "margin" else N_("revenue")


_A_YEAR_AND_A_MONTH = 396
