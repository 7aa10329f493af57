"""Parquet files as sheets: the files that a pattern matches are one table if their columns agree.

`orders/country=JP/part-0.parquet` has a column `country` that holds JP in every row, as Spark, Hive
and DuckDB write it (https://duckdb.org/docs/stable/data/partitioning/hive_partitioning).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, groupby
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from msgspec.structs import replace

from ltvcli.errors import ParquetBrokenError
from ltvcli.language import N_
from ltvcli.read.files import hashing, relation
from ltvcli.read.files.inputs import Input
from ltvcli.read.files.sheet import Digest, Part, Sheet, stamp
from ltvcli.results import Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_FOLDER = re.compile(r"([^=]+)=(.*)")

Columns = tuple[tuple[str, str], ...]
"""Names and types of the columns of a file."""


def open_together(files: Sequence[Input], paths: Sequence[Path], temp: Path) -> list[Sheet]:
    """Open Parquet files as few sheets: one for all files with the same columns.

    A file with the bytes of another is a sheet of its own, so that it can be excluded.

    Args:
        files: what was given, of one pattern.
        paths: of the same files, with names that DuckDB takes.
        temp: private folder.

    Raises:
        ParquetBrokenError: one of them cannot be read.
    """
    stamps = [stamp(file.path) for file in files]
    with ThreadPoolExecutor() as pool:
        digests: Iterable[Digest] = (
            [hashing.begin(files[0], temp)]
            if len(files) == 1
            else pool.map(hashing.sha256, [file.path for file in files])
        )
        from ltvcli.engines import _early_connection, duckdb

        _early_connection.prepare()
        with duckdb.open(paths, temp, None) as engine:
            _early_connection.begin()
            columns = _of_all(engine, files, paths)
            parts = [
                Part(name=file.name, path=path, source=file.source, stamp=at, digest=digest)
                for file, path, at, digest in zip(files, paths, stamps, digests, strict=True)
            ]
    return _sheets(files[0], parts, columns)


def _sheets(
    first: Input, parts: Sequence[Part], columns: Sequence[tuple[Columns, int]]
) -> list[Sheet]:
    """Make one sheet of all files with the same columns."""
    tables: dict[Any, list[tuple[Part, int]]] = {}
    known: set[str] = set()
    for member, (described, rows) in zip(parts, columns, strict=True):
        folders = partitions(member.name, [name for name, _ in described])
        # A single file is hashed while its rows are stored.
        sha256 = member.sha256 if len(parts) > 1 else ""
        is_copy = sha256 in known and rows > 0
        known.add(sha256)
        key = (described, tuple(folders), member.name if is_copy else "")
        tables.setdefault(key, []).append((replace(member, folders=folders), rows))
    with_rows = {key: table for key, table in tables.items() if any(n for _, n in table)}
    return [_sheet(first, key[0], table) for key, table in (with_rows or tables).items()]


def partitions(name: str, header: Iterable[str]) -> dict[str, str | None]:
    """Return the columns that the folders of a path name; a column of the file comes first.

    Args:
        name: the path as it was typed or matched.
        header: the columns of the file.

    >>> partitions("orders/country=JP/shop=Caf%C3%A9/part-0.parquet", ["id"])
    {'country': 'JP', 'shop': 'Café'}
    """
    known = {column.casefold() for column in header}
    named = [_FOLDER.fullmatch(folder) for folder in PurePath(name).parts[:-1]]
    values = {unquote(match[1]): unquote(match[2]) for match in named if match}
    return {
        column: None if value == _NO_VALUE else value
        for column, value in values.items()
        if column.casefold() not in known
    }


def notes(sheet: Sheet) -> tuple[Sentence, ...]:
    """Describe how many files a sheet consists of, if there are several."""
    if sheet.files == 1:
        return ()
    text = N_("{files} Parquet files with the same columns are read as one table.")
    return (Sentence(text, {"files": Quantity(sheet.files, Unit.COUNT)}),)


def _sheet(first: Input, described: Columns, table: Sequence[tuple[Part, int]]) -> Sheet:
    """Make one sheet of files with the same columns.

    Args:
        first: of all inputs.
        described: the columns.
        table: the files, and how many rows each has.
    """
    starts = [0, *accumulate(rows for _, rows in table)][:-1]
    parts = tuple(
        replace(member, start=start) for (member, _), start in zip(table, starts, strict=True)
    )
    folders = parts[0].folders
    moments = {name: "UTC" for name, kind in described if kind == relation.MOMENT}
    single = len(parts) == 1
    digest = (
        parts[0].digest
        if single
        else hashlib.sha256("".join(member.sha256 for member in parts).encode()).hexdigest()
    )
    return Sheet(
        name=parts[0].name if single else first.pattern or parts[0].name,
        shape="parquet",
        header=(*(name for name, _ in described), *folders),
        digest=digest,
        path=parts[0].path,
        source=parts[0].source,
        stamp=parts[0].stamp,
        parts=parts,
        zones={**moments, **first.zones},
        types=(*(kind for _, kind in described), *["VARCHAR"] * len(folders)),
    )


def _of_all(
    engine: DuckDB, files: Sequence[Input], paths: Sequence[Path]
) -> list[tuple[Columns, int]]:
    """Return the columns and the number of rows of each file.

    Raises:
        ParquetBrokenError: one of them cannot be read.
    """
    import duckdb

    try:
        return _columns(engine, paths)
    except duckdb.Error:
        for file, path in zip(files, paths, strict=True):
            try:
                _columns(engine, [path])
            except duckdb.Error:
                raise ParquetBrokenError(file=file.name) from None
        raise


def _columns(engine: DuckDB, paths: Sequence[Path]) -> list[tuple[Columns, int]]:
    """Read the metadata of files, which takes no time beside the rows."""
    names = [str(path) for path in paths]
    schema = engine.execute(
        "select file_name, name, coalesce(num_children, 0), duckdb_type from parquet_schema($1)",
        [names],
    ).fetchall()
    rows = dict(
        engine.execute(
            "select file_name, num_rows from parquet_file_metadata($1)", [names]
        ).fetchall()
    )
    described = {
        name: tuple(_top(iter([entry[1:] for entry in entries])))
        for name, entries in groupby(schema, key=lambda entry: entry[0])
    }
    return [(described[name], rows[name]) for name in names]


def _top(entries: Iterator[tuple[str, int, str]]) -> Iterator[tuple[str, str]]:
    """Yield names and types of the columns; entries are in depth-first order below a root."""
    _, columns, _ = next(entries)
    for _ in range(columns):
        name, children, kind = next(entries)
        _skip(entries, children)
        yield name, kind


def _skip(entries: Iterator[tuple[str, int, str]], count: int) -> None:
    for _ in range(count):
        _, children, _ = next(entries)
        _skip(entries, children)
