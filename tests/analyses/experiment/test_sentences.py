"""Sentences about an experiment: the arm that is too small, and what money is made up of."""

from __future__ import annotations

from msgspec.structs import replace

from ltvcli.analyses.experiment import sentences
from ltvcli.results.experiment import Decision
from ltvcli.units import Unit
from tests.checks.experiment_reports import CONTROL, EFFECT, MAIL, PASSED

LETTER = replace(MAIL, name="letter")
TOO_FEW = replace(EFFECT, decision=Decision.TOO_FEW)


def test_the_headline_names_the_arm_that_has_too_few_customers() -> None:
    small = replace(LETTER, customers=12)
    effects = [replace(TOO_FEW, arm="letter", net=None)]

    said = sentences.headline([CONTROL, MAIL, small], effects, "spend", Unit.MONEY)
    assert (said.facts["arm"], said.facts["n"]) == ("letter", 12)

    few = replace(CONTROL, customers=5)
    said = sentences.headline([few, MAIL, small], effects, "spend", Unit.MONEY)
    assert (said.facts["arm"], said.facts["n"]) == ("holdout", 5)


def test_an_effect_on_money_is_split_into_buyers_and_spend_per_buyer_and_on_a_rate_is_not() -> None:
    mail = replace(MAIL, buyers=770, per_buyer=13.0)

    def labels(unit: Unit) -> list[str]:
        found = sentences.details([CONTROL, mail], [EFFECT], [PASSED], unit, None, None)
        return [statement.label for statement in found]

    assert "Made up of" in labels(Unit.MONEY)
    assert "Made up of" not in labels(Unit.RATE)
