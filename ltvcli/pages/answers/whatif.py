"""The answer of `ltv whatif`: LTV and LTV/CAC before and after, payback, break-even."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.analyses.valuation.verdict import HEAD
from ltvcli.language import N_
from ltvcli.results import AnswerLine, Fact, Grade, Interval, Quantity, Row, Sentence
from ltvcli.results.whatif import (
    BETTER_GRADE,
    BREAK_EVEN,
    CASH,
    PAYBACK,
    PAYBACK_AFTER,
    WhatIfReport,
)
from ltvcli.units import Unit

WHAT = {"margin": N_("gross margin"), "revenue": N_("revenue")}


def answer(report: WhatIfReport) -> Iterator[AnswerLine]:
    """Return LTV and LTV/CAC before and after the changes, payback, and the nearest break-even."""
    months = report.horizon
    yield AnswerLine(
        label=Sentence(N_("{n}-month LTV"), {"n": months}) if months else Sentence(N_("LTV")),
        says=_value(report),
    )
    yield _verdict(report)
    last = (CASH,) if report.changed else (BETTER_GRADE, BREAK_EVEN, CASH)
    for labels in ((PAYBACK_AFTER, PAYBACK), last):
        named = {statement.label: statement for statement in report.says}
        statement = next((named[label] for label in labels if label in named), None)
        if statement is not None:
            yield AnswerLine(
                label=Sentence(statement.label),
                says=statement.says,
                grade=statement.grade,
                upper_bound=statement.upper_bound,
            )


def _value(report: WhatIfReport) -> Sentence:
    rows = report.tables["levers"]
    before, after = rows[0], rows[-1]
    facts: dict[str, Fact] = {
        "ltv": _money(before, "ltv"),
        "after": _money(after, "ltv"),
        "what": WHAT[report.basis or "margin"],
    }
    if not report.changed:
        return Sentence(N_("{ltv} {what} per customer, before CAC"), facts)
    gain, low, high = (after[key] for key in ("gain", "gain_low", "gain_high"))
    if not isinstance(gain, float) or gain == 0:
        return Sentence(N_("{ltv} {what} per customer, unchanged"), facts)
    facts["gain"] = Quantity(gain, Unit.MONEY)
    if isinstance(low, float) and isinstance(high, float):
        facts["interval"] = Interval(low, high, Unit.MONEY, gain)
        text = N_("{ltv} → {after} {what}: change {gain} (95% CI {interval})")
    else:
        text = N_("{ltv} → {after} {what} per customer: change {gain}")
    return Sentence(text, facts)


def _verdict(report: WhatIfReport) -> AnswerLine:
    """Return both grades in one line; without a grade, the sentence of calc."""
    before, after = report.before, report.after
    unknown = Grade.UNKNOWN in (before.grade, after.grade)
    unchanged = not report.changed or before.says == after.says
    if unknown or unchanged or after.upper_bound:
        says = after.says
    else:
        facts: dict[str, Fact] = {
            "head": HEAD[after.grade],
            "after": Quantity(after.ltv_to_cac or 0.0, Unit.RATIO),
            "before": Quantity(before.ltv_to_cac or 0.0, Unit.RATIO),
            "grade": before.grade,
        }
        text = N_("{head} at {after}, now {before} ({grade})")
        if after.low is not None and after.high is not None:
            facts["interval"] = Interval(after.low, after.high, Unit.RATIO, after.ltv_to_cac)
            text = N_("{head} at {after} (95% CI {interval}), now {before} ({grade})")
        says = Sentence(text, facts)
    return AnswerLine(
        label=Sentence(N_("LTV/CAC")),
        says=says,
        grade=after.grade,
        upper_bound=after.upper_bound,
    )


def _money(row: Row, key: str) -> Fact:
    value = row[key]
    return Quantity(float(value), Unit.MONEY) if isinstance(value, (int, float)) else "–"
