"""What was typed."""

from __future__ import annotations

from ltvcli.errors.kinds import UsageError
from ltvcli.language import N_


class UnknownNameError(UsageError):
    """A method, format, figure or command was asked for that does not exist."""

    problem = N_("There is no “{name}” among the {kind}.")
    hint = N_("Known: {known}.")


class NotARateError(UsageError):
    """A rate was not a number, or lay outside 0 to 1."""

    problem = N_("{name} must be a rate between 0% and 100%, not “{text}”.")
    hint = N_("Write five percent as 5% or as 0.05.")


class NotAnAmountError(UsageError):
    """An amount of money or a count was not a number, or was negative."""

    problem = N_("{name} must be a number of 0 or more, not “{text}”.")
    hint = N_("Write it as 5000, 5,000 or 5000.50.")


class NotADurationError(UsageError):
    """A length of time had no unit or no number."""

    problem = N_("{name} must be a length of time, not “{text}”.")
    hint = N_("Write two years as 2y, two years in months as 24mo, ninety days as 90d.")


class NotADateError(UsageError):
    """A date was not a calendar date."""

    problem = N_("{name} must be a date, not “{text}”.")
    hint = N_("Write the last day of October 2026 as 2026-10-31.")


class TooLargeError(UsageError):
    """A number, a length of time or a date is beyond anything that can be meant."""

    problem = N_("{name} must be at most {limit}, not “{text}”.")
    hint = N_("Check the number of digits, and the unit.")


class TooSmallError(UsageError):
    """A number or a length of time is next to nothing, or a date lies in another age."""

    problem = N_("{name} must be at least {limit}, not “{text}”.")
    hint = N_("Check the number of digits, and the unit.")


class NotAChoiceError(UsageError):
    """A setting takes one of a few words."""

    problem = N_("{name} must be one of {known}, not “{text}”.")
    hint = N_("Write for example {example}.")


class NothingGivenError(UsageError):
    """`ltv calc` with neither a file nor numbers."""

    problem = N_("There is nothing to calculate from.")
    hint = N_("Give a file (ltv calc orders.csv) or numbers (ltv calc --arpu 10000 --churn 5%).")


class MissingNumberError(UsageError):
    """Some numbers were given, but one more is needed."""

    problem = N_("{given} alone is not enough for a lifetime value.")
    hint = N_("Add {missing}.")


class TakesDataError(UsageError):
    """An option was typed that means nothing without a file."""

    problem = N_("{option} means nothing without data.")
    hint = N_("Leave it out, or give a file: ltv calc orders.csv {option} …")


class TakesOrdersError(UsageError):
    """An option was typed that means nothing for subscriptions."""

    problem = N_("{option} means nothing for subscriptions: they say themselves when they end.")
    hint = N_("Leave it out, or give a file of orders: ltv calc orders.csv {option} …")


class TwoCurrenciesError(UsageError):
    """Orders and subscriptions were given together, in different currencies."""

    problem = N_(
        "The orders are in {orders} and the subscriptions in {subscriptions}; they cannot be added."
    )
    hint = N_("Run them one by one, each with ltv calc.")


class ContradictionError(UsageError):
    """Two given numbers say different things."""

    problem = N_("{first} and {second} contradict each other: {because}.")
    hint = N_("Leave out {second}, or correct one of them.")


class NotACommandError(UsageError):
    """The first word is no command; often it is a file, and `calc` was left out."""

    problem = N_("There is no command “{name}”.")
    hint = N_("Did you mean: {near}?")


class UnknownOptionError(UsageError):
    """An option was typed that the command does not have."""

    problem = N_("There is no option {option} here.")
    hint = N_("Did you mean: {near}?")


class BrokenOptionError(UsageError):
    """The command line could not be understood."""

    problem = N_("The command line cannot be understood: {message}")
    hint = N_("ltv --help lists the commands, ltv calc --help its options.")


class UnknownTermError(UsageError):
    """`ltv explain` was asked for a word that is no term, and is near none."""

    problem = N_("There is no term “{name}” in ltv.")
    hint = N_("Run ltv explain to list all terms.")


class MisspeltTermError(UnknownTermError):
    """`ltv explain` was asked for a word that is nearly a term."""

    hint = N_("Did you mean {near}? ltv explain lists all terms.")
