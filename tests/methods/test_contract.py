"""Laws that every method obeys."""

from __future__ import annotations

import numpy as np
import pytest

from ltvcli import methods, registry
from ltvcli.results import About

METHODS = registry.names(methods)
MONEY = ("aov", "arpu", "cac", "retention_cost", "revenue_per_survivor")
INPUTS = {
    "aov": 80.0,
    "margin": 0.4,
    "frequency": 3.0,
    "lifespan": 24.0,
    "arpu": 20.0,
    "churn": 0.05,
    "discount": 0.1,
    "retention_cost": 5.0,
    "cac": 30.0,
    "revenue_by_age": [80.0, 20.0, 10.0],
    "revenue_by_age_known": [80.0, 20.0, 10.0, 5.0],
    "active_by_age": [1.0, 0.7, 0.5],
    "retention_by_age": [1.0, 0.7, 0.5],
    "revenue_per_survivor": 80.0,
}


def tenfold() -> dict[str, object]:
    more: dict[str, object] = {key: 10 * INPUTS[key] for key in MONEY}  # type: ignore[operator]
    for key in ("revenue_by_age", "revenue_by_age_known"):
        more[key] = [10 * one for one in INPUTS[key]]  # type: ignore[attr-defined]
    return INPUTS | more


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_a_complete_definition(name: str) -> None:
    about = registry.load(methods, name).ABOUT

    assert type(about) is About
    assert all(getattr(about, name) for name in About.__struct_fields__)


@pytest.mark.parametrize("name", METHODS)
def test_is_content_with_any_set_of_its_needs(name: str) -> None:
    method = registry.load(methods, name)
    always = ("margin", "discount", "retention_cost", "active_by_age")
    assumed = {key: INPUTS[key] for key in always}

    for keys in method.NEEDS:
        assert method.value(assumed | {key: INPUTS[key] for key in keys}) > 0


@pytest.mark.parametrize("name", METHODS)
def test_ten_times_the_money_is_ten_times_the_value(name: str) -> None:
    method = registry.load(methods, name)

    assert method.value(tenfold()) == pytest.approx(10 * method.value(INPUTS))
    assert method.payback(tenfold()) == pytest.approx(method.payback(INPUTS))


@pytest.mark.parametrize("name", METHODS)
def test_an_array_gives_the_values_one_by_one(name: str) -> None:
    method = registry.load(methods, name)
    array = INPUTS | {"margin": np.array([0.4, 0.5]), "aov": np.array([80.0, 90.0])}
    other = INPUTS | {"margin": 0.5, "aov": 90.0}

    assert method.value(array) == pytest.approx([method.value(INPUTS), method.value(other)])


@pytest.mark.parametrize("name", METHODS)
def test_a_better_margin_is_worth_more_and_pays_back_no_later(name: str) -> None:
    method = registry.load(methods, name)
    better = INPUTS | {"margin": 0.5}

    assert method.value(better) > method.value(INPUTS)
    assert method.payback(better) <= method.payback(INPUTS)


@pytest.mark.parametrize("name", METHODS)
def test_a_cac_that_never_comes_back_has_no_payback(name: str) -> None:
    assert registry.load(methods, name).payback(INPUTS | {"margin": 0.0}) is None
