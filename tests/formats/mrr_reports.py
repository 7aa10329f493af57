"""A small SaaS for formats to write: three months, two plans, two conventions."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ltvcli.results.mrr import Comparison, Month, MrrReport, PlanMonth
from tests.formats.reports import ORDERS

JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))

FIRST = Month(
    month=JAN,
    complete=True,
    opening=0.0,
    new=1100.5,
    expansion=0.0,
    contraction=0.0,
    churn=0.0,
    reactivation=0.0,
    closing=1100.5,
    customers_opening=0,
    customers_new=11,
    customers_churn=0,
    customers_reactivation=0,
    customers_closing=11,
    arpu=100.05,
    logo_churn=None,
    gross_mrr_churn=None,
    net_mrr_churn=None,
    grr=None,
    nrr=None,
    quick_ratio=None,
)
SECOND = Month(
    month=FEB,
    complete=True,
    opening=1100.5,
    new=500.0,
    expansion=120.0,
    contraction=20.5,
    churn=200.0,
    reactivation=0.0,
    closing=1500.0,
    customers_opening=11,
    customers_new=5,
    customers_churn=2,
    customers_reactivation=0,
    customers_closing=14,
    arpu=107.14,
    logo_churn=0.1818,
    gross_mrr_churn=0.2004,
    net_mrr_churn=0.0913,
    grr=0.7996,
    nrr=0.9087,
    quick_ratio=2.81,
)
THIRD = replace(
    SECOND,
    month=MAR,
    complete=False,
    opening=1500.0,
    new=0.0,
    expansion=0.0,
    contraction=0.0,
    churn=100.0,
    reactivation=50.0,
    closing=1450.0,
    customers_opening=14,
    customers_new=0,
    customers_churn=1,
    customers_reactivation=1,
    customers_closing=14,
    arpu=103.57,
    logo_churn=None,
    gross_mrr_churn=None,
    net_mrr_churn=None,
    grr=None,
    nrr=None,
    quick_ratio=None,
)


def plan(name: str | None, closing: float, month: date = FEB, **moved: Any) -> PlanMonth:
    """One month of a plan; what it closes at was there already, unless it moved."""
    movements = {"new": 0.0, "expansion": 0.0, "contraction": 0.0, "churn": 0.0}
    movements |= {"reactivation": 0.0, "moved_in": 0.0, "moved_out": 0.0} | moved
    won = sum(movements[key] for key in ("new", "expansion", "reactivation", "moved_in"))
    lost = sum(movements[key] for key in ("contraction", "churn", "moved_out"))
    return PlanMonth(
        month=month,
        complete=month != MAR,
        plan=name,
        opening=closing - won + lost,
        closing=closing,
        customers_closing=3,
        **movements,
    )


PLANS = (
    plan("basic", 600.5, JAN, new=600.5),
    plan("pro", 500.0, JAN, new=500.0),
    plan("basic", 300.0, FEB, moved_out=100.0, churn=200.5),
    plan("pro", 1200.0, FEB, moved_in=100.0, new=500.0, expansion=120.0, contraction=20.0),
)
COMPARISONS = (
    Comparison(convention="standard", key="mrr", value=1500.0, difference=0.0, because=None),
    Comparison(convention="standard", key="logo_churn", value=0.18, difference=0.0, because=None),
    Comparison(convention="standard", key="churn", value=200.0, difference=0.0, because=None),
    Comparison(convention="stripe", key="mrr", value=1400.0, difference=-100.0, because=None),
    Comparison(
        convention="stripe", key="mrr", value=1400.0, difference=-100.0, because="cancel-date"
    ),
    Comparison(convention="stripe", key="logo_churn", value=0.2, difference=0.02, because=None),
    Comparison(
        convention="stripe", key="logo_churn", value=0.21, difference=0.03, because="cancel-date"
    ),
    Comparison(
        convention="stripe", key="logo_churn", value=0.17, difference=-0.01, because="denominator"
    ),
    Comparison(convention="stripe", key="churn", value=300.0, difference=100.0, because=None),
    Comparison(
        convention="stripe", key="churn", value=300.0, difference=100.0, because="cancel-date"
    ),
)


def saas(**changes: Any) -> MrrReport:
    """What `ltv mrr subscriptions.csv` found; `changes` beat what stands here."""
    report: dict[str, Any] = {
        "command": "mrr",
        "version": "0.1.0",
        "as_of": date(2026, 2, 28),
        "currency": "USD",
        "inputs": (replace(ORDERS, path="subscriptions.csv", kind="subscriptions"),),
        "given": {},
        "convention": "standard",
        "months": (FIRST, SECOND),
    }
    return MrrReport(**report | changes)


def partial() -> MrrReport:
    return saas(as_of=date(2026, 3, 10), months=(FIRST, SECOND, THIRD))


def compared() -> MrrReport:
    return saas(comparisons=COMPARISONS, compared=(FEB, FEB))
