"""Who is a customer: an ID before an e-mail address before a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ltvcli import errors

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]


def alerts(loaded: Any) -> dict[str, Any]:
    return dict(loaded.reading.inputs[0].alerts)


@pytest.mark.parametrize(
    ("columns", "chosen"),
    [
        ("Member Number,E-Mail,Full Name", "Member Number"),
        ("Full Name,Buyer Username", "Buyer Username"),
        ("Buyer Full Name,User Email", "User Email"),
        ("Billing Name,Shopper ID", "Shopper ID"),
        ("お客様番号,メールアドレス,氏名", "お客様番号"),
        ("購入者名,メールアドレス", "メールアドレス"),
    ],
)
def test_an_id_comes_before_an_e_mail_and_a_name_last(
    load: Load, columns: str, chosen: str
) -> None:
    names = columns.split(",")
    first, second = (",".join(f"{row}{number}" for number in range(len(names))) for row in "pq")

    loaded = load(
        f"Purchase Date,{columns},Grand Total\n2024-01-05,{first},10\n2024-01-06,{second},20\n"
    )

    assert loaded.reading.inputs[0].columns["customer"] == chosen
    assert alerts(loaded) == {}


@pytest.mark.parametrize("header", ["Purchaser Name", "Bill To Name", "注文者氏名", "表示名"])
def test_a_name_is_used_and_reported_where_there_is_nothing_else(load: Load, header: str) -> None:
    loaded = load(f"Purchase Date,{header},Grand Total\n2024-01-05,Ann Lo,10\n2024-02-05,Bo Yi,9\n")

    assert loaded.customers == 2
    assert alerts(loaded) == {"customers-by-name": {"column": header}}


def test_two_columns_of_names_are_a_question(load: Load) -> None:
    with pytest.raises(errors.AmbiguousColumnError, match="Client Name, Purchaser Name"):
        load("Purchase Date,Client Name,Purchaser Name,Grand Total\n2024-01-05,Ann,Bo,10\n")


@pytest.mark.parametrize("names", [("Ann Lo", "Bo Yi"), ("山本", "佐藤 花"), ("ann", "bo")])
def test_clients_of_the_same_name_are_identified_by_e_mail(
    load: Load, names: tuple[str, str]
) -> None:
    loaded = load(
        "Purchase Date,Client,E-mail,Grand Total\n"
        f"2024-01-05,{names[0]},a@shop.example,10\n2024-02-05,{names[0]},b@shop.example,9\n"
        f"2024-02-06,{names[1]},b@shop.example,9\n"
    )

    assert {row[0] for row in loaded.orders} == {"a@shop.example", "b@shop.example"}
    assert alerts(loaded) == {}


def test_a_client_who_is_an_id_stays_the_customer(load: Load) -> None:
    loaded = load(
        "Purchase Date,Client,E-mail,Grand Total\n"
        "2024-01-05,K-17,a@shop.example,10\n2024-02-05,K-18,b@shop.example,9\n"
    )

    assert {row[0] for row in loaded.orders} == {"K-17", "K-18"}


def test_the_column_that_is_typed_is_the_customer(load: Load) -> None:
    loaded = load(
        "Purchase Date,Client,E-mail,Grand Total\n"
        "2024-01-05,Ann Lo,a@shop.example,10\n2024-02-05,Bo Yi,b@shop.example,9\n",
        map={"customer": "Client"},
    )

    assert {row[0] for row in loaded.orders} == {"Ann Lo", "Bo Yi"}
    assert alerts(loaded) == {}


@pytest.mark.parametrize(
    ("cells", "is_name"), [(("Ann Lo", "Bo Yi"), True), (("ann", "bo"), False)]
)
def test_a_client_of_several_words_is_recognised_as_a_name(
    load: Load, cells: tuple[str, str], is_name: bool
) -> None:
    loaded = load(
        f"Purchase Date,Client,Grand Total\n2024-01-05,{cells[0]},10\n2024-02-05,{cells[1]},9\n"
    )

    assert ("customers-by-name" in alerts(loaded)) is is_name
