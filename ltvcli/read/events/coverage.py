"""How many events match a customer: facts for findings, and the option to try if most do not.

| events by C1, C2 | by others | other column with the IDs of customers | alert                |
| 90               | 10        |                                        | none                 |
| 10               | 90        | account                                | 90 of 100, `account` |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import Fact, Quantity
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

Alerts = Mapping[str, Mapping[str, Fact]]
UNMATCHED = "events-unmatched"


def alerts(
    engine: DuckDB, sheets: Sequence[Sheet], columns: Sequence[Columns]
) -> tuple[Alerts, ...]:
    """Return for each log the alert that most of its events match no customer.

    Args:
        engine: holds `event_rows`, matched, and the tables of customers.
        sheets: the logs.
        columns: of each.
    """
    counted = engine.columns("read/events/coverage")
    counts = {
        int(sheet): (int(matched), int(unmatched))
        for sheet, matched, unmatched in zip(
            counted["sheet"], counted["matched"], counted["unmatched"], strict=True
        )
    }
    return tuple(
        _alert(engine, sheet, meant, *counts.get(number, (0, 0)))
        for number, (sheet, meant) in enumerate(zip(sheets, columns, strict=True))
    )


def _alert(engine: DuckDB, sheet: Sheet, columns: Columns, matched: int, unmatched: int) -> Alerts:
    """Return the alert of one log.

    Args:
        engine: as above.
        sheet: the log.
        columns: of it.
        matched: events that match a customer.
        unmatched: events that match none.
    """
    if unmatched <= matched:
        return {}
    examples = engine.row("read/events/examples")
    facts: dict[str, Fact] = {
        "unmatched": Quantity(unmatched, Unit.COUNT),
        "events": Quantity(matched + unmatched, Unit.COUNT),
        "example": examples["named"] or "-",
        "other": examples["known"] or "-",
        "column": _better(engine, sheet, columns, matched),
    }
    return {UNMATCHED: facts}


def _better(engine: DuckDB, sheet: Sheet, columns: Columns, matched: int) -> str:
    """Return the column that matches most customers, if it matches more than the current one.

    Args:
        engine: holds the tables of customers.
        sheet: the log.
        columns: of it.
        matched: events that match a customer.
    """
    used = set(columns.position.values())
    unused = [place for place in range(len(sheet.header)) if place not in used]
    if not unused:
        return ""
    source, parameters = scan.relation(sheet)
    named = ", ".join(
        f"count(*) filter (tidy_id(c{place}) in (select customer from customers) "
        f"or tidy_id(c{place}) in (select email from event_emails))"
        for place in unused
    )
    (counts,) = engine.execute(f"select {named} from {source}", parameters).fetchall()
    most, place = max(zip(counts, [-place for place in unused], strict=True))
    return sheet.header[-place] if most > matched else ""
