"""Effects of changes, the most important levers, and the first action: `ltv whatif`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.analyses.acquisition.estimates import with_costs
from ltvcli.analyses.calc.answer import Economics, value_and_grade
from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.inputs import measured, prepare
from ltvcli.analyses.valuation.measured import Measured
from ltvcli.analyses.whatif import cash, cash_lows, sensitivity, sentences
from ltvcli.analyses.whatif import tables as what_if_tables
from ltvcli.analyses.whatif.cash import Course
from ltvcli.analyses.whatif.initiatives import priorities
from ltvcli.analyses.whatif.reach import people
from ltvcli.analyses.whatif.scenario import Base
from ltvcli.analyses.whatif.tables import Levers
from ltvcli.errors import NothingToChangeError
from ltvcli.results import Row, Sentence, Statement
from ltvcli.results.acquisition import Acquisition
from ltvcli.settings.origins import override

if TYPE_CHECKING:
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.settings.assumptions import Assumptions
    from ltvcli.settings.changes import Change
    from ltvcli.settings.plans import Plans

Tables = dict[str, tuple[Row, ...]]


class WhatIf(Struct, frozen=True, kw_only=True):
    """The answer: values before and after the changes, and their consequences."""

    before: Economics
    after: Economics
    says: tuple[Statement, ...]
    terms: tuple[Sentence, ...]
    tables: Mapping[str, tuple[Row, ...]]


def answer(
    settings: Assumptions,
    facts: Facts | Subscriptions | None,
    changes: Sequence[Change],
    plans: Plans,
    acquisition: Acquisition | None = None,
) -> WhatIf:
    """Apply changes separately and combined, with sensitivity, break-even, cash and initiatives.

    Args:
        settings: assumptions and given numbers, before the changes.
        facts: sums over orders or subscriptions; None starts from given numbers alone.
        changes: at most one per lever.
        plans: elasticities and initiatives.
        acquisition: CAC from spend, if spend was read.

    Raises:
        UsageError: a change of an unknown figure, with a different start than the data, or to an
            impossible value.
        UnansweredError: no customer was observed for a whole month.
    """
    begun = settings if facts else _started(settings, changes, None)
    seen = with_costs(measured(begun, facts), acquisition)
    settings = _started(settings, changes, seen)
    prepared = prepare(settings, seen)
    before = value_and_grade(prepared)
    if before.horizon == 0:
        raise NothingToChangeError
    reached = people(facts) if facts else None
    cac = prepared.inputs.get("cac")
    budget = settings.budget
    if budget is None and cac is not None and reached and reached.pace:
        budget = point(cac) * reached.pace
    base = Base(
        prepared=prepared, method=before.verdict.method, budget=budget, links=plans.elasticities
    )
    levers = what_if_tables.levers(base, before, changes)
    tables: Tables = {"levers": levers.rows}
    if levers.linked:
        tables["linked"] = levers.linked
    tables["sensitivity"] = sensitivity.tornado(base)
    tables["breakeven"] = sensitivity.breakeven(base) if _graded(before) else ()
    tables |= _of_cash(base, levers, settings.growth, bool(changes))
    tables["priorities"] = priorities(base, plans.initiatives, reached)
    tables["methods"] = what_if_tables.methods(before, levers.after)
    return WhatIf(
        before=before,
        after=levers.after,
        says=sentences.statements(before, levers.after, tables, bool(changes)),
        terms=sentences.terms(before, facts.as_of if facts else None, reached),
        tables=tables,
    )


def _started(
    settings: Assumptions, changes: Sequence[Change], seen: Measured | None
) -> Assumptions:
    """Take the starts of changes as given, unless measured; contradictions are checked later."""
    begun: dict[str, Any] = {}
    for change in changes:
        if change.start is not None and (seen is None or change.lever not in seen.values):
            begun[change.lever] = change.start
    return override(settings, **begun)


def _graded(economics: Economics) -> bool:
    return economics.verdict.grade != "unknown"


def _of_cash(base: Base, levers: Levers, rate: float | None, changed: bool) -> Tables:
    """Project cash: of a customer, of a month's spend, and of growth."""
    before = cash.course(base.prepared, base.method)
    if before is None:
        return {}
    then = levers.combined
    after: Course | None = cash.course(then.prepared, base.method) if changed else None
    spend, spent = base.budget, cash.spent(base, then)
    lows = [cash_lows.of_customer("customer", before)]
    if after:
        lows.append(cash_lows.of_customer("customer_after", after))
    if spend and point(before.cac) > 0:
        lows.append(cash_lows.of_spend("spend", before, spend))
    if spent and after and point(after.cac) > 0:
        lows.append(cash_lows.of_spend("spend_after", after, spent))
    tables: Tables = {"cash": tuple(cash.table(before, after, spend, spent))}
    last, out = after or before, (spent if after else spend) or point((after or before).cac)
    if rate is not None and out > 0:
        answers = base.links.get("cac", {}).get("budget", 0.0)
        rows = tables["growth"] = cash.growth(last, out, rate, answers)
        if rows:
            lows.append(cash_lows.of_growth(last, out, rate, rows, steady=answers == 0))
    return {**tables, "lows": tuple(lows)}
