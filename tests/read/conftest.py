from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines import duckdb
from ltvcli.read.files.open_files import open_all
from ltvcli.read.files.scan import relation
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import load as orders
from ltvcli.read.orders.load import Reading
from ltvcli.settings.settings import Settings

Read = Callable[..., tuple[Sheet, list[tuple[Any, ...]], list[tuple[int, str]]]]


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    folder.mkdir()
    return folder


@pytest.fixture
def read(temp: Path) -> Read:
    """Open one input and read all of it: the sheet, its cells, its ragged rows."""

    def read(given: Any, **settings: Any) -> Any:
        (sheet,) = open_all([given], Settings(**settings), temp)
        with duckdb.open([sheet.path], temp, None) as engine:
            source, parameters = relation(sheet)
            columns = ", ".join(f"c{number}" for number in range(len(sheet.header)))
            cells = engine.execute(f"select {columns} from {source}", parameters).fetchall()
            damaged = sheet.records.damaged() if sheet.records else ()
            torn = [(line, reason) for line, reason, _ in damaged]
        for file in temp.iterdir():
            file.unlink()
        return sheet, cells, torn

    return read


@dataclass(frozen=True)
class Loaded:
    """What reading orders gave: the record of it and the rows of its tables."""

    reading: Reading
    orders: list[tuple[Any, ...]]
    set_aside: list[tuple[int, int, str]]

    @property
    def customers(self) -> int:
        return len({row[0] for row in self.orders if row[-1]})

    @property
    def counted(self) -> int:
        return sum(1 for row in self.orders if row[-1])

    @property
    def revenue(self) -> Decimal:
        return sum((row[2] for row in self.orders), Decimal(0))

    @property
    def aside(self) -> dict[str, int]:
        return dict(self.reading.inputs[0].set_aside)

    @property
    def notes(self) -> list[str]:
        return [note.text for one in self.reading.inputs for note in one.notes]


@pytest.fixture
def load(tmp_path: Path, temp: Path) -> Callable[..., Loaded]:
    """Write texts as files and read them as orders."""

    def load(*texts: str | bytes, name: str = "orders.csv", **settings: Any) -> Loaded:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}-{name}"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        chosen = Settings(**settings)
        sheets = open_all(paths, chosen, temp)
        with duckdb.open([sheet.path for sheet in sheets], temp, None) as engine:
            reading = orders.load(sheets, chosen, engine)
            columns = "customer, day, amount, cost, counted"
            rows = engine.execute(f"select {columns} from orders order by all").fetchall()
            aside = engine.execute("select * from set_aside order by all").fetchall()
        for file in temp.iterdir():
            file.unlink()
        for one in reading.inputs:
            assert one.rows_read == one.rows_used + sum(one.set_aside.values())
        return Loaded(reading, rows, aside)

    return load
