"""A file with one row per customer: segments of the customers of the orders.

| customer | country | result                                       |
| c1       | JP      | used: the segment of c1 is JP                |
| c1       | US      | excluded: duplicate-customer                 |
| c9       | US      | excluded: customer-without-orders            |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli.errors import (
    CustomersNotFoundError,
    InternalError,
    NoCustomerIdError,
    NoCustomerInFileError,
)
from ltvcli.language import N_
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import ambiguous, first_tier, position_of
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.orders import leading_zeros, segments
from ltvcli.results import InputFile, Quantity, Sentence
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

ROLE = "customer_id"
"""What --map calls the column of this file that names the customer."""
_SHOWN = 40  # at most this many headers are quoted in a message
IN_BOTH = N_("“{column}” of this file was used, not that of the orders.")
DIFFER = N_(
    "{count} {count:customer|customers} {count:has|have} rows that differ; the first one counts."
)
UNKNOWN = N_(
    "{count} of {all} {all:customer|customers} with orders {count:is|are} not in this file."
)


def add(
    engine: DuckDB,
    index: int,
    sheet: Sheet,
    requested: Mapping[str, int | None],
    orders: Sequence[Columns],
    chosen: Mapping[str, str],
) -> InputFile:
    """Fill the table `customer_segments` of facts.Engine from a file of customers.

    The first row of a customer counts; the others, and customers without orders, are added to the
    table `excluded_rows`.

    Args:
        engine: holds the orders.
        index: number of the sheet in `excluded_rows`.
        sheet: the file.
        requested: what to segment customers by, and its column here.
        orders: what the columns of the orders mean.
        chosen: roles as typed with --map.

    Raises:
        NoCustomerIdError: no column names the customer.
        AmbiguousColumnError: several do.
        NoCustomerInFileError: no row has a customer.
        CustomersNotFoundError: not one of the customers is one of the orders.
        InternalError: a row was lost.
    """
    place = _id(sheet, orders[0].name("customer"), chosen)
    values = ["null" if at is None else f"segment_value(c{at})" for at in requested.values()]
    fields = {"customer": f"tidy_id(c{place})", "segment": segments.joined(values)}
    scan.store(engine, "customers_file", sheet, fields, {})
    alerts = leading_zeros.align_zeros(engine, "customers_file")
    engine.run("read/orders/customers", {"sheet": index})
    row = engine.row("read/orders/customers_used")
    theirs = orders[0].name("customer")
    if row["example_in_file"] is None:
        raise NoCustomerInFileError(file=sheet.name, column=sheet.header[place])
    if not row["used"]:
        raise CustomersNotFoundError(
            file=sheet.name,
            column=sheet.header[place],
            example=row["example_in_file"],
            theirs=theirs,
            other=row["example_in_orders"] or "",
        )
    taken = {name: sheet.header[at] for name, at in requested.items() if at is not None}
    both = [
        name for name in taken if any(first_tier(columns.header, ((name,),)) for columns in orders)
    ]
    columns = {ROLE: sheet.header[place]} | {f"by.{name}": column for name, column in taken.items()}
    account = _account(engine, index, sheet, columns, row, both)
    return replace(account, alerts=alerts)


def _id(sheet: Sheet, theirs: str, chosen: Mapping[str, str]) -> int:
    """Find the column that names the customer: as typed, as in the orders, or by usual words.

    Words of the kind that the orders use come first: an e-mail for an e-mail.
    """
    if ROLE in chosen:
        return position_of(ROLE, chosen[ROLE], sheet.header)
    usual = profiles.load(profiles.GENERIC).columns["customer"]
    alike = [tier for tier in usual if first_tier((theirs,), (tier,))]
    hits = first_tier(sheet.header, ((theirs,), *alike, *usual, ("id",)))
    if not hits:
        columns = ", ".join(sheet.header[:_SHOWN])
        raise NoCustomerIdError(file=sheet.name, columns=columns)
    if len(hits) > 1:
        raise ambiguous(sheet.name, ROLE, hits, sheet.header)
    return hits[0]


def _account(
    engine: DuckDB,
    index: int,
    sheet: Sheet,
    columns: Mapping[str, str],
    counts: Mapping[str, int],
    both: Sequence[str],
) -> InputFile:
    """Account for every row of the file."""
    excluded = dict(
        engine.execute(
            "select reason, count(*) from excluded_rows where sheet = $sheet group by reason "
            "order by count(*) desc, reason",
            {"sheet": index},
        ).fetchall()
    )
    if counts["rows"] != counts["used"] + sum(excluded.values()):
        raise InternalError(what=f"rows of {sheet.name} were lost")
    notes = [Sentence(IN_BOTH, {"column": name}) for name in both]
    if counts["differ"]:
        notes.append(Sentence(DIFFER, {"count": Quantity(counts["differ"], Unit.COUNT)}))
    if unknown := counts["active_customers"] - counts["used"]:
        facts = {
            "count": Quantity(unknown, Unit.COUNT),
            "all": Quantity(counts["active_customers"], Unit.COUNT),
        }
        notes.append(Sentence(UNKNOWN, facts))
    return InputFile(
        path=sheet.name,
        kind="customers",
        profile=profiles.GENERIC,
        sha256=sheet.sha256,
        first=None,
        last=None,
        rows_read=counts["rows"] + sum(sheet.damaged.values()),
        rows_used=counts["used"],
        set_aside=excluded | sheet.damaged,
        columns=columns,
        notes=tuple(notes),
    )
