"""Before and after: each lever separately, all combined, and every method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from ltvcli.analyses.calc.answer import Economics, value_and_grade
from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.inputs import Prepared
from ltvcli.analyses.whatif.scenario import Base, Scenario, scenario, value_by, with_interval
from ltvcli.formulas import Value
from ltvcli.results import Row, Valuation
from ltvcli.settings.changes import Change

Gain: TypeAlias = "tuple[Value, Value | None]"
"""Of lifetime value, and of LTV/CAC where there is a CAC."""
NONE, ALL, INTERACTION = "none", "all", "interaction"


class Levers(Struct, frozen=True, kw_only=True):
    """The rows, and the scenario of all changes combined."""

    rows: tuple[Row, ...]
    linked: tuple[Row, ...]
    combined: Scenario
    after: Economics


def levers(base: Base, before: Economics, changes: Sequence[Change]) -> Levers:
    """Change each lever separately, then all combined; the remainder is the interaction.

    `gain` is the change of LTV, its interval that of the paired difference for the same customers.
    `ratio_gain` is the change of LTV/CAC.

    Args:
        base: values before the changes.
        before: their economics.
        changes: at most one per lever.
    """
    now = _worth(base, base.prepared)
    rows = [_row(NONE, "", before, now, now)]
    linked: list[Row] = []
    alone: list[Gain] = []
    for change in changes:
        single = scenario(base, [change])
        then = _worth(base, single.prepared)
        alone.append(_minus(then, now))
        rows.append(_row(change.lever, change.text, value_and_grade(single.prepared), now, then))
        linked += single.linked
    all_changes = scenario(base, changes)
    after = value_and_grade(all_changes.prepared) if changes else before
    then = _worth(base, all_changes.prepared)
    if len(changes) > 1:
        rest = _minus(then, now)
        for gain in alone:
            rest = _minus(rest, gain)
        rows.append({**dict.fromkeys(rows[0]), "lever": INTERACTION, **_gains(rest)})
    rows.append(_row(ALL, "", after, now, then))
    return Levers(rows=tuple(rows), linked=tuple(linked), combined=all_changes, after=after)


def _worth(base: Base, prepared: Prepared) -> Gain:
    """Return LTV, and its ratio to the CAC if there is one."""
    value, cac = value_by(prepared, base.method), prepared.inputs.get("cac")
    return value, value / cac if cac is not None and point(cac) > 0 else None


def _minus(gain: Gain, subtracted: Gain) -> Gain:
    ratios = gain[1], subtracted[1]
    if ratios[0] is None or ratios[1] is None:
        return gain[0] - subtracted[0], None
    return gain[0] - subtracted[0], ratios[0] - ratios[1]


def _row(lever: str, change: str, economics: Economics, now: Gain, then: Gain) -> Row:
    best = next(method for method in economics.methods if method.method == economics.verdict.method)
    verdict, payback = economics.verdict, economics.payback_verdict
    return {
        "lever": lever,
        "change": change or None,
        "ltv": best.ltv,
        "ltv_low": best.low,
        "ltv_high": best.high,
        "ltv_to_cac": verdict.ltv_to_cac,
        "ltv_to_cac_low": verdict.low,
        "ltv_to_cac_high": verdict.high,
        "payback": payback.payback,
        "payback_observed": payback.payback_observed,
        "grade": verdict.grade,
        "upper_bound": verdict.upper_bound,
        **_gains(_minus(then, now)),
    }


def _gains(gain: Gain) -> Row:
    return {**with_interval("gain", gain[0]), **with_interval("ratio_gain", gain[1])}


def methods(before: Economics, after: Economics) -> tuple[Row, ...]:
    """List the value by every method, before and after all changes."""
    then = {method.method: method for method in after.methods}
    first = before.verdict.method
    return tuple(
        _method(method, then.get(method.method))
        for method in sorted(before.methods, key=lambda method: method.method != first)
    )


def _method(valuation: Valuation, then: Valuation | None) -> Row:
    return {
        "method": valuation.method,
        "horizon": valuation.horizon,
        "ltv": valuation.ltv,
        "ltv_low": valuation.low,
        "ltv_high": valuation.high,
        "ltv_after": then.ltv if then else None,
        "ltv_after_low": then.low if then else None,
        "ltv_after_high": then.high if then else None,
        "ltv_to_cac": valuation.ltv_to_cac,
        "ltv_to_cac_after": then.ltv_to_cac if then else None,
        "grade": valuation.grade,
        "after_grade": then.grade if then else None,
        "upper_bound": valuation.upper_bound,
        "after_upper_bound": then.upper_bound if then else None,
    }
