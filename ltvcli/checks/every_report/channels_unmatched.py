"""Spend on channels without customers: perhaps they only have a different name."""

from __future__ import annotations

import shlex
from difflib import get_close_matches

from ltvcli.checks.every_report._names import first_few
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

    names = [
        channel.channel
        for channel in acquisition.channels
        if channel.channel and channel.spend is None
    ]
    unpaid = [name for name in names if key(name) not in FREE]
    facts: dict[str, Fact] = {
        "channels": first_few([channel.channel for channel in spent]),
        "amount": Quantity(sum(channel.spend or 0 for channel in spent), Unit.MONEY),
    }
    text = N_("{amount} was spent on {channels}, but no new customer is attributed to it.")
    if unpaid:
        facts["others"] = first_few(unpaid)
        text = N_(
            "{amount} was spent on {channels}, but no new customer is attributed to it. "
            "Customers without spend come from {others}; if a name differs, type --map "
            "spend.CHANNEL=NAME."
        )
    return Finding(
        check="channels-unmatched",
        severity=Severity.WARNING,
        says=Sentence(text, facts),
        option=_option(spent[0].channel, unpaid),
    )


def _option(channel: str, names: list[str]) -> str:
    """Suggest the most similar name of a channel of customers, if there is one."""
    near = get_close_matches(channel.lower(), [name.lower() for name in names], n=1)
    name = next(
        (
            name_of_customers
            for name_of_customers in names
            if near and name_of_customers.lower() == near[0]
        ),
        None,
    )
    return f"--map {shlex.quote(f'spend.{channel}={name}')}" if name else ""
