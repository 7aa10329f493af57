"""Grand totals among the rows of a table that no word in their order ID gives away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ltvcli.read.orders import total_rows
from ltvcli.read.orders.rows import Rows
from ltvcli.read.tables import look, texts

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB


def asked(rows: Rows) -> dict[str, str]:
    """Write what is asked of all rows: their number, and sum and largest of their amounts.

    Args:
        rows: of the table.
    """
    return {
        "all_rows": "count(*)",
        "most": "max(amount)",
        "money": "sum(amount)",
        "used_money": f"sum(case when {_is_used(rows)} then amount end)",
    }


def exclude(engine: DuckDB, rows: Rows, seen: Mapping[str, Any]) -> Rows:
    """Exclude rows of totals, each alone, as ltvcli/read/orders/total_rows.py does.

    A table has no last rows: each is tested whose amount is the sum of all others.

    Args:
        engine: holds the rows.
        rows: of the table.
        seen: what `asked` asks for, by name.
    """
    halves = {seen[name] / 2 for name in ("money", "used_money") if (seen[name] or 0) > 0}
    other_rows = seen["all_rows"] - 1
    if other_rows <= 1 or not any(seen["most"] >= half for half in halves):
        return rows
    is_sum = "amount > 0 and amount + amount in ($money, $used_money)"
    sums = {name: seen[name] or 0 for name in ("money", "used_money")}
    values: dict[str, Any] = {**sums}
    is_total = is_sum
    if other_rows < total_rows.MANY:
        signs, counts = _signs(engine, rows, other_rows)
        values |= counts
        is_total = f"{is_sum} and ({signs})"
    if "status" in rows.fields:
        is_total += " and status is null"
    if not look.row_of(engine, {"n": look.count(is_total)}, rows.table, values)["n"]:
        return rows
    before = "attempt" if "attempt" in rows.fields else "cast(null as varchar)"
    made = {
        "day": f"case when {is_total} then null else day end",
        "attempt": f"case when {is_total} then '{total_rows.REASON}' else {before} end",
    }
    fields = tuple(dict.fromkeys([*rows.fields, "attempt"]))
    selected = ", ".join(f"{made.get(name, name)} as {name}" for name in fields)
    engine.create_table(rows.table, f"select {selected} from {rows.table}", values)
    return replace(rows, fields=fields)


def _is_used(rows: Rows) -> str:
    tests = [f"{field} is null" for field in ("status", "problem") if field in rows.fields]
    return " and ".join(tests) or "true"


def _signs(engine: DuckDB, rows: Rows, other_rows: int) -> tuple[str, dict[str, Any]]:
    """Write the SQL of a second sign of a total, where few rows may add up by chance.

    Its customer is a word for a total, or one of its IDs is a count of the others.

    Returns:
        The SQL, and the values that it names.
    """
    words = ", ".join(map(texts.literal, total_rows.WORDS))
    signs = [f"coalesce({texts.is_total('customer')} in ({words}), false)"]
    values: dict[str, Any] = {"others": str(other_rows)}
    for name in ("order_key", "customer"):
        if name in rows.fields:
            different = look.row_of(engine, {"n": f"count(distinct {name})"}, rows.table)["n"]
            values[f"different_{name}"] = str(int(different) - 1)
            signs.append(f"coalesce({name} in ($others, $different_{name}), false)")
    return " or ".join(signs), values
