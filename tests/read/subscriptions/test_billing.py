"""Customers by months from one bill to the next, counted only where it can matter."""

from __future__ import annotations

import pytest

from ltvcli.analyses.subscriptions.retention import NEARLY_ALL, renewal_interval
from ltvcli.read.subscriptions import billing
from tests.read.conftest import OneEngine


def used(engine: OneEngine, *rows: tuple[int, int], shape: str = "spans") -> None:
    """Fill `subscription_used` with rows of a customer and the months that one bill is for."""
    customers, months = zip(*rows, strict=True)
    engine.execute(
        "create or replace table used as select unnest($customers) as customer, "
        "unnest($months)::double as months",
        {"customers": customers, "months": months},
    )
    engine.execute(
        "create or replace view subscription_used as select *, 0::double as days, "
        f"'{shape}' as shape, 120::decimal(18, 4) as yearly from used"
    )


YEARLY = [(customer, 12) for customer in range(19)]


@pytest.mark.parametrize(
    ("rows", "counts", "every"),
    [
        pytest.param([*YEARLY, (19, 1)], {12: 19, 1: 1}, 12, id="19 of 20 pay by year"),
        pytest.param([*YEARLY[1:], (18, 1), (19, 1)], {}, 1, id="18 of 20 pay by year"),
        pytest.param(
            [*YEARLY[:5] * 4, *((n, 1) for n in range(5, 20))],
            {1: 15, 12: 5},
            1,
            id="20 rows by year are of 5 customers",
        ),
        pytest.param([(n, 1) for n in range(20)], {}, 1, id="all pay by month"),
    ],
)
def test_customers_are_counted_where_nearly_all_may_be_billed_alike(
    one_engine: OneEngine, rows: list[tuple[int, int]], counts: dict[int, int], every: int
) -> None:
    used(one_engine, *rows)

    found = billing.shared_by(one_engine, len({customer for customer, _ in rows}), NEARLY_ALL)

    assert found == counts
    assert renewal_interval(found) == renewal_interval(billing.of(one_engine).customers) == every


def test_customers_are_counted_where_a_row_is_a_month(one_engine: OneEngine) -> None:
    used(one_engine, *YEARLY, (19, 1), shape="months")

    assert billing.shared_by(one_engine, 20, NEARLY_ALL) == {}
    assert billing.of(one_engine).customers == {}
