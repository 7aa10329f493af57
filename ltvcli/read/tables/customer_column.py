"""Who the customers of a table are, where a header leaves it open; a row per customer is refused.

DuckDB in this process looks at cells as for files. Other engines answer with small sums: how many
of the first 1,000 names begin with which letter, hold digits, or have several words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from ltvcli.read.columns import by_content, customer_column, mapping
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.tables import look, texts
from ltvcli.read.tables.fields import Cells

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_JAPANESE = re.compile("[々぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ]")
_SAMPLE = 1000


def understand(engine: DuckDB, sheet: Sheet, chosen: Mapping[str, str]) -> Columns:
    """Find what the columns of a table mean, and who its customers are.

    Args:
        engine: holds the table.
        sheet: the table.
        chosen: role to header, as typed with --map.

    Raises:
        CustomersListError: it has one row per customer, not one per order.
        MissingColumnError: no column would do for a role.
    """
    if sheet.table is not None and sheet.table.is_local:
        engine.define_macros("read/macros")
        return by_content.understand(engine, sheet, chosen)
    columns = mapping.understand(sheet, chosen)
    if not columns.profile.recognise and not {"customer", "date"} <= chosen.keys():
        ids = partial(_ids, engine, sheet)
        by_content.refuse_customers_by(ids, sheet, columns.position["customer"])
    names = partial(_names, engine, sheet, columns.position["date"])
    return customer_column.decide_by(names, columns, chosen)


def _ids(engine: DuckDB, sheet: Sheet, place: int) -> tuple[int, int]:
    """Count the rows with a customer, and the customers."""
    cells = Cells(sheet=sheet, used=frozenset([place]))
    customer = texts.tidy_id(cells.text(place))
    asked = {"filled": f"count({customer})", "different": f"count(distinct {customer})"}
    seen = look.row_of(engine, asked, f"({cells.source}) as cells")
    return int(seen["filled"]), int(seen["different"])


def _names(engine: DuckDB, sheet: Sheet, date: int, place: int) -> tuple[bool, bool]:
    """Return whether most customers of the first orders have no digit, and are several words.

    Args:
        engine: holds the table.
        sheet: the table.
        date: position of the date of an order.
        place: of the column of customers.
    """
    cells = Cells(sheet=sheet, used=frozenset([date, place]))
    if cells.kind(place) != "text":
        return False, False
    has_digit, has_words = texts.has_digit_or_at("name"), texts.has_words("name")
    rows = look.rows_of(
        engine,
        "select initial, has_digit, has_words, count(*) as n from ("
        f"select substr(name, 1, 1) as initial, case when {has_digit} then 1 else 0 end "
        f"as has_digit, case when {has_words} then 1 else 0 end as has_words "
        f"from (select trim(c{place}) as name from ({cells.source}) as cells "
        f"order by c{date}, c{place} limit {_SAMPLE}) as first_orders "
        f"where name not in ({texts.nobody()})) as names group by initial, has_digit, has_words",
    )
    every = sum(n for *_, n in rows)
    bare = sum(n for _, digit, _, n in rows if not digit)
    words = sum(
        n for initial, digit, words, n in rows if not digit and (words or _JAPANESE.match(initial))
    )
    return 2 * bare > every, 2 * words > every
