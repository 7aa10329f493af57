"""Where cash is lowest, when it is back, and how fast growth may be that pays for itself."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.analyses.valuation.estimates import point
from ltvcli.analyses.whatif.cash import Course
from ltvcli.formulas import cash
from ltvcli.results import Row
from ltvcli.units import Money, Rate


def of_customer(what: str, course: Course) -> Row:
    """Say it of one customer."""
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
    """Say it of all customers that a month's spend wins."""
    cac = point(course.cac)
    one = of_customer(what, course)
    scaled = {key: float(one[key] or 0.0) * spend / cac for key in ("lowest", "left")}
    return {**one, **scaled, "spend": spend}


def of_growth(
    course: Course, spend: Money, rate: Rate, rows: Sequence[Row], *, steady: bool
) -> Row:
    """Say it of growing from a standing start; lowest is after the spend of a month.

    `need` is what a month takes of cash per unit of its spend once growth has lasted as long as
    customers are followed; below 0 it leaves cash over. Unless `steady`, as the CAC rises with
    spend, it never comes to that.
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
