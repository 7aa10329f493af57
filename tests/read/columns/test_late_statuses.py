"""A word for a status may stand in late rows only, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pytest

from ltvcli.read.columns import status_columns

Load = Callable[..., Any]


def _parquet(folder: Path, cells: Sequence[str | None], kind: str) -> bytes:
    path = folder / "written.parquet"
    duckdb.execute(
        "copy (select 'o' || row_number() over () as \"order id\", 'c1' as customer, "
        "date '2024-01-01' as date, 20.25::decimal(9, 2) as total, cell "
        f"from (select cast(unnest($1) as {kind}) as cell)) to '{path}' (format parquet)",
        [cells],
    )
    return path.read_bytes()


@pytest.mark.parametrize(
    ("last", "kind", "excluded", "is_stored"),
    [
        pytest.param("paid", "varchar", {}, False, id="the texts of the first rows"),
        pytest.param(None, "varchar", {}, False, id="a blank"),
        pytest.param("cancelled", "varchar", {"cancelled": 1}, True, id="a status"),
        pytest.param("Paid", "varchar", {}, True, id="another text"),
        pytest.param("false", "boolean", {}, True, id="another type"),
    ],
)
def test_late_cells_of_parquet_show_a_status(
    load: Load,
    tmp_path: Path,
    last: str | None,
    kind: str,
    excluded: dict[str, int],
    is_stored: bool,
) -> None:
    first = ["paid", "paid", None, ""] if kind == "varchar" else ["true", "true", None, "true"]
    content = _parquet(tmp_path, [*first, last], kind)
    with patch.object(status_columns, "_SAMPLE", 4):
        loaded = load(content, name="orders.parquet")
    (file,) = loaded.reading.inputs
    assert file.set_aside == excluded
    assert ("state_0" in loaded.stored) == is_stored
