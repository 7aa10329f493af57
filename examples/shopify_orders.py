"""An online coffee roaster's orders, as Shopify exports them, plus cost and channel.

One row per line item; the rows after the first of an order repeat only the name, the e-mail, the
date and the line item. An empty text is written `""`, an unknown value as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from buyers import DAY, Habit, arrivals, happens, order_days, pick

HEADER = (
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,"
    "Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Cancelled at,"
    "Refunded Amount,Id,Tags,Source,Cost,Channel"
)
COLUMNS = HEADER.split(",")

# The truth: what brought a customer decides whether they come back. Those sent by a friend's
# e-mail and those who found the shop by themselves stay; the welcome discount on social media
# buys first orders, not customers.
CHANNELS = {
    "organic": Habit(share=0.30, stays=0.70, gap=55),
    "search": Habit(share=0.26, stays=0.56, gap=65),
    "social": Habit(share=0.30, stays=0.30, gap=75),
    "email": Habit(share=0.14, stays=0.80, gap=40),
}
SEASON = (0.85, 0.9, 0.95, 0.95, 1.0, 0.9, 0.8, 0.85, 1.0, 1.05, 1.35, 1.6)

# (name, price, cost of goods) in cents, and how often it is bought
BEANS = {
    ("House espresso, whole beans 12 oz", 1650, 690): 8.0,
    ("Ethiopia Guji, whole beans 12 oz", 2100, 1020): 5.0,
    ("Decaf, ground 12 oz", 1750, 760): 3.0,
    ("Subscription box, 3 bags", 4950, 2240): 3.0,
    ('Paper filters 4", pack of 100', 850, 240): 2.0,
    ("Stoneware mug", 1950, 720): 1.5,
    ("Pour-over kettle", 6900, 3350): 0.8,
    ("Hand grinder", 8900, 4600): 0.5,
}
FREE_SHIPPING, SHIPPING = 5000, 595
TAX_PERCENT = 7  # only within the shop's own state
FIRST_NAMES = "ada ben cleo dan eve finn gwen hal iris jon kim leo mia ned olga pat rae sam tess"
LAST_NAMES = "archer brook carter dale ellis frost grove hart ivey kerr lane marsh north oaks"


@dataclass(frozen=True, slots=True)
class Buyer:
    """One customer; a guest at the shop's counter leaves no e-mail."""

    email: str
    channel: str
    taxed: bool


def rows(rng: Random) -> list[str]:
    """Write the whole export, line by line, oldest order first."""
    visits: list[tuple[datetime, Buyer, bool]] = []
    for number, first in enumerate(arrivals(rng, 40, 2.6, SEASON)):
        channel = pick(rng, {name: habit.share for name, habit in CHANNELS.items()})
        buyer = Buyer(_email(rng, number), channel, happens(rng, 0.2))
        for day in order_days(rng, first, CHANNELS[channel], SEASON):
            visits.append((_moment(rng, day), buyer, day == first))
        if happens(rng, 0.08):
            visits.append((_moment(rng, first), Buyer("", "counter", taxed=True), False))
    visits.sort(key=lambda visit: (visit[0], visit[1].email))
    lines = [HEADER]
    for number, (moment, buyer, is_first) in enumerate(visits):
        lines += _order(rng, number, moment, buyer, is_first)
    return lines


def _order(rng: Random, number: int, moment: datetime, buyer: Buyer, is_first: bool) -> list[str]:
    basket = _basket(rng)
    code = "WELCOME20" if is_first and buyer.channel == "social" and happens(rng, 0.7) else ""
    before = sum(quantity * item[1] for item, quantity in basket)
    discount = before // 5 if code else 0
    subtotal = before - discount
    shipping = 0 if subtotal >= FREE_SHIPPING or not buyer.email else SHIPPING
    taxes = subtotal * TAX_PERCENT // 100 if buyer.taxed else 0
    total = subtotal + shipping + taxes
    status, refunded, cancelled = _outcome(rng, total, basket[-1][0][1])
    paid = "" if status in ("pending", "voided") else _stamp(moment)
    whole = {
        "Financial Status": status,
        "Paid at": paid,
        "Currency": "USD",
        "Subtotal": _money(subtotal),
        "Shipping": _money(shipping),
        "Taxes": _money(taxes),
        "Total": _money(total),
        "Discount Code": code or '""',
        "Discount Amount": _money(discount),
        "Cancelled at": _stamp(moment + timedelta(hours=2)) if cancelled else "",
        "Refunded Amount": _money(refunded),
        "Id": str(5_300_000_000_000 + 32_768 * number),
        "Tags": '""',
        "Source": "web" if buyer.email else "pos",
        "Cost": _money(sum(quantity * item[2] for item, quantity in basket)),
        "Channel": buyer.channel,
    }
    lines = []
    for (name, price, _cost), quantity in basket:
        cells = whole | {
            "Name": f"#{1001 + number}",
            "Email": buyer.email,
            "Created at": _stamp(moment),
            "Lineitem quantity": str(quantity),
            "Lineitem name": _quoted(name),
            "Lineitem price": _money(price),
        }
        lines.append(",".join(cells.get(column, "") for column in COLUMNS))
        whole = {}  # the rows that follow leave the order's own columns blank
    return lines


def _outcome(rng: Random, total: int, last_price: int) -> tuple[str, int, bool]:
    """Draw what became of the order: financial status, amount refunded, cancelled or not."""
    outcomes = {"paid": 95.0, "partially_refunded": 1.5, "refunded": 1.5, "voided": 1.0}
    status = pick(rng, outcomes | {"cancelled": 0.6, "pending": 0.4})
    if status == "cancelled":
        return "refunded", total, True
    refunds = {"partially_refunded": min(last_price, total // 2), "refunded": total}
    return status, refunds.get(status, 0), status == "voided"


def _basket(rng: Random) -> list[tuple[tuple[str, int, int], int]]:
    items = {pick(rng, BEANS): 1 for _ in range(pick(rng, {1: 6.0, 2: 3.0, 3: 1.0}))}
    return [(item, 2 if happens(rng, 0.15) else 1) for item in items]


def _email(rng: Random, number: int) -> str:
    first, last = rng.choice(FIRST_NAMES.split()), rng.choice(LAST_NAMES.split())
    return f"{first}.{last}{number}@example.com"


def _moment(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randrange(7, 23), rng.randrange(60), rng.randrange(60)))


def _stamp(moment: datetime) -> str:
    """Write the shop's local time with its offset: New York, with daylight saving time."""
    year = moment.year
    summer = _sunday(date(year, 3, 8)) <= moment.date() < _sunday(date(year, 11, 1))
    return f"{moment:%Y-%m-%d %H:%M:%S} {'-0400' if summer else '-0500'}"


def _sunday(day: date) -> date:
    """Find the first Sunday on or after a day; offsets change at two in the morning of one."""
    return day + (6 - day.weekday()) * DAY


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _quoted(text: str) -> str:
    if '"' in text or "," in text:
        return '"' + text.replace('"', '""') + '"'
    return text
