"""Results of a script of `ltv sql`, read with --facts."""

from __future__ import annotations

from ltvcli.errors.kinds import SourceError, UsageError
from ltvcli.language import N_

_AGAIN = N_("Run the whole script again, and save every result in this folder.")


class NoFactsError(SourceError):
    """The folder of --facts does not exist, or has no manifest."""

    problem = N_("“{folder}” holds no results of a script: “{file}” is missing.")
    hint = N_("Write a script with ltv sql, run it, and save its results in this folder.")


class FactsPartialError(SourceError):
    """Results of the script were not saved."""

    problem = N_("{folder}: {count} results of the script are missing: {files}.")
    hint = N_("Save every result of the script in this folder, under the name in the script.")


class FactsMissingError(SourceError):
    """The script lacks a query, because the table differs from its assumptions."""

    problem = N_(
        "{folder}: the script for ltv {made_for} does not have the query “{file}”, which this "
        "table or this command needs."
    )
    hint = N_("Write a script that has it, run it, and save its results instead: {command}")


class FactsHeaderError(SourceError):
    """A result has other columns than its query."""

    problem = N_("{file}: the columns are {found}, but the query has {wanted}.")
    hint = _AGAIN


class FactsIncompleteError(SourceError):
    """Rows of a result are missing, or occur twice."""

    problem = N_("{file}: {found} of {count} {count:row|rows} {count:is|are} there.")
    hint = _AGAIN


class FactsMixedError(SourceError):
    """Results are of different runs of the script."""

    problem = N_("{file} is of the run of {run}, and other results are of the run of {of}.")
    hint = _AGAIN


class FactsBrokenError(SourceError):
    """A result cannot be read."""

    problem = N_("{file} cannot be read: {because}.")
    hint = _AGAIN


class FactsContradictError(SourceError):
    """Results do not add up: somebody changed one of them, or the table changed meanwhile."""

    problem = N_("{folder}: the results contradict each other: {because}.")
    hint = N_("The table may have changed while the script ran: run the whole script again.")


class OtherColumnsError(SourceError):
    """The table has other columns than --columns names."""

    problem = N_("{table}: the table and --columns differ in these columns: {columns}.")
    hint = N_("Write the script again, and name every column of the table with --columns.")


class FactsOfAnotherVersionError(SourceError):
    """The script was written by a version of ltv with another format of results."""

    problem = N_("{folder}: the script was written by ltv {found}, and this is ltv {version}.")
    hint = N_("Write the script again with this version: {command}")


class FactsAndInputError(UsageError):
    """--facts was given together with files, or with a table."""

    problem = N_("--facts takes the place of files and of --source.")
    hint = N_("Give either --facts, or files, or --source with --table.")


class FixedInScriptError(UsageError):
    """What was typed with --facts is part of the script."""

    problem = N_("{option} cannot be changed with --facts: the script was written without it.")
    hint = N_("Write the script with it: {command}")


class NoColumnsError(UsageError):
    """`ltv sql` does not know which columns the table has."""

    problem = N_("--columns is missing: a script is written without a look at the table.")
    hint = N_(
        "Name every column with its type, as information_schema.columns has them: "
        "--columns 'order_id bigint, total numeric', or a CSV file with both."
    )


class UnreadableColumnsError(UsageError):
    """--columns cannot be read."""

    problem = N_("--columns cannot be read at “{text}”.")
    hint = N_("Separate name and type by a blank, columns by a comma: --columns 'total numeric'.")


class UnnamedScriptError(UsageError):
    """`ltv sql` was typed without the name of a command."""

    problem = N_("ltv sql needs the name of a command: {known}.")
    hint = N_(
        "Write for example: ltv sql calc --dialect postgres --table orders --columns columns.csv"
    )


class NoScriptOfError(UsageError):
    """There are no scripts for this command."""

    problem = N_("There is no script for “{command}”.")
    hint = N_("Choose one of {known}.")


class FactsAndTableError(UsageError):
    """A script was asked for with --facts and with a table besides."""

    problem = N_("--facts takes the place of --dialect, --table, --columns and --where.")
    hint = N_("Give either --facts, or --dialect with --table and --columns.")
