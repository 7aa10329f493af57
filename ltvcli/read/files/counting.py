"""Count the records of regular text without looking at each: fast, but only as right as DuckDB.

What is counted is whether all records together have the right number of cells. One of them may
have a cell too many, and another one too few: then DuckDB refuses to read them.

| text of 2 columns | records | why                                          |
| a,1 / "b,c",2     | 2       | two delimiters outside quotes, two line ends |
| a / b,c,2         | 2       | the same, although both records are ragged   |
| a,1 / b           | 0       | one delimiter is missing: not regular        |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltvcli.read.files.record_reader import QUOTE, Form

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = 64  # bits


def counted(text: bytes, size: int, form: Form) -> int:
    """Count the records in text without quotes; 0 if they have not the right number of cells.

    Args:
        text: that begins with a record.
        size: bytes of whole records in it.
        form: how the file is written.
    """
    import numpy as np

    codes = np.frombuffer(text, np.uint8, size)
    records = int(np.count_nonzero(codes == form.end[0]))
    delimiters = np.count_nonzero(codes == form.delimiter[0])
    return records if delimiters == records * (form.width - 1) else 0


def counted_with_quotes(text: bytes, size: int, form: Form) -> int:
    """Count the records in text with quotes; 0 also if quotes are unusual or enclose line ends.

    A bit for each byte tells whether it is a quote, a delimiter, and so on. Quotes are usual if
    each opens a cell, closes one, or is one of two. Line ends and delimiters count outside them.

    Args:
        text: that begins with a record.
        size: bytes of whole records in it.
        form: how the file is written.
    """
    import numpy as np

    codes = np.frombuffer(text, np.uint8, size)
    quotes, ends, delimiters = (
        _bits(codes, code) for code in (QUOTE, form.end[0], form.delimiter[0])
    )
    inside = _behind_odd(quotes)
    opening, closing = quotes & inside, quotes & ~inside
    begins = _moved_up(ends | delimiters | quotes)
    begins[0] |= np.uint64(1)
    stops = _moved_down(_bits(codes, form.newline[0]) | delimiters | quotes)
    if ((opening & ~begins) | (closing & ~stops) | (ends & inside)).any():
        return 0
    records = int(np.bitwise_count(ends).sum())
    cells = int(np.bitwise_count(delimiters & ~inside).sum()) + records
    return records if cells == records * form.width else 0


def _bits(codes: NDArray[Any], code: int) -> NDArray[Any]:
    """Return a bit for each byte, in words: whether it is `code`."""
    import numpy as np

    packed = np.packbits(codes == code, bitorder="little")
    words = np.zeros(-(-len(codes) // _WORD), "<u8")
    words.view(np.uint8)[: len(packed)] = packed
    return words


def _behind_odd(bits: NDArray[Any]) -> NDArray[Any]:
    """Return for each bit whether it and those before it are an odd number of ones."""
    import numpy as np

    odd = bits.copy()
    for distance in (1, 2, 4, 8, 16, 32):
        odd ^= odd << np.uint64(distance)
    is_odd = np.bitwise_count(bits) & 1  # of a word
    before = np.bitwise_xor.accumulate(is_odd) ^ is_odd
    odd ^= -before.astype("<u8")
    return odd


def _moved_up(bits: NDArray[Any]) -> NDArray[Any]:
    """Move each bit to the place behind it."""
    import numpy as np

    moved = bits << np.uint64(1)
    moved[1:] |= bits[:-1] >> np.uint64(_WORD - 1)
    return moved


def _moved_down(bits: NDArray[Any]) -> NDArray[Any]:
    """Move each bit to the place before it."""
    import numpy as np

    moved = bits >> np.uint64(1)
    moved[:-1] |= bits[1:] << np.uint64(_WORD - 1)
    return moved
