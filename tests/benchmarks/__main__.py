"""Measure every goal in one run and print one table.

`python -m tests.benchmarks` needs about ten minutes and 3 GB of disk; `--full` adds ten times the
orders (minutes more, 4 GB), `--only` measures a part, `--profile` lists the time of each step and
query of a command instead. Exits with 1 if a goal is missed or the programs disagree.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import astuple, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks import data, engines, measure, movements, profile, totals
from tests.benchmarks.measure import Runs

NUMBERS = ("--aov", "8000", "--margin", "40%", "--frequency", "3", "--lifespan", "2y")
GIVEN = ("--margin", "40%", "--cac", "20")
GB, MB = 10**9, 10**6
RISK_CUSTOMERS, RISK_SECONDS, RISK_MEMORY = 100_000, 60, 2 * GB
"""What `ltv risk` promises: so many customers of 40 columns within so many seconds and bytes."""
VERDICTS = {True: "ok", False: "missed", None: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    work: str
    measured: str
    beside: str
    result: str
    cpu: str  # the same ratio in CPU seconds, which other work on the machine disturbs less
    peak: str  # memory that ltv held at most
    budget: str
    kept: bool | None  # None where nothing was promised


def main() -> int:
    """Parse options, measure, print."""
    options = _options()
    if options.profile:
        return profile.show(options)
    if os.getloadavg()[0] > 1:
        print("Other work is running here: times are not to be trusted.", file=sys.stderr)
    measured = [PARTS[part](options) for part in options.only or PARTS]
    lines = [line for part in measured for line in part]
    _print(lines)
    return 1 if any(line.kept is False for line in lines) else 0


def _small(options: argparse.Namespace) -> list[Line]:
    """What a person waits for every time: starting up, and a small file."""
    thousand = data.orders(1_000, options.folder)
    found = measure.interleaved(
        {
            "imports": [sys.executable, "-c", "import typer, rich.console"],
            "help": totals.ltv("--help"),
            "numbers": totals.ltv("calc", *NUMBERS),
            "pandas": totals.rival("pandas", thousand),
            "thousand": totals.ltv("calc", thousand, *GIVEN),
        },
        repeat=4 * options.repeat,
    )
    imports = ("import typer, rich.console", found["imports"])
    return [
        _ratio("ltv --help", found["help"], *imports, 1.3),
        _ratio("ltv calc, numbers only", found["numbers"], *imports, 1.3),
        _ratio("ltv calc, 1,000 rows", found["thousand"], "pandas", found["pandas"], 0.9),
    ]


def _orders(options: argparse.Namespace) -> list[Line]:
    """What a person would otherwise write a script for."""
    path = data.orders(options.rows, options.folder)
    calc = totals.ltv("calc", path, *GIVEN, "--format", "json")
    rivals = {name: totals.rival(name, path) for name in totals.RIVALS}
    found = measure.interleaved({"ltv": calc, **rivals}, options.repeat)
    _agree(found)
    work = f"ltv calc, {options.rows:,} rows"
    lines = [
        _ratio(work, found["ltv"], "DuckDB: read, store, sum", found["duckdb"], 1.6),
        _ratio(work, found["ltv"], "pandas: triangle", found["pandas"], 0.5),
        _ratio(work, found["ltv"], "Polars: triangle", found["polars"], 1),
    ]
    return lines + (_full(options, found["ltv"]) if options.full else [])


def _parquet(options: argparse.Namespace) -> list[Line]:
    """Typed columns: nothing has to be parsed. The same rows in a file per month and channel."""
    path = data.form("parquet", options.rows, options.folder)
    folder = data.form("folders", options.rows, options.folder)
    found = measure.interleaved(
        {
            "ltv": totals.ltv("calc", path, *GIVEN, "--format", "json"),
            "ltv of folders": totals.ltv(
                "calc", f"{folder}/**/*.parquet", *GIVEN, "--format", "json"
            ),
            "polars": totals.rival("polars", path),
        },
        options.repeat,
    )
    _agree(found)
    work = f"ltv calc, {options.rows:,} rows of Parquet"
    files = len(list(folder.rglob("*.parquet")))
    return [
        _ratio(work, found["ltv"], "Polars: triangle", found["polars"], 1),
        _ratio(
            f"{work} in {files:,} files", found["ltv of folders"], "one file", found["ltv"], 1.5
        ),
    ]


def _commands(options: argparse.Namespace) -> list[Line]:
    """The other questions about orders, compared with `ltv calc`."""
    path = data.orders(options.rows, options.folder)
    rest = (path, *GIVEN, "--format", "json")
    deals = data.form("deals", options.rows, options.folder)
    commands = {
        "calc": totals.ltv("calc", *rest),
        "segments": totals.ltv("segments", *rest, "--by", "channel"),
        "cohorts": totals.ltv("cohorts", *rest),
        "predict": totals.ltv("predict", *rest, "--horizon", "6mo"),
        "review": totals.ltv("review", *rest),
        "check": totals.ltv("check", data.with_rules(path), *rest[1:], "--dry-run"),
        "scorecard": totals.ltv("scorecard", *rest, "--deals", deals, "--by", "team"),
        "bonus": totals.ltv(
            "bonus",
            *(data.with_plan(path), "--deals", deals, "--lapse-after", "180d"),
            *("--format", "csv", "--table", "owners"),
        ),
        "experiment": totals.ltv(
            "experiment",
            *(path, "--margin", "40%", "--format", "json", "--assignments"),
            data.form("arms", options.rows, options.folder),
        ),
    }
    found = measure.interleaved(commands, options.repeat)
    customers, segments = (
        totals.of_ltv(found["calc"].stdout),
        totals.of_segments(found["segments"].stdout),
    )
    if problem := totals.disagreement({"all customers": customers, "segments": segments}):
        sys.exit(f"The segments do not add up to all customers:\n{problem}")
    budgets = {"segments": ("segments --by channel", 1.3), "cohorts": ("cohorts", 1.3)}
    budgets["predict"] = ("predict", 2)
    budgets |= {"review": ("review", 1.5), "check": ("check, two rules", 1.5)}
    budgets["scorecard"] = (f"scorecard, {options.rows // 100:,} deals", 3)
    budgets["bonus"] = (f"bonus, {options.rows // 100:,} deals", 2.5)
    budgets["experiment"] = (f"experiment, {options.rows // 2:,} assignments", 1.5)
    return [
        _ratio(f"ltv {words}, {options.rows:,} rows", found[name], "ltv calc", found["calc"], most)
        for name, (words, most) in budgets.items()
    ]


def _forms(options: argparse.Namespace) -> list[Line]:
    """Orders as they come: line items, several files, compressed, damaged, in a workbook."""
    plain = data.orders(options.rows, options.folder)
    halves = [data.form(name, options.rows, options.folder) for name in ("first", "second")]
    inputs = {
        "plain": [plain],
        "lines": [data.form("lines", options.rows, options.folder)],
        "halves": halves,
        "gzip": [data.form("gzip", options.rows, options.folder)],
        "dirty": [data.form("dirty", options.rows, options.folder)],
    }
    commands = {
        name: totals.ltv("calc", *paths, *GIVEN, "--format", "json")
        for name, paths in inputs.items()
    }
    found = measure.interleaved(commands, options.repeat)
    same = {name: totals.of_ltv(found[name].stdout) for name in ("plain", "halves", "gzip")}
    if problem := totals.disagreement(same):
        sys.exit(f"The forms disagree:\n{problem}")
    count = f"{options.rows:,}"
    names = {
        "lines": f"{count} lines of {options.rows * 3 // 10:,} orders",
        "halves": f"two files of {options.rows // 2:,} orders",
        "gzip": f"{count} orders, gzip",
        "dirty": f"{count} orders, 1% of amounts unreadable",
    }
    lines = []
    for name, words in names.items():
        # A budget per byte: what is larger may take longer in proportion.
        size = sum(path.stat().st_size for path in inputs[name]) if name == "lines" else 0
        share = size / plain.stat().st_size if size else 1.0
        lines.append(
            _ratio(f"ltv calc, {words}", found[name], "the plain file", found["plain"], 1.5 * share)
        )
    rows = min(options.rows, 1_000_000)
    book = measure.interleaved(
        {
            "excel": totals.ltv("calc", data.excel(rows, options.folder), *GIVEN),
            "plain": totals.ltv("calc", data.orders(rows, options.folder), *GIVEN),
        },
        repeat=1,
    )
    return [
        *lines,
        _ratio(f"ltv calc, Excel, {rows:,} rows", book["excel"], "as CSV", book["plain"], None),
    ]


def _subscriptions(options: argparse.Namespace) -> list[Line]:
    """The same for subscriptions."""
    path = data.subscriptions(options.subscriptions, options.folder)
    mrr = totals.ltv("mrr", path, "--format", "json")
    rival = totals.rival(movements.RIVAL, path)
    found = measure.interleaved({"ltv": mrr, "pandas": rival}, options.repeat)
    ltv, pandas = movements.of_ltv(found["ltv"].stdout), movements.of_rival(found["pandas"].stdout)
    if problem := movements.disagreement(ltv, pandas):
        sys.exit(f"ltv and pandas disagree:\n{problem}")
    work = f"ltv mrr, {options.subscriptions:,} subscriptions"
    return [_ratio(work, found["ltv"], "pandas: movements", found["pandas"], 0.7)]


def _risk(options: argparse.Namespace) -> list[Line]:
    """Models of 100,000 customers with 40 columns, tested out of fold."""
    path = data.customers(RISK_CUSTOMERS, options.folder)
    command = totals.ltv("risk", "--customers", path, "--outcome", "churned", "--format", "json")
    ran = measure.run(command)
    found = json.loads(ran.stdout)
    if not found["tables"]["customers"]:
        sys.exit("ltv risk gives no score of customers whose columns predict who leaves")
    kept = ran.seconds < RISK_SECONDS and ran.peak < RISK_MEMORY
    work = f"ltv risk, {RISK_CUSTOMERS:,} customers, 40 columns"
    goal = f"{RISK_SECONDS} s, {RISK_MEMORY / GB:g} GB"
    peak = f"{ran.peak / GB:.2f} GB"
    return [Line(work, f"{ran.seconds:.2f} s", "", "", f"{ran.cpu:.0f} s", peak, goal, kept)]


def _fits(options: argparse.Namespace) -> list[Line]:
    """One model of repeat orders, fitted in Python by the library that people use for it."""
    if find_spec("lifetimes") is None:
        print("Fits are not measured: pip install '.[bench]'", file=sys.stderr)
        return []
    customers = options.customers
    command = [sys.executable, "-m", "tests.benchmarks.fits", str(customers)]
    found = json.loads(measure.run(command).stdout)
    ltv, rival = found["ltv, fit alone"], found["lifetimes"]
    if found["log-likelihood of ltv"] < found["log-likelihood of lifetimes"]:
        sys.exit("lifetimes found parameters that are more likely")
    ratio = f"{ltv / rival:.3f}x"
    work, beside = f"BG/NBD, {customers:,} customers", f"lifetimes {rival:.2f} s"
    kept = ltv * 30 <= rival
    return [Line(work, f"{ltv:.2f} s", beside, ratio, ratio, "", "0.033x", kept)]


def _engines(options: argparse.Namespace) -> list[Line]:
    """Orders that stay in a database, beside the same sums written by hand."""
    rows = options.engine_rows
    size = data.orders(rows, options.folder).stat().st_size
    lines = []
    for engine, found in engines.measured(rows, options.folder, options.repeat):
        by_hand = found[engines.BY_HAND]
        totals_of = {
            "ltv": totals.of_ltv(found["calc"].stdout),
            "SQL by hand": totals.of_rival(by_hand.stdout),
        }
        if problem := totals.disagreement(totals_of):
            sys.exit(f"{engine} disagrees:\n{problem}")
        if options.costs:
            engines.write(options.costs, engine, rows, found)
        for command in engines.COMMANDS:
            work = f"ltv {command}, {rows:,} orders in {engine}"
            lines += _of_engine(work, found[command], by_hand, size)
    return lines


def _of_engine(work: str, cost: engines.Cost, by_hand: engines.Cost, size: int) -> list[Line]:
    """One command: its time, the share of the client in it, and what it receives."""
    peak = f"{cost.peak / GB:.2f} GB"
    share = cost.client / cost.server
    times = (cost.seconds / by_hand.seconds, cost.cpu / by_hand.cpu)
    beside = f"SQL by hand {by_hand.seconds:.1f} s"
    received = f"{cost.received / MB:.1f} MB"
    most = f"{engines.MOST_RECEIVED / MB:.0f} MB"
    return [
        Line(work, f"{cost.seconds:.1f} s", beside, *(f"{x:.2f}x" for x in times), peak, "", None),
        Line(
            *("  CPU of the client", f"{cost.client:.1f} s", f"of the engine {cost.server:.1f} s"),
            *("", f"{share:.2f}x", "", f"{engines.MOST_OF_CLIENT:g}x"),
            share <= engines.MOST_OF_CLIENT,
        ),
        Line(
            *("  received", received, f"orders as CSV {size / MB:.0f} MB"),
            *(f"{cost.received / size:.3f}x", "", "", most),
            cost.received <= engines.MOST_RECEIVED,
        ),
    ]


def _full(options: argparse.Namespace, tenth: Runs) -> list[Line]:
    """Ten times the rows: time must grow in proportion, memory must not."""
    rows = 10 * options.rows
    path = data.orders(rows, options.folder)
    calc = totals.ltv("calc", path, *GIVEN, "--format", "json")
    found = {
        "ltv": Runs([measure.run(calc)]),
        "ltv --memory 1GB": Runs([measure.run([*calc, "--memory", "1GB"])]),
        "duckdb": Runs([measure.run(totals.rival("duckdb", path))]),
    }
    _agree(found)
    whole, tight = found["ltv"], found["ltv --memory 1GB"]
    work = f"ltv calc, {rows:,} rows"
    peak = f"{whole.peak / GB:.2f} GB"
    return [
        _ratio(work, whole, f"ltv calc, {options.rows:,} rows", tenth, 11),
        Line(work, _seconds(whole), "peak memory", peak, "", peak, "4 GB", whole.peak < 4 * GB),
        Line(
            f"{work}, --memory 1GB",
            _seconds(tight),
            "peak memory",
            f"{tight.peak / GB:.2f} GB",
            "",
            f"{tight.peak / GB:.2f} GB",
            "finishes",
            True,
        ),
    ]


def _agree(found: dict[str, Runs]) -> None:
    read = {
        name: (totals.of_ltv if name.startswith("ltv") else totals.of_rival)(runs.stdout)
        for name, runs in found.items()
    }
    if problem := totals.disagreement(read):
        sys.exit(f"The programs disagree:\n{problem}")


def _ratio(work: str, ltv: Runs, name: str, beside: Runs, budget: float | None) -> Line:
    ratio = ltv.seconds / beside.seconds
    return Line(
        work,
        _seconds(ltv),
        f"{name} {_seconds(beside)}",
        f"{ratio:.2f}x",
        f"{ltv.cpu / beside.cpu:.2f}x",
        f"{ltv.peak / GB:.2f} GB",
        f"{budget:g}x" if budget else "",
        ratio <= budget if budget else None,
    )


def _seconds(runs: Runs) -> str:
    return f"{runs.seconds:.2f} s"


def _print(lines: list[Line]) -> None:
    names = ("duckdb", "pandas", "polars")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"Python {platform.python_version()}, {versions}, {os.cpu_count()} cores")
    print("The programs agree, to the cent.\n")
    table = [("work", "ltv", "compared with", "result", "in CPU", "peak", "goal", "")]
    for one in lines:
        *words, kept = astuple(one)
        table.append((*words, VERDICTS[kept]))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    table.insert(1, tuple("-" * width for width in widths))  # type: ignore[arg-type]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print(f"| {' | '.join(cells)} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, help="parts to measure; all if not given"
    )
    parser.add_argument("--rows", type=int, default=10_000_000, help="orders")
    parser.add_argument("--engine-rows", type=int, default=2_000_000, help="orders in a database")
    parser.add_argument("--costs", type=Path, help="CSV file to append costs of engines to")
    parser.add_argument("--subscriptions", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=300_000, help="to fit a model to")
    parser.add_argument(
        "--profile", choices=profile.COMMANDS, help="list the time of each step of one command"
    )
    parser.add_argument(
        "--form", choices=profile.FORMS, default="plain", help="the orders to profile"
    )
    parser.add_argument("--full", action="store_true", help="also ten times the orders")
    parser.add_argument(
        "--repeat", type=int, default=3, help="measured rounds, after one unmeasured"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "ltv-benchmarks",
        help="where the generated data is kept",
    )
    return parser.parse_args()


PARTS = {
    "small": _small,
    "orders": _orders,
    "parquet": _parquet,
    "commands": _commands,
    "forms": _forms,
    "subscriptions": _subscriptions,
    "risk": _risk,
    "fits": _fits,
    "engines": _engines,
}


if __name__ == "__main__":
    sys.exit(main())
