"""A meeting-notes service's subscriptions, as Stripe exports them: newest first, times in UTC.

A change of plan ends one subscription and starts another in the same minute. Who cancels stays to
the end of the paid period: `Canceled At` is when they asked, `Ended At` when they were gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from buyers import DAY, LAST_DAY, arrivals, happens, pick

FIRST_DAY = date(2024, 5, 1)  # the service opens
NOW = datetime.combine(LAST_DAY, time(23, 59))  # the file is written

HEADER = (
    "id,Customer ID,Customer Name,Customer Email,Plan price ID,Amount,Currency,Interval,Status,"
    "Cancellation Reason,Created (UTC),Start (UTC),Current Period Start (UTC),"
    "Current Period End (UTC),Trial Start (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC)"
)
COLUMNS = HEADER.split(",")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan and who takes it: the truth that `ltv` has to find in the export."""

    price: int  # dollars a month; a year costs ten
    share: float  # of the new customers
    yearly: float  # of those, who pay by the year
    staying: int  # the chance to leave in a month is Beta(1, staying) over customers


# Every customer has a chance to leave of their own, the least of `staying` draws between 0 and 1:
# of those who pay by the month, staying / (staying + t) are left after t months.
PLANS = {
    "starter": Plan(price=29, share=0.55, yearly=0.15, staying=9),
    "team": Plan(price=99, share=0.33, yearly=0.30, staying=19),
    "business": Plan(price=299, share=0.12, yearly=0.50, staying=39),
}
SIZES = list(PLANS)
STAYING_YEARS = 5  # the same for who pays by the year: a sixth leaves after the first

TRIAL, TRIAL_DAYS, CONVERTS = 0.7, 14, 0.6  # of who pays by the month; of who tries
UP, DOWN, TO_YEARLY = 0.014, 0.006, 0.008  # changes a month; in a yearly plan, times six a year
FAILED = 0.25  # of who leaves: the card is refused, nobody asked
PAST_DUE_DAYS, UNPAID_DAYS = 14, 30  # after this long unpaid; after this long cancelled
RETURNS = 0.09  # of who has left, after 1 to 9 months

NAMES = "Alder Birch Cedar Dune Ember Fjord Grove Harbor Inlet Juniper Kelp Larch Meadow Nettle"
TRADES = "Architects Bakery Clinic Design Films Foods Games Labs Legal Press Studio Supply Travel"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One customer, and their own chances to leave at the end of a month or a year."""

    customer: str
    name: str
    email: str
    leaves_month: float
    leaves_year: float


@dataclass(frozen=True, slots=True)
class Subscription:
    """One row of the export."""

    by: Subscriber
    size: str
    yearly: bool
    created: datetime
    trial_end: datetime | None = None
    status: str = "active"
    reason: str = ""
    period: int = 0  # the number of the current one
    asked: datetime | None = None
    ended: datetime | None = None

    def turn(self, period: int) -> datetime:
        """When a period begins: on the day of the month on which the first one did."""
        return _later(self.trial_end or self.created, period * (12 if self.yearly else 1))


def rows(rng: Random) -> list[str]:
    """Write the whole export, line by line, newest subscription first."""
    found = [
        subscription
        for number, day in enumerate(arrivals(rng, 17, 1.1, [1.0] * 12, FIRST_DAY))
        for subscription in _history(rng, number, day)
    ]
    found.sort(key=lambda one: (one.created, one.by.customer), reverse=True)
    return [HEADER, *(_line(rng, one) for one in found)]


def _history(rng: Random, number: int, day: date) -> Iterator[Subscription]:
    """Follow one customer through plans, breaks and returns."""
    size = pick(rng, {name: plan.share for name, plan in PLANS.items()})
    yearly = happens(rng, PLANS[size].yearly)
    by = _subscriber(rng, number, PLANS[size].staying)
    first = Subscription(by, size, yearly, _moment(rng, day))
    if not yearly and happens(rng, TRIAL):
        first = replace(first, trial_end=first.created + TRIAL_DAYS * DAY)
        if first.trial_end > NOW:
            yield replace(first, status="trialing")
            return
        if not happens(rng, CONVERTS):
            yield _cancelled(first, 0, _between(rng, first.created, first.trial_end))
            return
    running: Subscription | None = first
    while running:
        last, running = _lived(rng, running)
        yield last
        if running is None and last.ended and happens(rng, RETURNS):
            back = last.ended + rng.randrange(30, 270) * DAY
            running = replace(first, created=back, trial_end=None) if back < NOW else None


def _lived(rng: Random, one: Subscription) -> tuple[Subscription, Subscription | None]:
    """Follow a subscription to its end or to the day of the export, and give what follows it."""
    leaves, often = (one.by.leaves_year, 6) if one.yearly else (one.by.leaves_month, 1)
    period = 0
    while one.turn(period) <= NOW:
        start, end = one.turn(period), one.turn(period + 1)
        changed = _changed(rng, one, often)
        if changed:
            moment = _between(rng, start, end)
            if moment < NOW:
                last = replace(one, status="canceled", period=period, asked=moment, ended=moment)
                return last, replace(changed, created=moment, trial_end=None)
        elif happens(rng, leaves):
            if happens(rng, FAILED):
                return _failed(one, period), None
            return _cancelled(one, period, _between(rng, start, end)), None
        period += 1
    return replace(one, period=period - 1), None


def _changed(rng: Random, one: Subscription, often: int) -> Subscription | None:
    """Draw whether the plan is changed within a period, and to which."""
    at = SIZES.index(one.size)
    up, down = UP * often, DOWN * often
    stays = 1 - up - down - TO_YEARLY
    change = pick(rng, {"": stays, "up": up, "down": down, "yearly": TO_YEARLY})
    if change == "up" and at + 1 < len(SIZES):
        return replace(one, size=SIZES[at + 1])
    if change == "down" and at > 0:
        return replace(one, size=SIZES[at - 1])
    if change == "yearly" and not one.yearly:
        return replace(one, yearly=True)
    return None


def _cancelled(one: Subscription, period: int, asked: datetime) -> Subscription:
    """Cancel a period, or the trial before the first, at its end; as known at the export."""
    end = one.turn(period + 1)
    if one.trial_end and asked < one.trial_end:
        end = one.trial_end
    if asked > NOW:
        return replace(one, period=period)
    known = replace(one, period=period, asked=asked, reason="cancellation_requested")
    return known if end > NOW else replace(known, status="canceled", ended=end)


def _failed(one: Subscription, period: int) -> Subscription:
    """Let the payment for the period after this one fail; as known at the export."""
    due = one.turn(period + 1)
    if due > NOW:
        return replace(one, period=period)
    late = replace(one, period=period + 1)
    if due + PAST_DUE_DAYS * DAY > NOW:
        return replace(late, status="past_due")
    end = due + UNPAID_DAYS * DAY
    if end > NOW:
        return replace(late, status="unpaid")
    return replace(late, status="canceled", reason="payment_failed", asked=end, ended=end)


def _subscriber(rng: Random, number: int, staying: int) -> Subscriber:
    first, trade = rng.choice(NAMES.split()), rng.choice(TRADES.split())
    return Subscriber(
        customer=_id(rng, "cus"),
        name=f"{first} {trade} {number + 1}",
        email=f"billing@{first}-{trade}-{number + 1}.example.com".lower(),
        leaves_month=min(rng.random() for _ in range(staying)),
        leaves_year=min(rng.random() for _ in range(STAYING_YEARS)),
    )


def _line(rng: Random, one: Subscription) -> str:
    in_trial = bool(one.trial_end and one.asked and one.asked < one.trial_end)
    in_trial = in_trial or one.status == "trialing"
    plan = PLANS[one.size]
    cells = {
        "id": _id(rng, "sub"),
        "Customer ID": one.by.customer,
        "Customer Name": one.by.name,
        "Customer Email": one.by.email,
        "Plan price ID": f"{one.size}-{'yearly' if one.yearly else 'monthly'}",
        "Amount": f"{plan.price * (10 if one.yearly else 1)}.00",
        "Currency": "usd",
        "Interval": "year" if one.yearly else "month",
        "Status": one.status,
        "Cancellation Reason": one.reason,
        "Created (UTC)": _stamp(one.created),
        "Start (UTC)": _stamp(one.created),
        "Current Period Start (UTC)": _stamp(one.created if in_trial else one.turn(one.period)),
        "Current Period End (UTC)": _stamp(one.trial_end if in_trial else one.turn(one.period + 1)),
        "Trial Start (UTC)": _stamp(one.created if one.trial_end else None),
        "Trial End (UTC)": _stamp(one.trial_end),
        "Canceled At (UTC)": _stamp(one.asked),
        "Ended At (UTC)": _stamp(one.ended),
    }
    return ",".join(cells[column] for column in COLUMNS)


def _id(rng: Random, kind: str) -> str:
    return f"{kind}_{''.join(rng.choice(LETTERS) for _ in range(14))}"


def _moment(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randrange(24), rng.randrange(59)))


def _between(rng: Random, start: datetime, end: datetime) -> datetime:
    minutes = int((end - start).total_seconds()) // 60
    return start + timedelta(minutes=1 + rng.randrange(minutes - 1))


def _later(moment: datetime, months: int) -> datetime:
    """Go months ahead; where the month is too short, to its last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1)


def _stamp(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
