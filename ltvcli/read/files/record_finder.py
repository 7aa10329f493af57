"""Find the records of a CSV file in one pass and bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct, field

from ltvcli.read.files import record_reader
from ltvcli.read.files.counting import counted, counted_with_quotes
from ltvcli.read.files.cutting import Cut, compared, cut
from ltvcli.read.files.record_reader import BLANK, GOOD, TOO_LONG, Form, Reader
from ltvcli.read.files.records import PIECE, Records

if TYPE_CHECKING:
    from io import RawIOBase

    from numpy.typing import NDArray

_LONGEST_CELL = 2**31 - 1


class RecordFinder(Struct):
    """The records found so far, and a copy of the readable ones if it is needed."""

    path: Path
    form: Form
    begin: int
    copy: Path
    may_count: bool
    is_counted: bool = False
    count: int = 0
    line: int = 1
    pieces: list[tuple[int, int, int]] = field(default_factory=list)
    damage: list[NDArray[Any]] = field(default_factory=list)
    out: BinaryIO | None = None

    def add(self, text: bytes, at: int, cut_text: Cut) -> None:
        """Add a piece of the file that was cut into records.

        Args:
            text: of the piece.
            at: its position in the file.
            cut_text: its records.
        """
        import numpy as np

        good = cut_text.kinds == GOOD
        bad = np.flatnonzero(cut_text.kinds > BLANK)
        if len(bad):
            starts, ends = cut_text.starts[bad], cut_text.ends[bad]
            lines = cut_text.lines[bad] + self.line
            self.damage.append(
                np.stack([starts + at, ends - starts, lines, cut_text.kinds[bad]], axis=1)
            )
        if len(bad) or cut_text.requoted:
            self.begin_copy(at)
        if self.out:
            self._write(text, cut_text, good)
        self.pieces.append((at, self.count, self.line))
        self.count += int(np.count_nonzero(good))
        self.line += cut_text.breaks

    def add_clean(self, text: bytes, size: int, at: int, records: int) -> None:
        """Add a piece that contains only readable records of one line each.

        Args:
            text: that begins with the piece.
            size: bytes of the piece.
            at: its position in the file.
            records: how many there are.
        """
        if self.out:
            self.out.write(text[:size])
        self.pieces.append((at, self.count, self.line))
        self.count += records
        self.line += records

    def add_long(self, at: int, length: int, reader: Reader) -> None:
        """Add one record that is longer than any may be.

        Args:
            at: its position in the file.
            length: bytes of it, without its line ending.
            reader: that has read it, and counted its line breaks.
        """
        import numpy as np

        self.begin_copy(at)
        self.damage.append(np.array([[at, length, self.line, TOO_LONG]], np.int64))
        self.pieces.append((at, self.count, self.line))
        self.line += reader.breaks

    def begin_copy(self, until: int) -> None:
        """Copy the file up to a position, and the readable records after it."""
        if self.out:
            return
        self.out = self.copy.open("wb")
        with self.path.open("rb") as file:
            file.seek(self.begin)
            left = until - self.begin
            while left > 0 and (block := file.read(min(left, PIECE))):
                self.out.write(block)
                left -= len(block)

    def _write(self, text: bytes, cut_text: Cut, good: NDArray[Any]) -> None:
        """Copy the records that can be read; those with unusual quotes as they are usual."""
        import numpy as np

        assert self.out
        again = set(cut_text.requoted)
        kept = good.copy()
        kept[list(again)] = False
        places = np.flatnonzero(np.diff(kept, prepend=False, append=False))
        runs = iter(zip(places[::2].tolist(), places[1::2].tolist(), strict=True))
        parts = [(first, text[int(cut_text.starts[first]) : self._stop(cut_text, last)])
                 for first, last in runs]  # fmt: skip
        for place in sorted(again):
            record = text[cut_text.starts[place] : cut_text.ends[place]].decode()
            parts.append((place, self._usual(record)))
        for _, record_text in sorted(parts):
            self.out.write(record_text)
            if not record_text.endswith(self.form.end):
                self.out.write(self.form.newline)

    def _stop(self, cut_text: Cut, last: int) -> int:
        return int(cut_text.starts[last]) if last < len(cut_text.starts) else cut_text.size

    def _usual(self, record: str) -> bytes:
        delimiter = self.form.delimiter.decode()
        out = io.StringIO(newline="")
        cells = record_reader.cells(record, delimiter)[: self.form.width]
        # With \r\n as line ending, the writer quotes cells that contain \r or \n.
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
        return out.getvalue().removesuffix("\r\n").encode() + self.form.newline

    def records(self, end: int) -> Records:
        """Return the result."""
        import numpy as np

        self.pieces.append((end, self.count, self.line))
        damage = np.concatenate(self.damage) if self.damage else np.empty((0, 4), np.int64)
        return Records(
            text=self.path,
            form=self.form,
            path=self.copy if self.out else self.path,
            count=self.count,
            pieces=np.array(self.pieces, np.int64),
            damage=damage,
            is_counted=self.is_counted,
        )


def find(
    path: Path,
    name: str,
    delimiter: str,
    width: int,
    skip: int,
    copy: Path,
    opened: Callable[[Path], io.FileIO] = io.FileIO,
    *,
    may_count: bool = False,
) -> Records:
    """Find the records of the UTF-8 file at `path`, in one pass and bounded memory.

    Args:
        path: of the text, with one kind of line ending.
        name: what the user calls the file.
        delimiter: what separates cells.
        width: how many cells a record has.
        skip: records above the first of data.
        copy: where the records that can be read go, if some cannot.
        opened: opens the file to read it from the beginning to the end.
        may_count: whether it is enough to count cells over many records; see `Records.is_counted`.

    Raises:
        UnclosedQuoteError: a quote opens and is not closed before the next line.
    """
    begin, line, newline = _begin(path, delimiter, skip)
    form = Form(name=name, delimiter=delimiter.encode(), newline=newline, width=width)
    finder = RecordFinder(
        path=path, form=form, begin=begin, copy=copy, may_count=may_count, line=line
    )
    try:
        # DuckDB counts text after an unmatched quote as one line.
        if line - 1 != skip or _has_odd_quotes(path, begin, delimiter):
            finder.begin_copy(begin)
        with opened(path) as file:
            file.read(begin)
            end = _add_all(file, finder)
    finally:
        if finder.out:
            finder.out.close()
    return finder.records(end)


def _has_odd_quotes(path: Path, end: int, delimiter: str) -> bool:
    """Return whether the header contains a quote that neither opens nor closes a cell.

    `"id","na"me` has one, `"id","na""me"` has none.
    """
    with path.open("rb") as file:
        text = file.read(end).decode("utf-8", "replace").removeprefix("\ufeff")
    edge = rf"[{re.escape(delimiter)}\r\n]"
    return '"' in re.sub(rf'(?:^|(?<={edge}))"(?:[^"]|"")*"(?={edge}|$)', "", text)


def _add_all(file: RawIOBase, finder: RecordFinder) -> int:
    """Add everything from the first record of data on; return the position of the end."""
    form = finder.form
    at, text = finder.begin, b""
    while block := file.read(PIECE):
        text = text + block if text else block
        size = text.rfind(form.end) + 1
        if size and len(text) <= form.longest and (records := _clean(text, size, finder)):
            finder.add_clean(text, size, at, records)
            at, text = at + size, text[size:]
            continue
        pieces = cut(text, form, finder.line, is_last=False)
        if pieces.size:
            finder.add(text, at, pieces)
            at, text = at + pieces.size, text[pieces.size :]
        if len(text) > form.longest:
            at, text = _long(file, finder, at, text)
    if text:
        finder.add(text, at, cut(text, form, finder.line, is_last=True))
    return at + len(text)


def _clean(text: bytes, size: int, finder: RecordFinder) -> int:
    """Count the records in `size` bytes of `text` if each is readable and has one line; else 0."""
    if finder.form.width == 1:
        return 0
    has_quotes = b'"' in text
    if finder.may_count:
        count = counted_with_quotes if has_quotes else counted
        if records := count(text, size, finder.form):
            finder.is_counted = True
            return records
    return 0 if has_quotes else compared(text[:size], finder.form)


def _long(file: RawIOBase, finder: RecordFinder, at: int, text: bytes) -> tuple[int, bytes]:
    """Skip a record that is longer than any may be; return the position and text behind it."""
    reader = Reader(finder.form)
    reader.begin(finder.line)
    end, length = reader.feed(text, 0), 0
    while end < 0:
        length += len(text)
        text = file.read(PIECE) or b""
        if not text:
            reader.kind(length)  # raises if an unmatched quote runs over several lines
            finder.add_long(at, length, reader)
            return at + length, b""
        end = reader.feed(text, 0)
    length += end
    finder.add_long(at, length - len(finder.form.newline), reader)
    return at + length, text[end:]


def _begin(path: Path, delimiter: str, skip: int) -> tuple[int, int, bytes]:
    """Return the position and the line of the first record of data, and the line ending."""
    size, line, newline = 0, 1, b"\n"
    with path.open(encoding="utf-8", newline="") as file:
        first = file.readline()
        for ending in ("\r\n", "\r", "\n"):
            if first.endswith(ending):
                newline = ending.encode()
                break
        file.seek(0)

        def lines() -> Iterator[str]:
            nonlocal size, line
            for text in file:
                size += len(text.encode())
                line += 1
                yield text

        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            reader = csv.reader(lines(), delimiter=delimiter)
            for _ in range(skip):
                next(reader, None)
        finally:
            csv.field_size_limit(before)
    with path.open("rb") as start:
        if not size and start.read(3) == codecs.BOM_UTF8:
            size = 3
    return size, line, newline
