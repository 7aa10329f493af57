"""Periods that cannot be reviewed or compared."""

from __future__ import annotations

from ltvcli.errors.kinds import UnansweredError, UsageError
from ltvcli.language import N_


class NoWholePeriodError(UnansweredError):
    """The data contains no whole week, month or quarter."""

    ours = ("span",)
    problem = N_("The data, {first} to {last}, has no full {span} to review.")
    hint = N_("Give a longer export, or review something shorter: --period week.")


class NotAComparisonError(UsageError):
    """--against is neither a word it knows nor two days."""

    problem = N_("--against must be previous, last-year or DAY..DAY, not “{text}”.")
    hint = N_("Write for example --against last-year, or --against {example}.")


class NotAWholePeriodError(UsageError):
    """Two days that are not the first and the last of one period as long as the reviewed one."""

    ours = ("span",)
    problem = N_("--against {text} is not one full {span}, so the two cannot be compared.")
    hint = N_("Write --against {example}, or --against last-year.")


class PeriodElsewhereError(UsageError):
    """--against names a period outside the whole periods before the reviewed one."""

    problem = N_("--against {text} is not among the full periods before {period}.")
    hint = N_("Full periods in the data: {oldest} to {newest}.")


class NoEarlierPeriodError(UnansweredError):
    """A period was asked for by its days, but the data holds one whole period only."""

    ours = ("span",)
    problem = N_("--against {text}: the data has no full {span} before {period}.")
    hint = N_("Leave out --against, or give a longer export.")
