"""Sentences about the value of a new customer compared with CAC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.analyses.predict.against_cac import verdict
from ltvcli.analyses.predict.scenario import Scenario
from ltvcli.analyses.predict.sentences import of_what
from ltvcli.analyses.valuation import verdict as grades
from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Row, Sentence, Statement
from ltvcli.settings.parsing import LAST_YEAR
from ltvcli.units import Months, Unit

SCENARIO = N_("New-customer scenario")


def statements(
    new: Sequence[Row], horizon: Months, basis: str, degrees: int, *, subscribed: bool = False
) -> Iterator[Statement]:
    """Describe the value of a new customer; with a CAC also its grade and payback.

    Args:
        new: rows of new customers; the first is that of all.
        horizon: in months.
        basis: margin or revenue.
        degrees: degrees of freedom of the intervals.
        subscribed: whether these are subscriptions.
    """
    everyone = next((row for row in new if row["segment"] is None and row["size"] is None), None)
    if everyone is None:
        return
    yield Statement(label=N_("New customer"), says=_worth(everyone, horizon, basis, subscribed))
    if everyone.get("pltv_to_cac") is not None:
        judged = verdict(everyone, degrees, upper_bound=basis == "revenue")
        yield Statement(
            label=N_("pLTV/CAC"),
            says=judged.says,
            grade=judged.grade,
            upper_bound=judged.upper_bound,
        )
        yield _payback(everyone, horizon)


def of_scenario(scenario: Scenario, horizon: Months, basis: str) -> Iterator[Statement]:
    """Describe the forecast of new customers beside that of existing customers, and the sum.

    Args:
        scenario: with the rows of known customers, new ones, and both.
        horizon: in months.
        basis: margin or revenue.
    """
    _, new, both = scenario.rows
    facts: dict[str, Fact] = {
        "n": Quantity(float(new["new_customers"] or 0), Unit.COUNT),
        "orders": Quantity(float(new["orders"] or 0), Unit.COUNT),
        "low": Quantity(float(new["orders_low"] or 0), Unit.COUNT),
        "high": Quantity(float(new["orders_high"] or 0), Unit.COUNT),
        "value": _money(new, "value"),
        "least": _money(new, "value_low"),
        "most": _money(new, "value_high"),
        "basis": of_what(basis),
        "months": Quantity(horizon, Unit.MONTHS),
    }
    text = N_(
        "Not in the forecast: {n} new {n:customer|customers} in {months}, {monthly} per month, "
        "would place {orders} {orders:order|orders} ({low} to {high}) worth {value} of {basis} "
        "({least} to {most})."
    )
    if scenario.asked == LAST_YEAR:
        text = N_(
            "Not in the forecast: {n} new {n:customer|customers} in {months}, as in the same "
            "months of last year, would place {orders} {orders:order|orders} ({low} to {high}) "
            "worth {value} of {basis} ({least} to {most})."
        )
    else:
        facts["monthly"] = Quantity(float(scenario.asked), Unit.COUNT)
    yield Statement(label=SCENARIO, says=Sentence(text, facts))
    together: dict[str, Fact] = {
        "value": _money(both, "value"),
        "least": _money(both, "value_low"),
        "most": _money(both, "value_high"),
        "basis": of_what(basis),
    }
    text = N_("Known and new customers together: {value} of {basis} ({least} to {most}).")
    yield Statement(label=SCENARIO, says=Sentence(text, together))


ASSUMED = (
    Sentence(N_("The number of new customers is assumed and has no interval.")),
    Sentence(N_("New customers behave like earlier ones; their CAC is not deducted.")),
)
"""What a scenario of new customers assumes."""


def _worth(row: Row, horizon: Months, basis: str, subscribed: bool) -> Sentence:
    text = N_("{value} of {basis} in {months} ({low} to {high}), including the first order.")
    if subscribed:
        text = N_("{value} of {basis} in {months} ({low} to {high}), from the first paid day on.")
    return Sentence(
        text,
        {
            "value": _money(row, "value"),
            "low": _money(row, "value_low"),
            "high": _money(row, "value_high"),
            "basis": of_what(basis),
            "months": Quantity(horizon, Unit.MONTHS),
        },
    )


def _payback(row: Row, horizon: Months) -> Statement:
    """Describe when the CAC is recovered; an end beyond the horizon has no number."""
    facts: dict[str, Fact] = {
        "cac": _money(row, "cac"),
        "months": Quantity(horizon, Unit.MONTHS),
    }
    month, low, high = (row.get(f"payback{end}") for end in ("", "_low", "_high"))
    facts |= {
        key: Quantity(float(value), Unit.COUNT)
        for key, value in (("month", month), ("low", low), ("high", high))
        if value is not None
    }
    grade = grades.expected_payback_grade(None if month is None else float(month))
    if month is not None and low == high:
        text = N_(
            "A CAC of {cac} is recovered by the end of month {month}; the next customer may cost "
            "more than the average."
        )
    elif month is not None and high is not None:
        text = N_(
            "A CAC of {cac} is recovered by the end of month {month} ({low}–{high}); the next "
            "customer may cost more than the average."
        )
    elif month is not None:
        text = N_(
            "A CAC of {cac} is recovered by the end of month {month}, at best {low}; at worst not "
            "within the horizon of {months}."
        )
    elif low is not None:
        text = N_(
            "A CAC of {cac} is not recovered within the horizon of {months}; at best by the end "
            "of month {low}."
        )
    else:
        text = N_("A CAC of {cac} is not recovered within the horizon of {months}.")
    used = {key: fact for key, fact in facts.items() if f"{{{key}}}" in text}
    return Statement(label=N_("Payback"), says=Sentence(text, used), grade=grade)


def _money(row: Row, key: str) -> Quantity:
    value = row[key]
    return Quantity(float(value) if value is not None else 0.0, Unit.MONEY)
