"""What orders and a file of customers say to tell customers apart by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ltvcli import errors
from ltvcli.engines import duckdb
from ltvcli.facts import orders as facts
from ltvcli.read.files.open_files import open_all
from ltvcli.read.orders import load as orders
from ltvcli.read.orders import requested_columns
from ltvcli.read.orders.load import Reading
from ltvcli.read.rejects import write
from ltvcli.settings.settings import Settings
from ltvcli.text.words import say_error

pytestmark = pytest.mark.sampled

HEADER = "order_id,customer,date,total,Channel,Country"
SHOPIFY = "Name,Email,Financial Status,Created at,Total,Source,Lineitem name"
EXAMPLE = ("1,a,2025-01-01,10,web,JP", "2,a,2025-02-01,5,ads,US", "3,b,2025-01-05,20,ads,US")


@dataclass(frozen=True)
class Loaded:
    """What reading gave: the record of it, orders by segment, and the facts."""

    reading: Reading
    said: dict[str, str | None]
    served: dict[str, Decimal | None]
    facts: facts.Facts
    rejects: str

    @property
    def customers(self) -> dict[str, int]:
        totals = zip(self.facts.segments, self.facts.totals, strict=True)
        return {name: total.customers for name, total in totals}

    @property
    def notes(self) -> list[str]:
        return [note.text for file in self.reading.inputs for note in file.notes]


Load = Callable[..., Loaded]


def said_by(error: errors.LtvError) -> str:
    return " ".join(say_error(error, "en"))


def text(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


@pytest.fixture
def load(tmp_path: Path, temp: Path) -> Load:
    """Write texts as files of orders, `people` as a file of customers, and read them."""

    def load(*texts: str, people: str | bytes | None = None, **options: Any) -> Loaded:
        paths = [tmp_path / f"orders-{number}.csv" for number in range(len(texts))]
        for path, content in zip(paths, texts, strict=True):
            path.write_text(content, "utf-8")
        if people is not None:
            content = people if isinstance(people, bytes) else people.encode()
            (tmp_path / "people.csv").write_bytes(content)
            options["customers"] = str(tmp_path / "people.csv")
        chosen = Settings(**options)
        folder = Path(mkdtemp(dir=temp))
        sheets = open_all(paths, chosen, folder)
        wanted = requested_columns.requested(chosen, folder)
        every = [*sheets, *wanted.sheets]
        with duckdb.open([sheet.path for sheet in every], temp, None) as engine:
            reading = orders.load(sheets, chosen, engine, wanted)
            rows = engine.execute("select customer || ' ' || day, segment, serve from orders")
            fetched = rows.fetchall()
            keyed = reading.has_segment_keys
            sums = facts.gather(
                engine, reading.as_of, None, by_segment=True, has_segment_keys=keyed
            )
            write(engine, every, tmp_path / "rejects.csv")
        for file in reading.inputs:
            assert file.rows_read == file.rows_used + sum(file.set_aside.values())
        return Loaded(
            reading,
            {name: segment for name, segment, _ in fetched},
            {name: serve for name, _, serve in fetched},
            sums,
            (tmp_path / "rejects.csv").read_text("utf-8"),
        )

    return load


def test_without_the_option_orders_have_no_segments(load: Load) -> None:
    loaded = load(text(*EXAMPLE), people=text("a,web", header="customer,channel"))

    assert set(loaded.said.values()) == {None}
    assert loaded.facts.segments == ("",)


@pytest.mark.parametrize(
    "people",
    [
        pytest.param("K000\n", id="one short line"),
        pytest.param(",web,gold\n", id="no customer in any line"),
    ],
)
def test_a_customers_file_without_usable_rows_is_refused(load: Load, people: str) -> None:
    with pytest.raises(errors.NoCustomerInFileError):
        load(text(*EXAMPLE), people=f"customer,channel,tier\n{people}", by=("tier",))


@pytest.mark.slow
def test_a_customer_is_in_the_segment_of_the_first_order(load: Load) -> None:
    loaded = load(text(*EXAMPLE), by=("channel",))

    assert loaded.said == {"a 2025-01-01": "web", "a 2025-02-01": "ads", "b 2025-01-05": "ads"}
    assert loaded.customers == {"ads": 1, "web": 1}
    assert loaded.reading.inputs[0].columns["by.channel"] == "Channel"


def test_several_columns_make_a_segment_in_the_order_asked(load: Load) -> None:
    assert load(text(*EXAMPLE), by=("Country", "channel")).customers == {
        "US · ads": 1,
        "JP · web": 1,
    }


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        pytest.param("utm_source", {}, id="the usual words, best first"),
        pytest.param("流入元", {}, id="Japanese"),
        pytest.param("Where from?", {"channel": "where from?"}, id="--map says it"),
    ],
)
def test_channel_is_a_role(load: Load, header: str, chosen: dict[str, str]) -> None:
    rows = ("1,a,2025-01-01,10,web,pos", "2,b,2025-01-01,10,ads,pos")
    content = text(*rows, header=f"order_id,customer,date,total,{header},source")

    assert set(load(content, by=("Channel",), map=chosen).customers) == {"web", "ads"}


def test_two_channels_of_one_kind_are_a_question(load: Load) -> None:
    content = text("1,a,2025-01-01,10,x,y", header="order_id,customer,date,total,channel,チャネル")
    with pytest.raises(errors.AmbiguousColumnError) as raised:
        load(content, by=("channel",))
    assert '--map channel="channel"' in said_by(raised.value)


def test_two_columns_of_one_name_are_a_question_and_have_numbers(load: Load) -> None:
    content = text("1,a,2025-01-01,10,x,y", header="order_id,customer,date,total,Tag,tag")
    with pytest.raises(errors.AmbiguousColumnError) as raised:
        load(content, by=("TAG",))
    assert '--by "Tag"' in said_by(raised.value)
    assert load(content, by=("tag",)).customers == {"y": 1}


def test_a_column_that_no_file_has_is_refused_with_those_that_come_near(load: Load) -> None:
    people = text("a,gold", header="customer,tier")
    with pytest.raises(errors.NoSuchSegmentError) as raised:
        load(text(*EXAMPLE), people=people, by=("contry",))
    assert "--by: Country" in said_by(raised.value)
    with pytest.raises(errors.NoSuchSegmentError) as raised:
        load(text(*EXAMPLE), people=people, by=("zzz",))
    assert "Country, tier" in said_by(raised.value)


def test_a_file_without_the_column_leaves_orders_unknown(load: Load) -> None:
    without_column = text("9,c,2025-03-01,7", header="order_id,customer,date,total")
    loaded = load(text(*EXAMPLE), without_column, by=("channel",))

    assert loaded.customers == {"ads": 1, "web": 1, "": 1}
    assert loaded.said["c 2025-03-01"] is None
    assert "no column" in loaded.notes[0]
    assert loaded.reading.inputs[1].notes


def test_values_are_as_written_but_for_what_cannot_be_seen(load: Load) -> None:
    rows = [
        *(
            f"{n},{n},2025-01-01,10,{value},JP"
            for n, value in enumerate(["web", " web ", "web　"], 1)
        ),
        "7,7,2025-01-01,10,WEB,JP",
        "8,8,2025-01-01,10,cafe\u0301,JP",
        "9,9,2025-01-01,10,café,JP",
    ]
    assert load(text(*rows), by=("channel",)).customers == {"web": 3, "café": 2, "WEB": 1}


def test_rows_of_one_order_have_one_segment_the_first_that_differs(load: Load) -> None:
    loaded = load(
        text(
            "#1,a@x.jp,paid,2025-01-01,10,,Tea",
            "#1,a@x.jp,,2025-01-01,,web,Pot",
            "#1,a@x.jp,,2025-01-01,,pos,Cup",
            "#2,b@x.jp,paid,2025-01-02,10,pos,Tea",
            "#2,b@x.jp,,2025-01-02,,,Tea",
            header=SHOPIFY,
        ),
        by=("channel", "lineitem name"),
    )

    assert loaded.customers == {"web · Tea": 1, "pos · Tea": 1}
    assert len(loaded.notes) == 2
    source, item = (note.facts for note in loaded.reading.inputs[0].notes[-2:])
    assert (source["column"], source["count"].value) == ("Source", 1)
    assert (item["column"], item["count"].value) == ("Lineitem name", 1)


@pytest.mark.parametrize(
    ("of_orders", "of_people"),
    [
        (("00412", "11807"), ("412", "11807")),
        (("412", "11807"), ("00412", "11807")),
        (("412", "11807"), ("412.0", "11807.0")),
    ],
)
def test_ids_of_a_file_of_customers_are_repaired(
    load: Load, of_orders: tuple[str, str], of_people: tuple[str, str]
) -> None:
    first, second = of_orders
    loaded = load(
        f"customer id,date,total\n{first},2024-01-05,10\n{second},2024-01-06,20\n",
        people=f"customer id,tier\n{of_people[0]},gold\n{of_people[1]},tin\n",
        by=("tier",),
    )

    assert loaded.customers == {"gold": 1, "tin": 1}


def test_ids_of_a_file_of_customers_that_differ_in_more_than_zeros_stay(load: Load) -> None:
    loaded = load(
        "customer id,date,total\n00412,2024-01-05,10\nK1,2024-01-06,20\n",
        people="customer id,tier\n412,gold\nK1,tin\n",
        by=("tier",),
    )

    assert loaded.customers == {"": 1, "tin": 1}


def test_a_customers_file_adds_what_orders_lack(load: Load) -> None:
    people = text("a,gold,x", "b,,x", "c,gold,x", ",gold,x", "a,gold,x", header="Customer,Tier,n")
    loaded = load(text(*EXAMPLE, "4,d,2025-01-09,1,ads,JP"), people=people, by=("tier", "channel"))
    orders, customers = loaded.reading.inputs

    assert loaded.customers == {"gold · web": 1, "– · ads": 2}
    assert (customers.kind, customers.rows_read, customers.rows_used) == ("customers", 5, 2)
    assert customers.set_aside == {
        "customer-without-orders": 1,
        "duplicate-customer": 1,
        "no-customer": 1,
    }
    assert customers.columns == {"customer_id": "Customer", "by.tier": "Tier"}
    assert [note.facts["count"].value for note in customers.notes] == [1]
    assert loaded.rejects.splitlines()[1:] == [
        f"{customers.path},4,customer-without-orders,c,gold,x",
        f"{customers.path},5,no-customer,,gold,x",
        f"{customers.path},6,duplicate-customer,a,gold,x",
    ]
    assert orders.set_aside == {}


def test_rows_of_one_customer_that_differ_are_counted_and_the_first_holds(load: Load) -> None:
    people = text("a,gold", "a,iron", "b,iron", "b,iron", header="customer,tier")
    loaded = load(text(*EXAMPLE), people=people, by=("tier",))

    assert loaded.customers == {"gold": 1, "iron": 1}
    (note,) = loaded.reading.inputs[1].notes
    assert note.facts["count"].value == 1


def test_a_column_that_both_have_is_taken_from_the_file_of_customers(load: Load) -> None:
    people = text("a,KR", "b,KR", header="customer,country")
    loaded = load(text(*EXAMPLE), people=people, by=("country",))

    assert loaded.customers == {"KR": 2}
    assert "not that of the orders" in loaded.notes[0]


@pytest.mark.parametrize(
    ("header", "mapped"),
    [
        pytest.param("customer,tier", {}, id="the header of the orders"),
        pytest.param("会員ID,tier", {}, id="usual words"),
        pytest.param("id,tier", {}, id="id alone"),
        pytest.param("who,tier", {"customer_id": "Who"}, id="--map says it"),
    ],
)
def test_the_customer_is_recognised(load: Load, header: str, mapped: dict[str, str]) -> None:
    people = text(" a ,gold", "b,gold", header=header)

    assert load(text(*EXAMPLE), people=people, by=("tier",), map=mapped).customers == {"gold": 2}


@pytest.mark.slow
def test_an_email_is_matched_with_an_email(load: Load) -> None:
    content = text("#1,A@x.jp,paid,2025-01-01,10,web,Tea", header=SHOPIFY)
    people = text("77,a@X.jp,gold", header="Customer ID,E-mail,Tier")

    assert load(content, people=people, by=("tier",)).customers == {"gold": 1}


@pytest.mark.parametrize(
    ("people", "error", "said"),
    [
        pytest.param(
            text("x,gold", header="customer,tier"),
            errors.CustomersNotFoundError,
            "such as x there",
            id="nobody in common",
        ),
        pytest.param(
            text("x,gold", header="name,tier"),
            errors.NoCustomerIdError,
            "--map customer_id=COLUMN",
            id="no id",
        ),
        pytest.param(
            text("a,a,gold", header="member id,user id,tier"),
            errors.AmbiguousColumnError,
            '--map customer_id="user id"',
            id="two ids",
        ),
    ],
)
def test_a_file_of_customers_that_cannot_be_joined_is_refused(
    load: Load, people: str, error: type[errors.LtvError], said: str
) -> None:
    with pytest.raises(error) as raised:
        load(text(*EXAMPLE), people=people, by=("tier",))
    assert said in said_by(raised.value)


def test_only_a_file_of_customers_takes_a_customer_id(load: Load) -> None:
    with pytest.raises(errors.UnknownRoleError, match="customer_id"):
        load(text(*EXAMPLE), map={"customer_id": "customer"})


def test_a_file_of_customers_has_an_encoding_of_its_own(load: Load) -> None:
    people = text("a,金", "b,金", header="customer,tier").encode("cp932")

    assert load(text(*EXAMPLE), people=people, by=("tier",), encoding="utf-8").customers == {
        "金": 2
    }


def test_cost_to_serve_is_a_column_of_the_orders(load: Load) -> None:
    rows = ("1,a,2025-01-01,10,1.25", "2,a,2025-02-01,5,", "3,b,2025-01-05,20,0")
    content = text(*rows, header="order_id,customer,date,total,Shipping cost")
    loaded = load(content, cost_to_serve="shipping cost")

    assert loaded.served == {
        "a 2025-01-01": Decimal("1.25"),
        "a 2025-02-01": None,
        "b 2025-01-05": Decimal(0),
    }
    assert "no cost to serve" in loaded.notes[0]
    assert loaded.reading.inputs[0].columns["serve"] == "Shipping cost"


def test_cost_to_serve_of_line_items_is_added_up_where_they_differ(load: Load) -> None:
    rows = (
        "1,a,2025-01-01,10,1",
        "1,a,2025-01-01,10,2",
        "2,b,2025-01-05,20,4",
        "2,b,2025-01-05,20,4",
    )
    content = text(*rows, header="order_id,customer,date,order total,picking")

    assert load(content, cost_to_serve="picking").served == {
        "a 2025-01-01": Decimal(3),
        "b 2025-01-05": Decimal(4),
    }


def test_cost_to_serve_is_a_rate_or_a_column(load: Load) -> None:
    assert Settings(cost_to_serve="5%").serve_rate == 0.05
    assert Settings(cost_to_serve="shipping").serve_rate is None
    assert set(load(text(*EXAMPLE), cost_to_serve="5%").served.values()) == {None}
    with pytest.raises(errors.NoServeColumnError, match="shipping"):
        load(text(*EXAMPLE), cost_to_serve="shipping")


@pytest.mark.slow
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(8)))
def test_row_order_does_not_change_the_answer(load: Load, order: Sequence[int]) -> None:
    rows = [
        "1,a,2025-01-01,10,web,JP", "2,a,2025-01-01,5,ads,US", "3,b,2025-01-05,20,ads,US",
        "4,c,2025-01-05,20,,US", "5,c,2025-01-05,20,web,", "6,d,2025-02-01,3,mail,",
        "7,d,2025-02-01,3,ads,", "8,b,2025-01-04,-2,mail,",
    ]  # fmt: skip
    once, again = (
        load(text(*ordered), by=("channel", "country"))
        for ordered in (rows, [rows[place] for place in order])
    )

    assert again.facts.totals == once.facts.totals
    assert again.facts.segments == once.facts.segments
