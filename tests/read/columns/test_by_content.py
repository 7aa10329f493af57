"""Columns are recognised by their cells where headers say nothing, and only where that is safe."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ltvcli.errors import (
    ColumnsOpenError,
    ColumnsProposedError,
    CustomersListError,
    InputError,
    MissingColumnError,
    OtherContentError,
    UnansweredError,
)
from ltvcli.read.columns.proposals import written

pytestmark = pytest.mark.sampled

Orders = Callable[..., Any]

BUYERS = ["q1", "q2", "q1", "q3", "q2", "q1"]
DAYS = ["2024-01-03", "2024-01-09", "2024-02-03", "2024-02-11", "2024-03-01", "2024-03-03"]
TIMES = [f"{day}T0{n}:30:00" for n, day in enumerate(DAYS)]
MONEY = ["12.50", "30.00", "7.25", "19.99", "45.10", "22.00"]
MAILS = [f"{name}@example.com" for name in BUYERS]
NUMBERS = ["10023", "10044", "10023", "10077", "10044", "10023"]
YEN = ["3980", "1280", "2980", "980", "5980", "4500"]
REFS = [f"r-{n}" for n in range(6)]


def table(**columns: list[str]) -> str:
    rows = [",".join(columns), *(",".join(row) for row in zip(*columns.values(), strict=True))]
    return "\n".join(rows) + "\n"


def by_header(text: str, *headers: str) -> str:
    """Write the columns of a file under other headers."""
    return "\n".join([",".join(headers), *text.splitlines()[1:]]) + "\n"


@pytest.mark.parametrize(
    ("headers", "columns", "total"),
    [
        (("Uid", "Buy Ts", "RevenueNet"), (BUYERS, TIMES, MONEY), "136.84"),
        (("acct", "ts_utc", "gmv"), (NUMBERS, TIMES, MONEY), "136.84"),
        (("Kd-Nr", "Zeitpunkt", "Nettobetrag"), (BUYERS, DAYS, MONEY), "136.84"),
        (("お客様コード", "お買上日", "お支払い額"), (BUYERS, DAYS, YEN), "19700"),
        (("clientRef", "when", "paid_amt"), (BUYERS, DAYS, YEN), "19700"),
        (("kontakt", "wann", "wieviel"), (MAILS, DAYS, MONEY), "136.84"),
        (("buyer_ref", "placed", "Preis"), (BUYERS, DAYS, MONEY), "136.84"),
    ],
)
def test_the_only_possible_reading_is_used_and_reported(
    load: Orders, headers: tuple[str, ...], columns: tuple[list[str], ...], total: str
) -> None:
    text = table(**dict(zip(headers, columns, strict=True)))

    loaded = load(text)

    (file,) = loaded.reading.inputs
    assert (loaded.customers, loaded.counted, loaded.revenue) == (3, 6, Decimal(total))
    assert dict(zip(("customer", "date", "amount"), headers, strict=True)) == file.columns
    recognised = ", ".join(
        f"{role}={name}" for role, name in zip(("customer", "date", "amount"), headers, strict=True)
    )
    assert file.alerts["columns-by-content"]["columns"] == recognised
    assert recognised in str(file.notes[0].facts)


def test_usual_headers_are_not_called_recognised_by_content(load: Orders) -> None:
    loaded = load(table(customer_id=BUYERS, date=DAYS, amount=MONEY))

    assert "columns-by-content" not in loaded.reading.inputs[0].alerts


@pytest.mark.slow
def test_an_order_id_is_used_and_a_ship_date_is_not(load: Orders) -> None:
    text = table(
        Beleg=["b1", "b1", "b2", "b3", "b4", "b5"],
        Kd=["q1", "q1", "q1", "q3", "q2", "q1"],
        Bestelldatum=[DAYS[0], DAYS[0], *DAYS[2:]],
        Versanddatum=DAYS,
        Umsatz=MONEY,
        Versandkosten=["4.90"] * 6,
    )

    loaded = load(text)

    assert loaded.reading.inputs[0].columns == {
        "order": "Beleg", "customer": "Kd", "date": "Bestelldatum", "amount": "Umsatz"
    }  # fmt: skip
    assert (loaded.counted, loaded.revenue) == (5, Decimal("136.84"))


def test_a_column_of_currency_codes_is_used(load: Orders) -> None:
    text = table(Uid=BUYERS, Wann=DAYS, Revenue=MONEY, Whg=["SEK"] * 6)

    assert load(text).reading.currency == "SEK"


SKUS = ["s1", "s2", "s1", "s3", "s2", "s1"]
COUNTS = ["1", "2", "1", "3", "1", "2"]


@pytest.mark.parametrize(
    "columns",
    [
        # Without a word in the header, a product, a shop or a campaign repeats as customers do.
        {"x1": BUYERS, "x2": DAYS, "x3": MONEY},
        {"x1": NUMBERS, "x2": DAYS, "x3": MONEY},
        # Two IDs, two days, two amounts.
        {"Uid": BUYERS, "acct": SKUS, "Buy Ts": DAYS, "Revenue": MONEY},
        {"Uid": BUYERS, "wann": DAYS, "wann2": TIMES, "Revenue": MONEY},
        {"Uid": BUYERS, "Buy Ts": DAYS, "gmv": MONEY, "net": list(reversed(MONEY))},
        # A price beside what may be a quantity.
        {"Uid": BUYERS, "Buy Ts": DAYS, "Preis": MONEY, "Stk": COUNTS},
        {"Uid": BUYERS, "Buy Ts": DAYS, "wert": MONEY, "z": COUNTS},
        # What was paid back would be left out.
        {"Uid": BUYERS, "Buy Ts": DAYS, "gmv": MONEY, "Erstattwert": ["0", "30.00", *["0"] * 4]},
        # Rows of one order would count as several.
        {"Uid": BUYERS, "z": ["k1", "k2", "k1", "k3", "k4", "k5"], "wann": DAYS, "gmv": MONEY},
        # Numbers that are no money: rates, counts, coordinates, zip codes, epochs.
        {"Uid": BUYERS, "Buy Ts": DAYS, "wert": ["0.35", "0.12", "0.5", "0.77", "0.1", "0.2"]},
        {"Uid": BUYERS, "Buy Ts": DAYS, "wert": ["35%", "12%", "5%", "77%", "1%", "2%"]},
        {"Uid": BUYERS, "Buy Ts": DAYS, "wert": ["52.520008", "48.137154", *["50.110924"] * 4]},
        {"Uid": BUYERS, "Buy Ts": DAYS, "wert": ["10115", "80331", "60311", "01067", "20095", "0"]},
        {"Uid": BUYERS, "Buy Ts": [f"170429{n}000" for n in range(6)], "Revenue": MONEY},
        # Days of something else.
        {"Uid": BUYERS, "birthday": ["1990-01-01", *DAYS[1:]], "Revenue": MONEY},
        # Nothing repeats.
        {"Uid": REFS, "Buy Ts": DAYS, "Revenue": MONEY},
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_asked(load: Orders, columns: dict[str, list[str]]) -> None:
    with pytest.raises(MissingColumnError):
        load(table(**columns))


def test_the_question_names_the_complete_flags(load: Orders) -> None:
    with pytest.raises(ColumnsProposedError) as raised:
        load(table(**{"x 1": BUYERS, "x2": DAYS, "x3": MONEY}))

    assert raised.value.facts["command"] == '--map customer="x 1" --map date=x2 --map amount=x3'


def test_what_the_question_proposes_gives_the_right_number(load: Orders) -> None:
    text = table(x1=BUYERS, x2=DAYS, x3=MONEY, x4=COUNTS)
    with pytest.raises(ColumnsProposedError) as raised:
        load(text)
    flags = raised.value.facts["add"]
    chosen = dict(flag.split("=") for flag in flags if flag != "--map")  # type: ignore[attr-defined]

    loaded = load(text, map=chosen)

    assert (loaded.customers, loaded.revenue) == (3, Decimal("136.84"))


def test_a_price_and_a_quantity_are_proposed_as_such(load: Orders) -> None:
    text = table(Uid=BUYERS, wann=DAYS, Preis=MONEY, Stk=COUNTS)
    with pytest.raises(ColumnsProposedError) as raised:
        load(text)

    assert "price=Preis" in raised.value.facts["add"]  # type: ignore[operator]
    assert "quantity=Stk" in raised.value.facts["add"]  # type: ignore[operator]


def test_candidates_are_named_where_several_would_do(load: Orders) -> None:
    with pytest.raises(ColumnsOpenError) as raised:
        load(table(Uid=BUYERS, acct=SKUS, wann=DAYS, Revenue=MONEY))

    assert "“Uid”, “acct”" in str(raised.value.facts["open"])


def test_a_known_export_is_asked_about_even_if_cells_are_clear(load: Orders) -> None:
    text = table(**{"Name": REFS, "Financial Status": ["paid"] * 6, "Created at": DAYS,
                    "Total": MONEY, "Uid": BUYERS})  # fmt: skip
    with pytest.raises(ColumnsProposedError):
        load(text)


@pytest.mark.parametrize(
    "headers",
    [
        ("customer_id", "orders_count", "total_spent", "first_order"),
        ("user id", "Number of orders", "Lifetime value", "created at"),
        ("会員番号", "購入回数", "累計購入金額", "登録日時"),
        ("Kunde", "Anzahl Bestellungen", "Gesamtumsatz", "letzte Bestellung"),
    ],
)
def test_one_row_per_customer_is_refused(load: Orders, headers: tuple[str, ...]) -> None:
    ids = [f"q{n}" for n in range(6)]
    text = by_header(table(a=ids, b=COUNTS, c=MONEY, d=DAYS), *headers)

    with pytest.raises((CustomersListError, MissingColumnError)) as raised:
        load(text)

    assert isinstance(raised.value, CustomersListError) or headers[0] == "Kunde"


def test_one_row_per_customer_is_refused_even_if_it_has_a_day_and_an_amount(
    load: Orders,
) -> None:
    ids = [f"q{n}" for n in range(6)]
    text = by_header(
        table(a=ids, b=COUNTS, c=MONEY, d=DAYS), "customer_id", "orders_count", "total spent",
        "created at",
    )  # fmt: skip

    with pytest.raises(CustomersListError):
        load(text)


def test_orders_that_carry_totals_of_the_customer_are_read(load: Orders) -> None:
    text = table(customer_id=BUYERS, date=DAYS, amount=MONEY, orders_count=COUNTS,
                 lifetime_value=MONEY)  # fmt: skip

    assert load(text).counted == 6


def test_a_survey_is_named(load: Orders) -> None:
    text = table(respondent=REFS, nps=COUNTS, feedback=SKUS)

    with pytest.raises(OtherContentError, match="survey"):
        load(text)


NONSENSE = st.lists(
    st.text("bcdfghjklmnpqrstvwxz", min_size=3, max_size=7), min_size=6, max_size=6, unique=True
)


@pytest.mark.slow
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6), headers=NONSENSE, kept=st.sets(st.integers(0, 5), min_size=3))
def test_shuffled_and_renamed_columns_are_read_right_or_refused(
    load: Orders, seed: int, headers: list[str], kept: set[int]
) -> None:
    """Of customer, order, day, amount, quantity and shop any may be there, under any header."""
    generator = random.Random(seed)
    rows = 40
    buyers = [f"p{generator.randrange(12):03}" for _ in range(rows)]
    days = [f"2024-{generator.randrange(1, 13):02}-{generator.randrange(1, 29):02}" for _ in buyers]
    money = [f"{generator.randrange(500, 9999) / 100:.2f}" for _ in buyers]
    columns = [
        buyers,
        [f"o{n:04}" for n in range(rows)],
        days,
        money,
        [str(generator.randrange(1, 5)) for _ in buyers],
        [f"s{generator.randrange(3)}" for _ in buyers],
    ]
    if seed % 2:
        columns[0] = [f"{buyer}@example.com" for buyer in buyers]
    order = [at for at in generator.sample(range(6), 6) if at in kept]
    text = table(**{headers[at]: columns[at] for at in order})

    try:
        loaded = load(text)
    except (InputError, UnansweredError):
        return

    assert {0, 2, 3} <= kept
    assert 4 not in kept
    assert loaded.customers == len(set(buyers))
    assert loaded.counted == rows
    assert loaded.revenue == sum(map(Decimal, money))


def test_flags_are_quoted_as_a_shell_needs_it() -> None:
    assert written(["--map", "amount=Preis (€)"]) == '--map amount="Preis (€)"'
    assert written(["a file.csv"]) == "'a file.csv'"
    assert written(["--map", "date=a$b"]) == "--map 'date=a$b'"


@pytest.mark.slow
def test_the_whole_file_decides_not_its_first_rows(load: Orders, tmp_path: Path) -> None:
    """After 20,000 plain rows the amounts turn out to be something else."""
    lines = ["uid,wann,wert"]
    lines += [f"u{n % 500},2024-01-{n % 28 + 1:02},{n % 90}.50" for n in range(20_000)]
    lines += [f"u{n % 500},2024-01-{n % 28 + 1:02},n/a{n}" for n in range(20_000)]

    with pytest.raises(ColumnsProposedError):
        load("\n".join(lines) + "\n")
