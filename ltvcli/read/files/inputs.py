"""Resolve inputs: paths, patterns, standard input, sheets of a workbook, data frames."""

from __future__ import annotations

import difflib
import glob
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ltvcli import pipes, targets
from ltvcli.errors import (
    FolderError,
    MissingFileError,
    MissingFileNearError,
    NoMatchError,
    NotAnInputError,
    SameFileTwiceError,
    UnreadableFileError,
)
from ltvcli.language import N_
from ltvcli.read.files import relation

STANDARD_INPUT = "-"


class Input(Struct, frozen=True, kw_only=True):
    """One thing to read: a regular file by absolute path, or a data frame; `name` is as typed.

    `source` is the file that was named; None where `path` is our own copy of a pipe or a frame.
    `pattern` is what was typed if it matched several files, of which this is one. `zones` gives the
    time zone of the columns with times that had one.
    """

    name: str
    path: Path
    source: Path | None = None
    sheet: str | None = None
    frame: Any = None
    pattern: str | None = None
    zones: Mapping[str, str] = field(default_factory=dict)


def inputs(given: Sequence[Any], temp: Path) -> list[Input]:
    """Resolve all inputs, in the given order.

    Args:
        given: paths, patterns, `book.xlsx[Sheet]`, "-", pandas data frames or DuckDB relations.
        temp: private folder where pipes are stored.

    Raises:
        NotAnInputError: one is nothing that can be read.
        MissingFileError: there is no such file.
        NoMatchError: a pattern matches nothing.
        FolderError: it is a folder.
        SameFileTwiceError: two of them are one file.
    """
    files: list[Input] = []
    for item in given:
        files.extend(_inputs_of(item, temp / f"input-{len(files)}"))
    seen: set[tuple[Path, str | None]] = set()
    for file in files:
        place = (file.path.resolve(), file.sheet)
        if place in seen:
            raise SameFileTwiceError(file=file.name)
        seen.add(place)
    return files


def _inputs_of(item: Any, spool: Path) -> Iterator[Input]:
    if type(item).__module__.partition(".")[0] == "pandas" and hasattr(item, "columns"):
        yield Input(name="DataFrame", path=spool, frame=item)
        return
    if relation.is_relation(item):
        zones = relation.to_parquet(item, spool)
        yield Input(name=relation.NAME, path=spool, zones=zones)
        return
    typed = _path(item)
    targets.reading(typed)
    if typed == STANDARD_INPUT:
        if sys.stdin is None:
            raise UnreadableFileError(file=typed, because=N_("standard input is closed"))
        with spool.open("wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        yield Input(name=typed, path=spool)
    elif os.path.lexists(typed):
        yield _file(typed, spool)
    elif (book := re.fullmatch(r"(.+)\[(.+)\]", typed)) and os.path.isfile(book[1]):
        yield replace(_file(book[1], spool), sheet=book[2])
    elif glob.has_magic(typed):
        matches = sorted(path for path in glob.glob(typed, recursive=True) if os.path.isfile(path))
        if not matches:
            _look_into(typed)
            raise NoMatchError(pattern=typed)
        yield from (replace(_file(path, spool), pattern=typed) for path in matches)
    else:
        try:
            os.stat(typed)
        except PermissionError:
            raise  # no permission to list a folder of the path
        except (OSError, ValueError):
            raise _missing(typed) from None


def _path(item: Any) -> str:
    if isinstance(item, (str, os.PathLike)) and isinstance(path := os.fspath(item), str):
        return path
    raise NotAnInputError(kind=type(item).__name__)


def _file(typed: str, spool: Path) -> Input:
    path = Path(typed).absolute()
    targets.reading(path)
    if path.is_dir():
        os.scandir(path).close()  # no permission is no lack of files
        folder = typed.rstrip("/\\") or typed
        pattern = "**/*.parquet" if next(path.rglob("*.parquet"), None) else "*.csv"
        raise FolderError(file=folder, pattern=os.path.join(folder, pattern))
    if not path.exists():
        raise _missing(typed)
    if not path.is_file():  # a pipe can be read only once
        pipes.copy_to(path, spool)
        return Input(name=typed, path=spool)
    return Input(name=typed, path=path, source=path)


def _look_into(pattern: str) -> None:
    """Look into the folder of a pattern, which `glob` skips without permission.

    Raises:
        PermissionError: it may not be read.
    """
    folder = os.path.dirname(pattern)
    while glob.has_magic(folder):
        folder = os.path.dirname(folder)
    if os.path.isdir(folder or "."):
        os.scandir(folder or ".").close()


def _missing(typed: str) -> MissingFileError | MissingFileNearError:
    folder, name = os.path.split(typed)
    try:
        names = [entry for entry in os.listdir(folder or ".") if entry != name]
    except (OSError, ValueError):
        names = []
    near = [os.path.join(folder, match) for match in difflib.get_close_matches(name, names)]
    return MissingFileNearError(file=typed, near=near) if near else MissingFileError(file=typed)
