"""Spend."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UnansweredError, UsageError
from ltvcli.language import N_


class NotSpendError(InputError):
    """A file given with --spend holds something else."""

    problem = N_("{file} is {label}, not an ad-spend file.")
    hint = N_("Give this file without a flag, and give --spend a report of ad spend.")


class NoSpendColumnError(InputError):
    """There is no column of spend."""

    problem = N_("{file} ({label}): no spend column found. Available columns: {columns}.")
    hint = N_("Name the spend column: --map spend=COLUMN.")


class CumulativeSpendError(InputError):
    """The only column of spend is a running total."""

    problem = N_(
        "{file}: by its name, “{column}” is a running total; adding it up would count spend "
        "several times."
    )
    hint = N_(
        'Export the spend of each period. If the column contains it, type --map spend="{column}".'
    )


class NegativeSpendError(InputError):
    """Spend adds up to less than zero."""

    problem = N_("{file}: “{column}” adds up to less than zero.")
    hint = N_("Name the spend column: --map spend=COLUMN.")


class SpendSignsError(InputError):
    """One file of spend has only amounts below zero, another has amounts above."""

    problem = N_("{file} has only amounts below zero, and {other} has amounts above zero.")
    hint = N_("Use one sign for spend in all files: expenses positive, refunds negative.")


class NoSpendDayError(InputError):
    """Neither a column nor a title gives the day of the spend."""

    problem = N_(
        "{file} ({label}): no date column found for the spend. Available columns: {columns}."
    )
    hint = N_(
        "Export it by day, name the column with the day (--map spend_date=COLUMN), or give the "
        "period: --map spend_date=2026-09-01..2026-09-30."
    )


class SpendProposedError(InputError):
    """No header names spend or dates, but cells hold them."""

    problem = N_("{file} ({label}): no spend or date column found. Available columns: {columns}.")
    hint = N_("If {seen}, type: {command}")


class SpendNotNumbersError(InputError):
    """A column of spend holds words."""

    problem = N_("{file}: “{column}” is not a column of amounts; it contains “{example}”.")
    hint = N_("Name the spend column: --map spend=COLUMN.")


class SpendNotDatesError(InputError):
    """A column of days of spend holds something else."""

    problem = N_("{file}: “{column}” cannot be read as days or months; it contains “{example}”.")
    hint = N_("Name the date column: --map spend_date=COLUMN.")


class NoSpendError(UnansweredError):
    """Every row of spend was excluded."""

    problem = N_("{file}: no rows of spend are left to count. Excluded rows: {reasons}.")
    hint = N_("ltv explain REASON explains a reason.")


class SpendTwiceError(InputError):
    """Two files of spend hold the same rows."""

    problem = N_(
        "{file} and {other} have {count} {count:row|rows} in common, of the same channel, days and "
        "amount; {count:this|these} would count twice."
    )
    hint = N_(
        "Give files of different days or channels; if both were spent, give them different names: "
        "--spend NAME=FILE."
    )


class MixedSpendCurrencyError(InputError):
    """Spend in several currencies cannot be added."""

    problem = N_("The spend is in several currencies, which cannot be added: {counts}.")
    hint = N_("Give --spend files in one currency only.")


class SpendCurrencyError(InputError):
    """Spend and revenue are in different currencies."""

    problem = N_("The spend is in {spend}, but customers are counted in {customers}.")
    hint = N_(
        "Give --spend files in {customers}; if the orders are in both, choose with --currency "
        "{spend}."
    )


class NoSuchChannelError(UsageError):
    """--map spend.CHANNEL names a channel without spend."""

    problem = N_("--map spend.{name}: there is no spend on “{name}”.")
    hint = N_("There is spend on: {known}.")


class LagWithoutSpendError(UsageError):
    """--cac-lag was typed, but no --spend."""

    problem = N_("--cac-lag requires --spend.")
    hint = N_("Leave it out, or add a spend file: --spend spend.csv.")


class SpendForBothError(UsageError):
    """--spend with exports of orders and of subscriptions together."""

    problem = N_("--spend cannot be split between orders and subscriptions.")
    hint = N_("Run ltv calc on each, with its own --spend.")


class SpendElsewhereError(UnansweredError):
    """Spend and customers are known of different days."""

    problem = N_(
        "The spend is for new customers from {first} to {last}, but new customers are known from "
        "{begin} to {end} only."
    )
    hint = N_("Give --spend for the same period, or correct --cac-lag.")
