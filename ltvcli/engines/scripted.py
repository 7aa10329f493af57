"""Queries without a connection: written into a script, and answered from its result files.

A command is rehearsed on a stand-in: a small made-up table with the columns of the real one. Every
statement is noted on the way, and the script holds them all. Later the command runs once more, and
each query is answered from the file with its result. The name of a file holds a hash of its query
and of all that was created before it, so that only the very same query is answered from it: where
the real table leads to another query than the stand-in did, the file of that query is missing, and
nothing is answered. `ltv sql --facts` then writes a script along the path of the real table.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from msgspec import Struct, field

from ltvcli.engines import duckdb
from ltvcli.engines._arrays import Kind
from ltvcli.engines._portable import Answer
from ltvcli.engines._queries import query
from ltvcli.engines._results import Results, kind_of
from ltvcli.errors import FactsContradictError, InternalError, OtherColumnsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE = "ltv_stand_in"
"""Name of the stand-in."""
CREATED = re.compile(r"create or replace (?:temp )?(?:table|view) (\w+)\s+as\s+(.*)", re.S | re.I)
"""A statement that creates a table, with its name and its query."""
CONDITION = "ltv_condition"
"""Placeholder of the condition on the rows, which may be in any dialect."""
TODAY = "today"
"""The parameter that is the day on which the script runs."""
_LETTERS = 8


class Later(Struct, frozen=True, kw_only=True):
    """A value that the script computes itself: that of a column of a table of one row."""

    column: str
    table: str


class Step(Struct, frozen=True, kw_only=True):
    """A statement of a script.

    Attributes:
        kind: make a table, fill one with values, ask, or ask for the names of all columns.
        engine: number of the engine; each has tables of its own.
        sql: in our SQL; of values none.
        values: of parameters, or by column type and values of a table.
        file: of an answer, without its ending.
        names: columns of an answer.
        kinds: what these hold.
    """

    kind: Literal["make", "fill", "ask", "header"]
    engine: int = 0
    sql: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    file: str = ""
    names: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


class Script(Struct, frozen=True, kw_only=True):
    """What is read without a connection: a table by its columns, and the results that are there.

    Attributes:
        columns: names and types of the columns of the table.
        relation: the table, as it follows FROM, with CONDITION if rows are chosen.
        where: the condition, in the dialect of the database.
        results: files with answers; None where there are none yet.
        rehearses: whether the stand-in answers what no file does.
        steps: gets the statements.
        guessed: gets the names of results that the stand-in answered beside files.
        numbers: of the engines that are opened for the script.
    """

    columns: Mapping[str, str]
    relation: str
    where: str = ""
    results: Results | None = None
    rehearses: bool = True
    steps: list[Step] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)


class Scripted(Struct, kw_only=True):
    """An engine that notes its statements; `facts.Engine` documents its tables."""

    stand_in: duckdb.DuckDB
    script: Script
    number: int = 0
    tables: dict[str, str] = field(default_factory=dict)
    """Hash of everything a table depends on, by its name."""
    later_values: dict[str, Any] = field(default_factory=dict)
    asks_all: ClassVar[bool] = True

    @property
    def is_rehearsal(self) -> bool:
        """Return whether sums of the stand-in may stand beside those of the real table."""
        return self.script.rehearses

    def execute(
        self, sql: str, parameters: Mapping[str, Any] | None = None, label: str = "look"
    ) -> Answer:
        """Execute statements in our SQL, and return the answer of the last.

        Args:
            sql: in the portable subset of DuckDB's SQL.
            parameters: values that it names.
            label: begin of the name of the file with the answer.

        Raises:
            FactsMissingError: no file answers it.
        """
        answer = Answer(names=(), kinds=(), rows=())
        for statement in self.stand_in.connection.extract_statements(sql):
            text = statement.query.strip().rstrip(";")
            named = {name: (parameters or {})[name] for name in sorted(statement.named_parameters)}
            if statement.type.name == "SELECT":
                answer = self._ask(label, text, named)
            else:
                self._make(text, named)
        return answer

    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Execute every statement of `sql/<name>.sql`."""
        self.execute(query(name), parameters, _label(name))

    def columns(
        self, name: str, parameters: Mapping[str, Any] | None = None
    ) -> dict[str, NDArray[Any]]:
        """Execute `sql/<name>.sql` and return its columns, each of shape `(n,)`, as DuckDB's."""
        return self.execute(query(name), parameters, _label(name)).columns()

    def row(self, name: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Execute `sql/<name>.sql`, which gives one row, and return it; DECIMAL is Decimal."""
        return self.execute(query(name), parameters, _label(name)).row()

    def create_table(
        self, name: str, query: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        """Create or replace one of our tables.

        Args:
            name: of the table, in our SQL.
            query: our SQL that selects its columns.
            parameters: values that the query names.
        """
        self.execute(f"create or replace temp table {name} as {query}", parameters)

    def fill(self, name: str, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> None:
        """Create or replace one of our tables from values; a short column is padded with NULL.

        Args:
            name: of the table, in our SQL.
            columns: type (integer, bigint, double, text or date) and values of each.
        """
        self.stand_in.fill(name, columns)
        self.script.steps.append(
            Step(kind="fill", engine=self.number, name=name, values=dict(columns))
        )
        self.tables[name] = self._hash(name, columns)

    def later(
        self,
        parameter: str,
        value: str,
        source: str,
        parameters: Mapping[str, Any] | None = None,
    ) -> None:
        """Let the script compute the value of a parameter, so that it needs no answer first.

        Wherever the parameter has this value from now on, the script refers to it.

        Args:
            parameter: name of the parameter.
            value: our SQL of it.
            source: the table that it comes from, or the name of a query in ltvcli/sql.
            parameters: values that these name.
        """
        table = f"later_{parameter}"
        if "/" in source:
            source = f"({query(source).strip().rstrip(';')}) as found"
        self.create_table(table, f"select {value} as {parameter} from {source}", parameters)
        ((value,),) = self.execute(f"select {parameter} from {table}", {}, parameter).rows
        self.later_values[parameter] = value

    def check_columns(self, table: str, name: str) -> None:
        """Compare the columns of the table with those that are known.

        Args:
            table: SQL of the table.
            name: of the table, for an error.

        Raises:
            OtherColumnsError: the table has others.
        """
        sql = f"select *, 1 as ltv_one from {table} where 1 = 0"
        file = f"columns-{self._hash(sql, {})}"
        self.script.steps.append(Step(kind="header", engine=self.number, sql=sql, file=file))
        results = self.script.results
        if results is None or (self.script.rehearses and not results.has(file)):
            return
        header = results.header(file)
        known = {column.lower() for column in self.script.columns}
        new = [column for column in header if column.lower() not in known]
        gone = known - {column.lower() for column in header}
        if new or gone:
            raise OtherColumnsError(table=name, columns=", ".join([*new, *sorted(gone)]))

    def _ask(self, label: str, sql: str, values: Mapping[str, Any]) -> Answer:
        asked = self.stand_in.execute(self._on_stand_in(sql), values)
        described = asked.description or []
        names = tuple(str(column[0]) for column in described)
        types = tuple(str(column[1]) for column in described)
        kinds = tuple(map(kind_of, types))
        file = f"{label.replace('_', '-')}-{self._hash(sql, self._written(values))}"
        step = Step(
            kind="ask",
            engine=self.number,
            sql=sql,
            values=self._written(values),
            file=file,
            names=names,
            kinds=kinds,
        )
        self.script.steps.append(step)
        results = self.script.results
        is_known = results is not None and results.has(file) and not self.script.guessed
        if results is not None and (is_known or not self.script.rehearses):
            return Answer(names=names, kinds=kinds, rows=results.read(file, names, types))
        if results is not None:
            self.script.guessed.append(file)
        return Answer(names=names, kinds=kinds, rows=asked.fetchall())

    def _make(self, sql: str, values: Mapping[str, Any]) -> None:
        self.stand_in.execute(self._on_stand_in(sql), values)
        written = self._written(values)
        self.script.steps.append(Step(kind="make", engine=self.number, sql=sql, values=written))
        if match := CREATED.search(sql):
            self.tables[match[1]] = self._hash(sql, written)

    def _on_stand_in(self, sql: str) -> str:
        return sql.replace(f"from {self.script.relation}", f"from {TABLE}")

    def _hash(self, sql: str, values: Mapping[str, Any]) -> str:
        """Return a hash of a statement, its values, and everything its tables depend on."""
        named = sorted({*re.findall(r"\w+", sql)} & {*self.tables})
        later = [value.table for value in values.values() if isinstance(value, Later)]
        before = [self.tables.get(name, "") for name in (*named, *later)]
        where = self.script.where if CONDITION in sql else ""
        text = "\n".join([*before, sql, where, _canonical(values)])
        return hashlib.sha256(text.encode()).hexdigest()[:_LETTERS]

    def _written(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return parameters as the script has them: the value, or where it computes it."""
        written = dict(values)
        for name, value in values.items():
            if name == TODAY:
                written[name] = Later(column=TODAY, table="ltv_run")
            elif name in self.later_values and self.later_values[name] == value:
                written[name] = Later(column=name, table=f"later_{name}")
        return written


def _canonical(value: Any) -> str:
    """Return the text of a value for its hash, the same on every machine."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return repr([(name, _canonical(each)) for name, each in sorted(value.items())])
    if isinstance(value, list | tuple):
        return repr([_canonical(each) for each in value])
    if isinstance(value, date):
        return value.isoformat()
    return repr(value)


def _label(name: str) -> str:
    return name.rpartition("/")[2]


@contextmanager
def open(script: Script, temp: Path, memory: str | None) -> Iterator[Scripted]:  # noqa: A001
    """Open an engine for a script, or for its results.

    Args:
        script: what is written or read.
        temp: private folder.
        memory: limit such as "1GB".

    Raises:
        FactsContradictError: results do not add up.
    """
    with duckdb.open([], temp, memory) as stand_in:
        try:
            yield Scripted(stand_in=stand_in, script=script, number=next(script.numbers))
        except InternalError as error:
            if script.results is None:
                raise
            folder, what = script.results.name, error.facts["what"]
            raise FactsContradictError(folder=folder, because=what) from error
