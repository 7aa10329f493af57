"""Names of customers, to be masked in comments.

A column Customer Name with the cell Taro Yamada gives the name Taro Yamada.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.read.columns.header_lookup import first_tier
from ltvcli.read.columns.mapping import CUSTOMER_NAMES
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

HEADERS = (
    *CUSTOMER_NAMES,
    (
        "name",
        "contact",
        "contact name",
        "contact person",
        "company",
        "company name",
        "organization",
    ),
    ("first name", "given name", "firstname", "名"),
    ("last name", "family name", "surname", "lastname", "姓"),
    ("会社名", "企業名", "法人名", "担当者名", "フリガナ", "ふりがな", "カナ"),
)


def of(engine: DuckDB, sheets: Sequence[Sheet]) -> list[str]:
    """Return every name in columns of names, each once.

    Args:
        engine: reads the sheets.
        sheets: exports, and a customers file.
    """
    names: set[str] = set()
    for sheet in sheets:
        places = {
            at for tier in HEADERS for alias in tier for at in first_tier(sheet.header, ((alias,),))
        }
        source, parameters = scan.relation(sheet)
        for at in sorted(places):
            rows = engine.execute(
                f"select distinct trim(c{at}) from {source} where not is_blank(c{at})", parameters
            )
            names |= {name for (name,) in rows.fetchall()}
    return sorted(names)
