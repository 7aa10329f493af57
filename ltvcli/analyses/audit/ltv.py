"""LTV, LTV/CAC and payback, derived from other claims, and the margin that they require."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from msgspec.structs import replace

from ltvcli.analyses.audit.basics import by_month
from ltvcli.analyses.audit.derivations import WHOLE, Known, Route
from ltvcli.analyses.audit.interval_arithmetic import Span, divided, hull, range_of
from ltvcli.formulas import pitch as formulas
from ltvcli.formulas.lifetime_value import fixed_life
from ltvcli.units import MONTHS_PER_YEAR, monthly_from_yearly


def ltv(known: Known) -> None:
    """Derive LTV: monthly margin times months; without a claimed margin, at most all revenue.

    The margin is applied only if LTV is not claimed in revenue.
    """
    if not known.has("arpu", "lifespan"):
        return
    months, mistakes = _months(known)
    monthly = "arpu" if known.claimed("arpu") else known.source("arpu")
    counted = "x lifespan" if known.claimed("lifespan") else "/ churn"
    cost = known.get("retention_cost")

    def worth(margin: Span, stay: Span) -> Span:
        return range_of(_worth, known.get("arpu"), margin, stay, cost)

    revenue = worth(WHOLE, months)
    derived, taken, left_out = revenue, "", None
    margin = WHOLE if known.in_revenue else known.get("margin", WHOLE)
    causes = {why: worth(margin, stay) for why, stay in mistakes.items()}
    if not known.in_revenue and known.claimed("margin"):
        derived, taken = worth(margin, months), " x margin"
        causes = {"revenue": revenue, **causes}
    elif not known.in_revenue:
        derived, taken, left_out = Span(0.0, *revenue[1:]), " x 100%", revenue.value
    known.add(
        Route(
            claim="ltv",
            source=f"{monthly}{taken} {counted}" + (" - retention_cost" if cost.value else ""),
            derived=derived,
            otherwise=causes,
            revenue=left_out,
            uncapped=not known.claimed("lifespan"),
        )
    )


def ltv_to_cac(known: Known) -> None:
    """Derive LTV/CAC from LTV in margin, or LTV from LTV/CAC if nothing else gives it."""
    if not known.has("cac"):
        return
    cac = known.get("cac")

    def ratio(worth: Span, margin: Span = WHOLE) -> Span:
        return range_of(
            lambda ltv_value, share, cost: divided(ltv_value * share, cost), worth, margin, cac
        )

    if not known.has("ltv"):
        if known.claimed("ltv_to_cac"):
            worth = range_of(lambda times, cost: times * cost, known.get("ltv_to_cac"), cac)
            known.add(Route(claim="ltv", source="ltv_to_cac x cac", derived=worth))
        return
    plain = ratio(known.get("ltv"))
    route = Route(claim="ltv_to_cac", source="ltv / cac", derived=plain)
    if known.in_revenue and known.claimed("margin"):
        in_margin = ratio(known.get("ltv"), known.get("margin"))
        route = replace(route, source="ltv x margin / cac", derived=in_margin,
                        otherwise={"revenue": plain})  # fmt: skip
    elif known.in_revenue:
        at_most = Span(0.0, *plain[1:])
        route = replace(route, source="ltv x 100% / cac", derived=at_most, revenue=plain.value)
    elif not known.claimed("ltv"):
        by = next(route for route in known.routes if route.claim == "ltv")
        route = replace(
            route,
            source=f"({by.source}) / cac",
            otherwise={why: ratio(span) for why, span in by.otherwise.items()},
            revenue=None if by.revenue is None else divided(by.revenue, cac.value),
            uncapped=by.uncapped,
        )
    known.add(route)


def payback(known: Known) -> None:
    """Derive payback: months of margin that return the CAC, with or without churn."""
    if not known.has("cac", "arpu"):
        return
    cac, arpu, cost = (known.get(key) for key in ("cac", "arpu", "retention_cost"))

    def months(margin: Span) -> Span:
        left = range_of(_worth, arpu, margin, WHOLE, cost)
        plain = range_of(lambda spent, each: divided(spent, max(each, 0.0)), cac, left)
        if not known.has("churn"):
            return plain
        return hull(plain, range_of(formulas.payback_of_leavers, cac, left, known.get("churn")))

    monthly = "arpu" if known.claimed("arpu") else f"({known.source('arpu')})"
    in_revenue = months(WHOLE)
    if known.claimed("margin"):
        derived, taken = months(known.get("margin")), "margin"
    else:
        derived, taken = Span(*in_revenue[:2], inf), "100%"
    known.add(
        Route(
            claim="payback",
            source=f"cac / ({monthly} x {taken})",
            derived=derived,
            otherwise={"revenue": in_revenue} if known.claimed("margin") else {},
        )
    )


def margin(known: Known) -> None:
    """Derive the margin that the LTV requires, if none is claimed and LTV is not revenue."""
    if known.claimed("margin") or known.in_revenue or not known.claimed("ltv"):
        return
    if known.has("arpu", "lifespan"):
        months, _ = _months(known)
        needed = range_of(_needed, known.get("ltv"), known.get("arpu"), months,
                      known.get("retention_cost"))  # fmt: skip
        by_lifespan = known.claimed("lifespan")
        source = "ltv / (arpu x lifespan)" if by_lifespan else "ltv x churn / arpu"
        known.routes.append(Route(claim="margin", source=source, derived=needed))


def _months(known: Known) -> tuple[Span, Mapping[str, Span]]:
    """Return the months that an LTV counts, and those it would count by a known mistake."""
    discount = range_of(monthly_from_yearly, known.get("discount"))
    churn = known.get("churn")
    if known.claimed("lifespan"):
        stay = range_of(_fixed, known.get("lifespan"), discount)
        if known.has("churn"):
            leave = range_of(formulas.months_paid, churn, known.get("lifespan"), discount)
            stay = hull(stay, leave)
        return stay, {}

    def paid(rate: Span) -> Span:
        return range_of(lambda c, d: formulas.months_paid(c, inf, d), rate, discount)

    mistakes = {}
    if known.claimed("churn"):
        mistakes["yearly"] = paid(by_month(churn))
    elif known.claimed("churn_yearly"):
        mistakes["monthly"] = paid(known.get("churn_yearly"))
    return paid(churn), mistakes


def _fixed(lifespan: float, discount: float) -> float:
    return float(fixed_life(1.0, 1.0, lifespan, discount))


def _worth(arpu: float, margin: float, months: float, retention_cost: float) -> float:
    left = arpu * margin - retention_cost / MONTHS_PER_YEAR
    return 0.0 if left == 0 else left * months


def _needed(ltv: float, arpu: float, months: float, retention_cost: float) -> float:
    return divided(divided(ltv, months) + retention_cost / MONTHS_PER_YEAR, arpu)
