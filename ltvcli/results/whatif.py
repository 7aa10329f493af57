"""The effect of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ltvcli.language import N_
from ltvcli.results.reports import TableReport
from ltvcli.results.verdicts import Verdict
from ltvcli.units import Money

LABELS = {
    "churn": N_("churn"),
    "aov": N_("AOV"),
    "frequency": N_("orders per year"),
    "arpu": N_("ARPU"),
    "lifespan": N_("lifespan"),
    "margin": N_("margin"),
    "cac": N_("CAC"),
    "retention_cost": N_("retention cost"),
    "budget": N_("budget"),
}
"""Labels of levers."""


PAYBACK, PAYBACK_AFTER = N_("Payback"), N_("Payback after")
BREAK_EVEN, BETTER_GRADE = N_("Break-even"), N_("Better grade")
CASH = N_("Cash/customer")
"""Labels of statements that the short answer at the top of a page repeats."""


class WhatIfReport(TableReport, frozen=True, kw_only=True):
    """The effect of changes, and evidence for checks besides the tables.

    `changed` names the levers that were changed, `links` those on which each lever depends. `stage`
    is the stage of the business: it affects findings, but no figure. `cac_marginal` is the cost of
    an additional customer, if spend was read, besides the `cac` of all.
    """

    kind: ClassVar = "whatif"
    before: Verdict
    after: Verdict
    changed: tuple[str, ...] = ()
    links: Mapping[str, tuple[str, ...]]
    stage: str | None = None
    growth: bool = False
    cac: Money | None = None
    cac_marginal: Money | None = None
