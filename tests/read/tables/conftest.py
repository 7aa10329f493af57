"""The servers of tests/engines, for tables that are read there."""

from __future__ import annotations

from tests.engines.conftest import postgres_url, sail_url

__all__ = ["postgres_url", "sail_url"]
