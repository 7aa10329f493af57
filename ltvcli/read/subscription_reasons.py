"""Reasons for excluded rows of subscriptions, besides those of every file."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About

SUBSCRIPTION_REASONS: dict[str, About] = {
    "never-paid": About(
        label=N_("Never paid"),
        definition=N_("The first payment was never made, so the subscription never began."),
    ),
    "not-started": About(
        label=N_("Not started"),
        definition=N_("The subscription begins after today."),
    ),
    "unknown-status": About(
        label=N_("Unknown status"),
        definition=N_("The status is blank or an unknown word."),
        pitfalls=N_("If the column is not the state, name the right one: --map status=COLUMN."),
    ),
    "interval-unknown": About(
        label=N_("Unknown interval"),
        definition=N_(
            "The row has no billing interval, or an unknown word for it; a guess could be wrong "
            "by a factor of twelve."
        ),
        pitfalls=N_("Write month, 3 months, year; or set it for all rows: --map interval=month."),
    ),
    "not-recurring": About(
        label=N_("Not recurring"),
        definition=N_("A one-off purchase, not a subscription."),
    ),
    "proration": About(
        label=N_("Part of a period"),
        definition=N_("A charge or credit for part of a period, made when a plan changed."),
        pitfalls=N_("The new price counts from the next whole period on."),
    ),
    "negative-amount": About(
        label=N_("Negative amount"),
        definition=N_("The price is negative: a credit or a refund, not a subscription."),
    ),
    "free": About(
        label=N_("Free"),
        definition=N_("The price before discounts is 0: a free plan, or a month without payment."),
    ),
    "end-before-start": About(
        label=N_("End before start"),
        definition=N_("The subscription ends before it begins."),
        pitfalls=N_("Often day and month were swapped; type --date-format."),
    ),
    "ended-same-day": About(
        label=N_("Ended on the first day"),
        definition=N_("The subscription ends on the day it begins, so it counts on no day."),
    ),
    "end-missing": About(
        label=N_("End missing"),
        definition=N_("The status says that the subscription has ended, but there is no end date."),
        pitfalls=N_("If another column has the end date, type --map end=COLUMN."),
    ),
    "already-ended": About(
        label=N_("Already ended"),
        definition=N_("The status of that month says that the subscription had ended."),
    ),
    "ended-but-active": About(
        label=N_("End date and status differ"),
        definition=N_(
            "The end date has passed, but the status says that the subscription is active. A "
            "future end date is a planned end and is kept."
        ),
        pitfalls=N_("If the column is the date of the cancellation request, map it as asked."),
    ),
    "overlap": About(
        label=N_("Overlaps another row"),
        definition=N_(
            "An earlier row of the same subscription is still active when this one begins; also a "
            "duplicated row."
        ),
        pitfalls=N_("Give each row of a changed plan its end, or each subscription its own ID."),
    ),
}
