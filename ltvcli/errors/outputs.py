"""Where a result goes."""

from __future__ import annotations

from ltvcli.errors.kinds import UsageError
from ltvcli.language import N_


class OutputError(UsageError):
    """The result cannot be written to its destination."""

    problem = N_("The result cannot be written to {path}: {because}.")
    hint = N_("Give --out a file in a folder you may write to.")


class OutputIsInputError(UsageError):
    """The result would replace one of its input files."""

    problem = N_("{path} is an input file; the result would overwrite it.")
    hint = N_("Give --out another name.")


class OutputOfCustomersError(UsageError):
    """--out names a file of customers that is neither CSV nor Parquet."""

    problem = N_(
        "{path} ends neither in .csv nor in .parquet, so customers cannot be written to it."
    )
    hint = N_("Name it customers.csv, or give --format md to write the result there instead.")


class RejectsIsInputError(UsageError):
    """--rejects would replace one of the inputs."""

    problem = N_("--rejects would overwrite the input “{file}”.")
    hint = N_("Give --rejects another name.")


class RejectsError(UsageError):
    """The excluded rows cannot be written to their destination."""

    problem = N_("The excluded rows cannot be written to “{file}”: {because}.")
    hint = N_("Give --rejects a file in a folder you may write to.")


class SameTargetError(UsageError):
    """Two options name the same file."""

    problem = N_("{first} and {second} both write to “{file}”; one would overwrite the other.")
    hint = N_("Give each a different file.")


class UnknownEndingError(UsageError):
    """--out names a file whose ending belongs to no format."""

    problem = N_("No output format has the file ending of {path}.")
    hint = N_("Give it one of these endings: {known}; or say the format: --format md.")


class EndingError(UsageError):
    """--out names a file of one format, --format another."""

    problem = N_("The file ending of {path} means --format {format}, but --format is {typed}.")
    hint = N_("Leave out --format {typed}, or give --out another name.")


class BriefAndVerboseError(UsageError):
    """--brief and --verbose were both typed."""

    problem = N_("--brief and --verbose contradict each other.")
    hint = N_("Leave out one of them.")


class BriefTakesPageError(UsageError):
    """--brief was typed for a format that always holds everything."""

    problem = N_("--brief is for pages; --format {format} always contains the whole result.")
    hint = N_("Leave out --brief, or use --format md.")


class ChartTakesTextError(UsageError):
    """--chart was typed for a format without characters to draw with."""

    problem = N_("--chart draws in a terminal or a text file, not in --format {format}.")
    hint = N_("Leave out --chart; --format html has charts of its own.")


class TableTakesCsvError(UsageError):
    """--table was given for a format that holds all tables."""

    problem = N_("--table {table} needs --format csv; the other formats contain every table.")
    hint = N_("Add --format csv.")


class NoWorkbookError(UsageError):
    """--format xlsx was given for a command that has no workbook."""

    problem = N_("There is no workbook of ltv {command}.")
    hint = N_("Use --format csv for its tables, or --format html for a page.")


class WorkbookTakesFileError(UsageError):
    """--format xlsx was given without a file to write to."""

    problem = N_("--format xlsx needs a file to write to.")
    hint = N_("Add --out ltv.xlsx.")
