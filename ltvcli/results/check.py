"""Results of `ltv check`: states of rules, their probabilities, and the channels notified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from ltvcli.language import N_
from ltvcli.results.figures import Estimate
from ltvcli.results.reports import TableReport
from ltvcli.results.review import Reason
from ltvcli.units import Money, Unit

ORDERS, SUBSCRIPTIONS = "orders", "subscriptions"


class Watched(Struct, frozen=True, kw_only=True):
    """A figure that a rule may name: its label and unit, and the exports that have it.

    `exact` figures are counted in full: no other customers could have made them another number.
    """

    label: str
    unit: Unit
    kinds: tuple[str, ...]
    exact: bool = False


WATCHED: Mapping[str, Watched] = {
    "ltv_to_cac": Watched(label=N_("LTV/CAC"), unit=Unit.RATIO, kinds=(ORDERS, SUBSCRIPTIONS)),
    "period_ltv": Watched(label=N_("Period LTV"), unit=Unit.MONEY, kinds=(ORDERS, SUBSCRIPTIONS)),
    "cac": Watched(label=N_("CAC"), unit=Unit.MONEY, kinds=(ORDERS, SUBSCRIPTIONS)),
    "payback": Watched(label=N_("Payback"), unit=Unit.MONTHS, kinds=(ORDERS, SUBSCRIPTIONS)),
    "retention_90d": Watched(label=N_("Retention at 90 days"), unit=Unit.RATE, kinds=(ORDERS,)),
    "aov": Watched(label=N_("Average order value"), unit=Unit.MONEY, kinds=(ORDERS,)),
    "margin": Watched(label=N_("Gross margin"), unit=Unit.RATE, kinds=(ORDERS, SUBSCRIPTIONS)),
    "net_revenue": Watched(label=N_("Net revenue"), unit=Unit.MONEY, kinds=(ORDERS,)),
    "spend": Watched(label=N_("Spend"), unit=Unit.MONEY, kinds=(ORDERS, SUBSCRIPTIONS), exact=True),
    "new_customers": Watched(
        label=N_("New customers"), unit=Unit.COUNT, kinds=(ORDERS, SUBSCRIPTIONS)
    ),
    "repeat_customers": Watched(label=N_("Repeat customers"), unit=Unit.COUNT, kinds=(ORDERS,)),
    "mrr": Watched(label=N_("MRR"), unit=Unit.MONEY, kinds=(SUBSCRIPTIONS,), exact=True),
    "subscribers": Watched(
        label=N_("Paying customers"), unit=Unit.COUNT, kinds=(SUBSCRIPTIONS,), exact=True
    ),
    "arpu": Watched(label=N_("ARPU"), unit=Unit.MONEY, kinds=(SUBSCRIPTIONS,), exact=True),
    "logo_churn": Watched(label=N_("Customer churn"), unit=Unit.RATE, kinds=(SUBSCRIPTIONS,)),
    "nrr": Watched(label=N_("NRR"), unit=Unit.RATE, kinds=(SUBSCRIPTIONS,)),
    "grr": Watched(label=N_("GRR"), unit=Unit.RATE, kinds=(SUBSCRIPTIONS,)),
}
"""What a rule can watch, each of one whole calendar month."""


class RuleState(StrEnum):
    """The result of a rule."""

    OK = N_("ok")
    PENDING = N_("pending")
    FIRING = N_("firing")
    NO_DATA = N_("no data")
    RESOLVED = N_("resolved")


class Missing(StrEnum):
    """Why a rule cannot be decided."""

    NOT_MEASURED = "not-measured"
    NOT_OF_THIS_KIND = "not-of-this-kind"
    NO_SEGMENT = "no-segment"
    NO_MONTH = "no-month"
    FEW_MONTHS = "few-months"


class Evaluation(Struct, frozen=True, kw_only=True):
    """The evaluation of a rule for one segment, in one month.

    Attributes:
        rule: its name.
        segment: "" for all customers.
        month: that was looked at, as 2026-10; "" where the data holds no whole one.
        figure: the first that decides.
        estimate: its value; None where it is not known.
        usual: the mean of earlier months, of a rule that looks for changes.
        limit: the number that the figure is compared with; None for `changed`.
        probability: that the condition holds, at least; None where that is not known.
        p_value: of a change, all segments counted; None without `changed`.
        holds: whether the condition holds surely enough; None where that is not known.
        missing: why it is not known.
        holds_since: the month since which it holds without a break; "" where it does not.
        months: how many months that is.
        money: a month, from the limit or from what is usual; positive where more is worth more.
        parts: why the lifetime value moved since the month before, largest first.
        moved: the figure that `parts` explain.
    """

    rule: str
    segment: str
    month: str
    figure: str
    estimate: Estimate | None
    usual: float | None
    limit: float | None
    probability: float | None
    p_value: float | None
    holds: bool | None
    missing: Missing | None
    holds_since: str = ""
    months: int = 0
    money: Money | None = None
    parts: tuple[Reason, ...] = ()
    moved: str = ""


class Standing(Struct, frozen=True, kw_only=True):
    """The state of a rule and segment: since which day of the data, and for how many runs.

    `alarmed` is whether it fired and has not been resolved since.
    """

    state: RuleState
    since: date
    runs: int
    alarmed: bool


class Watch(Struct, frozen=True, kw_only=True):
    """A rule and segment after a run: the result, and the new state.

    `changed` is whether the state is another than before; `delivered` and `undelivered` are the
    channels that took a message of it in this run, and those that did not.
    """

    evaluation: Evaluation
    standing: Standing
    severity: str
    when: str
    sure: float
    runs: int
    changed: bool
    delivered: tuple[str, ...] = ()
    undelivered: tuple[str, ...] = ()


class Episode(Struct, frozen=True, kw_only=True):
    """A time in which a rule would have fired: its first month, and the month it ended.

    `resolved` is "" where it was not over by the last month.
    """

    segment: str
    fired: str
    resolved: str
    figure: str
    estimate: Estimate | None
    probability: float | None

    def until(self, month: str) -> Episode:
        """Return the episode as over in a month."""
        return replace(self, resolved=month)


class Replay(Struct, frozen=True, kw_only=True):
    """The months in which a rule would have fired, of `months`, of which `decided` had data."""

    rule: str
    months: int
    decided: int
    episodes: tuple[Episode, ...]


class CheckReport(TableReport, frozen=True, kw_only=True):
    """Every rule after a run.

    `kept` is the file that the states are kept in, "" for none. `undelivered` says by channel why
    it did not take a message, `skipped` by rule the segments that it was not applied to. `replays`
    are there in a dry run only, and `watches` in all others.
    """

    kind: ClassVar = "check"
    watches: tuple[Watch, ...] = ()
    replays: tuple[Replay, ...] = ()
    kept: str = ""
    undelivered: Mapping[str, str] = field(default_factory=dict)
    skipped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def fails(self) -> bool:
        """Whether a rule of severity error fires."""
        return any(
            watch.standing.state is RuleState.FIRING and watch.severity == "error"
            for watch in self.watches
        )
