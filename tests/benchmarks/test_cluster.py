"""The arithmetic of the table for a cluster, by hand."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks import cluster
from tests.benchmarks.cluster import Range

SIZES = [
    {
        "orders": orders,
        "engine_cpu": 20 + 15e-6 * orders,
        "client_cpu": 2.0,
        "received": 6e6 + orders / 10,
        "client_peak": 2e8,
        "shuffled": 60 * orders,
    }
    for orders in (10**6, 3 * 10**6, 10**7)
]


def test_a_cost_that_grows_with_orders_is_found_again() -> None:
    low, high = (
        getattr(cluster.extrapolated(SIZES, "engine_cpu", 10**9, sorts=sorts), end)
        for sorts, end in ((True, "low"), (False, "high"))
    )

    assert low == pytest.approx(20 + 15_000)
    assert high == pytest.approx(20 + 15_000)


def test_the_high_end_grows_as_sorting_does() -> None:
    found = cluster.extrapolated(SIZES, "engine_cpu", 10**9, sorts=True)

    assert found.high == pytest.approx(found.low * math.log(10**9) / math.log(10**7))
    assert found.high / found.low == pytest.approx(9 / 7)


def test_time_is_that_of_the_cores_and_of_the_statements_one_by_one() -> None:
    found = cluster.estimate("calc", SIZES, orders=10**9, cores=160)

    assert found.at_best.low == pytest.approx(15_020 / 160 + 37)
    assert found.at_a_third.low == pytest.approx(3 * 15_020 / 160 + 37)
    assert found.shuffled == Range(60e9, 60e9)
    assert found.received.low == 7e6
    assert found.received.high == pytest.approx(6e6 + 10**8)


def test_what_orders_and_customers_add_is_told_apart() -> None:
    sizes = [
        {"orders": orders, "customers": customers, "x": 1.5 + 2e-6 * orders + 7e-6 * customers}
        for orders, customers in ((1e6, 1e5), (1e7, 1e6), (1e6, 7e5), (2e6, 3e4))
    ]

    assert cluster.parts(sizes, "x") == pytest.approx((1.5, 2e-6, 7e-6))


def test_a_cost_that_falls_by_chance_does_not_go_below_what_was_measured() -> None:
    sizes = [{"orders": 1.0, "x": 9.0}, {"orders": 2.0, "x": 8.0}]

    assert cluster.extrapolated(sizes, "x", 10, sorts=False) == Range(8, 8)


def test_the_table_is_that_of_the_costs_that_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    cluster.main()
    readme = (cluster.COSTS.parents[2] / "examples/warehouse/README.md").read_text("utf-8")
    printed = capsys.readouterr().out.splitlines()
    lines = [line for line in printed if line.startswith("|")]

    assert len(lines) > 2
    assert printed[0].partition(": ")[2] in " ".join(readme.split())
    assert [line for line in lines if line not in readme] == []
