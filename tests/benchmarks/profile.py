"""Where the time of one command goes: its steps, and the queries of each.

`python -m tests.benchmarks --profile calc --form dirty`. The command runs in this process, with
every call of the engine timed. Seconds are CPU seconds of all threads, which other work on the
machine disturbs less than wall time. Beside them: by how much a query raised the highest memory
of the process so far. At the end: what DuckDB held after the query after which it held most.
"""

from __future__ import annotations

import argparse
import resource
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks import data
from tests.benchmarks.measure import MAXRSS_BYTES

FORMS = ("plain", "parquet", "lines", "halves", "gzip", "dirty")
COMMANDS = ("calc", "cohorts", "segments", "predict", "review", "check", "mrr")
_ENGINE = ("run", "columns", "row", "execute", "export")
_LEAST = 0.005  # seconds; what takes less is summed up
_LEAST_MEMORY = 5 * 10**6  # bytes


@dataclass
class _Seen:
    """What the queries of one step took, and what DuckDB held after one of all.

    Attributes:
        seconds: CPU seconds by query.
        raised: bytes by which a query raised the highest memory of the process.
    """

    seconds: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)


def show(options: argparse.Namespace) -> int:
    """Run a command on generated data and print the seconds of its steps and queries."""
    began = _cpu_seconds()
    import ltvcli

    imported = _cpu_seconds() - began
    steps: list[tuple[str, float]] = []
    queries: dict[str, _Seen] = {}

    def step(name: str) -> None:
        steps.append((name, _cpu_seconds()))
        queries.setdefault(name, _Seen())

    with _timed(lambda: queries[steps[-1][0]] if steps else _Seen()) as held:
        _run(options, step)
    end = _cpu_seconds()
    print(f"{ltvcli.__name__} {options.profile}: {end - began:.2f} CPU s, imports {imported:.2f} s")
    for (name, start), stop in zip(steps, [*(one for _, one in steps[1:]), end], strict=True):
        print(f"{stop - start:8.3f}             {name}")
        seen = queries[name]
        rest = stop - start - sum(seen.seconds.values())
        for query, seconds in seen.seconds.most_common():
            if seconds >= _LEAST or seen.raised[query] >= _LEAST_MEMORY:
                print(f"{seconds:8.3f} {_gigabytes(seen.raised[query]):>8}      {query}")
        print(f"{rest:8.3f}               outside of the engine")
    print(f"{_peak() / 10**9:8.2f}  GB at most; of it held by DuckDB:")
    for tag, size in held.most_common():
        print(f"{_gigabytes(size):>11}  {tag.lower().replace('_', ' ')}")
    return 0


def _gigabytes(size: int) -> str:
    return f"{size / 10**9:.2f} GB" if size >= _LEAST_MEMORY else ""


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_BYTES


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _run(options: argparse.Namespace, step: Callable[[str], None]) -> None:
    """Run the pipeline of one command, as its command does."""
    from importlib import import_module

    from ltvcli.settings.settings import from_python

    is_mrr = options.profile == "mrr"
    paths: list[Path]
    if is_mrr:
        paths = [data.subscriptions(options.subscriptions, options.folder)]
    elif options.form == "plain":
        paths = [data.orders(options.rows, options.folder)]
    else:
        names = ("first", "second") if options.form == "halves" else (options.form,)
        paths = [data.form(name, options.rows, options.folder) for name in names]
    given: dict[str, Any] = {} if is_mrr else {"margin": 0.4, "cac": 20}
    if options.profile == "segments":
        given["by"] = "channel"
    if options.profile == "predict":
        given["horizon"] = "6mo"
    pipeline = import_module(f"ltvcli.pipeline.{options.profile}")
    rules = [_rules()] if options.profile == "check" else []
    pipeline.run(paths, from_python(given), *rules, step=step)


def _rules() -> Any:
    """Return the rules that `check` applies."""
    from yaml import safe_load

    from ltvcli.results.check import WATCHED
    from ltvcli.settings import rules

    return rules.read(safe_load(data.RULES)["rules"], {}, WATCHED)


@contextmanager
def _timed(current: Callable[[], _Seen]) -> Iterator[Counter[str]]:
    """Time the calls of the engine, of calls within calls the outer one only.

    Yields:
        Bytes by purpose that DuckDB held after the call after which it held most.
    """
    from ltvcli.engines.duckdb import DuckDB

    kept = {name: getattr(DuckDB, name) for name in _ENGINE}
    depth = 0
    held: Counter[str] = Counter()

    def look(engine: DuckDB) -> None:
        with engine.connection.cursor() as cursor:  # the answer to the call is not fetched yet
            rows = cursor.execute("select tag, memory_usage_bytes from duckdb_memory()").fetchall()
        now = Counter({str(tag): int(size) for tag, size in rows if size >= _LEAST_MEMORY})
        if now.total() > held.total():
            held.clear()
            held.update(now)

    def wrapped(call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(self: DuckDB, text: str, *args: Any, **options: Any) -> Any:
            nonlocal depth
            depth += 1
            began, peak = _cpu_seconds(), _peak()
            try:
                return call(self, text, *args, **options)
            finally:
                depth -= 1
                if not depth:
                    name = " ".join(text.split())[:70]
                    current().seconds[name] += _cpu_seconds() - began
                    current().raised[name] += _peak() - peak
                    looked = _cpu_seconds()
                    look(self)
                    current().seconds["measuring the memory"] += _cpu_seconds() - looked

        return timed

    for name, call in kept.items():
        setattr(DuckDB, name, wrapped(call))
    try:
        yield held
    finally:
        for name, call in kept.items():
            setattr(DuckDB, name, call)
