"""Spark, by Spark Connect or with a session that is there: our queries run on the cluster.

What a query needs again is written to a table in Parquet: Spark computes a view each time it is
read, and keeping one in memory (persist) took six times as long on 1M orders.
"""

from __future__ import annotations

import logging
import re
import socket
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

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
    import pyarrow as pa

_PATIENCE = 10
"""Seconds to wait for a connection."""
_PORT = 15002
_LOGGER = "SQLQueryContextLogger"
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # otherwise a sum that is too large is NULL
    "spark.sql.session.timeZone": "UTC",  # so that a time is on the same day everywhere
}
_TYPES = {
    "integer": "int", "bigint": "bigint", "double": "double", "text": "string", "date": "date",
}  # fmt: skip
"""Spark's name of a type of ours."""
_LARGEST_SUM = 10**14 - 1  # DECIMAL(18,4), which money is stored as
_ERRORS: tuple[tuple[str, type[LtvError]], ...] = (
    ("UNAUTHENTICATED", LoginRefusedError),
    ("PERMISSION", NotPermittedError),
    ("UNAVAILABLE", ConnectionLostError),
    ("INVALID_HANDLE", ConnectionLostError),  # of a session that was closed
    ("OPERATION_CANCELED", QueryCancelledError),
    ("CANCELLED", QueryCancelledError),
)
"""Our error by what is in Spark's condition or in the state of gRPC."""


@dataclass(slots=True, kw_only=True)
class Spark(Portable):
    """An open session of Spark; `facts.Engine` documents its tables."""

    spark: Any
    place: str
    secrets: tuple[str, ...] = ()
    schema: str = ""

    @property
    def dialect(self) -> Dialect:
        """The dialect that it understands."""
        return "spark"

    def ask(self, sql: str) -> Answer:
        """Run a query that changes nothing, and return the answer."""
        table = self._sent(sql)
        return Answer(
            names=table.column_names,
            kinds=[_kind(column.type) for column in table.schema],
            rows=list(zip(*(column.to_pylist() for column in table.columns), strict=True)),
        )

    def store(self, name: str, sql: str) -> str:
        """Create a table in Parquet."""
        placed = f"{self.schema}.{name}" if self.schema else name
        self.kinds[placed] = "table"
        self._sent(f"create table {placed} using parquet as {sql}")
        return placed

    def show(self, name: str, sql: str) -> str:
        """Create a temporary view."""
        self.kinds[name] = "view"
        self._sent(f"create or replace temporary view {name} as {sql}")
        return name

    def send(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> str:
        """Create a temporary view of values from here."""
        import pyarrow as pa

        types = {
            "integer": pa.int32(), "bigint": pa.int64(), "double": pa.float64(),
            "text": pa.string(), "date": pa.date32(),
        }  # fmt: skip
        table = pa.table({
            column: pa.array(values, types[kind]) for column, (kind, values) in columns.items()
        })  # fmt: skip
        with self._errors_translated(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            declared = ", ".join(
                f"{column} {_TYPES[kind]}" for column, (kind, _) in columns.items()
            )
            rows = table if len(table) else []  # Spark takes no schema from an empty table
            self.spark.createDataFrame(rows, declared).createOrReplaceTempView(name)
        self.kinds[name] = "view"
        return name

    def drop(self, name: str) -> None:
        """Drop a table or a temporary view."""
        self._sent(f"drop {self.kinds.pop(name, 'table')} if exists {name}")

    def close(self) -> None:
        """Drop created objects, newest first, if the server still answers."""
        while self.kinds:
            with suppress(QueryFailedError, NotPermittedError):
                self.drop(next(reversed(self.kinds)))

    def describe(self, table: str) -> dict[str, str]:
        """Return the columns of a table or view, with Spark's names of types.

        Raises:
            NoTableError: there is none of this name.
        """
        named = self.tables.get(table, table)
        with self._errors_translated(table):
            fields = self.spark.table(named).schema.fields
        return {field.name: field.dataType.simpleString() for field in fields}

    def _sent(self, sql: str) -> pa.Table:
        with self._errors_translated(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.spark.sql(sql).toArrow()

    @contextmanager
    def _errors_translated(self, table: str = "") -> Iterator[None]:
        from pyspark.errors import PySparkException

        # Spark's client writes errors to stderr, with its own and the server's traceback.
        logger = logging.getLogger(_LOGGER)
        is_silent, logger.disabled = logger.disabled, True
        try:
            yield
        except KeyboardInterrupt:
            with suppress(Exception):
                self.spark.interruptTag(self.session)
            raise
        except LtvError:
            raise
        except PySparkException as error:
            raise self._ours(error, table) from None
        except Exception as error:
            if type(error).__module__.startswith("grpc"):
                raise self._ours(error, table) from None
            raise
        finally:
            logger.disabled = is_silent

    def _ours(self, error: Any, table: str) -> LtvError:
        """Return our error for one of Spark."""
        condition = ""
        with suppress(Exception):
            condition = str(error.getCondition() or "")
        message = f"{condition} {type(error).__name__} {error}"
        because = _secrets.hidden(error, self.secrets)
        if "TABLE_OR_VIEW_NOT_FOUND" in message or (table and "not found" in message.lower()):
            quoted = re.search(r"`.+`|(?<=not found: ).+", because)
            return NoTableError(place=self.place, table=table or (quoted or [because])[0])
        if "NUMERIC_VALUE_OUT_OF_RANGE" in message or "ARITHMETIC_OVERFLOW" in message:
            return SumTooLargeError(limit=f"{_LARGEST_SUM:,}")
        made = next((kind for start, kind in _ERRORS if start in message), QueryFailedError)
        facts = {"variable": "SPARK_REMOTE"} if made is LoginRefusedError else {}
        return made(place=self.place, because=because, **facts)


@contextmanager
def open(source: Any, schema: str = "") -> Iterator[Spark]:  # noqa: A001 - engines.spark.open(...)
    """Open a session, or use an existing one, and drop created objects.

    Args:
        source: `sc://host:port/;options`, or a session of Spark, which is left open.
        schema: where intermediate tables are created; without one, the session's own.

    Raises:
        NoDriverError: pyspark or SQLGlot is not installed.
        NotConnectedError: there is no such server.
    """
    is_url = isinstance(source, str)
    place = _secrets.place(source) if is_url else "spark"
    try:
        import sqlglot  # noqa: F401 - needed by every query

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it does not know the newest pandas
            from pyspark.sql import SparkSession
    except ImportError:
        raise NoDriverError(place=place, extra="spark") from None
    if is_url:
        _reach(source, place)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                spark = SparkSession.builder.remote(source).create()
                _lose_patience(spark)
                for name, value in _SETTINGS.items():
                    spark.conf.set(name, value)
            except Exception as error:
                because = _secrets.hidden(error, _secrets.of(source))
                raise NotConnectedError(place=place, because=because) from None
    else:
        spark = source
    secrets = _secrets.of(source) if is_url else ()
    engine = Spark(spark=spark, place=place, secrets=secrets, schema=schema)
    with suppress(Exception):
        spark.addTag(engine.session)
    try:
        yield engine
    finally:
        with suppress(Exception):
            engine.close()
        with suppress(Exception):
            spark.removeTag(engine.session)
        if is_url:
            with suppress(Exception):
                spark.stop()


def _reach(url: str, place: str) -> None:
    """Look whether somebody listens: Spark's client tries for minutes.

    Raises:
        NotConnectedError: nobody does.
    """
    try:
        parts = urlsplit(url)
        address = (parts.hostname or "", parts.port or _PORT)
        with socket.create_connection(address, timeout=_PATIENCE):
            return
    except (OSError, ValueError) as error:
        because = _secrets.hidden(getattr(error, "strerror", None) or error, ())
        raise NotConnectedError(place=place, because=because) from None


def _lose_patience(spark: Any) -> None:
    """Limit the client's retries to three within seconds; its default is ten minutes."""
    from pyspark.sql.connect.client.retries import DefaultPolicy

    with suppress(AttributeError):  # is no part of the documented interface
        spark.client.set_retry_policies([DefaultPolicy(max_retries=3, max_backoff=1000)])


def _kind(kind: pa.DataType) -> Kind:
    import pyarrow as pa

    checks: tuple[tuple[Any, Kind], ...] = (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "whole"),
        (pa.types.is_floating, "real"),
        (pa.types.is_decimal, "decimal"),
        (pa.types.is_date, "day"),
    )
    return next((named for check, named in checks if check(kind)), "other")
