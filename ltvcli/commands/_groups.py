"""The order in which help lists the commands, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ltvcli.language import N_

GROUPS = (
    (N_("Value"), ("calc", "cohorts", "segments", "predict")),
    (N_("Subscriptions"), ("mrr",)),
    (N_("Over time"), ("report", "review", "scorecard", "history", "check")),
    (N_("Decide"), ("whatif", "experiment", "risk", "audit", "benchmark")),
    (N_("Trust"), ("bonus",)),
    (
        N_("Settings"),
        ("init", "config", "sources", "sql", "explain", "schema", "mcp", "version", "help"),
    ),
)


def grouped(names: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Group commands; a command without a group joins the last one.

    >>> [group for _, group in grouped(["mrr", "calc", "new", "init"])]
    [['calc'], ['mrr'], ['init', 'new']]
    """
    rest = dict.fromkeys(names)
    for number, (title, members) in enumerate(GROUPS, 1):
        chosen = [name for name in members if name in rest]
        for name in chosen:
            del rest[name]
        if number == len(GROUPS):
            chosen += rest
        if chosen:
            yield title, chosen
