"""Messages that a channel did not take: they are sent again in the next run."""

from __future__ import annotations

from ltvcli.language import N_, Marked
from ltvcli.results import About, Finding, Sentence, Severity
from ltvcli.results.check import CheckReport

ABOUT = About(
    label=N_("Messages not delivered"),
    definition=N_(
        "A channel did not accept a message within a few seconds. The message is kept in the "
        "history, and every later run tries again until the channel accepts it."
    ),
    source="Rule of ltv: no alert is lost",
)


def check(report: CheckReport) -> Finding | None:
    """Name the channels that did not take a message, and why."""
    if not report.undelivered:
        return None
    parts = {
        f"part_{number}": Sentence(
            N_("{channel} ({because})"), {"channel": channel, "because": Marked(because)}
        )
        for number, (channel, because) in enumerate(report.undelivered.items())
    }
    channels = Sentence(", ".join(f"{{{name}}}" for name in parts), parts)
    return Finding(
        check="messages-unsent",
        severity=Severity.WARNING,
        says=Sentence(
            N_("Not delivered: {channels}. The next run sends it again."), {"channels": channels}
        ),
    )
