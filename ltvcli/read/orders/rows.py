"""The rows of one sheet of orders, stored in the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ltvcli.facts.orders import Numbering
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.columns.status_columns import Watched
from ltvcli.read.files.sheet import Sheet
from ltvcli.results import Fact, Sentence


class Rows(Struct, frozen=True, kw_only=True):
    """The table `sheet_<index>` in the engine: one row per record, in file order.

    `fields` are the columns it has: customer, day, amount, and those of order_key, minus, cost,
    serve, currency, refunded (whether a refund is given), reason, email, raw_customer, raw_order,
    segment_0, ... and state_0, ... (the cells of `watched` columns) that there is cause for.
    `status` is added where rows are no sale. order_number may stand for order_key: the number that
    follows the same prefix in all ids, kept until it is proved that all differ. With `numbering`,
    customer_number is stored of customers, with `orders`, order_number of orders, and with
    `segments`, segment_key in place of segment_0.

    `made` is the SQL of the fields that the table lacks, because they are made from others: of
    `customer` and `order_key` from these numbers, for example, which takes time.
    """

    index: int
    sheet: Sheet
    columns: Columns
    fields: tuple[str, ...]
    watched: tuple[Watched, ...]
    notes: tuple[Sentence, ...]
    alerts: Mapping[str, Mapping[str, Fact]]
    numbering: Numbering | None = None
    orders: Numbering | None = None
    segments: Sequence[tuple[str, str]] = ()
    made: Mapping[str, str] = {}

    @property
    def table(self) -> str:
        """Name of the table."""
        return f"sheet_{self.index}"

    @property
    def source(self) -> str:
        """SQL with all fields and `record`, the number of the row."""
        made = "".join(f", {sql} as {name}" for name, sql in self.made.items())
        return f"(select rowid as record, *{made} from {self.table})"

    @property
    def order(self) -> str:
        """Name of the column with the ID of the order, or the number that it is made from."""
        return "order_number" if self.orders else "order_key"
