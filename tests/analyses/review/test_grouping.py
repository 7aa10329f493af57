"""Segments with enough customers to be shown alone."""

from __future__ import annotations

from ltvcli.analyses.review import grouping
from tests.analyses.review.shop import order
from tests.shops import gathered


def test_small_segments_share_the_last_row() -> None:
    sizes = {"web": 5, "ads": 3, "mail": 2, "tv": 1}
    orders = [
        order(f"{name}{number}", "03-01", 10, segment=name)
        for name, size in sizes.items()
        for number in range(size)
    ]
    facts = gathered(orders, by_segment=True)
    found = grouping.grouping(facts, 3)

    assert found.names == ("web", "ads")
    assert found.gathered == 2
    assert found.labels == ("web", "ads", "other")
    rows = dict(zip(facts.segments, found.rows, strict=True))
    assert rows == {"web": 0, "ads": 1, "mail": 2, "tv": 2}


def test_without_a_segment_of_that_size_all_customers_are_one() -> None:
    orders = [order(f"c{n}", "03-01", 10, segment="web" if n % 2 else "ads") for n in range(8)]
    found = grouping.grouping(gathered(orders, by_segment=True), 30)

    assert (found.names, found.rows, found.gathered) == (("",), (0, 0), 0)


def test_at_most_twenty_segments_are_separate() -> None:
    orders = [order(f"c{n}", "03-01", 10, segment=f"s{n % 25:02}") for n in range(100)]
    found = grouping.grouping(gathered(orders, by_segment=True), 1)

    assert len(found.names) == 20
    assert found.gathered == 5
