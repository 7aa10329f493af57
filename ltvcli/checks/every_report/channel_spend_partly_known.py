"""A channel whose spend is known for fewer months than that of others, perhaps without a file."""

from __future__ import annotations

from ltvcli.checks.every_report._names import first_few
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

ABOUT = About(
    label=N_("Channel without spend in some months"),
    definition=N_(
        "Months in which the spend of other channels is known, but not that of this one. "
        "If money was spent, the blended CAC is too low; the CAC of the channel uses its "
        "own months only."
    ),
    source="Completeness of the input",
)


def check(report: Run) -> Finding | None:
    """Find channels whose file of spend ends before, or begins after, that of others."""
    acquisition = report.acquisition
    if acquisition is None:
        return None
    months = {
        month.month.strftime("%Y-%m")
        for month in acquisition.months
        if month.complete and month.spend
    }
    missing: dict[str, int] = {}
    for channel in acquisition.channels:
        if channel.channel and channel.spend:
            rows = (row for row in acquisition.by_month if row["channel"] == channel.channel)
            known = {row["month"] for row in rows if row["spend"] is not None}
            missing[channel.channel] = len(months - known) if known else 0
    short = [name for name, count in missing.items() if count]
    if not short:
        return None
    return Finding(
        check="channel-spend-partly-known",
        severity=Severity.INFO,
        says=Sentence(
            N_(
                "Spend on {channels} is missing for {months} of the months with other "
                "spend: if money was spent, the blended CAC is too low."
            ),
            {
                "channels": first_few(short),
                "months": Quantity(max(missing.values()), Unit.COUNT),
            },
        ),
    )
