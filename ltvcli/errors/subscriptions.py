"""Subscriptions and MRR."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UnansweredError, UsageError
from ltvcli.language import N_


class MissingRecurringAmountError(InputError):
    """No column holds the recurring amount."""

    problem = N_("{file} ({label}): no amount column found. Available columns: {columns}.")
    hint = N_(
        "Map the column by its content: --map mrr=COLUMN for the recurring total per month (arr "
        "per year), --map amount=COLUMN for the total billed per interval, --map price=COLUMN for "
        "the price of one unit, which is multiplied by the quantity."
    )


class TotalTimesCountError(InputError):
    """A total was typed as the price of one unit."""

    problem = N_(
        "{file}: by its name, “{column}” is a total; as a price it would be multiplied by "
        "“{quantity}”."
    )
    hint = N_("Type {flag}; the price of one unit is another column.")


class MissingIntervalError(InputError):
    """Amounts without a billing interval."""

    problem = N_("{file}: the billing interval of “{column}” is unknown.")
    hint = N_(
        "Set the interval for all rows, --map interval=month, or name its column, --map "
        "interval=COLUMN."
    )


class IntervalProposedError(MissingIntervalError):
    """No column is used for the interval, but the words of one name it."""

    problem = N_("{file}: no header shows the billing interval of “{column}”.")
    hint = N_("“{other}” shows it in words such as “{example}”: type {flag}.")


class MovementsError(InputError):
    """A list of changes of MRR in place of subscriptions."""

    problem = N_(
        "{file}: “{column}” lists changes, such as “{example}”: a row is a movement of MRR, not a "
        "subscription."
    )
    hint = N_(
        "Export subscriptions with a first and a last day, or the MRR of each customer by month."
    )


class UnknownIntervalError(InputError):
    """No row of a column of intervals is recognised."""

    problem = N_("{file}: “{column}” contains no billing interval; it contains “{example}”.")
    hint = N_("Write month, 3 months, year, or set it for all rows: --map interval=month.")


class NumericIntervalError(InputError):
    """A column of intervals holds numbers without a unit."""

    problem = N_(
        "{file}: “{column}” contains numbers such as “{example}”, but their unit is unknown."
    )
    hint = N_(
        'If they are months, type --map interval=month --map interval_count="{column}"; if another '
        "column says day, month or year, type --map interval=COLUMN "
        '--map interval_count="{column}".'
    )


class UnknownStatusError(InputError):
    """No row of a status column is recognised."""

    problem = N_(
        "{file}: “{column}” has no known state of a subscription; it contains “{example}”."
    )
    hint = N_(
        "Define its words: --words '{example}=sale'; or cancelled, trial, past-due, paused, unpaid."
    )


class NotAUnitError(UsageError):
    """--map unit takes whole or cents."""

    problem = N_("--map unit must be whole or cents, not “{text}”.")
    hint = N_("Write --map unit=cents if 1000 means ten dollars.")


class NoDayError(InputError):
    """Tenure without any date, and no --as-of."""

    problem = N_("{file}: months in “{column}”, but no date anywhere.")
    hint = N_("Give the day up to which the months count: --as-of 2026-10-31.")


class MixedSubscriptionCurrencyError(InputError):
    """Prices in several currencies cannot be added."""

    problem = N_("The subscriptions are in several currencies, which cannot be added: {counts}.")
    hint = N_("Choose one: --currency {currency}; rows in other currencies are excluded.")


class ConvertedSubscriptionCurrencyError(MixedSubscriptionCurrencyError):
    """Prices in several currencies, in a file that has them in one currency, too."""

    problem = N_(
        "The subscriptions are in several currencies, which cannot be added: {counts}. {columns} "
        "hold the same amounts in one currency."
    )
    hint = N_(
        "Use these columns: {flags}; or count the subscriptions of one currency only: --currency "
        "{currency}."
    )


class NoSubscribersError(UnansweredError):
    """Not one subscription has a customer."""

    problem = N_(
        "{file}: “{column}” is empty in all {count} {count:row|rows}, so no customer is known."
    )
    hint = N_("Name the customer column: --map customer=COLUMN.")


class NoSubscriptionsError(UnansweredError):
    """Every row was excluded."""

    problem = N_("No subscriptions are left to count. Excluded rows: {reasons}.")
    hint = N_("ltv explain REASON explains a reason; --rejects FILE writes the excluded rows.")


class NoMonthShownError(UnansweredError):
    """No month of the data lies between --from and --to."""

    problem = N_("No month of the subscriptions is in the chosen period.")
    hint = N_("The data goes from {first} to {last}: leave out --from and --to, or widen them.")


class NobodyPaidError(UnansweredError):
    """All subscriptions are trials, unpaid, paused or free."""

    problem = N_("No customer has paid for a subscription by {as_of}.")
    hint = N_("ltv mrr shows them by month; --as-of sets the cut-off date.")


class OrdersMetricError(UsageError):
    """A metric of orders was asked for of subscriptions."""

    problem = N_("--metric {metric} does not exist for subscriptions, which have no orders.")
    hint = N_(
        "Use --metric retention for customers who pay, revenue-retention or revenue for what they "
        "pay."
    )


class OrdersOnlyError(UsageError):
    """An option does not apply to subscriptions."""

    problem = N_("ltv {command} {option} does not exist for subscriptions: it follows orders.")
    hint = N_("Leave {option} out, or give a file of orders: ltv {command} orders.csv {option} …")


class SubscriptionsMetricError(UsageError):
    """A metric of subscriptions was asked for of orders."""

    problem = N_("--metric {metric} does not exist for orders, which have no recurring revenue.")
    hint = N_("Use --metric revenue for revenue per customer by month.")


class UndatedCohortsError(UnansweredError):
    """Lifetimes are known, but not the start dates."""

    problem = N_(
        "The file shows how long customers stayed, but not when they started and left, so there "
        "are no cohorts."
    )
    hint = N_(
        "Name the columns of the first and last day: --map start=COLUMN --map end=COLUMN; ltv "
        "calc values customers without them."
    )


class NoFileError(UsageError):
    """A command that needs files was given none."""

    problem = N_("There is no file to read.")
    hint = N_("Give one: ltv {command} {example}.")
