"""Paid amount per interval, before and after discounts, with currency, as SQL.

| price | quantity | discount | tax  | gross           | net                       |
| 10.00 | 3        | 10%      |      | 30.00           | 27.00                     |
| 11.00 |          |          | 1.00 | 10.00           | 10.00                     |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ltvcli.language import N_
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import currency_of, first_tier
from ltvcli.read.columns.header_scale import scale_of
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders.fields import symbols
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.fields import Query
from ltvcli.results import Fact, Quantity, Sentence
from ltvcli.settings.reading import ReadingSettings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_OUT_OF_LINE = 1.25  # ratio above which discounts and taxes do not explain a difference
_UNIT_PRICE = re.compile(r"\b(unit|units|seat|seats|license|licence|each|per)\b|単価")
_OF_ALL = re.compile(r"\b(total|mrr|arr|order)\b|合計|総額")
CENTS = N_(
    "“{column}” is in the smallest unit of an unknown currency: 100 were read as 1. Yen have no "
    "such unit; for yen, type --currency JPY."
)
SCALED = N_("By its header, “{column}” is in units of {scale}; its numbers were multiplied.")
FRACTIONS = N_("“{column}” was read as fractions: 0.1 is 10%.")


def add(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: ReadingSettings, query: Query
) -> None:
    """Add the fields `currency`, `gross` (before discounts), `net`, and both per year to a query.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
        settings: of which `currency` matters.
        query: gets the fields.
    """
    query.fields["currency"] = _currency(meaning, settings, query)
    gross = (
        f"{query.number_once(meaning.money)}::double"  # exact to the cent below a hundred billion
    )
    if meaning.money == "arr":
        gross = f"({gross} / 12)"
    if "quantity" in query.cell:
        gross = f"({gross} * {query.number_once('quantity')}::double)"
    if "tax" in query.cell:
        gross = f"({gross} - coalesce({query.number_once('tax')}, 0))"
    net = " - ".join([gross, *_discounts(engine, sheet, query, gross)])
    if "taken" in query.cell:
        gross = f"({gross} + coalesce({query.number_once('taken')}, 0))"
    scale = scale_of(meaning.columns.name(meaning.money))
    unit = " / minor_units(currency)" if meaning.minor_units else ""
    if scale > 1:
        unit = f" * {scale}"
        query.notes.append(
            Sentence(
                SCALED,
                {
                    "column": meaning.columns.name(meaning.money),
                    "scale": Quantity(scale, Unit.COUNT),
                },
            )
        )
    known = "case when months is not null and days is not null then {} end"
    query.fields |= {
        "gross": f"({gross}){unit}",
        "net": f"({net}){unit}",
        "list_yearly": known.format("yearly_amount(gross, months, days)"),
        "yearly": known.format("yearly_amount(greatest(net, 0), months, days)"),
    }


def _currency(meaning: Meaning, settings: ReadingSettings, query: Query) -> str:
    columns = meaning.columns
    header = currency_of(columns.name(meaning.money))
    code = settings.currency or columns.profile.currency or header
    query.values["code"] = code.upper() if code else None
    known = []
    if "currency" in query.cell:
        known.append(f"nullif(upper(trimmed({query.cell['currency']})), '')")
    elif not query.is_plain(meaning.money):
        known.append(symbols(query.cell[meaning.money], settings, query.values))
    elif not code and meaning.minor_units:
        query.notes.append(Sentence(CENTS, {"column": columns.name(meaning.money)}))
    return f"coalesce({', '.join([*known, '$code::text'])})"


def _discounts(engine: DuckDB, sheet: Sheet, query: Query, gross: str) -> list[str]:
    """Return SQL of the discount; 10% is a share, 10 an amount."""
    discounts = []
    if "discount" in query.cell:
        cell, number = query.cell["discount"], query.number("discount")
        share = f"{gross} * {number} / 100"
        discounts.append(
            f"coalesce(case when contains({cell}, '%') then {share} else abs({number}) end, 0)"
        )
    if "discount_percent" in query.cell:
        cell, number = query.cell["discount_percent"], query.number("discount_percent")
        hundred_percent = 1 if _are_fractions(engine, sheet, query) else 100
        of = f"case when contains({cell}, '%') then 100 else {hundred_percent} end"
        discounts.append(f"coalesce({gross} * {number} / {of}, 0)")
    return discounts


def _are_fractions(engine: DuckDB, sheet: Sheet, query: Query) -> bool:
    """Return whether shares are written as 0.1: none is above 1, and some are between."""
    source, parameters = scan.relation(sheet)
    cell, number = query.cell["discount_percent"], query.number("discount_percent")
    ((are_fractions,),) = engine.execute(
        f"select max({number}) <= 1 and max(number) filter (number < 1) > 0 "
        f"from (select {number} as number, * from {source}) where not contains({cell}, '%')",
        parameters,
    ).fetchall()
    if are_fractions:
        query.notes.append(Sentence(FRACTIONS, {"column": query.header["discount_percent"]}))
    return bool(are_fractions)


def unclear_quantity(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, query: Query, chosen: Mapping[str, str]
) -> dict[str, Mapping[str, Fact]]:
    """Return the facts where a price was multiplied by a quantity, or not, and either may be wrong.

    A header that says unit or seat is a price of one, and one that says total is of all. What was
    typed is certain.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
        query: holds how numbers are written.
        chosen: what was typed with --map.
    """
    columns, role = meaning.columns, meaning.money
    if role not in ("amount", "price") or role in chosen:
        return {}
    name = columns.name(role)
    words = re.sub(r"[\s_.-]+", " ", name).casefold()
    if _UNIT_PRICE.search(words) or _OF_ALL.search(words) or _other(meaning)[1] is not None:
        return {}
    usual = profiles.load(profiles.GENERIC_SUBSCRIPTIONS).columns["quantity"]
    quantity_columns = first_tier(columns.header, usual)
    at = columns.position.get(
        "quantity", quantity_columns[0] if len(quantity_columns) == 1 else None
    )
    if at is None:
        return {}
    source, parameters = scan.relation(sheet)
    ((rows,),) = engine.execute(
        f"select count(*) filter (point_number(c{at}) > 1) from {source}", parameters
    ).fetchall()
    if not rows:
        return {}
    other_role = "amount" if role == "price" else "price"
    facts: dict[str, Fact] = {
        "amount": name,
        "quantity": columns.header[at],
        "rows": Quantity(rows, Unit.COUNT),
        "is_multiplied": "yes" if role == "price" else "",
        "flag": f'--map {other_role}="{name}"',
    }
    return {"quantity-unclear": facts}


def add_other_total(meaning: Meaning, query: Query) -> None:
    """Add the field `other_total` of an unused column of totals, if there is one.

    Only a product of price and quantity, or an amount, is held against a total.
    """
    _, position = _other(meaning)
    if position is not None:
        written = {*query.form.values()} & {"comma"} or {"point"}
        query.fields["other_total"] = f"{written.pop()}_number(c{position})"


def _other(meaning: Meaning) -> tuple[str, int | None]:
    """Find a column of totals beside the one that is used: its role and position."""
    columns = meaning.columns
    if meaning.money not in ("amount", "price"):
        return "", None
    words = profiles.load(profiles.GENERIC_SUBSCRIPTIONS).columns
    roles = ("mrr", "arr", "amount") if meaning.money == "price" else ("mrr", "arr")
    for role in roles:
        hits = first_tier(columns.header, words[role])
        if len(hits) == 1 and hits[0] not in columns.position.values():
            return role, hits[0]
    return "", None


def compared(engine: DuckDB, table: str, meaning: Meaning) -> dict[str, Mapping[str, Fact]]:
    """Compare the amount used with the other total; return the facts if they disagree.

    Args:
        engine: holds the table.
        table: rows of the sheet.
        meaning: what its columns mean.
    """
    role, position = _other(meaning)
    if position is None:
        return {}
    length = "case when months > 0 then months else days / 30.436875 end"
    used = "gross" if role == "amount" else f"gross / nullif({length}, 0)"
    each = "12" if role == "arr" else "1"
    ((used_sum, other_sum),) = engine.execute(
        f"select sum({used}), sum(other_total / {each}) from {table} "
        f"where other_total > 0 and {used} is not null"
    ).fetchall()
    if (
        not used_sum
        or not other_sum
        or 1 / _OUT_OF_LINE <= float(used_sum) / float(other_sum) <= _OUT_OF_LINE
    ):
        return {}
    columns = meaning.columns
    name = columns.name(meaning.money)
    if "quantity" in columns.position:
        name = f"{name} × {columns.name('quantity')}"
    header = columns.header[position]
    facts: dict[str, Fact] = {
        "used": name,
        "own": Quantity(float(used_sum), Unit.MONEY),
        "column": header,
        "other": Quantity(float(other_sum), Unit.MONEY),
        "option": f'--map {role}="{header}"',
    }
    return {"recurring-totals-differ": facts}
