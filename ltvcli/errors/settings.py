"""The configuration."""

from __future__ import annotations

from ltvcli.errors.kinds import UsageError
from ltvcli.language import N_


class UnknownSettingError(UsageError):
    """ltv.yaml, or a call from Python, names a setting that does not exist."""

    problem = N_("{place}: there is no setting “{name}”.")
    hint = N_("Did you mean {near}? ltv config lists all settings.")


class DuplicateSettingError(UsageError):
    """ltv.yaml sets one thing twice; which one was meant is not ours to choose."""

    problem = N_("{place}: “{name}” is already set in line {first}.")
    hint = N_("Keep one of the two lines.")


class SettingShapeError(UsageError):
    """A setting that takes one value has a list or a block, or `map` has no block."""

    problem = N_("{place}: {name} cannot be read in this form.")
    hint = N_("Write it as {example}.")


class SettingTypeError(UsageError):
    """A keyword argument of the Python API is of a type that says nothing."""

    problem = N_("{name} is of the type {kind}, which cannot be read.")
    hint = N_("Give text, a number, a day or a path, or a list of these.")


class BrokenSettingsError(UsageError):
    """ltv.yaml is not YAML, or not a list of names and values."""

    problem = N_("{place}: this line cannot be read.")
    hint = N_(
        "Write one “name: value” per line; put a value that begins with % or contains “: ” in "
        "quotes."
    )


class RefusedSettingsError(UsageError):
    """A YAML file uses aliases, tags or deep nesting, which no setting needs."""

    problem = N_("{place}: {what} cannot be used here.")
    hint = N_("Write every value out, one “name: value” per line.")


class UnreadableSettingsError(UsageError):
    """ltv.yaml exists, but cannot be read as UTF-8 text."""

    problem = N_("“{file}” cannot be read: {because}.")
    hint = N_("Save it as UTF-8 text, or move it away.")


class NotACountError(UsageError):
    """A number of things was not a whole number above 0."""

    problem = N_("{name} must be a whole number, 1 or more, not “{text}”.")
    hint = N_("Write a number such as 30.")


class NotACountOrLastYearError(UsageError):
    """--new-customers is neither a whole number above 0 nor last-year."""

    problem = N_("{name} must be a whole number, 1 or more, or last-year, not “{text}”.")
    hint = N_(
        "Write new customers per month such as 300, or last-year for those of the same months of "
        "last year."
    )


class NotAMappingError(UsageError):
    """A --map without role and column."""

    problem = N_("{name} must be ROLE=COLUMN, not “{text}”.")
    hint = N_("Write the role, =, and the column as the file spells it: amount=合計.")


class NotAMeaningError(UsageError):
    """--words without a word and its meaning."""

    problem = N_("{name} must be STATUS=MEANING, not “{text}”.")
    hint = N_("Write the status as the file spells it, =, and its meaning: On hold=unpaid.")


class SettingsExistError(UsageError):
    """`ltv init` where there is an ltv.yaml."""

    problem = N_("“{file}” already exists and was not changed.")
    hint = N_("Edit it, or name another folder: ltv init FOLDER.")


class SettingsNotWrittenError(UsageError):
    """`ltv init` where no file can be made."""

    problem = N_("“{file}” cannot be written: {because}.")
    hint = N_("Name a folder you may write to: ltv init FOLDER.")


class BenchmarkColumnsError(UsageError):
    """A file of benchmarks with missing or unknown columns."""

    problem = N_("{place}: the header does not fit: {wrong}.")
    hint = N_("Begin the file with this line: {columns}")


class BenchmarkCellError(UsageError):
    """A cell of a file of benchmarks cannot be used."""

    ours = ("example",)
    problem = N_("{place}: {column} cannot be “{text}”.")
    hint = N_("Write for example: {example}.")
