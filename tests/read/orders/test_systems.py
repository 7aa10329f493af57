"""Every system's export in a small file of our own, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli.errors import NoBuyerError
from ltvcli.read import profiles

pytestmark = pytest.mark.sampled

DATA = Path(__file__).parents[2] / "data"

# file, profile, currency, customers, orders, net revenue, revenue without customer, set aside
SYSTEMS: list[Any] = [
    pytest.param(
        "shopify/orders.csv",
        *("shopify", "USD", 3, 4, "69.49", "12"),
        {"cancelled": 2, "no-customer": 1, "unpaid": 1},
        id="Shopify: total on the first row, refund column, cancelled, unpaid, guest",
    ),
    pytest.param(
        "woocommerce/orders.csv",
        *("woocommerce", "EUR", 2, 3, "96.50", "20"),
        {"cancelled": 1, "no-customer": 1, "unpaid": 1},
        id="WooCommerce: customer 0 is nobody, pending without a total",
    ),
    pytest.param(
        "stripe/payments.csv",
        *("stripe", "USD", 2, 3, "1019.00", "0"),
        {"failed": 1, "test": 1, "unpaid": 1},
        id="Stripe: test mode, failed, not captured, refunded; metadata column named Amount",
    ),
    pytest.param(
        "warehouse/shopify_order.csv",
        *("shopify_warehouse", "USD", 3, 6, "217.50", "40"),
        {"cancelled": 2, "no-customer": 1, "test": 1, "unpaid": 1},
        id="Shopify by Fivetran, joined with sale and capture: totals once, net of refunds",
    ),
    pytest.param(
        "warehouse/stripe_charge.csv",
        *("stripe_charges", "USD", 2, 3, "84.00", "9"),
        {"failed": 1, "no-customer": 1, "test": 1, "unpaid": 1},
        id="Stripe by Fivetran: cents, refunds, test mode, failed, not captured",
    ),
    pytest.param(
        "warehouse/stripe_charge_jpy.csv",
        *("stripe_charges", "JPY", 2, 2, "13700", "0"),
        {},
        id="Stripe by Airbyte: yen have no smaller unit",
    ),
    pytest.param(
        "square/transactions.csv",
        *("square", "USD", 2, 2, "1040.00", "12"),
        {"no-customer": 1, "refund-without-order": 1},
        id="Square transactions: refund rows, dollar signs, month first",
    ),
    pytest.param(
        "square/items.csv",
        *("square", "USD", 1, 2, "50.00", "0"),
        {},
        id="Square items: rows of one transaction add up, a refund reduces revenue",
    ),
    pytest.param(
        "ebay/orders.csv",
        *("ebay", "USD", 2, 3, "1039.00", "0"),
        {"date-not-a-date": 1, "ragged": 1},
        id="eBay: month names, an empty record first, the number of records last",
    ),
    pytest.param(
        "ec_cube/order.csv",
        *("ec_cube", "JPY", 2, 3, "6100", "1000"),
        {"cancelled": 1, "no-customer": 1, "returned": 1, "unfinished": 1},
        id="EC-CUBE: CP932, repeated total, fee and discount rows, carts, 送料 twice",
    ),
    pytest.param(
        "rakuten/orders.csv",
        *("rakuten", "JPY", 1, 2, "4300", "0"),
        {"amount-not-a-number": 1, "cancelled": 1},
        id="Rakuten: the shop's coupon is subtracted, Rakuten's is not; -9999 is no amount",
    ),
    pytest.param(
        "base/orders.csv",
        *("base", "JPY", 1, 2, "4200", "0"),
        {"cancelled": 1},
        id="BASE: e-mail in any case is one customer; the rows show that the total repeats",
    ),
    pytest.param(
        "makeshop/orders.csv",
        *("makeshop", "JPY", 2, 2, "13200", "0"),
        {"cancelled": 1, "returned": 1},
        id="MakeShop: date without zeros, ids of 19 characters, thousands",
    ),
    pytest.param(
        "futureshop/orders.csv",
        *("futureshop", "JPY", 1, 2, "6300", "1000"),
        {"no-customer": 1},
        id="futureshop: billed total repeats",
    ),
    pytest.param(
        "colorme/sales_all.csv",
        *("colorme", "JPY", 1, 2, "4700", "1000"),
        {"cancelled": 1, "no-customer": 1, "returned": 1},
        id="Color Me: spaces in headers, customer 0, line break in a note",
    ),
    pytest.param(
        "ecforce/orders.csv",
        *("ecforce", "JPY", 2, 3, "17592", "0"),
        {},
        id="ecforce: what was paid, not the subtotal",
    ),
    pytest.param(
        "yahoo_shopping/orders.csv",
        *("yahoo_shopping", "JPY", 1, 2, "4500", "0"),
        {"cancelled": 1, "unpaid": 1},
        id="Yahoo! Shopping: status codes",
    ),
    pytest.param(
        "minne/orders.csv",
        *("minne", "JPY", 1, 2, "5400", "0"),
        {"cancelled": 1},
        id="minne: the order's total, not the work's",
    ),
    pytest.param(
        "creema/orders.csv",
        *("creema", "JPY", 1, 2, "8300", "0"),
        {"cancelled": 1},
        id="Creema: before points",
    ),
    pytest.param(
        "paypal/activity_ja.csv",
        *("paypal", "JPY", 1, 1, "1000", "0"),
        {"not-a-sale": 1, "refund-folded": 1, "unpaid": 1},
        id="PayPal in Japanese: 合計 is gross, a refund folds into its payment",
    ),
    pytest.param(
        "magento/orders.csv",
        *("magento", None, 2, 3, "90.00", "0"),
        {"cancelled": 1, "returned": 1, "unpaid": 1},
        id="Magento: refund column, closed orders, e-mail in any case",
    ),
    pytest.param(
        "prestashop/orders.csv",
        *("prestashop", None, 2, 3, "106.60", "0"),
        {"cancelled": 1, "failed": 1, "unpaid": 1},
        id="PrestaShop: numbers of states, orders that are not valid",
    ),
    pytest.param(
        "tiktok_shop/orders.csv",
        *("tiktok_shop", None, 2, 3, "62.00", "0"),
        {"cancelled": 1, "date-not-a-date": 1, "unpaid": 1},
        id="TikTok Shop: a row that describes the columns, tabs in cells, repeated totals",
    ),
    pytest.param(
        "next_engine/orders.csv",
        *("next_engine", "JPY", 2, 3, "5200", "800"),
        {"no-customer": 1},
        id="Next Engine: CP932, repeated total, after points",
    ),
    pytest.param(
        "etsy/orders.csv",
        *("etsy", "USD", 2, 3, "71.00", "7"),
        {"cancelled": 1, "no-customer": 1},
        id="Etsy: the user id, not the shared name; canceled, guest",
    ),
    pytest.param(
        "squarespace/orders.csv",
        *("squarespace", "EUR", 2, 3, "50.00", "0"),
        {"cancelled": 1, "unpaid": 1},
        id="Squarespace: refunded amounts, cancelled, pending; shipping pending counts",
    ),
    pytest.param(
        "gumroad/sales.csv",
        *("gumroad", "USD", 2, 3, "49.0", "0"),
        {"not-a-sale": 1, "returned": 1, "trial": 1, "unpaid": 1},
        id="Gumroad: partial and full refund, trial, pre-order, totals; its subscription ended",
    ),
]


@pytest.mark.parametrize(
    ("file", "profile", "currency", "customers", "orders", "revenue", "nobody", "aside"), SYSTEMS
)
def test_export(
    load: Callable[..., Any],
    file: str,
    profile: str,
    currency: str,
    customers: int,
    orders: int,
    revenue: str,
    nobody: str,
    aside: dict[str, int],
) -> None:
    loaded = load((DATA / file).read_bytes())

    assert loaded.reading.inputs[0].profile == profile
    assert loaded.reading.currency == currency
    assert (loaded.customers, loaded.counted) == (customers, orders)
    assert loaded.revenue == Decimal(revenue)
    assert loaded.reading.no_customer_revenue == Decimal(nobody)
    assert loaded.aside == aside


def test_every_profile_that_is_read_has_a_file_here() -> None:
    known = [profiles.load(name) for name in profiles.names() if name != profiles.GENERIC]
    read = {profile.name for profile in known if profile.kind == "orders" and not profile.refuse}

    assert {param.values[1] for param in SYSTEMS} == read


def test_the_day_is_the_one_written_whatever_the_offset(load: Callable[..., Any]) -> None:
    loaded = load((DATA / "shopify/orders.csv").read_bytes())

    assert date(2025, 1, 3) in {row[1] for row in loaded.orders}


def test_as_of_is_the_newest_date_even_of_an_order_without_customer(
    load: Callable[..., Any],
) -> None:
    loaded = load("customer,date,total\na,2025-01-01,10\n,2025-03-01,10\n")

    assert loaded.reading.as_of == date(2025, 3, 1)


PLAY_SALES = (
    "Order Number,Order Charged Date,Financial Status,Product Title,SKU ID,Currency of Sale,"
    "Charged Amount,Country of Buyer\nGPA.1,2026-01-05,Charged,Gems,g1,EUR,4.99,FR\n"
)
PLAY_EARNINGS = (
    "Description,Transaction Date,Transaction Type,Sku Id,Buyer Country,Buyer Currency,"
    "Amount (Buyer Currency),Merchant Currency,Amount (Merchant Currency)\n"
    "GPA.1,2026-01-05,Charge,g1,FR,EUR,4.99,EUR,4.99\n"
)
APP_STORE = (
    "Provider\tSKU\tTitle\tProduct Type Identifier\tUnits\tDeveloper Proceeds\tBegin Date\t"
    "Customer Currency\tCustomer Price\nAPPLE\tg1\tGems\tIA1\t3\t3.49\t01/05/2026\tEUR\t4.99\n"
)
PRESTASHOP_LIST = (
    "ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date\n"
    "1;ABCDEF;1;France;J. DOE;29.90;Card;Paid;2026-01-05 10:00:00\n"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PLAY_SALES, "RevenueCat"),
        (PLAY_EARNINGS, "RevenueCat"),
        (APP_STORE, "RevenueCat"),
        (PRESTASHOP_LIST, "SQL Manager"),
    ],
)
def test_a_report_without_a_buyer_names_what_to_export(
    load: Callable[..., Any], text: str, words: str
) -> None:
    with pytest.raises(NoBuyerError) as raised:
        load(text)

    assert words in str(raised.value.facts["instead"])


@pytest.mark.parametrize(
    ("header", "instead"),
    [
        ("id,order_id,kind,status,amount,created_at,gateway,parent_id", "table of orders"),
        ("id,amount,amount_received,created,currency,customer_id,latest_charge_id", "of charges"),
        ("id,amount_due,amount_paid,amount_remaining,created,customer,livemode", "of charges"),
    ],
)
def test_tables_of_a_warehouse_without_buyers_or_refunds_are_refused(
    header: str, instead: str, load: Callable[..., Any]
) -> None:
    row = ",".join("1" for _ in header.split(","))

    with pytest.raises(NoBuyerError) as caught:
        load(f"{header}\n{row}\n")

    assert instead in str(caught.value.facts["instead"])


def test_a_net_total_leaves_no_doubt_about_partial_refunds(load: Callable[..., Any]) -> None:
    file = load((DATA / "warehouse/shopify_order.csv").read_bytes()).reading.inputs[0]

    words = {word.word: word for word in file.statuses if word.column == "financial_status"}
    assert words["partially_refunded"].rows == 2
    assert not words["partially_refunded"].revenue
