"""What cannot be asked of a table of a database, although it can be asked of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ltvcli.errors import (
    CustomersNotCombinedError,
    FileNotCombinedError,
    NotOfTablesError,
)
from ltvcli.language import N_, Marked
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.recognise import Kind


def refuse(
    sheets: Sequence[Sheet],
    kind: Kind,
    settings: Settings,
    rejects: Path | None,
    further: Sequence[Sheet],
) -> None:
    """Refuse what cannot be asked of a table, because it takes files, or writes rows.

    Args:
        sheets: that are read.
        kind: of what they hold.
        settings: all settings.
        rejects: where to write the excluded rows.
        further: opened files that the engine may read later.

    Raises:
        NotOfTablesError: it is asked for.
        CustomersNotCombinedError: a customers file is given for a table of another engine.
        FileNotCombinedError: another file is given that is matched customer by customer.
    """
    table = sheets[0].table
    if table is None:
        return
    asked = {
        N_("An export of subscriptions"): kind == "subscriptions",
        "--rejects": rejects is not None,
        "--date-format": settings.date_format is not None,
    }
    for what, is_asked in asked.items():
        if is_asked:
            raise NotOfTablesError(what=Marked(what))
    if settings.customers is not None and not table.is_local:
        raise CustomersNotCombinedError(file=settings.customers)
    if further and not table.is_local:
        raise FileNotCombinedError(file=further[0].name)


def refuse_customers_elsewhere(sheets: Sequence[Sheet], asked: Mapping[str, bool]) -> None:
    """Refuse lists of customers that an engine of another machine cannot write or hash.

    Args:
        sheets: that are read.
        asked: whether an option is given that asks for such a list, by option.

    Raises:
        NotOfTablesError: one is, and the table is not in this process.
    """
    table = sheets[0].table
    if table is None or table.is_local:
        return
    for option, is_asked in asked.items():
        if is_asked:
            raise NotOfTablesError(what=option)
