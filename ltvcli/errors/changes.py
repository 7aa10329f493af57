"""Changes of levers, and initiatives."""

from __future__ import annotations

from ltvcli.errors.kinds import UnansweredError, UsageError
from ltvcli.language import N_


class NotAChangeError(UsageError):
    """Something with a sign or an arrow that is no change of this lever."""

    problem = N_("{name} cannot be changed by “{text}”.")
    hint = N_(
        "Write from what to what ('5%->3%', in quotes, or 5%..3%), or by how much: -10%, +500, "
        "for rates also +1pt."
    )


class ArrowEatenError(UsageError):
    """`5%->3%` without quotes: the shell took `>3%` for a file to write to."""

    problem = N_("{name} “{text}” ends where the new value should follow: the shell took the >.")
    hint = N_("Put the change in quotes ('{start}->…'), or write {start}..… without any.")


class MinusOrUntilError(UsageError):
    """`5%-3%` may be from 5% to 3%, or 5% less 3%."""

    problem = N_("{name} “{text}” may mean from {start} to {end}, or {start} less {end}.")
    hint = N_("Write {start}..{end} for the first, '{start} -{end}' in quotes for the second.")


class OutOfRangeError(UsageError):
    """A change leads to a rate below 0% or above 100%, or to an amount below 0."""

    problem = N_("{name} “{text}” leads to {value}, which is impossible.")
    hint = N_("Rates lie between 0% and 100%, amounts are 0 or more: change it by less.")


class NoBaseError(UsageError):
    """A relative change of an unknown value."""

    problem = N_("{name} “{text}” changes a value that is unknown here.")
    hint = N_("Give its current value: {example}.")


class BeginsElsewhereError(UsageError):
    """A change begins at another value than the one measured or given."""

    problem = N_("{name} “{text}” begins at {start}, but it is {known} here.")
    hint = N_("Write {name} '->{end}' to change it from there, or by how much, such as -10%.")


class NothingToChangeError(UnansweredError):
    """Too few customers were observed for a whole month, so no lever has a value."""

    problem = N_(
        "Too few customers were observed for a full month, so there is no value to change."
    )
    hint = N_("Give a longer export, or numbers: ltv whatif --arpu 10000 --churn '5%->3%'.")


class TwoKindsError(UsageError):
    """Orders and subscriptions together, where only one of them applies."""

    problem = N_("ltv {command} takes either orders or subscriptions, not both.")
    hint = N_("Run it on each separately; ltv calc takes both.")


class NotALeverHereError(UsageError):
    """A lever that does not affect the headline."""

    problem = N_("{name} has no effect here: {because}.")
    hint = N_("Change one of these: {levers}.")


class UnknownKeyError(UsageError):
    """A lever or a key of an initiative that does not exist."""

    problem = N_("{place}: there is no “{name}”.")
    hint = N_("Did you mean {near}?")


class NotANumberError(UsageError):
    """An elasticity was not a number."""

    problem = N_("{name} must be a number, not “{text}”.")
    hint = N_("Write 0.5 if a rise of one lever by 1% means a rise of the other by 0.5%.")


class MissingInInitiativeError(UsageError):
    """An initiative without a required entry."""

    problem = N_("{place}: this initiative has no {missing}.")
    hint = N_(
        "Required: name, lever, change, cost, and probability (60%) or feasibility (1 to 5); "
        "optional: months until it works."
    )
