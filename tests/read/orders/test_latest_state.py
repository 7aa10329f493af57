"""Orders that several files hold: the later state counts, whatever the order of the files."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from ltvcli.results import Quantity
from ltvcli.units import Unit
from tests import effort

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
HEADER = "receipt no,client,order date,total price,total refunded"
LINES = "receipt no,client,order date,line total,payment status"
REFUND_ROWS = "receipt no,client,order date,order total"


def text(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


def in_every_order(load: Load, *texts: str, **settings: Any) -> list[Any]:
    """Read files in each order in which they can be given."""
    return [load(*ordered, **settings) for ordered in permutations(texts)]


def alerts(loaded: Any) -> dict[str, Any]:
    return {
        name: dict(facts) for file in loaded.reading.inputs for name, facts in file.alerts.items()
    }


def facts(orders: int, kept: float, replaced: float) -> dict[str, Quantity]:
    return {
        "orders": Quantity(orders, Unit.COUNT),
        "kept": Quantity(kept, Unit.MONEY),
        "replaced": Quantity(replaced, Unit.MONEY),
    }


def test_the_state_in_the_file_that_reaches_further_counts(load: Load) -> None:
    spring = text(HEADER, "7,ida,2025-03-01,40,0", "8,jan,2025-04-20,100,0")
    summer = text(HEADER, "8,jan,2025-04-20,100,35.5", "9,ida,2025-06-02,10,0")
    for loaded in in_every_order(load, spring, summer):
        assert (loaded.counted, loaded.revenue) == (3, Decimal("114.5"))
        assert alerts(loaded) == {"later-state-counts": facts(1, 64.5, 100)}


def test_a_refund_that_is_gone_in_the_later_file_is_no_refund(load: Load) -> None:
    earlier = text(HEADER, "8,jan,2025-04-20,100,35", "5,jan,2025-04-21,1,0")
    later = text(HEADER, "8,jan,2025-04-20,100,0", "9,ida,2025-06-02,10,0")
    for loaded in in_every_order(load, earlier, later):
        assert (loaded.counted, loaded.revenue) == (3, 111)


@pytest.mark.slow
def test_what_was_updated_last_counts_even_in_the_file_that_ends_first(load: Load) -> None:
    header = f"{HEADER},last modified"
    short = text(header, "8,jan,2025-04-20,100,60,2025-09-09 08:30:00")
    long = text(
        header, "8,jan,2025-04-20,100,0,2025-04-20 10:00", "9,ida,2025-06-02,10,0,2025-06-02"
    )
    for loaded in in_every_order(load, short, long):
        assert (loaded.counted, loaded.revenue) == (2, 50)
        assert alerts(loaded) == {"later-state-counts": facts(1, 40, 100)}


def test_the_column_of_days_can_be_named(load: Load) -> None:
    header = f"{HEADER},touched"
    short = text(header, "8,jan,2025-04-20,100,60,2025-09-09")
    long = text(header, "8,jan,2025-04-20,100,0,2025-04-20", "9,ida,2025-06-02,10,0,2025-06-02")
    for loaded in in_every_order(load, short, long, map={"updated": "touched"}):
        assert loaded.revenue == 50


@pytest.mark.slow
def test_of_files_that_reach_the_same_day_the_lower_amount_counts_and_it_is_reported(
    load: Load,
) -> None:
    first = text(HEADER, "8,jan,2025-04-20,100,0", "9,ida,2025-06-02,10,0")
    two = text(HEADER, "8,jan,2025-04-20,100,30", "9,ida,2025-06-02,10,0")
    for loaded in in_every_order(load, first, two):
        assert (loaded.counted, loaded.revenue) == (2, 80)
        assert alerts(loaded) == {"equal-states-differ": facts(1, 70, 100)}


def test_the_same_orders_in_two_files_count_once_without_a_warning(load: Load) -> None:
    first = text(HEADER, "8,jan,2025-04-20,100,0", "9,ida,2025-06-02,10,0")
    two = text(HEADER, "9,ida,2025-06-02,10,0", "4,jan,2025-07-01,5,0")
    for loaded in in_every_order(load, first, two):
        assert (loaded.counted, loaded.revenue, alerts(loaded)) == (3, 115, {})


@pytest.mark.slow
def test_of_three_files_the_last_state_counts(load: Load) -> None:
    files = [
        text(HEADER, "8,jan,2025-04-20,100,0", "1,ida,2025-04-30,1,0"),
        text(HEADER, "8,jan,2025-04-20,100,20", "2,ida,2025-05-30,1,0"),
        text(HEADER, "8,jan,2025-04-20,100,45", "3,ida,2025-06-30,1,0"),
    ]
    for loaded in in_every_order(load, *files):
        assert (loaded.counted, loaded.revenue) == (4, 58)
        assert alerts(loaded) == {"later-state-counts": facts(1, 55, 80)}


@pytest.mark.slow
def test_a_later_cancellation_of_line_items_counts(load: Load) -> None:
    earlier = text(LINES, "8,jan,2025-04-20,70,paid", "8,jan,2025-04-20,30,paid")
    later = text(
        LINES,
        "8,jan,2025-04-20,70,voided",
        "8,jan,2025-04-20,30,voided",
        "9,ida,2025-06-02,10,paid",
    )
    for loaded in in_every_order(load, earlier, later):
        assert (loaded.counted, loaded.revenue) == (1, 10)
        assert alerts(loaded) == {"later-state-counts": facts(1, 0, 100)}


def test_line_items_of_the_later_file_count(load: Load) -> None:
    earlier = text(LINES, "8,jan,2025-04-20,70,paid", "8,jan,2025-04-20,30,paid")
    later = text(LINES, "8,jan,2025-04-20,70,paid", "9,ida,2025-06-02,10,paid")
    for loaded in in_every_order(load, earlier, later):
        assert (loaded.counted, loaded.revenue) == (2, 80)


@pytest.mark.slow
def test_a_refund_in_a_later_file_is_taken_off_the_order_it_names(load: Load) -> None:
    earlier = text(REFUND_ROWS, "8,jan,2025-04-20,100", "7,ida,2025-04-22,10")
    later = text(REFUND_ROWS, "8,jan,2025-05-03,-25", "9,ida,2025-06-02,10")
    for loaded in in_every_order(load, earlier, later):
        assert (loaded.counted, loaded.revenue, alerts(loaded)) == (3, 95, {})


@pytest.mark.parametrize(
    "first", effort.nth(2, ["8,jan,2025-04-20,100", "8,jan,2025-04-20,100\n8,jan,2025-05-03,-25"])
)
def test_a_refund_that_two_files_hold_was_paid_once(load: Load, first: str) -> None:
    files = [
        text(REFUND_ROWS, first, "7,ida,2025-04-22,10"),
        text(REFUND_ROWS, "8,jan,2025-05-03,-25", "9,ida,2025-06-02,10"),
        text(REFUND_ROWS, "8,jan,2025-05-03,-25", "8,jan,2025-07-01,-5", "6,ida,2025-07-02,10"),
    ]
    for loaded in in_every_order(load, *files):
        assert (loaded.counted, loaded.revenue) == (4, 100)


def test_two_equal_refunds_in_one_file_were_both_paid(load: Load) -> None:
    rows = ["8,jan,2025-05-03,-25", "8,jan,2025-05-03,-25"]
    earlier = text(REFUND_ROWS, "8,jan,2025-04-20,100", "7,ida,2025-04-22,10")
    later = text(REFUND_ROWS, *rows, "9,ida,2025-06-02,10")
    for loaded in in_every_order(load, earlier, later):
        assert loaded.revenue == 70


@pytest.mark.parametrize("day", ["", "2025-02-30", "soon"])
def test_an_order_without_a_date_is_never_dated_by_its_refund(load: Load, day: str) -> None:
    loaded = load(
        text(
            REFUND_ROWS,
            f"5,ida,{day},80",
            "5,ida,2025-06-05,-1",
            "6,jan,2025-03-05,10",
            "7,jan,2025-03-06,20",
            "7,jan,2025-03-09,-20",
        )
    )
    assert (loaded.counted, loaded.revenue) == (2, 10)
    assert loaded.aside == {"date-not-a-date": 2, "refund-folded": 1}
