"""Rows that a column says are no sale, in files of any make."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ltvcli.errors import ExcludedColumnError, ExcludedValueError, UnusedWordError
from ltvcli.read.columns import status_vocabulary
from ltvcli.read.columns.problem_headers import DOUBTFUL
from tests import effort

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]


def sheet(header: str, *cells: str) -> str:
    """Write a file of one order of 10.00 for each cell of one more column."""
    lines = [f"customer id,order id,order date,order total,{header}"]
    for number, cell in enumerate(cells):
        lines.append(f"c{number},o{number},2025-03-{number + 1:02},10.00,{cell}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("header", "cells", "excluded"),
    effort.nth(
        3,
        [
            ("Payment State", ["settled", "declined", "ON_HOLD"], {"failed": 1, "unpaid": 1}),
            ("Order: Status", ["Completed", "wc-refunded"], {"returned": 1}),
            ("Invoice State", ["Paid", "Open"], {"unpaid": 1}),
            ("Bestellstatus", ["bezahlt", "storniert"], {"cancelled": 1}),
            ("Zahlungsstatus", ["Bezahlt", "Zurückerstattet"], {"returned": 1}),
            (
                "Statut de la commande",
                ["Payée", "Annulée", "Impayé"],
                {"cancelled": 1, "unpaid": 1},
            ),
            ("Estado del pedido", ["Pagado", "Pendiente de pago"], {"unpaid": 1}),
            ("入金状況", ["入金済み", "未入金"], {"unpaid": 1}),
            ("受注ステータス", ["処理済", "3: キャンセル"], {"cancelled": 1}),
            ("伝票区分(1:売上 2:返品 9:取消)", ["1", "2", "9"], {"cancelled": 1, "returned": 1}),
            ("キャンセルフラグ", ["○", "×", ""], {"cancelled": 1}),
            ("返品区分", ["有", "無"], {"returned": 1}),
            ("app_is_sandbox", ["TRUE", "false"], {"test": 1}),
            ("livemode", ["true", "false"], {"test": 1}),
            ("Environment", ["PRODUCTION", "SANDBOX"], {"test": 1}),
            ("is_paid", ["yes", "no"], {"unpaid": 1}),
            (
                "Voided At (UTC)",
                ["0000-00-00 00:00:00", "2025-04-01", "0", "-", ""],
                {"cancelled": 1},
            ),
            ("order_refunded_at", ["", "2025-04-01 10:00:00"], {"returned": 1}),
            ("Refund Status", ["none", "completed", "requested"], {"returned": 1}),
            (
                "Shipping status",
                ["pending", "unfulfilled", "shipped", "Cancelled"],
                {"cancelled": 1},
            ),
            ("Fulfillment Status", ["unfulfilled", "shipped"], {}),
            ("配送状況", ["発送待ち", "未発送"], {}),
            ("Customer Status", ["cancelled", "active"], {}),
            ("Ship State", ["CA", "NY", "TX"], {}),
            ("Test", ["A", "B", "A"], {}),
            ("Retouren-Zustand", ["keine", "abgeschlossen"], {"returned": 1}),
            ("Stato dell'ordine", ["Pagato", "Annullato"], {"cancelled": 1}),
            ("Situação do pedido", ["Pago", "Aguardando pagamento"], {"unpaid": 1}),
            ("Order status", ["Betaald", "Terugbetaald"], {"returned": 1}),
            ("订单状态", ["已完成", "已取消"], {"cancelled": 1}),
            ("Payment?", ["y", "n"], {"unpaid": 1}),
            ("Gültig", ["ja", "nein"], {"cancelled": 1}),
            ("Stornogrund", ["keine", "", "Kunde war nicht da"], {"cancelled": 1}),
            ("canceled_by", ["None", "staff"], {"cancelled": 1}),
            ("Sale type", ["Regular", "Exchange", "Sandbox"], {"test": 1}),
            ("Type", ["Retail", "Wholesale", "Return customer"], {}),
            ("Ticket type", ["single", "return"], {}),
        ],
    ),
)
def test_rows_that_are_no_sale_are_excluded(
    load: Load, header: str, cells: list[str], excluded: dict[str, int]
) -> None:
    loaded = load(sheet(header, *cells))

    assert loaded.aside == excluded
    assert loaded.counted == len(cells) - sum(excluded.values())
    assert all(word.meaning is not None for word in loaded.reading.inputs[0].statuses)


def test_a_status_column_is_found_by_its_cells(load: Load) -> None:
    loaded = load(sheet("Verlauf", *(["bezahlt"] * 5), "storniert", "storniert"))

    assert loaded.aside == {"cancelled": 2}


def test_a_column_of_other_words_is_no_status(load: Load) -> None:
    loaded = load(sheet("Paid with", "card", "card", "invoice", "cash on delivery", "error"))

    assert loaded.aside == {}
    assert loaded.reading.inputs[0].statuses == ()


def test_unknown_words_count_and_are_listed_with_their_revenue(load: Load) -> None:
    loaded = load(sheet("Status", "Paid", "With the bank", "with the bank", "void"))

    words = {word.word: word for word in loaded.reading.inputs[0].statuses}
    assert loaded.aside == {"cancelled": 1}
    assert words["With the bank"].meaning is None
    assert words["With the bank"].revenue == 10.0
    assert words["void"].meaning == "cancelled"


def test_excluded_values_of_any_column_are_left_out(load: Load) -> None:
    text = sheet("Order: Status,Shop", "Paid,Web", "With_the BANK,Web", "Paid,Ｐｏｐ-up")

    loaded = load(text, exclude=("Order Status=with the bank", "shop=pop up"))

    assert loaded.aside == {"excluded-by-user": 2}
    assert loaded.revenue == Decimal("10.00")


def test_words_that_the_user_explains_decide(load: Load) -> None:
    text = sheet("Status", "Paid", "With the bank", "Void", "Gone")

    loaded = load(text, words={"gone": "cancelled"}, status_paid=("void", "with the bank"))

    assert loaded.aside == {"cancelled": 1}
    assert loaded.counted == 3


@pytest.mark.parametrize(
    ("settings", "error", "near"),
    [
        ({"exclude": ("Stats=Void",)}, ExcludedColumnError, "Status"),
        ({"exclude": ("Status=Viod",)}, ExcludedValueError, "Void"),
        (
            {"status_paid": ("Viod",), "origin": {"status_paid": "flag"}},
            UnusedWordError,
            "Void",
        ),
    ],
)
def test_what_no_row_has_is_an_error_that_lists_the_nearest(
    load: Load, settings: dict[str, Any], error: type[Any], near: str
) -> None:
    with pytest.raises(error) as caught:
        load(sheet("Status", "Paid", "Void"), **settings)

    assert near in str(caught.value.facts)


def test_a_refunded_order_whose_refund_is_given_is_reduced_by_it(load: Load) -> None:
    text = sheet("status,refund amount", "refunded,10.00", "refunded,0", "refunded,4.00")

    loaded = load(text)

    assert loaded.aside == {"returned": 1}
    assert loaded.revenue == Decimal("6.00")


def test_refund_rows_marked_as_refunded_are_subtracted(load: Load) -> None:
    text = (
        "customer id,order date,order total,status\n"
        "a,2025-01-01,30.00,paid\na,2025-01-05,-30.00,refunded\nb,2025-01-02,5.00,paid\n"
    )

    assert load(text).revenue == Decimal("5.00")


def test_refund_rows_of_excluded_orders_are_excluded_with_them(load: Load) -> None:
    text = (
        "customer id,order date,order total,status\n"
        "a,2025-01-01,30.00,refunded\na,2025-01-05,-30.00,refunded\na,2025-01-02,5.00,paid\n"
    )

    loaded = load(text)

    assert loaded.revenue == Decimal("5.00")
    assert loaded.aside == {"returned": 2}


def test_flags_of_refunds_are_not_taken_for_amounts(load: Load) -> None:
    loaded = load(sheet("refunded", "yes", "no", "no"))

    assert loaded.aside == {"returned": 1}
    assert loaded.revenue == Decimal("20.00")


def test_a_trial_counts_only_if_it_was_paid(load: Load) -> None:
    text = (
        "customer id,order date,order total,is_trial\n"
        "a,2025-01-01,0.00,true\na,2025-01-08,9.00,false\nb,2025-01-02,1.00,true\n"
    )

    loaded = load(text)

    assert loaded.aside == {"trial": 1}
    assert loaded.revenue == Decimal("10.00")


def test_generic_headers_are_not_taken_for_woocommerce(load: Load) -> None:
    text = (
        "customer_email,order_id,order_date,order_total,order_status,refunded_amount\n"
        "a@x.test,1,2025-01-01,50.00,settled,20.00\nb@x.test,2,2025-01-02,70.00,denied,0\n"
    )

    loaded = load(text)

    assert loaded.reading.inputs[0].profile == "generic"
    assert loaded.revenue == Decimal("30.00")


def test_a_profile_keeps_its_words_and_adds_the_usual_ones(load: Load) -> None:
    text = (
        "Name,Email,Financial Status,Created at,Total,Currency,Refunded Amount,Test Order\n"
        "#1,a@x.test,paid,2025-01-01,10.00,USD,0,\n#2,a@x.test,refunded,2025-01-02,8.00,USD,8.00,\n"
        "#3,b@x.test,authorized,2025-01-03,5.00,USD,0,\n#4,b@x.test,paid,2025-01-03,6.00,USD,0,yes\n"
    )

    loaded = load(text)

    assert loaded.reading.inputs[0].profile == "shopify"
    assert loaded.aside == {"unpaid": 1, "test": 1}
    assert (loaded.counted, loaded.revenue) == (2, Decimal("10.00"))


def test_no_word_has_two_meanings() -> None:
    words = [word for listed in status_vocabulary.vocabulary()["words"].values() for word in listed]

    assert len(words) == len(set(words))


def test_the_rejected_rows_of_many_are_the_cancelled_ones(load: Load) -> None:
    cells = ["cancelled" if number % 7 == 3 else "paid" for number in range(31)]

    loaded = load(sheet("Payment_Status", *cells))

    assert [record for _, record, _ in loaded.set_aside] == [3, 10, 17, 24]


@pytest.mark.parametrize(
    ("header", "sale", "refund"),
    effort.nth(
        4,
        [
            ("type", "charge", "Refund"),
            ("Vorgangsart", "Rechnung", "Gutschrift"),
            ("Type de pièce", "Facture", "Avoir"),
            ("伝票種別", "通常", "返品"),
        ],
    ),
)
@pytest.mark.parametrize("order", ["o1", "o9"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_refund_rows_are_subtracted_whatever_their_sign(
    load: Load, header: str, sale: str, refund: str, order: str, sign: str
) -> None:
    text = (
        f"customer id,order id,order date,amount,{header}\n"
        f"a,o0,2025-03-01,40.00,{sale}\nb,o1,2025-03-02,30.00,{sale}\n"
        f"b,{order},2025-03-05,{sign}25.00,{refund}\n"
    )

    loaded = load(text)

    (file,) = loaded.reading.inputs
    assert loaded.revenue == Decimal("45.00")
    assert loaded.counted == 2
    assert ("refunds-without-sign" in file.alerts) == (sign == "")


def test_refund_rows_are_sales_if_the_user_maps_them(load: Load) -> None:
    text = (
        "customer id,order id,order date,amount,Kind\n"
        "a,o0,2025-03-01,40.00,New\nb,o1,2025-03-02,30.00,Return\n"
    )

    assert load(text).revenue == Decimal("40.00")
    assert load(text, status_paid=("Return",)).revenue == Decimal("70.00")


def test_a_refund_row_far_down_the_file_is_found(load: Load) -> None:
    sales = [f"c{n},o{n},2025-03-01,10.00,Sale" for n in range(1500)]
    text = "\n".join(["customer id,order id,order date,amount,Row type", *sales])

    loaded = load(text + "\nc3,r1,2025-03-09,4.00,Refund\n")

    assert loaded.revenue == Decimal("14996.00")


def test_a_column_of_kinds_without_refunds_is_not_listed(load: Load) -> None:
    loaded = load(sheet("type", "web", "shop", "web"))

    assert loaded.reading.inputs[0].statuses == ()


def test_a_payment_that_failed_first_does_not_exclude_its_order(load: Load) -> None:
    text = (
        "customer id,order id,order date,order total,payment state\n"
        "a,o1,2025-03-01,40.00,declined\na,o1,2025-03-01,40.00,pending\n"
        "a,o1,2025-03-02,40.00,settled\nb,o2,2025-03-02,30.00,declined\n"
        "c,o3,2025-03-03,20.00,settled\nc,o3,2025-03-04,20.00,cancelled\n"
    )

    loaded = load(text)

    assert loaded.revenue == Decimal("40.00")
    assert loaded.aside == {"failed": 2, "unpaid": 1, "cancelled": 2}


@pytest.mark.parametrize("order", ["o1", "o9"])
def test_a_cancellation_below_zero_is_subtracted(load: Load, order: str) -> None:
    text = (
        "customer id,order id,order date,order total,Bestellstatus\n"
        "a,o0,2025-03-01,40.00,bezahlt\nb,o1,2025-03-02,30.00,bezahlt\n"
        f"b,{order},2025-03-05,-30.00,storniert\n"
    )

    assert load(text).revenue == Decimal("40.00")


@pytest.mark.parametrize(
    ("header", "cells", "orders"),
    [
        ("Under dispute", ["yes", "no", "yes"], 2),
        ("return_comment", ["", "arrived broken", "-"], 1),
        ("払い戻し事由", ["サイズ違い", "", "なし"], 1),
        ("Date of the dispute", ["0000-00-00", "2025-04-01", ""], 1),
        ("不正疑い", ["○", "×", "×"], 1),
        ("Refunds", ["2", "0", "0.00"], 0),
        ("Chargeback value", ["0.00", "8.20", "0"], 1),
    ],
)
def test_orders_that_may_be_lost_count_and_are_listed_with_their_revenue(
    load: Load, header: str, cells: list[str], orders: int
) -> None:
    loaded = load(sheet(header, *cells))

    words = loaded.reading.inputs[0].statuses
    doubtful = [word for word in words if word.meaning in DOUBTFUL and word.orders]
    assert loaded.revenue == Decimal("30.00")
    assert sum(word.orders for word in doubtful) == orders
    assert sum(word.revenue for word in doubtful) == 10.0 * orders


@pytest.mark.parametrize("header", ["Chargeback on", "Rückbuchungsgrund", "charge-back ID"])
def test_orders_that_were_charged_back_are_excluded(load: Load, header: str) -> None:
    loaded = load(sheet(header, "2025-04-03", "", ""))

    assert loaded.aside == {"returned": 1}
    assert loaded.revenue == Decimal("20.00")


def test_an_order_with_a_refunded_amount_leaves_no_doubt(load: Load) -> None:
    text = sheet("refund amount,Return note", "4.00,too large", "0,too small", "0,")

    loaded = load(text)

    (word,) = loaded.reading.inputs[0].statuses
    assert loaded.revenue == Decimal("26.00")
    assert (word.orders, word.revenue) == (1, 10.0)


def test_a_doubtful_row_of_an_order_of_several_rows_is_found(load: Load) -> None:
    text = (
        "customer id,order id,order date,order total,Return note\n"
        "a,o1,2025-03-01,40.00,\na,o1,2025-03-01,40.00,broken\nb,o2,2025-03-01,5.00,\n"
    )

    (word,) = load(text).reading.inputs[0].statuses

    assert (word.orders, word.revenue) == (1, 40.0)


def test_the_end_of_a_dispute_decides(load: Load) -> None:
    text = sheet("Dispute outcome status,Disputed", "won,yes", "lost,yes", ",no")

    loaded = load(text)

    assert loaded.aside == {"returned": 1}
    assert not any(word.meaning == "disputed" for word in loaded.reading.inputs[0].statuses)


def test_an_asterisk_excludes_every_row_in_which_the_column_is_filled(load: Load) -> None:
    text = sheet("Return note,Salesperson", "broken,Ann", ",", "too large,")

    assert load(text, exclude=("Return note=*",)).revenue == Decimal("10.00")
    assert load(text, exclude=("Salesperson=*",)).revenue == Decimal("20.00")
    with pytest.raises(ExcludedValueError):
        load(sheet("Salesperson", "", ""), exclude=("Salesperson=*",))


@pytest.mark.parametrize("before", ["", "bezahlt"])
@pytest.mark.parametrize("name", ["orders.csv", "orders.csv.gz"])
def test_words_of_a_status_that_come_late_are_found(load: Load, before: str, name: str) -> None:
    text = sheet("Verlauf", *([before] * 28)).replace("2025-03-29", "2025-03-28")
    rows = [f"d{n},p{n},2025-04-01,10.00,{before}" for n in range(1200)]
    late = [f"e{n},q{n},2025-04-02,10.00,storniert" for n in range(3)]
    late += [f"f{n},r{n},2025-04-02,10.00,beglichen" for n in range(2)]
    content = (text + "\n".join([*rows, *late]) + "\n").encode()

    loaded = load(gzip.compress(content) if name.endswith("gz") else content, name=name)

    assert loaded.aside == {"cancelled": 3}


def test_late_words_that_are_no_statuses_change_nothing(load: Load) -> None:
    rows = [f"d{n},p{n},2025-04-01,10.00,{'void' if n == 1190 else 'web'}" for n in range(1200)]

    loaded = load("\n".join(["customer id,order id,order date,order total,Von wo", *rows]))

    assert loaded.aside == {}
    assert loaded.reading.inputs[0].statuses == ()


def test_late_words_of_a_long_file_are_found(load: Load) -> None:
    rows = [
        f"d{n},p{n},2025-04-01,10.00,{n % 7},{'Storno' if n == 99_000 else 'bezahlt'},web"
        for n in range(100_500)
    ]
    header = "customer id,order id,order date,order total,Stufe,Verlauf,Weg"

    loaded = load("\n".join([header, *rows]))

    assert [record for _, record, _ in loaded.set_aside] == [99_000]
