"""Values that --exclude names: which column and which cells it means."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.errors import ExcludedColumnError
from ltvcli.read.columns import status_vocabulary, statuses
from ltvcli.read.columns.header_lookup import key
from ltvcli.read.files.sheet import Sheet
from ltvcli.settings.reading import ReadingSettings

ANY_VALUE = "*"
"""What --exclude COLUMN=* names: every cell that is not blank."""
_SHOWN = 20  # at most this many headers are quoted in a message


def excluded_values(header: Sequence[str], settings: ReadingSettings) -> dict[int, dict[str, str]]:
    """Read --exclude COLUMN=VALUE for one header: position to folded values, as they were typed."""
    excluded: dict[int, dict[str, str]] = {}
    for text in settings.exclude:
        if place := _place(text, header):
            position, value = place
            excluded.setdefault(position, {})[status_vocabulary.fold(value)] = text
    return excluded


def _place(text: str, header: Sequence[str]) -> tuple[int, str] | None:
    """Split COLUMN=VALUE at the equals sign after the name of a column."""
    parts = text.split("=")
    for cut in range(1, len(parts)):
        name, value = "=".join(parts[:cut]).strip(), "=".join(parts[cut:]).strip()
        exact = [n for n, column in enumerate(header) if column.strip() == name]
        alike = [n for n, column in enumerate(header) if key(column) == key(name)]
        hits = exact or alike or statuses.named(name, header)
        if hits and value:
            return hits[0], value
    return None


def has_column(text: str, sheets: Sequence[Sheet]) -> bool:
    """Return whether a sheet has the column of COLUMN=VALUE."""
    return any(_place(text, sheet.header) for sheet in sheets)


def check_columns(sheets: Sequence[Sheet], settings: ReadingSettings) -> None:
    """Check that every --exclude names a column of a sheet.

    Raises:
        ExcludedColumnError: no sheet has the column.
    """
    from difflib import get_close_matches

    for text in settings.exclude:
        if not has_column(text, sheets):
            names = list(dict.fromkeys(name for sheet in sheets for name in sheet.header))
            name, _, value = text.partition("=")
            near = get_close_matches(name, names, cutoff=0.4) or names[:_SHOWN]
            raise ExcludedColumnError(
                column=name, value=value or "VALUE", near=", ".join(near), example=near[0]
            )
