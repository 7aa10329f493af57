"""Map the columns of a sheet of spend to roles: day, channel, amount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from ltvcli.errors import (
    NoColumnError,
    NoSpendColumnError,
    NoSpendDayError,
    NotSpendError,
    UnknownRoleError,
)
from ltvcli.language import N_
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, key, position_of, recognise
from ltvcli.read.columns.header_scale import without_scale
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.profiles import Profile
from ltvcli.read.spend import periods
from ltvcli.read.spend.channel_columns import less_usual, wide
from ltvcli.read.spend.periods import Period

ROLES = {
    "spend": N_("spend amount"),
    "spend_date": N_("day, week, month or quarter of the spend"),
    "spend_start": N_("first day of a period, if there is no day"),
    "spend_end": N_("last day of a period"),
    "spend_channel": N_("channel, if the file covers several channels"),
    "spend_campaign": N_("campaign; in a known report, a row without one is a total"),
    "spend_currency": N_("currency code"),
}
DECIMAL = "spend_decimal"  # not a column: --map spend_decimal=, sets how amounts are written
NAMED = "spend."  # not a column: --map spend.meta=IG gives the channel name used for customers
CHANNEL = "spend: "
_PERIOD = ("spend_start", "spend_end")
_DATES = ("spend_date", *_PERIOD)
_SHOWN = 40

# Headers of channels that take precedence over the recognised report: it holds several channels.
_CHANNELS = ("channel", "marketing channel", "ad channel", "媒体", "媒体名", "広告媒体", "チャネル")
_UNIT = re.compile(r"\s*[(（\[]\s*([A-Z]{3}|円|税抜き?|税込み?|税別)\s*[)）\]]\s*$")


class Meaning(Struct, frozen=True, kw_only=True):
    """The roles of the columns of one sheet of spend.

    Attributes:
        columns: role to column.
        channels: of a wide sheet, one with a column for each; the role is `spend: <channel>`.
        period: of the whole file, as its title says or as typed; None if it says none.
        totals: positions of columns of totals, in a wide sheet.
    """

    columns: Columns
    channels: tuple[str, ...]
    period: Period | None
    totals: tuple[int, ...] = ()

    @property
    def money(self) -> tuple[str, ...]:
        """Roles that hold amounts."""
        return tuple(f"{CHANNEL}{name}" for name in self.channels) or ("spend",)

    @property
    def dates(self) -> tuple[str, ...]:
        """Roles that hold days, if any."""
        place = self.columns.position
        return tuple(role for role in ("spend_date", "spend_start", "spend_end") if role in place)


def understand(
    sheet: Sheet, chosen: Mapping[str, str], is_numeric: Callable[[int], bool]
) -> Meaning:
    """Find the roles of the columns of a sheet of spend.

    >>> from pathlib import Path
    >>> header = ("Month", "Google spend", "Meta spend")
    >>> sheet = Sheet(name="spend.csv", shape="csv", header=header, digest="", path=Path())
    >>> understand(sheet, {}, lambda position: position > 0).channels
    ('Google', 'Meta')

    Args:
        sheet: what was opened.
        chosen: role to header, as typed with --map; also spend_date=2026-09-01..2026-09-30.
        is_numeric: whether the column at a position holds only numbers.

    Raises:
        NotSpendError: the file holds orders or subscriptions.
        UnknownRoleError: `chosen` names a role that does not exist.
        NoColumnError: `chosen` names a header that does not exist.
        AmbiguousColumnError: several columns would do.
        CumulativeSpendError: the only column of spend is a running total.
        NoSpendColumnError: no column says what was spent.
        NoSpendDayError: nothing says when it was spent.
    """
    header = [bare(name) for name in sheet.header]
    profile = _profile(sheet, header, chosen)
    positions, typed = _typed(sheet, chosen)
    skipped = {*positions, *(_DATES if typed else ())}
    for role, tiers in profile.columns.items():
        hits = [] if role in skipped else first_tier(header, tiers)
        if len(hits) > 1 and role == "spend_campaign":
            hits = hits[:1]
        if len(hits) > 1:
            raise ambiguous(sheet.name, role, hits, sheet.header)
        if hits:
            positions[role] = hits[0]
    if _is_of_customers(header, positions, profile, chosen):
        raise NotSpendError(file=sheet.name, label=N_("a list of what customers paid"))
    if "spend_date" in positions or not {"spend_start", "spend_end"} <= positions.keys():
        positions = {role: at for role, at in positions.items() if role not in _PERIOD}
    period = typed or periods.of_title(sheet)
    channels: dict[str, int] = {}
    totals: tuple[int, ...] = ()
    if not (profile.recognise or "spend" in chosen or "spend_channel" in positions):
        channels, totals = wide(sheet, header, positions, is_numeric)
    if channels:
        positions.pop("spend", None)
    elif "spend" not in positions:
        positions |= less_usual(sheet, header, positions, is_numeric)
    facts = {
        "file": sheet.name,
        "label": profile.label,
        "columns": ", ".join(sheet.header[:_SHOWN]),
    }
    if "spend" not in positions and not channels:
        raise NoSpendColumnError(**facts)
    if not positions.keys() & {"spend_date", "spend_start"} and not period:
        raise NoSpendDayError(**facts)
    by_channel = {f"{CHANNEL}{name}": at for name, at in channels.items()}
    columns = Columns(
        profile=profile,
        position={role: positions[role] for role in ROLES if role in positions} | by_channel,
        header=sheet.header,
        decimal=chosen.get(DECIMAL),
    )
    return Meaning(columns=columns, channels=tuple(channels), period=period, totals=totals)


def bare(header: str) -> str:
    """Return a header without its unit, which no list of headers can foresee.

    >>> bare("Amount spent (CAD)"), bare("消化金額 (JPY)"), bare("cost_micros")
    ('Amount spent', '消化金額', 'cost')
    """
    return without_scale(_UNIT.sub("", unicodedata.normalize("NFKC", header)))


def currency_of(header: str) -> str | None:
    """Return the currency that the header of an amount names."""
    match = _UNIT.search(unicodedata.normalize("NFKC", header))
    code = match[1] if match else ""
    return {"円": "JPY"}.get(code) or (code if code.isascii() and code else None)


def _profile(sheet: Sheet, header: Sequence[str], chosen: Mapping[str, str]) -> Profile:
    """Return the profile of the report, or that of any file.

    A file with a column of channels is no report of one platform, whatever else it looks like.
    """
    name = recognise(header, "spend")
    profile_of_customers = None if name else recognise(header) or recognise(header, "subscriptions")
    if profile_of_customers and "spend" not in chosen:
        raise NotSpendError(file=sheet.name, label=profiles.load(profile_of_customers).label)
    if first_tier(header, (_CHANNELS,)) or "spend_channel" in chosen:
        name = None
    return profiles.load(name or profiles.GENERIC_SPEND)


def _typed(sheet: Sheet, chosen: Mapping[str, str]) -> tuple[dict[str, int], Period | None]:
    """Read --map: columns, and a period for the whole file."""
    positions: dict[str, int] = {}
    period = None
    for role, text in chosen.items():
        if role == DECIMAL or role.startswith(NAMED):
            continue
        if role not in ROLES:
            near = get_close_matches(role, ROLES, cutoff=0.5) or ROLES
            raise UnknownRoleError(role=role, known=", ".join(near))
        try:
            positions[role] = position_of(role, text, sheet.header)
        except NoColumnError:
            period = periods.parse(text.replace("..", " - ")) if role == "spend_date" else None
            if not period:
                raise
    return positions, period


def _is_of_customers(
    header: Sequence[str], positions: Mapping[str, int], profile: Profile, chosen: Mapping[str, str]
) -> bool:
    """Return whether amounts are payments of customers: a customer, and no word for spend."""
    if profile.recognise or "spend" in chosen:
        return False
    _, amounts, *_ = profile.columns["spend"]
    is_spend = "spend" in positions and key(header[positions["spend"]]) not in map(key, amounts)
    customer = profiles.load(profiles.GENERIC).columns["customer"]
    return not is_spend and bool(first_tier(header, customer))
