"""DuckDB in this process: it reads the input files, spills to a private folder, and no more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct, field

from ltvcli import progress
from ltvcli.engines import _closing, _duckdb_errors, _early_connection, _parts, _row_order
from ltvcli.engines._arrays import unmasked
from ltvcli.engines._duckdb_settings import MOST_BITS, memory_bytes, settings, usual_memory
from ltvcli.engines._queries import called, macros, query
from ltvcli.errors import NoTableError, NotConnectedError
from ltvcli.language import N_

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

__all__ = ["DuckDB", "open", "open_attached", "query", "time_zone"]

_STORE = "store"


class DuckDB(Struct, frozen=True):
    """An open engine; `facts.Engine` documents its tables."""

    connection: duckdb.DuckDBPyConnection
    temp: Path
    memory: int
    store: str = ""  # database that holds the tables of large files, and can compress them
    defined: set[str] = field(default_factory=set)  # files of macros
    macros: dict[str, str] = field(  # not defined yet
        default_factory=lambda: macros("portable") | macros("months")
    )
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
        with _duckdb_errors.translated(self.temp, self.memory):
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

    def store_in_order(self, table: str, query: str, parameters: Mapping[str, Any]) -> int:
        """Create `table` from `query` and return the number of rows; rowid is the file order.

        DuckDB keeps the order of a file only if there are just projections and limits between the
        scan and the table: a join passes rows on in the order in which threads finish them.

        Args:
            table: name of the table to create or replace.
            query: our SQL that selects its columns.
            parameters: values that the query names.

        Raises:
            InternalError: the plan of `query` does not keep the order of the file.
        """
        return _row_order.store(self, table, query, parameters)

    def store_profiled(self, statement: str, parameters: Mapping[str, Any]) -> tuple[int, set[str]]:
        """Execute a statement that stores rows; return their number, and the operators it ran."""
        self.connection.enable_profiling()  # planning once more takes as long as a short file
        try:
            ((count,),) = self.execute(statement, parameters).fetchall()
            profile = json.loads(self.connection.get_profiling_information("json"))
        finally:
            self.connection.disable_profiling()
        return int(count), set(_row_order.operators(profile["operator"])) - {"RESULT_COLLECTOR"}

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Execute every statement of `sql/<name>.sql`, each with the parameters that it names."""
        self.run_text(query(name), parameters or {})

    def run_text(self, sql: str, given: Mapping[str, Any]) -> None:
        """Execute statements, each with the parameters that it names."""
        self._define_called(sql)
        for statement in self.connection.extract_statements(sql):
            wanted = {key: given[key] for key in statement.named_parameters}
            with _duckdb_errors.translated(self.temp, self.memory):
                self.connection.execute(statement, wanted or None)

    def run_in_parts(
        self, names: Sequence[str], parameters: Mapping[str, Any], table: str, *, are_sums: bool
    ) -> None:
        """Execute `sql/<name>.sql` of each name, for some customers at a time if this is faster.

        Args:
            names: of queries with rows of single customers, or with sums that are added up later.
            parameters: values that they name.
            table: that the last one creates, to which each part adds its rows.
            are_sums: whether its rows are such sums.
        """
        sql = "\n".join(map(query, names))
        _parts.run(self, sql, parameters, table, are_sums=are_sums)

    def define_macros(self, *names: str) -> None:
        """Have the macros of `sql/<name>.sql` defined once a statement calls them."""
        for name in names:
            if name not in self.defined:
                self.macros.update(macros(name))
                self.defined.add(name)

    def _define_called(self, sql: str) -> None:
        """Define the macros that a statement calls, and those that they call, if not yet done."""
        for name in self.macros.keys() & called(sql):
            # A macro that calls itself by the name of another function is not defined twice.
            if (macro := self.macros.pop(name, None)) is not None:
                self._define_called(macro)
                with _duckdb_errors.translated(self.temp, self.memory):
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
        with _duckdb_errors.translated(self.temp, self.memory):
            columns = self.connection.fetchnumpy()
        return {
            key: unmasked(values, kind)
            for (key, values), kind in zip(columns.items(), types, strict=True)
        }

    def row(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Execute `sql/<name>.sql`, which gives one row, and return it; DECIMAL is Decimal."""
        self.run(name, parameters)
        names = [column[0] for column in self.connection.description or []]
        with _duckdb_errors.translated(self.temp, self.memory):
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
    def leaving_a_core(self) -> Iterator[None]:
        """Compute with one thread fewer in this context, so that other work has a core."""
        ((threads,),) = self.execute("select current_setting('threads')").fetchall()
        self.execute(f"set threads = {max(1, threads - 1)}")
        try:
            yield
        finally:
            self.execute(f"set threads = {threads}")


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
        memory: limit such as "1GB"; without one, 3.5 GB or about 60% of a smaller machine.

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
    prepare: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
) -> Iterator[DuckDB]:
    """Open an engine; queries can no longer do what `prepare` does."""
    asked = memory_bytes(memory) if memory else None
    _closing.wait()
    connection, most, threads = _early_connection.take()
    limit = asked or usual_memory(most)
    try:
        if prepare:
            prepare(connection)
        connection.execute("set enable_profiling = 'no_output'")  # of what asks for it, in silence
        connection.disable_profiling()
        wanted = settings(files, temp, limit, threads)
        store = _STORE if wanted["perfect_ht_threshold"] == MOST_BITS else ""
        if store:
            connection.execute(f"attach ':memory:' as {store} (compress); use {store}")
        for setting, value in wanted.items():
            connection.execute(f"set {setting} = $1", [value])
        with progress.source(connection.query_progress):
            yield DuckDB(connection, temp, limit, store)
    finally:
        if prepare:
            connection.close()  # other programs wait for a database file
        else:
            _closing.close(connection, temp)
