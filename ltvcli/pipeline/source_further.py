"""Deals, survey answers and cancellations in `ltv sources`, read without their exports."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ltvcli.results import InputFile
from ltvcli.results.sources import SourceFile
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.read.files.sheet import Sheet

EXPORTS = ("orders", "subscriptions")
OPTIONS = {"deals": "--deals", "survey": "--survey", "cancellations": "--cancellations"}
"""The option that names files of each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherReading:
    """What was read; nothing is matched with customers, as there are none."""

    inputs: tuple[InputFile, ...]
    currency: str | None = None


def load(kind: str, sheets: Sequence[Sheet], settings: Settings, engine: DuckDB) -> FurtherReading:
    """Read files of one kind, and account for every row.

    Args:
        kind: of OPTIONS.
        sheets: opened files.
        settings: what was given.
        engine: gets the tables.

    Raises:
        InputError: a file cannot be understood.
    """
    from ltvcli.read import cancellations, deals, surveys

    as_of = settings.as_of or date.max
    if kind == "deals":
        reading = deals.load(sheets, settings, engine, as_of)
        return FurtherReading(inputs=reading.inputs, currency=reading.currency)
    if kind == "survey":
        asked = surveys.Asked(kind=None, name=sheets[0].name, as_of=as_of)
        return FurtherReading(inputs=surveys.load(sheets, settings, engine, asked, "month"))
    read = cancellations.load(sheets, settings, engine, as_of, is_matched=False)
    return FurtherReading(inputs=read)


def next_command(files: Sequence[SourceFile], settings: Settings) -> str:
    """Return the command that reads the files beside their exports; "" if there are none.

    Deals and answers are for `ltv scorecard`, cancellations for `ltv report board`.
    """
    paths = {kind: [file.path for file in files if file.kind == kind] for kind in OPTIONS}
    if not any(paths.values()):
        return ""
    command, kinds = ["scorecard"], ("deals", "survey")
    if paths["cancellations"] and not paths["deals"]:
        command, kinds = ["report", "board"], ("survey", "cancellations")
    exports = [file.path for file in files if file.kind in EXPORTS] or ["subscriptions.csv"]
    named = [word for kind in kinds for path in paths[kind] for word in (OPTIONS[kind], path)]
    return shlex.join(["ltv", *command, *exports, *settings.typed, *named])
