"""What every program must agree on before its speed counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
RIVALS = ("duckdb", "polars", "pandas")
"""In turn before `ltv`: what runs after pandas, which frees much memory, takes 5 to 15% longer."""

Totals = tuple[int, int, Decimal]
"""Orders, customers, revenue to the cent."""


def rival(name: str, path: Path) -> list[str | Path]:
    """The command that does the work with another program."""
    return [sys.executable, HERE / f"with_{name}.py", path]


def ltv(*arguments: str | Path) -> list[str | Path]:
    """The command that runs ltv of this checkout."""
    return [sys.executable, "-m", "ltvcli", *arguments]


def of_rival(stdout: str) -> Totals:
    """Read what a rival printed."""
    printed = json.loads(stdout)
    return printed["orders"], printed["customers"], _cents(printed["revenue"])


def of_ltv(stdout: str) -> Totals:
    """Read the JSON document of `ltv calc`."""
    figures = json.loads(stdout, parse_float=Decimal)["figures"]
    orders, customers, revenue = (
        figures[key]["value"] for key in ("orders", "customers", "net_revenue")
    )
    return int(orders), int(customers), _cents(revenue)


def of_segments(stdout: str) -> Totals:
    """Add up the segments in the JSON document of `ltv segments`."""
    rows = json.loads(stdout, parse_float=Decimal)["tables"]["segments"]
    orders, customers, revenue = (
        sum(row[key] for row in rows) for key in ("orders", "customers", "revenue")
    )
    return orders, customers, _cents(revenue)


def disagreement(found: dict[str, Totals]) -> str:
    """Say who found what, if not all found the same; else nothing."""
    if len(set(found.values())) == 1:
        return ""
    return "\n".join(f"{name}: {_row(totals)}" for name, totals in found.items())


def _row(totals: Sequence[object]) -> str:
    return "{} orders, {} customers, {} revenue".format(*totals)


def _cents(amount: object) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))
