"""Logs of events that cannot be used."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class NoEventsError(InputError):
    """Not one row can be used."""

    problem = N_("{file} has no event that can be used: {reasons}.")
    hint = N_("Each row needs a customer ID or e-mail address, a day and what happened.")


class EventsNotMatchedError(InputError):
    """No event belongs to a customer of the orders or subscriptions."""

    problem = N_("No event in {file} is by a customer: it has {example}, and they have {other}.")
    hint = N_("Name the column with the same IDs or e-mail addresses: --map event_customer=COLUMN.")


class EventsWithoutStartError(UsageError):
    """Events without the day on which each customer began."""

    problem = N_("Events count from the day on which a customer began, which no file says.")
    hint = N_("Add the file of orders or subscriptions: ltv risk orders.csv --events events.csv")


class EventsWithoutCustomersError(UsageError):
    """Events without attributes of customers at signing."""

    problem = N_("Events are compared with what was known at signing, which no file says.")
    hint = N_("Add a file of customers: --customers customers.csv")


class RejectsWithoutFilesError(UsageError):
    """--rejects was typed, but no file is read whose rows it writes."""

    problem = N_("--rejects writes rows of orders, subscriptions and events; none were given.")
    hint = N_("Leave out --rejects: the rows of a file of customers are counted on the screen.")
