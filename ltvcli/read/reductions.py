"""Discounts and refunds that exports state in columns of their own.

| order | total | discount | row of `stated_reductions`      |
| 1001  | 45.00 | 5.00     | discount 5.0000, refund NULL    |

They change no figure: amounts are what was read as such. They only show how much of a list price
was given away, and how many customers were paid back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import InputError
from ltvcli.read import profiles
from ltvcli.read.columns import discounts, folding
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import amounts
from ltvcli.read.recognise import Kind
from ltvcli.results import InputFile

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_REFUNDS = re.compile(r"refund(ed|s)?|money back|erstattung|rembours|返金|返品")
_NOT_MONEY = re.compile(
    r"\b(date|at|on|id|reason|status|count|number|percent|rate)\b|日|理由|率|数"
)
_OF_LINES = re.compile(r"line|item|product|商品|明細")


class Stated(Struct, frozen=True, kw_only=True):
    """Which of discounts and refunds some file states."""

    discounts: bool
    refunds: bool


def add(engine: DuckDB, kind: Kind, sheets: Sequence[Sheet], files: Sequence[InputFile]) -> Stated:
    """Fill `stated_reductions` (sheet, record, discount, refund), a row per order or subscription.

    Of a discount that each line of an order repeats, the largest counts; those of lines add up.

    Args:
        engine: that the exports were read into.
        kind: what they hold.
        sheets: of the exports.
        files: the same, as they were read.
    """
    engine.run("read/reductions/rows")
    has_discounts = has_refunds = False
    for number, (sheet, file) in enumerate(zip(sheets, files, strict=False)):
        discount = _column(engine, sheet, file, "discount", discounts.is_discount)
        refund = _column(engine, sheet, file, "refund", _is_refund)
        has_discounts |= bool(discount) or "discount_percent" in file.columns
        has_refunds |= bool(refund)
        if discount or refund:
            fields = {"discount": discount or "null", "refund": refund or "null"}
            scan.store(engine, "reduction_table", sheet, fields, {})
            is_line = bool(discount) and _is_of_lines(sheet, discount)
            engine.run("read/reductions/add", {"sheet": number, "of_lines": is_line})
    if kind == "orders" and _has_groups(engine):
        engine.run("read/reductions/grouped")
    return Stated(discounts=has_discounts, refunds=has_refunds)


def _column(
    engine: DuckDB, sheet: Sheet, file: InputFile, role: str, is_named: Callable[[str], bool]
) -> str:
    """Write the SQL of the first column that holds such amounts; "" if there is none."""
    used = {name for key, name in file.columns.items() if key != role}
    names = [file.columns[role]] if role in file.columns else []
    names += [name for name in sheet.header if name not in used and is_named(name)]
    for name in names:
        at = sheet.header.index(name)
        columns = Columns(
            profile=profiles.load(file.profile), position={role: at}, header=sheet.header
        )
        try:
            form = amounts.form(engine, sheet, columns, role).form
        except InputError:
            continue  # a code such as WELCOME10
        return f"abs({form}_number(c{at}))"
    return ""


def _is_refund(header: str) -> bool:
    text = folding.folded(header)
    return bool(_REFUNDS.search(text)) and not _NOT_MONEY.search(text)


def _is_of_lines(sheet: Sheet, sql: str) -> bool:
    """Return whether the column applies to a line of an order, not to the whole order."""
    (at,) = re.findall(r"\(c(\d+)\)", sql)
    return bool(_OF_LINES.search(folding.folded(sheet.header[int(at)])))


def _has_groups(engine: DuckDB) -> bool:
    """Return whether several rows may form an order."""
    ((views,),) = engine.execute(
        "select count(*) from duckdb_views() where view_name = 'whole_orders'"
    ).fetchall()
    return bool(views)
