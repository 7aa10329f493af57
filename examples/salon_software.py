"""A made-up company that sells booking software to salons, gyms and clinics by the month.

What the data hides: a practice of one or two people that a cold call won with a large discount
leaves within months; a practice of ten or more with an onboarding call stays for years. A practice
that takes bookings in its first weeks stays longer than others of its kind.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FIRST, LAST = date(2024, 7, 1), date(2026, 10, 31)
CUSTOMERS = 2400
CHANNELS = {"referral": -0.7, "search": 0.0, "event": -0.2, "cold call": 0.8}
INDUSTRIES = {"salon": 0.2, "gym": 0.0, "clinic": -0.5, "studio": 0.3}
OWNERS = ("Aoki", "Bauer", "Costa", "Dubois")
PRICES = {"solo": 29, "team": 79, "chain": 199}
REASONS = ("too expensive", "missing features", "switched", "closed business")
EVENTS = {
    "booking made": 0.1,
    "report opened": 0.03,
    "theme changed": 0.0004,
    "API key made": 0.0002,
}
"""Events of a usual practice on a day."""
HALF_YEAR, VISITORS = 183, 0.05
TOUGH = 10
"""Employees from which on customers hardly leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What is known of a practice when it signs, and when it left; None if it stays."""

    number: int
    signed: date
    channel: str
    owner: str
    industry: str
    employees: int
    plan: str
    discount: int
    onboarding: bool
    age: int
    left: date | None
    reason: str


def practices(random: Random, count: int = CUSTOMERS) -> list[Practice]:
    """Draw practices in the order in which they signed."""
    days = sorted(random.randrange((LAST - FIRST).days - 60) for _ in range(count))
    return [_practice(random, number, FIRST + timedelta(day)) for number, day in enumerate(days, 1)]


def log_odds(practice: Practice) -> float:
    """Return the log-odds that a practice leaves in a month of its first half year."""
    size = practice.employees
    fits = {"solo": size <= 3, "team": 3 <= size <= 15, "chain": size >= 12}[practice.plan]
    return (
        -3.4
        + CHANNELS[practice.channel]
        + INDUSTRIES[practice.industry]
        + (0.9 if size <= 2 else -1.1 if size >= TOUGH else 0.0)
        + (0.9 if practice.discount >= 30 else 0.0)
        + (0.0 if practice.onboarding else 0.6)
        + (0.0 if fits else 0.9)
    )


def _practice(random: Random, number: int, signed: date) -> Practice:
    employees = max(1, min(60, round(math.exp(random.gauss(1.5, 0.9)))))
    wanted = "solo" if employees <= 3 else "team" if employees < 14 else "chain"
    practice = Practice(
        number=number,
        signed=signed,
        channel=random.choices(list(CHANNELS), [3, 4, 1, 3])[0],
        owner=random.choice(OWNERS),
        industry=random.choices(list(INDUSTRIES), [4, 2, 2, 2])[0],
        employees=employees,
        plan=wanted if random.random() < 0.75 else random.choice(list(PRICES)),
        discount=random.choices([0, 10, 20, 30, 40], [5, 2, 2, 2, 1])[0],
        onboarding=random.random() < 0.6,
        age=round(random.uniform(22, 68)),
        left=None,
        reason="",
    )
    return _with_end(random, practice)


def _with_end(random: Random, practice: Practice) -> Practice:
    """Let months pass until the practice leaves, or the data ends."""
    from dataclasses import replace

    risk = log_odds(practice)
    for month in range(1, 40):
        end = practice.signed + timedelta(round(30.44 * month))
        if end > LAST:
            return practice
        later = 0.0 if month <= 6 else -1.2
        if random.random() < 1 / (1 + math.exp(-risk - later)):
            return replace(practice, left=end, reason=random.choice(REASONS))
    return practice


def customer_rows(made: list[Practice]) -> Iterator[str]:
    """Yield a row per customer."""
    yield (
        "customer_id,name,signed,channel,industry,employees,plan,discount,onboarding_call,"
        "owner_age,cancel_reason,churned"
    )
    for p in made:
        yield (
            f"P{p.number:04},Practice {p.number},{p.signed},{p.channel},{p.industry},{p.employees},"
            f"{p.plan},{p.discount}%,{'yes' if p.onboarding else 'no'},{p.age},{p.reason},"
            f"{int(p.left is not None)}"
        )


def subscription_rows(made: list[Practice]) -> Iterator[str]:
    """Yield a row per subscription, at the price after the discount."""
    yield "customer_id,plan,start_date,end_date,mrr,currency"
    for p in made:
        price = PRICES[p.plan] * (100 - p.discount) / 100
        yield f"P{p.number:04},{p.plan},{p.signed},{p.left or ''},{price:.2f},USD"


def prospect_rows(random: Random, count: int = 40) -> Iterator[str]:
    """Yield a row per open deal; the last is unlike any customer."""
    yield "deal,owner,channel,industry,employees,plan,discount,onboarding_call,owner_age"
    for number in range(1, count + 1):
        p = _practice(random, number, LAST)
        employees = p.employees if number < count else 900
        yield (
            f"D{number:03},{p.owner},{p.channel},{p.industry},{employees},{p.plan},"
            f"{p.discount}%,{'yes' if p.onboarding else 'no'},{p.age}"
        )


def declined_rows(random: Random, count: int = 60) -> Iterator[str]:
    """Yield a row per prospect who was declined; Costa declines the small ones above all."""
    yield "prospect,day,owner,reason,channel,industry,employees,plan,discount,onboarding_call"
    number = 0
    while number < count:
        p = _practice(random, number, LAST)
        if p.owner == "Costa" and p.employees > 3:
            continue
        number += 1
        day = LAST - timedelta(random.randrange(180))
        yield (
            f"N{number:03},{day},{p.owner},no fit,{p.channel},{p.industry},{p.employees},{p.plan},"
            f"{p.discount}%,{'yes' if p.onboarding else 'no'}"
        )


def event_rows(random: Random, made: list[Practice]) -> Iterator[str]:
    """Yield what practices did in their first 30 days, and a visitor now and then."""
    yield "user_id,timestamp,event"
    for p in made:
        stays = p.left is None or (p.left - p.signed).days > HALF_YEAR
        use = math.exp(random.gauss(0.35 if stays else -0.35, 0.8))
        did = [(random.randrange(3), "signed in")]
        if random.random() < use / (1 + use):
            did.append((random.randrange(21), "calendar connected"))
        for event, rate in EVENTS.items():
            chance = 1 - math.exp(-rate * (use if event == "booking made" else 1.0))
            did += [(day, event) for day in range(30) if random.random() < chance]
        for day, event in sorted(did):
            time = f"{random.randrange(8, 19):02}:{random.randrange(60):02}"
            yield f"P{p.number:04},{p.signed + timedelta(day)} {time},{event}"
        if random.random() < VISITORS:
            yield f",{p.signed} 12:00,signed in"
