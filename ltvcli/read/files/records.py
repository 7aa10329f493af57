"""The records of a CSV file, counted and placed independently of whatever reads their cells.

| line | text of the file   | result                                    |
| 1    | id,city,total      | the header, above the first record        |
| 2    | 1,Tokyo,20         | record 0                                  |
| 3    | 2,Osaka            | damage: (position, length, line 3, ragged) |
| 4    | 3,Kyoto,30         | record 1                                  |
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ltvcli.read.files import cutting
from ltvcli.read.files.cutting import GOOD, REASONS, TOO_LONG, Cut, Form, Reader, cut

if TYPE_CHECKING:
    from io import RawIOBase

    from numpy.typing import NDArray

_PIECE = 1 << 17  # bytes; larger ones leave the cache, and a longer record is met in pieces
_HEAD = 4096  # bytes of a piece that are looked at for its first record
_BATCH = 10_000
_LONGEST_CELL = 2**31 - 1

Row = tuple[int, str]
"""The line on which a record begins, and its text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """The records of data in `text`, which is the file or its decoded copy.

    Attributes:
        text: the path of the UTF-8 text.
        form: how it is written.
        path: where only those records stand that can be read: `text`, or a copy.
        count: how many they are.
        pieces: (position, first record, first line) of pieces of the text, ascending, `(n + 1, 3)`;
            the last row is the end.
        damage: (position, length, line, kind) of the records that cannot be read, `(m, 4)`.
    """

    text: Path
    form: Form
    path: Path
    count: int
    pieces: NDArray[Any]
    damage: NDArray[Any]

    @property
    def excluded(self) -> dict[str, int]:
        """Count the records that cannot be read, by reason."""
        import numpy as np

        kinds, counts = np.unique(self.damage[:, 3], return_counts=True)
        counted = {REASONS[int(kind)]: int(n) for kind, n in zip(kinds, counts, strict=True)}
        return dict(sorted(counted.items(), key=lambda reason: (-reason[1], reason[0])))

    def rows(self, wanted: Sequence[int]) -> Iterator[Row]:
        """Read the records of these numbers, which begin with 0 and ascend."""
        import numpy as np

        numbers = np.asarray(wanted, np.int64)
        piece_of = np.searchsorted(self.pieces[:, 1], numbers, side="right") - 1
        with self.text.open("rb") as file:
            for piece in np.unique(piece_of):
                at, first, line = (int(number) for number in self.pieces[piece])
                size = int(self.pieces[piece + 1, 0]) - at
                file.seek(at)
                text = file.read(size)
                cut_text = cut(text, self.form, line, is_last=True)
                good = np.flatnonzero(cut_text.kinds == GOOD)
                for place in good[numbers[piece_of == piece] - first]:
                    record = text[cut_text.starts[place] : cut_text.ends[place]]
                    yield line + int(cut_text.lines[place]), record.decode()

    def damaged(self) -> Iterator[tuple[int, str, str]]:
        """Read the records that cannot be read as cells: line, reason, and at most 1 MB of text."""
        with self.text.open("rb") as file:
            for begin in range(0, len(self.damage), _BATCH):
                text, begins = b"", 0
                for at, length, line, kind in self.damage[begin : begin + _BATCH].tolist():
                    size = min(length, self.form.longest)
                    if not begins <= at <= at + size <= begins + len(text):
                        file.seek(begins := at)
                        text = file.read(max(size, _PIECE))
                    record = text[at - begins : at - begins + size]
                    yield line, REASONS[kind], record.decode(errors="ignore")

    def cells(self, record: str) -> list[str]:
        """Return the cells of a record."""
        delimiter = self.form.delimiter.decode()
        if '"' in record:
            return cutting.cells(record, delimiter)[: self.form.width]
        return record.split(delimiter)[: self.form.width]

    def samples(self, most: int) -> list[tuple[int, str]]:
        """Read the first record of pieces evenly over the file, and the last of all, by number."""
        if not self.count:
            return []
        ends = [*self.pieces[1:, 1].tolist()]
        filled = [at for at, end in enumerate(ends) if end > self.pieces[at, 1]]
        chosen = filled[:: -(-len(filled) // most)]
        with self.text.open("rb") as file:
            samples = {int(self.pieces[at, 1]): self._first(file, at) for at in chosen}
        last = self.count - 1
        if last not in samples:
            samples[last] = next(self.rows([last]))[1]
        return list(samples.items())

    def _first(self, file: BinaryIO, piece: int) -> str:
        """Read the first record of a piece that can be read."""
        import numpy as np

        at, _, line = (int(number) for number in self.pieces[piece])
        left = int(self.pieces[piece + 1, 0]) - at
        file.seek(at)
        text = b""
        while True:
            more = file.read(min(left - len(text), max(_HEAD, len(text))))
            if not more:  # the file was cut while it was read
                return ""
            text += more
            cut_text = cut(text, self.form, line, is_last=len(text) == left)
            good = np.flatnonzero(cut_text.kinds == GOOD)
            if len(good):
                return text[cut_text.starts[good[0]] : cut_text.ends[good[0]]].decode()


@dataclass(slots=True)
class _RecordFinder:
    """What was found so far, and the copy of what can be read, if there has to be one."""

    path: Path
    form: Form
    begin: int
    copy: Path
    count: int = 0
    line: int = 1
    pieces: list[tuple[int, int, int]] = field(default_factory=list)
    damage: list[NDArray[Any]] = field(default_factory=list)
    out: BinaryIO | None = None

    def add(self, text: bytes, at: int, cut_text: Cut) -> None:
        """Add a piece of the file that was cut into records."""
        import numpy as np

        good = cut_text.kinds == GOOD
        bad = np.flatnonzero(cut_text.kinds > cutting.BLANK)
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

    def add_clean(self, text: bytes, at: int, records: int) -> None:
        """Add a piece with nothing but records of one line each that can be read."""
        if self.out:
            self.out.write(text)
        self.pieces.append((at, self.count, self.line))
        self.count += records
        self.line += records

    def add_long(self, at: int, length: int, reader: Reader) -> None:
        """Add one record that is longer than any may be."""
        import numpy as np

        self.begin_copy(at)
        self.damage.append(np.array([[at, length, self.line, TOO_LONG]], np.int64))
        self.pieces.append((at, self.count, self.line))
        self.line += reader.breaks

    def begin_copy(self, until: int) -> None:
        """Copy the file up to a position, and from then on what can be read."""
        if self.out:
            return
        self.out = self.copy.open("wb")
        with self.path.open("rb") as file:
            file.seek(self.begin)
            left = until - self.begin
            while left > 0 and (block := file.read(min(left, _PIECE))):
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
        cells = cutting.cells(record, delimiter)[: self.form.width]
        # With \r\n for its ending, the writer quotes a cell with either of the two.
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
        )


def find(path: Path, name: str, delimiter: str, width: int, skip: int, copy: Path) -> Records:
    """Find the records of the UTF-8 file at `path`, in one pass and bounded memory.

    Args:
        path: of the text, with one kind of line ending.
        name: what the user calls the file.
        delimiter: what separates cells.
        width: how many cells a record has.
        skip: records above the first of data.
        copy: where the records that can be read go, if some cannot.

    Raises:
        UnclosedQuoteError: a quote opens and is not closed before the next line.
    """
    begin, line, newline = _begin(path, delimiter, skip)
    form = Form(name=name, delimiter=delimiter.encode(), newline=newline, width=width)
    finder = _RecordFinder(path=path, form=form, begin=begin, copy=copy, line=line)
    try:
        # DuckDB counts lines, and takes what an odd quote opens for one of them.
        if line - 1 != skip or _has_odd_quotes(path, begin, delimiter):
            finder.begin_copy(begin)
        with path.open("rb", buffering=0) as file:
            file.seek(begin)
            end = _add_all(file, finder)
    finally:
        if finder.out:
            finder.out.close()
    return finder.records(end)


def _has_odd_quotes(path: Path, end: int, delimiter: str) -> bool:
    """Return whether a quote stands in the header that neither opens nor closes a cell.

    `"id","na"me` has one, `"id","na""me"` has none.
    """
    with path.open("rb") as file:
        text = file.read(end).decode("utf-8", "replace").removeprefix("\ufeff")
    edge = rf"[{re.escape(delimiter)}\r\n]"
    return '"' in re.sub(rf'(?:^|(?<={edge}))"(?:[^"]|"")*"(?={edge}|$)', "", text)


def _add_all(file: RawIOBase, finder: _RecordFinder) -> int:
    """Add everything from the first record of data on; return the position of the end."""
    form = finder.form
    content = bytes(code for code in range(256) if code not in form.delimiter + form.end)
    at, text = finder.begin, b""
    while block := file.read(_PIECE):
        text = text + block if text else block
        size = text.rfind(form.end) + 1
        if size and form.width > 1 and len(text) <= form.longest and b'"' not in text:
            lines = text[:size]
            records = _clean(lines.translate(None, content), lines, form)
            if records:
                finder.add_clean(lines, at, records)
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


def _clean(bare: bytes, text: bytes, form: Form) -> int:
    """Count the records of `text` if they are regular; `bare` is its delimiters and line ends.

    A delimiter behind the last cell of every record makes no cell.
    """
    records = len(bare) // form.width
    if bare == (form.delimiter * (form.width - 1) + form.end) * records:
        return records
    records = len(bare) // (form.width + 1)
    is_trailing = bare == (form.delimiter * form.width + form.end) * records
    return records if is_trailing and text.count(form.delimiter + form.newline) == records else 0


def _long(file: RawIOBase, finder: _RecordFinder, at: int, text: bytes) -> tuple[int, bytes]:
    """Pass a record that is longer than any may be; give the position and text behind it."""
    reader = Reader(finder.form)
    reader.begin(finder.line)
    end, length = reader.feed(text, 0), 0
    while end < 0:
        length += len(text)
        text = file.read(_PIECE) or b""
        if not text:
            reader.kind(length)  # raises for a quote that swallows lines
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
