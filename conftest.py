"""Doctests are collected from files that have any: importing all others takes seconds."""

from __future__ import annotations

from collections.abc import Generator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
Collectors = list[pytest.Collector]


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, Collectors, Collectors]:
    """Leave out the doctests of a file that has none, and import the package of all others.

    A package that imports its modules comes first: pytest would execute them a second time, and
    each class that they define would be there twice.
    """
    collectors = yield
    if file_path.suffix != ".py":
        return collectors
    if "\n    >>> " not in file_path.read_text("utf-8"):
        return [found for found in collectors if type(found) is pytest.Module]  # none of doctests
    if (file_path.parent / "__init__.py").exists():
        import_module(".".join(file_path.parent.relative_to(ROOT).parts))
    return collectors
