"""Grades of numbers, and a sentence for each grade."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ltvcli.formulas.bands import FAST_UNDER, IDEAL_UP_TO, LTV_TO_CAC, band
from ltvcli.language import N_
from ltvcli.results import (
    Estimate,
    Fact,
    Grade,
    Interval,
    PaybackGrade,
    PaybackVerdict,
    Quantity,
    Sentence,
    Verdict,
)
from ltvcli.units import Months, Unit

BY_BAND = (Grade.DANGER, Grade.CAUTION, Grade.IMPROVABLE, Grade.HEALTHY)

HEAD: Mapping[str, str] = {
    Grade.HEALTHY: N_("Healthy"),
    Grade.IMPROVABLE: N_("Fair"),
    Grade.CAUTION: N_("Caution"),
    Grade.DANGER: N_("Danger"),
    PaybackGrade.FAST: N_("Fast"),
    PaybackGrade.IDEAL: N_("Ideal"),
    PaybackGrade.SLOW: N_("Slow"),
    PaybackGrade.UNKNOWN: N_("Unknown"),
}

AT_BEST: Mapping[str, str] = {
    PaybackGrade.FAST: N_("At best Fast (on revenue)"),
    PaybackGrade.IDEAL: N_("At best Ideal (on revenue)"),
}
ROUNDING = 1e-6

ONE_PERCENT = 0.01


def grade(ltv_to_cac: float | None) -> Grade:
    """Grade LTV/CAC.

    >>> grade(3.0), grade(0.99), grade(None)
    (<Grade.HEALTHY: 'healthy'>, <Grade.DANGER: 'danger'>, <Grade.UNKNOWN: 'unknown'>)
    """
    return Grade.UNKNOWN if ltv_to_cac is None else BY_BAND[band(ltv_to_cac)]


def verdict(
    method: str,
    ratio: Estimate | None,
    below: Sequence[float] | None,
    missing: Sentence | None,
    at_no_margin: float | None = None,
    level: str = "95%",
) -> Verdict:
    """Grade the headline.

    Args:
        method: of the headline.
        ratio: its LTV/CAC; None without a CAC.
        below: the probability of lying below each bound of LTV_TO_CAC; None without data.
        missing: the reason for no grade; None if there can be one.
        at_no_margin: LTV/CAC at a margin of 0, where none is known and `ratio` is that of revenue.
        level: of the interval of `ratio`.
    """
    upper_bound = at_no_margin is not None
    if missing or ratio is None:
        return Verdict(
            grade=Grade.UNKNOWN,
            grade_low=Grade.UNKNOWN,
            method=method,
            ltv_to_cac=ratio.value if ratio else None,
            low=ratio.low if ratio else None,
            high=ratio.high if ratio else None,
            probability=None,
            says=missing or Sentence(N_("Unknown: no method could value a customer")),
            upper_bound=upper_bound,
        )
    return Verdict(
        grade=grade(ratio.value),
        grade_low=grade(ratio.value if ratio.low is None else ratio.low),
        method=method,
        ltv_to_cac=ratio.value,
        low=ratio.low,
        high=ratio.high,
        probability=_probability(below) if below and not upper_bound else None,
        says=_says(ratio, below, level)
        if at_no_margin is None
        else _at_most(ratio.value, at_no_margin),
        upper_bound=upper_bound,
    )


def _at_most(revenue: float, at_no_margin: float) -> Sentence:
    """Describe the best grade possible, and the margins at which it changes.

    LTV/CAC is linear in the margin: `at_no_margin` at 0%, `revenue` at 100%.
    """
    reached = band(revenue)
    grade = HEAD[BY_BAND[reached]]
    facts: dict[str, Fact] = {"grade": grade, "ratio": Quantity(revenue, Unit.RATIO)}
    if not reached:
        return Sentence(N_("{grade} at {ratio} on revenue, whatever the margin"), facts)
    margins = [(step - at_no_margin) / (revenue - at_no_margin) for step in LTV_TO_CAC]
    # Rounded so that the sentence is correct: up for "or more", down for "below".
    needed = math.ceil(margins[reached - 1] * 1000 - ROUNDING) / 1000
    facts["danger"] = Quantity(math.floor(margins[0] * 1000 + ROUNDING) / 1000, Unit.RATE)
    if reached == 1:
        return Sentence(
            N_("At most {grade}: {ratio} on revenue (Danger below a margin of {danger})"),
            facts,
        )
    facts["needed"] = Quantity(needed, Unit.RATE)
    return Sentence(
        N_(
            "At most {grade}: {ratio} on revenue; needs a margin of {needed} or more "
            "(Danger below {danger})"
        ),
        facts,
    )


def _probability(below: Sequence[float]) -> Mapping[Grade, float]:
    steps = (0.0, *below, 1.0)
    shares = {grade: steps[i + 1] - steps[i] for i, grade in enumerate(BY_BAND)}
    return dict(reversed(shares.items()))


def _says(ratio: Estimate, below: Sequence[float] | None, level: str) -> Sentence:
    reached = band(ratio.value)
    facts: dict[str, Fact] = {
        "grade": HEAD[BY_BAND[reached]],
        "ratio": Quantity(ratio.value, Unit.RATIO),
    }
    if ratio.low is None or ratio.high is None or below is None:
        return Sentence(N_("{grade} at {ratio}"), facts)
    facts["level"] = level
    facts["interval"] = Interval(ratio.low, ratio.high, Unit.RATIO, ratio.value)
    if reached and ratio.low < LTV_TO_CAC[reached - 1]:
        facts["threshold"] = Quantity(LTV_TO_CAC[reached - 1], Unit.RATIO)
        facts["chance"] = percent(below[reached - 1])
        text = N_(
            "{grade} at {ratio} ({level} CI {interval}; {chance} probability below {threshold})"
        )
        return Sentence(text, facts)
    if reached < len(LTV_TO_CAC) and ratio.high >= LTV_TO_CAC[reached]:
        facts["threshold"] = Quantity(LTV_TO_CAC[reached], Unit.RATIO)
        facts["chance"] = percent(1 - below[reached])
        text = N_(
            "{grade} at {ratio} ({level} CI {interval}; {chance} probability of {threshold}+)"
        )
        return Sentence(text, facts)
    return Sentence(N_("{grade} at {ratio} ({level} CI {interval})"), facts)


def percent(probability: float) -> str:
    """Write a probability in whole percent, but never as 0% or 100% if it is not exactly that.

    >>> percent(0.257), percent(0.002), percent(0.998)
    ('26%', '<1%', '>99%')
    """
    if probability < ONE_PERCENT:
        return "<1%"
    return ">99%" if probability > 1 - ONE_PERCENT else f"{probability:.0%}"


def payback_grade(months: Months | None) -> PaybackGrade:
    """Grade the months until the CAC is recovered.

    >>> payback_grade(5.9), payback_grade(12.0), payback_grade(12.1)
    (<PaybackGrade.FAST: 'fast'>, <PaybackGrade.IDEAL: 'ideal'>, <PaybackGrade.SLOW: 'slow'>)
    """
    if months is None:
        return PaybackGrade.UNKNOWN
    if months < FAST_UNDER:
        return PaybackGrade.FAST
    return PaybackGrade.IDEAL if months <= IDEAL_UP_TO else PaybackGrade.SLOW


def expected_payback_grade(months: Months | None) -> str:
    """Grade a predicted payback: slow, unknown, or "", as it has not happened.

    >>> str(expected_payback_grade(13.0)), expected_payback_grade(3.0)
    ('slow', '')
    """
    expected = payback_grade(months)
    return expected if expected in (PaybackGrade.SLOW, PaybackGrade.UNKNOWN) else ""


def payback_verdict(
    cac_known: bool,
    formula: Months | None,
    observed: Months | None,
    seen: int | None,
    missing: bool,
    upper_bound: bool = False,
    has_formula: bool = True,
) -> PaybackVerdict:
    """Grade payback by the later of formula and observation.

    A payback that the data does not show is never fast or ideal, whatever the formula: it is slow
    if a slow one is certain, else unknown.

    Args:
        cac_known: whether there is a CAC.
        formula: months by the formula; None if the margin never returns the CAC, or without one.
        observed: months in the data; None if the CAC was not recovered there, or without data.
        seen: months of customers' lifetimes in the data; None without data.
        missing: whether the data is too small for a grade.
        upper_bound: whether the months are those of revenue, because no margin is known.
        has_formula: whether the data suffices for the formula.
    """
    if not cac_known:
        says = Sentence(N_("Unknown: payback needs a CAC (--cac)"))
        judged = PaybackGrade.UNKNOWN
    elif not has_formula and observed is None:
        says = Sentence(N_("Unknown: too little data to compute payback"))
        judged = PaybackGrade.UNKNOWN
    else:
        judged = PaybackGrade.UNKNOWN if missing else _payback_grade(formula, observed, seen)
        says = _payback_says(judged, formula, observed, seen, upper_bound)
    return PaybackVerdict(
        grade=judged,
        payback=formula,
        payback_observed=observed,
        says=says,
        observed_months=seen,
        upper_bound=upper_bound,
    )


def _payback_grade(
    formula: Months | None, observed: Months | None, seen: int | None
) -> PaybackGrade:
    later = float("inf") if formula is None else formula
    if seen is None:
        return payback_grade(later)
    if observed is not None:
        return payback_grade(max(later, observed))
    at_least = payback_grade(max(later, seen + 1.0))
    return at_least if at_least is PaybackGrade.SLOW else PaybackGrade.UNKNOWN


def _payback_says(
    judged: PaybackGrade,
    formula: Months | None,
    observed: Months | None,
    seen: int | None,
    upper_bound: bool,
) -> Sentence:
    head = AT_BEST.get(judged, HEAD[judged]) if upper_bound else HEAD[judged]
    facts: dict[str, Fact] = {"grade": head}
    if formula is None:
        return Sentence(N_("{grade}: this margin never recovers the CAC"), facts)
    facts["payback"] = Quantity(formula, Unit.MONTHS)
    if observed is not None:
        facts["observed"] = Quantity(observed, Unit.COUNT)
        if observed == 1:
            text = N_("{grade}: {observed} month observed (simple formula: {payback})")
        else:
            text = N_(
                "{grade}: {observed} {observed:month|months} observed (simple formula: {payback})"
            )
        return Sentence(text, facts)
    if seen is None:
        return Sentence(N_("{grade}: {payback} (simple formula)"), facts)
    facts["seen"] = Quantity(seen, Unit.COUNT)
    return Sentence(
        N_("{grade}: not recovered in {seen} {seen:month|months} (simple formula: {payback})"),
        facts,
    )
