"""The outcome below CAC, and options of `ltv risk` that do not go together."""

from __future__ import annotations

import pandas as pd
import pytest

import ltvcli
from tests.commands.test_risk import (
    CUSTOMERS,
    FILES,
    PIPELINE,
    SUBSCRIPTIONS,
    SUPPLIES,
    ltv,
)

BELOW = (*FILES, "--outcome", "below-zero", "--within", "3mo", "--without", "owner_age")


@pytest.mark.slow
def test_the_outcome_is_a_contribution_below_cac() -> None:
    """Of three months at half the price: below 100 are those who paid less than 200 in them."""
    asked = {"within": "3mo", "without": ("owner_age",), "cac": 100, "margin": "50%"}
    report = ltvcli.risk(SUBSCRIPTIONS, customers=CUSTOMERS, outcome="below-zero", **asked)
    paid = pd.read_csv(SUBSCRIPTIONS, parse_dates=["start_date", "end_date"])
    as_of, days = pd.Timestamp("2026-10-31"), 91
    watched = paid[paid["start_date"] + pd.Timedelta(days=days) <= as_of]
    ends = watched["end_date"].fillna(as_of + pd.Timedelta(days=1))
    kept = (ends - watched["start_date"]).dt.days.clip(upper=days)
    below = (watched["mrr"] * kept / 30.436875 * 0.5 < 100).sum()
    text = report.to_text()

    assert (report.customers, report.left) == (len(watched), below)
    assert "who stays below CAC" in text
    assert "Below" in text
    assert " left" not in text.split("Columns")[0]
    assert "leave" not in text.split("Columns")[0]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (BELOW, "--cac"),
        ((SUBSCRIPTIONS, "--outcome", "below-zero", "--cac", "9"), "--customers customers.csv"),
        ((SUBSCRIPTIONS, "--prospects", PIPELINE), "--customers customers.csv"),
        ((SUBSCRIPTIONS, "--without", "plan"), "--customers customers.csv"),
        ((*FILES, "--last", PIPELINE), "--customers"),
        ((SUPPLIES, "--opportunities", "--prospects", PIPELINE), "--prospects"),
        (("--opportunities", "--without", "plan"), "--without"),
        (("--opportunities",), "--outcome churned"),
    ],
)
def test_options_that_have_no_part_are_refused(typed: tuple[object, ...], hint: str) -> None:
    done = ltv(*typed)

    assert done.exit_code == 2
    assert hint in done.stderr


def test_a_column_may_be_called_below_zero() -> None:
    """Without files it is a column like any other, and there is none here."""
    done = ltv("--customers", CUSTOMERS, "--outcome", "below-zero")

    assert done.exit_code == 2
    assert "“below-zero”" in done.stderr
