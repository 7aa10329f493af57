"""Formats of numbers and dates."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class NotNumbersError(InputError):
    """A column of amounts holds words."""

    problem = N_("{file}: “{column}” is not a column of amounts; it contains “{example}”.")
    hint = N_("Name the amount column: --map amount=COLUMN.")


class NotDecimalError(UsageError):
    """--map decimal, spend_decimal and deal_decimal take a point or a comma."""

    problem = N_("--map {role} must be a point or a comma, not “{text}”.")
    hint = N_("Write --map {role}=, if 1.234,50 is one thousand.")


class MixedDecimalError(InputError):
    """Some amounts have a decimal point and others a decimal comma."""

    problem = N_(
        "{file}: “{column}” is written in two ways: “{point}” has a decimal point, "
        "“{comma}” a comma."
    )
    hint = N_("Choose one: --map {role}=. or --map {role}=, (the other amounts are excluded).")


class AmbiguousDecimalError(InputError):
    """A point or comma may separate thousands or decimals."""

    problem = N_("{file}: “{example}” in “{column}” may be about one or about one thousand.")
    hint = N_("Choose the decimal separator: --map {role}=. or --map {role}=,")


class NotDatesError(InputError):
    """A column of dates holds something else."""

    problem = N_("{file}: “{column}” cannot be read as dates; it contains “{example}”.")
    hint = N_(
        "Give their format, such as --date-format %d/%m/%Y (excel for serial numbers), or name "
        "the right column: --map date=COLUMN."
    )


class MixedDateError(InputError):
    """Dates have day, month and year in several orders."""

    problem = N_(
        "{file}: “{column}” is written in several ways: no order of day, month and year fits all "
        "of {examples}."
    )
    hint = N_("Choose the right one (the others are excluded): {flags}.")


class AmbiguousDateError(InputError):
    """No date shows the order of day, month and year."""

    problem = N_("{file}: “{example}” in “{column}” can be read as more than one date.")
    hint = N_("Give the format of the dates: {flags}.")
