"""Which recorded runs are about the same data, so that their figures make one series.

One history may hold runs about several businesses. Figures in two currencies, or of orders and of
subscriptions, are never one series. Files of other names may be: exports are renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from ltvcli.pipeline import load
from ltvcli.pipeline.steps import unwatched
from ltvcli.settings.settings import Settings

KINDS = ("orders", "subscriptions")


class RunData(Struct, frozen=True, kw_only=True):
    """The data of a run: the kinds of its files, their names without numbers, and the currency."""

    kinds: frozenset[str]
    names: frozenset[str]
    currency: str | None = None

    def has_files_of(self, run_data: RunData) -> bool:
        """Return whether two runs read files of the same names, or have no names of files."""
        return bool(self.names & run_data.names) or not (self.names or run_data.names)

    def may_be(self, run_data: RunData) -> bool:
        """Return whether two runs may be about one business.

        If the currency of one is unknown, they are if their files have the same names.
        """
        is_unknown = None in (self.currency, run_data.currency)
        is_one_currency = self.currency == run_data.currency or (
            is_unknown and self.has_files_of(run_data)
        )
        return self.kinds == run_data.kinds and is_one_currency


def of_document(document: Mapping[str, Any]) -> RunData:
    """Return the data of a run, from its document."""
    files = [file for file in document["provenance"]["inputs"] if file["kind"] in KINDS]
    return RunData(
        kinds=frozenset(file["kind"] for file in files),
        names=names_of(file["path"] for file in files),
        currency=document.get("currency"),
    )


def of_files(inputs: Sequence[Any], settings: Settings) -> RunData | None:
    """Return the data of files, whose currency is not known before they are read.

    Args:
        inputs: paths; None is returned for what is no file.
        settings: how to recognise their kind.
    """
    if not inputs or not all(isinstance(file, (str, PurePath)) for file in inputs):
        return None
    with load.opened(inputs, settings, unwatched) as files:
        kinds = frozenset[str](files.kinds)
        names = names_of(sheet.name for sheet in files.sheets)
    return RunData(kinds=kinds, names=names)


def of_newest(every: Sequence[RunData], files: RunData | None) -> RunData | None:
    """Return the data of the newest run of the series; None if no run is about such files.

    It is the newest run about files of the same names, else of the same kind; the newest run at
    all where no files are given.

    Args:
        every: the data of each run, the oldest first.
        files: the data of given files.

    >>> shop = RunData(kinds=frozenset({"orders"}), names=frozenset({"orders"}), currency="USD")
    >>> club = RunData(kinds=frozenset({"subscriptions"}), names=frozenset({"members"}))
    >>> of_newest([shop, club], None) == club, of_newest([shop, club], shop) == shop
    (True, True)
    """
    if files is None:
        return every[-1]
    possible = [run for run in every if run.kinds == files.kinds]
    same_names = [run for run in possible if run.has_files_of(files)]
    return next(reversed(same_names or possible), None)


def names_of(paths: Iterable[str]) -> frozenset[str]:
    """Return the names of files without numbers, which are often a date.

    >>> names_of(["exports/orders_2026-10.csv.gz", "Orders (3).csv"])
    frozenset({'orders'})
    """
    stems = (PurePath(path).name.casefold().partition(".")[0] for path in paths)
    return frozenset(re.sub(r"[\W\d_]+", " ", stem).strip() for stem in stems)
