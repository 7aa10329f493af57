"""The rules of `ltv check`, and who is notified."""

from __future__ import annotations

from ltvcli.errors.kinds import UnansweredError, UsageError
from ltvcli.language import N_


class NoRulesError(UsageError):
    """`ltv check` without rules."""

    problem = N_("There are no rules to check: {place} has none.")
    hint = N_('Add them: rules: [{{name: Unit economics, when: "ltv_to_cac < 3"}}]')


class RulesShapeError(UsageError):
    """`rules` is not a list of blocks."""

    problem = N_("{place}: rules must be a list.")
    hint = N_('Write it as rules: [{{name: Unit economics, when: "ltv_to_cac < 3"}}]')


class MissingInRuleError(UsageError):
    """A rule without a required entry."""

    problem = N_("{place}: the rule has no {missing}.")
    hint = N_('Write it as {{name: Unit economics, when: "ltv_to_cac < 3"}}.')


class DuplicateRuleError(UsageError):
    """Two rules have the same name, so their states could not be kept separately."""

    problem = N_("{place}: there are two rules called “{name}”.")
    hint = N_("Give each rule its own name.")


class RuleSureError(UsageError):
    """A required probability at which a rule would fire by chance, or never."""

    problem = N_("{place}: sure must be from 50% to 99.9%, not “{text}”.")
    hint = N_("Write how probable the condition must be: sure: 80%.")


class RuleRunsError(UsageError):
    """A number of runs that cannot be read."""

    problem = N_("{place}: for must be a number of runs, not “{text}”.")
    hint = N_("Write the number of consecutive runs after which the rule fires: for: 2 runs.")


class RuleSegmentError(UsageError):
    """A rule segments customers by a column that no file has."""

    problem = N_("Rule “{rule}”: no file has a column “{name}” to segment customers by.")
    hint = N_("Name a column after by: {near}; or give a file that has it with --customers.")


class ConditionError(UsageError):
    """A condition that cannot be parsed."""

    ours = ("expected",)
    problem = N_("{place}: “{text}” is not expected here.")
    hint = N_("Expected: {expected}.")


class ConditionEndsError(ConditionError):
    """A condition that ends too early."""

    problem = N_("{place}: the condition is incomplete.")
    hint = N_("Expected: {expected}.")


class ConditionEqualityError(ConditionError):
    """A condition that asks whether two numbers are the same."""

    problem = N_("{place}: “{sign}” cannot be used: a measured figure never equals a number.")
    hint = N_("Compare with <, <=, > or >=.")


class ConditionFigureError(ConditionError):
    """A condition with a figure that is not known."""

    problem = N_("{place}: there is no figure “{name}”.")
    hint = N_("Did you mean {near}?")


class ConditionNumbersError(ConditionError):
    """A condition that compares two numbers."""

    problem = N_("{place}: two numbers are compared with each other.")
    hint = N_("Write a figure on one side: ltv_to_cac < 3.")


class ConditionTooLongError(ConditionError):
    """A condition is too long."""

    problem = N_("{place}: the condition is longer than {limit} characters.")
    hint = N_("Split it into several rules.")


class ChannelSecretError(UsageError):
    """A rule names a channel whose secret is missing."""

    problem = N_("A rule notifies {channel}, but {name} is not set.")
    hint = N_("Set the variable {name}, or {name}_FILE to the path of a file that holds it.")


class ChannelFileError(UsageError):
    """A file with a secret that cannot be read."""

    problem = N_("The file in {variable} cannot be read: {because}.")
    hint = N_("Set {variable} to the path of a UTF-8 text file that you may read.")


class PingAddressError(UsageError):
    """An address to ping that would send a secret in the open."""

    problem = N_("--ping takes an https address.")
    hint = N_("Copy the whole address, such as https://hc-ping.com/...")


class NothingToReplayError(UnansweredError):
    """`ltv check --dry-run` without files, and without runs in the history."""

    problem = N_("There is nothing to replay: no files, and no runs of ltv check in the history.")
    hint = N_("Give files, and their months are replayed: ltv check orders.csv --dry-run.")


class ScheduleExistsError(UsageError):
    """`ltv init --schedule` where there is a workflow."""

    problem = N_("“{file}” already exists and was not changed.")
    hint = N_("Edit it, or name another folder: ltv init FOLDER --schedule github.")
