"""Sentences of `ltv risk`: the evaluation first, then its limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.experiment import Range
from ltvcli.results.risk import (
    ENOUGH,
    LABELS,
    Call,
    Column,
    Declined,
    LastCalls,
    Prospect,
    Word,
)
from ltvcli.results.risk_record import Bin, Group, Record, Verdict
from ltvcli.units import Unit

TOLD = 3
"""Columns that are named as those that tell most."""


def headline(
    verdict: Verdict, chosen: Record | None, column: str, customers: int, left: int
) -> Sentence:
    """Return the conclusion that the evaluation supports.

    Args:
        verdict: that.
        chosen: record of the model whose chances are shown; None without one.
        column: the best single one.
        customers: with a known outcome.
        left: of these.
    """
    if verdict is Verdict.TOO_FEW:
        text = N_(
            "No score: {left} of {customers} {customers:customer|customers} left; at least "
            "{enough} who left and {enough} who stayed are needed"
        )
        return Sentence(text, {"left": left, "customers": customers, "enough": ENOUGH})
    if verdict is Verdict.NOTHING:
        text = N_(
            "No score: nothing known about these customers predicts who leaves better than chance"
        )
        return Sentence(text)
    if verdict is Verdict.COLUMN or chosen is None:
        text = N_(
            "No score: no model is shown to beat the best single column, “{column}”; its rates "
            "are below"
        )
        return Sentence(text, {"column": column})
    facts: dict[str, Fact] = {
        "model": Sentence(Marked(LABELS[chosen.model])),
        **with_interval("auc", chosen.auc, Unit.RATIO),
    }
    return Sentence(N_("{model} predicts who leaves, with AUC {auc} (95% CI {interval})"), facts)


def details(
    chosen: Record | None,
    single: Record | None,
    bins: Sequence[Bin],
    columns: Sequence[Column],
    groups: Sequence[Group],
) -> Iterator[Statement]:
    """Return everything after the headline.

    Args:
        chosen: record of the model whose chances are shown; None without one.
        single: record of the best single column.
        bins: of the chosen model.
        columns: all.
        groups: of the best single column.
    """
    facts: dict[str, Fact]
    if chosen is not None:
        facts = with_interval("skill", chosen.skill, Unit.RATE)
        text = N_("{skill} less squared error (Brier) than the base rate (95% CI {interval})")
        if single is not None:
            facts["single"] = Quantity(single.skill.value, Unit.RATE)
            text = N_(
                "{skill} less squared error (Brier) than the base rate (95% CI {interval}); the "
                "best single column saves {single}"
            )
        yield Statement(label=N_("Skill"), says=Sentence(text, facts))
    if chosen is not None and chosen.lift is not None:
        facts = with_interval("lift", chosen.lift, Unit.RATIO)
        text = N_("leaves {lift} times as often as all customers (95% CI {interval})")
        yield Statement(label=N_("Top tenth"), says=Sentence(text, facts))
    if chosen is not None and chosen.slope is not None and bins:
        yield Statement(label=N_("Calibration"), says=calibration(chosen.slope, bins))
    strong = [column for column in columns if not column.because and column.auc][:TOLD]
    if chosen is not None and strong:
        listed = Sentence(N_("by AUC alone"))
        for column in strong:
            facts = {
                "before": listed,
                "column": column.name,
                "auc": Quantity(column.auc.value if column.auc else 0.0, Unit.RATIO),
            }
            text = N_("{before}, {column} {auc}")
            if column is strong[0]:
                text = N_("{before}: {column} {auc}")
            listed = Sentence(text, facts)
        yield Statement(label=N_("Columns"), says=listed)
    if chosen is None and groups:
        yield Statement(label=N_("Column"), says=extremes(groups))


def of_prospects(prospects: Sequence[Prospect]) -> Iterator[Statement]:
    """Describe how many prospects have which verdict.

    Args:
        prospects: that were scored.
    """
    words = {word: sum(row.word is word for row in prospects) for word in Word}
    if any(words.values()):
        text = N_("{high} high, {watch} watch, {fit} fit, {unknown} unknown")
        facts: dict[str, Fact] = {str(word): count for word, count in words.items()}
        yield Statement(label=N_("Prospects"), says=Sentence(text, facts))


def of_calls(calls: Sequence[Call]) -> Iterator[Statement]:
    """Describe how many customers fell silent, and the value at stake.

    Args:
        calls: on the list, with those left uncalled.
    """
    if not calls:
        return
    facts: dict[str, Fact] = {
        "n": len(calls),
        "value": Quantity(sum(call.at_stake for call in calls), Unit.MONEY),
        "control": sum(call.control for call in calls),
    }
    text = N_(
        "{n} {n:customer|customers} fell silent past {n:the|their} usual gap in the last 90 "
        "days, with {value} at stake; leave {control} of them uncalled (control)"
    )
    if calls[0].silence is None:
        text = N_(
            "{n} {n:customer is|customers are} more likely to leave in the next 90 days than "
            "usual, with {value} at stake; leave {control} of them uncalled (control)"
        )
    yield Statement(label=N_("To call"), says=Sentence(text, facts))


def of_last(last: LastCalls | None, *, has_orders: bool = True) -> Iterator[Statement]:
    """Describe the effect of the last call list.

    Args:
        last: None if none was given.
        has_orders: whether customers come back with an order, or stay with a subscription.
    """
    if last is None:
        return
    facts: dict[str, Fact] = {
        "day": last.day,
        "called": last.called,
        "back": Quantity(last.called_back / last.called, Unit.RATE),
        "control": last.control,
        "control_back": Quantity(last.control_back / last.control, Unit.RATE),
        **with_interval("difference", last.difference, Unit.POINTS),
        "worth": Quantity(last.worth.value, Unit.MONEY),
        "worth_interval": _interval(last.worth, Unit.MONEY),
    }
    text = N_(
        "of {called} to call on {day} {back} came back, of {control} left uncalled "
        "{control_back}: {difference} (95% CI {interval}); a call was worth {worth} "
        "({worth_interval})"
    )
    if not has_orders:
        text = N_(
            "of {called} to call on {day} {back} stayed, of {control} left uncalled "
            "{control_back}: {difference} (95% CI {interval}); a call was worth {worth} "
            "({worth_interval})"
        )
    yield Statement(label=N_("Last list"), says=Sentence(text, facts))


def of_declined(declined: Declined | None) -> Iterator[Statement]:
    """Describe the saving of declining prospects.

    Args:
        declined: None if none were given.
    """
    if declined is None:
        return
    total = declined.total
    facts: dict[str, Fact] = {
        **with_interval("net", total.net, Unit.MONEY),
        "avoided": Quantity(total.avoided.value, Unit.MONEY),
        "avoided_interval": _interval(total.avoided, Unit.MONEY),
        "forgone": Quantity(total.forgone.value, Unit.MONEY),
        "forgone_interval": _interval(total.forgone, Unit.MONEY),
        "n": total.declined,
    }
    text = N_(
        "declining {n} prospects saved {net} net (95% CI {interval}): avoided loss {avoided} "
        "({avoided_interval}), forgone profit {forgone} ({forgone_interval})"
    )
    yield Statement(label=N_("Declined"), says=Sentence(text, facts))


def calibration(slope: Range, bins: Sequence[Bin]) -> Sentence:
    """Describe predicted compared with actual rates.

    Args:
        slope: of the calibration.
        bins: of the chosen model.
    """
    top = bins[-1]
    facts: dict[str, Fact] = {
        "slope": Quantity(slope.value, Unit.RATIO),
        "interval": _interval(slope, Unit.RATIO),
        "held": sum(bin_.holds for bin_ in bins),
        "n": len(bins),
        "stated": Quantity(top.stated, Unit.RATE),
        "came": Quantity(top.came.value, Unit.RATE),
    }
    return Sentence(
        N_(
            "slope {slope} (95% CI {interval}); of the tenth with a forecast of {stated}, {came} "
            "left; {held} of {n} bins hold"
        ),
        facts,
    )


def extremes(groups: Sequence[Group]) -> Sentence:
    """Describe the groups of a column with the highest and the lowest churn."""
    most = max(groups, key=lambda group: group.rate.value)
    least = min(groups, key=lambda group: group.rate.value)
    facts: dict[str, Fact] = {
        "column": most.column,
        "most": most.name,
        "least": least.name,
        "high": Quantity(most.rate.value, Unit.RATE),
        "high_interval": _interval(most.rate, Unit.RATE),
        "low": Quantity(least.rate.value, Unit.RATE),
        "low_interval": _interval(least.rate, Unit.RATE),
    }
    return Sentence(
        N_(
            "“{column}”: {high} of {most} left (95% CI {high_interval}), {low} of {least} "
            "(95% CI {low_interval})"
        ),
        facts,
    )


def with_interval(name: str, figure: Range | None, unit: Unit) -> dict[str, Fact]:
    """Return a figure and its interval as facts.

    Args:
        name: of the figure.
        figure: known.
        unit: of it.
    """
    assert figure is not None
    return {name: Quantity(figure.value, unit), "interval": _interval(figure, unit)}


def _interval(figure: Range, unit: Unit) -> Interval:
    assert figure.low is not None
    assert figure.high is not None
    return Interval(figure.low, figure.high, unit, figure.value)
