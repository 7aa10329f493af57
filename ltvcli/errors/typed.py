"""Command lines and typed values."""

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
    hint = N_("Write five percent as 5% or 0.05, and half a percent as 0.5% or 0.005.")


class TypedCurrenciesError(UsageError):
    """Typed amounts are in different currencies, so that LTV/CAC is not defined."""

    problem = N_("{one} is in {sign}, but {other} in {unlike}: they cannot be compared.")
    hint = N_("Write every amount in one currency.")


class TypedCurrencyError(UsageError):
    """A typed amount is in another currency than the data."""

    problem = N_("{name} is in {sign}, but the data is in {currency}.")
    hint = N_("Convert the amount to {currency}, and write it without a sign.")


class NotAnAmountError(UsageError):
    """An amount of money or a count was not a number, or was negative."""

    problem = N_("{name} must be a number of 0 or more, not “{text}”.")
    hint = N_("Write it as 5000, 5,000 or 5000.50.")


class NotADurationError(UsageError):
    """A duration without a unit or a number."""

    problem = N_("{name} must be a duration, not “{text}”.")
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
    """A number or duration is next to zero, or a date is implausible."""

    problem = N_("{name} must be at least {limit}, not “{text}”.")
    hint = N_("Check the number of digits, and the unit.")


class NotAChoiceError(UsageError):
    """A setting has a value outside its choices."""

    problem = N_("{name} must be one of {known}, not “{text}”.")
    hint = N_("Write for example {example}.")


class NothingGivenError(UsageError):
    """`ltv calc` with neither a file nor numbers."""

    problem = N_("There is no input.")
    hint = N_("Give a file (ltv calc orders.csv) or numbers (ltv calc --arpu 10000 --churn 5%).")


class MissingNumberError(UsageError):
    """One more number is needed besides the given ones."""

    problem = N_("A lifetime value needs more than {given}.")
    hint = N_("Add {missing}.")


class TakesDataError(UsageError):
    """An option that needs a file was given without one."""

    problem = N_("{option} requires data.")
    hint = N_("Leave it out, or give a file: ltv calc orders.csv {option} …")


class OptionUnusedError(UsageError):
    """An option was typed that changes nothing in this answer."""

    problem = N_("{option} has no effect on this answer of ltv {command}.")
    hint = N_("Leave it out, or see what it is for: ltv help {command}.")


class TakesOrdersError(UsageError):
    """An option does not apply to subscriptions."""

    problem = N_("{option} applies to orders only; subscriptions have their own end date.")
    hint = N_("Leave it out, or give a file of orders: ltv calc orders.csv {option} …")


class TwoCurrenciesError(UsageError):
    """Orders and subscriptions were given together, in different currencies."""

    problem = N_(
        "The orders are in {orders} and the subscriptions in {subscriptions}, which cannot be "
        "added."
    )
    hint = N_("Run ltv calc on each of them.")


class ContradictionError(UsageError):
    """Two given numbers contradict each other."""

    problem = N_("{first} and {second} contradict each other: {because}.")
    hint = N_("Leave out {second}, or correct one of them.")


class NotACommandError(UsageError):
    """The first word is not a command; often it is a file, and `calc` is missing."""

    problem = N_("There is no command '{name}'.")
    hint = N_("Did you mean {near}?")


class UnknownOptionError(UsageError):
    """An option was typed that the command does not have."""

    problem = N_("This command has no option {option}.")
    hint = N_("Add --help to the command to list its options.")


class MisspeltOptionError(UnknownOptionError):
    """A command has no such option, but one with a similar name."""

    hint = N_("Did you mean {near}?")


class OptionNeedsValueError(UsageError):
    """An option without its value."""

    problem = N_("{option} needs a value.")
    hint = N_("Write the value after it: {option} VALUE.")


class OptionTakesNoValueError(UsageError):
    """A switch was given a value."""

    problem = N_("{option} takes no value.")
    hint = N_("Write {option} alone.")


class ExtraWordsError(UsageError):
    """The command takes fewer words than were typed."""

    problem = N_("The command does not accept “{words}”.")
    hint = N_("Leave it out, or put a name with spaces in quotes.")


class WordMissingError(UsageError):
    """A command needs one more word."""

    problem = N_("{typed} needs one more word.")
    hint = N_("Write for example {example}.")


class BrokenOptionError(UsageError):
    """The command line could not be understood."""

    problem = N_("The command cannot be read: {message}")
    hint = N_("ltv --help lists the commands; ltv calc --help lists the options of calc.")


class UnknownTermError(UsageError):
    """`ltv explain` does not know a word, nor a similar term."""

    problem = N_("There is no term “{name}” in ltv.")
    hint = N_("Run ltv explain to list all terms.")


class MisspeltTermError(UnknownTermError):
    """`ltv explain` was asked for a word that is nearly a term."""

    hint = N_("Did you mean {near}? ltv explain lists all terms.")
