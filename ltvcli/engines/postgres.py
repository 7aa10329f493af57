"""PostgreSQL: our queries run there, in temporary tables; its own tables are only read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltvcli.choices import Dialect
from ltvcli.engines import _secrets
from ltvcli.engines._arrays import Kind
from ltvcli.engines._portable import Answer, Portable
from ltvcli.errors import (
    ConnectionLostError,
    LoginRefusedError,
    LtvError,
    NoDriverError,
    NoTableError,
    NotConnectedError,
    NotPermittedError,
    QueryCancelledError,
    QueryFailedError,
    SumTooLargeError,
)

if TYPE_CHECKING:
    import psycopg

_PATIENCE = 10
"""Seconds to wait for a connection."""
_KINDS: dict[int, Kind] = {
    16: "boolean", 20: "whole", 21: "whole", 23: "whole", 700: "real", 701: "real",
    1082: "day", 1700: "decimal",
}  # fmt: skip
"""What a type holds, by its number in PostgreSQL (pg_type.oid)."""
_TEXT = {18, 19, 25, 1042, 1043}
_SETTINGS = {
    "client_encoding": "UTF8",
    "datestyle": "ISO",
    "timezone": "UTC",
    "extra_float_digits": "1",  # floats are transferred exactly
    "standard_conforming_strings": "on",
    "default_transaction_read_only": "on",  # what creates a temporary table says otherwise
}
_TYPES = {"double": "double precision", "text": 'text collate "C"'}
_LARGEST_SUM = 10**14 - 1  # DECIMAL(18,4), which money is stored as
_ERRORS: tuple[tuple[str, type[LtvError]], ...] = (
    ("57014", QueryCancelledError),
    ("57P", ConnectionLostError),
    ("08", ConnectionLostError),
    ("42501", NotPermittedError),
    ("25006", NotPermittedError),  # a replica, which has no temporary tables
    ("28", LoginRefusedError),
)
"""Our error by the begin of SQLSTATE (PostgreSQL documentation, appendix A)."""


@dataclass(slots=True, kw_only=True)
class Postgres(Portable):
    """An open connection to PostgreSQL; `facts.Engine` documents its tables."""

    connection: psycopg.Connection[tuple[Any, ...]]
    place: str
    secrets: tuple[str, ...]

    @property
    def dialect(self) -> Dialect:
        """The dialect that it understands."""
        return "postgres"

    def ask(self, sql: str) -> Answer:
        """Run a query that changes nothing, and return the answer."""
        with self._errors_translated(), self.connection.cursor(binary=True) as cursor:
            cursor.execute(_query(sql))
            described = cursor.description or []
            return Answer(
                names=[column.name for column in described],
                kinds=[_KINDS.get(column.type_code, "other") for column in described],
                rows=cursor.fetchall(),
            )

    def store(self, name: str, sql: str) -> str:
        """Create a temporary table whose text is ordered by bytes, as in DuckDB."""
        with self._errors_translated(), self.connection.cursor() as cursor:
            cursor.execute(_query(f"select * from ({sql}) as described limit 0"))
            columns = ", ".join(
                f'"{column.name}"' + (' collate "C"' if column.type_code in _TEXT else "")
                + f' as "{column.name}"'
                for column in cursor.description or []
            )  # fmt: skip
        created = f"create temporary table {name} as select {columns} from ({sql}) as computed"
        self.kinds[name] = "table"
        self._change(created, f"analyze {name}")
        return name

    def show(self, name: str, sql: str) -> str:
        """Create a temporary view."""
        self.kinds[name] = "view"
        self._change(f"create temporary view {name} as {sql}")
        return name

    def send(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> str:
        """Create a temporary table of values from here."""
        declared = ", ".join(
            f'"{column}" {_TYPES.get(kind, kind)}' for column, (kind, _) in columns.items()
        )
        self.kinds[name] = "table"
        self._change(f"create temporary table {name} ({declared})")
        rows = zip(*(values for _, values in columns.values()), strict=True)
        with self._errors_translated(), self.connection.cursor() as cursor:
            with cursor.copy(_query(f"copy {name} from stdin")) as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(_query(f"analyze {name}"))
        return name

    def drop(self, name: str) -> None:
        """Drop a temporary table or view, and the views of it."""
        self._change(f"drop {self.kinds.pop(name)} if exists {name} cascade")

    def describe(self, table: str) -> dict[str, str]:
        """Return the columns of a table or view, with PostgreSQL's names of types.

        Raises:
            NoTableError: there is none of this name.
        """
        from psycopg import errors

        named = self.tables.get(table, table)
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(
                    "select attname, format_type(atttypid, atttypmod) from pg_attribute"
                    " where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped"
                    " order by attnum",
                    [named],
                )
                columns = {str(name): str(kind) for name, kind in cursor.fetchall()}
        except (errors.SyntaxError, errors.InvalidName, errors.FeatureNotSupported):
            columns = {}
        except Exception as error:
            raise self._ours(error) from None
        if not columns:
            raise NoTableError(place=self.place, table=table)
        return columns

    def _change(self, *statements: str) -> None:
        """Create or drop temporary objects in one transaction."""
        with self._errors_translated(), self.connection.transaction():
            self.connection.execute("set transaction read write")
            for statement in statements:
                self.connection.execute(_query(statement))

    @contextmanager
    def _errors_translated(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            raise self._ours(error) from None

    def _ours(self, error: Exception) -> Exception:
        """Convert a PostgreSQL error to ours."""
        import psycopg

        if not isinstance(error, psycopg.Error):
            return error
        state = error.sqlstate or ""
        because = _secrets.hidden(error, self.secrets)
        if state == "42P01":
            quoted = re.search(r'"(.+)"', because)
            return NoTableError(place=self.place, table=quoted[1] if quoted else because)
        if state == "22003":
            return SumTooLargeError(limit=f"{_LARGEST_SUM:,}")
        if self.connection.closed or not state:
            return ConnectionLostError(place=self.place, because=because)
        made = next((kind for start, kind in _ERRORS if state.startswith(start)), QueryFailedError)
        return made(place=self.place, because=because)


@contextmanager
def open(  # noqa: A001 - reads as engines.postgres.open(...)
    url: str, password: Callable[[str], str] | None = None
) -> Iterator[Postgres]:
    """Open a connection, and drop created objects when it is closed.

    The password is that of the URL, of PGPASSWORD, of the service file or ~/.pgpass; if there is
    none and the server wants one, it is asked for.

    Args:
        url: `postgresql://user@host:port/database?options`.
        password: asks for the password of the place it is given.

    Raises:
        NoDriverError: psycopg or SQLGlot is not installed.
        NotConnectedError: there is no such server or database.
        LoginRefusedError: the server refuses the user or the password.
    """
    place = _secrets.place(url)
    try:
        import psycopg
        import sqlglot  # noqa: F401 - needed by every query
    except ImportError:
        raise NoDriverError(place=place, extra="postgres") from None
    secrets = _secrets.of(url)
    try:
        connection = _connected(url)
    except psycopg.Error as error:
        if "no password supplied" not in str(error) or password is None:
            raise _refused(error, place, secrets) from None
        try:
            given = password(place)
        except EOFError:
            raise _refused(error, place, secrets) from None
        secrets = (*secrets, given)
        try:
            connection = _connected(url, password=given)
        except psycopg.Error as again:
            raise _refused(again, place, secrets) from None
    engine = Postgres(connection=connection, place=place, secrets=secrets)
    try:
        yield engine
    finally:
        # Closing drops all temporary tables, in whatever state the connection is.
        with suppress(Exception):
            connection.close()


def _connected(url: str, **options: str) -> psycopg.Connection[tuple[Any, ...]]:
    import psycopg

    connection = psycopg.connect(
        url,
        autocommit=True,
        connect_timeout=_PATIENCE,
        fallback_application_name="ltv",
        **options,  # type: ignore[arg-type] # only the password
    )
    for name, value in _SETTINGS.items():
        connection.execute("select set_config(%s, %s, false)", [name, value])
    return connection


def _refused(error: Exception, place: str, secrets: Sequence[str]) -> LtvError:
    because = _secrets.hidden(error, secrets)
    words = ("password", "authentication", "no pg_hba.conf entry", "role ")
    if any(word in str(error) for word in words):
        return LoginRefusedError(place=place, because=because, variable="PGPASSWORD")
    return NotConnectedError(place=place, because=because)


def _query(sql: str) -> Any:
    """Mark SQL that we wrote as safe to execute; psycopg asks for a constant otherwise."""
    from psycopg.sql import SQL

    return SQL(sql)
