"""Scripts for databases to which ltv has no connection, and the results that they leave.

`write` rehearses a command on a stand-in, and returns its statements as a script. `read` opens the
folder with the results, from which the same command answers.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli import __version__
from ltvcli.choices import Dialect
from ltvcli.errors import (
    FactsOfAnotherVersionError,
    FactsPartialError,
    MissingFileError,
    NoColumnsError,
    SpendElsewhereError,
    UnreadableColumnsError,
    UnreadableFileError,
)
from ltvcli.language import why
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.settings import parsing
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines._results import Results
    from ltvcli.engines.addresses import Table

FORM = 1
"""The form of manifest and results; another one cannot be read."""
FIXED = (
    "map", "exclude", "status_paid", "words", "as_of", "from_", "to", "new_since", "currency",
    "by", "lapse_after", "cost_to_serve", "horizon", "margin", "cac", "new_customers", "period",
    "minus", "spend", "cac_lag",
)  # fmt: skip
"""Options of a script that its queries may depend on, by the name of the parameter."""
OF_FILES_HERE = ("spend", "cac_lag")
"""Those that name files here, which the results do not hold."""
ONLY_IN_SCRIPT = (
    "map", "exclude", "status_paid", "words", "as_of", "from_", "to", "new_since", "currency",
    "by", "lapse_after", "cost_to_serve",
)  # fmt: skip
"""Those that the answer cannot be asked for without writing the script again."""
_HEADER = re.compile("type|型", re.IGNORECASE)
"""What the header of a type says, as in "data_type"; no type says it."""
_TYPE = re.compile(r'["A-Za-z_]')
"""What a type begins with."""
_SHOWN = 3


def typed_values(value: Any) -> list[Any]:
    """Return the values of an option as a list, empty if it was not typed."""
    if value in (None, False, [], ()):
        return []
    return [*parsing.listed(value)]


class Asked(Struct, frozen=True, kw_only=True):
    """What a script is written for.

    Attributes:
        command: that the results answer.
        dialect: of the database.
        table: its name in the database.
        where: condition on its rows.
        columns: names and types of its columns.
        options: typed options that the queries may depend on, by name of the parameter.
    """

    command: str
    dialect: Dialect
    table: str
    where: str | None
    columns: Mapping[str, str]
    options: Mapping[str, Any]

    @property
    def manifest(self) -> dict[str, Any]:
        """Return the manifest of the results."""
        return {
            "form": FORM,
            "version": __version__,
            "command": self.command,
            "dialect": self.dialect,
            "table": self.table,
            "where": self.where,
            "columns": [list(column) for column in self.columns.items()],
            "options": dict(self.options),
        }


class Facts(Struct, frozen=True, kw_only=True):
    """A folder with results: their manifest, and the results."""

    asked: Asked
    results: Results


def columns(text: str) -> dict[str, str]:
    """Read --columns: names with types, or the path of a CSV file with these two columns.

    The first line of a file is its header if it says which column is the type.

    Raises:
        MissingFileError: there is no such file.
        NoColumnsError: there are none.
        UnreadableColumnsError: a column has no type.

    >>> columns("id bigint, total numeric(12, 2)")
    {'id': 'bigint', 'total': 'numeric(12, 2)'}
    """
    import csv

    path = Path(text)
    if path.suffix.lower() in (".csv", ".txt"):
        rows = [row for row in csv.reader(_text(path).splitlines()) if row]
        has_header = bool(rows) and bool(_HEADER.search("".join(rows[0][1:2])))
        named = {}
        for row in rows[has_header:]:
            if len(row) < len(("name", "type")) or not _TYPE.match(row[1].strip()):
                raise UnreadableColumnsError(text=f"{text}: {', '.join(row)}")
            named[row[0].strip()] = row[1].strip()
    else:
        named = {}
        for column in re.split(r",(?![^(<]*[)>])", text):
            match = re.fullmatch(r'\s*(?:"([^"]+)"|(\S+))\s+(\S.*?)\s*', column)
            if not match:
                raise UnreadableColumnsError(text=column.strip() or text)
            named[match[1] or match[2]] = match[3]
    if not named:
        raise NoColumnsError
    return named


def _text(path: Path) -> str:
    """Read a CSV file as Excel or a database writes it.

    Raises:
        MissingFileError: there is no such file.
        UnreadableFileError: it may not be read.
        UnreadableColumnsError: it is in another encoding.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(file=str(path)) from None
    except OSError as error:
        raise UnreadableFileError(file=str(path), because=why(error)) from None
    for encoding in ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    raise UnreadableColumnsError(text=str(path))


def read(folder: str, command: str = "") -> Facts:
    """Open a folder with the results of a script, and check that all are there.

    Args:
        folder: as typed.
        command: that the next script is for, if it is not that of this one.

    Raises:
        InputError: a result is missing, or they are of a version with another form.
    """
    from ltvcli.engines import _results

    results = _results.open(folder)
    manifest = results.manifest()
    made_for = str(manifest.get("command", ""))
    again = shlex.join(["ltv", "sql", command or made_for, "--facts", folder])
    results.again, results.made_for = again, made_for
    if manifest.get("form") != FORM:
        facts = {"found": manifest.get("version", "?"), "version": __version__}
        raise FactsOfAnotherVersionError(folder=folder, command=again, **facts)
    missing = [file for file in manifest["files"] if not results.has(file)]
    if missing:
        shown = ", ".join(missing[:_SHOWN]) + (", …" if missing[_SHOWN:] else "")
        raise FactsPartialError(folder=folder, count=len(missing), files=shown)
    results.keep(manifest["files"])  # others are left from an earlier script
    asked = Asked(
        command=made_for,
        dialect=manifest["dialect"],
        table=manifest["table"],
        where=manifest["where"],
        columns={name: kind for name, kind in manifest["columns"]},  # noqa: C416 - lists
        options=manifest["options"],
    )
    return Facts(asked=asked, results=results)


def table(facts: Facts) -> Table:
    """Return the table that results are of, to be read in place of files."""
    return _table(facts.asked, facts.results, rehearses=False)


def write(
    asked: Asked, settings: Settings, results: Results | None = None, step: Step = unwatched
) -> str:
    """Write the script for a command.

    Args:
        asked: what it is for.
        settings: all settings.
        results: of an earlier script, along whose answers this one goes.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the table has no such columns, or the results cannot be used.
    """
    from ltvcli.engines import _script_text

    made = _table(asked, results, rehearses=True)
    assert made.script is not None
    try:
        _rehearse(asked, made, settings, step)
    except SpendElsewhereError:
        if results is not None and not made.script.guessed:
            raise
    except Exception:
        # What follows the first guess beside files is of two tables, and may be anything.
        if not made.script.guessed:
            raise
    words = f"ltv sql {asked.command} --dialect {asked.dialect} --table {asked.table}"
    title = f"ltv {__version__}: {words}"
    return _script_text.text(made.script.steps, asked.dialect, asked.manifest, title, asked.where)


def _table(asked: Asked, results: Results | None, *, rehearses: bool) -> Table:
    """Return a table without a connection."""
    from ltvcli.engines.addresses import Address, Table
    from ltvcli.engines.scripted import CONDITION, Script

    named = results.name if results else f"sql:{asked.dialect}"
    made = Table(address=Address(named), name=asked.table, where=asked.where)
    script = Script(
        columns=asked.columns,
        relation=f"{made.relation} where {CONDITION}" if asked.where else made.relation,
        where=asked.where or "",
        results=results,
        rehearses=rehearses,
    )
    return Table(address=made.address, name=made.name, where=made.where, script=script)


def _rehearse(asked: Asked, made: Table, settings: Settings, step: Step) -> None:
    """Run the command on a stand-in, which notes its statements."""
    from ltvcli.pipeline import calc, cohorts, predict, review, segments

    inputs: Sequence[Any] = [made]
    options = asked.options
    if asked.command == "cohorts":
        cohorts.run(inputs, settings, step=step)
    elif asked.command == "segments":
        segments.run(inputs, settings, minus=bool(options.get("minus")), step=step)
    elif asked.command == "predict":
        predict.run(inputs, settings, step=step)
    elif asked.command == "review":
        period = options.get("period") or review.DEFAULT_PERIOD
        review.run(inputs, settings, period=period, step=step)
    else:  # whatif and audit value customers as calc does
        calc.run(inputs, settings, step=step)
