"""IDs that spreadsheets and data frames damaged: repaired, reported or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli import errors
from ltvcli.results import Quantity
from ltvcli.units import Unit
from tests import effort
from tests.effort import examples

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
HEADER = "receipt no,client no,purchase date,grand total"


def file(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def alerts(loaded: Any, sheet: int = 0) -> dict[str, Any]:
    return dict(loaded.reading.inputs[sheet].alerts)


def count(number: float) -> Quantity:
    return Quantity(number, Unit.COUNT)


def money(amount: float) -> Quantity:
    return Quantity(amount, Unit.MONEY)


@pytest.mark.parametrize(
    ("damaged", "right"),
    effort.nth(
        3,
        [
            ("40117.0", "40117"),
            ("40117.00", "40117"),
            ("４０１１７", "40117"),
            ("\u00a040117", "40117"),
            ("40117\u3000", "40117"),
            ("\u200b40117", "40117"),
            ("\t40117", "40117"),
            ('"=""0042"""', "0042"),
            ("'0042", "0042"),
            ("Ｋａｎａ＠Ｓｈｏｐ.example", "kana@shop.example"),
        ],
    ),
)
def test_a_damaged_id_is_read_as_the_id_it_was(load: Load, damaged: str, right: str) -> None:
    loaded = load(file(f"A1,{right},2024-01-05,10", f"A2,{damaged},2024-02-05,20"))

    assert {row[0] for row in loaded.orders} == {right}
    assert loaded.customers == 1


@pytest.mark.parametrize("ident", ["40117.5", "0042", "K'17", "a+b@shop.example", "7e11", "1.2.0"])
def test_an_id_that_may_be_right_stays_as_it_is(load: Load, ident: str) -> None:
    loaded = load(file(f"A1,{ident},2024-01-05,10", f"A2,x{ident},2024-02-05,20"))

    assert ident in {row[0] for row in loaded.orders}
    assert "ids-repaired" not in alerts(loaded)


def test_repaired_ids_are_counted_with_an_example(load: Load) -> None:
    loaded = load(
        file("A1,40117.0,2024-01-05,10", "A2,40118.0,2024-02-05,20", "A3,40119,2024-02-06,5")
    )

    assert alerts(loaded)["ids-repaired"] == {
        "count": count(2), "before": "40117.0", "after": "40117",
    }  # fmt: skip


def test_spaces_around_ids_are_not_worth_a_word(load: Load) -> None:
    assert alerts(load(file("A1, 40117 ,2024-01-05,10", "A2,Ann@shop.example,2024-02-05,2"))) == {}


@pytest.mark.slow
def test_a_damaged_id_after_the_sample_is_repaired(load: Load) -> None:
    rows = [f"A{number},K{number % 7},2024-01-05,10" for number in range(2500)]

    loaded = load(
        file(
            *rows, "B1,40117,2024-02-01,1", "B2,40117.0,2024-02-02,1", "B3,４０１１７,2024-02-03,1"
        )
    )

    assert loaded.customers == 8


def test_an_order_id_with_a_point_in_one_file_is_the_order_of_the_other(load: Load) -> None:
    loaded = load(
        file("5001,k1,2024-01-05,10", "5002,k2,2024-01-06,20"),
        file("5002.0,k2,2024-01-06,20", "5003.0,k1,2024-02-05,30"),
    )

    assert (loaded.counted, loaded.revenue) == (3, 60)
    assert loaded.reading.inputs[0].set_aside == {"duplicate-order": 1}


def test_leading_zeros_lost_in_one_file_are_restored(load: Load) -> None:
    loaded = load(
        file("A1,00481,2024-01-05,10", "A2,10222,2024-01-06,20"),
        file("A3,481,2024-02-05,30", "A4,10222,2024-02-06,5", "A5,77,2024-02-07,1"),
    )

    assert {row[0] for row in loaded.orders} == {"00481", "10222", "00077"}
    assert alerts(loaded, 1)["ids-repaired"] == {
        "count": count(2), "before": "481", "after": "00481",
    }  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("A3,481,2024-02-05,30\nA4,x9,2024-02-06,5\n", id="ids that are no numbers"),
        pytest.param("A3,481,2024-02-05,30\nA4,0033,2024-02-06,5\n", id="two widths"),
        pytest.param("A3,481,2024-02-05,30\nA4,00033,2024-02-06,5\n", id="zeros in both files"),
    ],
)
def test_zeros_that_may_not_be_lost_are_reported_and_kept(load: Load, other: str) -> None:
    loaded = load(file("A1,00481,2024-01-05,10", "A2,10222,2024-01-06,20"), f"{HEADER}\n{other}")

    assert {"00481", "481"} <= {row[0] for row in loaded.orders}
    assert alerts(loaded)["ids-differ-in-zeros"] == {"count": count(1)}


def test_padded_ids_of_one_width_are_not_worth_a_word(load: Load) -> None:
    assert alerts(load(file("A1,00481,2024-01-05,10", "A2,10222,2024-01-06,20"))) == {}


def test_files_without_an_id_in_common_are_left_alone(load: Load) -> None:
    loaded = load(
        file("A1,00481,2024-01-05,10", "A2,10222,2024-01-06,20"), file("A3,482,2024-02-05,30")
    )

    assert {row[0] for row in loaded.orders} == {"00481", "10222", "482"}


SCIENTIFIC = (
    "2.90017E+15,k1,2024-01-05,10", "2.90017E+15,k2,2024-01-05,20", "2.90017E+15,k1,2024-02-09,35",
    "2.90018E+15,k3,2024-02-09,35",
)  # fmt: skip


@pytest.mark.parametrize("style", ["2.90017E+15", "2.900171234567e+15", '"2,90017E+15"', "3E+15"])
def test_order_ids_in_scientific_notation_are_split_by_customer_and_day(
    load: Load, style: str
) -> None:
    loaded = load(file(*SCIENTIFIC).replace("2.90017E+15", style))

    assert (loaded.customers, loaded.counted, loaded.revenue) == (3, 4, 100)
    assert loaded.aside == {}
    assert alerts(loaded)["damaged-order-ids"]["orders"] == count(4)


def test_rounded_order_ids_are_split_as_well(load: Load) -> None:
    rounded = ("290017123456789000", "290018123456789000")
    loaded = load(
        file(*SCIENTIFIC).replace("2.90017E+15", rounded[0]).replace("2.90018E+15", rounded[1])
    )

    assert (loaded.counted, loaded.revenue) == (4, 100)
    assert alerts(loaded)["damaged-order-ids"]["rows"] == count(4)


def test_long_order_ids_that_end_in_zeros_among_others_are_no_damage(load: Load) -> None:
    loaded = load(
        file(
            "290017123456789000,k1,2024-01-05,10", "290017123456789000,k1,2024-01-05,10",
            "290017123456789001,k2,2024-01-06,20",
        ).replace("grand total", "order total")
    )  # fmt: skip

    assert (loaded.counted, loaded.revenue) == (2, 30)
    assert alerts(loaded) == {}


def test_only_the_shortened_ids_of_a_file_are_split(load: Load) -> None:
    loaded = load(
        file(
            *SCIENTIFIC, "290017123456789000,k7,2024-03-01,9", "290017123456789000,k7,2024-03-02,9",
            "290017123456789001,k8,2024-03-03,8",
            header=HEADER.replace("grand", "order"),
        )
    )  # fmt: skip

    assert (loaded.counted, loaded.revenue) == (6, 117)


def test_orders_of_one_customer_and_day_show_the_money_at_stake(load: Load) -> None:
    loaded = load(
        file(*SCIENTIFIC, "2.90017E+15,k1,2024-01-05,4", header=HEADER.replace("grand", "order"))
    )

    assert loaded.revenue == 100
    assert alerts(loaded)["damaged-order-ids"] == {
        "rows": count(5), "example": "2.90017E+15", "orders": count(4),
        "all_rows": money(104), "counted": money(100),
    }  # fmt: skip


def test_line_items_with_a_damaged_order_id_are_added_up(load: Load) -> None:
    loaded = load(
        file(
            "2.90017E+15,k1,2024-01-05,10", "2.90017E+15,k1,2024-01-05,4",
            "2.90017E+15,k2,2024-01-05,20", "2.90018E+15,k2,2024-03-01,1",
            header=HEADER.replace("grand total", "line total"),
        )
    )  # fmt: skip

    assert (loaded.counted, loaded.revenue) == (3, 35)


def test_damaged_order_ids_that_all_differ_are_no_damage(load: Load) -> None:
    loaded = load(file("2.90017E+15,k1,2024-01-05,10", "2.90018E+15,k1,2024-01-05,20"))

    assert (loaded.counted, loaded.revenue) == (2, 30)
    assert alerts(loaded) == {}


@pytest.mark.slow
def test_damaged_customer_ids_are_refused_with_the_e_mail_to_take(load: Load) -> None:
    text = file(
        "A1,7.70012E+16,ann@shop.example,2024-01-05,10",
        "A2,7.70012E+16,ben@shop.example,2024-01-06,20",
        header="receipt no,client no,buyer email,purchase date,grand total",
    )

    with pytest.raises(errors.DamagedIdsWithEmailError) as caught:
        load(text)

    assert caught.value.facts["count"] == 2
    flag = re.fullmatch(r'--map customer="(.+)"', str(caught.value.facts["flag"]))
    assert flag
    assert load(text, map={"customer": flag[1]}).customers == 2


@pytest.mark.parametrize("ident", ["7.70012E+16", "770012345678912000", "7,70012E+16"])
def test_damaged_customer_ids_are_refused(load: Load, ident: str) -> None:
    with pytest.raises(errors.DamagedIdsError, match=ident.replace("+", r"\+")):
        load(file(f'A1,"{ident}",2024-01-05,10', f'A2,"{ident}",2024-01-06,20'))


def test_damaged_customer_ids_that_all_differ_are_still_good(load: Load) -> None:
    text = file("A1,7.70012E+16,2024-01-05,10", "A2,7.70013E+16,2024-01-06,20")

    assert load(text).customers == 2
    with pytest.raises(errors.DamagedIdsError):
        load(text, file("A3,7.70012E+16,2024-02-05,10"))


def read(load: Load, *texts: str) -> tuple[list[tuple[Any, ...]], list[dict[str, int]]]:
    """Read files; return the orders and what is excluded of each file."""
    loaded = load(*texts)
    results = [
        (customer, day, amount, counted) for customer, day, amount, _, counted in loaded.orders
    ]
    return results, [dict(file.set_aside) for file in loaded.reading.inputs]


numbers = st.integers(101, 130)
purchases = st.lists(
    st.tuples(numbers, st.integers(1, 28), st.integers(1, 99)), min_size=1, max_size=12
)


def lines(rows: Sequence[tuple[int, int, int]], prefix: str, write: Callable[[int], str]) -> str:
    return file(
        *(
            f"{prefix}{number},{write(client)},2024-01-{day:02},{amount}"
            for number, (client, day, amount) in enumerate(rows)
        )
    )


@pytest.mark.slow
@examples(12)
@given(purchases, purchases)
def test_a_point_and_a_zero_behind_all_ids_of_one_file_change_nothing(
    load_orders: Load, first: list[tuple[int, int, int]], second: list[tuple[int, int, int]]
) -> None:
    plain = read(load_orders, lines(first, "F", str), lines(second, "S", str))

    assert read(load_orders, lines(first, "F", str), lines(second, "S", "{}.0".format)) == plain
    assert read(load_orders, lines(first, "F", "{}.0".format), lines(second, "S", str)) == plain


@pytest.mark.slow
@examples(12)
@given(purchases, purchases, st.integers(0, 11))
def test_zeros_lost_in_one_file_change_nothing(
    load_orders: Load,
    first: list[tuple[int, int, int]],
    second: list[tuple[int, int, int]],
    shared: int,
) -> None:
    second = [*second, first[shared % len(first)]]  # a customer of both files
    padded = "{:06}".format

    expected = read(load_orders, lines(first, "F", padded), lines(second, "S", padded))

    assert read(load_orders, lines(first, "F", padded), lines(second, "S", str)) == expected


@pytest.mark.slow
@examples(12)
@given(purchases)
def test_full_width_ids_change_nothing(load_orders: Load, rows: list[tuple[int, int, int]]) -> None:
    def wide(client: int) -> str:
        return "".join(chr(ord(digit) + 0xFEE0) for digit in f"{client}")

    assert read(load_orders, lines(rows, "F", wide)) == read(load_orders, lines(rows, "F", str))
