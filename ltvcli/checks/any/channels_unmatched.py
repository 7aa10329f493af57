"""Spend on channels that no customer came from: perhaps they are only called something else."""

from __future__ import annotations

import shlex
from difflib import get_close_matches

from ltvcli.checks.any._names import first_few
from ltvcli.language import N_
from ltvcli.results import About, Fact, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Channels without customers"),
    definition=N_(
        "Channels with spend, but without new customers. If the customers have another "
        "channel name, paid CAC and the CAC of the channel are wrong."
    ),
    source="Double-checking names; spend and orders come from different systems",
)


def check(report: Run) -> Finding | None:
    """Find channels with spend and without customers."""
    acquisition = report.acquisition
    if acquisition is None:
        return None
    spent = [
        channel
        for channel in acquisition.channels
        if channel.channel and channel.spend and channel.customers == 0
    ]
    if not spent:
        return None
    from ltvcli.facts.spend import FREE, key

    others = [
        channel.channel
        for channel in acquisition.channels
        if channel.channel and channel.spend is None
    ]
    came = [name for name in others if key(name) not in FREE]
    facts: dict[str, Fact] = {
        "channels": first_few([one.channel for one in spent]),
        "amount": Quantity(sum(one.spend or 0 for one in spent), Unit.MONEY),
    }
    text = N_("{amount} was spent on {channels}, but no new customer is attributed to it.")
    if came:
        facts["others"] = first_few(came)
        text = N_(
            "{amount} was spent on {channels}, but no new customer is attributed to it. "
            "Customers without spend come from {others}; if a name differs, type --map "
            "spend.CHANNEL=NAME."
        )
    return Finding(
        check="channels-unmatched",
        severity=Severity.WARNING,
        says=Sentence(text, facts),
        option=_option(spent[0].channel, came),
    )


def _option(channel: str, came: list[str]) -> str:
    """Offer the name of customers that comes near, if one does."""
    near = get_close_matches(channel.lower(), [name.lower() for name in came], n=1)
    name = next((one for one in came if near and one.lower() == near[0]), None)
    return f"--map {shlex.quote(f'spend.{channel}={name}')}" if name else ""
