"""The probability of a condition: by hand, and never overstated."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ltvcli.analyses.check.likelihood import UNKNOWN, Chance, Known, probability, probability_below
from ltvcli.results import Estimate, Source
from ltvcli.settings.conditions import Condition, parse

Z = 1.959963984540054
SIGMA = 2.0
FIGURES = {
    "cac": Estimate(value=50.0, low=50 - Z * SIGMA, high=50 + Z * SIGMA, source=Source.MEASURED),
    "skewed": Estimate(value=10.0, low=10 - Z, high=10 + 3 * Z, source=Source.MEASURED),
    "given": Estimate(value=40.0, source=Source.GIVEN),
    "counted": Estimate(value=7.0, source=Source.MEASURED),
    "unsure": Estimate(value=7.0, source=Source.MEASURED),
    "late": Estimate(value=6.0, low=5.0, high=None, source=Source.MEASURED),
}
NAMES = dict.fromkeys((*FIGURES, "missing", "payback", "moved", "calm", "young"))
KNOWN = Known(
    estimate=FIGURES.get,
    changed={"moved": True, "calm": False}.get,
    exact=lambda figure: figure == "counted",
    beyond=lambda figure: (9.0, 0.97) if figure == "payback" else None,
)


def condition(text: str) -> Condition:
    return parse(text, NAMES, str)


def phi(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("cac < 50", 0.5, 0.5),
        ("cac < 52", phi(1), phi(1)),
        ("cac > 52", 1 - phi(1), 1 - phi(1)),
        ("52 < cac", 1 - phi(1), 1 - phi(1)),
        ("not cac > 52", phi(1), phi(1)),
        ("skewed < 9", phi(-1), phi(-1)),
        ("skewed < 13", phi(1), phi(1)),
        ("given < 41", 1, 1),
        ("given < 40", 0, 0),
        ("given <= 40", 1, 1),
        ("given >= 40", 1, 1),
        ("given > 40", 0, 0),
        ("counted > 6", 1, 1),
        ("unsure > 6", 0, 1),
        ("missing > 6", 0, 1),
        ("late < 5.5", None, None),
        ("late < 7", 0.5, 0.5),
        ("cac > given", phi(5), phi(5)),
        ("cac > unsure", 0, 1),
        ("payback > 8", 0.97, 1),
        ("payback < 8", 0, 0.03),
        ("payback > 12", 0, 1),
        ("changed(moved)", 1, 1),
        ("changed(calm)", 0, 0),
        ("changed(young)", 0, 1),
        ("cac < 52 and changed(moved)", phi(1), phi(1)),
        ("cac < 52 or changed(moved)", 1, 1),
        ("cac < 52 and skewed < 13", 2 * phi(1) - 1, phi(1)),
        ("cac < 52 or skewed < 13", phi(1), 1),
        ("not (cac < 52 and skewed < 13)", 1 - phi(1), 2 - 2 * phi(1)),
        ("cac < 52 or missing > 6", phi(1), 1),
        ("cac < 52 and missing > 6", 0, phi(1)),
    ],
)
def test_probabilities_of_conditions_equal_those_by_hand(
    text: str, low: float | None, high: float | None
) -> None:
    found = probability(condition(text), KNOWN)

    if low is None or high is None:
        assert 0 < found.low == found.high < 0.5
    else:
        assert found == Chance(pytest.approx(low), pytest.approx(high))


def test_what_is_not_known_is_unknown() -> None:
    assert probability(condition("missing > 6"), KNOWN) == UNKNOWN


def test_bounds_hold_whatever_hangs_together() -> None:
    """Two normals of any correlation: both, or either, is as probable as the bounds say."""
    random = np.random.default_rng(1)
    both = probability(condition("cac < 52 and skewed < 13"), KNOWN)
    either = probability(condition("cac < 52 or skewed < 13"), KNOWN)
    for correlation in (-1.0, -0.5, 0.0, 0.5, 1.0):
        first = random.standard_normal(20_000)
        independent = random.standard_normal(20_000)
        second = correlation * first + math.sqrt(1 - correlation**2) * independent
        one, two = first < 1, second < 1
        assert both.low - 0.01 <= (one & two).mean() <= both.high + 0.01
        assert either.low - 0.01 <= (one | two).mean() <= either.high + 0.01


def test_the_ends_of_an_interval_are_its_probabilities() -> None:
    cac = FIGURES["cac"]
    assert cac.low is not None
    assert cac.high is not None

    assert probability_below(cac, cac.low) == pytest.approx(0.025)
    assert probability_below(cac, cac.high) == pytest.approx(0.975)
