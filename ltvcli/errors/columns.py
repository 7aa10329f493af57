"""What the columns mean."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class UnknownRoleError(UsageError):
    """--map named a role that no column can play."""

    problem = N_("--map knows no role “{role}”.")
    hint = N_("Did you mean: {known}?")


class NoColumnError(UsageError):
    """--map named a column that is not in the file."""

    problem = N_("There is no column “{header}” for --map {role}.")
    hint = N_("Columns that come near: {near}.")


class AmbiguousColumnError(InputError):
    """Several columns could play a role."""

    problem = N_("{file}: more than one column could be the {role}: {candidates}.")
    hint = N_("Say which one: {flag}.")


class MissingColumnError(InputError):
    """No column plays a role that is needed."""

    problem = N_("{file} ({label}): no column for {roles}; looked for {wanted}.")
    hint = N_("Add it to the export, or say which column it is: {flags}. There are: {columns}.")


class ColumnsProposedError(MissingColumnError):
    """No header names a column that is needed, but the cells show one for each role."""

    problem = N_("{file} ({label}): no header names the {roles}.")
    hint = N_("If {seen}, type: {command}")


class ColumnsOpenError(MissingColumnError):
    """No header names a column that is needed, and the cells do not show all of them."""

    problem = N_("{file} ({label}): no header names the {roles}, and {open}.")
    hint = N_("Say which column it is: {command} There are: {columns}.")


class CustomersListError(InputError):
    """A file has a row per customer, with counts and totals."""

    problem = N_(
        "{file} has one row per customer (each “{customer}” once, beside {columns}), not one per "
        "order, so it does not say when customers bought."
    )
    hint = N_(
        "Export the orders themselves, one row each with customer, date and amount; this file can "
        "be given beside them: ltv segments orders.csv --customers {file} --by COLUMN"
    )


class OtherContentError(InputError):
    """A file holds neither orders nor subscriptions, as its headers say."""

    problem = N_("{file} looks like {what} ({columns}), not like orders or subscriptions.")
    hint = N_(
        "Export the orders, one row each with customer, date and amount; if it does hold them, say "
        "which columns they are: --map customer=COLUMN --map date=COLUMN --map amount=COLUMN."
    )


class OtherSetError(InputError):
    """Amount and refund stand in columns of different currencies."""

    problem = N_(
        "{file}: “{column}” may be in another currency than “{amount}”, and no matching column "
        "belongs to “{amount}”."
    )
    hint = N_("If both are in the same currency, type {flag}; else name the right column.")


class NoSuchSegmentError(UsageError):
    """--by names what no file has."""

    problem = N_("No file has a column “{name}” to tell customers apart by.")
    hint = N_("Name a column with --by: {near}; or give a file that has it with --customers.")


class NoServeColumnError(UsageError):
    """--cost-to-serve is neither a rate nor a column of the orders."""

    problem = N_("“{name}” for --cost-to-serve is no rate, and no column of the orders.")
    hint = N_("Write a rate such as --cost-to-serve 5%, or name a column: {near}.")


class SeveralCustomersFilesError(UsageError):
    """--customers fits more than one file."""

    problem = N_("“{pattern}” for --customers fits {count} files; one is read.")
    hint = N_("Name one file, with a row for each customer.")


class NoCustomerIdError(InputError):
    """Nothing in the customers file names the customer."""

    problem = N_("“{file}” has no column that names the customer.")
    hint = N_("Say which one it is: --map customer_id=COLUMN. There are: {columns}.")


class CustomersNotFoundError(InputError):
    """Customers file and orders have no customer in common."""

    problem = N_(
        "No customer of the orders is in “{file}”: “{column}” has values such as {example} there, "
        "“{theirs}” in the orders such as {other}."
    )
    hint = N_(
        "Say which columns have the same ids: --map customer_id=COLUMN, --map customer=COLUMN."
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
    hint = N_("ltv sources lists the exports that can be read.")


class NoBuyerError(NotOrdersError):
    """A known report cannot tell buyers apart, but another export of the system can."""

    hint = N_("{instead} ltv sources lists the exports that can be read.")
