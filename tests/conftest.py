from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fixtures import postgres_url, sail_url, spark_url

__all__ = ["postgres_url", "sail_url", "spark_url"]

# Containers often forbid to keep what is compiled; then each process of a run, of which there are
# some hundred, would compile ltv and these tests again.
sys.dont_write_bytecode = False
# What a run of the tests must not depend on: the language, the screen and the settings of whoever
# starts it. Hypothesis gets no deadline, because machines are shared.
for name in [name for name in os.environ if name.startswith(("LTV_", "LC_")) or name == "LANGUAGE"]:
    del os.environ[name]
os.environ |= {"LANG": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1"}


SHARED = {
    "_in_browser.py": "browser",
    "tests/engines/": "servers of engines",
    "tests/read/tables/": "servers of tables",
}
"""Programs that tests share, by a part of the names of their files."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files")
    parser.addoption("--slow", action="store_true", help="run the slow simulations too, as CI does")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from tests import effort

    if effort.is_everything():
        return
    for item in [*effort.not_sampled(items)]:
        item.add_marker(pytest.mark.slow("not in the sample of its test"))
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: CI runs it; here --slow does"))


def pytest_configure(config: pytest.Config) -> None:
    from hypothesis import settings

    from tests import effort

    if config.getoption("--slow"):
        os.environ[effort.EVERYTHING] = "1"
    count = 100 if effort.is_everything() else 5
    settings.register_profile(
        "ltv", max_examples=count, deadline=None, derandomize=True, print_blob=True
    )
    settings.load_profile("ltv")
    if os.environ.get("CI") and "PYTEST_XDIST_WORKER" not in os.environ:
        from tests.skipped import Skipped

        config.pluginmanager.register(Skipped(), "skipped")


def pytest_collection_finish() -> None:
    """Spare the garbage collector what was collected: thousands of tests, and modules."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give all tests of a file to one worker, so that what they share is made once.

    Files that share a browser, or servers of databases, count as one file. With the slow ones, the
    workers would wait for the file that takes longest: each begins with a part of all tests, and
    who is done takes from another.
    """
    from xdist.scheduler import LoadFileScheduling, WorkStealingScheduling

    from tests import effort

    class SharedProcesses(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = str(super()._split_scope(nodeid))
            return next((name for part, name in SHARED.items() if part in file), file)

    scheduling = WorkStealingScheduling if effort.is_everything() else SharedProcesses
    return scheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let tests of this process share databases, unless everything is tested."""
    from ltvcli.engines import duckdb
    from tests import effort
    from tests.databases import Databases

    if effort.is_everything():
        yield
        return
    root = Path(__file__).parents[1]
    folders = (root, root.parent / "shared", Path(tempfile.gettempdir()))
    shared = Databases(folders, tmp_path_factory.mktemp("spilled"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "open", shared.reused)
        yield
        shared.close()


@pytest.fixture(scope="session", autouse=True)
def fits() -> Iterator[None]:
    """Fit a model to the same data once in this process, unless everything is tested."""
    from ltvcli.analyses.risk import models
    from ltvcli.stats.numerics import once
    from tests import effort

    with pytest.MonkeyPatch.context() as patch:
        if not effort.is_everything():
            patch.setattr(once, "MOST", 5_000)
            for name in ("_fitted", "_grown"):
                patch.setattr(models, name, once.once(getattr(models, name)))
        yield


@pytest.fixture
def own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open a database for each engine, as ltv does."""
    from ltvcli.engines import duckdb
    from tests.databases import REAL

    monkeypatch.setattr(duckdb, "open", REAL)
