"""Tables of a database, read with --source."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class SourceSchemeError(UsageError):
    """--source is not an address of a supported database."""

    problem = N_("--source cannot read “{source}”.")
    hint = N_("Type an address: duckdb:///folder/shop.duckdb, postgresql://host/shop, sc://host.")


class SourceWithoutTableError(UsageError):
    """--source, or `ltv sql`, was given without the table to read."""

    problem = N_("--table is missing: no table to read is named.")
    hint = N_("Add its name, such as --table orders.")


class WhereWithoutSourceError(UsageError):
    """--where was given for files."""

    problem = N_("--where restricts the rows of a table, and no --source was given.")
    hint = N_("To exclude rows of a file, type --exclude 'COLUMN=VALUE'.")


class TimezoneError(UsageError):
    """--timezone names no time zone."""

    problem = N_("--timezone “{text}” is not a time zone.")
    hint = N_("Type its name, such as --timezone Asia/Tokyo.")


class TimezoneWithoutSourceError(UsageError):
    """--timezone was given for files."""

    problem = N_("--timezone is for times in a table, and no --source was given.")
    hint = N_("Files are read with the days that are written in them: leave --timezone out.")


class TimezoneUnusedError(UsageError):
    """--timezone was given for times that have no time zone."""

    problem = N_("--timezone cannot be used: “{column}” has the type {type}, without a time zone.")
    hint = N_("Leave --timezone out: days are those that are stored.")


class SourceAndFilesError(UsageError):
    """A table and files were given together."""

    problem = N_("A table and files cannot be read together.")
    hint = N_("Give either --source with --table, or files.")


class EmptyTableError(InputError):
    """A table has no rows, or --where selects none."""

    problem = N_("{table}: there are no rows to read.")
    hint = N_("Check the name of the table, and --where if it was given.")


class WhereError(UsageError):
    """--where is no condition."""

    problem = N_("--where “{text}” cannot be used: {because}.")
    hint = N_("Type a condition in SQL, such as --where \"country = 'JP'\".")


class TableTypeError(InputError):
    """A column of a table has a type that does not fit its role."""

    ours = ("label", "role")
    problem = N_("{table}: “{column}” has the type {type}, which cannot be read as {role}.")
    hint = N_("Cast the column in a view and read the view, or choose another: {flag}.")


class UnclearCellsError(InputError):
    """Text cells of a table are ambiguous or unreadable."""

    ours = ("label", "role")
    problem = N_(
        "{table}: {count} {count:cell|cells} of “{column}” {count:is|are} text that cannot be read "
        "as {role} for certain, such as “{example}”."
    )
    hint = N_("Cast the column in a view and read the view, or exclude these rows with --where.")


class ChangedIdsError(InputError):
    """IDs in a table look as a spreadsheet or a data frame writes them."""

    problem = N_(
        "{table}: {count} IDs of “{column}” were changed by a spreadsheet or a data frame, such as "
        "“{example}”."
    )
    hint = N_("Repair them in a view and read the view, or export the table and read the file.")


class NotOfTablesError(UsageError):
    """A request that only files support."""

    problem = N_("{what} cannot be used with --source.")
    hint = N_("Export the table to a file, and give the file instead.")


class CustomersNotCombinedError(UsageError):
    """A file of customers was given for a table that is not in this process."""

    problem = N_(
        "--customers {file} cannot be combined with this table: its rows are matched customer by "
        "customer, and customers stay in the database."
    )
    hint = N_("Join its columns to the orders in a view, and type --table VIEW --by COLUMN.")


class FileNotCombinedError(UsageError):
    """A further file was given for a table that is not in this process."""

    problem = N_(
        "{file} cannot be combined with this table: its rows are matched customer by customer, and "
        "customers stay in the database."
    )
    hint = N_("Export the table to a file, and give the file in place of --source and --table.")
