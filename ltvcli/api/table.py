"""A table of a database: `ltvcli.calc(ltvcli.table("postgresql://host/shop", "orders"))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.api.errors import written_errors

if TYPE_CHECKING:
    from ltvcli.engines.addresses import Table


@written_errors()
def table(source: str, name: str, where: str | None = None, timezone: str | None = None) -> Table:
    """Return a table of a database, to be given in place of files.

    Args:
        source: address of the database, as `--source` takes it.
        name: of the table, `orders` or `shop.orders`.
        where: a condition in SQL on its rows.
        timezone: of its days, where times have one: "Asia/Tokyo"; UTC without one.

    Raises:
        SourceSchemeError: no engine is known for the address.

    >>> table("postgresql://ann:secret@host/shop", "orders").shown
    'postgresql://ann@host/shop orders'
    """
    from ltvcli.engines import addresses

    address = addresses.read(source)
    return addresses.Table(address=address, name=name, where=where, timezone=timezone)
