"""Cancellations that match no customer."""

from __future__ import annotations

from ltvcli.checks import _unmatched
from ltvcli.language import N_
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.leavers import LeaversReport

ABOUT = About(
    label=N_("Cancellations without a customer"),
    definition=N_(
        "More than a tenth of the cancellations names an ID or e-mail address that no customer of "
        "the orders or subscriptions has, or that several have. They count nowhere, so their "
        "customers seem to have given no reason."
    ),
    source="Share of matching rows, as measured by ltv",
)


def check(report: LeaversReport) -> Finding | None:
    """Find files of cancellations with many unmatched rows."""
    facts = _unmatched.facts(report.inputs, "cancellations")
    if facts is None:
        return None
    return Finding(
        check="cancellations-unmatched",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{n} {n:cancellation matches|cancellations match} no customer ({share}): see them "
                "with --rejects FILE, or name the column with the same IDs, --map "
                "cancellation_customer=COLUMN."
            ),
            facts,
        ),
    )
