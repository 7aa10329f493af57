"""Questions about risk that cannot be answered."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UnansweredError, UsageError
from ltvcli.language import N_


class RiskExtraError(UsageError):
    """scikit-learn is not installed."""

    problem = N_("{asked} needs scikit-learn, which is not installed.")
    hint = N_("Type: pip install 'ltvcli[risk]'")


class NoOutcomeColumnError(UsageError):
    """An option names a column that is not in the file."""

    problem = N_("{file} has no column “{name}”.")
    hint = N_("Available columns: {near}.")


class OutcomeValuesError(UsageError):
    """No value of the outcome clearly means that a customer left."""

    problem = N_("{file}: which value of “{column}” means that a customer left? It has {values}.")
    hint = N_("Name the value: --outcome “{example}”")


class OutcomeTwiceError(UsageError):
    """Both files and a column define who left."""

    problem = N_("Orders or subscriptions say who left, and so does --outcome.")
    hint = N_("Leave out one of the two: the files, or --outcome.")


class BelowZeroNeedsError(UsageError):
    """A contribution below CAC is asked for without a CAC or a file of customers."""

    problem = N_("--outcome below-zero needs a CAC and what was known of customers.")
    hint = N_("Type: ltv risk FILES --customers customers.csv --outcome below-zero --cac 500")


class OptionNeedsCustomersError(UsageError):
    """An option that needs a customers file was given without one."""

    problem = N_("{option} needs what was known of customers when they began.")
    hint = N_("Add a file of customers: ltv risk FILES --customers customers.csv")


class OpportunitiesAloneError(UsageError):
    """An option has no part in opportunities."""

    problem = N_("{option} has no part in --opportunities, which rests on files alone.")
    hint = N_("Leave out {option}, or --opportunities.")


class LastWithCustomersError(UsageError):
    """--last was given, but this run makes no call list."""

    problem = N_("--last compares a call list, which is made without a file of customers.")
    hint = N_("Leave out --customers, or --last.")


class TooShortForCallsError(UnansweredError):
    """The orders do not reach back far enough to learn from earlier days."""

    problem = N_("This needs at least {days} {days:day|days} of data; these are fewer.")
    hint = N_("Give an export that reaches further back.")


class NotACallListError(UsageError):
    """--last names a file that ltv did not write."""

    problem = N_("{file} is not a call list of these customers: it needs customer, arm and day.")
    hint = N_("Write one with ltv risk orders.csv --out call-list.csv --plain-ids")


class NobodyLeftError(UnansweredError):
    """All customers left, or none did."""

    problem = N_(
        "{left} of {customers} {customers:customer|customers} left, so that there is nothing to "
        "compare."
    )
    hint = N_("Give customers who left and customers who stayed.")


class NoAttributesError(InputError):
    """No column is left that can predict who leaves."""

    problem = N_("{file} has no column that can predict who leaves: {reasons}.")
    hint = N_("Add what is known of customers when they sign, such as channel, plan or size.")


class NothingToScoreError(UsageError):
    """The command was given no customers."""

    problem = N_("ltv risk needs to know who left.")
    hint = N_("For example: ltv risk --customers customers.csv --outcome churned")
