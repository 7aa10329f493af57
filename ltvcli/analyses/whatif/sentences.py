"""Sentences of `ltv whatif`: LTV before and after, both grades, break-even, cash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ltvcli import methods, registry
from ltvcli.analyses.calc.answer import Economics
from ltvcli.analyses.valuation import verdict as verdict_words
from ltvcli.analyses.whatif.reach import People
from ltvcli.formulas.bands import LTV_TO_CAC, band
from ltvcli.language import N_
from ltvcli.results import (
    Fact,
    Grade,
    Interval,
    PaybackVerdict,
    Quantity,
    Row,
    Sentence,
    Statement,
    Verdict,
)
from ltvcli.results.whatif import BETTER_GRADE, BREAK_EVEN, CASH, LABELS, PAYBACK, PAYBACK_AFTER
from ltvcli.units import Unit, unit_of

Tables = Mapping[str, Sequence[Row]]
FEW = 10
"""Below this, a part of a customer a month is worth saying."""


def statements(
    before: Economics, after: Economics, tables: Tables, changed: bool
) -> tuple[Statement, ...]:
    """Return the statements, the headline first.

    Args:
        before: values before the changes.
        after: values after the changes.
        tables: of the answer.
        changed: whether there are changes.
    """
    return (
        Statement(says=_headline(tables["levers"], changed)),
        *_verdicts(before, after, changed),
        *_edges(before, tables["breakeven"], changed),
        *_cash(tables.get("lows", ())),
    )


def terms(economics: Economics, as_of: date | None, reached: People | None) -> tuple[Sentence, ...]:
    """Return the basis of the figures.

    Args:
        economics: values before the changes.
        as_of: cut-off date of the data; None without data.
        reached: customers that a change would reach; None without data.
    """
    member = registry.load(methods, economics.verdict.method)
    conditions = [
        Sentence(
            N_("gross-margin basis, before CAC")
            if economics.basis == "margin"
            else N_("revenue basis (no margin applied), before CAC")
        )
    ]
    if economics.horizon:
        conditions.append(Sentence(N_("{n}-month LTV"), {"n": economics.horizon}))
    conditions.append(Sentence(N_("method: {method}"), {"method": member.ABOUT.label}))
    if as_of:
        conditions.append(Sentence(N_("data through {day}"), {"day": as_of}))
    if reached:
        active = Quantity(float(reached.active.sum()), Unit.COUNT)
        conditions.append(Sentence(N_("{n} active {n:customer|customers}"), {"n": active}))
    if reached and reached.pace is not None:
        pace = Quantity(reached.pace, Unit.COUNT if reached.pace >= FEW else Unit.RATIO)
        conditions.append(Sentence(N_("{n} new {n:customer|customers} per month"), {"n": pace}))
    return tuple(conditions)


def _headline(levers: Sequence[Row], changed: bool) -> Sentence:
    first, last = levers[0], levers[-1]
    facts: dict[str, Fact] = {"ltv": _money(first["ltv"]), "after": _money(last["ltv"])}
    if not changed:
        return Sentence(N_("LTV {ltv} per customer"), facts)
    gain = float(last["gain"] or 0.0)
    if gain == 0:
        stays: dict[str, Fact] = {"ltv": facts["ltv"]}
        before, then = first["ltv_to_cac"], last["ltv_to_cac"]
        if before is None or then is None:
            return Sentence(N_("LTV stays {ltv} per customer"), stays)
        stays["before"] = Quantity(float(before), Unit.RATIO)
        stays["then"] = Quantity(float(then), Unit.RATIO)
        text = N_("LTV stays {ltv} per customer; LTV/CAC {before} → {then}")
        return Sentence(text, stays)
    facts["gain"] = _money(abs(gain))
    if last["gain_low"] is None or last["gain_high"] is None:
        text = (
            N_("LTV {ltv} → {after} per customer: {gain} more")
            if gain >= 0
            else N_("LTV {ltv} → {after} per customer: {gain} less")
        )
        return Sentence(text, facts)
    ends = sorted(abs(float(last[key] or 0.0)) for key in ("gain_low", "gain_high"))
    facts["interval"] = Interval(ends[0], ends[1], Unit.MONEY, abs(gain))
    sure = float(last["gain_low"]) * float(last["gain_high"]) >= 0
    if not sure:
        text = N_(
            "LTV {ltv} → {after} per customer: the data does not show whether that is more or less"
        )
    elif gain >= 0:
        text = N_("LTV {ltv} → {after} per customer: {gain} more (95% CI {interval})")
    else:
        text = N_("LTV {ltv} → {after} per customer: {gain} less (95% CI {interval})")
    return Sentence(text, facts)


def _verdicts(before: Economics, after: Economics, changed: bool) -> Iterator[Statement]:
    """Describe the grades as calc does; one that stays the same is described once."""
    for pair, labels in (
        (
            (before.verdict, after.verdict),
            (N_("LTV/CAC"), N_("LTV/CAC now"), N_("LTV/CAC after")),
        ),
        (
            (before.payback_verdict, after.payback_verdict),
            (PAYBACK, N_("Payback now"), PAYBACK_AFTER),
        ),
    ):
        now, then = pair
        if not changed or now.says == then.says:
            yield _verdict(labels[0], now)
            continue
        yield _verdict(labels[1], now)
        yield _verdict(labels[2], then)


def _verdict(label: str, verdict: Verdict | PaybackVerdict) -> Statement:
    return Statement(
        label=label, says=verdict.says, grade=verdict.grade, upper_bound=verdict.upper_bound
    )


def _edges(before: Economics, rows: Sequence[Row], changed: bool) -> Iterator[Statement]:
    """Describe the nearest values at which the grade gets worse and better, before the changes."""
    ratio = before.verdict.ltv_to_cac
    if ratio is None or not rows or before.verdict.upper_bound:
        return
    grades = list(Grade)
    now = grades[len(LTV_TO_CAC) - band(ratio)]
    known = [row for row in rows if row["value"] is not None]
    worse = [row for row in known if grades.index(Grade(str(row["grade"]))) > grades.index(now)]
    better = [row for row in known if grades.index(Grade(str(row["grade"]))) < grades.index(now)]
    for candidates, up, down, label in (
        (
            worse,
            N_("drops to {grade} if {lever} rises above {value}"),
            N_("drops to {grade} if {lever} falls below {value}"),
            N_("Break-even now") if changed else BREAK_EVEN,
        ),
        (
            better,
            N_("{grade} if {lever} rises to {value}, all else equal"),
            N_("{grade} if {lever} falls to {value}, all else equal"),
            N_("Better grade now") if changed else BETTER_GRADE,
        ),
    ):
        if not candidates:
            continue
        row = min(candidates, key=lambda row: float(row["distance"] or 0.0))
        facts: dict[str, Fact] = {
            "now": verdict_words.HEAD[now],
            "lever": LABELS[str(row["lever"])],
            "value": Quantity(float(row["value"] or 0.0), unit_of(str(row["unit"]))),
            "grade": verdict_words.HEAD[Grade(str(row["grade"]))],
        }
        yield Statement(label=label, says=Sentence(up if row["side"] == "up" else down, facts))


def _cash(lows: Sequence[Row]) -> Iterator[Statement]:
    """Describe the break-even of a customer, and the cash that growth needs."""
    named = {str(row["what"]): row for row in lows}
    span = named.get("customer_after") or named.get("customer")
    if span is None:
        return
    facts: dict[str, Fact] = {
        "lowest": _money(span["lowest"]),
        "left": _money(abs(float(span["left"] or 0.0))),
        "months": Quantity(float(span["months"] or 0.0), Unit.COUNT),
    }
    if span["back_after"] is not None:
        facts["back"] = Quantity(float(span["back_after"]), Unit.COUNT)
        text = N_("lowest {lowest}; break-even in month {back}; {left} by month {months}")
    else:
        text = N_("lowest {lowest}; {left} not yet recovered by month {months}")
    yield Statement(label=CASH, says=Sentence(text, facts))
    grown = named.get("growth")
    if grown is None:
        return
    facts = {
        "rate": Quantity(float(grown["growth"] or 0.0), Unit.RATE),
        "spend": _money(grown["spend"]),
        "lowest": _money(grown["lowest"]),
        "month": Quantity(float(grown["lowest_month"] or 0.0), Unit.COUNT),
        "months": Quantity(float(grown["months"] or 0.0), Unit.COUNT),
    }
    if grown["back_after"] is not None:
        facts["back"] = Quantity(float(grown["back_after"]), Unit.COUNT)
        text = N_(
            "spend of {spend}, growing {rate} per month: lowest cash {lowest} in month {month}; "
            "break-even in month {back}"
        )
    else:
        text = N_(
            "spend of {spend}, growing {rate} per month: lowest cash {lowest} in month {month}; "
            "not yet recovered by month {months}"
        )
    yield Statement(label=N_("Growth"), says=Sentence(text, facts))


def _money(value: object) -> Fact:
    return Quantity(float(value), Unit.MONEY) if isinstance(value, (int, float)) else "–"
