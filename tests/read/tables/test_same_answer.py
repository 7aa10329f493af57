"""A table and its export to CSV give the same answer: every figure, finding and excluded row."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests import effort
from tests.read.tables.shops import Row, alike, answer, make, sales

pytestmark = pytest.mark.sampled

ORDERS = (
    "order_id bigint, user_id bigint, created_at timestamp, total decimal(12, 2), "
    "status varchar, country varchar, currency varchar"
)
MAPPED = ("--map", "customer=user_id", "--map", "date=created_at", "--cac", "40")
BY_TIME = "created_at nulls last, total desc nulls last"
LATER = timedelta(days=3)


def mixed(chance: random.Random) -> Row:
    """Draw a status, a country and a currency."""
    status = chance.choices(
        ["paid", "shipped", "cancelled", "refunded", "pending", "put by", None],
        [60, 20, 6, 4, 3, 3, 1],
    )[0]
    return status, chance.choice(["JP", "US", "DE", " JP", ""]), "USD"


def paid(chance: random.Random) -> Row:
    """Draw a country; all are paid."""
    return "paid", chance.choice(["JP", "US"]), "USD"


def same(folder: Path, columns: str, rows: Sequence[Row], order: str, words: Sequence[str]) -> None:
    """Compare the answer from the table with the one from its export."""
    address, file = make(folder, columns, rows, order)
    command, *options = words
    from_file = answer(command, str(file), *options)
    from_table = answer(command, "--source", address, "--table", "orders", *options)
    assert "error" not in from_file
    assert alike(from_table, f"{address} orders") == alike(from_file, str(file))


@pytest.mark.parametrize(
    "words",
    effort.family(
        [
            "calc --margin 40%",
            "calc --from 2024-06-01 --to 2025-06-30",
            "calc --new-since 2024-06-01 --as-of 2025-09-30",
            "calc --words=put_by=cancelled --exclude country=DE --currency USD",
            "cohorts",
            "segments --by country",
            "segments",
            "predict",
            "review",
            "whatif --aov +10%",
        ],
        "calc --margin 40%",
        "calc --from 2024-06-01 --to 2025-06-30",
        "cohorts",
        "segments --by country",
    ),
)
def test_every_command_answers_as_from_a_file(words: str, tmp_path: Path) -> None:
    command, *options = words.replace("put_by", "put by").split(" ")
    options = " ".join(options).replace("put by", "put\0by").split(" ")
    said = [option.replace("\0", " ") for option in options if option]
    same(tmp_path, ORDERS, sales(more=mixed), BY_TIME, [command, *MAPPED, *said])


def test_claims_are_audited_as_from_a_file(tmp_path: Path) -> None:
    mapped = MAPPED[:4]
    words = ["audit", *mapped, "--claim", "ltv=90", "--claim", "customers=60"]
    same(tmp_path, ORDERS, sales(more=mixed), BY_TIME, words)


@pytest.mark.slow
def test_a_review_of_a_table_suggests_a_file_of_spend_as_that_of_a_file_does(
    tmp_path: Path,
) -> None:
    address, file = make(tmp_path, ORDERS, sales(more=paid), BY_TIME)
    options = [*MAPPED[:4], "--margin", "40%"]
    of_table = answer("review", "--source", address, "--table", "orders", *options)
    of_file = answer("review", str(file), *options)

    assert "--spend FILE" in str(of_table["next_command"])
    assert "--spend FILE" in str(of_file["next_command"])


def with_refunds() -> list[Row]:
    """Refunds that name their order, or none, or are larger than it, or have no sale."""
    rows = sales(more=paid)
    refunds: list[Row] = [
        (row[0], row[1], row[2] + LATER, -row[3] if n % 2 else -5, "refunded", *row[5:])
        for n, row in enumerate(rows[:20])
    ]
    refunds += [(None, row[1], row[2] + LATER, -2, *row[4:]) for row in rows[20:30]]
    refunds += [(None, 99_999, rows[0][2], -2, *rows[0][4:]), (*rows[0][:3], -9999, *rows[0][4:])]
    return rows + refunds


def with_lines() -> list[Row]:
    """One to three rows of each order, with a total of its own each."""
    chance = random.Random(5)
    return [
        (*row[:3], chance.randrange(100, 5000) / 100, *row[4:])
        for row in sales(more=paid)
        for _ in range(chance.randrange(1, 4))
    ]


def disagreeing() -> list[Row]:
    """Rows of an order that differ in customer, day and total."""
    rows = sales(more=paid)
    others = [(r[0], r[1] and r[1] + 1, r[2] + LATER, r[3] + 1, *r[4:]) for r in rows[:3]]
    return [*rows, *rows[3:20], *others]


def tried_again() -> list[Row]:
    """Orders whose first payment failed."""
    rows = sales(more=paid)
    failed = [(*r[:2], r[2] - timedelta(minutes=1), r[3], "failed", *r[5:]) for r in rows[:20]]
    return rows + failed


def in_two_currencies() -> list[Row]:
    """Orders in dollars, some of them in euros."""
    return [(*row[:6], "EUR" if row[0] % 3 == 0 else "USD") for row in sales(more=paid)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (with_refunds(), "calc"),
        (with_refunds(), "segments --by country"),
        (with_lines(), "calc"),
        (with_lines(), "segments --by status"),
        (disagreeing(), "calc --map order_total=total"),
        (tried_again(), "calc"),
        (in_two_currencies(), "calc --currency USD"),
        (sales(more=mixed) + sales(more=mixed)[:9], "calc"),
    ],
    ids=["refunds", "refunds-by", "lines", "lines-by", "disagree", "again", "currencies", "twice"],
)
def test_rows_become_orders_as_in_a_file(rows: list[Row], words: str, tmp_path: Path) -> None:
    command, *options = words.split()
    same(tmp_path, ORDERS, rows, BY_TIME, [command, *MAPPED, *options])


def test_a_type_marks_refunds_without_a_sign(tmp_path: Path) -> None:
    columns = "order_id varchar, user_id varchar, day date, total decimal(12, 2), type varchar"
    rows = [(f"#{r[0]}", f"C-{r[1]}", r[2].date(), r[3], "sale") for r in sales()]
    rows += [(r[0], r[1], r[2] + LATER, r[3] / 2, "refund") for r in rows[:20]]
    rows += [("#1", "C-1", rows[0][2] - 900 * LATER, 5, "refund")]
    same(tmp_path, columns, rows, "day, total desc", ["calc", "--cac", "40"])


KINDS = (
    "order_id bigint, customer_id bigint, order_date timestamptz, total decimal(12, 2), "
    "refunded_amount decimal(12, 2), cost double, is_test boolean, cancelled_at timestamp, "
    "discount_amount decimal(10, 2), coupon_code varchar, email varchar"
)


def of_all_kinds() -> list[Row]:
    """Orders with refunds, costs, flags, dates of cancellation, coupons and e-mail addresses."""

    def more(chance: random.Random) -> Row:
        return (
            chance.choice([0, 0, 0, 1.5]),
            chance.randrange(100, 300) / 100,
            chance.random() < 0.05,
            chance.choice([None, None, None, "2025-01-01"]),
            chance.choice([0, 0, 1]),
            chance.choice([None, "", "SALE10"]),
            chance.choice([None, "a@x.com", "B@x.com", "c@x.com"]),
        )

    return sales(more=more)


@pytest.mark.parametrize(
    "words",
    ["calc --cac 40", "segments --minus --cost-to-serve discount_amount --by coupon_code"],
)
def test_columns_of_all_kinds(words: str, tmp_path: Path) -> None:
    same(tmp_path, KINDS, of_all_kinds(), "order_date, total desc", words.split())


@pytest.mark.slow
def test_refunds_name_their_orders(tmp_path: Path) -> None:
    columns = "order_id bigint, customer_id bigint, day date, total decimal(9, 2), cancels bigint"
    rows: list[Row] = [(r[0], r[1], r[2].date(), r[3], None) for r in sales()]
    rows += [(r[0] + 9000, r[1], r[2], -r[3] / 2, r[0]) for r in rows[:20]]
    words = ["calc", "--cac", "40", "--map", "refund_of=cancels"]
    same(tmp_path, columns, rows, "day, total desc", words)


@pytest.mark.slow
def test_text_is_read_where_it_can_be_read_in_one_way(tmp_path: Path) -> None:
    columns = "order_id varchar, customer varchar, day varchar, total varchar"
    nobody = [None, "", "guest", "NaN", "  "]
    rows: list[Row] = [
        (
            str(r[0]),
            f"c{r[1]}" if r[1] else nobody[r[0] % 5],
            str(r[2])[: (10, 19)[n % 2]],
            f"{r[3]:.2f}",
        )
        for n, r in enumerate(sales())
    ]
    rows += [
        ("9", "c1", "2025-02-30", "1.00"),
        ("10", "c1", "", "1.00"),
        ("11", "c1", "2025-02-03", "n/a"),
        ("12", "c1", "2025-02-03", ""),
        ("Total", "", "", "999.99"),
        ("13", "c1", "unknown", "5"),
        ("14", "A@X.com ", "2025-01-01", "5.00"),
        ("15", " a@x.com", "2025-02-01", "5.00"),
    ]
    same(tmp_path, columns, rows, "day, total desc", ["calc", "--cac", "40"])


@pytest.mark.slow
def test_prices_times_pieces(tmp_path: Path) -> None:
    columns = (
        "sku varchar, order_id bigint, customer_id bigint, day date, unit_price decimal(12, 2), "
        "quantity integer, unit_cost decimal(12, 2)"
    )
    chance = random.Random(5)
    rows: list[Row] = [
        (f"s{piece}", *r[:2], r[2].date(), r[3], chance.randrange(1, 4), r[3] / 2)
        for r in sales()
        for piece in range(chance.randrange(1, 3))
    ]
    same(tmp_path, columns, rows, "day, unit_price desc", ["calc", "--cac", "40"])


@pytest.mark.parametrize("width", [0, 5], ids=["as-they-are", "padded"])
def test_a_file_of_customers_is_joined_to_a_table_of_this_process(
    width: int, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    lines = [f"{n:0{width}d},{('JP', 'US', 'DE')[n % 3]}" for n in range(3, 70)]
    people.write_text("\n".join(["customer,home", *lines, lines[0]]))
    words = ["segments", *MAPPED, "--by", "home", "--customers", str(people)]
    same(tmp_path, ORDERS, sales(more=mixed), BY_TIME, words)
