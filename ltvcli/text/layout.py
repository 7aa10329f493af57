"""Lines of text that fit a terminal, measured in cells: a Japanese character takes two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len as width_of

__all__ = ["aligned", "cut", "flow", "pad", "width_of", "wrap"]

# A line may break after a space and around a wide letter, but neither before closing punctuation
# nor inside a word in katakana.
_WIDE = "\u3000-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPEN = "「（『“(￥"
_CLOSE = "、。，．：」）』！？ー々っゃゅょッャュョ”)"
_PIECE = rf"[{_OPEN}]*(?:[^\s{_WIDE}{_OPEN}]+|[ァ-ヺー]+|[{_WIDE}]|$)?[{_CLOSE}]*\s*"


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Break text into lines.

    Args:
        text: without line breaks.
        width: of a line at most, in cells.
        indent: with which all lines but the first begin.

    >>> wrap("one two three", 8, "  ")
    ['one two', '  three']
    >>> wrap("顧客が、戻る。", 6)
    ['顧客', 'が、戻', 'る。']
    >>> wrap("次のリピート率", 10)
    ['次の', 'リピート率']
    """
    lines, line = [], ""
    for piece in _pieces(text, width - width_of(indent)):
        if line.strip() and width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = indent
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> Iterator[str]:
    """Cut `text` where a line may break; a piece longer than a line is cut anywhere."""
    has_wide_letters = width_of(text) > len(text)
    # Compiling the pattern takes longer than drawing a page of English.
    for piece in re.findall(_PIECE if has_wide_letters else r"\S*\s*", text):
        rest = piece
        while width_of(rest.rstrip()) > width:
            cut = next(n for n in range(len(rest), 0, -1) if width_of(rest[:n]) <= width)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with spaces.

    Args:
        text: to fill.
        width: to reach, in cells.
        right: align it to the right.

    >>> pad("解約率", 8), pad("5.0%", 6, right=True)
    ('解約率  ', '  5.0%')
    """
    space = " " * max(0, width - width_of(text))
    return space + text if right else text + space


def cut(text: str, width: int) -> str:
    """Shorten `text` to `width` cells; an ellipsis shows that it was cut.

    >>> cut("enterprise-yearly", 11), cut("basic", 11)
    ('enterprise…', 'basic')
    """
    if width_of(text) <= width:
        return text
    while width_of(text) >= width:
        text = text[:-1]
    return f"{text}…"


def aligned(rows: Sequence[Sequence[str]], width: int, left: Sequence[int]) -> list[list[str]]:
    """Pad cells into columns, two spaces apart, or one where the table would be too wide.

    A column without anything below its header is left out.

    Args:
        rows: of cells; the first one is the header.
        width: of the table at most, in cells.
        left: indices of the columns aligned to the left; all others are aligned to the right.
    """
    kept = [n for n in range(len(rows[0])) if any(row[n] for row in rows[1:])]
    widths = [max(width_of(row[n]) for row in rows) for n in kept]
    gap = "  " if sum(widths) + 2 * (len(kept) - 1) <= width else " "
    return [
        [
            pad(row[n], wide, right=n not in left) + (gap if n != kept[-1] else "")
            for n, wide in zip(kept, widths, strict=True)
        ]
        for row in rows
    ]


def flow(parts: Sequence[str], width: int, indent: str = "", mark: str = " · ") -> list[str]:
    """Join texts into lines, without breaking any that fits into one.

    Args:
        parts: the texts.
        width: of a line at most, in cells.
        indent: with which all lines but the first begin.
        mark: between two texts.

    >>> flow(["one 1", "two 2", "three 3"], 16)
    ['one 1 · two 2 ·', 'three 3']
    >>> flow(["one two", "3"], 8)  # no room for a mark at the end
    ['one two', '3']
    >>> flow(["one", "two three four"], 10, "  ")
    ['one ·', '  two', '  three', '  four']
    """
    lines, line = [], ""
    for text in parts:
        if line.strip() and width_of(line + text + mark.rstrip()) > width:
            full = line.rstrip()
            lines.append(full if width_of(full) <= width else line.removesuffix(mark))
            line = indent
        line += text + mark
    lines.append(line.removesuffix(mark))
    return [fitted for line in lines for fitted in _fitted(line, width, indent)]


def _fitted(line: str, width: int, indent: str) -> list[str]:
    return wrap(line, width, indent) if width_of(line) > width else [line]
