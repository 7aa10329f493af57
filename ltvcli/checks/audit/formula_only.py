"""Claims that follow from a formula, but that no data supports."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import CLAIMS, AuditReport, Compared
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Claim based on a formula only"),
    definition=N_(
        "The claim is consistent with a formula or a model, but outside the 95% CI of the"
        " observed value. ARPU / churn counts years that no customer has reached."
    ),
    source="Fader & Hardie (2012), brucehardie.com/notes/024, equation 1",
)
ASK = N_("Which customers have already reached the claimed value, and in how many months?")


def check(report: AuditReport) -> Finding | None:
    """Find claims that only a formula supports, and compare the first with the observed value."""
    claims = [compared for compared in report.compared if compared.formula]
    if not claims:
        return None
    names = ", ".join(claim.claim for claim in claims)
    return Finding(check="formula-only", severity=Severity.WARNING, says=_says(claims[0], names))


def _says(compared: Compared, names: str) -> Sentence:
    unit = CLAIMS[compared.claim].unit
    facts: dict[str, Fact] = {
        "all": names,
        "claim": CLAIMS[compared.claim].label,
        "claimed": Quantity(compared.claimed, unit),
        "formula": compared.formula,
    }
    if compared.value is None:
        facts["low"] = Quantity(compared.low or 0.0, unit)
        text = N_(
            "Consistent with a formula only, not supported by the data: {all}. {claim} of"
            " {claimed} follows from {formula}; the CAC was not recovered in {low} of "
            "data."
        )
        return Sentence(text, facts)
    facts["observed"] = Quantity(compared.value, unit)
    if compared.horizon is None:
        text = N_(
            "Consistent with a formula only, not supported by the data: {all}. {claim} of"
            " {claimed} follows from {formula}; observed is {observed}."
        )
        return Sentence(text, facts)
    facts["months"] = Quantity(compared.horizon, Unit.COUNT)
    text = N_(
        "Consistent with a formula only, not supported by the data: {all}. {claim} of {claimed} "
        "follows from {formula}; observed is {observed} over {months} {months:month|months}."
    )
    return Sentence(text, facts)
