"""Ids and e-mail addresses that contradict each other."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.combined import CombinedReport
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Doubtful matches"),
    definition=N_(
        "Customers with the same ID but different e-mails may be different people. Customers who "
        "share an e-mail with several others are not matched."
    ),
    source="Rule of thumb",
)


def check(report: CombinedReport) -> Finding | None:
    """Find customers who may have been matched wrongly, or not at all."""
    matched = report.matched
    if not (matched.contradicting or matched.unclear):
        return None
    facts = {
        "contradicting": Quantity(matched.contradicting, Unit.COUNT),
        "unclear": Quantity(matched.unclear, Unit.COUNT),
    }
    text = N_(
        "{contradicting} {contradicting:customer has|customers have} the same ID but different "
        "e-mails in the two files."
    )
    if matched.unclear:
        text = N_(
            "{unclear} {unclear:customer shares|customers share} an e-mail with several others "
            "and were not matched."
        )
        if matched.contradicting:
            text = N_(
                "{contradicting} {contradicting:customer has|customers have} the same ID but "
                "different e-mails in the two files; {unclear} {unclear:shares|share} an e-mail "
                "with several others and were not matched."
            )
    severity = Severity.WARNING if matched.contradicting else Severity.INFO
    return Finding(check="match-doubtful", severity=severity, says=Sentence(text, facts))
