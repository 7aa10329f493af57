"""Lines of text that fit a terminal, in cells: a Japanese letter takes two."""

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
    """Break `text` into lines of at most `width` cells; all but the first begin with `indent`.

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
    """Cut `text` where a line may break; what is longer than a whole line is cut anywhere."""
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
    """Fill `text` up to `width` cells.

    >>> pad("解約率", 8), pad("5.0%", 6, right=True)
    ('解約率  ', '  5.0%')
    """
    space = " " * max(0, width - width_of(text))
    return space + text if right else text + space


def cut(text: str, width: int) -> str:
    """Shorten `text` to `width` cells, visibly.

    >>> cut("enterprise-yearly", 11), cut("basic", 11)
    ('enterprise…', 'basic')
    """
    if width_of(text) <= width:
        return text
    while width_of(text) >= width:
        text = text[:-1]
    return f"{text}…"


def aligned(rows: Sequence[Sequence[str]], width: int, left: Sequence[int]) -> list[list[str]]:
    """Pad cells into columns: those in `left` to the left, the others to the right.

    The first row is the header; a column with nothing below it is left out. Columns stand two
    spaces apart, or one where the table would be wider than `width`.
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
    """Put `parts`, each kept whole, after one another in lines of at most `width` cells.

    >>> flow(["one 1", "two 2", "three 3"], 16)
    ['one 1 · two 2 ·', 'three 3']
    """
    lines, line = [], ""
    for part in parts:
        if line.strip() and width_of(line + part + mark.rstrip()) > width:
            lines.append(line.rstrip())
            line = indent
        line += part + mark
    return [*lines, line.removesuffix(mark)]
