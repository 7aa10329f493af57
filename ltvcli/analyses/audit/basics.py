"""Recurring revenue, churn, lifespan and CAC, derived from other claims."""

from __future__ import annotations

from ltvcli.analyses.audit.derivations import Known, Route
from ltvcli.analyses.audit.interval_arithmetic import Span, divided, hull, range_of
from ltvcli.formulas import pitch as formulas
from ltvcli.language import N_
from ltvcli.units import MONTHS_PER_YEAR

PAID = N_("spend / paid customers")


def recurring(known: Known) -> None:
    """Derive MRR and ARR: a year is twelve months, and MRR is that of all customers."""
    mrr, arr, arpu, customers = (known.get(key) for key in ("mrr", "arr", "arpu", "customers"))
    if known.claimed("mrr"):
        by_year = range_of(lambda month: MONTHS_PER_YEAR * month, mrr)
        known.add(Route(claim="arr", source="12 x mrr", derived=by_year))
    elif known.claimed("arr"):
        by_twelve = range_of(lambda year: year / MONTHS_PER_YEAR, arr)
        known.add(Route(claim="mrr", source="arr / 12", derived=by_twelve))
    elif known.claimed("arpu", "customers"):
        added = range_of(lambda each, number: each * number, arpu, customers)
        known.add(Route(claim="mrr", source="arpu x customers", derived=added))


def revenue_of_one(known: Known) -> None:
    """Derive ARPU from MRR and customers, or from orders."""
    mrr, customers = known.get("mrr"), known.get("customers")
    if known.claimed("customers") and (known.claimed("mrr") or known.claimed("arr")):
        share = range_of(divided, mrr, customers)
        known.add(Route(claim="arpu", source="mrr / customers", derived=share))
    if known.claimed("aov", "frequency"):
        aov, frequency = known.get("aov"), known.get("frequency")
        ordered = range_of(lambda each, number: each * number / MONTHS_PER_YEAR, aov, frequency)
        known.add(Route(claim="arpu", source="aov x frequency / 12", derived=ordered))


def churn(known: Known) -> None:
    """Derive churn: a year's churn is that of twelve months in a row, or 12 x churn."""
    if known.claimed("churn"):
        span = known.get("churn")
        by_twelve = range_of(lambda rate: min(1.0, MONTHS_PER_YEAR * rate), span)
        by_year = hull(range_of(formulas.yearly, span), by_twelve)
        known.add(Route(claim="churn_yearly", source="1 - (1 - churn)^12", derived=by_year))
    elif known.claimed("churn_yearly"):
        monthly = by_month(known.get("churn_yearly"))
        known.add(Route(claim="churn", source="1 - (1 - churn_yearly)^(1/12)", derived=monthly))
    elif known.claimed("logo_churn"):
        known.spans["churn"] = known.get("logo_churn")


def lifespan(known: Known) -> None:
    """Derive the lifespan, 1 / churn on average; an LTV may count fewer months, but not more."""
    if not known.has("churn"):
        return
    span = known.get("churn")
    stay = _stay(span)
    mistakes = {"yearly": _stay(by_month(span))} if known.claimed("churn") else {}
    if known.claimed("lifespan"):
        stay = Span(0.0, stay.value, stay.high)
    known.add(
        Route(claim="lifespan", source="1 / churn", derived=stay, otherwise=mistakes, uncapped=True)
    )


def cac(known: Known) -> None:
    """Derive CAC, blended or of the customers who are not organic."""
    if not known.claimed("spend", "new_customers"):
        return
    spend, new, organic = (known.get(key) for key in ("spend", "new_customers", "organic_share"))
    blended = range_of(divided, spend, new)
    if organic.value == 0:
        known.add(Route(claim="cac", source="spend / new_customers", derived=blended))
        return
    paid = range_of(
        lambda spent, number, free: divided(spent, number * (1 - free)), spend, new, organic
    )
    known.add(Route(claim="cac", source=PAID, derived=paid, otherwise={"blended": blended}))


def by_month(yearly: Span) -> Span:
    """Convert a yearly churn to a monthly one, compounding or simply divided by twelve."""
    by_twelve = range_of(lambda rate: rate / MONTHS_PER_YEAR, yearly)
    return hull(range_of(formulas.monthly, yearly), by_twelve)


def _stay(churn: Span) -> Span:
    return range_of(lambda rate: divided(1.0, rate), churn)
