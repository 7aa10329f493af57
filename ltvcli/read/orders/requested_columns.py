"""Requested columns: segments to compare, and the cost to serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import (
    AmbiguousColumnError,
    NoColumnError,
    NoServeColumnError,
    NoSuchSegmentError,
    SeveralCustomersFilesError,
    UndecodableError,
)
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, key, position_of, recognise
from ltvcli.read.columns.mapping import CHANNEL, PRODUCT, Columns
from ltvcli.read.files import open_files
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import Tiers
from ltvcli.settings.origins import override
from ltvcli.settings.reading import ReadingSettings

_SHOWN = 40  # at most this many headers are quoted in a message


class RequestedColumns(Struct, frozen=True, kw_only=True):
    """Names of columns, and the customers file if there is one; optional ones may be missing."""

    by: tuple[str, ...] = ()
    customers: Sheet | None = None
    cost_to_serve: str | None = None
    is_optional: bool = False

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets to read with the orders."""
        return (self.customers,) if self.customers else ()


class Located(Struct, frozen=True, kw_only=True):
    """Positions of requested columns: the roles of each sheet, with `by` and `serve`.

    `customers` gives the column of each name in the customers file, None where orders say it.
    """

    orders: tuple[Columns, ...]
    customers: Mapping[str, int | None]


def requested(settings: ReadingSettings, temp: Path) -> RequestedColumns:
    """Open the customers file, if there is one.

    Args:
        settings: of which `by`, `customers` and `cost_to_serve` matter here.
        temp: private folder, deleted by the caller.

    Raises:
        InputError: the file cannot be used.
        SeveralCustomersFilesError: a pattern that fits several.
    """
    column = None if settings.serve_rate is not None else settings.cost_to_serve
    if not settings.customers:
        return RequestedColumns(by=settings.by, cost_to_serve=column)
    folder = temp / "customers"
    folder.mkdir()
    given = [settings.customers]
    try:  # --encoding may apply to the orders only
        sheets = open_files.open_all(given, override(settings, encoding=None), folder)
    except UndecodableError:
        if settings.encoding is None:
            raise
        sheets = open_files.open_all(given, settings, folder)
    if len(sheets) > 1:
        raise SeveralCustomersFilesError(pattern=settings.customers, count=len(sheets))
    return RequestedColumns(by=settings.by, customers=sheets[0], cost_to_serve=column)


def of_channel(sheets: Sequence[Sheet], settings: ReadingSettings, temp: Path) -> RequestedColumns:
    """Request the channel of customers, if orders or the customers file have it.

    Args:
        sheets: files of orders, opened.
        settings: of which `customers` and `map` matter here.
        temp: private folder, deleted by the caller.

    Raises:
        InputError: the customers file cannot be used.
        AmbiguousColumnError: several columns would do.
    """
    wanted = requested(override(settings, by=(CHANNEL,), cost_to_serve=None), temp)
    for sheet in (*sheets, *wanted.sheets):
        name = recognise(sheet.header) or profiles.GENERIC
        tiers = profiles.load(name).columns.get(CHANNEL, ())
        if _position(CHANNEL, sheet, tiers, settings.map) is not None:
            return wanted
    return RequestedColumns()


def of_product(sheets: Sequence[Sheet], settings: ReadingSettings) -> RequestedColumns:
    """Request the column that names the product of each row, if orders have it.

    Args:
        sheets: files of orders, opened.
        settings: of which `map` matters here.

    Raises:
        NoColumnError: there is no such column as was typed.
        AmbiguousColumnError: several columns would do.
    """
    if PRODUCT in settings.map:
        name = settings.map[PRODUCT]
        if all(_column(f"--map {PRODUCT}", name, sheet) is None for sheet in sheets):
            position_of(PRODUCT, name, sheets[0].header)
        return RequestedColumns(by=(name,))
    usual = profiles.load(profiles.GENERIC).columns[PRODUCT]
    for sheet in sheets:
        hits = first_tier(sheet.header, usual)
        if len(hits) > 1:
            raise ambiguous(sheet.name, PRODUCT, hits, sheet.header)
        if hits:
            return RequestedColumns(by=(sheet.header[hits[0]],))
    return RequestedColumns()


def located(
    known: Sequence[Columns],
    sheets: Sequence[Sheet],
    requested: RequestedColumns,
    chosen: Mapping[str, str],
) -> Located:
    """Find the column of everything asked for: in the customers file, or else in the orders.

    Args:
        known: what the columns of each sheet of orders mean.
        sheets: files of orders, opened.
        requested: the requested columns.
        chosen: role to header, as typed with --map.

    Raises:
        NoSuchSegmentError: no file has the column.
        NoServeColumnError: no file of orders has it.
        AmbiguousColumnError: several columns would do.
    """
    people = {
        name: _position(name, requested.customers, (), chosen) if requested.customers else None
        for name in requested.by
    }
    with_requested = []
    for columns, sheet in zip(known, sheets, strict=True):
        tiers = columns.profile.columns.get(CHANNEL, ())
        by = {
            name: _position(name, sheet, tiers, chosen) if place is None else None
            for name, place in people.items()
        }
        serve = _column("--cost-to-serve", requested.cost_to_serve, sheet)
        position = columns.position if serve is None else {**columns.position, "serve": serve}
        with_requested.append(replace(columns, position=position, by=by))
    for name, place in people.items():
        if place is None and all(columns.by[name] is None for columns in with_requested):
            typed = chosen.get(CHANNEL, name) if key(name) == CHANNEL else name
            raise NoSuchSegmentError(name=typed, near=_near(typed, [*sheets, *requested.sheets]))
    if requested.cost_to_serve and not any(
        "serve" in columns.position for columns in with_requested
    ):
        near = _near(requested.cost_to_serve, sheets)
        raise NoServeColumnError(name=requested.cost_to_serve, near=near)
    return Located(orders=tuple(with_requested), customers=people)


def _position(name: str, sheet: Sheet, tiers: Tiers, chosen: Mapping[str, str]) -> int | None:
    """Find the column a name means: of the role channel, or with that header."""
    if key(name) != CHANNEL:
        return _column("--by", name, sheet)
    if CHANNEL in chosen:
        return _column(f"--map {CHANNEL}", chosen[CHANNEL], sheet)
    usual = profiles.load(profiles.GENERIC).columns[CHANNEL]
    hits = first_tier(sheet.header, (*tiers, *usual))
    if len(hits) > 1:
        raise ambiguous(sheet.name, CHANNEL, hits, sheet.header)
    return hits[0] if hits else None


def _column(flag: str, name: str | None, sheet: Sheet) -> int | None:
    if name is None:
        return None
    try:
        return position_of(flag, name, sheet.header)
    except NoColumnError:
        return None
    except AmbiguousColumnError as error:
        first = str(error.facts["candidates"]).partition(", ")[0]
        facts = {"file": sheet.name, "role": name, "flag": f'{flag} "{first}"'}
        raise AmbiguousColumnError(**error.facts | facts) from None


def _near(name: str, sheets: Sequence[Sheet]) -> str:
    """List headers that come near a name, or else all there are."""
    keys = {key(name): name for sheet in sheets for name in sheet.header}
    near = get_close_matches(key(name), keys, n=5, cutoff=0.5)
    return ", ".join([keys[near_key] for near_key in near] or list(keys.values())[:_SHOWN])
