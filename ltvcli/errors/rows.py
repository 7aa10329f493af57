"""Rows: totals, currencies, IDs and dates."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UnansweredError, UsageError
from ltvcli.language import N_


class AmbiguousTotalError(InputError):
    """An amount may be the total of an order or of a row."""

    problem = N_(
        "{file}: several rows have the same order ID, and “{column}” may be the total of "
        "the order or "
        "of the row."
    )
    hint = N_("Choose one: --map order_total={column} or --map line_total={column}.")


class MixedCurrencyError(InputError):
    """Amounts in several currencies cannot be added."""

    problem = N_("The orders are in several currencies, which cannot be added: {counts}.")
    hint = N_("Choose one: --currency {currency}; rows in other currencies are excluded.")


class ConvertedCurrencyError(MixedCurrencyError):
    """Amounts in several currencies, in a file that has them in one currency, too."""

    problem = N_(
        "The orders are in several currencies, which cannot be added: {counts}. {columns} hold the "
        "same amounts in one currency."
    )
    hint = N_(
        "Use these columns: {flags}; or count the orders of one currency only: --currency "
        "{currency}."
    )


class AllZeroError(UnansweredError):
    """Every amount is zero."""

    problem = N_("{file}: every amount in “{column}” is 0.")
    hint = N_("Name the amount column: --map amount=COLUMN.")


class NoCustomersError(UnansweredError):
    """Not one order has a customer."""

    problem = N_(
        "{file}: “{column}” is empty in all {count} {count:order|orders}, so no customer is known."
    )
    hint = N_("Name the customer column: --map customer=COLUMN.")


class DamagedIdsError(InputError):
    """Ids have lost the digits that distinguish customers or subscriptions."""

    problem = N_(
        "{file}: {count} IDs in “{column}” have lost digits in a spreadsheet, such as {example}: "
        "different IDs are now the same."
    )
    hint = N_("Export the file again and do not open it in a spreadsheet before it is read.")


class DamagedIdsWithEmailError(DamagedIdsError):
    """They have, and the file names customers by e-mail address as well."""

    hint = N_("Type {flag}, or export the file again.")


class NothingUsableError(UnansweredError):
    """Every row was excluded."""

    problem = N_("No orders are left to count. Excluded rows: {reasons}.")
    hint = N_("ltv explain REASON explains a reason; --rejects FILE writes the excluded rows.")


class TooManySegmentsError(UsageError):
    """A column of --by has so many values that it identifies customers, not segments."""

    problem = N_("--by gives {count} {count:segment|segments}; at most {most} can be compared.")
    hint = N_("Name a column with fewer values, such as --by channel or --by country.")


class NotADateFormatError(UsageError):
    """--date-format lacks the day, month or year."""

    problem = N_("--date-format “{text}” does not contain day, month and year.")
    hint = N_(
        "Write 10/31/2026 as --date-format %m/%d/%Y, 31.10.26 as --date-format %d.%m.%y, 31-Oct-26 "
        "as --date-format %d-%b-%y, serial numbers of a spreadsheet as --date-format excel."
    )
