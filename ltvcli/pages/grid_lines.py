"""A grid as lines of a terminal: as many columns as fit; the others are hidden or below."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.language import N_
from ltvcli.pages import screen
from ltvcli.pages.content import Grid
from ltvcli.text.layout import aligned, width_of, wrap
from ltvcli.text.words import fill

# Backgrounds of 256-colour terminals from light to dark, each with a letter colour that is
# readable on it.
_SHADES = ("30;48;5;195", "30;48;5;153", "30;48;5;117", "30;48;5;75", "97;48;5;32", "97;48;5;25")
_DIM = "2"


def drawn(grid: Grid, width: int, color: bool, lang: str) -> list[str]:
    """Draw a table; one that is too wide has heads of two lines, then continues below itself.

    Columns that the grid calls optional are hidden before that, and counted.

    Args:
        grid: the table.
        width: cells of a line.
        color: whether the terminal shows colours.
        lang: of the note on hidden columns.
    """
    # A column with nothing below its head takes no room.
    filled = [n for n in range(len(grid.heads)) if any(row[n] for row in grid.rows)]
    columns, hidden = list(filled), 0
    while _too_wide(grid, columns, width) and any(n in grid.optional for n in columns):
        columns.remove(max(n for n in columns if n in grid.optional))
        hidden += 1
    lines = wrap(grid.title, width) if grid.title else []
    for columns_that_fit in _parts(grid, columns, width):
        lines += _part(grid, columns_that_fit, width, color)
    for note in (*grid.notes, *([hidden_columns(hidden, lang)] if hidden else [])):
        lines += wrap(note, width)
    return lines


def hidden_columns(count: int, lang: str) -> str:
    """Return the note on columns that a narrow screen has no room for."""
    text = N_("{n} {n:column|columns} hidden – widen the terminal, or --verbose")
    return fill(text, {"n": count}, lang)


def _widths(grid: Grid, columns: Sequence[int]) -> list[int]:
    """Return the cells that each column takes, its head broken in two where that helps."""
    return [
        max(
            *(width_of(line) for line in _head(grid, column)),
            *(width_of(row[column]) for row in grid.rows),
        )
        for column in columns
    ]


def _head(grid: Grid, column: int) -> list[str]:
    """Break the heading of a column into two lines if it is wider than the cells below it.

    >>> _head(Grid(title="", heads=["Spend per month"], rows=[["$5"]]), 0)
    ['Spend', 'per month']
    """
    head = grid.heads[column]
    cells = max((width_of(row[column]) for row in grid.rows), default=0)
    if width_of(head) <= cells:
        return [head]
    breaks = [n for n, letter in enumerate(head) if letter == " "]
    halves = [[head[:n], head[n + 1 :]] for n in breaks]
    return min(halves, key=lambda half: max(map(width_of, half)), default=[head])


def _too_wide(grid: Grid, columns: Sequence[int], width: int) -> bool:
    return sum(_widths(grid, columns)) + len(columns) - 1 > width


def _parts(grid: Grid, columns: Sequence[int], width: int) -> list[list[int]]:
    """Split columns into parts that fit; each begins with the first column, which names the row."""
    first, *further = columns
    parts = [[first]]
    for column in further:
        if len(parts[-1]) > 1 and _too_wide(grid, [*parts[-1], column], width):
            parts.append([first])
        parts[-1].append(column)
    return parts


def _part(grid: Grid, columns: Sequence[int], width: int, color: bool) -> list[str]:
    """Draw some columns of a table."""
    single = [[row[n] for n in columns] for row in (grid.heads, *grid.rows)]
    broken = [_head(grid, n) for n in columns]
    height = max(map(len, broken))
    upper = [[head[0] if len(head) > 1 else "" for head in broken]] if height > 1 else []
    double = [*upper, [head[-1] for head in broken], *single[1:]]
    left = [place for place, n in enumerate(columns) if n in grid.left]
    lines = aligned(single, width, left)
    heads = 1
    if width_of("".join(lines[0])) > width:
        # `aligned` leaves out columns without anything below the first row; here none is.
        lines, heads = aligned(double, width, left), len(upper) + 1
    drawn_lines = ["".join(line).rstrip() for line in lines[:heads]]
    for number, row in enumerate(lines[heads:]):
        cells = [
            _colored(cell, grid, number, column, color)
            for cell, column in zip([*row[:-1], row[-1].rstrip()], columns, strict=True)
        ]
        drawn_lines.append("".join(cells).rstrip())
    return drawn_lines


def _colored(cell: str, grid: Grid, row: int, column: int, color: bool) -> str:
    """Shade or dim a cell, or colour the sign of a grade, without the gap after it."""
    shade = grid.shades[row][column] if grid.shades else None
    if not color or not cell.strip():
        return cell
    if shade is not None:
        text = cell.rstrip()
        code = _SHADES[min(int(max(shade, 0.0) * len(_SHADES)), len(_SHADES) - 1)]
        return screen.ansi(text, code, color) + cell[len(text) :]
    if grid.dim and grid.dim[row][column]:
        return screen.ansi(cell, _DIM, color)
    return screen.painted(cell, color, entire=True)
