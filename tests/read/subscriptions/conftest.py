from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli.read.files.open_files import open_all
from ltvcli.read.orders.load import Reading
from ltvcli.read.subscriptions import load as subscriptions
from ltvcli.settings.settings import Settings
from tests.read.conftest import OneEngine

COLUMNS = 'customer, subscription, plan, start, "end", asked, paid_to, yearly, list_yearly, state'


@dataclass(frozen=True)
class Loaded:
    """What reading subscriptions gave: the record of it and the rows of its tables.

    Amounts of `periods` are per month, to four decimals.
    """

    reading: Reading
    periods: list[tuple[Any, ...]]
    set_aside: list[tuple[int, int, str]]

    @property
    def short(self) -> list[str]:
        """One line per period: customer, first day, end, monthly amount, state if not paying."""
        lines = []
        for customer, _, _, start, end, _, _, amount, _, state in self.periods:
            line = f"{customer} {start} {end or '…'} {plainly(amount)}"
            lines.append(line if state == "paying" else f"{line} {state}")
        return lines

    @property
    def aside(self) -> dict[int, str]:
        """Reason by the line a record stands on, where each takes one line after the header."""
        return {record + 2: reason for _, record, reason in self.set_aside}

    @property
    def notes(self) -> list[str]:
        return [note.text for file in self.reading.inputs for note in file.notes]


def plainly(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def a_month(yearly: Decimal) -> Decimal:
    return (yearly / 12).quantize(Decimal("0.0001"), ROUND_HALF_UP)


@pytest.fixture
def load(tmp_path: Path, temp: Path, one_engine: OneEngine) -> Callable[..., Loaded]:
    """Write texts as files and read them as subscriptions."""

    def load(*texts: str | Path, **settings: Any) -> Loaded:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}-subscriptions.csv"
            path.write_bytes(text.read_bytes() if isinstance(text, Path) else text.encode())
            paths.append(path)
        chosen = Settings(**{"today": date(2025, 7, 1), **settings})
        sheets = open_all(paths, chosen, temp)
        try:
            reading = subscriptions.load(sheets, chosen, one_engine)
            found = one_engine.execute(f"select {COLUMNS} from periods order by all").fetchall()
            aside = one_engine.execute("select * from excluded_rows order by all").fetchall()
        finally:
            one_engine.drop_all()
        for file in temp.iterdir():
            file.unlink()
        for input_file in reading.inputs:
            assert input_file.kind == "subscriptions"
            assert input_file.rows_read == input_file.rows_used + sum(input_file.set_aside.values())
        periods = [(*row[:7], a_month(row[7]), a_month(row[8]), row[9]) for row in found]
        for row in periods:
            assert row[4] is None or row[4] > row[3]
        return Loaded(reading, periods, aside)

    return load
