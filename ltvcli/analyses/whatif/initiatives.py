"""Initiatives ranked by their expected gain after cost.

impact       gain over all customers if it works (`base_gain`): of customers active now, from then
on
             up to the horizon; and of the customers acquired while it works within the next 12
             months, net of their CAC
feasibility  probability that it works
efficiency   the share of the gain that remains after its cost

Their product is the expected gain after cost, in money: the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.inputs import Prepared, method_inputs
from ltvcli.analyses.whatif import cash, curves
from ltvcli.analyses.whatif.reach import People
from ltvcli.analyses.whatif.scenario import Base, Scenario, scenario, value_by, with_interval
from ltvcli.formulas import Value
from ltvcli.language import N_
from ltvcli.results import Row
from ltvcli.settings.plans import Initiative
from ltvcli.units import MONTHS_PER_YEAR, monthly_from_yearly

RESTS_ON = {
    "churn": N_("retained customers are assumed to behave like existing ones"),
    "lifespan": N_("retained customers are assumed to behave like existing ones"),
    "aov": N_("the number of orders stays the same"),
    "frequency": N_("order value stays the same"),
    "arpu": N_("no customer churns because of it"),
    "margin": N_("sales stay the same"),
    "cac": N_("customers acquired at lower cost have the same value"),
    "retention_cost": N_("no customer churns because of it"),
    "budget": N_("more customers can be acquired, with the same value"),
}
"""What has to hold for a lever to bring what it says, unless an elasticity says otherwise."""


def priorities(base: Base, planned: Sequence[Initiative], people: People | None) -> tuple[Row, ...]:
    """Rank initiatives, the best first; by gain per customer if their number is not known.

    Args:
        base: values before the changes.
        planned: the initiatives.
        people: customers that initiatives reach; None if their number is not known.

    Raises:
        UsageError: an initiative changes a figure that is not known or not used.
    """
    rows = [_row(base, initiative, people) for initiative in planned]
    return tuple(sorted(rows, key=_rank))


def _rank(row: Row) -> tuple[bool, float]:
    score = row["score"]
    return score is None, -float(row["net_gain"] or 0.0 if score is None else score)


def _row(base: Base, initiative: Initiative, people: People | None) -> Row:
    then = scenario(base, [initiative.change], name=f"{initiative.name}: {initiative.change.lever}")
    gain = value_by(then.prepared, base.method) - value_by(base.prepared, base.method)
    net = gain - _cac(then.prepared) + _cac(base.prepared)
    active = _of_active(base.prepared, then.prepared, people, initiative.months) if people else None
    new = _of_new(base, then, people, initiative.months)
    parts = [gained for gained in (active, new) if gained is not None]
    total = sum(parts[1:], parts[0]) if parts else None
    expected = None if total is None else initiative.probability * point(total)
    score = None if expected is None else expected - initiative.cost
    each = initiative.probability * point(net)
    return {
        "name": initiative.name,
        "lever": initiative.change.lever,
        "change": initiative.change.text,
        "score": score,
        **with_interval("ltv_gain", gain),
        "net_gain": point(net),
        "active_gain": None if active is None else point(active),
        "new_gain": None if new is None else point(new),
        **with_interval("base_gain", total),
        "probability": initiative.probability,
        "feasibility": initiative.rated,
        "months": initiative.months,
        "cost": initiative.cost,
        "roi": score / initiative.cost if score is not None and initiative.cost > 0 else None,
        "customers_needed": initiative.cost / each if each > 0 else None,
        "rests_on": RESTS_ON[initiative.change.lever],
    }


def _cac(prepared: Prepared) -> Value:
    cac: Value = prepared.inputs.get("cac", 0.0)
    return cac


def _of_new(base: Base, then: Scenario, people: People | None, months: float) -> Value | None:
    """Return the extra value, less CAC, of customers acquired in 12 months while it works.

    Their number is as now, or follows from a changed budget and the CAC.
    """
    cac = _cac(base.prepared)
    pace = people.pace if people else None
    if pace is None and base.budget is not None and point(cac) > 0:
        pace = base.budget / point(cac)
    if pace is None:
        return None
    more: Value = 1.0
    if "budget" in then.ratios:
        more = then.ratios["budget"]
        if point(cac) > 0:
            more = more * cac / _cac(then.prepared)
    now = value_by(base.prepared, base.method) - cac
    later = value_by(then.prepared, base.method) - _cac(then.prepared)
    working = max(0.0, MONTHS_PER_YEAR - months)
    return pace * working * (later * more - now)


def _of_active(now: Prepared, then: Prepared, people: People, months: float) -> Value | None:
    """Return the extra value of customers active now while it works, up to the horizon: `(1 + G,)`.

    A customer at age x is still active at a later age y with probability S(y) / S(x), and brings
    from then on the remainder of the curve over S(y). The current month is not counted.
    """
    if now.measured is None or then.measured is None:
        return None
    horizon = now.measured.by_age.horizon
    active_share = curves.still_active(now.measured.by_age, horizon)
    remaining_now, remaining_then = _remaining(now, horizon), _remaining(then, horizon)
    discount = monthly_from_yearly(method_inputs(now)["discount"])
    total: Value = np.zeros(len(active_share))
    with np.errstate(divide="ignore", invalid="ignore"):
        for age, customers in enumerate(people.active[:horizon]):
            start = age + 1 + ceil(months)
            if start >= horizon or customers == 0:
                continue
            stay = np.where(
                active_share[:, age] > 0, active_share[:, start] / active_share[:, age], 0.0
            )
            more = (remaining_then[start] - remaining_now[start]) * (1 + discount) ** (age - start)
            total = total + customers * stay * more
    return total


def _remaining(prepared: Prepared, horizon: int) -> list[Value]:
    """Return the remaining value up to the horizon of a customer active at age 0, 1, ...

    It is discounted to that age, and 0 at ages that nobody reached.
    """
    assert prepared.measured is not None
    discount = monthly_from_yearly(method_inputs(prepared)["discount"])
    active_share = curves.still_active(prepared.measured.by_age, horizon)
    remaining: list[Value] = [0.0] * (horizon + 1)
    rest: Value = 0.0
    brought = cash.monthly(prepared)
    for age in reversed(range(horizon)):
        rest = brought[age] + rest / (1 + discount)
        with np.errstate(divide="ignore", invalid="ignore"):
            remaining[age] = np.where(active_share[:, age] > 0, rest / active_share[:, age], 0.0)
    return remaining
