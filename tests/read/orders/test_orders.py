"""Rows to orders: what is used, what is excluded and why, to the row and to the cent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli import errors
from ltvcli.engines.duckdb import DuckDB
from ltvcli.read import profiles
from ltvcli.read.files import record_reader
from ltvcli.read.reasons import REASONS
from ltvcli.results import Quantity
from ltvcli.units import Unit
from tests import effort

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
MONEY = "customer,date,total,currency"
MIXED = ["3,a,2025-01-01,1", "3,a,2025-01-01,2"]


def orders(*rows: str, header: str = "customer,date,total") -> str:
    return "\n".join((header, *rows)) + "\n"


def ids(*rows: str) -> str:
    return orders(*rows, header="order_id,customer,date,amount")


def test_without_order_ids_every_row_is_an_order_and_exact_duplicates_stay(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,10", "a,2025-01-01,10", "b,2025-01-02,5"))

    assert (loaded.customers, loaded.counted, loaded.revenue) == (2, 3, 25)


def test_amounts_that_differ_within_orders_are_added_up(load: Load) -> None:
    loaded = load(ids("1,a,2025-01-01,10", "1,a,2025-01-01,2.50", "2,b,2025-01-02,5"))

    assert (loaded.counted, loaded.revenue) == (2, Decimal("17.50"))
    assert "added up" in loaded.notes[0]


def test_amounts_that_repeat_within_orders_count_once(load: Load) -> None:
    loaded = load(ids(*["1,a,2025-01-01,10"] * 2, *["2,b,2025-01-02,5"] * 3))

    assert (loaded.counted, loaded.revenue) == (2, 15)
    assert loaded.reading.inputs[0].rows_used == 5
    assert "same on all rows" in loaded.notes[0]


def test_amounts_on_the_first_row_only_count_once(load: Load) -> None:
    loaded = load(ids("1,a,2025-01-01,10", "1,,,", "2,b,2025-01-02,5", "2,b,2025-01-02,"))

    assert (loaded.counted, loaded.revenue) == (2, 15)
    assert loaded.aside == {}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["1,a,2025-01-01,10"] * 2, id="one order of two equal rows"),
        pytest.param(
            [*["1,a,2025-01-01,10"] * 2, *["2,a,2025-01-01,10"] * 2], id="one price everywhere"
        ),
        pytest.param(
            ["1,a,2025-01-01,10"] * 2 + ["2,a,2025-01-01,9"] * 2 + MIXED,
            id="some orders repeat and some do not",
        ),
    ],
)
def test_an_amount_that_may_be_of_the_order_or_of_the_row_is_a_question(
    load: Load, rows: list[str]
) -> None:
    with pytest.raises(errors.AmbiguousTotalError):
        load(ids(*rows))


@pytest.mark.parametrize(
    ("role", "revenue"),
    [
        pytest.param("order_total", 10, id="counted once"),
        pytest.param("line_total", 20, id="added up"),
    ],
)
def test_the_question_is_answered_with_map(load: Load, role: str, revenue: int) -> None:
    loaded = load(ids(*["1,a,2025-01-01,10"] * 2), map={role: "amount"})

    assert (loaded.counted, loaded.revenue) == (1, revenue)


def test_quantity_times_price_adds_up_and_returns_reduce_revenue(load: Load) -> None:
    loaded = load(
        orders(
            "536365,a,2025-01-01,6,2.55",
            "536365,a,2025-01-01,1,3.39",
            "536366,a,2025-02-01,2,1.85",
            "C536367,a,2025-02-02,-1,2.55",
            header="InvoiceNo,CustomerID,InvoiceDate,Quantity,UnitPrice",
        )
    )

    assert (loaded.counted, loaded.revenue) == (2, Decimal("19.84"))
    assert loaded.orders[-1][-1] is False


def test_prices_without_a_quantity_are_amounts(load: Load) -> None:
    rows = ("1,a,2025-01-01,10", "1,a,2025-01-01,2.50", "2,b,2025-01-02,5")
    loaded = load(orders(*rows, header="order_id,customer,date,price"))

    assert (loaded.counted, loaded.revenue) == (2, Decimal("17.50"))


def test_a_refund_row_folds_into_the_order_it_names(load: Load) -> None:
    loaded = load(ids("1,a,2025-01-01,10", "2,a,2025-02-01,5", "1,a,2025-03-01,-4"))

    assert (loaded.counted, loaded.revenue) == (2, 11)
    assert loaded.aside == {"refund-folded": 1}
    assert {row[1] for row in loaded.orders} == {date(2025, 1, 1), date(2025, 2, 1)}


def test_a_refund_in_a_later_file_folds_into_the_order_of_the_first(load: Load) -> None:
    loaded = load(ids("1,a,2025-01-01,10", "2,b,2025-01-02,7"), ids("1,a,2025-03-01,-4"))

    assert (loaded.counted, loaded.revenue) == (2, 13)
    assert loaded.reading.inputs[1].set_aside == {"refund-folded": 1}


def test_a_refund_with_a_problem_of_its_own_leaves_its_order_alone(load: Load) -> None:
    loaded = load(
        ids("1,a,2025-01-01,10", "1,a,2025-03-01,-4", "2,a,2025-02-01,5"), as_of=date(2025, 2, 2)
    )

    assert (loaded.counted, loaded.revenue) == (2, 15)
    assert loaded.aside == {"after-as-of": 1}


def test_a_refund_that_names_no_order_reduces_revenue_on_its_own_day(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,10", "a,2025-03-01,-4", "b,2025-02-01,-3"))

    assert (loaded.counted, loaded.revenue) == (1, 6)
    assert ("a", date(2025, 3, 1), Decimal(-4), None, False) in loaded.orders
    assert loaded.aside == {"refund-without-order": 1}
    (note,) = loaded.reading.inputs[0].notes
    assert note.facts["amount"] == Quantity(3, Unit.MONEY)


def test_a_refund_before_the_first_order_stays_in_revenue(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,-4", "a,2025-03-01,10"))

    assert (loaded.counted, loaded.revenue) == (1, 6)


def test_a_refund_column_is_subtracted_whatever_its_sign(load: Load) -> None:
    loaded = load(
        orders("a,2025-01-01,10,4", "b,2025-01-02,10,-1", header="customer,date,total,refund")
    )

    assert loaded.revenue == 15


def test_an_order_of_zero_is_an_order(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,0", "b,2025-01-02,5"))

    assert (loaded.customers, loaded.counted) == (2, 2)


@pytest.mark.parametrize(
    "word", effort.nth(3, ["", "0", "nan", "NaN", "null", "None", "-", "  ", "guest", "ゲスト"])
)
def test_words_for_nobody_are_no_customer(load: Load, word: str) -> None:
    loaded = load(orders(f"{word},2025-01-01,7.50", "b,2025-01-02,5"))

    assert loaded.aside == {"no-customer": 1}
    assert loaded.reading.no_customer_revenue == Decimal("7.5")


@pytest.mark.parametrize("ident", ["007", "1234567890123456789", "18446744073709551615", "1.5"])
def test_ids_are_text(load: Load, ident: str) -> None:
    loaded = load(orders(f" {ident} ,2025-01-01,7", f"{ident},2025-01-02,5"))

    assert {row[0] for row in loaded.orders} == {ident}


def test_conflicts_within_an_order_take_the_first_and_are_counted(load: Load) -> None:
    loaded = load(
        ids("1,a,2025-01-01,10", "1,b,2025-01-02,3", "2,b,2025-01-03,4", "2,b,2025-01-03,5")
    )

    assert [row[:2] for row in loaded.orders] == [
        ("a", date(2025, 1, 1)),
        ("b", date(2025, 1, 3)),
    ]
    assert sum("more than one" in note for note in loaded.notes) == 2


def test_an_order_in_two_files_counts_once(load: Load) -> None:
    loaded = load(
        ids("1,a,2025-01-01,10", "2,b,2025-01-02,5"), ids("2,b,2025-01-02,5", "3,b,2025-02-01,7")
    )

    assert (loaded.counted, loaded.revenue) == (3, 22)
    assert loaded.reading.inputs[0].set_aside == {"duplicate-order": 1}
    assert loaded.set_aside == [(0, 1, "duplicate-order")]


def test_the_same_contents_under_two_names_count_once(load: Load) -> None:
    text = orders("a,2025-01-01,10", "b,2025-01-02,5")

    loaded = load(text, text)

    assert (loaded.counted, loaded.revenue) == (2, 15)
    assert loaded.reading.inputs[1].set_aside == {"duplicate-file": 2}


def test_the_same_id_in_two_systems_is_two_orders(load: Load) -> None:
    stripe = "id,Amount,Created (UTC),Captured,Customer ID\n1,7,2025-01-01,true,c\n"

    assert load(ids("1,a,2025-01-01,10"), stripe).counted == 2


def test_period_as_of_and_future(load: Load) -> None:
    rows = [f"a{month},2025-0{month}-01,1" for month in range(1, 10)]
    loaded = load(
        orders(*rows),
        from_=date(2025, 2, 1),
        to=date(2025, 6, 30),
        as_of=date(2025, 7, 1),
        today=date(2025, 8, 15),
    )

    assert loaded.counted == 5
    assert loaded.aside == {"outside-period": 2, "after-as-of": 1, "future-date": 1}
    assert loaded.reading.as_of == date(2025, 7, 1)


def test_a_date_in_the_future_does_not_move_as_of(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,1", "b,2093-01-01,1"), today=date(2026, 1, 1))

    assert loaded.aside == {"future-date": 1}
    assert loaded.reading.as_of == date(2025, 1, 1)


def test_the_data_ends_with_the_period(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,1", "b,2025-09-01,1"), to=date(2025, 6, 30))

    assert loaded.reading.as_of == date(2025, 6, 30)


def test_new_since_excludes_earlier_customers(load: Load) -> None:
    loaded = load(
        orders("a,2024-12-31,1", "a,2025-03-01,2", "b,2025-02-01,4", "a,2025-04-01,-1"),
        new_since=date(2025, 1, 1),
    )

    assert (loaded.customers, loaded.revenue) == (1, 4)
    assert loaded.aside == {"customer-before-new-since": 3}


def test_two_currencies_are_a_question(load: Load) -> None:
    text = orders("a,2025-01-01,1,usd", "b,2025-01-02,2,USD", "c,2025-01-03,9,JPY", header=MONEY)
    with pytest.raises(errors.MixedCurrencyError) as caught:
        load(text)

    assert caught.value.facts["counts"] == "USD 2, JPY 1"
    loaded = load(text, currency="USD")
    assert (loaded.counted, loaded.revenue, loaded.reading.currency) == (2, 3, "USD")
    assert loaded.aside == {"other-currency": 1}


def test_a_currency_only_of_rows_that_are_set_aside_is_no_question(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,1,usd", ",2025-01-03,9,JPY", header=MONEY))

    assert loaded.reading.currency == "USD"


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("¥5", "JPY"), ("￥5", "JPY"), ("5円", "JPY"), ("$5", "USD"), ("€5", "EUR"), ("5", None)],
)
def test_a_currency_sign_identifies_the_currency(
    load: Load, amount: str, currency: str | None
) -> None:
    assert load(orders(f"a,2025-01-01,{amount}")).reading.currency == currency


def test_a_dollar_may_be_canadian(load: Load) -> None:
    loaded = load(orders("a,2025-01-01,$5"), currency="CAD")

    assert (loaded.counted, loaded.reading.currency) == (1, "CAD")


def test_two_currency_signs_are_a_question(load: Load) -> None:
    with pytest.raises(errors.MixedCurrencyError):
        load(orders("a,2025-01-01,$5", "b,2025-01-01,€7"))


@pytest.mark.parametrize(
    ("header", "row", "cost"),
    [
        pytest.param("customer,date,total,cost", "a,2025-01-01,10,4.25", "4.25", id="of the row"),
        pytest.param(
            "customer,date,quantity,unit price,unit cost", "a,2025-01-01,3,10,4", "12", id="apiece"
        ),
        pytest.param("customer,date,total,cost", "a,2025-01-01,10,", None, id="unknown"),
    ],
)
def test_the_cost_of_an_order_is_read_from_any_usual_column(
    load: Load, header: str, row: str, cost: str | None
) -> None:
    loaded = load(orders(row, header=header))

    assert loaded.orders[0][3] == (None if cost is None else Decimal(cost))
    assert loaded.reading.has_cost


def test_a_cost_known_for_some_rows_of_an_order_only_is_unknown(load: Load) -> None:
    header = "order_id,customer,date,line total,cost"
    loaded = load(
        orders("1,a,2025-01-01,10,4", "1,a,2025-01-01,5,", "2,a,2025-01-02,5,2", header=header)
    )

    assert [row[3] for row in loaded.orders] == [None, 2]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(
            orders(",2025-01-01,1", "0,2025-01-02,2"), errors.NoCustomersError, id="all blank"
        ),
        pytest.param(orders("a,2025-01-01,0"), errors.AllZeroError, id="all amounts zero"),
        pytest.param(
            orders("a,2025-01-01,5,cancelled", header="customer,date,total,status"),
            errors.NothingUsableError,
            id="all cancelled",
        ),
    ],
)
def test_an_empty_result_gives_a_reason(load: Load, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        load(text)


def test_every_reason_that_is_given_is_explained() -> None:
    known = [profiles.load(name) for name in profiles.names()]
    given = {
        rule.reason for profile in known if profile.kind == "orders" for rule in profile.leave_out
    }
    given |= set(record_reader.REASONS.values())
    package = Path(errors.__file__).parent
    for file in (*package.glob("sql/read_*.sql"), *package.glob("read/[fo]*s.py")):
        given |= set(re.findall(r"['\"]([a-z]+(?:-[a-z]+)+)['\"]", file.read_text()))

    assert given - {"past-due"} <= set(REASONS)  # which is a state of subscriptions


def test_orders_that_do_not_add_up_to_their_rows_are_an_internal_error(load: Load) -> None:
    with pytest.MonkeyPatch.context() as patch:
        original = DuckDB.run

        def lose_money(engine: DuckDB, name: str, parameters: Any = None) -> None:
            original(engine, name, parameters)
            if name == "read/orders/view":
                engine.execute(
                    "create or replace view orders as select customer, day, amount - 0.01 as "
                    "amount, cost, serve, not is_refund as counted, segment from all_orders"
                )

        patch.setattr(DuckDB, "run", lose_money)
        with pytest.raises(errors.InternalError, match=r"rows add up to 15.*orders to 14\.98"):
            load(orders("a,2025-01-01,10", "b,2025-01-02,5"))


def test_the_money_at_stake_in_orders_whose_rows_disagree_is_reported(load: Load) -> None:
    loaded = load(
        "receipt no,client id,purchase date,order total\n"
        "R1,k1,2024-02-01,10\nR1,k2,2024-02-01,20\nR1,k1,2024-02-05,30\n"
        "R2,k3,2024-02-02,7\nR2,k3,2024-02-02,7\nR3,k4,2024-02-03,9\n"
    )

    assert loaded.revenue == 26
    assert loaded.reading.inputs[0].alerts["order-rows-disagree"] == {
        "orders": Quantity(1, Unit.COUNT), "customers": Quantity(1, Unit.COUNT),
        "days": Quantity(1, Unit.COUNT), "amounts": Quantity(1, Unit.COUNT),
        "all_rows": Quantity(60, Unit.MONEY), "counted": Quantity(10, Unit.MONEY),
    }  # fmt: skip


def test_rows_that_disagree_in_cancelled_orders_are_not_reported(load: Load) -> None:
    loaded = load(
        "receipt no,client id,purchase date,order total,order status\n"
        "R1,k1,2024-02-01,10,void\nR1,k2,2024-02-01,20,void\nR3,k4,2024-02-03,9,paid\n"
    )

    assert loaded.reading.inputs[0].alerts == {}
