"""The order of rows in a file changes no digit of any answer."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app


def orders(chance: random.Random) -> list[str]:
    """Return 400 orders of 90 customers as rows of a CSV file."""
    first = date(2024, 1, 3)
    return [
        f"o{number},k{chance.randrange(90):03d},{first + timedelta(chance.randrange(640))},"
        f"{chance.uniform(1, 300):.2f},{chance.choice(('search', 'social', 'mail'))}"
        for number in range(400)
    ]


def subscriptions(chance: random.Random) -> list[str]:
    """Return 120 subscriptions of 80 customers, most of them ended within a month of life."""
    rows = []
    for number in range(120):
        start = date(2024, 1, 3) + timedelta(chance.randrange(400))
        end = start + timedelta(chance.randrange(5, 500))
        rows.append(
            f"k{chance.randrange(80):03d},s{number},{start},"
            f"{end if end < date(2025, 10, 1) else ''},{chance.uniform(3, 90):.2f}"
        )
    return rows


HEADS = {
    "orders.csv": "order_id,customer_id,date,total,channel",
    "subscriptions.csv": "customer_id,subscription_id,start_date,end_date,monthly_amount",
}


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("calc orders.csv --margin 40% --cac 30", marks=pytest.mark.slow),
        pytest.param("calc subscriptions.csv --margin 80% --cac 100", marks=pytest.mark.slow),
        pytest.param("calc orders.csv subscriptions.csv --margin 40%", marks=pytest.mark.slow),
        pytest.param("cohorts orders.csv --margin 40%", marks=pytest.mark.slow),
        "segments orders.csv --by channel --margin 40%",
        pytest.param("predict orders.csv --margin 40%", marks=pytest.mark.slow),
        "mrr subscriptions.csv",
    ],
)
def test_the_order_of_rows_changes_no_digit(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(20260405)
    files = {"orders.csv": orders(chance), "subscriptions.csv": subscriptions(chance)}
    outputs = set()
    for _ in range(4):
        for name, rows in files.items():
            chance.shuffle(rows)
            Path(name).write_text("\n".join([HEADS[name], *rows, ""]), encoding="utf-8")
        done = CliRunner().invoke(app, [*command.split(), "--format", "json"])
        assert done.exit_code == 0, done.output
        outputs.add("\n".join(line for line in done.stdout.split("\n") if '"sha256"' not in line))
    assert len(outputs) == 1
