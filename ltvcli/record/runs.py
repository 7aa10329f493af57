"""Runs in a history: each once, with its answer, settings and facts."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from ltvcli.errors import NoSuchRunError
from ltvcli.language import N_
from ltvcli.record import packing
from ltvcli.record.connection import damaged, telling, transaction
from ltvcli.record.history_file import History

if TYPE_CHECKING:
    from ltvcli.results import InputFile

OF_CUSTOMERS = ("minus_customers", "keep", "at_risk")
"""Tables of single customers, which are not recorded."""
NOT_RESULTS = ("provenance", "next_command")
"""Parts of a document that may differ although the same was answered: names of files, mostly."""


class NewRun(Struct, frozen=True, kw_only=True):
    """A run to be recorded.

    Attributes:
        at: when it was run, with its zone.
        version: of ltv.
        command: that answered.
        as_of: cut-off date of the data; None where it had none.
        inputs: files that were read.
        settings: as `settings_then.document` writes them.
        settings_hash: of those that change a figure.
        document: the JSON document, in English.
        facts: sums it was computed from, by kind.
        folder: in which relative paths of files lead to them; "" if unknown.
    """

    at: datetime
    version: str
    command: str
    as_of: date | None
    inputs: Sequence[InputFile]
    settings: Mapping[str, Any]
    settings_hash: str
    document: Mapping[str, Any]
    facts: Mapping[str, Any] = field(default_factory=dict)
    folder: str = ""


class RecordedRun(Struct, frozen=True, kw_only=True):
    """A run as a history lists it; `document`, `settings` and `facts` of this module read more."""

    number: int
    recorded_at: datetime
    version: str
    command: str
    as_of: date | None
    inputs_hash: str
    settings_hash: str
    folder: str = ""


class Added(Struct, frozen=True, kw_only=True):
    """The place of a recorded run; `is_new` is false if it was recorded before."""

    number: int
    is_new: bool


def add(history: History, run: NewRun) -> Added:
    """Record a run in one transaction; one that is there already is not recorded again.

    The same run is: same command, version, inputs, settings and day, and the same answer.

    Raises:
        LtvError: it cannot be written; nothing of it was.
    """
    document = {key: value for key, value in run.document.items() if key != "tables"}
    tables = run.document.get("tables", {})
    document["tables"] = {name: rows for name, rows in tables.items() if name not in OF_CUSTOMERS}
    inputs_hash = hashed(sorted([file.kind, file.sha256 or file.path] for file in run.inputs))
    as_of = run.as_of.isoformat() if run.as_of else None
    answer = {key: value for key, value in document.items() if key not in NOT_RESULTS}
    fingerprint = hashed(
        [run.command, run.version, inputs_hash, run.settings_hash, as_of, hashed(answer)]
    )
    row = {
        "fingerprint": fingerprint,
        "recorded_at": _written(run.at),
        "version": run.version,
        "command": run.command,
        "as_of": as_of,
        "inputs_hash": inputs_hash,
        "settings_hash": run.settings_hash,
        "settings": _packed(run.settings),
        "document": _packed(document),
        "folder": run.folder,
    }
    parts = packing.pack_together(run.facts)
    connection = history.connection
    with telling(history.path), transaction(connection):
        if known := connection.execute(
            "SELECT number FROM runs WHERE fingerprint = ?", [fingerprint]
        ).fetchone():
            return Added(number=known[0], is_new=False)
        places = ", ".join(f":{name}" for name in row)
        number = connection.execute(
            f"INSERT INTO runs ({', '.join(row)}) VALUES ({places})", row
        ).lastrowid
        assert number is not None
        connection.executemany(
            "INSERT INTO facts (run, kind, packed) VALUES (?, ?, ?)",
            [(number, kind, packed) for kind, packed in parts.items()],
        )
    return Added(number=number, is_new=True)


def recorded(
    history: History,
    command: str | None = None,
    since: datetime | None = None,
) -> list[RecordedRun]:
    """List runs, the oldest first.

    Args:
        history: to be read.
        command: whose runs; None for all commands.
        since: the earliest time at which they were run; None for all.

    Raises:
        HistoryDamagedError: the file is broken.
    """
    names = RecordedRun.__struct_fields__
    with telling(history.path):
        rows = history.connection.execute(
            f"SELECT {', '.join(names)} FROM runs"
            " WHERE (:command IS NULL OR command = :command)"
            " AND (:since IS NULL OR recorded_at >= :since) ORDER BY number",
            {"command": command, "since": _written(since) if since else None},
        ).fetchall()
    return [_run(dict(zip(names, row, strict=True))) for row in rows]


def find(history: History, number: int) -> RecordedRun:
    """Return the run with a number.

    Raises:
        NoSuchRunError: there is none.
    """
    for run in recorded(history):
        if run.number == number:
            return run
    raise NoSuchRunError(number=number)


def document(history: History, number: int) -> dict[str, Any]:
    """Return the JSON document of a run.

    Raises:
        NoSuchRunError: there is none.
        HistoryDamagedError: it is broken.
    """
    return _unpacked(history, "document", number)


def settings(history: History, number: int) -> dict[str, Any]:
    """Return the settings of a run; `settings_then.restored` makes `Settings` of them.

    Raises:
        NoSuchRunError: there is none.
        HistoryDamagedError: it is broken.
    """
    return _unpacked(history, "settings", number)


def facts(history: History, number: int) -> dict[str, Any]:
    """Return the facts of a run by kind: "orders", "subscriptions", "spend", "periods".

    A kind that this version cannot read, because its facts have other fields, is left out.

    Raises:
        HistoryDamagedError: they are broken.
    """
    with telling(history.path):
        rows = history.connection.execute(
            "SELECT kind, packed FROM facts WHERE run = ? ORDER BY kind", [number]
        ).fetchall()
    try:
        unpacked = {kind: packing.unpack(packed) for kind, packed in rows}
    except packing.BrokenError as error:
        raise damaged(history.path, str(error)) from error
    return {kind: sums for kind, sums in unpacked.items() if sums is not None}


def forget(history: History, number: int) -> None:
    """Remove a run and its facts; the only way in which something leaves a history.

    Raises:
        NoSuchRunError: there is none.
        LtvError: it cannot be written.
    """
    with telling(history.path), transaction(history.connection):
        if not history.connection.execute("DELETE FROM runs WHERE number = ?", [number]).rowcount:
            raise NoSuchRunError(number=number)


def hashed(document: object) -> str:
    """Return the SHA-256 of a JSON document, however its keys are ordered."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _written(at: datetime) -> str:
    """Write a time so that the order of texts is that of times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _run(row: dict[str, Any]) -> RecordedRun:
    as_of = row.pop("as_of")
    return RecordedRun(
        **row | {"recorded_at": datetime.fromisoformat(row["recorded_at"])},
        as_of=date.fromisoformat(as_of) if as_of else None,
    )


def _packed(document: object) -> bytes:
    return zlib.compress(json.dumps(document, ensure_ascii=True).encode(), 9)


def _unpacked(history: History, column: str, number: int) -> dict[str, Any]:
    with telling(history.path):
        row = history.connection.execute(
            f"SELECT {column} FROM runs WHERE number = ?", [number]
        ).fetchone()
    if row is None:
        raise NoSuchRunError(number=number)
    try:
        unpacked: dict[str, Any] = json.loads(zlib.decompress(row[0]))
    except (zlib.error, ValueError):
        because = N_("a run in it cannot be read")
        raise damaged(history.path, because) from None
    return unpacked
