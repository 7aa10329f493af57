"""What `ltv risk` says: the record first, then how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Interval, Quantity, Sentence, Statement
from ltvcli.results.experiment import Range
from ltvcli.results.risk import ENOUGH, MODELS, Bin, Column, Group, Record, Verdict
from ltvcli.units import Unit

TOLD = 3
"""Columns that are named as those that tell most."""


def headline(
    verdict: Verdict, chosen: Record | None, column: str, customers: int, left: int
) -> Sentence:
    """Return what the record allows.

    Args:
        verdict: that.
        chosen: record of the model whose chances are shown; None without one.
        column: the best single one.
        customers: with a known outcome.
        left: of these.
    """
    if verdict is Verdict.TOO_FEW:
        text = N_(
            "No score: {left} customers left and {stayed} stayed, and at least {enough} of each "
            "are needed; rates by single column are below"
        )
        return Sentence(text, {"left": left, "stayed": customers - left, "enough": ENOUGH})
    if verdict is Verdict.NOTHING:
        return Sentence(
            N_("No score: nothing known of these customers tells who leaves, beyond chance")
        )
    if verdict is Verdict.COLUMN or chosen is None:
        text = N_(
            "No score: no model is shown to beat the best single column, “{column}”; its rates "
            "are below"
        )
        return Sentence(text, {"column": column})
    facts: dict[str, Fact] = {
        "model": Sentence(Marked(MODELS[chosen.model])),
        **with_interval("auc", chosen.auc, Unit.RATIO),
    }
    return Sentence(N_("{model} tells who leaves, with AUC {auc} (95% CI {interval})"), facts)


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
    if chosen is not None and single is not None:
        facts: dict[str, Fact] = {
            "skill": Quantity(chosen.skill.value, Unit.RATE),
            "interval": _interval(chosen.skill, Unit.RATE),
            "single": Quantity(single.skill.value, Unit.RATE),
        }
        text = N_(
            "{skill} less squared error (Brier) than the base rate (95% CI {interval}); the best "
            "single column saves {single}"
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


def calibration(slope: Range, bins: Sequence[Bin]) -> Sentence:
    """Say how what was stated compares with what came.

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
    """Say which group of a column left most often, and which least."""
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
