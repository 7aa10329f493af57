"""Lowest cash, break-even, and the growth that pays for itself."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.whatif.cash import Course
from ltvcli.formulas import cash
from ltvcli.results import Row
from ltvcli.units import Money, Rate


def of_customer(what: str, course: Course) -> Row:
    """Return lowest cash and break-even of one customer."""
    points = course.points
    lowest, month = cash.deepest(points)
    return {
        "what": what,
        "spend": None,
        "growth": None,
        "lowest": lowest,
        "lowest_month": month,
        "back_after": cash.turns(points),
        "months": len(course.monthly),
        "left": points[-1],
        "need": None,
        "self_funding": cash.fastest(point(course.cac), course.brought),
    }


def of_spend(what: str, course: Course, spend: Money) -> Row:
    """Return lowest cash and break-even of the customers of a month's spend.

    Args:
        what: name of the row.
        course: cash flow of one customer.
        spend: of the month.
    """
    cac = point(course.cac)
    customer = of_customer(what, course)
    scaled = {key: float(customer[key] or 0.0) * spend / cac for key in ("lowest", "left")}
    return {**customer, **scaled, "spend": spend}


def of_growth(
    course: Course, spend: Money, rate: Rate, rows: Sequence[Row], *, steady: bool
) -> Row:
    """Return lowest cash and break-even of growth; lowest is after the spend of a month.

    `need` is the cash that a month needs per unit of its spend in steady growth; below 0 it
    produces cash.

    Args:
        course: cash flow of one customer.
        spend: of the first month.
        rate: growth of spend, per month.
        rows: the table `growth`.
        steady: whether CAC does not rise with spend, so that growth becomes steady.
    """
    lows = [float(row["lowest"] or 0.0) for row in rows]
    ends = [float(row["cash"] or 0.0) for row in rows]
    lowest = min(lows)
    month = lows.index(lowest) + 1
    back = next((n + 1 for n, end in enumerate(ends) if n + 1 >= month and end >= 0), None)
    return {
        "what": "growth",
        "spend": spend,
        "growth": rate,
        "lowest": lowest,
        "lowest_month": month,
        "back_after": back,
        "months": len(rows),
        "left": ends[-1],
        "need": cash.need(rate, point(course.cac), course.brought) if steady else None,
        "self_funding": cash.fastest(point(course.cac), course.brought) if steady else None,
    }
