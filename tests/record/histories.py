"""Runs to record in tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from ltvcli.record.runs import NewRun
from ltvcli.results import InputFile

AT = datetime(2026, 10, 31, 12, 30, 15, tzinfo=UTC)


def orders(sha256: str = "a" * 64) -> InputFile:
    return InputFile(
        path="orders.csv",
        kind="orders",
        profile="generic",
        sha256=sha256,
        first=date(2025, 1, 1),
        last=date(2026, 10, 31),
        rows_read=3,
        rows_used=3,
        set_aside={},
        columns={},
    )


def document(**parts: Any) -> dict[str, Any]:
    return {
        "command": "calc",
        "currency": "USD",
        "provenance": {"inputs": [{"path": "orders.csv"}], "given": {}},
        "tables": {"horizons": [{"horizon": 12, "ltv": 100.5}]},
        "next_command": "ltv calc orders.csv --cac CAC",
        **parts,
    }


def run(**parts: Any) -> NewRun:
    usual: dict[str, Any] = {
        "at": AT,
        "version": "0.1.0",
        "command": "calc",
        "as_of": date(2026, 10, 31),
        "inputs": (orders(),),
        "settings": {"margin": 0.4},
        "settings_hash": "b" * 64,
        "document": document(),
    }
    return NewRun(**usual | parts)
