"""Six months: `python -m tests.record.tea_shop_history examples/review/history.db`.

At the end of each month the tea shop reviewed it: until May by the export of that month, which did
not know of the refunds to come, from June on by the one of today.
"""

from __future__ import annotations

import os
import sys
from contextlib import chdir
from datetime import UTC, date, datetime
from pathlib import Path

import ltvcli

EXAMPLE = Path(__file__).parents[2] / "examples/review"
THEN, TODAY = "orders-2025-05.csv", "orders.csv"
ENDS = {
    date(2025, 3, 31): THEN,
    date(2025, 4, 30): THEN,
    date(2025, 5, 31): THEN,
    date(2025, 6, 30): TODAY,
    date(2025, 7, 31): TODAY,
    date(2025, 8, 31): TODAY,
}


def write(history: Path) -> None:
    """Record all reviews."""
    with chdir(EXAMPLE):
        for day, file in ENDS.items():
            now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
            ltvcli.review(file, as_of=day, margin=0.6, record=True, history=history, now=now)


if __name__ == "__main__":
    write(Path(os.path.abspath(sys.argv[1])))
