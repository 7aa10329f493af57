"""Claims that the data room does not bear out."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.audit import CLAIMS, AuditReport

ABOUT = About(
    label=N_("Claim against data"),
    definition=N_(
        "A claimed figure lies outside the 95% interval of the same figure measured from the "
        "files, or is another number where nothing was estimated."
    ),
    source="METRICS in the README",
)
ASK = N_("Which files, which customers and which months is the claimed figure made from?")


def check(report: AuditReport) -> Finding | None:
    """Find claims outside the data, and name the one that is furthest out."""
    apart = [one for one in report.compared if not one.agrees]
    if not apart:
        return None
    worst = max(apart, key=lambda one: abs(one.claimed - one.value) / (abs(one.value) or 1.0))
    unit = CLAIMS[worst.claim].unit
    facts: dict[str, Fact] = {
        "claim": CLAIMS[worst.claim].label,
        "claimed": Quantity(worst.claimed, unit),
        "measured": Quantity(worst.value, unit),
        "all": ", ".join(dict.fromkeys(one.claim for one in apart)),
    }
    says = N_("Not what the files say: {all}. Furthest out: {claim}, claimed {claimed}, measured "
              "{measured}.")  # fmt: skip
    if worst.low is not None and worst.high is not None:
        facts |= {"low": Quantity(worst.low, unit), "high": Quantity(worst.high, unit)}
        says = N_(
            "Not what the files say: {all}. Furthest out: {claim}, claimed {claimed}, measured "
            "{measured} ({low} to {high})."
        )
    return Finding(check="claim-against-data", severity=Severity.ERROR, says=Sentence(says, facts))
