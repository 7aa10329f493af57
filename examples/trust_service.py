"""A service for cleaning companies, in which one sales team begins to burn trust on a known day.

Deals, subscriptions, answers to a survey by Google Forms, cancellations, declined prospects and
spend: what `ltv scorecard` and `ltv bonus` have to find is written down here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from buyers import DAY, LAST_DAY, happens, pick

FIRST_DAY = date(2024, 7, 1)

# The truth. Every owner signs as many customers each month until the team "West" begins to press:
# from that day on it signs 80% more, each with two months at half price, promises what the service
# cannot do, and loses an eighth of these customers in each of their first four months.
TEAMS = {
    "North": ("Aiko", "Ben", "Carla", "Dmitri"),
    "South": ("Elif", "Femi", "Grace", "Hiro"),
    "West": ("Ines", "Jonas", "Kofi", "Lena"),
}
SIGNED_PER_MONTH = 6
PRESSING_TEAM, PRESSING_FROM = "West", date(2026, 4, 1)
PRESSED_PERCENT = 180
LEAVES, LEAVES_PRESSED, PRESSED_MONTHS = 0.02, 0.125, 4

CHANNELS = {"referral": 0.3, "search": 0.4, "events": 0.3}
COST = {"search": 380, "events": 520}
"""What a customer of a channel costs, in dollars."""
PLANS = {"solo": (60, 0.5), "crew": (140, 0.35), "fleet": (320, 0.15)}
"""Dollars a month, and the share of new customers."""
COMMISSION_PERCENT = 10
FAILED = 0.2
"""Of those who leave: the card was refused, nobody asked."""

SURVEYED = (2, 5, 8)
"""Months in which all customers are asked, and November."""
ANSWERS, ANSWERS_BEFORE_LEAVING = 0.4, 0.15
"""Who leaves within three months answers less often, and gives less."""
LEAVING_WITHIN = 90
PRAISED_FROM = 7
SCORES = {10: 5.0, 9: 8.0, 8: 9.0, 7: 6.0, 6: 3.0, 5: 2.0, 4: 1.0, 3: 1.0}
SCORES_OF_LEAVERS = {9: 1.0, 8: 2.0, 7: 4.0, 6: 4.0, 5: 4.0, 3: 3.0, 2: 2.0, 0: 2.0}
SCORES_PRESSED = {8: 2.0, 7: 3.0, 6: 4.0, 5: 4.0, 4: 3.0, 2: 3.0, 1: 2.0, 0: 3.0}

FEEDBACK = {
    "too_expensive": 3.0,
    "switched_service": 2.0,
    "missing_features": 2.0,
    "unused": 2.0,
    "customer_service": 1.0,
}
FEEDBACK_PRESSED = {"missing_features": 5.0, "other": 4.0, "too_expensive": 2.0, "unused": 1.0}
SAYS = {
    "too_expensive": "The price went up when we added the second van.",
    "switched_service": "We moved to the tool our franchise prescribes.",
    "missing_features": "We were told that invoices in two languages were included. They are not.",
    "unused": "My crew never opened it.",
    "customer_service": "Nobody called back for a week; my number is {phone}.",
    "other": "I was promised a set-up on site. Please write to {email} about the refund.",
}
PRAISE = (
    "Rosters take me ten minutes now.",
    "Support answered within the hour.",
    "Good, but the map is slow on my phone.",
    "",
    "",
)
WORRY = (
    "Not what we were promised on the phone.",
    "Cannot print the week on one page.",
    "Ask {email}, she gave up on it.",
    "",
)
WHY_DECLINED = {
    "needs invoices in two languages": 4.0,
    "fewer than three crews": 3.0,
    "wants a set-up on site": 2.0,
}
FEW_CREWS = "fewer than three crews"
NEED_OF_DECLINED = {
    "needs invoices in two languages": "two languages",
    FEW_CREWS: "rosters",
    "wants a set-up on site": "set-up on site",
}
NEEDS = {"rosters": 6.0, "map": 3.4, "two languages": 0.3, "set-up on site": 0.3}
NEEDS_OF_LEAVERS = {"rosters": 3.0, "map": 2.0, "two languages": 3.0, "set-up on site": 2.0}
"""What a customer asked for before signing, of those who leave within half a year and of others."""
CREWS = {1: 0.5, 2: 1.0, 3: 2.0, 4: 2.0, 5: 2.0, 6: 1.5}
CREWS_OF_LEAVERS = {1: 5.0, 2: 3.0, 3: 1.0, 4: 0.5, 5: 0.5}
SOON, SEED_OF_NEEDS = 183, 7
DECLINED_PER_MONTH = 5

DEALS = "deal,customer,owner,team,signed,value,commission,channel,plan,need,crews"
SUBSCRIPTIONS = "customer_id,email,plan,monthly_amount,discount,start_date,end_date,status"
CANCELLATIONS = "customer,day,reason,feedback,comment"
DECLINED = "prospect,day,owner,reason,channel,plan,need,crews"
SURVEY = (
    "Timestamp,Email Address,"
    "How likely are you to recommend Brightcrew to a friend or colleague?,"
    "What is the main reason for your score?"
)


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer and the deal that won them; `end` is None while they stay."""

    number: int
    owner: str
    team: str
    signed: date
    channel: str
    plan: str
    pressed: bool
    end: date | None

    @property
    def id(self) -> str:
        """The customer's ID in all files but the survey."""
        return f"B{self.number:04}"

    @property
    def email(self) -> str:
        """The customer's address, which the survey has."""
        return f"office{self.number}@cleaners{self.number % 97}.example.com"

    def is_active(self, day: date) -> bool:
        """Whether the customer pays on a day."""
        return self.signed <= day and (self.end is None or day < self.end)


def customers(rng: Random) -> list[Customer]:
    """Draw all customers, the first signed first."""
    drawn: list[tuple[date, str, str, bool]] = []
    month = FIRST_DAY
    while month <= LAST_DAY:
        following = (month + 31 * DAY).replace(day=1)
        days = (following - month).days
        for team, owners in TEAMS.items():
            pressed = team == PRESSING_TEAM and month >= PRESSING_FROM
            for owner in owners:
                usual = SIGNED_PER_MONTH + rng.randrange(-2, 3)
                signed = usual * PRESSED_PERCENT // 100 if pressed else usual
                drawn += [
                    (month + rng.randrange(days) * DAY, owner, team, pressed) for _ in range(signed)
                ]
        month = following
    drawn.sort()
    return [
        Customer(
            number=number,
            owner=owner,
            team=team,
            signed=day,
            channel=pick(rng, CHANNELS),
            plan=pick(rng, {plan: share for plan, (_, share) in PLANS.items()}),
            pressed=pressed,
            end=_end(rng, day, pressed=pressed),
        )
        for number, (day, owner, team, pressed) in enumerate(drawn, 1)
    ]


def _end(rng: Random, day: date, *, pressed: bool) -> date | None:
    """Draw the day on which a customer leaves, at the end of a month of 30 days."""
    months = 0
    while day <= LAST_DAY:
        months += 1
        day += 30 * DAY
        if happens(rng, LEAVES_PRESSED if pressed and months <= PRESSED_MONTHS else LEAVES):
            return day if day <= LAST_DAY else None
    return None


def deals(drawn: Sequence[Customer]) -> Iterator[str]:
    """Write the deals as the CRM has them: one twice, and one whose customer is not billed yet."""
    yield DEALS
    rng = Random(SEED_OF_NEEDS)
    lines = [f"{_deal(customer)},{_known(rng, customer)}" for customer in drawn]
    lines.insert(len(lines) // 2, lines[len(lines) // 2])
    yield from lines
    number = f"{len(drawn) + 1:04}"
    yield f"D{number},B{number},Aiko,North,{LAST_DAY},720,72,search,solo,rosters,2"


def _known(rng: Random, customer: Customer) -> str:
    """Draw what a customer needed, and how many crews it had, from whether it left soon."""
    leaves = customer.end is not None and (customer.end - customer.signed).days <= SOON
    need = pick(rng, NEEDS_OF_LEAVERS if leaves else NEEDS)
    return f"{need},{pick(rng, CREWS_OF_LEAVERS if leaves else CREWS)}"


def _deal(customer: Customer) -> str:
    value = PLANS[customer.plan][0] * 12
    commission = value * COMMISSION_PERCENT // 100
    who = f"{customer.owner},{customer.team},{customer.signed}"
    what = f"{value},{commission},{customer.channel},{customer.plan}"
    return f"D{customer.number:04},{customer.id},{who},{what}"


def subscriptions(drawn: Sequence[Customer]) -> Iterator[str]:
    """Write what is billed: a pressed customer pays half for two months."""
    yield SUBSCRIPTIONS
    for customer in drawn:
        price = PLANS[customer.plan][0]
        full_from = customer.signed
        if customer.pressed:
            full_from = customer.signed + 60 * DAY
            first_end = full_from if customer.end is None else min(full_from, customer.end)
            yield _subscription(
                customer, price // 2, customer.signed, first_end if first_end <= LAST_DAY else None
            )
        if full_from <= LAST_DAY and (customer.end is None or full_from < customer.end):
            yield _subscription(customer, 0, full_from, customer.end)


def _subscription(customer: Customer, discount: int, start: date, end: date | None) -> str:
    status = "active" if end is None else "canceled"
    who, price = f"{customer.id},{customer.email},{customer.plan}", PLANS[customer.plan][0]
    return f"{who},{price}.00,{discount}.00,{start},{end or ''},{status}"


def survey(rng: Random, drawn: Sequence[Customer]) -> Iterator[str]:
    """Write the answers, as Google Forms collects them; a few answer twice."""
    yield SURVEY
    for day in _survey_days():
        rows = []
        for customer in drawn:
            if not customer.is_active(day):
                continue
            leaves = customer.end is not None and (customer.end - day).days <= LEAVING_WITHIN
            if not happens(rng, ANSWERS_BEFORE_LEAVING if leaves else ANSWERS):
                continue
            times = 2 if happens(rng, 0.02) else 1
            for _ in range(times):
                rows.append(_answer(rng, customer, day, leaves=leaves))
        yield from (line for _, line in sorted(rows))


def _survey_days() -> Iterator[date]:
    months = (*SURVEYED, 11)
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        for month in months:
            day = date(year, month, 10)
            if FIRST_DAY < day <= LAST_DAY:
                yield day


def _answer(rng: Random, customer: Customer, day: date, *, leaves: bool) -> tuple[datetime, str]:
    usual = SCORES_OF_LEAVERS if leaves else SCORES
    score = pick(rng, SCORES_PRESSED if customer.pressed else usual)
    moment = datetime.combine(
        day + rng.randrange(12) * DAY, time(7 + rng.randrange(13), rng.randrange(60), 5)
    )
    comment = rng.choice(PRAISE if score >= PRAISED_FROM else WORRY).format(email=customer.email)
    said = f'"{comment}"' if "," in comment else comment
    stamp = f"{moment.year}/{moment.month:02}/{moment.day:02} {moment:%H:%M:%S}"
    return moment, f"{stamp},{customer.email},{score},{said}"


def cancellations(rng: Random, drawn: Sequence[Customer]) -> Iterator[str]:
    """Write why customers left: some say so, of some the card failed."""
    yield CANCELLATIONS
    gone = [(customer.end, customer) for customer in drawn if customer.end]
    for end, customer in sorted(gone, key=lambda pair: (pair[0], pair[1].number)):
        if happens(rng, FAILED):
            yield f"{customer.id},{end},payment_failed,,"
            continue
        feedback = pick(rng, FEEDBACK_PRESSED if customer.pressed else FEEDBACK)
        comment = ""
        if happens(rng, 0.5):
            phone = f"555-01{rng.randrange(100):02}"
            comment = SAYS[feedback].format(phone=phone, email=customer.email)
        elif happens(rng, 0.3):
            feedback = ""
        asked = end - rng.randrange(1, 20) * DAY
        said = f'"{comment}"' if "," in comment else comment
        yield f"{customer.id},{asked},cancellation_requested,{feedback},{said}"


def declined(rng: Random) -> Iterator[str]:
    """Write the prospects that owners declined; the pressing team declines nobody any more."""
    yield DECLINED
    number, month = 0, FIRST_DAY
    while month <= LAST_DAY:
        following = (month + 31 * DAY).replace(day=1)
        days = (following - month).days
        for day in sorted(month + rng.randrange(days) * DAY for _ in range(DECLINED_PER_MONTH)):
            team = rng.choice(list(TEAMS))
            owner = rng.choice(TEAMS[team])
            if team == PRESSING_TEAM and day >= PRESSING_FROM:
                continue
            number += 1
            reason, channel = pick(rng, WHY_DECLINED), pick(rng, CHANNELS)
            plan = "solo" if happens(rng, 0.8) else "crew"
            crews = 1 + number % 2 if reason == FEW_CREWS else 1 + number % 5
            known = f"{plan},{NEED_OF_DECLINED[reason]},{crews}"
            yield f"P{number:04},{day},{owner},{reason},{channel},{known}"
        month = following


def spend_rows(drawn: Sequence[Customer]) -> Iterator[str]:
    """Write what was spent each month on the new customers of each channel."""
    won: dict[tuple[str, str], int] = {}
    for customer in drawn:
        if customer.channel in COST:
            key = (f"{customer.signed:%Y-%m}", customer.channel)
            won[key] = won.get(key, 0) + 1
    yield "Month,Channel,Spend"
    for (month, channel), count in sorted(won.items()):
        yield f"{month},{channel},{count * COST[channel]}.00"
