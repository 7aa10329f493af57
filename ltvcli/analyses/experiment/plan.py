"""How many customers, and how long, it takes to see an effect: `ltv experiment --plan`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ltvcli.language import N_
from ltvcli.results import Fact, Quantity, Row, Sentence, Statement
from ltvcli.results.experiment import Plan
from ltvcli.stats.numerics.normal import Z_95
from ltvcli.units import DAYS_PER_MONTH, Unit

if TYPE_CHECKING:
    from ltvcli.facts.traffic import Traffic

EFFECTS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Relative effects that are shown beside the one that was asked for."""
ARMS = 2
Z_80 = 0.8416212335729143
"""Quantile of a power of 80%."""
LONGEST = 12.0
"""Months beyond which an experiment is not feasible."""
CAN = N_(
    "Your traffic can show an effect of {effect}: {n} customers per arm, {months} until all are "
    "observed"
)
CANNOT = N_(
    "Your traffic cannot show an effect of {effect} within 12 months: {n} customers per arm are "
    "required"
)
SMALLEST = N_(
    "The smallest effect that your traffic can show within 12 months is {effect} of the mean "
    "revenue per customer in {age} {age:day|days}"
)
NOTHING = N_("Your traffic cannot show any effect: no customer ordered within {age} {age:day|days}")


def per_arm(traffic: Traffic, effect: float) -> int:
    """Return the customers per arm that show a relative effect in four of five experiments.

    Twice the squared sum of the quantiles of 5% (two-sided) and 80%, times variance over the
    squared effect; variance is what the year before does not explain.

    Args:
        traffic: spread and mean of what customers bring.
        effect: relative to the mean, above 0.

    Source: Kohavi et al. (2014), rule 7: about 16 x variance / effect^2.
    """
    variance = traffic.variance * (1 - traffic.explained)
    size = ARMS * (Z_95 + Z_80) ** 2 * variance / (effect * traffic.mean) ** 2
    return max(math.ceil(size), ARMS)


def months(traffic: Traffic, customers: int, age: int) -> float | None:
    """Return the months needed to assign and observe so many customers; None if it is impossible.

    Args:
        traffic: customers who could be assigned now, and new ones per month.
        customers: in all arms.
        age: days that they are to be observed.
    """
    missing = max(customers - traffic.active, 0)
    if missing and not traffic.new_per_month:
        return None
    return age / DAYS_PER_MONTH + (missing / traffic.new_per_month if missing else 0.0)


def smallest(traffic: Traffic, age: int) -> float:
    """Return the smallest relative effect that is shown within 12 months."""
    left = max(LONGEST - age / DAYS_PER_MONTH, 0.0)
    customers = max((traffic.active + traffic.new_per_month * left) / ARMS, 1.0)
    variance = traffic.variance * (1 - traffic.explained)
    return math.sqrt(ARMS * variance / customers) * (Z_95 + Z_80) / traffic.mean


def plans(traffic: Traffic, asked: float | None, age: int) -> tuple[Plan, ...]:
    """Return the sizes needed to detect effects, from small to large; none without an outcome.

    Args:
        traffic: spread and customers.
        asked: effect that was asked for, if any.
        age: days that customers are to be observed.
    """
    if traffic.mean <= 0:
        return ()
    effects = sorted({*EFFECTS, *([asked] if asked else [])})
    made = []
    for effect in effects:
        size = per_arm(traffic, effect)
        duration = months(traffic, ARMS * size, age)
        made.append(
            Plan(
                effect=effect,
                customers_per_arm=size,
                months=duration,
                feasible=duration is not None and duration <= LONGEST,
                asked=effect == asked,
            )
        )
    return tuple(made)


def statements(traffic: Traffic, planned: Sequence[Plan], age: int) -> Iterator[Statement]:
    """Describe whether the traffic can show the effect, then the basis of this.

    Args:
        traffic: spread and customers.
        planned: what effects take.
        age: days that customers are to be observed.
    """
    if not planned:
        yield Statement(says=Sentence(NOTHING, {"age": age}))
        return
    least = Quantity(smallest(traffic, age), Unit.RATE)
    says = Sentence(SMALLEST, {"effect": least, "age": age})
    asked = next((plan for plan in planned if plan.asked), None)
    if asked is not None:
        facts: dict[str, Fact] = {
            "effect": Quantity(asked.effect, Unit.RATE),
            "n": Quantity(asked.customers_per_arm, Unit.COUNT),
        }
        yield Statement(
            says=Sentence(CAN, {**facts, "months": Quantity(asked.months or 0.0, Unit.MONTHS)})
            if asked.feasible
            else Sentence(CANNOT, facts)
        )
        yield Statement(label=N_("Smallest effect"), says=says)
    else:
        yield Statement(says=says)
    text = N_(
        "{n} {n:customer|customers} of the year before spent {mean} each (SD {sd}) in the last "
        "{age} {age:day|days}; their spending of the year before explains {share} of the "
        "variance"
    )
    spread: dict[str, Fact] = {
        "n": Quantity(traffic.customers, Unit.COUNT),
        "mean": Quantity(traffic.mean, Unit.MONEY),
        "sd": Quantity(math.sqrt(traffic.variance), Unit.MONEY),
        "age": age,
        "share": Quantity(traffic.explained, Unit.RATE),
    }
    yield Statement(label=N_("Spread"), says=Sentence(text, spread))
    text = N_(
        "{active} {active:customer|customers} of the last year can be assigned now, then {new} "
        "new {new:customer|customers} per month"
    )
    customers: dict[str, Fact] = {
        "active": Quantity(traffic.active, Unit.COUNT),
        "new": Quantity(traffic.new_per_month, Unit.COUNT),
    }
    yield Statement(label=N_("Customers to assign"), says=Sentence(text, customers))
    if traffic.skewness is not None:
        needed = math.ceil(355 * traffic.skewness**2)
        if needed > min(plan.customers_per_arm for plan in planned if plan.asked or not asked):
            text = N_(
                "a few large outcomes dominate the mean: below {n} customers per arm, coverage of "
                "intervals may be less than 95%"
            )
            heavy: dict[str, Fact] = {"n": Quantity(needed, Unit.COUNT)}
            yield Statement(label=N_("Heavy tails"), says=Sentence(text, heavy))


def rows(planned: Sequence[Plan]) -> tuple[Row, ...]:
    """Write the sizes needed to detect effects as rows of a table."""
    return tuple(
        {
            "effect": plan.effect,
            "customers_per_arm": plan.customers_per_arm,
            "months": plan.months,
            "feasible": plan.feasible,
            "asked": plan.asked,
        }
        for plan in planned
    )
