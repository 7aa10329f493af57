"""Doctests are collected from files that have any: importing all others takes seconds."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

Collectors = list[pytest.Collector]


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, Collectors, Collectors]:
    """Leave out the doctests of a file that has none."""
    collectors = yield
    if file_path.suffix != ".py" or "\n    >>> " in file_path.read_text("utf-8"):
        return collectors
    return [found for found in collectors if type(found) is pytest.Module]  # none of doctests
