"""Definitions of MRR and churn of well-known tools: one record of switches per convention.

Published definitions change and are often settings; a record here is the published default as of
November 2026. Switches that a vendor does not document are as in `standard`, and `unstated` names
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ltvcli.errors import UnknownNameError
from ltvcli.language import N_

CountsAs = Literal["out", "customer", "mrr"]
"""How a subscription in a state counts: not at all, as a customer without MRR, or with its MRR."""


class Convention(Struct, frozen=True, kw_only=True):
    """The switches. Paid and past-due periods count in MRR under every convention.

    Attributes:
        name: as typed.
        churn_date: MRR ends when the paid period does, or when the customer asks to cancel.
        trials: how a trial counts.
        unpaid: how a subscription counts whose dunning has failed but which was never cancelled.
        paused: how a paused subscription counts.
        late_days: days past due after which a customer counts as lost; None: only the end counts.
        free: whether a price of 0 makes a customer: never, once they have paid, or always.
        listed: MRR before discounts.
        daily: each day's change is a movement; else the ends of the period are compared.
        leavers: logo churn counts customers of the opening who are gone at the close, or everyone
            who left, including those who joined after the opening or have come back.
        denominator: customers at the opening, or these and the new ones.
        trailing: rates cover this many days up to the month's end; None: the calendar month.
        sources: of the vendor's definitions.
        unstated: what they do not define.
    """

    name: str
    churn_date: Literal["ended", "asked"] = "ended"
    trials: CountsAs = "out"
    unpaid: CountsAs = "out"
    paused: CountsAs = "out"
    late_days: int | None = None
    free: Literal["out", "after-paying", "customer"] = "out"
    listed: bool = False
    daily: bool = False
    leavers: Literal["gone", "left"] = "gone"
    denominator: Literal["start", "start-and-new"] = "start"
    trailing: int | None = None
    sources: tuple[str, ...] = ()
    unstated: str = ""


STANDARD = Convention(name="standard")

CONVENTIONS: Mapping[str, Convention] = {
    convention.name: convention
    for convention in (
        STANDARD,
        Convention(
            name="chartmogul",
            unpaid="mrr",
            paused="mrr",
            free="after-paying",
            daily=True,
            sources=(
                "help.chartmogul.com/article/242-churn-recognition (when the subscription ends)",
                "help.chartmogul.com/article/303-handling-past-due-subscriptions",
                "help.chartmogul.com/hc/en-us/articles/360015688860 (paused, from Stripe)",
                "help.chartmogul.com/hc/en-us/articles/15384089786524 (free customers stay active)",
                "help.chartmogul.com/hc/en-us/articles/203359321 (churn leaves out who joined)",
                "help.chartmogul.com/hc/en-us/articles/201244842 (each change is a movement)",
            ),
        ),
        Convention(
            name="stripe",
            churn_date="asked",
            listed=True,
            daily=True,
            leavers="left",
            denominator="start-and-new",
            trailing=30,
            sources=(
                "docs.stripe.com/billing/subscriptions/analytics/glossary",
                "support.stripe.com/questions/calculating-subscriber-churn-rate-in-billing",
                "support.stripe.com/questions/impact-of-subscription-cancellations-on-monthly-"
                "recurring-revenue-mrr-in-billing",
                "support.stripe.com/questions/impact-of-discounts-and-coupons-on-monthly-recurring-"
                "revenue-mrr-in-billing (coupons that end do not lower MRR)",
                "support.stripe.com/questions/metric-configurations (both are settings)",
            ),
            unstated=N_(
                "The data does not show which discounts are permanent: all are assumed to end."
            ),
        ),
        Convention(
            name="recurly",
            trials="customer",
            unpaid="mrr",
            paused="customer",
            free="customer",
            leavers="left",
            sources=(
                "docs.recurly.com/docs/analytics-dashboard (trial and paused are subscribers)",
                "docs.recurly.com/docs/subscriptions-churned (churn is expiry)",
                "support.recurly.com/hc/en-us/articles/360027455352 (failed charges stay in MRR)",
                "support.recurly.com/hc/en-us/articles/360041809372 (month against month)",
                "support.recurly.com/hc/en-us/articles/360023274811 (gone a day is churned)",
                "paddle.com/help/profitwell-metrics/measure/compare/profitwell-vs-recurly",
            ),
        ),
        Convention(
            name="baremetrics",
            late_days=30,
            daily=True,
            leavers="left",
            trailing=30,
            sources=(
                "help.baremetrics.com/en/articles/5380347-user-and-revenue-churn",
                "help.baremetrics.com/en/articles/5380330-monthly-recurring-revenue",
                "help.baremetrics.com/en/articles/5380343-cancellations-and-downgrades",
                "changelog.baremetrics.com/churn-update-4pqo9O (who joined and left is churn)",
            ),
            unstated=N_(
                "When a cancellation at the end of a period counts, and how pauses count. Not "
                "included: a trailing year for longer plans, and churn capped at the MRR of 30 "
                "days ago."
            ),
        ),
        Convention(
            name="profitwell",
            sources=(
                "paddle.com/help/profitwell-metrics/measure/subscription-retention/churn",
                "paddle.com/help/profitwell-metrics/measure/subscription-retention/"
                "are-cancellations-in-the-first-month-counted-as-churn (they are not)",
                "paddle.com/help/profitwell-metrics/measure/compare/profitwell-vs-chargify",
            ),
            unstated=N_("The denominator of churn."),
        ),
    )
}

MEANS: Mapping[str, str] = {
    "standard": N_(
        "The definition most tools share: MRR ends with the paid period; trials, unpaid and paused "
        "subscriptions are excluded; each month is compared with the month before."
    ),
    "chartmogul": N_("MRR and churn as ChartMogul publishes its defaults."),
    "stripe": N_("MRR and churn as Stripe Billing publishes its defaults."),
    "recurly": N_("MRR and churn as Recurly publishes its defaults."),
    "baremetrics": N_("MRR and churn as Baremetrics publishes its defaults."),
    "profitwell": N_("MRR and churn as ProfitWell publishes its defaults."),
}

CAUSES: Mapping[str, tuple[str, ...]] = {
    "cancel-date": ("churn_date",),
    "trials": ("trials",),
    "past-due": ("unpaid", "late_days"),
    "paused": ("paused",),
    "free": ("free",),
    "discounts": ("listed",),
    "same-month": ("daily", "leavers"),
    "denominator": ("denominator",),
    "trailing-window": ("trailing",),
}
"""Causes of differences between conventions, and the switches of each."""

INTERACTION = "interaction"

BECAUSE: Mapping[str, str] = {
    "cancel-date": N_("counts churn on the cancellation date, not at the end of the paid period"),
    "trials": N_("counts customers in trial"),
    "past-due": N_("treats past-due customers differently"),
    "paused": N_("counts paused subscriptions"),
    "free": N_("counts customers who pay nothing"),
    "discounts": N_("counts list prices, before discounts"),
    "same-month": N_("counts customers who join, change and leave within the month"),
    "denominator": N_("includes new customers in the denominator"),
    "trailing-window": N_("uses a trailing 30-day window instead of the calendar month"),
    INTERACTION: N_("two or more of these combined"),
}


def switches(name: str) -> str:
    """Write the switches of a convention that differ from `standard`.

    >>> switches("baremetrics")
    "late_days = 30, daily = True, leavers = 'left', trailing = 30"
    """
    chosen = CONVENTIONS[name]
    keys = (key for keys in CAUSES.values() for key in keys)
    changed = [key for key in keys if getattr(chosen, key) != getattr(STANDARD, key)]
    return ", ".join(f"{key} = {getattr(chosen, key)!r}" for key in changed)


def convention(name: str) -> Convention:
    """Find a convention by name.

    >>> convention("stripe").churn_date
    'asked'

    Raises:
        UnknownNameError: there is none of that name.
    """
    if name not in CONVENTIONS:
        raise UnknownNameError(kind=N_("conventions"), name=name, known=", ".join(CONVENTIONS))
    return CONVENTIONS[name]
