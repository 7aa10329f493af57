"""Spending more, at a CAC that stays as it is."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport

ABOUT = About(
    label=N_("CAC does not answer to spend"),
    definition=N_(
        "More is to be spent on winning customers, but nothing says that the next customer is "
        "dearer than the last. They usually are: the cheap ones are won first."
    ),
    source="Lilien, Kotler & Moorthy (1992), Marketing Models: response to spend falls off",
)
OF = WhatIfReport


def check(report: WhatIfReport) -> Finding | None:
    """Find spend that changes or grows without an elasticity of the CAC."""
    spends = "budget" in report.changed or report.growth
    if not spends or "budget" in report.links.get("cac", ()):
        return None
    return Finding(
        check="spend-unanswered",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "The CAC stays the same however much is spent, the most flattering case; say how "
                "it answers in ltv.yaml, elasticities: {{cac: {{budget: 0.3}}}}."
            )
        ),
    )
