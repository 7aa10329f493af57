"""What a page leaves out if it has too much, and which rows it keeps."""

from __future__ import annotations

import pytest

from ltvcli.formats import _html_fit
from ltvcli.pages.content import Grid, Page, Section

MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
CHANNELS = ["search", "social", "email", "affiliate", "print", "radio"]


def kept(first_cells: list[str], room: int) -> tuple[list[str], list[str]]:
    """Return the first cells of the rows that fit, and the notes of the table."""
    grid = Grid(title="", heads=["", "LTV"], rows=[[cell, "1.00"] for cell in first_cells])
    page = Page(title="", sections=[Section(title="", blocks=[grid])])
    (section,) = _html_fit.fitting(page, "en", room).sections
    (block,) = section.blocks
    assert isinstance(block, Grid)
    return [row[0] for row in block.rows], [*block.notes]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [(MONTHS, MONTHS[-3:]), (MONTHS[::-1], MONTHS[:-4:-1]), (CHANNELS, CHANNELS[:3])],
    ids=["months", "months, newest first", "channels"],
)
def test_the_newest_months_are_kept_and_the_first_rows_of_other_tables(
    cells: list[str], expected: list[str]
) -> None:
    row = 2 * _html_fit.MARKUP + len("2026-01") + len("1.00")

    rows, notes = kept(cells, room=3 * row + 1)

    assert rows == expected
    assert notes == [f"{len(cells) - 3} more rows left out here: --format md has all"]


def test_a_table_that_fits_is_whole() -> None:
    assert kept(CHANNELS, room=10_000) == (CHANNELS, [])
