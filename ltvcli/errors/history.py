"""The history: a file of runs."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class HistoryMissingError(UsageError):
    """There is no history yet."""

    problem = N_("There is no history at “{file}”.")
    hint = N_("Record a run first: ltv calc orders.csv --record; or name the file with --history.")


class NoForecastRecordedError(UsageError):
    """The history holds no forecast."""

    problem = N_("No forecast is recorded in {file}.")
    hint = N_("Record one: ltv predict orders.csv --record")


class NothingRecordedError(UsageError):
    """The history has no runs."""

    problem = N_("Nothing is recorded in “{file}” yet.")
    hint = N_("Record a run first: ltv calc orders.csv --record.")


class NoRunOfFilesError(UsageError):
    """No recorded run is about files of this kind."""

    problem = N_("No recorded run with {figure} is about data like that of {file}.")
    hint = N_("Record a run about it: add --record to the command.")


class HistoryDamagedError(InputError):
    """The history file, or one of its runs, is damaged."""

    problem = N_("The history “{file}” is damaged: {because}.")
    hint = N_("Move it aside and start a new one: {command}; or restore a backup.")


class NotAHistoryError(InputError):
    """The file holds something else."""

    problem = N_("“{file}” is not a history of ltv.")
    hint = N_(
        "Give --history a file that ltv made, or a new one; if ltv made this one, it was "
        "overwritten: restore a backup."
    )


class HistoryNewerError(InputError):
    """The history file was written by a newer version."""

    problem = N_(
        "The history “{file}” was written by a newer ltv: its format is {format}, and this version "
        "reads up to {known}."
    )
    hint = N_("Update ltv, or give --history another file.")


class HistoryUnwritableError(UsageError):
    """The history file cannot be written."""

    problem = N_("The history “{file}” cannot be written: {because}.")
    hint = N_("Give --history a file in a folder you may write to.")


class HistoryUnreadableError(UsageError):
    """The file cannot be opened."""

    problem = N_("The history “{file}” cannot be read: {because}.")
    hint = N_("Give --history a file that you may read.")


class HistoryIsInputError(UsageError):
    """The run would have been recorded in a file that is read."""

    problem = N_("{path} is an input file; the history would overwrite it.")
    hint = N_("Give --history another name.")


class NoSuchRunError(UsageError):
    """There is no run with the requested number."""

    problem = N_("There is no run {number} in the history.")
    hint = N_("List the runs with their numbers: ltv history.")


class UnknownHistoryEndingError(UsageError):
    """The file to export a history to has an unknown ending."""

    problem = N_("A history cannot be exported to {path}.")
    hint = N_("Give it one of these endings: {known}.")


class NotRecordedByError(UsageError):
    """No recorded run has the requested segments."""

    problem = N_("No recorded run segments customers by {by}.")
    hint = N_("Record one: ltv segments orders.csv --by {by} --record.")
