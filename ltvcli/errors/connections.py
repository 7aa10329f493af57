"""Other engines: servers that hold the orders. Reasons are the server's words, without secrets."""

from __future__ import annotations

from ltvcli.errors.kinds import SourceError, UsageError
from ltvcli.language import N_


class NoDriverError(UsageError):
    """The driver of this engine is not installed."""

    problem = N_("The packages that connect to “{place}” are not installed.")
    hint = N_("Install them: pip install 'ltvcli[{extra}]'.")


class NotConnectedError(SourceError):
    """The server does not exist or does not answer, or has no such database."""

    problem = N_("Cannot connect to “{place}”: {because}.")
    hint = N_("Check host, port and database in --source, and whether the server is running.")


class LoginRefusedError(SourceError):
    """The server does not accept the user or the password."""

    problem = N_("“{place}” refused the login: {because}.")
    hint = N_("Check the user in --source and the password in the variable {variable}.")


class NoTableError(SourceError):
    """The table does not exist or is not visible to the user."""

    problem = N_("“{place}” has no table “{table}”, or this user cannot see it.")
    hint = N_("Name the table with its schema: --table SCHEMA.TABLE.")


class NotPermittedError(SourceError):
    """The user lacks a permission."""

    problem = N_("“{place}” does not permit a query: {because}.")
    hint = N_("Ask for permission to read the table and to create temporary tables.")


class ConnectionLostError(SourceError):
    """The server went away half-way."""

    problem = N_("The connection to “{place}” was lost: {because}.")
    hint = N_("Run the command again; nothing was changed in the database.")


class QueryCancelledError(SourceError):
    """The server, or an administrator, stopped a query."""

    problem = N_("“{place}” cancelled a query: {because}.")
    hint = N_("Ask for a longer time limit for queries, or choose fewer rows with --where.")


class RelationError(SourceError):
    """A DuckDB relation that was given in Python cannot be read."""

    problem = N_("The DuckDB relation cannot be read: {because}.")
    hint = N_("Run its query alone, and check that its connection may write files.")


class QueryFailedError(SourceError):
    """The server could not run a query."""

    problem = N_("“{place}” could not run a query: {because}.")
    hint = N_("Check that the columns in --map and --where exist and have the right type.")
