"""Discounts or coupons in a column that is not used."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Discounts not used"),
    definition=N_(
        "A column of discounts or coupons is filled and not used. If the amount is before "
        "discounts, revenue is overstated."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Find discounts that were not subtracted and may have to be."""
    facts = combined(report, "discounts-unused")
    if facts is None:
        return None
    if "discount" not in facts:
        text = N_(
            "{file}: “{column}” is not used. {rows} {rows:row|rows} with {revenue} "
            "{rows:names|name} a discount; make sure that {rows:its amount is|their amounts are} "
            "after it."
        )
        return Finding(check="discounts-unused", severity=Severity.INFO, says=Sentence(text, facts))
    facts.pop("revenue")
    option = f'--map discount="{facts["column"]}"'
    text = N_(
        "{file}: “{column}” is not used: {discount} in {rows} {rows:row|rows}. If “{amount}” is "
        "before discounts, type {flag}."
    )
    return Finding(
        check="discounts-unused",
        severity=Severity.INFO,
        says=Sentence(text, facts | {"flag": option}),
        option=option,
    )
