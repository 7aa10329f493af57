"""Sentences of `ltv risk` about today's customers: the evaluation, then counts by verdict."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.risk.calls import CUTOFFS
from ltvcli.analyses.risk.sentences import with_interval
from ltvcli.language import N_, Marked
from ltvcli.results import Fact, Quantity, Sentence, Statement
from ltvcli.results.risk import AHEAD, ENOUGH, LABELS
from ltvcli.results.risk_record import Verdict
from ltvcli.results.today import Standing, Today
from ltvcli.units import Unit


def of_today(today: Today | None) -> Iterator[Statement]:
    """Describe how well churn of today's customers is predicted, and how many are at risk.

    Args:
        today: None where they are not asked for.
    """
    if today is None:
        return
    if not today.is_snapshot:
        yield Statement(label=N_("Today"), says=_record(today))
    if today.rows:
        yield Statement(label=N_("Risk"), says=_counts(today))
    if today.rows and today.missing:
        facts: dict[str, Fact] = {"missing": today.missing}
        text = N_("{missing} of today's customers have no row in the file of customers")
        yield Statement(label=N_("Not scored"), says=Sentence(text, facts))


def _record(today: Today) -> Sentence:
    chosen = next((row for row in today.records if row.chosen), None)
    facts: dict[str, Fact] = {"days": AHEAD}
    if today.verdict is None:
        facts["least"] = (CUTOFFS - 1) * AHEAD
        text = N_("no score of today's customers: the files must reach back at least {least} days")
        return Sentence(text, facts)
    if chosen is not None:
        model = Sentence(Marked(LABELS[chosen.model]))
        facts |= {"model": model, **with_interval("auc", chosen.auc, Unit.RATIO)}
        text = N_(
            "{model} predicts which of today's customers leave in the next {days} days, with AUC "
            "{auc} (95% CI {interval})"
        )
        return Sentence(text, facts)
    if today.verdict is Verdict.TOO_FEW:
        facts |= {"left": today.left, "customers": today.customers, "enough": ENOUGH}
        text = N_(
            "no score of today's customers: {left} of {customers} left in the last {days} days; at "
            "least {enough} who left and {enough} who stayed are needed"
        )
        return Sentence(text, facts)
    if today.verdict is Verdict.COLUMN:
        facts["column"] = today.column
        text = N_(
            "no score of today's customers: no model is shown to beat the best single column, "
            "“{column}”; its rates are below"
        )
        return Sentence(text, facts)
    text = N_(
        "no score of today's customers: nothing known about them predicts who leaves in {days} "
        "days beyond chance"
    )
    return Sentence(text, facts)


def _counts(today: Today) -> Sentence:
    words = {word: sum(row.word is word for row in today.rows) for word in Standing}
    facts: dict[str, Fact] = {str(word): count for word, count in words.items()}
    facts["n"] = len(today.rows)
    if today.is_snapshot:
        text = N_("{n} who have not left: {high} high, {watch} watch, {low} low")
        return Sentence(text, facts)
    value = sum(row.at_stake for row in today.rows if row.at_stake is not None)
    facts |= {"value": Quantity(value, Unit.MONEY), "days": AHEAD}
    text = N_(
        "{n} today: {high} high, {watch} watch, {low} low, {unknown} unknown; {value} at stake in "
        "{days} days"
    )
    return Sentence(text, facts)
