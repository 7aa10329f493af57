"""Amounts whose commas are taken as separators of thousands, without a cell that proves it."""

from __future__ import annotations

from ltvcli.checks.every_report._names import first_few
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Commas assumed to separate thousands"),
    definition=N_(
        "Every amount of a column is written like 1,234. Its comma is read as a separator of "
        "thousands; if it separates decimals, all amounts are 1,000 times too high. Currencies "
        "without decimals leave no doubt."
    ),
    source="ISO 4217 defines how many decimals a currency has",
)


def check(report: Run) -> Finding | None:
    """Find columns of which every amount can be read in two ways."""
    alerts = [
        (file.path, file.alerts["thousands-assumed"])
        for file in report.inputs
        if "thousands-assumed" in file.alerts
    ]
    if not alerts or (report.currency and _has_no_decimals(report.currency)):
        return None
    roles = dict.fromkeys(str(facts["role"]) for _, facts in alerts)
    flag = " ".join(f"--map {role}=," for role in roles)
    _, first = alerts[0]
    return Finding(
        check="thousands-assumed",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: every amount in “{column}” is written like “{example}”, and its comma is "
                "read as a separator of thousands. Type {flag} if it separates decimals."
            ),
            {
                "file": first_few(list(dict.fromkeys(path for path, _ in alerts))),
                "column": first["column"],
                "example": first["example"],
                "flag": flag,
            },
        ),
    )


def _has_no_decimals(currency: str) -> bool:
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency) == 0
