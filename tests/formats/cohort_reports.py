"""A report about cohorts, made by hand, that gives no finding."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ltvcli.results import Sentence, Statement
from ltvcli.results.cohorts import CohortEvidence, CohortsReport
from ltvcli.results.left_truncation import LeftTruncation

AS_OF = date(2026, 3, 31)
EVIDENCE: dict[str, Any] = {
    "cohorts": 3,
    "small": 0,
    "customers": 150,
    "revenue": 5_000.0,
    "unfinished": 250.0,
    "cac_known": True,
    "months_since_new": 0,
    "retention_cost": None,
    "mrr": None,
    "paying": None,
}
TRUNCATION: dict[str, Any] = {
    "since": date(2026, 2, 1),
    "customers": 90,
    "extra": 60,
    "usual": 30.0,
    "months": 1,
    "ltv": 40.0,
    "without": 30.0,
    "difference": 10.0,
    "difference_low": 5.0,
    "difference_high": 15.0,
    "old": True,
}


def cell(cohort: str, age: int, customers: int, value: float | None, **more: Any) -> dict[str, Any]:
    return {
        "cohort": cohort, "age_month": age, "customers": customers, "value": value,
        "value_low": None, "value_high": None, "complete": True, "revenue": 100.0,
    } | more  # fmt: skip


def cohort(name: str, **more: Any) -> dict[str, Any]:
    return {
        "cohort": name, "over": True, "customers": 50, "revenue": 2_000.5, "margin": 0.4,
        "months": 3, "ltv": 30.0, "ltv_low": 20.0, "ltv_high": 40.0, "cac": 15.0,
        "ltv_to_cac": 2.0, "ltv_to_cac_low": 1.3, "ltv_to_cac_high": 2.7,
        "payback_observed": 2.0, "payback_observed_low": 1.0, "payback_observed_high": None,
        "grade": "improvable",
    } | more  # fmt: skip


TABLES: dict[str, tuple[dict[str, Any], ...]] = {
    "cohorts": (
        cohort("2026-01"),
        cohort("2026-02", months=1, payback_observed=None, grade="unknown"),
        cohort("2026-03", months=0, over=False, ltv=None, ltv_to_cac=None, payback_observed=None,
               grade="unknown"),
    ),
    "triangle": (
        cell("2026-01", 0, 50, 10.0),
        cell("2026-01", 1, 50, 20.0),
        cell("2026-01", 2, 30, 30.0, complete=False),
        cell("2026-02", 0, 50, 12.0),
        cell("2026-02", 1, 20, 24.0, complete=False),
        cell("2026-03", 0, 0, None, complete=False),
    ),
    "by_age": (
        {"age_month": 0, "customers": 100, "value": 11.0, "value_low": 10.0, "value_high": 12.0,
         "ltv": 11.0, "ltv_low": 10.0, "ltv_high": 12.0},
        {"age_month": 1, "customers": 50, "value": 20.0, "value_low": 10.0, "value_high": 30.0,
         "ltv": 20.0, "ltv_low": 10.0, "ltv_high": 30.0},
    ),
    "trend": (),
}  # fmt: skip


def cohorts(**changed: Any) -> CohortsReport:
    """Give the report with other evidence, or other fields."""
    evidence = {key: changed.pop(key) for key in [*changed] if key in EVIDENCE}
    report: dict[str, Any] = {
        "command": "cohorts",
        "version": "0.1.0",
        "as_of": AS_OF,
        "currency": "USD",
        "inputs": (),
        "given": {},
        "horizon": 2,
        "basis": "margin",
        "says": (
            Statement(says=Sentence("Newer cohorts do as well as older ones.")),
            Statement(label="Total", says=Sentence("All is counted.")),
        ),
        "terms": (Sentence("by month"),),
        "main": "triangle",
        "tables": TABLES,
        "by": "month",
        "metric": "ltv",
        "evidence": CohortEvidence(**EVIDENCE | evidence),
    }
    return CohortsReport(**report | changed)


def truncation(**changed: Any) -> LeftTruncation:
    return LeftTruncation(**TRUNCATION | changed)


SPEAKS = {
    "cohort-retention-cost": cohorts(retention_cost=12.0),
    "cohorts-in-revenue": cohorts(basis="revenue"),
    "cohorts-without-cac": cohorts(cac_known=False),
    "no-customer-left": cohorts(mrr=500.0, paying=150),
    "no-new-customers": cohorts(months_since_new=3),
    "old-customers-look-new": cohorts(left_truncation=truncation()),
    "small-cohorts": cohorts(small=1),
}
"""By check, a report that it must speak of."""


def triangle(count: int) -> CohortsReport:
    """Return a report of cohorts as old as they are many."""
    report = cohorts()
    row, cell = report.tables["cohorts"][0], report.tables["triangle"][0]
    months = [f"{2000 + n // 12}-{n % 12 + 1:02}" for n in range(count)]
    tables = {
        **report.tables,
        "cohorts": tuple({**row, "cohort": month} for month in months),
        "triangle": tuple(
            {**cell, "cohort": month, "age_month": age, "customers": row["customers"]}
            for n, month in enumerate(months)
            for age in range(count - n)
        ),
    }
    return replace(report, tables=tables)
