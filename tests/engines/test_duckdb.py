from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread, current_thread
from typing import Any, cast

import duckdb as library
import numpy as np
import pytest

from ltvcli.engines import _closing, _duckdb_settings, _early_connection, duckdb
from ltvcli.engines._queries import macros
from ltvcli.errors import (
    DiskFullError,
    InternalError,
    NotAMemorySizeError,
    OutOfMemoryError,
    SumTooLargeError,
)
from ltvcli.facts.engine import leaving_a_core

SQL = Path(duckdb.__file__).parents[1] / "sql"
DEFINED = """select function_name from duckdb_functions()
    where function_type = 'macro' and not internal order by all"""

pytestmark = pytest.mark.usefixtures("own_database")


def ask(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    monkeypatch.setattr(duckdb, "query", lambda _name: sql)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("lots", id="a word"),
        pytest.param("8", id="no unit"),
        pytest.param("-1GB", id="negative"),
        pytest.param("1kb", id="too small to work in"),
        pytest.param("１GB", id="full-width digit"),
        pytest.param("9999999999TB", id="more than fits into a number"),
    ],
)
def test_a_memory_size_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotAMemorySizeError, match="--memory"):
        _duckdb_settings.memory_bytes(text)


def test_memory_asked_for_is_the_limit(tmp_path: Path) -> None:
    with duckdb.open([], tmp_path, "500MB") as engine:
        limit = engine.execute("select current_setting('memory_limit')").fetchone()
    assert limit == ("476.8 MiB",)


class Slow:
    """A connection whose closing waits until it is told to end."""

    def __init__(self) -> None:
        self.may_close = Event()
        self.closed_in: Thread | None = None

    def close(self) -> None:
        self.may_close.wait(timeout=10)
        self.closed_in = current_thread()


def test_a_connection_is_closed_while_the_program_goes_on(tmp_path: Path) -> None:
    connection = Slow()

    _closing.close(cast(Any, connection), tmp_path)

    assert connection.closed_in is None
    connection.may_close.set()
    _closing.wait()
    assert connection.closed_in is not None


def test_a_connection_that_has_spilled_is_closed_before_its_folder_is_deleted(
    tmp_path: Path,
) -> None:
    (tmp_path / "duckdb_temp_storage_DEFAULT-0.tmp").touch()
    connection = Slow()
    connection.may_close.set()

    _closing.close(cast(Any, connection), tmp_path)

    assert connection.closed_in is current_thread()


def test_engines_are_opened_and_closed_in_several_threads(tmp_path: Path) -> None:
    def opened(number: int) -> int:
        with duckdb.open([], tmp_path, None) as engine:
            ((answer,),) = engine.execute("select $1::int", [number]).fetchall()
        return int(answer)

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(opened, range(40))] == [*range(40)]


def test_files_that_duckdb_spills_are_known_by_their_names(tmp_path: Path) -> None:
    with duckdb.open([], tmp_path, "100MB") as engine:
        engine.execute("create table t as select range as n, md5(range::text) from range(3000000)")
        names = [file.name for file in tmp_path.iterdir()]

        assert names == [file.name for file in tmp_path.glob(_closing.SPILLED)] != []
    assert not [*tmp_path.iterdir()]


def test_an_engine_uses_the_connection_that_was_made_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[library.DuckDBPyConnection] = []
    connect = library.connect

    def noted(path: str) -> library.DuckDBPyConnection:
        made.append(connect(path))
        return made[-1]

    monkeypatch.setattr(library, "connect", noted)
    _early_connection.begin()
    assert made == []  # nobody would close it
    with _early_connection.allowed():
        _early_connection.begin()
        _early_connection.begin()
        with duckdb.open([], tmp_path, None) as first, duckdb.open([], tmp_path, None) as second:
            assert [first.connection, second.connection] == made
        _early_connection.begin()

    assert len(made) == 3
    with pytest.raises(library.ConnectionException):
        made[2].execute("select 1")


def test_only_the_given_files_can_be_read(tmp_path: Path) -> None:
    mine, other, temp = tmp_path / "it's mine.csv", tmp_path / "other.csv", tmp_path / "temp"
    temp.mkdir()
    for file in (mine, other, temp / "copy.csv"):
        file.write_text("a\n1\n")
    with duckdb.open([mine], temp, None) as engine:
        for file in (mine, temp / "copy.csv"):
            assert engine.execute("from read_csv($1)", [str(file)]).fetchall() == [(1,)]
        with pytest.raises(library.PermissionException):
            engine.execute("from read_csv($1)", [str(other)])
        with pytest.raises(library.PermissionException):
            engine.execute(f"copy (select 1) to '{tmp_path}/new.csv'")
        with pytest.raises(library.InvalidInputException):
            engine.execute("set enable_external_access = true")


def test_an_engine_leaves_one_core_to_other_work_and_takes_it_back(tmp_path: Path) -> None:
    """The number of threads is the only setting that can change."""
    with duckdb.open([], tmp_path, None) as engine:

        def threads() -> int:
            return int(engine.execute("select current_setting('threads')").fetchall()[0][0])

        engine.execute("set threads = 3")
        with leaving_a_core(engine):
            assert threads() == 2
            with leaving_a_core(engine), leaving_a_core(engine):
                assert threads() == 1
        with pytest.raises(RuntimeError), leaving_a_core(engine):
            raise RuntimeError
        assert threads() == 3
        with pytest.raises(library.InvalidInputException, match="locked"):
            engine.execute("set memory_limit = '1GB'")


def test_other_engines_leave_cores_to_whom_they_belong() -> None:
    with leaving_a_core(object()):  # type: ignore[arg-type]
        pass


def test_columns_come_home_as_plain_arrays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(
        monkeypatch,
        """select * from (values
            (1::tinyint, 1.25::decimal(18,4), true, date '2026-10-31', 'a', null::int, null::bool),
            (2::tinyint, null,                true, null,              null, 7,        true)
        ) as t(whole, money, yes, day, word, few, maybe), (select sum(1) as total)""",
    )
    with duckdb.open([], tmp_path, None) as engine:
        found = engine.columns("any")
    assert {key: values.dtype for key, values in found.items()} == {
        "whole": np.int64,
        "money": np.float64,
        "yes": np.bool_,
        "day": np.dtype("datetime64[D]"),
        "word": object,
        "few": np.float64,
        "maybe": object,
        "total": np.int64,
    }
    assert not any(isinstance(values, np.ma.MaskedArray) for values in found.values())
    assert found["money"][0] == 1.25
    assert np.isnan(found["money"][1])
    assert np.isnan(found["few"][0])
    assert found["day"].tolist() == [date(2026, 10, 31), None]
    assert found["word"].tolist() == ["a", None]
    assert found["maybe"].tolist() == [None, True]


def test_no_rows_keep_their_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(monkeypatch, "select 1::tinyint as n, 1.5 as x, true as b where false")
    with duckdb.open([], tmp_path, None) as engine:
        found = engine.columns("any")
    assert [len(v) for v in found.values()] == [0, 0, 0]
    assert [str(v.dtype) for v in found.values()] == ["int64", "float64", "bool"]


def test_a_row_keeps_money_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(monkeypatch, "select sum(x) as total from (values (0.1::decimal(18,4)), (0.2)) as t(x)")
    with duckdb.open([], tmp_path, None) as engine:
        assert engine.row("any") == {"total": Decimal("0.3")}


def test_each_statement_gets_the_parameters_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(monkeypatch, "create table t as select $a as a; select a + $b as c from t")
    with duckdb.open([], tmp_path, None) as engine:
        assert engine.row("any", {"a": 1, "b": 2, "unused": 3}) == {"c": 3}


def test_running_out_of_memory_names_the_flag(tmp_path: Path) -> None:
    with (
        duckdb.open([], tmp_path, "100MB") as engine,
        pytest.raises(OutOfMemoryError) as caught,
    ):
        engine.execute("select len(list(i)) from range(100_000_000) t(i)")
    assert caught.value.facts == {"limit": "0.1GB", "more": "0.2GB"}


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (library.IOException("Could not write: No space left on device"), DiskFullError),
        (library.OutOfMemoryException("max_temp_directory_size reached"), DiskFullError),
        (library.IOException("something else"), library.IOException),
        (library.InterruptException("INTERRUPT Error: Interrupted!"), KeyboardInterrupt),
        (RuntimeError("Query interrupted"), KeyboardInterrupt),
    ],
)
def test_errors_of_the_library_are_reworded(
    tmp_path: Path, raised: Exception, expected: type[BaseException]
) -> None:
    class Failing:
        def execute(self, *_: Any) -> Any:
            raise raised

    with pytest.raises(expected):
        duckdb.DuckDB(Failing(), tmp_path, 1).execute("select 1")  # type: ignore[arg-type]


def test_neither_pandas_nor_scipy_is_loaded(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from ltvcli.engines import duckdb
duckdb.query = lambda name: "select $a as a"
with duckdb.open([], Path({str(tmp_path)!r}), None) as engine:
    engine.columns("any", {{"a": 1}})
print({{"pandas", "scipy", "pyarrow"}} & sys.modules.keys())
"""
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_a_macro_is_defined_with_those_it_calls_once_a_statement_calls_it(tmp_path: Path) -> None:
    with duckdb.open([], tmp_path, None) as engine:
        engine.define_macros("read/macros")
        before = engine.execute(DEFINED).fetchall()
        assert engine.execute("select tidy_id(' C-1 ')").fetchone() == ("C-1",)
        after = engine.execute(DEFINED).fetchall()
    assert before == []
    called = ["clean_id", "is_nobody", "narrow", "tidied_id", "tidy_id", "unwrapped"]
    assert after == [(name,) for name in called]


@pytest.mark.parametrize("file", sorted(SQL.rglob("*.sql")), ids=lambda file: file.stem)
def test_every_macro_of_a_file_is_found_in_it(file: Path) -> None:
    text = file.read_text("utf-8")
    found = macros(file.relative_to(SQL).with_suffix("").as_posix())
    written = [one.query for one in library.extract_statements(text) if "temp macro" in one.query]
    assert len(found) == len(written)
    for one in found.values():
        assert len(library.extract_statements(one)) == 1


def test_a_plan_that_loses_the_order_of_a_file_is_an_internal_error(tmp_path: Path) -> None:
    with (
        duckdb.open([], tmp_path, None) as engine,
        pytest.raises(InternalError, match="HASH_JOIN"),
    ):
        engine.store_in_order("t", "select i from range(9) a(i) join range(9) b(i) using (i)", {})


def test_a_test_against_many_constants_keeps_the_order_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "visits.csv"
    words = [f"word {number}" for number in range(40)]
    with file.open("w") as out:
        out.writelines(f"{number},{words[number % 40]},{'-' * 30}\n" for number in range(300_000))
    source = "read_csv($path, columns = {'c0': 'VARCHAR', 'c1': 'VARCHAR', 'c2': 'VARCHAR'}"
    query = f"select c0, list_contains($words, c1) as hit from {source}, auto_detect = false)"
    with duckdb.open([file], tmp_path, None) as engine:
        given = {"path": str(file), "words": words[:30]}
        assert engine.store_in_order("visits", query, given) == 300_000
        moved = "select count(*) from visits where c0 <> rowid::text"
        assert engine.execute(moved).fetchone() == (0,)


def test_a_cell_that_does_not_fit_a_try_cast_is_null_and_keeps_its_row(tmp_path: Path) -> None:
    """Where the cast is pushed into the reader, the cell is an error, or its row is lost."""
    path = tmp_path / "days.csv"
    path.write_text("Sep-27-26\n2026-01-05\n")
    source = "read_csv($path, columns = {'c0': 'VARCHAR'}, header = false, auto_detect = false)"
    with duckdb.open([path], tmp_path, None) as engine:
        found = engine.execute(
            f"select try_cast(c0 as date) from {source}", {"path": str(path)}
        ).fetchall()
    assert found == [(None,), (date(2026, 1, 5),)]


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("sum(amount)::decimal(18, 4)", id="a sum cast back to money"),
        pytest.param("sum(amount * amount)", id="a product"),
        pytest.param("sum(amount)::decimal(38, 4) * 10000000000000000000000", id="a wide product"),
    ],
)
def test_amounts_beyond_decimals_give_an_error(sql: str, tmp_path: Path) -> None:
    largest = "select 99999999999999.9999::decimal(18, 4) as amount from range(3)"
    with (
        duckdb.open([], tmp_path, None) as engine,
        pytest.raises(SumTooLargeError, match="add up to more than 99,999,999,999,999"),
    ):
        engine.execute(f"select {sql} from ({largest})").fetchall()


def test_a_whole_number_out_of_range_stays_an_error_of_duckdb(tmp_path: Path) -> None:
    with (
        duckdb.open([], tmp_path, None) as engine,
        pytest.raises(library.ConversionException),
    ):
        engine.execute("select 3000000000::integer").fetchall()


@pytest.mark.parametrize(
    ("size", "limit", "threads", "bits"),
    [
        pytest.param(0, 3 * 10**9, 2, 12, id="a short file keeps the usual limit"),
        pytest.param(36_000_000, 3 * 10**9, 2, 18, id="places grow with the file"),
        pytest.param(10**12, 3 * 10**9, 2, 20, id="up to a million"),
        pytest.param(10**12, 10**8, 2, 17, id="little memory"),
        pytest.param(10**12, 3 * 10**9, 64, 17, id="many threads"),
        pytest.param(10**12, 10**8, 10**6, 12, id="never below the usual limit"),
    ],
)
def test_arrays_of_groups_stay_small(size: int, limit: int, threads: int, bits: int) -> None:
    assert _duckdb_settings.bits_of_groups(size, limit, threads) == bits
    assert bits == 12 or 2**bits * threads * 64 <= limit / 4


def test_groups_in_an_array_have_the_same_sums(tmp_path: Path) -> None:
    """The file is long enough for 15 bits, which the numbers need."""
    path = tmp_path / "orders.csv"
    path.write_bytes(b"\n" * 128 * 2**15)
    rows = "select i * 7919 % 30_000 as key, i % 100 as paid from range(100_000) t(i)"
    sums = "select key, count(*), sum(paid), min(paid), max(paid) from numbers group by key"
    found = []
    for files in ([], [path]):
        with duckdb.open(files, tmp_path, None) as engine:
            engine.execute(f"create table numbers as {rows}")
            plan = engine.execute(f"explain {sums}").fetchall()[0][1]
            found.append(
                ("Perfect Hash" in plan, engine.execute(f"{sums} order by key").fetchall())
            )
    assert [is_array for is_array, _ in found] == [False, True]
    assert found[0][1] == found[1][1]
