"""Split CSV text into records: where each begins and ends, and which cannot be read.

| text                   | record of 3 columns                             |
| 1,"Tokyo, Japan",20    | good: the comma in quotes separates nothing     |
| 2,Osaka                | ragged: two cells                               |
| 3,"Kyo"to,20           | bad quote: text follows the end of a cell       |
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.read.files.record_reader import (
    BLANK,
    GOOD,
    QUOTE,
    RAGGED,
    TOO_LONG,
    Form,
    Reader,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Cut(Struct, frozen=True, kw_only=True):
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


def compared(text: bytes, form: Form) -> int:
    """Count the records in a text without quotes if each has the right number of cells; else 0.

    A delimiter behind the last cell of every record makes no cell.
    """
    bare = text.translate(None, _all_but(form.delimiter + form.end))
    records = len(bare) // form.width
    if bare == (form.delimiter * (form.width - 1) + form.end) * records:
        return records
    records = len(bare) // (form.width + 1)
    is_trailing = bare == (form.delimiter * form.width + form.end) * records
    return records if is_trailing and text.count(form.delimiter + form.newline) == records else 0


@cache
def _all_but(kept: bytes) -> bytes:
    return bytes(code for code in range(256) if code not in kept)


def cut(text: bytes, form: Form, first_line: int, *, is_last: bool) -> Cut:
    """Split `text`, which begins with a record, into all the records that end in it.

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
        quotes = codes == QUOTE
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
    if outside is not breaks and np.count_nonzero(breaks[:size]) > total:  # some inside cells
        every = np.flatnonzero(breaks[:size])
        lines, total = np.searchsorted(every, starts), len(every)
    if len(form.newline) > 1:
        ends = ends - 1
    counted = np.add.reduceat(commas[:size], starts, dtype=np.int64) if len(ends) else ends
    cells = counted + 1
    last, comma = [codes[np.maximum(ends - back, 0)] for back in (1, 2, 3)], form.delimiter[0]
    is_empty = (last[0] == comma) | ((last[0] == QUOTE) & (last[1] == QUOTE) & (last[2] == comma))
    cells -= is_empty & (cells == form.width + 1)
    kinds = np.where(cells == form.width, GOOD, RAGGED).astype(np.uint8)
    kinds[ends - starts > form.longest] = TOO_LONG
    kinds[ends == starts] = BLANK
    return Cut(
        starts=starts, ends=ends, lines=lines, kinds=kinds, requoted=(), size=size, breaks=total
    )


def _after_last(marks: NDArray[Any]) -> int:
    """Return the position after the last mark; 0 without any."""
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
    starts = (before == comma) | (before == ends) | (before == QUOTE) | (opens == 0)
    behind_space = (before == ord(" ")) & (codes[np.maximum(opens - 2, 0)] == comma) & (opens > 1)
    # The byte after the last one is in the next block.
    after = codes[closes[closes < len(codes) - 1] + 1]
    stops = (after == comma) | (after == form.newline[0]) | (after == QUOTE)
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
