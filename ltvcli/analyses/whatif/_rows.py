"""Before and after: each lever alone, all together, and every method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ltvcli.analyses._values import estimate
from ltvcli.analyses.economics import Economics, concluded
from ltvcli.analyses.whatif._scenario import Base, Scenario, scenario, worth
from ltvcli.changes import Change
from ltvcli.formulas import Value
from ltvcli.results import Row, Source, Valuation

NONE, ALL, INTERACTION = "none", "all", "interaction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """The rows, and where all changes together lead."""

    rows: tuple[Row, ...]
    linked: tuple[Row, ...]
    together: Scenario
    after: Economics


def levers(base: Base, before: Economics, changes: Sequence[Change]) -> Levers:
    """Change each lever alone, then all together; what they do to one another is the interaction.

    `gain` is in lifetime value against how things are, its interval that of the difference: the
    same customers stand on both sides.
    """
    now = worth(base.found, base.method)
    rows = [_row(NONE, "", before, now, now)]
    linked: list[Row] = []
    alone: list[Value] = []
    for change in changes:
        one = scenario(base, [change])
        value = worth(one.found, base.method)
        alone.append(value - now)
        rows.append(_row(change.lever, change.text, concluded(one.found), now, value))
        linked += one.linked
    together = scenario(base, changes)
    after = concluded(together.found) if changes else before
    value = worth(together.found, base.method)
    if len(changes) > 1:
        rows.append(_gain(INTERACTION, "", value - now - sum(alone[1:], alone[0])))
    rows.append(_row(ALL, "", after, now, value))
    return Levers(rows=tuple(rows), linked=tuple(linked), together=together, after=after)


def _row(lever: str, change: str, found: Economics, now: Value, value: Value) -> Row:
    best = next(one for one in found.methods if one.method == found.verdict.method)
    verdict, payback = found.verdict, found.payback_verdict
    return {
        "lever": lever,
        "change": change or None,
        "ltv": best.ltv,
        "ltv_low": best.low,
        "ltv_high": best.high,
        **{key: one for key, one in _gain("", "", value - now).items() if key.startswith("gain")},
        "ltv_to_cac": verdict.ltv_to_cac,
        "ltv_to_cac_low": verdict.low,
        "ltv_to_cac_high": verdict.high,
        "payback": payback.payback,
        "payback_observed": payback.payback_observed,
        "grade": verdict.grade,
    }


def _gain(lever: str, change: str, value: Value) -> Row:
    gain = estimate(value, Source.MEASURED)
    return {
        "lever": lever,
        "change": change or None,
        "gain": gain.value if gain else None,
        "gain_low": gain.low if gain else None,
        "gain_high": gain.high if gain else None,
    }


def methods(before: Economics, after: Economics) -> tuple[Row, ...]:
    """List what every method says, as things are and with all changes."""
    then = {one.method: one for one in after.methods}
    first = before.verdict.method
    return tuple(
        _method(one, then.get(one.method))
        for one in sorted(before.methods, key=lambda one: one.method != first)
    )


def _method(one: Valuation, then: Valuation | None) -> Row:
    return {
        "method": one.method,
        "horizon": one.horizon,
        "ltv": one.ltv,
        "ltv_low": one.low,
        "ltv_high": one.high,
        "ltv_after": then.ltv if then else None,
        "ltv_after_low": then.low if then else None,
        "ltv_after_high": then.high if then else None,
        "ltv_to_cac": one.ltv_to_cac,
        "ltv_to_cac_after": then.ltv_to_cac if then else None,
        "grade": one.grade,
        "grade_after": then.grade if then else None,
    }
