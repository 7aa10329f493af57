"""Claims that contradict the data."""

from __future__ import annotations

from collections.abc import Mapping

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import CLAIMS, AuditReport, Compared
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Claim against data"),
    definition=N_(
        "A claimed figure is outside the 95% CI of the same figure measured from the "
        "files, or differs from an exact number."
    ),
    source="README, How to read a result",
)
ASK = N_("Which files, customers and months is the claimed figure based on?")


def check(report: AuditReport) -> Finding | None:
    """Find claims that contradict the data, and name the one that differs most."""
    contradicted = [compared for compared in report.compared if compared.agrees is False]
    if not contradicted:
        return None
    worst = max(contradicted, key=_distance)
    unit = CLAIMS[worst.claim].unit
    facts: dict[str, Fact] = {
        "claim": CLAIMS[worst.claim].label,
        "claimed": Quantity(worst.claimed, unit),
        "all": ", ".join(dict.fromkeys(compared.claim for compared in contradicted)),
    }
    if worst.value is None:
        facts["low"] = Quantity(worst.low or 0.0, unit)
        says = N_(
            "Claims that contradict the data: {all}. {claim} of {claimed} is claimed, but"
            " the CAC was not recovered in {low} of data."
        )
        return _finding(says, facts)
    facts["measured"] = Quantity(worst.value, unit)
    says = N_(
        "Claims that contradict the data: {all}. Largest gap: {claim}, claimed {claimed},"
        " measured {measured}."
    )  # fmt: skip
    if worst.low is not None and worst.high is not None:
        facts |= {"low": Quantity(worst.low, unit), "high": Quantity(worst.high, unit)}
        says = N_(
            "Claims that contradict the data: {all}. Largest gap: {claim}, claimed "
            "{claimed}, measured {measured} (95% CI {low}–{high})."
        )
        if worst.horizon:
            facts["months"] = Quantity(worst.horizon, Unit.COUNT)
            says = N_(
                "Claims that contradict the data: {all}. Largest gap: {claim}, claimed {claimed}, "
                "measured {measured} (95% CI {low}–{high}) over {months} {months:month|months}."
            )
    return _finding(says, facts)


def _distance(compared: Compared) -> float:
    value = compared.value if compared.value is not None else compared.low or 0.0
    return abs(compared.claimed - value) / (abs(value) or 1.0)


def _finding(says: str, facts: Mapping[str, Fact]) -> Finding:
    return Finding(check="claim-against-data", severity=Severity.ERROR, says=Sentence(says, facts))
