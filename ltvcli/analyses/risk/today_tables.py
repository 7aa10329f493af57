"""Tables of today's customers, and of the record of their scores, as JSON has them."""

from __future__ import annotations

from collections.abc import Mapping

from ltvcli.analyses.risk.tables import tables
from ltvcli.results import Row
from ltvcli.results.today import Present, Today


def of_today(today: Today) -> Mapping[str, tuple[Row, ...]]:
    """Return the tables: the evaluation of the scores, then today's customers.

    Args:
        today: with no records of its own where those of the report hold.
    """
    listed = {"customers": tuple(_row(row) for row in today.rows)}
    if today.is_snapshot or today.verdict is None:
        return listed
    made = tables(today.records, today.bins, (), today.groups)
    return {
        "customers_record": made["record"],
        "customers_calibration": made["calibration"],
        "customers_rates": made["rates"],
        **listed,
    }


def _row(row: Present) -> Row:
    return {
        "customer": row.customer,
        "chance": row.chance.value if row.chance else None,
        "low": row.chance.low if row.chance else None,
        "high": row.chance.high if row.chance else None,
        "multiple": row.multiple,
        "at_stake": row.at_stake,
        "word": str(row.word),
        "because": ", ".join(row.because),
    }
