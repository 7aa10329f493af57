"""Higher spend at a constant CAC."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.whatif import WhatIfReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("No spend elasticity of CAC"),
    definition=N_(
        "Spend rises, but no elasticity is set for the response of CAC. CAC usually rises: the "
        "cheapest customers are acquired first."
    ),
    source="Lilien, Kotler & Moorthy (1992), Marketing Models: response to spend falls off",
)


def check(report: WhatIfReport) -> Finding | None:
    """Find spend that changes or grows without an elasticity of the CAC."""
    spends = "budget" in report.changed or report.growth
    if not spends or "budget" in report.links.get("cac", ()):
        return None
    return Finding(check="no-spend-elasticity", severity=Severity.WARNING, says=_says(report))


def _says(report: WhatIfReport) -> Sentence:
    """Suggest an elasticity, the measured one where the marginal CAC is known.

    If CAC is proportional to spend to the power e, the marginal CAC is CAC / (1 - e).
    """
    cac, marginal = report.cac, report.cac_marginal
    if cac is None or marginal is None or marginal <= cac:
        return Sentence(
            N_(
                "CAC is assumed constant at any spend, the best case; set its response in"
                " ltv.yaml: elasticities: {{cac: {{budget: 0.3}}}}."
            )
        )
    return Sentence(
        N_(
            "CAC is assumed constant at any spend, but the marginal CAC was {marginal} "
            "and the average {cac}: set elasticities: {{cac: {{budget: {elasticity}}}}} "
            "in ltv.yaml."
        ),
        {
            "marginal": Quantity(marginal, Unit.MONEY),
            "cac": Quantity(cac, Unit.MONEY),
            "elasticity": Quantity(1 - cac / marginal, Unit.RATIO),
        },
    )
