"""Experiments that cannot be read."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UnansweredError, UsageError
from ltvcli.language import N_


class NoExperimentColumnError(UsageError):
    """An option names a column that is not in the file."""

    problem = N_("{file} has no column “{name}” for {option}.")
    hint = N_("Available columns: {near}.")


class SeveralExperimentColumnsError(UsageError):
    """An option names a header that several columns have."""

    problem = N_("{file} has several columns “{name}” for {option}.")
    hint = N_("Name one of them by number: {option} “{name}#1”.")


class ArmNeededError(UsageError):
    """The column of the arm or of the outcome is unknown."""

    problem = N_("The column with the {what} is unknown in {file}.")
    hint = N_("Name it: {option}. Available columns: {columns}.")
    ours = ("what",)


class SameColumnError(UsageError):
    """Two options name one column."""

    problem = N_("{options} both name the column “{name}”.")
    hint = N_("Arm and outcome must be separate columns, with one row per customer.")


class NoArmError(InputError):
    """No row can be used."""

    problem = N_("{file} has no row with an arm in “{arm}” and a number in “{outcome}”.")
    hint = N_("Check the columns of --arm and --outcome; one row per customer has both.")


class OutcomeNotNumbersError(InputError):
    """The column of the outcome holds words."""

    problem = N_("{file}: “{column}” is not a column of numbers; it contains “{example}”.")
    hint = N_("Name a column of amounts, or of 0 and 1: {option} COLUMN.")


class OneArmError(UnansweredError):
    """All customers are in one arm, so there is no comparison."""

    problem = N_("All customers are in one arm, “{arm}”, so there is nothing to compare.")
    hint = N_("Add the customers of the control arm; without them an effect cannot be measured.")


class ManyArmsError(InputError):
    """A column has so many values that it does not hold arms."""

    problem = N_("“{column}” has more than {most} different values, such as {example}.")
    hint = N_("Name the column with the arm of each customer: --arm COLUMN.")


class ControlNeededError(UsageError):
    """No arm is called like a control."""

    problem = N_("The control arm is unknown: {arms}.")
    hint = N_("Name the control arm: --control “{example}”.")


class UnknownArmError(UsageError):
    """An option names an arm that no customer is in."""

    problem = N_("No customer is in the arm “{name}” of {option}.")
    hint = N_("Arms in the file: {arms}.")


class NotASplitError(UsageError):
    """--split is not an arm and a share."""

    problem = N_("--split must be ARM=SHARE, not “{text}”.")
    hint = N_("Write one for every arm, for example {example}.")


class SplitIncompleteError(UsageError):
    """--split does not name every arm."""

    problem = N_("--split has no share for the arm “{arm}”.")
    hint = N_("Write one for every arm: {example}.")


class PlanTooSmallError(UsageError):
    """--peek plans fewer customers than there are."""

    problem = N_(
        "--peek {planned} is less than the {customers} {customers:customer|customers} in the file."
    )
    hint = N_("Type the number of customers in all arms that was planned before the first look.")


class AssignmentDayError(UsageError):
    """A file of assignments without a day of assignment."""

    problem = N_("{file} has no column with the day of assignment.")
    hint = N_(
        "Name it (--map assigned_day=COLUMN), or the day of all customers: --start 2026-03-01. "
        "Available columns: {columns}."
    )


class NobodyAssignedError(InputError):
    """A file of assignments has no row that can be used."""

    problem = N_("{file} has no row with a customer, an arm and a day that can be used.")
    hint = N_("The rows were excluded as: {reasons}. See them with --rejects FILE.")


class AssignedElsewhereError(InputError):
    """No assigned customer has orders."""

    problem = N_(
        "None of the customers assigned in “{column}” ({example}) is in “{theirs}” of the orders "
        "({another})."
    )
    hint = N_(
        "Name the columns that hold the same IDs: --map assigned_customer=COLUMN and "
        "--map customer=COLUMN."
    )


class NotObservedError(UnansweredError):
    """No customer was observed for the requested age since the assignment."""

    problem = N_(
        "No customer was observed for {age} {age:day|days} since the assignment: assignments begin "
        "on {first}, and the orders end on {as_of}."
    )
    hint = N_("Type an age that was reached: --age {longest}d; or read newer orders.")


class AssignedLaterError(InputError):
    """All assignments are later than the last order."""

    problem = N_(
        "All customers were assigned after the last order: assignments begin on {first}, and the "
        "orders end on {as_of}."
    )
    hint = N_("Read orders that reach beyond the assignment, or check the days: --date-format.")


class PlannedArmError(UsageError):
    """No initiative of --planned is about an arm."""

    problem = N_("No initiative of --planned ({initiatives}) has the name of an arm ({arms}).")
    hint = N_("Give an initiative the name of the arm that carried it out.")


class WithoutAssignmentsError(UsageError):
    """An option that needs assignments was given without them."""

    problem = N_("{option} is for orders with assignments, and no file of assignments was given.")
    hint = N_("Add the file of assignments (customer, arm, day): --assignments FILE.")


class WithAssignmentsError(UsageError):
    """An option is about results with one row per customer."""

    problem = N_("{option} is for results with one row per customer, not for orders.")
    hint = N_(
        "With --assignments, the outcome and the value before the assignment are taken from the "
        "orders."
    )


class CapError(UsageError):
    """No outcome is above 0, so a share of buyers gives no cap."""

    problem = N_("--cap {share} finds no outcome above 0.")
    hint = N_("Type an amount: --cap 500.")


class WithoutPlanError(UsageError):
    """An option that needs --plan was given without it."""

    problem = N_("{option} is for planning an experiment.")
    hint = N_("Run a plan: ltv experiment --plan orders.csv --effect 5%.")


class AgeBeyondDataError(UnansweredError):
    """A planned age is longer than the history of orders."""

    problem = N_(
        "The orders span {span} {span:day|days}, and customers cannot be observed for {age} of "
        "them."
    )
    hint = N_("Type a shorter age: --age {shorter}d; or read older orders.")


class NoEffectError(UsageError):
    """An effect of 0 was asked for."""

    problem = N_("--effect must be above 0.")
    hint = N_("Type the smallest effect that would matter: --effect 5%.")
