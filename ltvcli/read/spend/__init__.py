"""Sheets of ad spend to the tables `spend`, `spend_known` and `spend_names`, without loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from ltvcli.errors import (
    InternalError,
    MixedSpendCurrencyError,
    SpendCurrencyError,
    SpendSignsError,
    SpendTwiceError,
)
from ltvcli.read.columns.by_content import flagged
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.spend import accounts, channels
from ltvcli.read.spend.rows import SpendRows, store
from ltvcli.read.spend.sheets import opened, roles
from ltvcli.results import InputFile
from ltvcli.settings.origins import override
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

__all__ = ["SpendReading", "load", "opened", "without_roles"]

AnySettings = TypeVar("AnySettings", bound=ReadingSettings)


class SpendReading(Struct, frozen=True, kw_only=True):
    """The input read: the files with every row accounted for, and the currency, if known."""

    inputs: tuple[InputFile, ...]
    currency: str | None


def load(
    sheets: Sequence[Sheet],
    settings: ReadingSettings,
    engine: DuckDB,
    currency: str | None = None,
    place: int = 0,
) -> SpendReading:
    """Fill the tables `spend`, `spend_known` and `spend_names` of the engine.

    spend(channel TEXT, day DATE, amount and spread DECIMAL(38,4)): one row per channel and day;
    `spread` is the part of `amount` of periods across months. spend_known(channel, day): the days
    of which spend is known, with or without any. spend_names(channel, name): what customers of a
    channel may be said to come from, by acquired.key. A channel is '' where none is named.

    Args:
        sheets: files of spend, opened.
        settings: of which `map` (roles that begin with `spend`) and `date_format` matter.
        engine: gets the tables.
        currency: of what customers bring; spend in another is refused.
        place: position of the first sheet in the table `excluded_rows`.

    Raises:
        InputError: a file is not what it should be, or two of them hold the same; each reason has
            its own class.
        UnansweredError: a file has no row of spend that counts.
        InternalError: rows or money were lost on the way.
    """
    engine.define_macros("read/macros", "read/dates", "read/totals", "read/spend/macros")
    engine.run("read/spend/rows")
    chosen = roles(settings)
    read = override(settings, currency=currency or settings.currency)
    stored = []
    seen: set[str] = set()
    for index, sheet in enumerate(sheets):
        stored.append(store(engine, index, sheet, chosen, read))
        if sheet.contents in seen:
            engine.execute(
                "update spend_rows set reason = 'duplicate-file' where sheet = $sheet",
                {"sheet": index},
            )
        seen |= sheet.digests
    _check_signs(stored)
    spend_currency = _currency(engine, currency)
    channels.name(engine, chosen)
    for first, second, count in (
        rows_of(engine, "read/spend/shared_rows") if len(sheets) > 1 else ()
    ):
        raise SpendTwiceError(file=sheets[first].name, other=sheets[second].name, count=count)
    engine.run("read/spend/spread")
    lost = engine.row("read/spend/checks")["lost"]
    engine.run("read/spend/excluded_rows", {"place": place})
    if lost:
        raise InternalError(what=f"{lost} of spend was lost")
    inputs = tuple(
        flagged(file, rows.meaning.columns)
        for file, rows in zip(
            accounts.files(engine, stored, spend_currency, currency), stored, strict=True
        )
    )
    return SpendReading(inputs=inputs, currency=spend_currency)


def without_roles(settings: AnySettings) -> AnySettings:
    """Return the settings without the roles of --map for files of spend."""
    spend_roles = roles(settings)
    return override(
        settings, map={role: c for role, c in settings.map.items() if role not in spend_roles}
    )


def _check_signs(stored: Sequence[SpendRows]) -> None:
    """Check that amounts below zero mean the same in all files.

    Raises:
        SpendSignsError: one file was read as expenses below zero, another was not.
    """
    below = [rows for rows in stored if rows.was_negative]
    above = [rows for rows in stored if not rows.was_negative]
    if below and above:
        raise SpendSignsError(file=below[0].sheet.name, other=above[0].sheet.name)


def _currency(engine: DuckDB, customers: str | None) -> str | None:
    """Return the one currency of the spend.

    Raises:
        MixedSpendCurrencyError: there are several.
        SpendCurrencyError: it is not that of the customers.
    """
    counts = dict(rows_of(engine, "read/spend/currencies"))
    if len(counts) > 1:
        shown = ", ".join(f"{code} {count}" for code, count in counts.items())
        raise MixedSpendCurrencyError(counts=shown)
    spend_currency = next(iter(counts), None)
    if spend_currency and customers and spend_currency != customers:
        raise SpendCurrencyError(spend=spend_currency, customers=customers)
    return spend_currency
