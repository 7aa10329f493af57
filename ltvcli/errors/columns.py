"""Columns and their roles."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_, Marked

ROLES = (N_("customer"), N_("date"), N_("amount"), N_("price"), N_("order"), N_("spend"))
"""Roles that columns are needed for, as they are called in a sentence."""


class UnknownRoleError(UsageError):
    """--map named a role that no column can play."""

    problem = N_("--map has no role “{role}”.")
    hint = N_("Did you mean {known}?")


class NoColumnError(UsageError):
    """--map named a column that is not in the file."""

    problem = N_("There is no column “{header}” for --map {role}.")
    hint = N_("Available columns: {near}.")


class AmbiguousColumnError(InputError):
    """Several columns could play a role."""

    ours = ("label", "role")
    problem = N_("{file}: several columns could be the {role} column: {candidates}.")
    hint = N_("Choose one: {flag}.")


class MissingColumnError(InputError):
    """No column plays a role that is needed; `roles` are joined by commas."""

    def __init__(self, **facts: object) -> None:
        super().__init__(**facts)
        if isinstance(roles := facts["roles"], str):
            self.facts["roles"] = tuple(map(Marked, roles.split(", ")))

    problem = N_("{file} ({label}): no column found for {roles}. Recognised names: {wanted}.")
    hint = N_("Add it to the export, or name the column: {flags}. Available columns: {columns}.")


class ColumnsProposedError(MissingColumnError):
    """No header names a column that is needed, but the cells show one for each role."""

    problem = N_("{file} ({label}): no column is named as {roles}.")
    hint = N_("If {seen}, type: {command}")


class ColumnsOpenError(MissingColumnError):
    """No header names a column that is needed, and the cells do not show all of them."""

    problem = N_("{file} ({label}): no column is named as {roles}, and {open}.")
    hint = N_("Name the column: {command} Available columns: {columns}.")


class CustomersListError(InputError):
    """A file has a row per customer, with counts and totals."""

    problem = N_(
        "{file} has one row per customer (each “{customer}” once, with {columns}), not one per "
        "order, so it does not show when customers bought."
    )
    hint = N_(
        "Export the orders, one row each with customer, date and amount. Then add this file with "
        "--customers: ltv segments orders.csv --customers {file} --by COLUMN"
    )


class OtherContentError(InputError):
    """A file contains neither orders nor subscriptions, by its headers."""

    problem = N_("{file} looks like {what} ({columns}), not like orders or subscriptions.")
    hint = N_(
        "Export the orders, one row each with customer, date and amount. If this file holds "
        "orders, name the columns: --map customer=COLUMN --map date=COLUMN --map amount=COLUMN."
    )


class OtherSetError(InputError):
    """Amount and refund are in columns of different currencies."""

    problem = N_(
        "{file}: “{column}” may be in another currency than “{amount}”, and no matching column "
        "belongs to “{amount}”."
    )
    hint = N_("If both are in the same currency, type {flag}; else name the right column.")


class NoSuchSegmentError(UsageError):
    """--by names a column that no file has."""

    problem = N_("No file has a column “{name}” to segment customers by.")
    hint = N_("Name a column with --by: {near}; or give a file that has it with --customers.")


class NoSuchSubscriberSegmentError(NoSuchSegmentError):
    """--by names a column that no file of subscriptions has."""

    hint = N_("Name a column with --by: {near}.")


class NoServeColumnError(UsageError):
    """--cost-to-serve is neither a rate nor a column of the orders."""

    problem = N_("--cost-to-serve “{name}” is neither a rate nor a column of the orders.")
    hint = N_("Write a rate such as --cost-to-serve 5%, or name a column: {near}.")


class SeveralCustomersFilesError(UsageError):
    """--customers fits more than one file."""

    problem = N_("--customers “{pattern}” matches {count} {count:file|files}, but takes one.")
    hint = N_("Name one file, with a row for each customer.")


class NoCustomerIdError(InputError):
    """The customers file has no column of customer IDs."""

    problem = N_("“{file}” has no customer ID column.")
    hint = N_("Name it: --map customer_id=COLUMN. Available columns: {columns}.")


class CustomersNotFoundError(InputError):
    """Customers file and orders have no customer in common."""

    problem = N_(
        "No customer of the orders is in “{file}”: “{column}” has values such as {example} there, "
        "“{theirs}” in the orders such as {other}."
    )
    hint = N_(
        "Name the columns with the same IDs: --map customer_id=COLUMN, --map customer=COLUMN."
    )


class NoCustomerInFileError(InputError):
    """A customers file has no usable customer ID."""

    problem = N_("“{file}” has no customer ID in “{column}” on any line that can be used.")
    hint = N_(
        "Name the column with the IDs, --map customer_id=COLUMN, or check that every line has as "
        "many cells as the header."
    )


class ExcludedColumnError(UsageError):
    """--exclude names a column that no file has."""

    problem = N_("No file has a column “{column}” for --exclude.")
    hint = N_("Name a column of the file: {near}. For example --exclude '{example}={value}'.")


class ExcludedValueError(UsageError):
    """--exclude names a value that no row has."""

    problem = N_("No row has “{value}” in “{column}”, so --exclude excludes nothing.")
    hint = N_("Values in “{column}”: {near}.")


class UnusedWordError(UsageError):
    """--status-paid or --words explains a status that no row has."""

    problem = N_("No row has the status “{word}”.")
    hint = N_("Statuses in the file: {near}.")


class NotOrdersError(InputError):
    """A file is known not to hold orders of customers."""

    problem = N_("{file} ({label}) cannot be used: {because}")
    hint = N_("ltv sources lists the supported exports.")


class NoBuyerError(NotOrdersError):
    """A known report does not identify buyers, but another export of the system does."""

    hint = N_("{instead} ltv sources lists the supported exports.")
