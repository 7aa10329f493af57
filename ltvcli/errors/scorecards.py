"""Scorecards that cannot be made."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class TargetNotANumberError(UsageError):
    """A target in ltv.yaml is no number of its figure."""

    problem = N_("{place}: “{text}” is not a number.")
    hint = N_("Write targets as numbers or percentages, for example targets: {example}.")


class DealsForOwnersError(UsageError):
    """--by owner and --by team need a list of deals."""

    problem = N_("--by {by} needs the list of deals, which names the {by} of each customer.")
    hint = N_("Add it: ltv scorecard {file} --by {by} --deals deals.csv.")


class CustomersForDeclinedError(UsageError):
    """--declined without attributes of customers at signing."""

    problem = N_("--declined needs one file with what was known of each customer at signing.")
    hint = N_("Add it: --customers customers.csv, or one file of --deals with such columns.")


class NoGroupInDealsError(InputError):
    """The list of deals has no column of owners or teams."""

    problem = N_("{file} does not name the {by} of deals.")
    hint = N_("Name the column: --map deal_{by}=COLUMN.")


class DealsNotMatchedError(InputError):
    """No deal belongs to a customer of the orders or subscriptions."""

    problem = N_("No deal in {file} is of a customer of {customers}.")
    hint = N_("Name the column with the same customer IDs: --map deal_customer=COLUMN.")
