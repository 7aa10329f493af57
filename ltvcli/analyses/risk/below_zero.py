"""Sentences for the outcome "contribution below CAC", in place of churn."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ltvcli.language import N_
from ltvcli.results import Sentence, Statement

WORDS = {
    N_("{model} predicts who leaves, with AUC {auc} (95% CI {interval})"): N_(
        "{model} predicts who stays below CAC, with AUC {auc} (95% CI {interval})"
    ),
    N_(
        "No score: {left} of {customers} {customers:customer|customers} left; at least "
        "{enough} who left and {enough} who stayed are needed"
    ): N_(
        "No score: {left} of {customers} {customers:customer|customers} stayed below CAC; at "
        "least {enough} below and {enough} above are needed"
    ),
    N_("No score: nothing known about these customers predicts who leaves better than chance"): N_(
        "No score: nothing known about these customers predicts who stays below CAC better than "
        "chance"
    ),
    N_("leaves {lift} times as often as all customers (95% CI {interval})"): N_(
        "stays below CAC {lift} times as often as all customers (95% CI {interval})"
    ),
    N_(
        "slope {slope} (95% CI {interval}); of the tenth with a forecast of {stated}, {came} left; "
        "{held} of {n} bins hold"
    ): N_(
        "slope {slope} (95% CI {interval}); of the tenth with a forecast of {stated}, {came} "
        "stayed below CAC; {held} of {n} bins hold"
    ),
    N_(
        "“{column}”: {high} of {most} left (95% CI {high_interval}), {low} of {least} (95% CI "
        "{low_interval})"
    ): N_(
        "“{column}”: {high} of {most} stayed below CAC (95% CI {high_interval}), {low} of {least} "
        "(95% CI {low_interval})"
    ),
}
"""Sentences about who leaves, and the same about who stays below CAC."""


def worded(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements about who leaves as those about who stays below CAC."""
    return tuple(
        replace(
            statement,
            says=Sentence(
                WORDS.get(statement.says.text, statement.says.text), statement.says.facts
            ),
        )
        for statement in statements
    )
