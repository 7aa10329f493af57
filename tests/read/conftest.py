from __future__ import annotations

from collections.abc import Callable, Iterator
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
from tests.databases import Connection
from tests.recalled import Recalled, empty

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
    """What reading orders gave: the record of it, the rows of its tables, the stored columns."""

    reading: Reading
    orders: list[tuple[Any, ...]]
    set_aside: list[tuple[int, int, str]]
    stored: list[str]

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
        return [note.text for file in self.reading.inputs for note in file.notes]


class OneEngine(Connection):
    """An engine for many readings: the macros, which are most of the work, are created once."""

    def drop_all(self) -> None:
        """Drop every table and view, so that no reading sees one of another."""
        if isinstance(self.connection, Recalled):
            self.connection.clear()
        else:
            empty(self.connection)


@pytest.fixture(scope="session")
def one_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneEngine]:
    """Open an engine for all readings of orders, subscriptions and spend.

    It may read the files that tests of this process write.
    """
    folder = tmp_path_factory.mktemp("engine")
    with duckdb.open([], tmp_path_factory.getbasetemp(), None) as opened:
        yield OneEngine(connection=opened.connection, temp=folder, memory=opened.memory)


@pytest.fixture(scope="session")
def load_orders(one_engine: OneEngine) -> Callable[..., Loaded]:
    """Write texts as files and read them as orders, all in one engine."""
    engine, folder = one_engine, one_engine.temp

    def load(*texts: str | bytes, name: str = "orders.csv", **settings: Any) -> Loaded:
        paths = []
        for number, text in enumerate(texts):
            path = folder / f"{number}-{name}"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        chosen = Settings(**settings)
        try:
            sheets = open_all(paths, chosen, folder)
            reading = orders.load(sheets, chosen, engine)
            columns = "customer, day, amount, cost, counted"
            rows = engine.execute(f"select {columns} from orders order by all").fetchall()
            aside = engine.execute("select * from excluded_rows order by all").fetchall()
            stored = [name for name, *_ in engine.execute("describe sheet_0").fetchall()]
        finally:
            engine.drop_all()
            for file in folder.iterdir():
                file.unlink()
        for file in reading.inputs:
            assert file.rows_read == file.rows_used + sum(file.set_aside.values())
        return Loaded(reading, rows, aside, stored)

    return load


@pytest.fixture
def load(load_orders: Callable[..., Loaded]) -> Callable[..., Loaded]:
    """Write texts as files and read them as orders."""
    return load_orders
