"""Discounts and coupons in a column that is not used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.read.columns import folding
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_WORDS = re.compile(
    r"discounts?|coupons?|vouchers?|promo(tion)?s?|rebates?|rabatt|gutschein|remise|réduction"
    r"|descuento|cupón|sconto|割引|値引|クーポン"
)
_SHARE = re.compile(r"percent|rate|share|%|prozent|pourcent|porcentaje|率")
_OTHER_AMOUNT = re.compile(r"\b(before|after|excluding|including|original|eligible)\b|前|後")


def alerts(
    engine: DuckDB, sheet: Sheet, columns: Columns, amount: str
) -> dict[str, Mapping[str, Fact]]:
    """Return facts about the first column of discounts that is filled and not used.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        columns: what its columns mean; with a discount among them, nothing is unused.
        amount: SQL of the amount of a row.
    """
    unused = unused_columns(columns)
    if not unused:
        return {}
    source, parameters = scan.relation(sheet)
    measures = []
    for at in unused:
        cell = f"trim(c{at})"
        number = f"point_number(replace({cell}, '%', ''))"
        given = (
            f"not is_blank({cell}) and {number} is distinct from 0 and "
            f"lower({cell}) not in ('none', 'no', 'false', 'null', 'nan', 'n/a', '-', '[]')"
        )
        measures += [
            f"count(*) filter ({given})",
            f"sum({amount}) filter ({given})",
            f"sum(abs({number})) filter ({given})",
            f"bool_and({number} is not null and not contains({cell}, '%')) filter ({given})",
            f"max(abs({number})) filter ({given})",
        ]
    row = engine.execute(f"select {', '.join(measures)} from {source}", parameters).fetchone()
    each = [(row or ())[5 * n : 5 * n + 5] for n in range(len(unused))]
    return described(columns, dict(zip(unused, each, strict=True)))


def unused_columns(columns: Columns) -> list[int]:
    """List the unused columns of discounts; nothing if one of them is used."""
    if columns.position.keys() & {"discount", "discount_percent", "taken"}:
        return []
    return [
        at
        for at, name in enumerate(columns.header)
        if at not in columns.position.values() and is_discount(name)
    ]


def described(
    columns: Columns, measured: Mapping[int, Sequence[Any]]
) -> dict[str, Mapping[str, Fact]]:
    """Return facts about the first column of discounts that is filled.

    Args:
        columns: what the columns of the sheet mean.
        measured: of each column the rows with a discount, their revenue, the sum of the discounts,
            whether all are amounts, and the largest.
    """
    filled = [(at, *rest) for at, rest in measured.items() if rest[0]]
    filled.sort(key=lambda column: not column[4])  # amounts first, then codes
    for at, rows, revenue, total, is_number, most in filled[:1]:
        name = columns.header[at]
        facts: dict[str, Fact] = {
            "column": name,
            "rows": Quantity(rows, Unit.COUNT),
            "revenue": Quantity(float(revenue or 0), Unit.MONEY),
        }
        if is_number and most > 1 and not _SHARE.search(name.casefold()):
            facts["discount"] = Quantity(float(total), Unit.MONEY)
            facts["amount"] = columns.name("amount")
        return {"discounts-unused": facts}
    return {}


def is_discount(header: str) -> bool:
    """Return whether a header names a discount; one before or after discounts is an amount."""
    text = folding.folded(header)
    return bool(_WORDS.search(text)) and not _OTHER_AMOUNT.search(text)
