"""Two reports made by hand: a shop's orders, and a few given numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from ltvcli import formats, registry
from ltvcli.language import N_
from ltvcli.results import (
    Estimate,
    Figures,
    Finding,
    Grade,
    InputFile,
    Interval,
    PaybackGrade,
    PaybackVerdict,
    Quantity,
    Report,
    Sentence,
    Severity,
    Source,
    Valuation,
    Verdict,
)
from ltvcli.units import Unit

TEXTS = tuple(name for name in registry.names(formats) if name != "xlsx")
"""Formats that write any report, as text."""


def measured(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


def given(value: float) -> Estimate:
    return Estimate(value=value, source=Source.GIVEN)


def assumed(value: float) -> Estimate:
    return Estimate(value=value, source=Source.ASSUMED)


def worth(method: str, ltv: float, low: float, high: float, horizon: int | None = 24) -> Valuation:
    ratio = ltv / 5000
    grade = Grade.HEALTHY if ratio >= 3 else Grade.IMPROVABLE
    return Valuation(
        method=method,
        ltv=ltv,
        low=low,
        high=high,
        ltv_net=ltv - 5000,
        ltv_to_cac=ratio,
        payback=10.25,
        grade=grade,
        horizon=horizon,
    )


ORDERS = InputFile(
    path="orders.csv",
    kind="orders",
    profile="shopify",
    sha256="ab" * 32,
    first=date(2024, 11, 1),
    last=date(2026, 10, 31),
    rows_read=12345,
    rows_used=11890,
    set_aside={"no-customer": 320, "cancelled": 120, "unpaid": 15},
    columns={"customer": "Email", "date": "Created at", "amount": "Total"},
    notes=(
        Sentence(
            "“{column}” is on one row of an order only: it was counted once per order.",
            {"column": "Total"},
        ),
    ),
)

FINDINGS = (
    Finding(
        check="first-month-crowded",
        severity=Severity.WARNING,
        says=Sentence(
            "{first} {first:customer|customers} look new in the first month, {usual} in a "
            "typical one: most were customers before the export begins, so the values are too "
            "high.",
            {"first": 900, "usual": 100},
        ),
        option="--new-since 2024-12-01",
    ),
    Finding(
        check="no-customer-revenue",
        severity=Severity.WARNING,
        says=Sentence(
            "{share} of revenue ({revenue}) has no customer ID (guest checkout) and is excluded.",
            {"share": Quantity(0.081, Unit.RATE), "revenue": Quantity(999888.0, Unit.MONEY)},
        ),
    ),
    Finding(
        check="last-month-partial",
        severity=Severity.INFO,
        says=Sentence(
            "The newest month ends early, on {as_of}; partial months are excluded from rates.",
            {"as_of": date(2026, 10, 30)},
        ),
    ),
    Finding(
        check="churn-threshold-limited",
        severity=Severity.INFO,
        says=Sentence(
            "The silence that counts as a lapse is held at its limit of {lapse_after}.",
            {"lapse_after": Quantity(12.0, Unit.MONTHS)},
        ),
        option="--lapse-after 90d",
    ),
)


def shop(**changes: Any) -> Report:
    report: dict[str, Any] = {
        "command": "calc",
        "version": "0.1.0",
        "as_of": date(2026, 10, 31),
        "currency": "JPY",
        "horizon": 24,
        "basis": "margin",
        "inputs": (ORDERS,),
        "given": {"margin": 0.4, "cac": 5000.0},
        "figures": Figures(
            customers=measured(3210),
            orders=measured(9876),
            net_revenue=measured(12345600),
            aov=measured(4520.4, 4410.2, 4630.9),
            repeat_rate=measured(0.312, 0.29, 0.334),
            lapse_after=measured(5.2),
            lifespan=measured(14.2, 13.8, 14.6),
            orders_per_customer=measured(3.55, 3.4, 3.7),
            frequency=measured(3.0, 2.9, 3.1),
            arpu=measured(1130.1, 1100, 1160),
            churn=measured(0.041, 0.038, 0.044),
            margin=given(0.4),
            cac=given(5000),
            retention_cost=assumed(0),
            discount=assumed(0),
        ),
        "methods": (
            worth("observed", 17431.25, 15900, 18960),
            worth("basic", 18000, 16000, 20000),
            worth("ec", 16000, 14000, 18000),
            worth("arpu-churn", 11025.4, 10000, 12050, horizon=None),
        ),
        "verdict": Verdict(
            grade=Grade.HEALTHY,
            grade_low=Grade.HEALTHY,
            method="observed",
            ltv_to_cac=3.48625,
            low=3.18,
            high=3.792,
            probability={
                Grade.HEALTHY: 0.999,
                Grade.IMPROVABLE: 0.001,
                Grade.CAUTION: 0.0,
                Grade.DANGER: 0.0,
            },
            says=Sentence(
                "{grade} at {ratio} ({level} CI {interval})",
                {
                    "grade": N_("Healthy"),
                    "ratio": Quantity(3.48625, Unit.RATIO),
                    "level": "95%",
                    "interval": Interval(3.18, 3.792, Unit.RATIO, 3.48625),
                },
            ),
        ),
        "payback_verdict": PaybackVerdict(
            grade=PaybackGrade.IDEAL,
            payback=10.25,
            payback_observed=7.0,
            says=Sentence(
                "{grade}: {observed} {observed:month|months} observed (simple formula: {payback})",
                {
                    "grade": N_("Ideal"),
                    "payback": Quantity(10.25, Unit.MONTHS),
                    "observed": Quantity(7.0, Unit.COUNT),
                },
            ),
        ),
        "findings": FINDINGS,
        "tables": {
            "horizons": tuple(
                {
                    "horizon": months,
                    "customers": customers,
                    "enough": customers >= 161,
                    "ltv": ltv,
                    "ltv_low": ltv - 1000,
                    "ltv_high": ltv + 1000,
                }
                for months, customers, ltv in (
                    (1, 3200, 1808.2),
                    (3, 3000, 4000.0),
                    (12, 2000, 12000.0),
                    (24, 400, 17431.25),
                    (36, 160, 20000.0),
                )
            ),
            "curve": (
                {
                    "age_month": 0,
                    "customers": 3210,
                    "cumulative": 1808.2,
                    "cumulative_low": 1700.4,
                    "cumulative_high": 1916.0,
                },
                {
                    "age_month": 1,
                    "customers": 3100,
                    "cumulative": None,
                    "cumulative_low": None,
                    "cumulative_high": None,
                },
            ),
        },
        "next_command": "ltv calc orders.csv --new-since 2024-12-01",
    }
    return Report(**report | changes)


def numbers() -> Report:
    """What --aov 8000 --margin 40% --frequency 3 --lifespan 2y --cac 5000 gives, more or less."""
    return shop(
        as_of=None,
        currency=None,
        horizon=None,
        inputs=(),
        figures=Figures(
            aov=given(8000),
            frequency=given(3),
            lifespan=given(24),
            margin=given(0.4),
            cac=given(5000),
        ),
        methods=(
            Valuation(
                method="basic",
                ltv=19200.0,
                ltv_net=14200.0,
                ltv_to_cac=3.84,
                payback=6.25,
                grade=Grade.HEALTHY,
                horizon=24.0,
            ),
        ),
        verdict=Verdict(
            grade=Grade.HEALTHY,
            grade_low=Grade.HEALTHY,
            method="basic",
            ltv_to_cac=3.84,
            low=None,
            high=None,
            probability=None,
            says=Sentence(
                "{grade} at {ratio}",
                {"grade": N_("Healthy"), "ratio": Quantity(3.84, Unit.RATIO)},
            ),
        ),
        findings=(),
        tables={},
        next_command="",
    )
