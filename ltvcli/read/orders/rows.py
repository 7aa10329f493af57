"""The rows of one sheet of orders, stored in the engine."""

from __future__ import annotations

from collections.abc import Mapping

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
    customer_number is stored of customers, and `customer` is made from it whenever it is looked at,
    which takes time; with `orders`, the same is done to order_number and order_key.
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

    @property
    def table(self) -> str:
        """Name of the table."""
        return f"sheet_{self.index}"
