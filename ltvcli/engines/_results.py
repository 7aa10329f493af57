"""Results of the queries of a script, as CSV or Parquet files in a folder.

Every result has columns of its own first: `ltv_run`, the time of the run; `ltv_rows`, the number of
rows; and `ltv_row`, the number of the row. A result without rows has one row with `ltv_rows` 0.
Text begins with a colon, so that missing and empty text differ.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from ltvcli.engines._arrays import Kind
from ltvcli.errors import (
    FactsBrokenError,
    FactsHeaderError,
    FactsIncompleteError,
    FactsMissingError,
    FactsMixedError,
    NoFactsError,
    UnreadableFileError,
)
from ltvcli.language import N_, Marked, why

RUN, ROWS, ROW = "ltv_run", "ltv_rows", "ltv_row"
"""Columns of every result."""
MANIFEST = "manifest"
"""The result that describes the others."""
MARK = ":"
"""The first character of text."""
ENDINGS = (".csv", ".parquet")
_MISSING = (None, "", "NULL", "null", "\\N")
"""How databases write NULL; no text is written like this."""
_TRUE, _FALSE = ("t", "true", "1"), ("f", "false", "0")


def kind_of(name: str) -> Kind:
    """Return the kind of a column, by its type in DuckDB.

    >>> kind_of("DECIMAL(38,4)"), kind_of("HUGEINT"), kind_of("VARCHAR")
    ('decimal', 'whole', 'other')
    """
    if name == "DATE":
        return "day"
    if name == "BOOLEAN":
        return "boolean"
    if name.endswith(("INT", "INTEGER")):
        return "whole"
    if name.startswith("DECIMAL"):
        return "decimal"
    return "real" if name in ("DOUBLE", "FLOAT") else "other"


class Results(Struct, kw_only=True):
    """The results in a folder, which are all of one run.

    Attributes:
        folder: that holds the files.
        name: of the folder, as typed.
        run: time of the run; "" before the manifest is read.
        again: the command that writes the script again.
        made_for: the command that the script was written for.
    """

    folder: Path
    name: str
    run: str = ""
    again: str = ""
    made_for: str = ""
    files: dict[str, list[Path]] = field(default_factory=dict)

    def has(self, file: str) -> bool:
        """Return whether there is a file of this name, without its ending."""
        return file in self.files

    def keep(self, files: Collection[str]) -> None:
        """Forget the results that are not among some files, by their names without endings."""
        self.files = {name: paths for name, paths in self.files.items() if name in files}

    def manifest(self) -> dict[str, Any]:
        """Read the manifest: the command, table and options of the results.

        Raises:
            InputError: there is no manifest, or it is none.
        """
        if not self.has(MANIFEST):
            raise NoFactsError(folder=self.name, file=MANIFEST)
        ((text,),) = self.read(MANIFEST, ("manifest",), ("VARCHAR",)) or [(None,)]
        try:
            read: dict[str, Any] = json.loads(text or "")
        except ValueError:
            raise FactsBrokenError(file=self._shown(MANIFEST), because="JSON") from None
        return read

    def read(self, file: str, names: Sequence[str], types: Sequence[str]) -> list[tuple[Any, ...]]:
        """Read a result, and check that it is whole and of this run.

        Args:
            file: its name, without ending.
            names: columns that it has.
            types: of these, as DuckDB names them.

        Raises:
            InputError: it is missing, not whole, or of another run.
        """
        if file not in self.files:
            facts = {"command": self.again, "made_for": self.made_for}
            raise FactsMissingError(folder=self.name, file=file, **facts)
        wanted = (RUN, ROWS, ROW, *names)
        rows: list[Sequence[str | None]] = []
        for path in self.files[file]:
            header, cells = _cells(path, self._shown(file))
            if [name.lower() for name in header] != [name.lower() for name in wanted]:
                facts = {"found": ", ".join(header), "wanted": ", ".join(wanted)}
                raise FactsHeaderError(file=self._shown(file), **facts)
            rows += cells
        if not rows:
            raise FactsIncompleteError(file=self._shown(file), found=0, count=1)
        runs = {str(row[0] or "").removeprefix(MARK) for row in rows}
        self.run = self.run or min(runs)
        if runs != {self.run}:
            raise FactsMixedError(file=self._shown(file), run=min(runs - {self.run}), of=self.run)
        readers = [_reader(each) for each in types]
        try:
            count = {int(Decimal(row[1] or "0")) for row in rows}
            numbered = {} if count == {0} else {int(Decimal(row[2] or "0")): row for row in rows}
            is_whole = sorted(numbered) == [*range(1, min(count) + 1)]
            if len(count) != 1 or not is_whole or len(rows) != max(len(numbered), 1):
                held, most = len(rows), max(count)
                raise FactsIncompleteError(file=self._shown(file), found=held, count=most)
            return [
                tuple(
                    None if cell in _MISSING else read(cell)
                    for read, cell in zip(readers, numbered[n][3:], strict=True)
                )
                for n in sorted(numbered)
            ]
        except (ValueError, InvalidOperation) as error:
            raise FactsBrokenError(file=self._shown(file), because=str(error)) from None

    def day(self, label: str) -> date | None:
        """Return the day of a result of one day, whatever it was asked with; None if there is none.

        Args:
            label: begin of the name of the file.
        """
        for file in self.files:
            if file.rpartition("-")[0] == label:
                name = _cells(self.files[file][0], self._shown(file))[0][-1]
                ((day,),) = self.read(file, (name,), ("DATE",)) or [(None,)]
                return day if isinstance(day, date) else None
        return None

    def header(self, file: str) -> list[str]:
        """Return the columns that a result has between `ltv_run` and `ltv_one`.

        Raises:
            InputError: it is missing, or cannot be read.
        """
        if file not in self.files:
            facts = {"command": self.again, "made_for": self.made_for}
            raise FactsMissingError(folder=self.name, file=file, **facts)
        return _cells(self.files[file][0], self._shown(file))[0][1:-1]

    def _shown(self, file: str) -> str:
        return f"{self.name.rstrip('/')}/{self.files[file][0].relative_to(self.folder)}"


def open(folder: str) -> Results:  # noqa: A001 - reads as _results.open(...)
    """Open a folder with results: a file for each, or a folder with its parts, as Spark writes it.

    Raises:
        NoFactsError: it is no folder, or holds no results.
        UnreadableFileError: it may not be read.
    """
    try:
        return _open(folder)
    except OSError as error:
        raise UnreadableFileError(file=str(error.filename), because=why(error)) from None


def _open(folder: str) -> Results:
    path = Path(folder)
    if not path.is_dir():
        raise NoFactsError(folder=folder, file=MANIFEST)
    files: dict[str, list[Path]] = {}
    for entry in sorted(path.iterdir()):
        paths = sorted(entry.iterdir()) if entry.is_dir() else [entry]
        paths = [path for path in paths if path.name.endswith(ENDINGS) and path.name[0] not in "._"]
        if paths:
            name = entry.name
            for ending in ENDINGS:
                name = name.removesuffix(ending)
            if name in files:
                raise FactsBrokenError(file=f"{folder}/{name}", because=", ".join(ENDINGS))
            files[name] = paths
    return Results(folder=path, name=folder, files=files)


def _cells(path: Path, shown: str) -> tuple[list[str], list[Sequence[str | None]]]:
    """Read the header and the rows of a file, as text."""
    if path.suffix == ".parquet":
        return _of_parquet(path, shown)
    try:
        text = path.read_text("utf-8-sig")
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FactsBrokenError(file=shown, because=str(error)) from None
    if not text.endswith("\n"):
        raise FactsBrokenError(file=shown, because=Marked(N_("it ends within a row")))
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            because = f"{number}: {len(row)} / {len(header)}"
            raise FactsBrokenError(file=shown, because=because)
    return header, [*rows]


def _of_parquet(path: Path, shown: str) -> tuple[list[str], list[Sequence[str | None]]]:
    import duckdb

    try:
        with duckdb.connect(":memory:") as connection:
            asked = connection.execute(
                "select columns(*)::varchar from read_parquet($1)", [str(path)]
            )
            header = [str(column[0]) for column in asked.description or []]
            return header, [*asked.fetchall()]
    except duckdb.Error as error:
        because = str(error).splitlines()[0]
        raise FactsBrokenError(file=shown, because=because) from None


def _reader(name: str) -> Callable[[str], Any]:
    """Return a function that reads a cell of a DuckDB type."""
    kind = kind_of(name)
    if kind == "decimal":
        scale = int(name.rstrip(")").partition(",")[2])
        return lambda cell: _exact(cell, scale)
    readers: Mapping[str, Callable[[str], Any]] = {
        "whole": lambda cell: int(_exact(cell, 0)),
        "real": float,
        "day": lambda cell: date.fromisoformat(cell[:10]),
        "boolean": _truth,
        "other": _text,
    }
    return readers[kind]


def _exact(cell: str, scale: int) -> Decimal:
    """Read a decimal number, which may have zeros behind its last digit.

    >>> _exact("12.500", 2), _exact("3.0", 0)
    (Decimal('12.50'), Decimal('3'))
    """
    number = Decimal(cell)
    exact = number.quantize(Decimal(1).scaleb(-scale), context=_wide())
    if exact != number:
        raise ValueError(cell)
    return exact


def _wide() -> Any:
    from decimal import Context

    return Context(prec=60)


def _truth(cell: str) -> bool:
    if cell.lower() not in _TRUE + _FALSE:
        raise ValueError(cell)
    return cell.lower() in _TRUE


def _text(cell: str) -> str:
    if not cell.startswith(MARK):
        raise ValueError(cell)
    return cell.removeprefix(MARK)
