"""Read records of CSV byte by byte: the meaning of quotes, delimiters and line ends."""

from __future__ import annotations

import re

from msgspec import Struct

from ltvcli.errors import UnclosedQuoteError

LONGEST = 1_000_000
"""Bytes of a record, without its line ending; a longer one is damage, as no export has it."""
GOOD, BLANK, RAGGED, BAD_QUOTE, TOO_LONG = range(5)
REASONS = {RAGGED: "ragged", BAD_QUOTE: "bad-quote", TOO_LONG: "line-too-long"}
QUOTE = ord('"')
_START, _PLAIN, _QUOTED, _CLOSING, _BAD = range(5)


class Form(Struct, frozen=True, kw_only=True):
    """The format of a file: name for messages, delimiter, line ending, number of columns.

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
        self._is_empty = True  # whether the last cell is empty
        self._is_spaced = False  # the last cell has only spaces so far
        self._is_broken = False  # the open cell contains a line break
        self._swallows = False  # the open cell continues after a line break
        self._is_bad = False
        self.is_odd = False
        self.breaks = 0

    def kind(self, length: int) -> int:
        """Return the type of the record once it has ended; `length` is that of its text."""
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
        """Return the position behind a delimiter; behind a line ending, as a negative number."""
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
        if code == QUOTE:
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
        if code == QUOTE:
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
