"""Rows of spend to exclude as totals, plans, or sums of all channels.

| Month   | Channel | Spend |
| 2026-09 | Google  | 60.00 |
| 2026-09 | Meta    | 40.00 |
| 2026-09 | Total   | 100.00 | excluded: total-row
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltvcli.read.orders.accounting import rows_of
from ltvcli.read.spend.columns import Meaning

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

ROUNDING = Decimal("0.005")  # tolerance of a total against the sum of its rows
_FEW_ALIKE = 2  # distinct labels including the total; a sum has at least two other rows


def total(meaning: Meaning) -> str:
    """Return SQL that is true for a total row, by any cell except amounts.

    2026-01, A, 60 and 2026-01, B, 40 and 2026-01, Total, 100: the last row is a total.
    """
    money = {meaning.columns.position[role] for role in meaning.money}
    cells = [at for at in range(len(meaning.columns.header)) if at not in money]
    return " or ".join(f"is_total(c{at})" for at in cells) or "false"


def planned(meaning: Meaning) -> str:
    """Return SQL that is true for a row that a column calls planned, and not spent.

    2026-01, actual, 100 and 2026-01, forecast, 200: the second row was not spent.
    """
    place = meaning.columns.position
    named = {place[role] for role in (*meaning.money, *meaning.dates) if role in place}
    named |= {place[role] for role in ("spend_channel", "spend_campaign") if role in place}
    cells = [at for at in range(len(meaning.columns.header)) if at not in named]
    return " or ".join(f"is_planned(c{at})" for at in cells) or "false"


def sum_of_others(engine: DuckDB, meaning: Meaning) -> str:
    """Return SQL that is true for a row of all channels, campaigns or devices beside single ones.

    Whether it is their sum, the amounts decide.
    """
    place = meaning.columns.position
    named = {place[role] for role in (*meaning.money, *meaning.dates) if role in place}
    cells = [at for at in range(len(meaning.columns.header)) if at not in named]
    if not cells:
        return "false"
    counted = ", ".join(f"bool_or(is_all(c{at})), count(distinct c{at})" for at in cells)
    row = engine.execute(f"select {counted} from spend_cells").fetchone() or ()
    mixed = [at for n, at in enumerate(cells) if row[2 * n] and row[2 * n + 1] > _FEW_ALIKE]
    return " or ".join(f"is_all(c{at})" for at in mixed) or "false"


def exclude_sums(engine: DuckDB, index: int) -> None:
    """Exclude rows without a campaign that are the sum of the others, at the top or the end."""
    ((named, unnamed),) = rows_of(engine, "read/spend/unnamed_sums", {"sheet": index})
    if named and unnamed and abs(unnamed - named) <= ROUNDING * abs(named):
        engine.execute(
            "update spend_rows set reason = 'total-row' "
            "where sheet = $sheet and reason is null and is_unnamed",
            {"sheet": index},
        )
    ((used, rows, undated, undated_rows),) = rows_of(
        engine, "read/spend/undated_sums", {"sheet": index}
    )
    is_sum = used and undated and abs(undated - used) <= ROUNDING * abs(used)
    if is_sum and rows > 1 and undated_rows == 1:
        engine.execute(
            "update spend_rows set reason = 'total-row' "
            "where sheet = $sheet and reason = 'date-not-a-date'",
            {"sheet": index},
        )
