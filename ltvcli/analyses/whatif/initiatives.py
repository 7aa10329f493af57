"""Which initiative first: what it is expected to bring after its cost.

impact       what it brings to the whole base if it works (`base_gain`): customers active now bring
             more from then on, up to the horizon; and of the customers won over the next 12 months,
             those won once it works bring more, net of their CAC
feasibility  how likely it works
efficiency   the share of that which its cost leaves

Their product is what it is expected to bring after its cost, in money: the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.valuation.inputs import Prepared, ready
from ltvcli.analyses.whatif import cash, curves
from ltvcli.analyses.whatif.reach import People
from ltvcli.analyses.whatif.scenario import Base, Scenario, scenario, told, worth
from ltvcli.formulas import Value
from ltvcli.language import N_
from ltvcli.results import Row
from ltvcli.settings.plans import Initiative
from ltvcli.units import MONTHS_PER_YEAR, monthly_from_yearly

RESTS_ON = {
    "churn": N_("those kept bring what those who stayed brought"),
    "lifespan": N_("those kept bring what those who stayed brought"),
    "aov": N_("orders stay as many"),
    "frequency": N_("orders stay as large"),
    "arpu": N_("nobody leaves over it"),
    "margin": N_("sales stay the same"),
    "cac": N_("customers won for less are worth the same"),
    "retention_cost": N_("nobody leaves over it"),
    "budget": N_("more customers are there to be won, and worth the same"),
}
"""What has to hold for a lever to bring what it says, unless an elasticity says otherwise."""


def priorities(base: Base, planned: Sequence[Initiative], people: People | None) -> tuple[Row, ...]:
    """Rank initiatives, the best first; without customers to count, by gain per customer.

    Raises:
        UsageError: an initiative changes what is not known or has no say here.
    """
    rows = [_row(base, initiative, people) for initiative in planned]
    return tuple(sorted(rows, key=_rank))


def _rank(row: Row) -> tuple[bool, float]:
    score = row["score"]
    return score is None, -float(row["net_gain"] or 0.0 if score is None else score)


def _row(base: Base, initiative: Initiative, people: People | None) -> Row:
    then = scenario(base, [initiative.change], name=f"{initiative.name}: {initiative.change.lever}")
    gain = worth(then.found, base.method) - worth(base.found, base.method)
    net = gain - _cac(then.found) + _cac(base.found)
    active = _of_active(base.found, then.found, people, initiative.months) if people else None
    new = _of_new(base, then, people, initiative.months)
    parts = [part for part in (active, new) if part is not None]
    whole = sum(parts[1:], parts[0]) if parts else None
    expected = None if whole is None else initiative.probability * point(whole)
    score = None if expected is None else expected - initiative.cost
    each = initiative.probability * point(net)
    return {
        "name": initiative.name,
        "lever": initiative.change.lever,
        "change": initiative.change.text,
        "score": score,
        **told("ltv_gain", gain),
        "net_gain": point(net),
        "active_gain": None if active is None else point(active),
        "new_gain": None if new is None else point(new),
        **told("base_gain", whole),
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
    """Return the extra value of customers of the next 12 months, less CAC, once it works.

    As many are won as now; a budget wins as many as the CAC lets it.
    """
    cac = _cac(base.found)
    pace = people.pace if people else None
    if pace is None and base.budget is not None and point(cac) > 0:
        pace = base.budget / point(cac)
    if pace is None:
        return None
    more: Value = 1.0
    if "budget" in then.ratios:
        more = then.ratios["budget"]
        if point(cac) > 0:
            more = more * cac / _cac(then.found)
    now = worth(base.found, base.method) - cac
    later = worth(then.found, base.method) - _cac(then.found)
    working = max(0.0, MONTHS_PER_YEAR - months)
    return pace * working * (later * more - now)


def _of_active(now: Prepared, then: Prepared, people: People, months: float) -> Value | None:
    """What customers active now bring more from when it works on, up to the horizon: `(1 + G,)`.

    Who is at age x is still active at a later age y with chance S(y) / S(x), and brings from there
    on what is left of the curve over S(y). The month they are in counts as gone.
    """
    if now.measured is None or then.measured is None:
        return None
    horizon = now.measured.by_age.horizon
    there = curves.still_active(now.measured.by_age, horizon)
    ahead_now, ahead_then = _ahead(now, horizon), _ahead(then, horizon)
    discount = monthly_from_yearly(ready(now)["discount"])
    total: Value = np.zeros(len(there))
    with np.errstate(divide="ignore", invalid="ignore"):
        for age, customers in enumerate(people.active[:horizon]):
            start = age + 1 + ceil(months)
            if start >= horizon or customers == 0:
                continue
            stay = np.where(there[:, age] > 0, there[:, start] / there[:, age], 0.0)
            more = (ahead_then[start] - ahead_now[start]) * (1 + discount) ** (age - start)
            total = total + customers * stay * more
    return total


def _ahead(prepared: Prepared, horizon: int) -> list[Value]:
    """What a customer active at age 0, 1, ... still brings up to the horizon, discounted to then.

    Nothing is known of an age that nobody reached: nothing is counted there.
    """
    assert prepared.measured is not None
    discount = monthly_from_yearly(ready(prepared)["discount"])
    there = curves.still_active(prepared.measured.by_age, horizon)
    ahead: list[Value] = [0.0] * (horizon + 1)
    rest: Value = 0.0
    brought = cash.monthly(prepared)
    for age in reversed(range(horizon)):
        rest = brought[age] + rest / (1 + discount)
        with np.errstate(divide="ignore", invalid="ignore"):
            ahead[age] = np.where(there[:, age] > 0, rest / there[:, age], 0.0)
    return ahead
