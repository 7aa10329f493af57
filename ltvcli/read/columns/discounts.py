"""Discounts and coupons in a column that is not used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

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
    if columns.position.keys() & {"discount", "discount_percent", "taken"}:
        return {}
    unused = [
        at
        for at, name in enumerate(columns.header)
        if at not in columns.position.values() and is_discount(name)
    ]
    if not unused:
        return {}
    source, parameters = scan.relation(sheet)
    measured = []
    for at in unused:
        cell = f"trim(c{at})"
        number = f"point_number(replace({cell}, '%', ''))"
        given = (
            f"not is_blank({cell}) and {number} is distinct from 0 and "
            f"lower({cell}) not in ('none', 'no', 'false', 'null', 'nan', 'n/a', '-', '[]')"
        )
        measured += [
            f"count(*) filter ({given})",
            f"sum({amount}) filter ({given})",
            f"sum(abs({number})) filter ({given})",
            f"bool_and({number} is not null and not contains({cell}, '%')) filter ({given})",
            f"max(abs({number})) filter ({given})",
        ]
    row = engine.execute(f"select {', '.join(measured)} from {source}", parameters).fetchone()
    each = [(row or ())[5 * n : 5 * n + 5] for n in range(len(unused))]
    filled = [(at, *rest) for at, rest in zip(unused, each, strict=True) if rest[0]]
    filled.sort(key=lambda measures: not measures[4])  # amounts first, then codes
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
