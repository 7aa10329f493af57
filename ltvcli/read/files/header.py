"""Find the header of a text file, the delimiter, and the names of the columns.

| line of the file       | taken as                                        |
| Orders of 2026         | a title: skipped                                |
| Order ID;Kunde;Betrag  | the header: 3 names, separated by ;             |
| 1001;c1;20,00          | the first record of data (`skip` is 2)          |
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from ltvcli.errors import (
    EmptyFileError,
    HeaderOnlyError,
    HeaderWidthError,
    NoHeaderError,
    OneColumnError,
)

DELIMITERS = (",", "\t", ";", "|")
_START = 128_000  # characters read; less than the longest cell that Python's csv module accepts
_SAMPLE = 200  # records sampled
_MOST = 0.5
_SHOWN = 60  # at most this many characters of a line are quoted in a message

_NUMBER = re.compile(r"[-+(]?[¥￥$€£]?\d[\d,. ]*%?円?\)?")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

Record = Sequence[str]


class Header(Struct, frozen=True, kw_only=True):
    """Names of the columns in file order, and the number of records before the first data row."""

    names: tuple[str, ...]
    delimiter: str
    skip: int


class _Layout(Struct, frozen=True):
    """One way to cut the start of a file into columns."""

    delimiter: str
    records: list[list[str]]
    width: int  # of most records
    agreement: float  # share of the records of that width
    first: int  # the first record as wide and as full as the others

    def begins(self) -> bool:
        """Return whether no other text precedes the header."""
        titles = any(map(_filled, self.records[: self.first]))
        return self.width > 1 and self.agreement > _MOST and not titles


def header(path: Path, name: str, chosen: Mapping[str, str]) -> Header:
    """Find the header of the UTF-8 file at `path`.

    Lines of another width before it (titles, periods) are skipped. A file without a header is read
    if the columns were `chosen` by number only; they are then called "1", "2", and so on.

    Args:
        path: of the file.
        name: what the user typed.
        chosen: role to header or number, as typed with --map.

    Raises:
        EmptyFileError: there is nothing but blank lines.
        OneColumnError: nothing separates columns.
        HeaderWidthError: the header has another number of columns than the rows.
        NoHeaderError: the first line is data.
        HeaderOnlyError: there are names but no rows.
    """
    text, is_complete = _start(path)
    layouts = [_layout(text, delimiter, is_complete) for delimiter in DELIMITERS]
    if not any(map(_filled, layouts[0].records)):
        raise EmptyFileError(file=name)
    # Prefer dialects whose first record is the header; of these, the widest that fits most rows.
    best = max(
        layouts,
        key=lambda layout: (
            layout.begins(),
            layout.width > 1,
            layout.agreement * layout.width,
            -layout.first,
        ),
    )
    first_line = next(line for line in text.splitlines() if line.strip()).strip()[:_SHOWN]
    if best.width == 1:
        raise OneColumnError(file=name, line=first_line)
    names = [_clean(cell) for cell in best.records[best.first]]
    skip = best.first + 1
    if _is_data(names):
        before = [r for r in best.records[: best.first] if len(r) > 1]
        if before and not _is_data(before[0]):
            raise HeaderWidthError(file=name, names=len(before[0]), cells=best.width)
        if not chosen or not all(column.isdecimal() for column in chosen.values()):
            raise NoHeaderError(file=name, line=first_line)
        names = [str(number + 1) for number in range(best.width)]
        skip = best.first
    if is_complete and not any(map(_filled, best.records[skip:])):
        raise HeaderOnlyError(file=name)
    return Header(names=tuple(names), delimiter=best.delimiter, skip=skip)


def _start(path: Path) -> tuple[str, bool]:
    """Return the first characters of a file, up to a line's end, and whether that is all of it."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        text = file.read(_START)
        is_complete = not file.read(1)
    if not is_complete:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    return text.removeprefix("\ufeff"), is_complete


def _layout(text: str, delimiter: str, is_complete: bool) -> _Layout:
    records: list[list[str]] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        records.append(record)
        if len(records) == _SAMPLE:
            break
    else:
        if not is_complete and len(records) > 1:
            records.pop()  # may have been cut inside a quoted cell
    wide = Counter(len(record) for record in records if _filled(record))
    top = next((len(record) for record in records if _filled(record)), 1)
    width = max(wide, key=lambda cells: (cells > 1 and wide[cells], cells == top, cells), default=1)
    agreement = wide[width] / max(1, wide.total())
    if width > 1 and all(not record[-1] for record in records if len(record) == width):
        # A trailing delimiter on every row is not a column.
        records = [record[:-1] if len(record) == width else record for record in records]
        width -= 1
    full = sorted(_filled(record) for record in records if len(record) == width)
    typical = full[len(full) // 2] if full else 0
    first = next(
        (
            index
            for index, record in enumerate(records)
            if len(record) == width and _filled(record) >= max(min(width, 2), typical / 2)
        ),
        0,
    )
    return _Layout(delimiter, records, width, agreement, first)


def _filled(record: Record) -> int:
    return sum(1 for cell in record if cell.strip())


def _clean(cell: str) -> str:
    """Show a name without byte order mark, surrounding space and leftover quotes.

    >>> _clean(' "Order  ID" ')
    'Order ID'
    """
    return " ".join(cell.replace("\ufeff", "").strip().strip('"').split())


def _is_data(cells: Record) -> bool:
    """Return whether a line looks like data: it has a date or a mail address, or many numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(_DAY.fullmatch(cell) or _MAIL.fullmatch(cell) for cell in filled):
        return True
    return 2 * sum(1 for cell in filled if _NUMBER.fullmatch(cell)) >= max(1, len(filled))
