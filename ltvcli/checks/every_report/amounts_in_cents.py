"""Amounts of orders in a column whose header says cents."""

from __future__ import annotations

import re

from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Amounts in cents"),
    definition=N_(
        "The header of the amounts says cents or minor units, but amounts of orders are read as "
        "whole units: every amount is 100 times too high."
    ),
    source="Payment interfaces such as Stripe's state amounts in the smallest currency unit",
    pitfalls=N_("Export amounts in whole units, or divide the column by 100."),
)

_MONEY = ("order_total", "line_total", "amount", "price")
_CENTS = re.compile(
    r"(?<![a-z])(cents?|centimes?|centimos?|pence|pennies|minor(?=[ _]?units?)|セント)(?![a-z])"
)


def check(report: Run) -> Finding | None:
    """Find a column of amounts that says cents."""
    named = [
        (file.path, file.columns[role])
        for file in report.inputs
        if file.kind == "orders"
        for role in _MONEY
        if role in file.columns and _CENTS.search(file.columns[role].casefold())
    ]
    if not named:
        return None
    path, column = named[0]
    return Finding(
        check="amounts-in-cents",
        severity=Severity.ERROR,
        says=Sentence(
            N_(
                "{file}: “{column}” is in cents, but its amounts count as whole units, 100 times "
                "too much. Divide the column by 100 and read the file again."
            ),
            {"file": path, "column": column},
        ),
    )
