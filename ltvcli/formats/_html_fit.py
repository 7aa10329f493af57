"""Limit a page to 300 KB: rows, columns and lines beyond are omitted and counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.language import N_
from ltvcli.pages.content import Block, Grid, Item, Line, Page, Section
from ltvcli.text.layout import cut
from ltvcli.text.words import fill

LARGEST = 300_000
"""Bytes of a page at most."""
ROOMS = (230_000, 150_000, 90_000, 40_000)
"""Bytes that all tables and lists take together: the first with which the page is small enough."""
LONGEST, LONGEST_CELL = 1200, 120
"""Cells of a sentence, and of a cell."""
MOST_COLUMNS = 30
MARKUP = 26
"""Bytes around a cell."""
_ESCAPED = re.compile("[&<>\"']")
_MONTH = re.compile(r"\d{4}-")
_ROWS = N_("{n} more {n:row|rows} left out here: --format md has all")
_COLUMNS = N_("{n} more {n:column|columns} left out here: --format md has all")
_LINES = N_("{n} more {n:line|lines} left out here: --format md has all")


def fitting(page: Page, lang: str, room: int) -> Page:
    """Return a page without the rows and lines that are too many, each table with a note.

    Args:
        page: whole.
        lang: of the notes.
        room: bytes for all tables and lists.
    """
    room_of_page, *rooms = shared_out(room, [_need(page), *map(_whole_need, page.parts)])
    most = _most(page, room_of_page)
    return replace(
        page,
        title=cut(page.title, LONGEST),
        details=_cut_lines(page.details),
        lines=_cut_lines(page.lines),
        sections=[_section(section, most, lang) for section in page.sections],
        parts=[
            fitting(side, lang, room_of_side)
            for side, room_of_side in zip(page.parts, rooms, strict=True)
        ],
    )


def shared_out(room: int, needs: Sequence[int]) -> list[int]:
    """Divide room equally, and give unused shares to the others.

    Args:
        room: that all have together.
        needs: of each.

    >>> shared_out(90, [10, 50, 80]), shared_out(90, [10, 20])
    ([10, 40, 40], [10, 20])
    """
    shares = [0] * len(needs)
    left = room
    smallest_first = sorted(range(len(needs)), key=lambda n: needs[n])
    for place, n in enumerate(smallest_first):
        shares[n] = min(needs[n], left // (len(needs) - place))
        left -= shares[n]
    return shares


def _need(page: Page) -> int:
    """Return the bytes of all tables and lists of a page, without its parts."""
    blocks = (block for section in page.sections for block in section.blocks)
    return sum(sum(_sizes(block)) for block in blocks)


def _whole_need(page: Page) -> int:
    return _need(page) + sum(map(_whole_need, page.parts))


def _most(page: Page, room: int) -> int:
    """Return how many rows of each table, and lines of each list, fit together."""
    blocks = [block for section in page.sections for block in section.blocks]
    sizes = [_sizes(block) for block in blocks]
    least, most = 1, max(map(len, sizes), default=1)
    while least < most:
        middle = (least + most + 1) // 2
        if sum(sum(size[:middle]) for size in sizes) <= room:
            least = middle
        else:
            most = middle - 1
    return least


def _sizes(block: Block) -> list[int]:
    """Return the bytes of each row or line."""
    if isinstance(block, str):
        return [_bytes(block)]
    if isinstance(block, Grid):
        return [
            sum(_bytes(cell[:LONGEST_CELL]) for cell in row[:MOST_COLUMNS]) for row in block.rows
        ]
    return [_item_bytes(item) for item in block]


def _item_bytes(item: Item) -> int:
    line = _bytes(item.label) + _bytes(item.text[:LONGEST]) + _bytes(item.code[:LONGEST])
    return line + sum(map(_item_bytes, item.items))


def _bytes(text: str) -> int:
    return MARKUP + len(text.encode("utf-8", "replace")) + 5 * len(_ESCAPED.findall(text))


def _cut_lines(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, text=cut(line.text, LONGEST)) for line in lines]


def _section(section: Section, most: int, lang: str) -> Section:
    return replace(section, blocks=[_block(block, most, lang) for block in section.blocks])


def _block(block: Block, most: int, lang: str) -> Block:
    if isinstance(block, Grid):
        return _grid(block, most, lang)
    if isinstance(block, str):
        return cut(block, LONGEST)
    items = [_item(item) for item in block[:most]]
    if hidden := len(block) - len(items):
        items.append(Item(text=fill(_LINES, {"n": hidden}, lang)))
    return items


def _item(item: Item) -> Item:
    return replace(
        item,
        text=cut(item.text, LONGEST),
        code=cut(item.code, LONGEST),
        items=[_item(inner) for inner in item.items],
    )


def _grid(grid: Grid, most: int, lang: str) -> Grid:
    """Cut a table: tables of months keep the newest rows, all others the first."""
    columns = [n for n in range(len(grid.heads)) if any(row[n] for row in grid.rows)]
    hidden = columns[MOST_COLUMNS:]
    columns = columns[:MOST_COLUMNS]
    names = [row[0] for row in grid.rows if _MONTH.match(row[0])]
    newest = len(names) > 1 and names[0] < names[-1]
    count = len(grid.rows)
    kept = range(max(count - most, 0), count) if newest else range(min(most, count))
    notes = [*grid.notes]
    if count > len(kept):
        notes.append(fill(_ROWS, {"n": count - len(kept)}, lang))
    if hidden:
        notes.append(fill(_COLUMNS, {"n": len(hidden)}, lang))
    return Grid(
        title=grid.title,
        heads=[grid.heads[n].strip() for n in columns],
        rows=[[cut(grid.rows[row][n].strip(), LONGEST_CELL) for n in columns] for row in kept],
        left=[place for place, n in enumerate(columns) if n in grid.left],
        shades=[[grid.shades[row][n] for n in columns] for row in kept] if grid.shades else (),
        dim=[[grid.dim[row][n] for n in columns] for row in kept] if grid.dim else (),
        notes=notes,
    )
