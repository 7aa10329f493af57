"""Numbers to grades, and grades to words."""

from __future__ import annotations

import pytest

from ltvcli.analyses.valuation import verdict
from ltvcli.results import Estimate, Grade, Interval, PaybackGrade, Quantity, Source
from ltvcli.text.numbers import interval
from ltvcli.units import Unit


def judge(value: float, low: float, high: float, below: list[float]) -> tuple[Grade, Grade, str]:
    ratio = Estimate(value=value, low=low, high=high, source=Source.MEASURED)
    found = verdict.verdict("observed", ratio, below, None)
    facts = found.says.facts
    shown = {k: f"{v.value:g}" if isinstance(v, Quantity) else v for k, v in facts.items()}
    ends = facts["interval"]
    assert isinstance(ends, Interval)
    shown["interval"] = interval(ends.low, ends.high, ends.unit, ends.value)
    return found.grade, found.grade_low, found.says.text.format(**shown)


@pytest.mark.parametrize(
    ("ratio", "below", "grades", "words"),
    [
        pytest.param(
            (3.4, 2.7, 4.1), [0, 0.01, 0.2], (Grade.HEALTHY, Grade.IMPROVABLE),
            "Healthy at 3.4 (95% CI 2.70–4.10; 20% probability below 3)",
            id="healthy with doubt",
        ),
        pytest.param(
            (3.4, 3.1, 3.7), [0, 0, 0.01], (Grade.HEALTHY, Grade.HEALTHY),
            "Healthy at 3.4 (95% CI 3.10–3.70)", id="healthy",
        ),
        pytest.param(
            (2.8, 2.5, 3.1), [0, 0, 0.9], (Grade.IMPROVABLE, Grade.IMPROVABLE),
            "Fair at 2.8 (95% CI 2.50–3.10; 10% probability of 3+)",
            id="improvable with hope",
        ),
        pytest.param(
            (0.5, 0.2, 0.8), [0.999, 1, 1], (Grade.DANGER, Grade.DANGER),
            "Danger at 0.5 (95% CI 0.20–0.80)", id="danger",
        ),
        pytest.param(
            (1.05, 0.4, 1.7), [0.47, 1, 1], (Grade.CAUTION, Grade.DANGER),
            "Caution at 1.05 (95% CI 0.40–1.70; 47% probability below 1)",
            id="caution with doubt",
        ),
    ],
)  # fmt: skip
def test_the_sentence_is_plain(
    ratio: tuple[float, float, float], below: list[float], grades: tuple[Grade, Grade], words: str
) -> None:
    assert judge(*ratio, below) == (*grades, words)


def test_probabilities_are_the_differences_between_the_steps() -> None:
    ratio = Estimate(value=2.5, low=1.0, high=4.0, source=Source.MEASURED)
    found = verdict.verdict("observed", ratio, [0.05, 0.3, 0.8], None)

    assert found.probability == pytest.approx(
        {
            Grade.HEALTHY: 0.2,
            Grade.IMPROVABLE: 0.5,
            Grade.CAUTION: 0.25,
            Grade.DANGER: 0.05,
        }
    )


@pytest.mark.parametrize(
    ("formula", "observed", "seen", "grade"),
    [
        pytest.param(6.0, None, None, PaybackGrade.IDEAL, id="six months by formula alone"),
        pytest.param(5.0, 5.0, 24, PaybackGrade.FAST, id="both fast"),
        pytest.param(5.0, 13.0, 24, PaybackGrade.SLOW, id="it happened later"),
        pytest.param(13.0, 5.0, 24, PaybackGrade.SLOW, id="the formula is later"),
        pytest.param(3.0, None, 4, PaybackGrade.UNKNOWN, id="not within 4 months: may still be 5"),
        pytest.param(3.0, None, 11, PaybackGrade.UNKNOWN, id="not within 11 months: 12 at best"),
        pytest.param(13.0, None, 5, PaybackGrade.SLOW, id="the formula alone is slow"),
        pytest.param(None, 5.0, 24, PaybackGrade.SLOW, id="recovered, but the margin is negative"),
        pytest.param(3.0, None, 12, PaybackGrade.SLOW, id="not within 12 months is slow"),
        pytest.param(None, None, 24, PaybackGrade.SLOW, id="a margin that never pays"),
    ],
)
def test_payback_is_judged_by_the_later(
    formula: float | None, observed: float | None, seen: int, grade: PaybackGrade
) -> None:
    found = verdict.payback_verdict(True, formula, observed, seen, missing=False)

    assert found.grade is grade


def test_payback_outside_the_data_is_not_recovered() -> None:
    says = verdict.payback_verdict(True, 7.5, None, 5, missing=False).says

    assert "not recovered in {seen} {seen:month|months} (simple formula: {payback})" in says.text
    assert says.facts["seen"] == Quantity(5, Unit.COUNT)
    assert says.facts["payback"] == Quantity(7.5, Unit.MONTHS)


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, "<1%"), (0.009, "<1%"), (0.01, "1%"), (0.257, "26%"), (0.99, "99%"), (0.996, ">99%")],
)
def test_a_probability_is_written_in_percent_and_never_as_certain(
    probability: float, shown: str
) -> None:
    assert verdict.percent(probability) == shown


def test_the_level_of_the_interval_is_the_one_given() -> None:
    ratio = Estimate(value=3.4, low=3.1, high=3.7, source=Source.MEASURED)

    assert (
        verdict.verdict("predicted", ratio, [0, 0, 0], None, level="80%").says.facts["level"]
        == "80%"
    )


def test_payback_without_a_formula_is_no_margin_that_never_pays() -> None:
    found = verdict.payback_verdict(True, None, None, 0, missing=True, has_formula=False)

    assert found.grade is PaybackGrade.UNKNOWN
    assert found.says.text == "Unknown: too little data to compute payback"
