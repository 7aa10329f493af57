from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ltvcli.config import Settings
from ltvcli.engines import duckdb
from ltvcli.read.files import open_all
from ltvcli.read.scan import ragged, relation
from ltvcli.read.sheet import Sheet

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
            cells = engine.execute(f"select * from {source}", parameters).fetchall()
            torn = [(one.line, one.reason) for one in ragged(engine.connection, sheet)]
        for file in temp.iterdir():
            file.unlink()
        return sheet, cells, torn

    return read
