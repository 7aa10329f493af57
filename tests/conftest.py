from __future__ import annotations

import os

import pytest

# What a run of the tests must not depend on: the language, the screen and the settings of whoever
# starts it. Hypothesis gets no deadline, because machines are shared.
for name in [name for name in os.environ if name.startswith(("LTV_", "LC_")) or name == "LANGUAGE"]:
    del os.environ[name]
os.environ |= {"LANG": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files")
    parser.addoption("--slow", action="store_true", help="run the slow simulations too, as CI does")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow") or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: CI runs it; here --slow does"))


def pytest_configure(config: pytest.Config) -> None:
    from hypothesis import settings

    settings.register_profile("ltv", deadline=None, derandomize=True, print_blob=True)
    settings.load_profile("ltv")
