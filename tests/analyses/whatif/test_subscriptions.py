"""Changes of subscriptions: one churn for all ages stays one, and the model of renewals follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.analyses.calc.answer import answer
from ltvcli.engines import duckdb
from ltvcli.errors import NotALeverHereError
from ltvcli.settings.settings import from_python
from tests.analyses.whatif.asked import row, whatif
from tests.subscribers import cohort, gathered

# A fifth of 625 leaves every month for four months, on the first of the month: 125, 100, 80, 64.
FIFTH = cohort({1: 125, 2: 100, 3: 80, 4: 64}, stay=256)
AS_OF = date(2024, 5, 31)
GIVEN = {"margin": 0.5, "cac": 5.0, "horizon": "4mo"}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with duckdb.open([], Path(tmp_path_factory.mktemp("engine")), None) as engine:
        yield gathered(engine, FIFTH, AS_OF)


def test_values_before_a_change_equal_those_of_calc(facts: Any) -> None:
    calc = answer(from_python(GIVEN), facts)

    assert whatif(GIVEN, facts, churn="-10%").before.methods == calc.methods


def test_a_tenth_that_leaves_in_place_of_a_fifth(facts: Any) -> None:
    """Of what came in 1, 0.8, 0.64 and 0.512 times, 1, 0.9, 0.81 and 0.729 times comes in."""
    found = row(whatif(GIVEN, facts, churn="20%->10%"), "levers", lever="churn")

    assert found["ltv"] == pytest.approx(5 * (1 + 0.9 + 0.81 + 0.729), rel=0.01)


def test_the_model_of_renewals_follows(facts: Any) -> None:
    found = row(whatif({**GIVEN, "horizon": "24mo"}, facts, churn="->10%"), "methods", method="sbg")

    assert found["ltv_after"] > found["ltv"]
    assert found["ltv_after_low"] < found["ltv_after"] < found["ltv_after_high"]
    assert found["horizon"] == 24


@pytest.mark.parametrize("lever", ["aov", "frequency", "lifespan"])
def test_a_subscription_is_billed_as_it_is(facts: Any, lever: str) -> None:
    with pytest.raises(NotALeverHereError) as refused:
        whatif(GIVEN, facts, **{lever: "+10%"})
    assert refused.value.facts["levers"] == ["--churn", "--arpu", "--margin", "--cac"]
