"""One opened input: a table of text with a known header."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ltvcli.engines.addresses import Table
    from ltvcli.read.files.excel import StrayCells
    from ltvcli.read.files.records import Records

Stamp = tuple[int, int, int, int]
"""Inode, size, and times of the last change of contents and of anything, in nanoseconds."""

Digest: TypeAlias = "str | Future[str]"
"""A hash, which may still be computed."""


def _known(digest: Digest) -> str:
    return digest if isinstance(digest, str) else digest.result()


def stamp(path: Path) -> Stamp:
    """Return values that change when a file is written to, replaced or deleted.

    Raises:
        OSError: there is no such file.
    """
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class Part(Struct, frozen=True, kw_only=True):
    """One of the Parquet files of a sheet; its rows are those of the sheet from `start` on.

    `folders` are columns that the folders of its path name, with the value of all of its rows.
    """

    name: str
    path: Path
    source: Path | None
    stamp: Stamp
    digest: Digest
    start: int = 0
    folders: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes, in hexadecimal; see `Sheet.sha256`."""
        return _known(self.digest)


class Sheet(Struct, frozen=True, kw_only=True):
    """A file (or part of one) whose header is known and whose cells DuckDB can read as text.

    `shape` says how: a UTF-8 `csv` at `path` with `delimiter`, of which `skip` lines come before
    the first record; or a `parquet` file at `path`. `path` may be a decoded copy in the private
    temp directory; `name` is what the user typed, `source` the file it named (None for a pipe or
    a data frame), `digest` belongs to the bytes as they came, and may still be computed. `cells` is
    the hash of the cells alone, of a sheet of a workbook, whose bytes hold other sheets, too.
    `records` says where the records of a CSV stand; those that can be read may be in a copy of
    their own. `stray` are cells of a workbook that were left out. `parts` are the files of a
    Parquet sheet, whose last columns are `folders`. `zones` gives the time zone in which the days
    of a column are taken, where its times have one. A `table` of a database has neither path nor
    hash. `types` are those of the columns of a table, or of Parquet files.
    """

    name: str
    shape: Literal["csv", "parquet", "table"]
    header: tuple[str, ...]
    digest: Digest
    path: Path
    source: Path | None = None
    delimiter: str = ","
    skip: int = 0
    encoding: str = "utf-8"
    records: Records | None = None
    stamp: Stamp | None = None
    stray: StrayCells | None = None
    parts: tuple[Part, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    table: Table | None = None
    cells: str = ""
    types: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes, in hexadecimal.

        Raises:
            InputError: they cannot be read; see `open_files`.
        """
        return _known(self.digest)

    @property
    def contents(self) -> str:
        """Return the hash that a copy of this sheet has, too."""
        return self.cells or self.sha256

    @property
    def damaged(self) -> dict[str, int]:
        """Count the rows that cannot be cut into columns, by reason."""
        return self.records.excluded if self.records else {}

    @property
    def stored(self) -> tuple[str, ...]:
        """Return the header, with "" for columns of folders: those play a role only if mapped."""
        folders = len(self.parts[0].folders) if self.parts else 0
        return (*self.header[: len(self.header) - folders], *[""] * folders)

    @property
    def paths(self) -> list[Path]:
        """List the files that are read."""
        if self.shape == "csv" and self.records and self.records.is_copied:
            return [self.records.path]
        return [member.path for member in self.parts] or [self.path]

    @property
    def digests(self) -> set[str]:
        """Return the hashes of the table and of each of its files, which recognise a copy."""
        return {self.contents, *(member.sha256 for member in self.parts)}

    @property
    def files(self) -> int:
        """Count the files that the user gave for this table."""
        return len(self.paths)

    def place(self, row: int) -> tuple[str, int]:
        """Return the file and the number of a row in it, both counted from 0."""
        if not self.parts:
            return self.name, row
        member = self.parts[bisect_right(self.parts, row, key=lambda member: member.start) - 1]
        return member.name, row - member.start
