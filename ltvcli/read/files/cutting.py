"""CSV text to records: where each begins and ends, and which of them cannot be read.

| text                   | record of 3 columns                             |
| 1,"Tokyo, Japan",20    | good: the comma in quotes separates nothing     |
| 2,Osaka                | ragged: two cells                               |
| 3,"Kyo"to,20           | bad quote: text follows the end of a cell       |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltvcli.errors import UnclosedQuoteError

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST = 1_000_000
"""Bytes of a record, without its line ending; a longer one is damage, as no export has it."""
GOOD, BLANK, RAGGED, BAD_QUOTE, TOO_LONG = range(5)
REASONS = {RAGGED: "ragged", BAD_QUOTE: "bad-quote", TOO_LONG: "line-too-long"}

_QUOTE = ord('"')
_START, _PLAIN, _QUOTED, _CLOSING, _BAD = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a file is written: name for messages, delimiter, line ending, number of columns.

    A record of more than `longest` bytes is damage.
    """

    name: str
    delimiter: bytes
    newline: bytes
    width: int
    longest: int = LONGEST

    @property
    def end(self) -> bytes:
        """The last byte of a line ending."""
        return self.newline[-1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The records in a piece of text that begins with one.

    Attributes:
        starts: position of the first byte of each record, `(n,)`.
        ends: position after the last byte, without the line ending, `(n,)`.
        lines: line breaks before each record, `(n,)`.
        kinds: GOOD, BLANK, RAGGED, BAD_QUOTE or TOO_LONG, `(n,)`.
        requoted: places of records to be written again because their quotes are unusual.
        size: bytes of all these records, line endings included.
        breaks: line breaks in all these records.
    """

    starts: NDArray[Any]
    ends: NDArray[Any]
    lines: NDArray[Any]
    kinds: NDArray[Any]
    requoted: tuple[int, ...]
    size: int
    breaks: int


def cut(text: bytes, form: Form, first_line: int, *, is_last: bool) -> Cut:
    """Cut `text`, which begins with a record, into all the records that end in it.

    A quote opens a cell only at its beginning, spaces aside; a quote inside a cell is written
    twice. Elsewhere a quote is text.

    Args:
        text: of a file.
        form: how the file is written.
        first_line: number of the line on which `text` begins, for a message.
        is_last: the file ends with `text`, and with it the last record.

    Raises:
        UnclosedQuoteError: a quote opens a cell that swallows the lines below it.
    """
    if is_last and text and not text.endswith(form.end):
        text += form.newline
    import numpy as np

    codes = np.frombuffer(text, np.uint8)
    breaks = codes == form.end[0]
    commas = codes == form.delimiter[0]
    if b'"' in text:
        quotes = codes == _QUOTE
        inside = np.bitwise_xor.accumulate(quotes.view(np.uint8)).view(bool)
        outside = breaks & ~inside
        size = _after_last(outside)
        if not _is_regular(codes, quotes, form) or (is_last and size < len(text)):
            return _slowly(text, form, first_line, is_last=is_last)
        commas &= ~inside
    else:
        outside = breaks
        size = _after_last(outside)
    ends = np.flatnonzero(outside[:size])
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    lines = np.arange(len(ends))
    total = len(ends)
    if outside is not breaks and np.count_nonzero(breaks[:size]) > total:  # some are in cells
        every = np.flatnonzero(breaks[:size])
        lines, total = np.searchsorted(every, starts), len(every)
    if len(form.newline) > 1:
        ends = ends - 1
    counted = np.add.reduceat(commas[:size], starts, dtype=np.int64) if len(ends) else ends
    cells = counted + 1
    last, comma = [codes[np.maximum(ends - back, 0)] for back in (1, 2, 3)], form.delimiter[0]
    is_empty = (last[0] == comma) | ((last[0] == _QUOTE) & (last[1] == _QUOTE) & (last[2] == comma))
    cells -= is_empty & (cells == form.width + 1)
    kinds = np.where(cells == form.width, GOOD, RAGGED).astype(np.uint8)
    kinds[ends - starts > form.longest] = TOO_LONG
    kinds[ends == starts] = BLANK
    return Cut(
        starts=starts, ends=ends, lines=lines, kinds=kinds, requoted=(), size=size, breaks=total
    )


def _after_last(marks: NDArray[Any]) -> int:
    """Return the position after the last mark, 0 if there is none."""
    import numpy as np

    behind = int(np.argmax(marks[::-1])) if len(marks) else 0
    return len(marks) - behind if len(marks) and marks[len(marks) - 1 - behind] else 0


def _is_regular(codes: NDArray[Any], quotes: NDArray[Any], form: Form) -> bool:
    """Return whether counting quotes is enough: each opens a cell, closes one, or is one of two."""
    import numpy as np

    places = np.flatnonzero(quotes)
    opens, closes = places[::2], places[1::2]
    ends, comma = form.end[0], form.delimiter[0]
    before = codes[opens - 1]
    starts = (before == comma) | (before == ends) | (before == _QUOTE) | (opens == 0)
    behind_space = (before == ord(" ")) & (codes[np.maximum(opens - 2, 0)] == comma) & (opens > 1)
    # What follows the last byte is seen with the next piece.
    after = codes[closes[closes < len(codes) - 1] + 1]
    stops = (after == comma) | (after == form.newline[0]) | (after == _QUOTE)
    return bool((starts | behind_space).all() and stops.all())


def _slowly(text: bytes, form: Form, first_line: int, *, is_last: bool) -> Cut:
    import numpy as np

    records: list[tuple[int, int, int, int]] = []
    requoted: list[int] = []
    reader, at, line = Reader(form), 0, 0
    quote = -1
    while at < len(text):
        reader.begin(first_line + line)
        if quote < at:
            quote = text.find(b'"', at)
            quote = quote if quote >= 0 else len(text)
        stop = text.find(form.end, at)
        if 0 <= stop < quote:  # no quote on this line
            end = stop + 1
            stop = end - len(form.newline)
            records.append((at, stop, line, _plain_kind(text[at:stop], form)))
            line, at = line + 1, end
            continue
        end = reader.feed(text, at)
        if end < 0:
            if not is_last:
                break
            end = len(text)
        stop = end - len(form.newline)
        if reader.is_odd and reader.kind(stop - at) == GOOD:
            requoted.append(len(records))
        records.append((at, stop, line, reader.kind(stop - at)))
        line += reader.breaks
        at = end
    table = np.array(records, np.int64).reshape(-1, 4)
    return Cut(
        starts=table[:, 0],
        ends=table[:, 1],
        lines=table[:, 2],
        kinds=table[:, 3].astype(np.uint8),
        requoted=tuple(requoted),
        size=at,
        breaks=line,
    )


def _plain_kind(record: bytes, form: Form) -> int:
    if not record:
        return BLANK
    if len(record) > form.longest:
        return TOO_LONG
    cells = record.count(form.delimiter) + 1 - record.endswith(form.delimiter)
    return GOOD if form.width in (cells, record.count(form.delimiter) + 1) else RAGGED


def cells(record: str, delimiter: str) -> list[str]:
    """Return the cells of a record that is no damage.

    >>> cells('12" disc, "a ""b"", c" ,', ",")
    ['12" disc', 'a "b", c', '']
    """
    quoted = re.compile(f' *"([^"]*(?:""[^"]*)*)" *(?={re.escape(delimiter)}|\\Z)')
    parts, at = [], 0
    while True:
        if match := quoted.match(record, at):
            parts.append(match[1].replace('""', '"'))
            at = match.end()
        else:
            end = record.find(delimiter, at)
            end = end if end >= 0 else len(record)
            parts.append(record[at:end])
            at = end
        if at >= len(record):
            return parts
        at += 1


class Reader:
    """One record after another, byte by byte where it matters, in as many pieces as it takes."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._stop = re.compile(b"[" + re.escape(form.delimiter + form.end) + b"]")
        self.begin(1)

    def begin(self, line: int) -> None:
        """Begin a record on the line of this number."""
        self._line, self._opened = line, line
        self._state = _START
        self._cells = 1
        self._is_empty = True  # the last cell
        self._is_spaced = False  # nothing but spaces in the last cell so far
        self._is_broken = False  # a line break in the open cell
        self._swallows = False  # the open cell goes on behind a line break
        self._is_bad = False
        self.is_odd = False
        self.breaks = 0

    def kind(self, length: int) -> int:
        """Return what the record is, once it has ended; `length` is that of its text."""
        if self._state == _QUOTED and self._swallows:
            raise UnclosedQuoteError(file=self._form.name, line=self._opened)
        if length > self._form.longest:
            return TOO_LONG
        if self._is_bad or self._state == _QUOTED:
            return BAD_QUOTE
        if not length:
            return BLANK
        width = self._form.width
        trailing = self._is_empty and self._cells == width + 1
        return GOOD if self._cells == width or trailing else RAGGED

    def feed(self, text: bytes, at: int) -> int:
        """Read on in `text` from position `at`; return where the record ends, -1 if not in it.

        Raises:
            UnclosedQuoteError: a quote inside a cell of several lines is no end of that cell.
        """
        while at < len(text):
            if self._state == _START:
                at = self._start(text, at)
            elif self._state == _QUOTED:
                at = self._quoted(text, at)
            elif self._state == _CLOSING:
                at = self._closing(text, at)
            else:
                match = self._stop.search(text, at) if self._state == _PLAIN else None
                end = match.start() if match else -1
                if self._state == _BAD:
                    end = text.find(self._form.end, at)
                self.is_odd |= text.find(b'"', at, end if end >= 0 else len(text)) >= 0
                if end < 0:
                    return -1
                at = self._ended(text, end)
            if at < 0:
                return -at
        return -1

    def _ended(self, text: bytes, at: int) -> int:
        """Go on behind a delimiter; behind a line ending give the position as a negative one."""
        if text[at] == self._form.end[0]:
            self.breaks += 1
            return -(at + 1)
        self._cells += 1
        self._is_empty, self._is_spaced = True, False
        self._state = _START
        return at + 1

    def _start(self, text: bytes, at: int) -> int:
        code = text[at]
        if code in (self._form.delimiter[0], self._form.end[0]):
            return self._ended(text, at)
        if code == _QUOTE:
            self._opened = self._line + self.breaks
            self._is_broken = self._swallows = False
            self.is_odd |= self._is_spaced
            self._is_empty = True
            self._state = _QUOTED
            return at + 1
        if code == ord(" "):
            self._is_spaced = True
            self._is_empty = False
            return at + 1
        if code != ord("\r") or self._form.newline != b"\r\n":
            self._is_empty = False
        self._state = _PLAIN
        return at

    def _quoted(self, text: bytes, at: int) -> int:
        end = text.find(b'"', at)
        stop = end if end >= 0 else len(text)
        breaks = text.count(self._form.end, at, stop)
        self._is_empty &= stop == at
        behind = text.rfind(self._form.end, at, stop) + 1 if breaks else at
        if breaks or self._is_broken:
            self._swallows |= breaks > 1 or behind < stop or end >= 0
        self._is_broken |= breaks > 0
        self.breaks += breaks
        if end < 0:
            return len(text)
        self._state = _CLOSING
        return end + 1

    def _closing(self, text: bytes, at: int) -> int:
        code = text[at]
        if code == _QUOTE:
            self._is_empty = False
            self._state = _QUOTED
            return at + 1
        if code in (self._form.delimiter[0], self._form.end[0]):
            return self._ended(text, at)
        if code in b" \r":
            self.is_odd |= code == ord(" ")
            return at + 1
        if self._swallows:
            raise UnclosedQuoteError(file=self._form.name, line=self._opened)
        self._is_bad = True
        self._state = _BAD
        return at
