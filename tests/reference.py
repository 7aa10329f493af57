"""The figures of METRICS once more, from a plain list of orders: slow, short and independent.

Shares no code with ltvcli. Money is Decimal until it is divided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import expm1, floor, inf, log1p

from msgspec import Struct

DAYS = 30.436875


class Order(Struct, frozen=True):
    customer: str
    day: date
    amount: Decimal
    cost: Decimal | None = None
    counted: bool = True
    segment: str | None = None
    serve: Decimal | None = None


def lapse_days(orders: Sequence[Order]) -> float:
    days = defaultdict(set)
    for one in orders:
        if one.counted:
            days[one.customer].add(one.day)
    gaps = []
    for seen in days.values():
        ordered = sorted(seen)
        gaps += [(b - a).days for a, b in pairwise(ordered)]
    return min(max(sorted(gaps)[-(-9 * len(gaps) // 10) - 1], 30.0), 365.0) if gaps else 365.0


def default_horizon(watched: Sequence[int]) -> int:
    """The largest step that enough of all customers were watched for; 0 if there is none."""
    everyone = len(watched)
    enough = 100 if everyone >= 300 else min(30, everyone)
    steps = [1, 2, 3, 6, 12, 18, 24, 36]
    reached = {step: sum(months >= step for months in watched) for step in steps}
    return max((s for s in steps if reached[s] >= max(enough, everyone / 20)), default=0)


def survival_area(lives: Sequence[tuple[float, bool]], start: float, end: float) -> float:
    """Area under the Kaplan-Meier curve between two moments, step by step."""
    area, height, since = 0.0, 1.0, 0.0
    for moment in [*sorted({life for life, ended in lives if ended}), inf]:
        area += height * max(0.0, min(moment, end) - max(since, start))
        at_risk = sum(life >= moment for life, _ in lives)
        if at_risk:
            height *= 1 - sum(ended and life == moment for life, ended in lives) / at_risk
        since = moment
    return area


def per_month(revenue: float, exposure: float, lapses: float, customers: int) -> dict[str, float]:
    """Return revenue and churn per month of activity, as far as they are known."""
    churn = lapses / exposure if lapses else 3 / exposure
    found = {"churn": churn} if lapses or churn < 1 else {}
    if exposure * DAYS >= 28 * customers:  # a month of activity of an average customer
        found["arpu"] = revenue / exposure
    return found


def figures(
    orders: Sequence[Order],
    as_of: date,
    *,
    margin: float | None = None,
    retention_cost: float = 0.0,
    discount: float = 0.0,
    horizon: int | None = None,
    lapse_after_days: float | None = None,
) -> dict[str, float]:
    counted = [one for one in orders if one.counted]
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    count: dict[str, int] = defaultdict(int)
    for one in counted:
        first[one.customer] = min(first.get(one.customer, one.day), one.day)
        last[one.customer] = max(last.get(one.customer, one.day), one.day)
        count[one.customer] += 1
    watched = {who: floor(((as_of - day).days + 1) / DAYS) for who, day in first.items()}
    lapse = lapse_days(orders) if lapse_after_days is None else lapse_after_days
    lives = []
    for who, began in first.items():
        ended = (as_of - last[who]).days > lapse
        active = (last[who] - began).days + lapse if ended else (as_of - began).days + 1
        lives.append((active / DAYS, ended))
    revenue = sum((one.amount for one in orders), Decimal(0))
    exposure = sum(life for life, _ in lives)
    lapses = sum(ended for _, ended in lives)
    costed = [one for one in orders if one.cost is not None]
    costed_revenue = sum((one.amount for one in costed), Decimal(0))
    if margin is None:
        margin = 1.0
        if costed_revenue > 0:
            margin = float(1 - sum((one.cost for one in costed), Decimal(0)) / costed_revenue)
    horizon = default_horizon(list(watched.values())) if horizon is None else horizon

    brought, ordered = [0.0] * horizon, [0.0] * horizon
    for one in orders:
        if one.customer not in first:
            continue
        age = floor(max((one.day - first[one.customer]).days, 0) / DAYS)
        if age < horizon and age < watched[one.customer]:
            at_age = sum(w > age for w in watched.values())
            brought[age] += float(one.amount) / at_age
            ordered[age] += one.counted / at_age
    active = [survival_area(lives, age, age + 1) for age in range(horizon)]
    monthly = expm1(log1p(discount) / 12)
    old = [who for who, months in watched.items() if months >= 12]
    found = {
        "customers": len(first),
        "orders": len(counted),
        "net_revenue": float(revenue),
        "aov": float(revenue / len(counted)),
        "lapse_after": lapse / DAYS,
        "margin": margin,
        "horizon": horizon,
    }
    if old:
        found["repeat_rate"] = sum(count[who] > 1 for who in old) / len(old)
    found |= per_month(float(revenue), exposure, lapses, len(first))
    if {"arpu", "churn"} <= found.keys():
        found["arpu-churn"] = found["arpu"] * margin * (1 + monthly) / (found["churn"] + monthly)
    if horizon:
        found["lifespan"] = sum(active)
        found["orders_per_customer"] = sum(ordered)
        found["frequency"] = 12 * sum(ordered) / sum(active)
        found["basic"] = found["aov"] * margin * sum(ordered)
        found["ec"] = found["basic"] - retention_cost * sum(active) / 12
        found["observed"] = sum(
            (brought[age] * margin - retention_cost / 12 * active[age]) / (1 + monthly) ** age
            for age in range(horizon)
        )
    return found
