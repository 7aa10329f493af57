"""The report for a board."""

from __future__ import annotations

from ltvcli.errors.kinds import UsageError
from ltvcli.language import N_


class DecisionsShapeError(UsageError):
    """`decisions` is not a list of blocks."""

    problem = N_("{place}: decisions must be a list.")
    hint = N_("Write it as {example}")


class MissingInDecisionError(UsageError):
    """A decision without a description."""

    problem = N_("{place}: a decision has no text.")
    hint = N_("Write it as {{decision: Refund plans sold by mistake, owner: Sato}}.")


class BoardOnlyError(UsageError):
    """An option that another report has no use for."""

    problem = N_("{option} is for ltv report board alone.")
    hint = N_("Leave it out, or type ltv report board.")


class QuotesWithoutCommentsError(UsageError):
    """--quotes where no file can have comments."""

    problem = N_("--quotes needs a file with comments.")
    hint = N_("Add --cancellations churn.csv, or --survey nps.csv.")
