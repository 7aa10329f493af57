"""Days and numbers of Parquet are read by their types: nothing else may come of that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import numpy as np
import pytest

from ltvcli.engines.duckdb import DuckDB
from ltvcli.errors import LtvError
from ltvcli.read.orders import plain_types, store
from tests import effort

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
NUMBERS = [
    ("DECIMAL(18,2)", ["20.00", "-5.05", "0.10", "1234567.00"], True),
    ("DECIMAL(18,2)", ["20.00", None, "9999999999999999.99"], True),
    ("DECIMAL(18,2)", ["20.00", "99999999999999.99"], True),
    ("DECIMAL(5,0)", ["20", "-7"], True),
    ("DECIMAL(9,1)", ["20.5", "-0.5", "3"], True),
    ("DECIMAL(2,2)", ["0.50", "-0.05"], False),
    ("DECIMAL(18,3)", ["1.000", "2.500"], False),
    ("DECIMAL(38,9)", ["1.000000001", "2.5"], False),
    ("INTEGER", ["20", "-7", None], True),
    ("UBIGINT", ["20", "18446744073709551615"], True),
    ("BIGINT", ["20", "100000000000000"], True),
    ("DOUBLE", ["20.5", "-0.1", "59.91", "100", "-0.0", "9999999999999.99", None], True),
    ("DOUBLE", ["20.5", "NaN"], True),
    ("DOUBLE", ["20.5", "inf"], True),
    ("DOUBLE", ["20.5", "1.125"], True),
    ("DOUBLE", ["20.5", "0.30000000000000004"], True),
    ("DOUBLE", ["20.5", "100000000000000.25", "1e17"], True),
    ("FLOAT", ["20.5", "0.1"], False),
    ("VARCHAR", ["20.5", "1,234.00"], False),
]
DAYS = [
    ("DATE", ["2024-01-05", "2023-12-31"], True),
    (
        "DATE",
        ["2024-01-05", None, "infinity", "0044-03-15 (BC)", "12024-01-01", "1901-02-03"],
        True,
    ),
    ("TIMESTAMP", ["2024-01-05 23:59:59.999999", "1969-12-31 23:59:59"], True),
    ("TIMESTAMP_NS", ["2024-01-05 23:59:59.999999999", "-infinity"], True),
    ("TIMESTAMP WITH TIME ZONE", ["2024-01-05 23:59:59+00", "2024-02-01 00:00:00+00"], False),
    ("INTEGER", ["20240105", "20240106"], False),
]


def _parquet(folder: Path, column: str, kind: str, values: list[str | None]) -> bytes:
    """Write orders whose amounts or days are `values`, in the type `kind`."""
    path = folder / "written.parquet"
    day, total = ("value", "20.25") if column == "date" else ("date '2024-01-01'", "value")
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(
        f"copy (select 'o' || row_number() over () as \"order id\", 'c1' as customer, "
        f"{day} as date, {total} as total from (select cast(unnest($1) as {kind}) as value)) "
        f"to '{path}' (format parquet)",
        [values],
    )
    return path.read_bytes()


def _read(load: Load, content: bytes, sample: int) -> Any:
    """Return what is read and told, or the error."""
    try:
        with patch.object(store, "_SAMPLE", sample):
            loaded = load(content, name="orders.parquet")
    except LtvError as error:
        return type(error), error.facts
    (file,) = loaded.reading.inputs
    return loaded.orders, loaded.set_aside, file.notes, file.alerts, loaded.reading.as_of


@pytest.mark.parametrize(
    ("column", "kind", "values", "is_typed"),
    effort.nth(
        3,
        [("total", *case) for case in NUMBERS] + [("date", *case) for case in DAYS],
    ),
)
@pytest.mark.parametrize("sample", [1, 2000])
def test_types_and_texts_give_the_same_orders(
    load: Load,
    tmp_path: Path,
    sample: int,
    column: str,
    kind: str,
    values: list[str | None],
    is_typed: bool,
) -> None:
    content = _parquet(tmp_path, column, kind, values)
    known: list[frozenset[str]] = []
    found = plain_types.typed

    def noted(*args: Any) -> frozenset[str]:
        known.append(found(*args))
        return known[-1]

    with patch.object(plain_types, "typed", noted):
        by_type = _read(load, content, sample)
    assert (("c2" if column == "date" else "c3") in known[0]) == is_typed
    with patch.object(plain_types, "typed", return_value=frozenset()):
        assert by_type == _read(load, content, sample)


def test_a_column_with_a_second_use_is_read_as_text(load: Load, tmp_path: Path) -> None:
    content = _parquet(tmp_path, "total", "INTEGER", ["20", "30"])
    statements: list[str] = []
    execute = DuckDB.execute

    def noted(self: DuckDB, sql: str, *args: Any) -> Any:
        statements.append(sql)
        return execute(self, sql, *args)

    with patch.object(DuckDB, "execute", noted):
        loaded = load(content, name="orders.parquet", map={"updated": "date"})
    assert [row[2] for row in loaded.orders] == [20, 30]
    stored = [sql for sql in statements if "table sheet_0 as" in sql]
    assert stored
    assert all("c2::varchar" in sql and "c3::varchar" not in sql for sql in stored)


def test_plain_reals_are_the_numbers_that_their_texts_say(one_engine: Any) -> None:
    """Of any size, with any number of decimals, and the next DOUBLE beside each."""
    chance = np.random.default_rng(7)
    exact = np.concatenate(
        [
            chance.integers(-(10**size), 10**size, 200) / 10**decimals
            for size in range(1, 19)
            for decimals in range(5)
        ]
    )
    values = np.concatenate([exact, np.nextafter(exact, np.inf), np.nextafter(exact, -np.inf)])
    one_engine.define_macros("read/macros")
    one_engine.fill("reals", {"x": ("double", values.tolist())})
    text = "case when x = trunc(x) and abs(x) < 1e18 then x::bigint::varchar else x::varchar end"
    ((plain, is_same),) = one_engine.execute(
        f"""
        select count(*), bool_and(is_plain_number(t) and plain_number(t) = real_number(x))
        from (select x, {text} as t from reals)
        where is_plain_real(x) and real_number(x) is not null
        """
    ).fetchall()
    assert is_same
    assert plain > len(exact) / 3
