"""Effects of the e-mail test of Hillstrom (2008), from sizes, means and standard deviations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from ltvcli.analyses.experiment.effects import Compared, Terms, decided
from ltvcli.analyses.experiment.effects import effects as compared
from ltvcli.results.experiment import Decision, Effect, Range
from ltvcli.stats.inference.welch import Sample
from ltvcli.units import Unit

NAMES = ("No E-Mail", "Mens E-Mail", "Womens E-Mail")
SIZES = (21306, 21307, 21387)
SPEND = (
    (0.6527893551, 11.5881996813),
    (1.4226165110, 17.7542051037),
    (1.0772015710, 15.1161064707),
)
VISIT = ((0.1061672768, 0.3080588261), (0.1827568405, 0.3864761155), (0.1514003834, 0.3584470880))
BOUGHT = ((0.0057260865, 0.0754557202), (0.0125310931, 0.1112413842), (0.0088371441, 0.0935919789))
PLAIN = Terms(margin=None, cost=None, planned=None)
PAID = Terms(margin=0.5, cost=0.1, planned=None)


def effects(samples: Sequence[Sample], names: Sequence[str], terms: Terms) -> tuple[Effect, ...]:
    arms = Compared(outcome="spend", unit=Unit.MONEY, names=names, samples=samples)
    return decided(compared(arms, terms))


def hillstrom(
    figures: tuple[tuple[float, float], ...] = SPEND, terms: Terms = PLAIN
) -> tuple[Effect, ...]:
    samples = [Sample(n=n, mean=mean, sd=sd) for n, (mean, sd) in zip(SIZES, figures, strict=True)]
    return effects(samples, NAMES, terms)


def digits(figure: Range | None, places: int) -> tuple[float, ...]:
    assert figure is not None
    assert figure.low is not None
    assert figure.high is not None
    return tuple(round(value, places) for value in (figure.value, figure.low, figure.high))


def test_effects_on_spend_equal_the_published_ones() -> None:
    mens, womens = hillstrom()

    assert digits(mens.effect, 4) == (0.7698, 0.4851, 1.0545)
    assert digits(womens.effect, 4) == (0.4244, 0.1690, 0.6799)
    assert (round(mens.error, 5), round(womens.error, 5)) == (0.14525, 0.13033)


def test_shares_of_customers() -> None:
    visit = [round(effect.effect.value, 5) for effect in hillstrom(VISIT)]
    bought = [round(effect.effect.value, 5) for effect in hillstrom(BOUGHT)]

    assert (visit, bought) == ([0.07659, 0.04523], [0.00681, 0.00311])


def test_the_first_mail_pays_and_the_second_is_not_shown_to() -> None:
    mens, womens = hillstrom(terms=PAID)

    assert digits(mens.roi, 2) == (2.85, 1.43, 4.27)
    assert digits(womens.roi, 2) == (1.12, -0.16, 2.40)
    assert (mens.decision, womens.decision) == (Decision.ROLL_OUT, Decision.NOT_SHOWN)


def test_roi_to_three_digits() -> None:
    mens, womens = hillstrom(terms=PAID)

    assert mens.roi is not None
    assert womens.roi is not None
    assert (mens.roi.value, womens.roi.value) == pytest.approx((2.849, 1.122), abs=5e-4)
    assert (mens.roi.low, womens.roi.high) == pytest.approx((1.426, 2.399), abs=1e-3)


def test_p_values_rise_with_the_number_of_arms() -> None:
    mens, womens = hillstrom()

    assert mens.p_adjusted == 2 * mens.p
    assert womens.p_adjusted == womens.p


def test_an_arm_with_a_lower_outcome_is_stopped() -> None:
    samples = [Sample(n=1000, mean=mean, sd=5.0) for mean in (10.0, 8.0)]
    (effect,) = effects(samples, ("control", "a"), PLAIN)

    assert effect.decision is Decision.STOP


def test_an_arm_with_a_net_loss_is_stopped() -> None:
    samples = [Sample(n=1000, mean=mean, sd=5.0) for mean in (10.0, 11.0)]
    (effect,) = effects(samples, ("control", "a"), Terms(margin=0.5, cost=3.0, planned=None))

    assert effect.effect.low is not None
    assert effect.effect.low > 0
    assert effect.decision is Decision.STOP


def test_a_measure_that_costs_nothing_has_no_roi() -> None:
    (mens, _) = hillstrom(terms=Terms(margin=0.5, cost=0.0, planned=None))

    assert mens.roi is None
    assert digits(mens.net, 3) == (0.385, 0.243, 0.527)
    assert mens.decision is Decision.ROLL_OUT


@pytest.mark.parametrize("sizes", [(12, 400), (400, 12), (400, 1)])
def test_nothing_is_decided_about_12_customers(sizes: tuple[int, int]) -> None:
    samples = [Sample(n=n, mean=5.0 * n, sd=1.0) for n in sizes]
    (effect,) = effects(samples, ("control", "a"), PLAIN)

    assert effect.decision is Decision.TOO_FEW


@pytest.mark.parametrize("sizes", [(1, 1), (100, 1), (1, 100)])
@pytest.mark.parametrize("planned", [None, 200])
def test_the_spread_of_a_single_customer_is_unknown(
    sizes: tuple[int, int], planned: int | None
) -> None:
    samples = [
        Sample(n=n, mean=mean, sd=2.0 if n > 1 else 0.0)
        for n, mean in zip(sizes, (5.0, 6.0), strict=True)
    ]

    (effect,) = effects(samples, ["a", "b"], Terms(margin=0.5, cost=0.1, planned=planned))

    assert effect.decision is Decision.TOO_FEW
    assert (effect.effect.value, effect.error, effect.p, effect.p_adjusted) == (1, None, None, None)
    for figure in (effect.effect, effect.net, effect.roi, effect.everyone, effect.relative):
        assert figure is not None
        assert (figure.low, figure.high) == (None, None)


def test_a_small_arm_does_not_count_against_the_others() -> None:
    samples = [Sample(n=n, mean=mean, sd=5.0) for n, mean in ((1000, 10), (1000, 10.5), (12, 50))]
    large, _ = effects(samples, ("control", "a", "b"), PLAIN)

    assert large.p_adjusted == large.p


def test_looking_at_every_stage_takes_wider_intervals() -> None:
    mens, _ = hillstrom(terms=Terms(margin=None, cost=None, planned=64_000))
    plain, _ = hillstrom()

    assert mens.effect.low is not None
    assert plain.effect.low is not None
    assert mens.effect.value - mens.effect.low == pytest.approx(
        1.5486 * (plain.effect.value - plain.effect.low), rel=1e-3
    )


@pytest.mark.parametrize(
    ("tests", "least", "most"),
    [
        pytest.param(100, 1, 11, id="100 tests"),
        pytest.param(1000, 35, 65, marks=pytest.mark.slow, id="1,000 tests"),
    ],
)
def test_5_of_100_tests_of_nothing_are_marked(tests: int, least: int, most: int) -> None:
    """A/A tests of outcomes of which 3 in 4 are 0."""
    chance = np.random.default_rng(5)
    marked = 0
    for _ in range(tests):
        arms = chance.gamma(1, 30, (2, 300)) * (chance.random((2, 300)) < 0.25)
        samples = [Sample(n=300, mean=row.mean(), sd=row.std(ddof=1)) for row in arms]
        (effect,) = effects(samples, ("control", "a"), PLAIN)
        marked += effect.decision is not Decision.NOT_SHOWN

    assert least <= marked <= most
