"""Every error a user can meet.

An error class owns its words: the place that raises it passes only the facts. `problem` is one
sentence that says what is wrong, `hint` one sentence with the thing to type. The one handler in
cli.py translates both and exits with `exit_code`.

2 usage or configuration · 3 input cannot be used · 4 the data cannot answer · 70 our bug
"""

from __future__ import annotations

from ltvcli.language import N_


class LtvError(Exception):
    """Anything the user can act on. Shown as two lines, never as a traceback."""

    exit_code = 3
    problem = ""
    hint = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.problem.format(**facts))
        self.facts = facts


class UsageError(LtvError):
    """What was typed or configured cannot be used."""

    exit_code = 2


class InputError(LtvError):
    """A file that came in cannot be used."""


class UnansweredError(LtvError):
    """The input is fine, but the data cannot answer the question."""

    exit_code = 4


class InternalError(LtvError):
    """We broke a promise to ourselves; printing a number would be worse."""

    exit_code = 70
    problem = N_("Internal check failed: {what}.")
    hint = N_(
        "This is a bug in ltv, no result was printed; please report it with the command typed."
    )


# What was typed


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


class NotAChoiceError(UsageError):
    """A setting takes one of a few words."""

    problem = N_("{name} must be one of {known}, not “{text}”.")
    hint = N_("Write --{name} {example}.")


class NothingGivenError(UsageError):
    """`ltv calc` with neither a file nor numbers."""

    problem = N_("There is nothing to calculate from.")
    hint = N_("Give a file (ltv calc orders.csv) or numbers (ltv calc --arpu 10000 --churn 5%).")


class MissingNumberError(UsageError):
    """Some numbers were given, but one more is needed."""

    problem = N_("{given} alone is not enough for a lifetime value.")
    hint = N_("Add {missing}.")


class ContradictionError(UsageError):
    """Two given numbers say different things."""

    problem = N_("{first} and {second} contradict each other: {because}.")
    hint = N_("Leave out {second}, or correct one of them.")


# The engine


class NotAMemorySizeError(UsageError):
    """--memory was not a size, or too small to work in."""

    problem = N_("--memory must be a size of 100MB or more, not “{text}”.")
    hint = N_("Write one gigabyte as --memory 1GB, half of it as --memory 512MB.")


class OutOfMemoryError(InputError):
    """The memory limit was reached, even with temporary files."""

    problem = N_("The data needs more memory than the {limit} it may use.")
    hint = N_("Allow more: --memory {more}.")


class DiskFullError(InputError):
    """Temporary files filled the disk."""

    problem = N_("The disk is full: there is no room left for temporary files in “{folder}”.")
    hint = N_("Free some space, or point TMPDIR to a folder on a larger disk.")


class UnknownOptionError(UsageError):
    """An option was typed that the command does not have."""

    problem = N_("There is no option {option} here.")
    hint = N_("Did you mean: {near}?")


class BrokenOptionError(UsageError):
    """The command line could not be understood."""

    problem = N_("The command line cannot be understood: {message}")
    hint = N_("ltv --help lists the commands, ltv calc --help its options.")


class OutputError(UsageError):
    """The result could not be written where it was asked to go."""

    problem = N_("The result cannot be written to {path}: {because}.")
    hint = N_("Give --out a file in a folder you may write to.")


class OutputIsInputError(UsageError):
    """The result would have replaced a file it was made from."""

    problem = N_("{path} is an input; the result would replace it.")
    hint = N_("Give --out another name.")


class NoRatioError(UnansweredError):
    """--fail-under was asked for, but there is no LTV/CAC to hold against it."""

    problem = N_("--fail-under needs an LTV/CAC, and there is none: {because}.")
    hint = N_("Add --cac, or leave out --fail-under.")


# What the numbers cannot say


class EndlessLifeError(UsageError):
    """A churn of zero without a discount: nobody leaves, and the value has no bound."""

    problem = N_("With a churn of 0% nobody ever leaves, and the lifetime value has no end.")
    hint = N_("Say how long a customer stays (--lifespan 24mo) instead, or add --discount 10%.")


class NothingToDiscountError(UsageError):
    """A discount rate was given, but no given number spreads over months."""

    problem = N_("--discount has nothing to work on: {given} says nothing about single months.")
    hint = N_("Leave out --discount, or give --arpu and --churn instead.")


class NotWholeMonthsError(UsageError):
    """A horizon that is not a whole number of months, at least one."""

    problem = N_("--horizon must be a whole number of months, 1 or more.")
    hint = N_("Write it as --horizon {months}mo.")


class HorizonPastDataError(UnansweredError):
    """More months were asked for than enough customers were observed."""

    problem = N_(
        "--horizon of {asked} months is past the data: {customers} customers were observed for no "
        "longer than {longest} months."
    )
    hint = N_("Leave out --horizon, or shorten it to --horizon {longest}mo.")


class NoMonthObservedError(UnansweredError):
    """A horizon was asked for, but hardly a customer was observed for one whole month."""

    problem = N_("No customers were observed for even one whole month, so no --horizon can be shown.")
    hint = N_("Leave out --horizon, or give a longer export.")
