"""DuckDB in this process: it reads the input files, spills to a private folder, and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from ltvcli import progress
from ltvcli.errors import (
    DiskFullError,
    InternalError,
    NoTableError,
    NotAMemorySizeError,
    NotConnectedError,
    OutOfMemoryError,
    SumTooLargeError,
)
from ltvcli.language import N_

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

_UNITS = {"k": 1, "m": 2, "g": 3, "t": 4}
_LEAST = 100 * 1000**2  # below this DuckDB cannot read a file
_USUAL = 3 * 1000**3  # 100 million orders fit by spilling, and the whole program stays below 4 GB
_KEEP_ORDER = {
    "BATCH_CREATE_TABLE_AS",
    "BATCH_INSERT",
    "INSERT",
    "CREATE_TABLE_AS",
    "PROJECTION",
    "STREAMING_LIMIT",
    "LIMIT",
    "READ_CSV",
    "READ_PARQUET",
}
_UNLESS_STORING = "case when getvariable('is_storing') then null else {} end"
"""DuckDB computes made columns of rows that it stores, only to see whether that fails."""
_LARGEST_SUM = 10**14 - 1  # DECIMAL(18,4), which money is stored as
_MACRO = re.compile(r"^create or replace temp macro (\w+)\(.*?;$", re.MULTILINE | re.DOTALL)
_CALLED = re.compile(r"\b(\w+)\(")
Connected: TypeAlias = "tuple[duckdb.DuckDBPyConnection, str, int]"
"""A new connection, and the memory and the threads that DuckDB would use."""
_early: ContextVar[Future[Connected] | None] = ContextVar("early", default=None)
"""The connection of the engine that is opened next, if that was begun early."""
_SHARE = 0.75  # of DuckDB's own default, which is 80% of the machine: about 60%
_USUAL_BITS, _MOST_BITS = 12, 20  # of numbers by which DuckDB groups without hashing them
_BYTES_PER_GROUP = 64  # of the sums of a customer, which DuckDB does not count as memory here
_FILE_PER_GROUP = 128  # bytes of a file from which a place for each number is worth its time


def memory_bytes(text: str) -> int:
    """Read ``"1GB"``, ``"512 MB"`` or ``"1.5GiB"`` as bytes.

    >>> memory_bytes("1GB"), memory_bytes("1.5GiB")
    (1000000000, 1610612736)

    Raises:
        NotAMemorySizeError: no number, no unit, or too small to work in.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt])(i?)b?", text.strip().lower(), re.ASCII)
    size = float(match[1]) * (1024 if match[3] else 1000) ** _UNITS[match[2]] if match else 0
    if not _LEAST <= size < 2**63:
        raise NotAMemorySizeError(text=text)
    return int(size)


@dataclass(frozen=True, slots=True)
class DuckDB:
    """An open engine; `facts.Engine` documents its tables."""

    connection: duckdb.DuckDBPyConnection
    temp: Path
    memory: int
    defined: set[str] = field(default_factory=set)  # files of macros
    macros: dict[str, str] = field(default_factory=lambda: _macros("portable"))  # not defined yet
    asks_all: ClassVar[bool] = False
    """Whether its queries must not depend on its answers."""

    def execute(
        self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()
    ) -> duckdb.DuckDBPyConnection:
        """Execute one statement; errors of DuckDB that a user can cause become ours.

        Raises:
            OutOfMemoryError: the memory limit was reached and spilling did not help.
            DiskFullError: spilling filled the disk.
            SumTooLargeError: amounts add up to more than a DECIMAL holds.
            KeyboardInterrupt: the user stopped it.
        """
        self._define_called(sql)
        with self._errors_translated():
            return self.connection.execute(sql, parameters or None)

    def create_table(
        self, name: str, query: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        """Create or replace a temporary table.

        Args:
            name: of the table.
            query: our SQL that selects its columns.
            parameters: values that the query names.
        """
        self.execute(f"create or replace temp table {name} as {query}", parameters or {})

    def fill(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> None:
        """Create or replace a temporary table of values; a short column is filled with NULL.

        Args:
            name: of the table.
            columns: type (integer, bigint, double, text or date) and values of each.
        """
        values = ", ".join(
            f"unnest(cast(${column} as {kind}[])) as {column}"
            for column, (kind, _) in columns.items()
        )
        self.create_table(
            name, f"select {values}", {column: [*given] for column, (_, given) in columns.items()}
        )

    def store_in_order(
        self,
        table: str,
        query: str,
        parameters: Mapping[str, Any],
        made: Mapping[str, str] | None = None,
    ) -> int:
        """Create `table` from `query` and return the number of rows; rowid is the file order.

        DuckDB keeps the order of a file only if there are just projections and limits between the
        scan and the table: a join passes rows on in the order in which threads finish them.

        Args:
            table: name of the table to create or replace.
            query: our SQL that selects its columns.
            parameters: values that the query names.
            made: further columns, and the SQL that computes them whenever they are read.

        Raises:
            InternalError: the plan of `query` does not keep the order of the file.
        """
        created = f"create or replace table {table} as {query}"
        if made:
            described = self.execute(f"describe {query}", parameters).fetchall()
            stored = {str(name): str(kind) for name, kind, *_ in described}
            derived = [
                f"{name} generated always as ({_UNLESS_STORING.format(sql)})"
                for name, sql in made.items()
            ]
            columns = [f"{name} {kind}" for name, kind in stored.items()]
            self.execute(f"create or replace table {table} ({', '.join([*columns, *derived])})")
            created = f"insert into {table} ({', '.join(stored)}) {query}"
        try:
            if made:
                self.execute("set variable is_storing = true")
            count, operators = self._stored(created, parameters)
        finally:
            if made:
                self.execute("reset variable is_storing")
        if unordered := operators - _KEEP_ORDER:
            names = ", ".join(sorted(unordered))
            raise InternalError(what=f"the order of rows is not kept by {names}")
        return count

    def _stored(self, created: str, parameters: Mapping[str, Any]) -> tuple[int, set[str]]:
        """Execute a statement that stores rows; return their number, and the operators it ran."""
        self.connection.enable_profiling()  # planning once more takes as long as a short file
        try:
            ((count,),) = self.execute(created, parameters).fetchall()
            profile = json.loads(self.connection.get_profiling_information("json"))
        finally:
            self.connection.disable_profiling()
        return int(count), set(_operators(profile["operator"])) - {"RESULT_COLLECTOR"}

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Execute every statement of `sql/<name>.sql`, each with the parameters that it names."""
        given = parameters or {}
        self._define_called(query(name))
        for statement in self.connection.extract_statements(query(name)):
            wanted = {key: given[key] for key in statement.named_parameters}
            with self._errors_translated():
                self.connection.execute(statement, wanted or None)

    def define_macros(self, *names: str) -> None:
        """Have the macros of `sql/<name>.sql` defined once a statement calls them."""
        for name in names:
            if name not in self.defined:
                self.macros.update(_macros(name))
                self.defined.add(name)

    def _define_called(self, sql: str) -> None:
        """Define the macros that a statement calls, and those that they call, if not yet done."""
        for name in self.macros.keys() & set(_CALLED.findall(sql)):
            # A macro that calls itself by the name of another function is not defined twice.
            if (macro := self.macros.pop(name, None)) is not None:
                self._define_called(macro)
                with self._errors_translated():
                    self.connection.execute(macro)

    def columns(
        self, name: str, parameters: Mapping[str, Any] | None = None
    ) -> dict[str, NDArray[Any]]:
        """Execute `sql/<name>.sql` and return its columns, each of shape `(n,)`.

        Whole numbers are int64, booleans bool, decimals and reals float64, dates datetime64[D],
        text object. NULL is NaN (which makes whole numbers float64), NaT or None.
        """
        self.run(name, parameters)
        types = [str(column[1]) for column in self.connection.description or []]
        with self._errors_translated():
            columns = self.connection.fetchnumpy()
        return {
            key: _array(values, kind)
            for (key, values), kind in zip(columns.items(), types, strict=True)
        }

    def row(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Execute `sql/<name>.sql`, which gives one row, and return it; DECIMAL is Decimal."""
        self.run(name, parameters)
        names = [column[0] for column in self.connection.description or []]
        with self._errors_translated():
            (values,) = self.connection.fetchall()
        return dict(zip(names, values, strict=True))

    def describe(self, table: str) -> dict[str, str]:
        """Return the columns of a table or view, given as SQL, and their types.

        Raises:
            NoTableError: there is none of this name.
        """
        import duckdb

        try:
            rows = self.execute(f"describe select * from {table}").fetchall()
        except (duckdb.CatalogException, duckdb.BinderException):
            raise NoTableError(place="duckdb", table=table.replace('"', "")) from None
        return {str(name): str(kind) for name, kind, *_ in rows}

    def define(self, name: str, function: Callable[[str], Any]) -> None:
        """Define a function from text to text for queries; NULL stays NULL."""
        self.connection.create_function(name, function, ["VARCHAR"], "VARCHAR")

    def export(self, name: str, suffix: str) -> Path:
        """Write the result of `sql/<name>.sql` to a file in the private folder.

        Args:
            name: of a query without parameters.
            suffix: ".csv" or ".parquet", which is also the format.
        """
        path = self.temp / f"{Path(name).name}{suffix}"
        form = "format csv, header" if suffix == ".csv" else "format parquet"
        where = str(path).replace("'", "''")
        self.execute(f"copy ({query(name).strip().rstrip(';')}) to '{where}' ({form})")
        return path

    @contextmanager
    def _errors_translated(self) -> Iterator[None]:
        import duckdb

        try:
            yield
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            if re.search("No space left|not enough space|max_temp_directory_size", str(error)):
                raise DiskFullError(folder=str(self.temp)) from None
            if isinstance(error, duckdb.OutOfMemoryException):
                limit = f"{self.memory / 1000**3:.3g}GB"
                more = f"{2 * self.memory / 1000**3:.3g}GB"
                raise OutOfMemoryError(limit=limit, more=more) from None
            raise
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
            if re.search(r"DECIMAL\(\d+|HUGEINT", str(error)):
                raise SumTooLargeError(limit=f"{_LARGEST_SUM:,}") from None
            raise
        except (RuntimeError, duckdb.InterruptException) as error:
            if "interrupted" in str(error).lower():
                raise KeyboardInterrupt from None
            raise


def _operators(plan: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for node in plan:
        yield str(node["name"]).strip()
        yield from _operators(node.get("children", ()))


def _array(values: Any, kind: str) -> NDArray[Any]:
    import numpy as np

    mask = np.ma.getmaskarray(values)
    plain = np.ma.getdata(values)
    if kind == "DATE":
        plain = plain.astype("datetime64[D]")
        empty: Any = np.datetime64("NaT")
    elif kind == "BOOLEAN" or plain.dtype == object:
        empty = None
    elif kind.endswith(("INT", "INTEGER")) and not mask.any():
        return plain.astype(np.int64)
    else:
        plain = plain.astype(np.float64)
        empty = np.nan
    if mask.any():
        plain = plain.astype(object) if empty is None else plain.copy()
        plain[mask] = empty
    return plain


@cache
def query(name: str) -> str:
    """Return the text of `ltvcli/sql/<name>.sql`."""
    return (resources.files("ltvcli") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _macros(name: str) -> dict[str, str]:
    """Return the macros of `ltvcli/sql/<name>.sql`, each with the statement that defines it."""
    return {match[1]: match[0] for match in _MACRO.finditer(query(name))}


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a database file to read its tables.

    Raises:
        NotConnectedError: it is no database, or is being written to.
    """
    import duckdb

    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"attach '{quoted}' as {name} (type duckdb, read_only)")
    except (duckdb.Error, RuntimeError) as error:
        is_locked = "lock" in str(error).lower()
        because = N_("another program writes to it") if is_locked else N_("it is not a DuckDB file")
        raise NotConnectedError(place=f"duckdb://{path}", because=because) from None


def time_zone(name: str) -> str | None:
    """Return the usual spelling of the name of a time zone; None if there is none of this name."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        try:
            connection.execute("set TimeZone = $1", [name])
        except duckdb.Error:
            return None
        row = connection.execute("select current_setting('TimeZone')").fetchone()
    return str(row[0]) if row else None


def bits_of_groups(size: int, limit: int, threads: int) -> int:
    """Return up to how many bits of a number groups get places in an array, not in a hash table.

    That takes half the time, if the numbers of customers are dense. Each thread has an array with
    a place for every number: all arrays together stay below a quarter of the memory limit.

    >>> bits_of_groups(30_000, 3 * 10**9, 2), bits_of_groups(380_000_000, 3 * 10**9, 2)
    (12, 20)

    Args:
        size: of the input files, in bytes.
        limit: of memory, in bytes.
        threads: of DuckDB.
    """
    groups = min(size // _FILE_PER_GROUP, limit // (4 * threads * _BYTES_PER_GROUP))
    return min(max(groups.bit_length() - 1, _USUAL_BITS), _MOST_BITS)


def settings(files: Sequence[Path], temp: Path, limit: int, threads: int = 1) -> dict[str, Any]:
    """Return the settings of a database that can only read `files` and use `temp`.

    Args:
        files: absolute paths of the inputs.
        temp: private folder.
        limit: of memory, in bytes.
        threads: of DuckDB.
    """
    size = sum(file.stat().st_size for file in files if file.exists())
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
        # The first turns a test against many constants into a join, the second reads the
        # first rows of a Parquet file by a join: both lose the order of rows. The third lets
        # the reader of CSV try a try_cast: a cell that does not fit is an error there.
        "disabled_optimizers": "in_clause,late_materialization,type_pushdown",
        "TimeZone": "UTC",  # otherwise timestamps are shown in the local time zone
        "enable_progress_bar_print": False,
        "enable_progress_bar": progress.is_wanted(),
        "memory_limit": f"{limit}B",
        "perfect_ht_threshold": bits_of_groups(size, limit, threads),
        "temp_directory": str(temp),
        "allowed_paths": [str(file) for file in files],
        "allowed_directories": [str(temp)],
        "enable_external_access": False,
        "lock_configuration": True,
    }


def connect_early() -> None:
    """Begin to connect in a thread, for the engine that is opened next, while imports go on."""
    import duckdb  # noqa: F401 - before it connects, as Python imports one module at a time

    if _early.get() is None:
        pool = ThreadPoolExecutor(1)
        _early.set(pool.submit(_connect))
        pool.shutdown(wait=False)


@contextmanager
def none_left() -> Iterator[None]:
    """Close at the end what was connected early, if no engine was opened after all."""
    try:
        yield
    finally:
        if early := _early.get():
            _early.set(None)
            early.result()[0].close()


def _connect() -> Connected:
    import duckdb

    connection = duckdb.connect(":memory:")
    ((memory, threads),) = connection.execute(
        "select current_setting('memory_limit'), current_setting('threads')"
    ).fetchall()
    return connection, memory, threads


@contextmanager
def open(  # noqa: A001 - reads as engines.duckdb.open(...)
    files: Sequence[Path],
    temp: Path,
    memory: str | None,
) -> Iterator[DuckDB]:
    """Open an engine that can only read `files`, and read and write in `temp`.

    Args:
        files: absolute paths of the inputs.
        temp: private folder for decoded copies and for what does not fit into memory.
        memory: limit such as "1GB"; without one, 3 GB or about 60% of a smaller machine.

    Raises:
        NotAMemorySizeError: `memory` is not a size.
    """
    with _opened(files, temp, memory) as engine:
        yield engine


@contextmanager
def open_attached(
    path: Path, name: str, files: Sequence[Path], temp: Path, memory: str | None
) -> Iterator[DuckDB]:
    """Open an engine as `open` does that also reads the tables of a database file.

    Args:
        path: of the database, which is never written to.
        name: of the database in the engine.
        files: absolute paths of the inputs.
        temp: private folder.
        memory: limit such as "1GB".

    Raises:
        NotAMemorySizeError: `memory` is not a size.
        NotConnectedError: it is no database, or is being written to.
    """
    with _opened(files, temp, memory, lambda connection: _attach(connection, path, name)) as engine:
        yield engine


@contextmanager
def _opened(
    files: Sequence[Path],
    temp: Path,
    memory: str | None,
    prepare: Callable[[duckdb.DuckDBPyConnection], None] = lambda _: None,
) -> Iterator[DuckDB]:
    """Open an engine; queries can no longer do what `prepare` does."""
    asked = memory_bytes(memory) if memory else None
    early = _early.get()
    _early.set(None)
    connection, most, threads = early.result() if early else _connect()
    limit = asked or min(_USUAL, int(_SHARE * memory_bytes(most)))
    try:
        prepare(connection)
        connection.execute("set enable_profiling = 'no_output'")  # of what asks for it, in silence
        connection.disable_profiling()
        for setting, value in settings(files, temp, limit, threads).items():
            connection.execute(f"set {setting} = $1", [value])
        with progress.source(connection.query_progress):
            yield DuckDB(connection, temp, limit)
    finally:
        connection.close()
