"""`ltv calc` without a file: exact examples, and what is said when numbers are missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ltvcli.analyses.calc.answer import Economics, answer
from ltvcli.errors import (
    ContradictionError,
    EndlessLifeError,
    LtvError,
    MissingNumberError,
    NothingGivenError,
    NothingToDiscountError,
)
from ltvcli.results import Grade, PaybackGrade, Source, Valuation
from ltvcli.settings.settings import Settings


def method(found: Economics, name: str) -> Valuation:
    return next(one for one in found.methods if one.method == name)


def test_the_worked_example_of_orders_gives_its_values() -> None:
    orders = Settings(aov=8000, margin=0.4, frequency=3, lifespan=24, cac=5000, retention_cost=1000)
    found = answer(orders, None)
    basic, ec = method(found, "basic"), method(found, "ec")

    assert (basic.ltv, basic.ltv_to_cac, basic.grade) == (19_200.0, 3.84, Grade.HEALTHY)
    assert (ec.ltv, ec.ltv_net, ec.ltv_to_cac) == (17_200.0, 12_200.0, 3.44)
    assert found.verdict.method == "basic"
    assert found.verdict.probability is None
    assert (found.verdict.low, found.verdict.high) == (None, None)
    assert (found.basis, found.horizon, found.tables) == ("margin", None, {})


@pytest.mark.parametrize(
    ("numbers", "worth", "basis"),
    [
        pytest.param({"churn": 0.05}, 200_000.0, "revenue", id="churn"),
        pytest.param({"churn": 0.05, "margin": 0.4}, 80_000.0, "margin", id="churn and margin"),
        pytest.param({"lifespan": 24.0}, 240_000.0, "revenue", id="lifespan in place of churn"),
    ],
)
def test_the_worked_examples_of_arpu_give_their_values(
    numbers: dict[str, float], worth: float, basis: str
) -> None:
    found = answer(Settings(arpu=10_000, **numbers), None)

    assert [(one.method, one.ltv) for one in found.methods] == [("arpu-churn", worth)]
    assert found.basis == basis
    assert found.verdict.grade is Grade.UNKNOWN


def test_payback_of_six_months_is_ideal() -> None:
    found = answer(Settings(arpu=10_000, churn=0.05, cac=60_000), None)

    assert found.verdict.ltv_to_cac == 200_000 / 60_000
    assert found.verdict.grade is found.verdict.grade_low is Grade.HEALTHY
    assert found.payback_verdict.payback == 6.0
    assert found.payback_verdict.payback_observed is None
    assert found.payback_verdict.grade is PaybackGrade.IDEAL


def test_ec_equals_basic_without_a_retention_cost() -> None:
    found = answer(Settings(aov=80, frequency=3, lifespan=24), None)

    assert method(found, "ec").ltv == method(found, "basic").ltv
    assert found.figures.retention_cost is not None
    assert found.figures.retention_cost.source is Source.ASSUMED
    assert found.figures.cac is None


def test_a_free_customer_has_no_ratio_and_no_grade_of_payback() -> None:
    found = answer(Settings(arpu=10, churn=0.05, cac=0), None)

    assert found.verdict.grade is Grade.UNKNOWN
    assert found.methods[0].ltv_to_cac is None
    assert found.payback_verdict.grade is PaybackGrade.UNKNOWN
    assert found.methods[0].ltv_net == 200.0


@pytest.mark.parametrize(
    ("numbers", "error", "words"),
    [
        pytest.param({}, NothingGivenError, (), id="nothing"),
        pytest.param({"arpu": 1}, MissingNumberError, ("--arpu", "--churn"), id="arpu alone"),
        pytest.param({"churn": 0.1}, MissingNumberError, ("--churn", "--arpu"), id="churn alone"),
        pytest.param(
            {"aov": 1, "lifespan": 9},
            MissingNumberError,
            ("--aov, --lifespan", "--frequency"),
            id="no frequency",
        ),
        pytest.param(
            {"cac": 1}, MissingNumberError, ("--cac", "--arpu", "--churn"), id="cac alone"
        ),
        pytest.param(
            {"arpu": 1, "churn": 0.05, "lifespan": 24},
            ContradictionError,
            ("--lifespan", "--churn", "1.2"),
            id="a churn of 5% is not two years",
        ),
        pytest.param(
            {"aov": 100, "frequency": 12, "arpu": 50, "churn": 0.1},
            ContradictionError,
            ("--aov", "--frequency", "--arpu"),
            id="a hundred a month is not fifty",
        ),
        pytest.param({"arpu": 1, "churn": 0}, EndlessLifeError, ("--lifespan",), id="no churn"),
        pytest.param(
            {"arpu": 1, "churn": 0, "lifespan": 24},
            ContradictionError,
            ("--lifespan", "--churn"),
            id="no churn, but two years",
        ),
        pytest.param(
            {"aov": 1, "frequency": 3, "lifespan": 24, "discount": 0.1},
            NothingToDiscountError,
            ("--discount", "--arpu"),
            id="nothing to discount",
        ),
    ],
)
def test_numbers_that_cannot_be_used(
    numbers: dict[str, float], error: type[LtvError], words: tuple[str, ...]
) -> None:
    with pytest.raises(error) as caught:
        answer(Settings(**numbers), None)

    said = str(caught.value) + caught.value.hint.format(**caught.value.facts)
    assert all(word in said for word in words), said
    assert caught.value.exit_code == 2


def test_rounded_numbers_do_not_contradict() -> None:
    found = answer(Settings(arpu=10, churn=0.042, lifespan=24), None)

    assert method(found, "arpu-churn").ltv == 10 / 0.042


def test_a_discount_bounds_an_endless_life() -> None:
    found = answer(Settings(arpu=10, churn=0, discount=0.1), None)

    assert method(found, "arpu-churn").ltv == pytest.approx(10 * 1.007974 / 0.007974, rel=1e-4)


def test_numbers_alone_load_nothing_heavy() -> None:
    code = (
        "import sys; from ltvcli.settings.settings import Settings; "
        "from ltvcli.analyses.calc import answer; "
        "answer.answer(Settings(arpu=1, churn=.1, cac=1), None); "
        "print({'numpy', 'duckdb', 'pandas', 'scipy', 'pydantic', 'yaml'} & sys.modules.keys())"
    )

    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
