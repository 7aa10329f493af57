"""Starting up loads nothing heavy, and nothing of another command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

NUMBERS = ("calc", "--aov", "8000", "--margin", "40%", "--frequency", "3", "--lifespan", "2y")
HEAVY = {"numpy", "duckdb", "pandas", "scipy", "pydantic", "yaml"}
CODE = """
import sys
sys.argv[0] = "ltv"
from ltvcli import cli
try:
    cli.main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def loaded(*typed: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", CODE, *typed], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


def members(modules: set[str], folder: str) -> set[str]:
    """Name what was loaded of a folder of ltvcli: the files, or the folders in it."""
    start = f"ltvcli.{folder}."
    return {name.removeprefix(start).split(".")[0] for name in modules if name.startswith(start)}


def test_the_help_loads_commands_and_nothing_that_answers() -> None:
    modules = loaded("--help")

    assert modules & HEAVY == set()
    assert {"calc", "whatif"} <= members(modules, "commands")
    for folder in ("pipeline", "results", "analyses", "checks", "read", "stats"):
        assert f"ltvcli.{folder}" not in modules


def test_numbers_alone_load_only_what_values_them() -> None:
    modules = loaded(*NUMBERS)

    assert modules & HEAVY == set()
    assert members(modules, "commands") == {
        "calc", "_answer", "_complete", "_groups", "_options", "_output", "_recording",
        "_source", "_start",
    }  # fmt: skip
    assert members(modules, "pipeline") == {
        "calc", "report", "sharing", "steps",
    }  # fmt: skip
    assert members(modules, "results") == {
        "about", "figures", "levers", "reports", "sentences", "verdicts",
    }  # fmt: skip
    assert members(modules, "checks") == {"calc"}
    assert members(modules, "read") == set()
    assert "ltvcli.facts.spend" not in modules


def test_files_load_no_other_engine() -> None:
    shop = Path(__file__).parents[1] / "examples" / "shop" / "orders.csv"

    modules = loaded("calc", str(shop), "--margin", "50%")

    assert "duckdb" in modules
    assert modules & {"grpc", "psycopg", "pyarrow", "pyspark", "sqlglot"} == set()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux only")
def test_no_thread_waits_for_matrices() -> None:
    shop = Path(__file__).parents[1] / "examples" / "shop" / "orders.csv"
    tasks = "[*Path('/proc/self/task').iterdir()]"
    code = CODE.replace(
        "    print(*sys.modules",
        "    ended = time.monotonic() + 5\n"  # by then the connection is closed
        f"    while len({tasks}) > 1 and time.monotonic() < ended: time.sleep(0.01)\n"
        f"    print(len({tasks})",
    )

    ran = subprocess.run(
        [sys.executable, "-c", f"import time; from pathlib import Path{code}", "calc", str(shop)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert ran.stderr == "1\n"


ENDING = """
import atexit, sys
class Kept:
    def __del__(self):
        print("taken down")
kept = Kept()
atexit.register(print, "registered")
sys.argv = ["ltv", *sys.argv[1:]]
from ltvcli.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("typed", "code"), [(NUMBERS, 0), ((*NUMBERS, "--cac", "1", "--fail-under", "1000000"), 1)]
)
def test_the_end_runs_what_is_registered_and_takes_down_no_modules(
    typed: tuple[str, ...], code: int
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ENDING, *typed], capture_output=True, text=True, check=False
    )

    assert ran.returncode == code
    assert ran.stdout.startswith("LTV ")
    assert ran.stdout.endswith("\nregistered\n")
