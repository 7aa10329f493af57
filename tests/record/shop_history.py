"""Eleven months: `python -m tests.record.shop_history tests/golden/history/history.db`.

At the end of each month the orders so far are valued, and from April on by channel, too. Until
January the amounts of the export are with tax, which a later one is not; from March on, a customer
costs 25 and not 20.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import chdir
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ltvcli.commands import _recording
from ltvcli.commands._start import Start
from ltvcli.pipeline import calc, segments
from ltvcli.settings import settings as config

ORDERS = Path(__file__).parents[1] / "golden/segments/orders.csv"
FIRST, MONTHS = (2025, 8), 11
TAX = 1.2
REVISED = date(2026, 2, 1)
DEARER = date(2026, 3, 1)
BY_CHANNEL = date(2026, 4, 1)


def ends() -> Iterator[date]:
    """Return the last day of each month."""
    year, month = FIRST
    for _ in range(MONTHS):
        yield date(year, month, monthrange(year, month)[1])
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def exported(day: date) -> str:
    """Return the file as it was exported on a day."""
    rows = list(csv.DictReader(io.StringIO(ORDERS.read_text("utf-8"))))
    page = io.StringIO()
    writer = csv.DictWriter(page, rows[0], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        if date.fromisoformat(row["date"]) <= day:
            tax = 1 if day >= REVISED else TAX
            writer.writerow(row | {"total": f"{float(row['total']) * tax:.2f}"})
    return page.getvalue()


def write(history: Path) -> None:
    """Record all runs."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for day in ends():
            Path("orders.csv").write_text(exported(day), "utf-8")
            options = {"cac": 25 if day >= DEARER else 20, "as_of": day}
            at = datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)
            record(history, at, calc.run, options)
            if day >= BY_CHANNEL:
                record(history, at, segments.run, options | {"by": "channel"})


def record(
    history: Path, at: datetime, answer: Callable[..., Any], options: dict[str, Any]
) -> None:
    """Record one run of `orders.csv`."""
    settings = config.from_python({**options, "record": True, "history": str(history)})
    with _recording.of(settings, Start(now=at, lang="en")) as remember:
        remember(answer(["orders.csv"], settings))


if __name__ == "__main__":
    write(Path(os.path.abspath(sys.argv[1])))
