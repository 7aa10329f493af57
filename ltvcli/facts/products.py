"""When customers first bought which product."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.engine import Engine, Ints

    Days = NDArray[np.datetime64]


class FirstPurchases(Struct, frozen=True, kw_only=True):
    """A row per customer and product that was bought, each array of shape `(n,)`.

    Attributes:
        customers: IDs, in their order.
        products: names, in the order of the alphabet.
        customer: place of the customer of each row in `customers`, ascending.
        product: place of the product in `products`.
        first: day on which the customer first bought it.
    """

    customers: tuple[str, ...]
    products: tuple[str, ...]
    customer: Ints
    product: Ints
    first: Days


def gather(engine: Engine, as_of: date) -> FirstPurchases:
    """Read first purchases from orders that were read with a column of products.

    Args:
        engine: holds `records`, `order_rows`, `all_orders` and `customers`.
        as_of: last day of the data.
    """
    import numpy as np

    rows = engine.columns("facts/products/first_days", {"as_of": as_of})
    customers, customer = np.unique(rows["customer"].astype(object), return_inverse=True)
    products, product = np.unique(rows["product"].astype(object), return_inverse=True)
    return FirstPurchases(
        customers=tuple(customers.tolist()),
        products=tuple(products.tolist()),
        customer=customer.astype(np.int64),
        product=product.astype(np.int64),
        first=rows["first"].astype("datetime64[D]"),
    )
