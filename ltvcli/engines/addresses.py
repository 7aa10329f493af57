"""Addresses of databases: which engine is behind one, and how it is shown without a password."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli.errors import MissingFileError, SourceSchemeError, TimezoneError

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.engines.scripted import Script

ATTACHED = "source"
"""Name of the DuckDB file in the engine that reads it."""
_SCHEMA = "LTV_SPARK_SCHEMA"
"""Variable that names the schema in which Spark creates intermediate tables."""
_ZONE = "spark.sql.session.timeZone"
SCHEMES = ("duckdb", "postgresql", "postgres", "sc")
"""What an address may begin with."""
_SECRET = re.compile(
    r"([;?&][^=;&]*(?:password|passwd|pwd|token|secret|key)[^=;&]*=)[^;&]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is; the text may hold a password, and is shown nowhere."""

    text: str = field(repr=False)

    @property
    def scheme(self) -> str:
        """Return the scheme of an address: duckdb, postgresql, ..."""
        return self.text.partition(":")[0].lower()

    @property
    def shown(self) -> str:
        """Return the address without passwords.

        >>> Address("postgresql://ann:se@cret/@host:5432/shop?sslpassword=x").shown
        'postgresql://ann@host:5432/shop?sslpassword=***'
        >>> Address("sc://host:15002/;token=abc;user_id=ann").shown
        'sc://host:15002/;token=***;user_id=ann'
        """
        start, slashes, rest = self.text.partition("://")
        end = min((at for at in (rest.find("?"), rest.find(";")) if at >= 0), default=len(rest))
        user, at, place = rest[:end].rpartition("@")
        name = f"{user.partition(':')[0]}{at}{place}"
        options = _SECRET.sub(r"\1***", rest[end:])
        return f"{start}{slashes}{name}{options}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a database, `orders` or `shop.orders`; `where` is a condition on its rows.

    `timezone` is that of its days where times have one; without it, UTC.
    Or a view of a Spark DataFrame in the `session` that made it; or the table of a `script`, to
    which there is no connection.
    """

    address: Address
    name: str
    where: str | None = None
    timezone: str | None = None
    session: Any = field(default=None, repr=False, compare=False)
    script: Script | None = field(default=None, repr=False, compare=False)

    @property
    def shown(self) -> str:
        """Return the address and the name, without passwords.

        >>> Table(address=Address("postgresql://ann:secret@host/shop"), name="orders").shown
        'postgresql://ann@host/shop orders'
        """
        return "DataFrame" if self.is_frame else f"{self.address.shown} {self.name}"

    @property
    def is_frame(self) -> bool:
        """Return whether an input is a DataFrame of an existing session."""
        return self.session is not None

    @property
    def is_spark(self) -> bool:
        """Return whether Spark holds it."""
        return self.script is None and self.address.scheme in ("sc", "spark")

    @property
    def is_local(self) -> bool:
        """Return whether the engine runs in this process, and reads files as well."""
        return self.script is None and self.address.scheme == "duckdb"

    @property
    def described_as(self) -> str:
        """Return the form in which the engine describes a table: a name for Spark, else SQL."""
        return self.relation.replace('"', "`") if self.is_spark else self.relation

    @property
    def relation(self) -> str:
        """Return the table as SQL to select from; names are quoted.

        >>> Table(address=Address("duckdb:///shop.duckdb"), name="orders").relation
        'source."orders"'
        """
        names = quoted(self.name)
        return f"{ATTACHED}.{names}" if self.is_local else names

    @property
    def rows(self) -> str:
        """Return the rows that count, as they follow FROM."""
        if self.script is not None:
            return self.script.relation
        return f"{self.relation} where ({self.where}\n)" if self.where else self.relation


def quoted(name: str) -> str:
    """Return a name such as shop.orders with quotes, as our SQL has it.

    >>> quoted("shop.orders")
    '"shop"."orders"'
    """
    return ".".join('"' + each.replace('"', '""') + '"' for each in name.split("."))


def read(text: str) -> Address:
    """Read the address of a database.

    Raises:
        SourceSchemeError: no engine is known for it.
    """
    address = Address(text.strip())
    if address.scheme not in SCHEMES or "://" not in text:
        raise SourceSchemeError(source=address.shown)
    return address


@contextmanager
def open(  # noqa: A001 - reads as addresses.open(...)
    table: Table, temp: Path, memory: str | None, files: Sequence[Path] = ()
) -> Iterator[DuckDB]:
    """Open the engine of a table; all its queries are portable.

    Args:
        table: of the database.
        temp: private folder.
        memory: limit such as "1GB", of an engine in this process.
        files: absolute paths of files that an engine in this process reads besides.

    Raises:
        InputError: the database cannot be opened.
    """
    engine: Any
    address = table.address
    if table.script is not None:
        from ltvcli.engines import scripted

        with scripted.open(table.script, temp, memory) as engine:
            yield engine
    elif table.is_local:
        from ltvcli.engines import duckdb

        with duckdb.open_attached(_path(address), ATTACHED, files, temp, memory) as engine:
            yield engine
    elif table.is_spark:
        from ltvcli.engines import spark

        with spark.open(table.session or address.text, os.environ.get(_SCHEMA, "")) as engine:
            if not table.is_frame:
                engine.spark.conf.set(_ZONE, "UTC")
            yield engine
    else:
        from ltvcli.engines import _prompt, postgres

        with postgres.open(address.text, _prompt.password()) as engine:
            yield engine


def zone(table: Table) -> str:
    """Return the time zone of days in the engine; for a session, the user's."""
    return str(table.session.conf.get(_ZONE)) if table.is_frame else table.timezone or "UTC"


def with_known_zone(table: Table) -> Table:
    """Return the table with its time zone as all engines write it: Asia/Tokyo for asia/tokyo.

    Raises:
        TimezoneError: there is no such time zone.
    """
    if table.timezone is None:
        return table
    from ltvcli.engines import duckdb

    known = duckdb.time_zone(table.timezone)
    if known is None:
        raise TimezoneError(text=table.timezone)
    return replace(table, timezone=known)


def _path(address: Address) -> Path:
    """Return the path of a DuckDB file: duckdb:///folder/shop.duckdb, duckdb://shop.duckdb.

    Raises:
        MissingFileError: there is no such file.
    """
    text = address.text.partition("://")[2]
    path = Path(text)
    if not path.is_file():  # three slashes before a path that is relative, as SQLAlchemy has it
        path = Path(text.removeprefix("/"))
    if not text or not path.is_file():
        raise MissingFileError(file=text)
    return path.resolve()
