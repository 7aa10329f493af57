"""The next product of customers, by hand; noise gives no pairs."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import fisher_exact

from ltvcli.analyses.risk import next_products
from ltvcli.facts.products import FirstPurchases

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
Bought = list[tuple[str, str, int]]


def purchases(bought: Bought) -> FirstPurchases:
    """First purchases of customer, product and day after FIRST."""
    rows = sorted(bought)
    customers = sorted({customer for customer, _, _ in rows})
    products = sorted({product for _, product, _ in rows})
    return FirstPurchases(
        customers=tuple(customers),
        products=tuple(products),
        customer=np.array([customers.index(customer) for customer, _, _ in rows]),
        product=np.array([products.index(product) for _, product, _ in rows]),
        first=np.datetime64(FIRST) + np.array([day for _, _, day in rows]),
    )


def hundred_and_four_hundred() -> Bought:
    """Of 100 who began with A 40 buy B in time; of 400 who began with C 40 do.

    Ten more had A and B at once, and ten began with A too late to be watched.
    """
    rows: Bought = []
    for n in range(500):
        customer, product = f"c{n:03}", "A" if n < 100 else "C"
        rows.append((customer, product, 10))
        if n < 40 or 100 <= n < 140:
            rows.append((customer, "B", 100))
        if 40 <= n < 50:
            rows.append((customer, "B", 101))  # 91 days later
    for n in range(10):
        rows += [(f"d{n}", "A", 10), (f"d{n}", "B", 10), (f"e{n}", "A", 700)]
    return rows


def test_the_share_of_those_who_began_with_a_product_against_all_others() -> None:
    pairs, tried = next_products.pairs(purchases(hundred_and_four_hundred()), LAST)
    (pair,) = pairs

    assert (pair.product, pair.next, pair.customers, pair.bought) == ("A", "B", 100, 40)
    assert (pair.share.value, pair.usual) == (0.4, 0.1)
    assert pair.lift.value == pytest.approx(4.0)
    assert tried == 2  # B after A and after C; nobody bought A or C later
    exact = fisher_exact([[40, 60], [40, 360]], alternative="greater").pvalue
    assert pair.p == pytest.approx(exact, rel=1e-9)
    assert pair.p_holm == pytest.approx(2 * exact, rel=1e-9)


def test_what_comes_later_than_the_day_is_not_known() -> None:
    pairs, tried = next_products.pairs(
        purchases(hundred_and_four_hundred()), FIRST + timedelta(days=99)
    )

    assert (pairs, tried) == ((), 0)


def test_a_pair_takes_thirty_buyers() -> None:
    rows = [row for row in hundred_and_four_hundred() if row[1] != "B" or row[0] >= "c011"]
    pairs, tried = next_products.pairs(purchases(rows), LAST)

    assert (pairs, tried) == ((), 2)  # 29 of 100 against 40 of 400 is beyond chance, but few


def drawn(seed: int, follow: float, n: int = 3000) -> FirstPurchases:
    """Customers of eight products; of those who began with A a share buys B next, else a tenth."""
    draw = np.random.default_rng(seed)
    names = np.array([f"P{k}" for k in range(6)] + ["A", "B"])
    rows: Bought = []
    for n_customer in range(n):
        customer, day = f"c{n_customer:04}", int(draw.integers(0, 720))
        begun = str(names[draw.integers(0, 7)])
        rows.append((customer, begun, day))
        for product in names:
            chance = follow if (begun, product) == ("A", "B") else 0.1
            if product != begun and draw.random() < chance:
                rows.append((customer, str(product), day + int(draw.integers(1, 90))))
    return purchases([row for row in rows if row[2] <= 729])


def test_a_planted_pair_is_found_and_reported_for_an_earlier_day() -> None:
    made = drawn(1, 0.5)
    pairs, _ = next_products.pairs(made, LAST)
    record = next_products.tested(made, LAST - timedelta(days=90))

    assert [(pair.product, pair.next) for pair in pairs] == [("A", "B")]
    assert pairs[0].share.value == pytest.approx(0.5, abs=0.06)
    assert record is not None
    assert record.lift.low is not None
    assert record.lift.low > 1.5
    assert record.top <= record.suggested <= record.customers


def test_what_is_popular_anyway_earns_nothing() -> None:
    """B is bought by three in ten after the day, whether they had A or not."""
    made = drawn(1, 0.5)
    day = LAST - timedelta(days=90)
    known = made.first <= np.datetime64(day)
    rows = [
        (made.customers[customer], made.products[product], int((first - begin).astype(int)))
        for customer, product, first in zip(
            made.customer[known], made.product[known], made.first[known], strict=True
        )
        for begin in (np.datetime64(FIRST),)
    ]
    have_b = {customer for customer, product, _ in rows if product == "B"}
    others = sorted({customer for customer, _, _ in rows} - have_b)
    draw = np.random.default_rng(2)
    last = (day - FIRST).days
    rows += [(customer, "B", last + 30) for customer in others if draw.random() < 0.3]
    record = next_products.tested(purchases(rows), day)

    assert record is not None
    assert record.lift.low is not None
    assert record.lift.low < 1


def test_offers_go_to_those_who_have_the_one_and_not_the_other() -> None:
    made = drawn(1, 0.5)
    pairs, _ = next_products.pairs(made, LAST)
    offers = next_products.offers(made, pairs, LAST)
    have: dict[str, dict[str, date]] = {}
    for customer, product, day in zip(made.customer, made.product, made.first, strict=True):
        have.setdefault(made.customers[customer], {})[made.products[product]] = day.astype(object)

    expected = {
        customer
        for customer, days in have.items()
        if "B" not in days and "A" in days and (LAST - days["A"]).days < 90
    }
    assert {offer.customer for offer in offers} == expected
    assert len(offers) == len(expected)
    assert next_products.open_to(offers) == {("A", "B"): len(expected)}


@pytest.mark.slow
def test_products_bought_at_random_give_no_pairs() -> None:
    """The chance that any pair is shown is held to one in twenty."""
    wrong = sum(bool(next_products.pairs(drawn(100 + k, 0.1, 1500), LAST)[0]) for k in range(40))

    assert wrong <= 5
