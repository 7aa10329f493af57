"""Trust scores: worked examples, and effects that they must not have."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from scipy import stats

from ltvcli.analyses.bonus import trust
from ltvcli.analyses.bonus.trust import Watched
from ltvcli.results.bonus import OwnerTrust
from ltvcli.stats.inference import gamma_poisson
from ltvcli.stats.numerics import incomplete_gamma
from tests.analyses.bonus.deal_facts import PLAN, deal, facts, plan

OWNERS = ("Ito", "Sato")


def watched(owner: str, active: int, left: int, channel: str = "") -> list[Watched]:
    stratum = (channel, "", 90)
    return [
        Watched(owner=owner, stratum=stratum, active=number < active)
        for number in range(active + left)
    ]


def scored(deals: list[Watched], owners: tuple[str, ...] = OWNERS) -> dict[str, OwnerTrust]:
    scores, _ = trust.scores(deals, owners, PLAN)
    return {score.owner: score for score in scores}


@pytest.mark.parametrize(
    ("observed", "expected", "score"), [(18, 14.0, 28 / 24), (3, 5.6, 13 / 15.6)]
)
def test_the_examples_with_nu_10(observed: int, expected: float, score: float) -> None:
    assert gamma_poisson.shrunk(observed, expected, 10) == pytest.approx(score, abs=5e-5)


@pytest.mark.parametrize("counts", [(18, 14.0, 10), (3, 5.6, 10), (0, 0.3, 250.5), (900, 950, 31)])
def test_intervals_are_those_of_scipy(counts: tuple[float, float, float]) -> None:
    observed, expected, nu = counts
    gamma = stats.gamma(observed + nu, scale=1 / (expected + nu))

    assert gamma_poisson.interval(*counts) == pytest.approx(gamma.ppf([0.1, 0.9]), rel=1e-9)


@pytest.mark.parametrize("shape", [0.2, 1.0, 7.5, 300.0])
@pytest.mark.parametrize("ratio", [0.01, 0.5, 1.0, 1.1, 3.0])
def test_the_incomplete_gamma_function_is_that_of_scipy(shape: float, ratio: float) -> None:
    value = shape * ratio

    expected = stats.gamma(shape).cdf(value)
    assert incomplete_gamma.lower(shape, value) == pytest.approx(expected, abs=1e-12)


def test_an_owner_with_the_company_s_mix_and_churn_scores_1() -> None:
    deals = [
        *watched("Ito", 60, 40, "ads"),
        *watched("Ito", 90, 10, "web"),
        *watched("Sato", 12, 8, "ads"),
        *watched("Sato", 18, 2, "web"),
    ]
    for score in scored(deals).values():
        assert score.expected == pytest.approx(score.observed)
        assert score.score == pytest.approx(1.0)


def test_a_harder_mix_is_not_held_against_an_owner() -> None:
    deals = [*watched("Ito", 50, 50, "ads"), *watched("Sato", 95, 5, "web")]

    assert {owner: score.score for owner, score in scored(deals).items()} == {
        "Ito": 1.0,
        "Sato": 1.0,
    }


def test_the_only_owner_scores_1() -> None:
    score = scored(watched("Sato", 30, 70), ("Sato",))["Sato"]

    assert (score.score, score.low, score.high) == (1.0, None, None)


def test_an_owner_whose_customers_leave_scores_below_1() -> None:
    others = [deal for owner in "abcde" for deal in watched(owner, 90, 10)]
    scores = scored([*others, *watched("Sato", 50, 50)], (*"abcde", "Sato"))

    assert scores["Sato"].score is not None
    assert scores["Sato"].score < 0.8
    assert scores["Sato"].high is not None
    assert scores["Sato"].high < 1
    assert scores["Sato"].factor == Decimal("0.8")


def test_eight_deals_cannot_sink_anyone() -> None:
    """Even with owners as far apart as can be, 3 of 8 instead of 5.6 leaves 1 within reach."""
    rest = [*watched("a", 140, 60), *watched("b", 199, 1), *watched("c", 84, 116)]
    scores = scored([*rest, *watched("Sato", 3, 5)], ("Sato", "a", "b", "c"))
    sato = scores["Sato"]

    assert sato.score is not None
    assert sato.high is not None
    assert sato.score > 0.8
    assert sato.high > 1
    gone = scored([*rest, *watched("Sato", 0, 8)], ("Sato", "a", "b", "c"))["Sato"]
    assert gone.score is not None
    assert gone.score > 0.6
    assert gone.factor >= Decimal("0.8")


def test_chance_alone_hardly_moves_a_score() -> None:
    random.seed(7)
    far = 0
    for _ in range(40):
        owners = [f"o{number}" for number in range(8)]
        deals = [deal for owner in owners for deal in watched(owner, *_drawn(60, 0.85))]
        scores, _ = trust.scores(deals, owners, PLAN)
        far += sum(abs((score.score or 1) - 1) > 0.05 for score in scores)

    assert far <= 0.05 * 40 * 8


def _drawn(number: int, rate: float) -> tuple[int, int]:
    active = sum(random.random() < rate for _ in range(number))
    return active, number - active


def test_a_score_changes_pay_only_if_the_plan_does() -> None:
    calm = plan(trust={"weight": "off", "least": "0.8", "most": "1.2"})
    rest = [deal for owner in "abcde" for deal in watched(owner, 90, 10)]
    scores, _ = trust.scores([*rest, *watched("Sato", 50, 50)], (*"abcde", "Sato"), calm)

    assert {score.factor for score in scores} == {Decimal(1)}


def test_a_deal_is_watched_up_to_the_last_age_that_it_reached() -> None:
    known = facts(
        (deal("D1", signed=0), 100),
        (deal("D2", signed=50), None),
        (deal("D3", signed=150), None),
        (deal("D4", matched=False), None),
        as_of=200,
    )
    deals = trust.watched(known, PLAN)

    assert [(seen.stratum[2], seen.active) for seen in deals] == [(180, False), (90, True)]


def test_an_owner_without_a_deal_to_watch_has_no_score() -> None:
    score = scored(watched("Sato", 5, 5))["Ito"]

    assert (score.score, score.watched, score.factor) == (None, 0, Decimal(1))
