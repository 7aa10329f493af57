"""Reviews of a history, answered again from the sums that were kept, and from files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.record import history_file, runs
from ltvcli.results.history import Restated
from tests import effort

ROOT = Path(__file__).parents[2]
ORDERS = ROOT / "tests/golden/cohorts/orders.csv"
SAAS = ROOT / "examples/saas/subscriptions.csv"
ENDS = (date(2025, 7, 31), date(2025, 8, 31), date(2025, 9, 30))


def record(history: Path, file: Path, day: date, **options: Any) -> None:
    """Record a review as of a day, of a copy that is gone afterwards."""
    copied = history.parent / file.name
    copied.write_bytes(file.read_bytes())
    now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    ltvcli.review(copied, as_of=day, record=True, history=history, now=now, **options)
    copied.unlink()


def values(rows: tuple[Restated, ...]) -> list[tuple[float, float | None]]:
    return [(row.reported.value, row.restated.value if row.restated else None) for row in rows]


@pytest.mark.parametrize("file", [ORDERS, SAAS])
@pytest.mark.parametrize("options", effort.family([{}, {"period": "quarter"}, {"period": "week"}]))
def test_sums_that_were_kept_give_the_figures_that_were_reported(
    file: Path, options: dict[str, str], tmp_path: Path
) -> None:
    history = tmp_path / "history.db"
    record(history, file, ENDS[-1], margin=0.4, **options)
    with history_file.read(history) as opened:
        assert "periods" in runs.facts(opened, 1)
        tiles = runs.document(opened, 1)["tables"]["tiles"]

    assert {"period_ltv", "new_customers"} <= {row["tile"] for row in tiles}
    for figure in ("period_ltv", "new_customers"):
        ((reported, restated),) = values(ltvcli.history(path=history, trend=figure).trend)
        assert restated == reported


def test_another_margin_is_applied_to_the_sums_of_then(tmp_path: Path) -> None:
    history = tmp_path / "history.db"
    for day, margin in zip(ENDS, (0.4, 0.4, 0.5), strict=True):
        record(history, ORDERS, day, margin=margin)
    trend = ltvcli.history(path=history, trend="period_ltv").trend

    for reported, restated in values(trend)[:2]:
        assert restated == pytest.approx(reported * 0.5 / 0.4)
    assert [list(map(str, row.because)) for row in trend] == [["settings-changed"]] * 2 + [[]]


@pytest.mark.parametrize("against", ["last-year", "2025-01-01..2025-01-31"])
def test_a_review_is_repeated_against_what_it_was_compared_with(
    against: str, tmp_path: Path
) -> None:
    """The horizon, and so the period LTV, follows from both months."""
    history = tmp_path / "history.db"
    file = SAAS
    record(history, file, date(2026, 9, 30), against=against)
    kept = values(ltvcli.history(path=history, trend="period_ltv").trend)
    again = values(ltvcli.history(file, path=history, trend="period_ltv").trend)

    assert kept[0][0] == kept[0][1] == again[0][1]


@pytest.mark.slow
def test_months_are_not_followed_among_quarters(tmp_path: Path) -> None:
    history = tmp_path / "history.db"
    for day in ENDS:
        record(history, ORDERS, day)
    record(history, ORDERS, date(2025, 10, 15), period="quarter")
    trend = ltvcli.history(path=history, trend="new_customers").trend

    assert [row.period for row in trend] == list(ENDS)
