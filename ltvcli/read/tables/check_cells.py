"""One query before the rows of a table are cleaned: cells that could be read in several ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ltvcli.errors import EmptyTableError
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.orders import amounts
from ltvcli.read.tables import damaged_ids, leading_zeros, unclear_cells
from ltvcli.read.tables.fields import Cells
from ltvcli.read.tables.look import row_of
from ltvcli.results import Sentence

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def check(
    engine: DuckDB, cells: Cells, columns: Columns
) -> tuple[Mapping[str, Any], list[Sentence]]:
    """Refuse cells that a reader of files would have to repair or to decide; note what is rounded.

    Args:
        engine: holds the table.
        cells: of the table.
        columns: what its columns mean.

    Returns:
        The sums over the cells, by name, and the notes.

    Raises:
        EmptyTableError: there are no rows.
        ChangedIdsError: IDs were changed by a spreadsheet.
        DamagedIdsError: IDs have lost digits.
        UnclearCellsError: text of numbers or days could be read in several ways.
    """
    place = columns.position
    ids = [role for role in damaged_ids.ROLES if role in place]
    numbers = amounts.among(columns)
    asked = {"all_rows": "count(*)"}
    trimmed = {leading_zeros.TRIMMED.format(role): cells.text(place[role]) for role in ids}
    for role in ids:
        asked |= damaged_ids.asked(cells, role, place[role])
        asked |= leading_zeros.asked(cells, role, place[role])
    for role in numbers:
        asked |= unclear_cells.of_number(cells, role, place[role])
    asked |= unclear_cells.of_day(cells, place["date"])
    made = "".join(f", trim({text}) as {name}" for name, text in trimmed.items())
    seen = row_of(engine, asked, f"(select *{made} from ({cells.source}) as cells) as looked_at")
    if not seen["all_rows"]:
        raise EmptyTableError(table=cells.sheet.name)
    odd = {role: place[role] for role in ids if seen.get(f"{role}_odd")}
    seen |= damaged_ids.counted(engine, cells, odd)
    for role in ids:
        if f"{role}_changed" in seen:
            damaged_ids.refuse(cells.sheet, columns, role, seen)
    for role in ("date", *numbers):
        unclear_cells.refuse(cells.sheet, columns, role, seen)
    notes = [note for role in numbers for note in unclear_cells.rounded(columns, role, seen)]
    return seen, notes
