"""What both programs must agree on before the speed of `ltv mrr` counts: each movement of MRR."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

RIVAL = "pandas_mrr"
MONEY = ("opening", "new", "expansion", "contraction", "churn", "reactivation", "closing")
CUSTOMERS = ("opening", "new", "churn", "reactivation", "closing")

Movements = Mapping[str, Mapping[str, Decimal]]
"""By month, such as 2025-01: money in major units, and customers."""


def of_rival(stdout: str) -> Movements:
    """Read what the rival printed: money in cents."""
    return _movements(json.loads(stdout), cents=100)


def of_ltv(stdout: str) -> Movements:
    """Read the JSON document of `ltv mrr`."""
    document = json.loads(stdout, parse_float=Decimal)
    return _movements(document["tables"]["movements"], cents=1)


def disagreement(ltv: Movements, other: Movements) -> str:
    """Say by month what is not the same to the cent; nothing if all is."""
    differ = [month for month in sorted({*ltv, *other}) if ltv.get(month) != other.get(month)]
    return "\n".join(f"{month}: {_row(ltv, month)} / {_row(other, month)}" for month in differ)


def _movements(rows: list[dict[str, Any]], cents: int) -> Movements:
    return {
        row["month"]: {key: (Decimal(row[key]) / cents).quantize(Decimal("0.01")) for key in MONEY}
        | {f"customers_{key}": Decimal(row[f"customers_{key}"]) for key in CUSTOMERS}
        for row in rows
    }


def _row(found: Movements, month: str) -> str:
    return ", ".join(f"{key} {value}" for key, value in found.get(month, {}).items())
