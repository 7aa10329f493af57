"""One opened input: a table of text with a known header."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ltvcli.read.files.excel import StrayCells
    from ltvcli.read.files.records import Records


Stamp = tuple[int, int, int, int]
"""Inode, size, and times of the last change of contents and of anything, in nanoseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file (or part of one) whose header is known and whose cells DuckDB can read as text.

    `shape` says how: a UTF-8 `csv` at `path` with `delimiter`, of which `skip` lines come before
    the first record; or a `parquet` file at `path`. `path` may be a decoded copy in the private
    temp directory; `name` is what the user typed, `source` the file it named (None for a pipe or
    a data frame), `sha256` belongs to the bytes as they came. `records` says where the records of a
    CSV stand, also those that cannot be read and are not at `path`. `stray` are cells of a workbook
    that were left out.
    """

    name: str
    shape: Literal["csv", "parquet"]
    header: tuple[str, ...]
    sha256: str
    path: Path
    source: Path | None = None
    delimiter: str = ","
    skip: int = 0
    encoding: str = "utf-8"
    records: Records | None = None
    stamp: Stamp | None = None
    stray: StrayCells | None = None

    @property
    def damaged(self) -> dict[str, int]:
        """Count the rows that cannot be cut into columns, by reason."""
        return self.records.excluded if self.records else {}
