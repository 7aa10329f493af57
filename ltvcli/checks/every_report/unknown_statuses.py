"""Unknown words in a status column; their rows count."""

from __future__ import annotations

import shlex

from ltvcli.checks.every_report._names import first_few
from ltvcli.language import N_
from ltvcli.results import (
    About,
    Fact,
    Finding,
    Quantity,
    Run,
    Sentence,
    Severity,
)
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Unknown statuses"),
    definition=N_(
        "A column that can mark a row as not a sale contains unknown words. These rows count "
        "until you define the words."
    ),
    source="Rule of thumb",
    pitfalls=N_(
        "Type --exclude 'COLUMN=WORD' for rows that are not sales and --status-paid WORD for a "
        "word that means paid, or keep both in the block “words” of ltv.yaml."
    ),
)

UNKNOWN_STATE = "unknown-status"
"""Meaning of an unknown state of a subscription: its rows are excluded."""

ORDERS = N_(
    "“{column}” says “{word}” in {rows} {rows:row|rows} ({revenue}), an unknown status. {rows:It "
    "counts as a sale|They count as sales}. If {rows:it is not a sale|they are not sales}, type "
    "{exclude}; if {rows:it is|they are}, type {paid}."
)
ORDERS_AND_OTHERS = N_(
    "“{column}” says “{word}” in {rows} {rows:row|rows} ({revenue}), an unknown status; also "
    "unknown: {others}. They count as sales. If they are not sales, type {exclude}; if they are, "
    "type {paid}."
)
ROWS = N_(
    "“{column}” says “{word}” in {rows} {rows:row|rows}, an unknown status. {rows:It counts|They "
    "count}. If {rows:it|they} should not, type {exclude}; if {rows:it|they} should, type {paid}."
)
ROWS_AND_OTHERS = N_(
    "“{column}” says “{word}” in {rows} {rows:row|rows}, an unknown status; also unknown: "
    "{others}. They count. If they should not, type {exclude}; if they should, type {paid}."
)
STATE = N_(
    "“{column}” says “{word}” in {rows} {rows:row|rows}, an unknown state. {rows:It is|They are} "
    "excluded. If {rows:this subscription has|these subscriptions have} ended, type {exclude}; if "
    "{rows:it is|they are} paid for, type {paid}."
)
STATE_AND_OTHERS = N_(
    "“{column}” says “{word}” in {rows} {rows:row|rows}, an unknown state; also unknown: {others}. "
    "They are excluded. If these subscriptions have ended, type {exclude}; if they are paid for, "
    "type {paid}."
)


def check(report: Run) -> Finding | None:
    """Warn about the words, with their rows and revenue."""
    unknown = [
        (file, word)
        for file in report.inputs
        for word in file.statuses
        if word.meaning in (None, UNKNOWN_STATE) and word.word is not None
    ]
    if not unknown:
        return None
    file, first = max(unknown, key=lambda pair: (pair[1].revenue or 0, pair[1].rows))
    further = [f"{word.word} ({word.rows})" for _, word in unknown if word is not first]
    facts: dict[str, Fact] = {
        "column": first.column,
        "word": first.word or "",
        "rows": Quantity(first.rows, Unit.COUNT),
        "paid": shlex.join(["--status-paid", first.word or ""]),
    }
    if further:
        facts["others"] = first_few(further)
    if first.meaning == UNKNOWN_STATE:
        option = shlex.join(["--words", f"{first.word}=cancelled"])
        text = STATE_AND_OTHERS if further else STATE
        return _finding(text, facts | {"exclude": option}, option)
    option = shlex.join(["--exclude", f"{first.column}={first.word}"])
    if file.kind != "orders":
        text = ROWS_AND_OTHERS if further else ROWS
        return _finding(text, facts | {"exclude": option}, option)
    facts |= {"exclude": option, "revenue": Quantity(first.revenue or 0, Unit.MONEY)}
    return _finding(ORDERS_AND_OTHERS if further else ORDERS, facts, option)


def _finding(text: str, facts: dict[str, Fact], option: str) -> Finding:
    return Finding(
        check="unknown-statuses",
        severity=Severity.WARNING,
        says=Sentence(text, facts),
        option=option,
    )
