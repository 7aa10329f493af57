"""Which product customers buy next: B within 90 days after a first order with A.

| of 100 customers whose first order had A | 40 bought B within 90 days | 40% |
| of 400 whose first order had neither     | 40 did                     | 10% |
| lift                                     |                            | 4.0 |

Each customer counts once, with the first order, so that the hypergeometric test is exact: were A
without meaning, those 80 buyers of B would be drawn at random from the 500. A pair is shown with a
p-value below 0.05 after Holm's correction for all pairs that were tested, and with 30 buyers.
Pairs are shown at all only if pairs from data up to an earlier day predicted what the customers of
that day bought next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.results.experiment import Range
from ltvcli.results.risk import AHEAD, NextProduct, Offer, ProductRecord
from ltvcli.stats.inference import holm, poisson_interval, wilson
from ltvcli.stats.inference.relative_risk import risk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.facts.products import FirstPurchases

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Days = NDArray[np.datetime64]

SUPPORT = 30
"""Customers who bought A first, buyers of B, and of these buyers after A that a pair takes."""
SIGNIFICANT = 0.05
TOP = 0.1


class Followed(Struct, frozen=True, kw_only=True):
    """First orders observed for 90 days: their products, and the next ones.

    Attributes:
        basket: whether the first order of a customer had a product, sparse `(customers, products)`.
        later: whether the customer bought it in the 90 days after, likewise.
    """

    basket: Any
    later: Any


def followed(purchases: FirstPurchases, until: date) -> Followed:
    """Return first orders with 90 observed days by a day, from data known on it.

    Args:
        purchases: of all customers.
        until: the day.
    """
    import numpy as np
    from scipy import sparse

    begin = first_orders(purchases)
    is_over = begin + AHEAD <= np.datetime64(until)
    after = (purchases.first - begin[purchases.customer]).astype(np.int64)
    watched = is_over[purchases.customer]
    shape = (len(purchases.customers), len(purchases.products))

    def cells(rows: Bools) -> Any:
        places = (purchases.customer[rows], purchases.product[rows])
        return sparse.csr_array((np.ones(int(rows.sum()), dtype=np.int64), places), shape=shape)

    return Followed(
        basket=cells(watched & (after == 0)),
        later=cells(watched & (after > 0) & (after <= AHEAD)),
    )


def first_orders(purchases: FirstPurchases) -> Days:
    """Return the day of the first order of each customer, shape `(customers,)`."""
    import numpy as np

    begins = np.searchsorted(purchases.customer, np.arange(len(purchases.customers)))
    days: Days = np.minimum.reduceat(purchases.first, begins)
    return days


def pairs(purchases: FirstPurchases, until: date) -> tuple[tuple[NextProduct, ...], int]:
    """Return the significant pairs of products, and how many were tested.

    Which pairs are tested depends on how often A was first and how often B was bought, not on how
    often B came after A.

    Args:
        purchases: of all customers.
        until: day by which they are known.
    """
    import numpy as np
    from scipy.stats import hypergeom

    orders = followed(purchases, until)
    basket, later = orders.basket, orders.later
    watched = int((basket.sum(axis=1) > 0).sum())
    had, bought = basket.sum(axis=0), later.sum(axis=0)
    first, second = np.flatnonzero(had >= SUPPORT), np.flatnonzero(bought >= SUPPORT)
    if not len(first) or not len(second):
        return (), 0
    both = (basket[:, first].T @ basket[:, second]).toarray()
    hits = (basket[:, first].T @ later[:, second]).toarray()
    customers = had[first][:, None] - both
    everyone = watched - had[second][None, :] + 0 * customers
    buyers = bought[second][None, :] + 0 * customers
    tested = (first[:, None] != second[None, :]) & (customers >= SUPPORT)
    rows, columns = np.nonzero(tested)
    p_values = hypergeom.sf(
        hits[tested] - 1, everyone[tested], buyers[tested], customers[tested]
    ).tolist()
    made = []
    for row, column, p, adjusted in zip(
        rows, columns, p_values, holm.adjusted(p_values), strict=True
    ):
        n, k = int(customers[row, column]), int(hits[row, column])
        rest, rest_k = int(everyone[row, column]) - n, int(buyers[row, column]) - k
        compared = risk(k, n, rest_k, rest) if rest else None
        if k < SUPPORT or adjusted >= SIGNIFICANT or compared is None:
            continue
        low, high = wilson.interval(k, n)
        made.append(
            NextProduct(
                product=purchases.products[first[row]],
                next=purchases.products[second[column]],
                customers=n,
                bought=k,
                share=Range(value=k / n, low=low, high=high),
                usual=rest_k / rest,
                lift=Range(value=compared.ratio, low=compared.low, high=compared.high),
                p=p,
                p_holm=adjusted,
            )
        )
    made.sort(key=lambda pair: (-pair.lift.value, pair.product, pair.next))
    return tuple(made), len(p_values)


class _Owned(Struct, frozen=True, kw_only=True):
    """Products of customers by a day, and those first bought in the 90 days before it."""

    owned: set[tuple[int, int]]
    recent: tuple[tuple[int, int], ...]

    @property
    def customers(self) -> set[int]:
        """Customers who bought something for the first time in the 90 days."""
        return {customer for customer, _ in self.recent}


def _owned(purchases: FirstPurchases, day: date) -> _Owned:
    import numpy as np

    age = (np.datetime64(day) - purchases.first).astype(np.int64)

    def rows(chosen: Bools) -> list[tuple[int, int]]:
        return list(
            zip(
                purchases.customer[chosen].tolist(),
                purchases.product[chosen].tolist(),
                strict=True,
            )
        )

    return _Owned(owned=set(rows(age >= 0)), recent=tuple(rows((age >= 0) & (age < AHEAD))))


def _suggested(
    purchases: FirstPurchases, shown: Sequence[NextProduct], owned: _Owned
) -> list[tuple[int, NextProduct]]:
    """Return for each customer the likeliest next product, the likeliest first.

    Args:
        purchases: of all customers.
        shown: the pairs.
        owned: what customers had by the day.
    """
    place = {product: number for number, product in enumerate(purchases.products)}
    after: dict[int, list[NextProduct]] = {}
    for pair in shown:
        after.setdefault(place[pair.product], []).append(pair)
    best: dict[int, NextProduct] = {}
    for customer, product in owned.recent:
        for pair in after.get(product, ()):
            if (customer, place[pair.next]) in owned.owned:
                continue
            known = best.get(customer)
            if known is None or pair.share.value > known.share.value:
                best[customer] = pair
    return sorted(best.items(), key=lambda row: (-row[1].share.value, row[0]))


def tested(purchases: FirstPurchases, day: date) -> ProductRecord | None:
    """Compare suggestions of an earlier day with purchases in the 90 days after it.

    By chance, a customer buys the product that is suggested as often as all customers of that day
    who did not have it: what is popular anyway earns nothing. Customers with the same pair are
    either all among the top tenth, or none.

    Args:
        purchases: of all customers.
        day: by which pairs are learned; 90 days before the last one.

    Returns:
        None where nothing was suggested.
    """
    import numpy as np

    shown, _ = pairs(purchases, day)
    owned = _owned(purchases, day)
    suggested = _suggested(purchases, shown, owned)
    candidates = owned.customers
    if not suggested:
        return None
    limit = suggested[: max(round(TOP * len(candidates)), 1)][-1][1].share.value
    top = [(customer, pair) for customer, pair in suggested if pair.share.value >= limit]
    place = {product: number for number, product in enumerate(purchases.products)}
    after = (purchases.first - np.datetime64(day)).astype(np.int64)
    in_time = (after > 0) & (after <= AHEAD)
    bought = set(
        zip(purchases.customer[in_time].tolist(), purchases.product[in_time].tolist(), strict=True)
    )
    usual = {
        product: _usual(place[product], candidates, owned.owned, bought)
        for product in {pair.next for _, pair in top}
    }
    hits = sum((customer, place[pair.next]) in bought for customer, pair in top)
    expected = sum(usual[pair.next] for _, pair in top)
    if not expected:
        return None
    low, high = poisson_interval.interval(hits)
    return ProductRecord(
        cutoff=day,
        customers=len(candidates),
        suggested=len(suggested),
        top=len(top),
        bought=hits,
        expected=expected,
        lift=Range(value=hits / expected, low=low / expected, high=high / expected),
    )


def _usual(
    product: int,
    candidates: set[int],
    owned: set[tuple[int, int]],
    bought: set[tuple[int, int]],
) -> float:
    """Return the share of customers without a product who bought it in the days after.

    Args:
        product: its place.
        candidates: customers of the day.
        owned: what customers had by then.
        bought: what they bought in the days after.
    """
    without = [customer for customer in candidates if (customer, product) not in owned]
    return sum((customer, product) in bought for customer in without) / max(len(without), 1)


def offers(
    purchases: FirstPurchases, shown: Sequence[NextProduct], as_of: date
) -> tuple[Offer, ...]:
    """Return the products to offer to each customer on the last day, most likely first.

    Args:
        purchases: of all customers.
        shown: the pairs.
        as_of: the last day.
    """
    return tuple(
        Offer(
            customer=purchases.customers[customer],
            product=pair.product,
            next=pair.next,
            share=pair.share,
        )
        for customer, pair in _suggested(purchases, shown, _owned(purchases, as_of))
    )


def open_to(made: Sequence[Offer]) -> Mapping[tuple[str, str], int]:
    """Count the customers to whom each pair applies."""
    counts: dict[tuple[str, str], int] = {}
    for offer in made:
        key = (offer.product, offer.next)
        counts[key] = counts.get(key, 0) + 1
    return counts
