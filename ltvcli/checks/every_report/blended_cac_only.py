"""Paid customers cannot be distinguished from others, so only a blended CAC is known."""

from __future__ import annotations

from ltvcli.checks.every_report._names import first_few
from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("Only a blended CAC"),
    definition=N_("A paid CAC needs the channel of both the spend and the new customers."),
    source="David Skok, SaaS Metrics 2.0, forentrepreneurs.com (blended and paid CAC)",
)


def check(report: Run) -> Finding | None:
    """Find that there is spend, but no paid CAC."""
    if report.acquisition is None or report.acquisition.paid_missing is None:
        return None
    acquisition = report.acquisition
    text = N_("Only a blended CAC (organic customers included) is known: {because}.")
    facts: dict[str, Fact] = {"because": report.acquisition.paid_missing.text}
    spent = [
        channel.channel
        for channel in acquisition.channels
        if channel.channel and channel.spend is not None
    ]
    came = [
        channel.channel
        for channel in acquisition.channels
        if channel.channel and channel.spend is None
    ]
    if spent and came:
        text = N_(
            "Only a blended CAC (organic customers included) is known: {because}. Spend "
            "is on {channels}, customers come from {others}; if a name differs, type "
            "--map spend.CHANNEL=NAME."
        )
        facts |= {"channels": first_few(spent), "others": first_few(came)}
    return Finding(check="blended-cac-only", severity=Severity.INFO, says=Sentence(text, facts))
