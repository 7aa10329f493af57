from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli.read import spend
from ltvcli.read.files.open_files import open_all
from ltvcli.read.spend import SpendReading
from ltvcli.settings.settings import Settings
from tests.read.conftest import OneEngine


@dataclass(frozen=True)
class Loaded:
    """What reading spend gave: the record of it and the rows of its tables."""

    reading: SpendReading
    spend: list[tuple[str, date, Decimal, Decimal]]
    known: list[tuple[str, date]]
    names: list[tuple[str, str]]

    @property
    def total(self) -> Decimal:
        return sum((row[2] for row in self.spend), Decimal(0))

    @property
    def by_channel(self) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for channel, _, amount, _ in self.spend:
            sums[channel] = sums.get(channel, Decimal(0)) + amount
        return sums

    @property
    def by_day(self) -> dict[str, Decimal]:
        return {f"{day:%m-%d}": amount for _, day, amount, _ in self.spend}

    @property
    def aside(self) -> dict[str, int]:
        return dict(self.reading.inputs[0].set_aside)

    @property
    def profile(self) -> str:
        return self.reading.inputs[0].profile

    @property
    def days(self) -> tuple[date, date]:
        return min(day for _, day in self.known), max(day for _, day in self.known)

    @property
    def notes(self) -> list[str]:
        return [note.text for file in self.reading.inputs for note in file.notes]


@pytest.fixture
def load(tmp_path: Path, temp: Path, one_engine: OneEngine) -> Callable[..., Loaded]:
    """Write texts as files and read them as spend."""

    def load(*texts: str | bytes | Path, currency: str | None = None, **settings: Any) -> Loaded:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}-spend.csv"
            data = text.read_bytes() if isinstance(text, Path) else text
            path.write_bytes(data.encode() if isinstance(data, str) else data)
            paths.append(path)
        chosen = Settings(**settings)
        sheets = open_all(paths, spend.without_roles(chosen), temp)
        try:
            reading = spend.load(sheets, chosen, one_engine, currency)
            rows = one_engine.execute("select * from spend order by all").fetchall()
            known = one_engine.execute("select * from spend_known order by all").fetchall()
            names = one_engine.execute("select * from spend_names order by all").fetchall()
        finally:
            one_engine.drop_all()
        for file in temp.iterdir():
            file.unlink()
        for input_file in reading.inputs:
            assert input_file.kind == "spend"
            assert input_file.rows_read == input_file.rows_used + sum(input_file.set_aside.values())
        return Loaded(reading, rows, known, names)

    return load
