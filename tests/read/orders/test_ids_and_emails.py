"""Ids are compared with the e-mail addresses of the same file, and guests with an address told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from ltvcli.read.orders import ids_and_emails as pairs
from ltvcli.results import Quantity
from ltvcli.units import Unit

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
HEADER = "receipt no,client number,buyer email,purchase date,grand total"
DIFFER, GUESTS = "ids-and-emails-differ", "guests-with-email"


def file(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def alerts(loaded: Any) -> dict[str, Any]:
    return dict(loaded.reading.inputs[0].alerts)


def count(number: float) -> Quantity:
    return Quantity(number, Unit.COUNT)


def money(amount: float) -> Quantity:
    return Quantity(amount, Unit.MONEY)


def repeat_rate(loaded: Any) -> float:
    orders = [row[0] for row in loaded.orders if row[-1]]
    return sum(orders.count(customer) > 1 for customer in {*orders}) / len({*orders})


def pairs_of(pairs: Sequence[tuple[str, str]], *, repeats: int = 1, first: int = 0) -> list[str]:
    """Write orders of 10 each, `repeats` of each pair of client and address, one a day."""
    return [
        f"R{first + number}-{repeat},{client},{email},2024-0{repeat + 1}-{number % 28 + 1:02},10"
        for number, (client, email) in enumerate(pairs)
        for repeat in range(repeats)
    ]


def test_addresses_with_several_ids_are_reported_with_both_repeat_rates(load: Load) -> None:
    rows = pairs_of([("C1", "p@x.example"), ("C2", "P@x.example"), ("C3", "q@x.example"),
                     ("C4", "q@x.example"), ("C5", "r@x.example"), ("C6", "")])  # fmt: skip

    loaded = load(file(*rows))

    assert alerts(loaded)[DIFFER] == {
        "id": "client number", "email": "buyer email", "emails": count(2), "ids": count(0),
        "customers_by_id": count(6), "customers_by_email": count(3),
        "repeat_by_id": Quantity(0, Unit.RATE), "repeat_by_email": Quantity(2 / 3, Unit.RATE),
    }  # fmt: skip
    by_email = load(file(*rows), map={"customer": "buyer email"})
    assert (by_email.customers, repeat_rate(by_email)) == (3, pytest.approx(2 / 3))
    assert DIFFER not in alerts(by_email)


def test_ids_with_several_addresses_are_reported(load: Load) -> None:
    loaded = load(
        file(*pairs_of([("C1", "a@x.example"), ("C1", "b@x.example"), ("C2", "c@x.example"),
                        ("C2", "d@x.example"), ("C3", "e@x.example")]))
    )  # fmt: skip

    differ = alerts(loaded)[DIFFER]
    assert (differ["emails"], differ["ids"]) == (count(0), count(2))
    assert (differ["repeat_by_id"].value, differ["repeat_by_email"].value) == (2 / 3, 0)


@pytest.mark.parametrize(
    "some",
    [
        pytest.param([("C1", "a@x.example"), ("C2", "a@x.example")], id="one address"),
        pytest.param([("C1", "a@x.example"), ("C1", "A@X.example ")], id="one in two spellings"),
        pytest.param([("C1", "n/a"), ("C2", "n/a"), ("C3", "-"), ("C4", "-")], id="no addresses"),
    ],
)
def test_a_few_that_differ_are_not_worth_a_word(
    load: Load, some: Sequence[tuple[str, str]]
) -> None:
    many = [(f"K{number}", f"k{number}@x.example") for number in range(30)]

    assert alerts(load(file(*pairs_of(some), *pairs_of(many, first=50)))) == {}


def test_orders_that_do_not_count_are_not_compared(load: Load) -> None:
    text = file(
        *pairs_of([("C1", "a@x.example"), ("C3", "b@x.example")]),
        "V1,C2,a@x.example,2024-05-01,x", "V2,C4,b@x.example,2024-05-01,x",
    )  # fmt: skip

    assert DIFFER not in alerts(load(text))


@pytest.mark.parametrize("several", [0, 4000])
def test_a_sample_of_many_rows_finds_what_all_rows_show(
    load: Load, monkeypatch: pytest.MonkeyPatch, several: int
) -> None:
    monkeypatch.setattr(pairs, "_EXACT_ROWS", 1000)
    many = [
        (f"{100_000 + number}", f"k{number // 2 if number < several else number}@x.example")
        for number in range(5000)
    ]

    facts = alerts(load(file(*pairs_of(many))))

    assert facts.get(DIFFER, {}).get("emails") == (count(several / 2) if several else None)


@pytest.mark.parametrize("guest", ["", "0", "Guest"])
def test_guests_with_an_address_are_reported_with_the_difference_it_makes(
    load: Load, guest: str
) -> None:
    rows = [
        *pairs_of([("C1", "a@x.example"), (guest, "b@x.example"), (guest, "b@x.example")]),
        *pairs_of([("C9", ""), (guest, "")], first=20),
    ]

    loaded = load(file(*rows))

    assert alerts(loaded) == {
        GUESTS: {
            "id": "client number", "email": "buyer email",
            "guest_orders": count(2), "guest_revenue": money(20),
            "customers_by_id": count(2), "revenue_by_id": money(20),
            "customers_by_email": count(2), "revenue_by_email": money(30),
        }
    }  # fmt: skip
    by_email = load(file(*rows), map={"customer": "buyer email"})
    assert (by_email.customers, by_email.revenue) == (2, 30)
    assert GUESTS not in alerts(by_email)


def test_guests_without_an_address_are_not_offered_one(load: Load) -> None:
    loaded = load(file(*pairs_of([("C1", "a@x.example"), ("", ""), ("", "unknown")])))

    assert alerts(loaded) == {}


def test_line_items_of_guests_count_as_orders(load: Load) -> None:
    loaded = load(
        "receipt no,client number,buyer email,purchase date,line total\n"
        "1,,a@x.example,2024-01-05,4\n1,,a@x.example,2024-01-05,5\n2,C1,b@x.example,2024-01-06,7\n"
    )

    guests = alerts(loaded)[GUESTS]
    assert (guests["guest_orders"], guests["guest_revenue"]) == (count(1), money(9))


@pytest.mark.slow
def test_customers_left_out_by_the_period_are_not_compared(load: Load) -> None:
    old = [("C1", "a@x.example"), ("C2", "a@x.example"), ("C3", "b@x.example"),
           ("C4", "b@x.example")]  # fmt: skip
    new = [(f"K{number}", f"k{number}@x.example") for number in range(5)]
    text = file(
        *pairs_of(old, repeats=6), *(row.replace("2024-01", "2024-06") for row in pairs_of(new))
    )

    assert DIFFER in alerts(load(text))
    assert DIFFER not in alerts(load(text, from_=date(2024, 3, 1)))
