"""Facts known about subscribers on a day, and what followed, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ltvcli.engines import duckdb
from ltvcli.facts import moments
from tests.mrr_reference import Stretch, fill

CUT = date(2026, 3, 1)
STRETCHES = [
    Stretch("grows", date(2025, 1, 1), date(2026, 4, 1), Decimal(10)),
    Stretch("grows", date(2026, 4, 1), None, Decimal(30), plan="pro"),
    Stretch("leaves", date(2026, 1, 1), date(2026, 3, 31), Decimal(20)),
    Stretch("left", date(2025, 1, 1), date(2026, 3, 1), Decimal(20)),
    Stretch("not yet", date(2026, 3, 2), None, Decimal(20)),
    Stretch("notice", date(2025, 1, 1), date(2026, 4, 1), Decimal(20), asked=date(2026, 2, 1)),
    Stretch("two", date(2025, 12, 1), None, Decimal(5), plan=None),
    Stretch("two", date(2026, 1, 1), None, Decimal(6), subscription="t", plan=None),
    Stretch("trial", date(2026, 1, 1), None, Decimal(5), state="trial"),
]


def test_what_is_known_on_a_day_and_what_follows(tmp_path: Path) -> None:
    with duckdb.open([], tmp_path, None) as engine:
        fill(engine, STRETCHES)
        known = moments.gather(engine, CUT, 90)
        last = moments.gather(engine, CUT, 90, is_last=True)

    assert known.customer.tolist() == ["grows", "leaves", "two"]  # notice was given, it is leaving
    assert known.plan.tolist() == ["basic", "basic", ""]
    assert known.mrr.tolist() == [10.0, 20.0, 11.0]
    assert known.first_mrr.tolist() == [10.0, 20.0, 5.0]
    assert known.subscriptions.tolist() == [1, 1, 2]
    assert known.amounts.tolist() == [1, 1, 2]
    assert known.tenure.tolist() == [424, 59, 90]
    assert known.later_mrr.tolist() == [30.0, 0.0, 11.0]
    # From 2 March to 30 May: 30 days at 10 and 60 at 30; 29 days at 20; 90 days at 11.
    paid = [(30 * 10 + 60 * 30) / 30.436875, 29 * 20 / 30.436875, 90 * 11 / 30.436875]
    assert known.later_paid.tolist() == pytest.approx(paid, rel=1e-6)
    # On the last day of the data an end to come is a notice.
    assert last.customer.tolist() == ["two"]
