"""Orders that count in full, although a column names a dispute, a refund or fraud."""

from __future__ import annotations

import shlex

from ltvcli.checks.every_report._names import first_few
from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Disputed or refunded orders in revenue"),
    definition=N_(
        "A column names a dispute, a refund, a cancellation or fraud, but not how much money was "
        "lost. These orders count in full. Orders with a refunded amount are reduced by it and do "
        "not belong here."
    ),
    source="Rule of thumb",
    pitfalls=N_(
        "Export the refunded amounts, too, and type --map refund=COLUMN, or exclude the orders "
        "with --exclude 'COLUMN=VALUE'. COLUMN=* excludes every row in which the column is filled."
    ),
)

_DOUBTFUL = ("disputed", "refund-noted", "cancellation-noted", "suspected-fraud")
_WORD = N_(
    "“{column}” says “{word}” for {orders} {orders:order|orders} ({revenue}). {orders:It "
    "counts|They count} in full; if this money was lost, type {exclude}."
)
_FILLED = N_(
    "“{column}” is filled for {orders} {orders:order|orders} ({revenue}). {orders:It counts|They "
    "count} in full; if this money was lost, type {exclude}."
)
_WORD_AND_OTHERS = N_(
    "“{column}” says “{word}” for {orders} {orders:order|orders} ({revenue}). {orders:It "
    "counts|They count} in full; if this money was lost, type {exclude}. The same holds for "
    "{others}."
)
_FILLED_AND_OTHERS = N_(
    "“{column}” is filled for {orders} {orders:order|orders} ({revenue}). {orders:It counts|They "
    "count} in full; if this money was lost, type {exclude}. The same holds for {others}."
)


def check(report: Run) -> Finding | None:
    """Warn about the orders, with their revenue, and the option that excludes them."""
    words = [
        word
        for file in report.inputs
        for word in file.statuses
        if word.meaning in _DOUBTFUL and word.orders
    ]
    if not words:
        return None
    first = max(words, key=lambda word: (word.revenue or 0, word.orders or 0))
    option = shlex.join(["--exclude", f"{first.column}={first.word or '*'}"])
    facts: dict[str, Fact] = {
        "column": first.column,
        "orders": Quantity(first.orders or 0, Unit.COUNT),
        "revenue": Quantity(first.revenue or 0, Unit.MONEY),
        "exclude": option,
    }
    further = [f"{word.column} ({word.orders})" for word in words if word is not first]
    if further:
        facts["others"] = first_few(further)
    text = _FILLED_AND_OTHERS if further else _FILLED
    if first.word:
        facts["word"] = first.word
        text = _WORD_AND_OTHERS if further else _WORD
    return Finding(
        check="doubtful-orders",
        severity=Severity.WARNING,
        says=Sentence(text, facts),
        option=option,
    )
