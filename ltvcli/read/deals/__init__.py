"""Files of deals to the tables `deals` and `matched_deals`: rows accounted for, deals once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import MixedDealCurrencyError, NoWonDealsError
from ltvcli.language import N_
from ltvcli.read import accounts
from ltvcli.read.columns import by_header
from ltvcli.read.columns.header_lookup import currency_of
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts, dates
from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.profiles import GENERIC_DEALS
from ltvcli.read.profiles import load as profile
from ltvcli.results import Fact, InputFile, Sentence
from ltvcli.results.deals import DealCopies
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

ROLES = "deal"
"""What the roles of --map that are about deals begin with."""
DECIMAL = "deal_decimal"  # not a column: --map deal_decimal=, sets how amounts are written
WON = "deal_won"  # not a column: --map deal_won="Stage 5", says which stage is won
NEEDED = {
    N_("the ID of a deal"): ("deal",),
    N_("the day of signing"): ("deal_signed",),
    N_("the customer"): ("deal_customer", "deal_email"),
}
EVERY_ROW = N_("No column of stages: every row counts as a won deal.")
IDS = N_("Customers of deals are identified by “{column}”.")
_TEXTS = ("owner", "team", "channel", "plan")


class DealsReading(Struct, frozen=True, kw_only=True):
    """The input read.

    Attributes:
        inputs: files with every row accounted for.
        currency: of the money of deals, if known.
        roles: that some file has a column for, such as "deal_owner".
        copies: deals of which copies disagree.
    """

    inputs: tuple[InputFile, ...]
    currency: str | None
    roles: frozenset[str]
    copies: tuple[DealCopies, ...]


def roles_of(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the roles of --map for files of deals."""
    return {role: column for role, column in chosen.items() if role.startswith(ROLES)}


def load(
    sheets: Sequence[Sheet],
    settings: ReadingSettings,
    engine: DuckDB,
    as_of: date,
    needed: Mapping[str, Sequence[str]] | None = None,
    place: int = 0,
) -> DealsReading:
    """Fill the view `deals` of the engine, one row per won deal signed until `as_of`.

    deals(deal, customer, email, owner, team TEXT, signed DATE, value, commission DECIMAL(18,4),
    channel, plan TEXT): owner, team, channel and plan are '' where nothing names them; customer,
    email, value and commission are NULL.

    Args:
        sheets: files of deals, opened.
        settings: of which `map` (roles that begin with `deal`), `date_format`, `currency` and
            `today` matter.
        engine: gets the tables.
        as_of: cut-off date of the data; later deals are excluded.
        needed: more that must be there, and the roles that will do, as for by_header.understand.
        place: position of the first sheet in the table `excluded_rows`.

    Raises:
        InputError: columns, numbers or days cannot be understood, or no deal is won.
        InternalError: rows were lost.
    """
    engine.define_macros("read/macros", "read/dates")
    engine.run("read/deals/rows")
    every = {**NEEDED, **(needed or {})}
    seen: set[str] = set()
    meanings, alerts = [], []
    for number, sheet in enumerate(sheets):
        meaning, alert = _store(engine, number, sheet, settings, every)
        meanings.append(meaning)
        alerts.append(alert)
        if sheet.contents in seen:
            engine.execute(
                "update deal_rows set reason = 'duplicate-file' where sheet = $sheet",
                {"sheet": number},
            )
        seen |= sheet.digests
    currency = _currency(engine, sheets, meanings, settings)
    engine.run("read/deals/dependent_reasons", {"currency": currency, "as_of": as_of})
    _check_won(engine, sheets[0])
    engine.run("read/deals/excluded_rows", {"place": place})
    return DealsReading(
        inputs=accounts.inputs(engine, "read/deals", "deals", sheets, meanings, alerts),
        currency=currency,
        roles=frozenset(role for columns, _ in meanings for role in columns.position),
        copies=tuple(
            DealCopies(
                deal=deal,
                differ=differs,
                lost=is_lost,
                commission=commission,
                least=least,
                most=most,
            )
            for deal, differs, is_lost, commission, least, most in rows_of(
                engine, "read/deals/doubts"
            )
        ),
    )


def match(engine: DuckDB) -> None:
    """Fill the table `matched_deals`: `deals` with the customer of the exports, as `matched`.

    The tables `customers` (of facts) and `emails` (of read.emails) must be there.
    """
    engine.run("read/deals/matched")


def _store(
    engine: DuckDB,
    number: int,
    sheet: Sheet,
    settings: ReadingSettings,
    needed: Mapping[str, Sequence[str]],
) -> tuple[tuple[Columns, list[Sentence]], Mapping[str, Mapping[str, Fact]]]:
    """Add one sheet to `deal_rows`; return its meaning, and facts for checks."""
    chosen = roles_of(settings.map)
    won, decimal = chosen.pop(WON, None), chosen.pop(DECIMAL, None)
    columns = replace(by_header.understand(sheet, "deals", needed, chosen), decimal=decimal)
    place = columns.position
    cell = {role: f"c{position}" for role, position in place.items()}
    notes = [Sentence(IDS, {"column": columns.name(_identity(columns))})]
    day, values = _day(engine, sheet, columns, settings, notes)
    number_of = {}
    alerts: dict[str, Mapping[str, Fact]] = {}
    for role in ("deal_value", "deal_commission"):
        if role in place:
            written = amounts.form(engine, sheet, columns, role)
            number_of[role] = f"{written.form}_number({cell[role]})"
            notes += written.notes
            alerts |= written.alerts
    money = cell.get("deal_commission", cell.get("deal_value"))
    code = "null::text"
    if "deal_currency" in place:
        code = f"nullif(upper(trim({cell['deal_currency']})), '')"
    elif money:
        code = f"symbol_code({money}, 'USD', 'JPY')"
    commission = number_of.get("deal_commission", "null::decimal(18, 4)")
    fields = {
        "deal": f"order_id({cell['deal']})",
        "customer": f"tidy_id({cell['deal_customer']})"
        if "deal_customer" in place
        else "null::text",
        "email": f"tidy_id({cell['deal_email']})" if "deal_email" in place else "null::text",
        "signed": day,
        "value": number_of.get("deal_value", "null::decimal(18, 4)"),
        "commission": commission,
        "is_unreadable": f"not is_blank({cell['deal_commission']}) and {commission} is null"
        if "deal_commission" in place
        else "false",
        "stage": f"trim({cell['deal_stage']})" if "deal_stage" in place else "null::text",
        "currency": code,
    }
    for name in _TEXTS:
        role = f"deal_{name}"
        fields[name] = f"segment_value(coalesce({cell[role]}, ''))" if role in place else "''"
    scan.store(engine, "deal_table", sheet, fields, values)
    words = [won] if won else profile(GENERIC_DEALS).status["won"]
    keys = engine.execute("select list(stage_key(w)) from unnest($words) t(w)", {"words": words})
    ((won_keys,),) = keys.fetchall()
    has_stage = "deal_stage" in place
    engine.run("read/deals/add", {"sheet": number, "has_stage": has_stage, "won": won_keys})
    if not has_stage:
        notes.append(Sentence(EVERY_ROW))
    return (columns, notes), alerts


def _identity(columns: Columns) -> str:
    return "deal_customer" if "deal_customer" in columns.position else "deal_email"


def _day(
    engine: DuckDB,
    sheet: Sheet,
    columns: Columns,
    settings: ReadingSettings,
    notes: list[Sentence],
) -> tuple[str, dict[str, Any]]:
    """Return SQL of the day a deal was signed, and the values of its parameters."""
    cell = f"c{columns.position['deal_signed']}"
    if settings.date_format:
        dates.check_format(engine, sheet, columns, settings.date_format, "deal_signed")
        sql = dates.given(settings.date_format)
        return sql.format(cell), dates.parameters(sql, settings.date_format)
    form = dates.form(engine, sheet, columns, ("deal_signed",), settings.today)
    notes += form.notes
    return form.sql.format(cell), {}


def _currency(
    engine: DuckDB,
    sheets: Sequence[Sheet],
    meanings: Sequence[tuple[Columns, list[Sentence]]],
    settings: ReadingSettings,
) -> str | None:
    """Return the one currency of the deals; the chosen one wins.

    Raises:
        MixedDealCurrencyError: there are several.
    """
    counts = dict(rows_of(engine, "read/deals/currencies"))
    if settings.currency:
        return settings.currency.upper()
    if len(counts) > 1:
        shown = ", ".join(f"{code} {count}" for code, count in counts.items())
        raise MixedDealCurrencyError(file=sheets[0].name, counts=shown, currency=next(iter(counts)))
    if counts:
        return str(next(iter(counts)))
    for columns, _ in meanings:
        for role in ("deal_commission", "deal_value"):
            if role in columns.position and (code := currency_of(columns.name(role))):
                return code
    return None


def _check_won(engine: DuckDB, sheet: Sheet) -> None:
    """Make sure that a deal is left.

    Raises:
        NoWonDealsError: no stage is known to be won.
    """
    stages = rows_of(engine, "read/deals/stages")
    ((remaining,),) = engine.execute(
        "select count(*) from deal_rows where reason is distinct from 'deal-not-won'"
    ).fetchall()
    if stages and not remaining:
        shown = ", ".join(f"{stage or '–'} {rows}" for stage, rows in stages)
        raise NoWonDealsError(file=sheet.name, stages=shown, example=stages[0][0] or "Won")
