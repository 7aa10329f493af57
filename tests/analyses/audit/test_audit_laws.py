"""Laws for any pitch: rounded true claims never contradict each other, and no claim crashes."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ltvcli import formats, registry
from ltvcli.analyses.audit import interval_arithmetic, recompute
from ltvcli.analyses.audit.claims import typed, understood
from ltvcli.analyses.audit.interval_arithmetic import Span
from ltvcli.analyses.audit.recompute import known
from ltvcli.pipeline import audit
from ltvcli.results.audit import CLAIMS
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit
from tests.effort import examples
from tests.formats.reports import TEXTS

FIGURES = st.integers(2, 5)
# Months that a claim can speak of, from two days (half of which is told in a test) to a century.
SHORTEST, LONGEST = 0.1, 1200.0


def amount(value: float, figures: int) -> str:
    """Round to so many figures, the way a slide does."""
    rounded = float(f"{value:.{figures - 1}e}")
    return f"{rounded:.10f}".rstrip("0").rstrip(".")


def percent(value: float, decimals: int) -> str:
    return f"{value:.{decimals}%}"


@examples(150)
@given(
    arpu=st.floats(10, 100_000),
    margin=st.floats(0.1, 0.95),
    churn=st.floats(0.006, 0.3),
    cac=st.floats(10, 1e6),
    customers=st.integers(30, 100_000),
    free=st.floats(0.01, 0.6),
    new=st.integers(20, 5_000),
    figures=st.lists(FIGURES, min_size=9, max_size=9),
    decimals=st.lists(st.integers(0, 2), min_size=5, max_size=5),
    in_revenue=st.booleans(),
)
def test_the_truth_contradicts_nothing_however_it_is_rounded(
    arpu: float, margin: float, churn: float, cac: float, customers: int, free: float, new: int,
    figures: list[int], decimals: list[int], in_revenue: bool,
) -> None:  # fmt: skip
    assume(cac / (arpu * margin) < LONGEST)
    each = iter(figures)
    places = iter(decimals)
    ltv = arpu * margin / churn
    said = [
        f"basis={'revenue' if in_revenue else 'margin'}",
        f"ltv={amount(ltv / margin if in_revenue else ltv, next(each))}",
        f"cac={amount(cac, next(each))}",
        f"ltv_to_cac={ltv / cac:.2f}",
        f"payback={cac / (arpu * margin):.2f}mo" if cac / (arpu * margin) >= SHORTEST else "",
        f"arpu={amount(arpu, next(each))}",
        f"mrr={amount(arpu * customers, next(each))}",
        f"arr={amount(12 * arpu * customers, next(each))}",
        f"customers={amount(customers, next(each))}",
        f"spend={amount(cac * new * (1 - free), next(each))}",
        f"new_customers={amount(new, next(each))}",
        f"organic_share={percent(free, next(places))}",
        f"margin={percent(margin, next(places))}",
        f"churn={percent(churn, next(places))}",
        f"churn_yearly={percent(1 - (1 - churn) ** 12, next(places))}",
        f"lifespan={1 / churn:.1f}mo",
    ]

    found = known(understood(typed([one for one in said if one])))

    assert recompute.differences(found) == ()


@examples(100)
@given(
    key=st.sampled_from(["ltv", "ltv_to_cac", "payback", "arpu", "arr", "cac", "lifespan"]),
    arpu=st.floats(10, 100_000),
    margin=st.floats(0.1, 0.95),
    churn=st.floats(0.006, 0.3),
    cac=st.floats(10, 1e6),
)
def test_twice_the_truth_is_always_found(
    key: str, arpu: float, margin: float, churn: float, cac: float
) -> None:
    """Half of it, for a payback and a CAC; and only where it was planted, or what hangs on it."""
    assume(SHORTEST < cac / (arpu * margin) < LONGEST)
    truth = {
        "ltv": arpu * margin / churn,
        "ltv_to_cac": arpu * margin / churn / cac,
        "payback": cac / (arpu * margin),
        "arpu": arpu,
        "arr": 12 * arpu * 1000,
        "cac": cac,
        "lifespan": 1 / churn,
    }
    told = truth | {key: truth[key] * (0.5 if key in ("payback", "cac") else 2)}
    said = [
        *(f"{name}={told[name]:.12f}" for name in ("ltv", "ltv_to_cac", "arpu", "arr", "cac")),
        *(f"{name}={told[name]:.12f}mo" for name in ("payback", "lifespan")),
        f"margin={percent(margin, 1)}",
        f"churn={percent(churn, 1)}",
        "customers=1000.0",
        "mrr=" + f"{arpu * 1000:.12f}",
    ]

    found = {one.claim for one in recompute.differences(known(understood(typed(said))))}

    follows = {"ltv": {"ltv_to_cac"}, "lifespan": {"ltv"}, "arpu": {"ltv", "payback"},
               "cac": {"ltv_to_cac", "payback"}}  # fmt: skip
    if key == "cac":
        assert "ltv_to_cac" in found
    else:
        assert key in found
    assert found <= {key} | follows.get(key, set())


VALUES = {
    Unit.MONEY: st.sampled_from(["0", "0.01", "100", "93.70", "240000", "1000000000000"]),
    Unit.COUNT: st.sampled_from(["0", "1", "7", "180", "1000000"]),
    Unit.RATE: st.sampled_from(["0%", "0.01%", "2%", "50%", "100%"]),
    Unit.RATIO: st.sampled_from(["0", "0.5", "3x", "1000"]),
    Unit.MONTHS: st.sampled_from(["1d", "14mo", "2y", "100y"]),
}
PITCHES = st.fixed_dictionaries(
    {},
    optional={
        **{key: VALUES[figure.unit] for key, figure in CLAIMS.items()},
        "basis": st.sampled_from(["margin", "revenue"]),
    },
).filter(bool)


@examples(60)
@given(claims=PITCHES)
def test_any_pitch_is_answered_in_every_format_and_language(claims: dict[str, str]) -> None:
    report = audit.run([], Settings(), [f"{key}={text}" for key, text in claims.items()])

    flattering, sober = report.tables["readings"]
    for key, better in (("ltv_to_cac", 1), ("payback", -1)):
        best, worst = flattering[key], sober[key]
        if best is not None and worst is not None:
            assert better * worst <= better * best * (1 + better * 1e-9)
    for name in TEXTS:
        for lang in ("en", "ja"):
            text = registry.load(formats, name).render(report, lang)
            assert not re.search(r"\b(nan|inf|infinity)\b", text, re.I)


@given(low=st.floats(0, 10), value=st.floats(0, 10), high=st.floats(0, 10), by=st.floats(0.1, 10))
def test_corners_hold_everything_in_between(
    low: float, value: float, high: float, by: float
) -> None:
    one = Span(*sorted((low, value, high)))

    found = interval_arithmetic.range_of(lambda a, b: a / b, one, Span(by / 2, by, by * 2))

    for part in (0.0, 0.3, 1.0):
        inside = (one.low + part * (one.high - one.low)) / (by / 2 + part * 1.5 * by)
        assert found.low <= inside or math.isclose(found.low, inside)
        assert inside <= found.high or math.isclose(found.high, inside)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(Span(1, 2, 3), Span(3, 4, 5), True, id="they touch"),
        pytest.param(Span(0, 0, 0.3), Span(0.1 + 0.2, 1, 1), True, id="they touch but for a float"),
        pytest.param(Span(1, 2, 3), Span(3.01, 4, 5), False, id="they do not"),
        pytest.param(Span(0, 1, math.inf), Span(9, 9, 9), True, id="without bound"),
    ],
)
def test_spans_meet(one: Span, other: Span, same: bool) -> None:
    assert interval_arithmetic.meet(one, other) is same
    assert interval_arithmetic.meet(other, one) is same
