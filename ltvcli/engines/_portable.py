"""Code shared by engines that run our queries in another dialect."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct

from ltvcli.choices import Dialect
from ltvcli.engines._arrays import Kind, array
from ltvcli.engines._dialects import Statement, statements, write
from ltvcli.engines._queries import query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from sqlglot import exp


class Answer(Struct, frozen=True, kw_only=True):
    """The rows of an answer; `kinds` are the types of the columns."""

    names: Sequence[str]
    kinds: Sequence[Kind]
    rows: Sequence[Sequence[Any]]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows, as DuckDB's answers do."""
        return [tuple(row) for row in self.rows]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, each of shape `(n,)`, as DuckDB's adapter does."""
        values = zip(*self.rows, strict=True) if self.rows else [()] * len(self.names)
        return {
            name: array(list(column), kind)
            for name, kind, column in zip(self.names, self.kinds, values, strict=True)
        }

    def row(self) -> dict[str, Any]:
        """Return the only row by column."""
        (values,) = self.rows
        return dict(zip(self.names, values, strict=True))

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the first row."""
        return tuple(self.rows[0]) if self.rows else None


@dataclass(slots=True, kw_only=True)
class Portable(ABC):
    """An open engine; `facts.Engine` documents its tables.

    Our tables have names of their own in the engine, `tables`, so that they never hide a table of
    the user: a table in our SQL is ours if its name is there, and it has no schema and no quotes.
    `store`, `show` and `send` return the name by which the new table is found in a query.
    """

    tables: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    """Table or view, by the name in the engine, of what is created, even if only half."""
    session: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    numbers: Iterator[int] = field(default_factory=count)
    asks_all: ClassVar[bool] = False

    @property
    @abstractmethod
    def dialect(self) -> Dialect:
        """The dialect that it understands."""

    @abstractmethod
    def ask(self, sql: str) -> Answer:
        """Translate and run a query that changes nothing, and return the answer."""

    @abstractmethod
    def store(self, name: str, sql: str) -> str:
        """Create a temporary table of its dialect's SQL, under a name that was not used before."""

    @abstractmethod
    def show(self, name: str, sql: str) -> str:
        """Create a temporary view of its dialect's SQL, under a name that was not used before."""

    @abstractmethod
    def send(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> str:
        """Create a temporary table of values from here, under a name that was not used before."""

    @abstractmethod
    def drop(self, name: str) -> None:
        """Drop a table or view that `store`, `show` or `send` made."""

    @abstractmethod
    def describe(self, table: str) -> dict[str, str]:
        """Return the columns of a user's table, with the engine's names of types.

        Raises:
            NoTableError: there is none of this name.
        """

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Execute every statement of `sql/<name>.sql`."""
        self.execute(query(name), parameters)

    def columns(
        self, name: str, parameters: Mapping[str, Any] | None = None
    ) -> dict[str, NDArray[Any]]:
        """Execute `sql/<name>.sql` and return its columns, each of shape `(n,)`, as DuckDB's."""
        return self.execute(query(name), parameters).columns()

    def row(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Execute `sql/<name>.sql`, which gives one row, and return it; DECIMAL is Decimal."""
        return self.execute(query(name), parameters).row()

    def execute(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Answer:
        """Execute statements in our SQL, and return the answer of the last.

        Args:
            sql: in the portable subset of DuckDB's SQL.
            parameters: values that it names.

        Raises:
            InternalError: it is not portable.
            InputError: the engine cannot run it, or was lost.
            KeyboardInterrupt: the user stopped it, and the engine stopped too.
        """
        answer = Answer(names=(), kinds=(), rows=())
        for statement in statements(sql):
            if statement.kind == "drop":
                self.drop(self.tables.pop(statement.name))
            elif statement.kind == "select":
                tree, sums = exact_sums(statement)
                written = write(tree, self.dialect, parameters, self.tables)
                answer = _rounded(self.ask(written), sums)
            else:
                self._make(statement, parameters)
        return answer

    def create_table(
        self, name: str, query: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        """Create or replace a table of ours, which is dropped when the engine is closed.

        Args:
            name: of the table, in our SQL.
            query: our SQL that selects its columns.
            parameters: values that the query names.
        """
        (statement,) = statements(query)
        self._make(Statement(kind="table", name=name, query=statement.query), parameters)

    def fill(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> None:
        """Create or replace one of our tables from values; a short column is padded with NULL.

        Args:
            name: of the table, in our SQL.
            columns: type (integer, bigint, double, text or date) and values of each.
        """
        rows = max((len(values) for _, values in columns.values()), default=0)
        padded = {
            column: (kind, [*values, *[None] * (rows - len(values))])
            for column, (kind, values) in columns.items()
        }
        self._replaced(name, self.send(self._named(name), padded))

    def _make(self, statement: Statement, parameters: Mapping[str, Any] | None) -> None:
        make = self.show if statement.kind == "view" else self.store
        created = make(self._named(statement.name), self._written(statement, parameters))
        self._replaced(statement.name, created)

    def _replaced(self, name: str, created: str) -> None:
        if name in self.tables:
            self.drop(self.tables.pop(name))
        self.tables[name] = created

    def _named(self, name: str) -> str:
        return f"ltv_{self.session}_{next(self.numbers)}_{name}"

    def _written(self, statement: Statement, parameters: Mapping[str, Any] | None) -> str:
        assert statement.query is not None
        return write(statement.query, self.dialect, parameters, self.tables)


@cache
def exact_sums(statement: Statement) -> tuple[exp.Expr, frozenset[str]]:
    """Return a query without the casts of sums to DOUBLE in its result, and their columns.

    Sums are transferred as DECIMAL and become floats here: of more than 15 digits not every
    engine gives the float that is nearest, as DuckDB does.
    """
    from sqlglot import exp

    assert isinstance(statement.query, exp.Query)
    tree = statement.query.copy()
    names = set()
    for column in tree.selects:
        cast = column.unalias()
        if isinstance(cast, exp.Cast) and cast.to.is_type("double") and cast.this.find(exp.Sum):
            names.add(column.alias_or_name)
            cast.replace(cast.this)
    return tree, frozenset(names)


def _rounded(answer: Answer, sums: frozenset[str]) -> Answer:
    """Round the sums in an answer to floats."""
    if not sums:
        return answer
    is_sum = [name in sums for name in answer.names]
    kinds: list[Kind] = [
        "real" if rounds else kind for rounds, kind in zip(is_sum, answer.kinds, strict=True)
    ]
    rows = [
        tuple(
            float(value) if rounds and value is not None else value
            for rounds, value in zip(is_sum, row, strict=True)
        )
        for row in answer.rows
    ]
    return Answer(names=answer.names, kinds=kinds, rows=rows)
