"""Long sheets store the numbers in customer ids: nothing else may come of that."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import ltvcli
from ltvcli.engines.duckdb import DuckDB
from ltvcli.facts.orders import Numbering
from ltvcli.read.orders import numbered_ids, store
from tests import effort
from tests.effort import examples

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]


def _read(load: Load, ids: Sequence[str], sample: int) -> tuple[Any, ...]:
    """Read one order per id: the orders, what is excluded and told, whether numbers are stored."""
    rows = (f'o{number},"{one}",2024-01-01,{number + 1}\n' for number, one in enumerate(ids))
    with patch.object(store, "_SAMPLE", sample):
        loaded = load("order id,customer,date,total\n" + "".join(rows))
    (file,) = loaded.reading.inputs
    return (
        (loaded.orders, loaded.set_aside, file.set_aside, file.alerts),
        "customer_number" in loaded.stored,
    )


@pytest.mark.parametrize(
    ("ids", "is_numbered"),
    effort.nth(
        3,
        [
            pytest.param(["c1", "c2", "c10"], True, id="a prefix"),
            pytest.param(["7", "1041", "7"], True, id="nothing but numbers"),
            pytest.param(["EU-0042", "EU-1041", "EU-0007"], True, id="padded with zeros"),
            pytest.param(["c1", "c2", "", "c1"], True, id="a blank"),
            pytest.param(["c1", "c2", "c0"], True, id="a zero behind a prefix"),
            pytest.param(["c1", "c2", "c2147483647"], True, id="the largest of 32 bits"),
            pytest.param(["c1", "c2", "c2147483648"], False, id="beyond 32 bits after short ones"),
            pytest.param(["c123456789", "c1", "c3000000000"], True, id="beyond 32 bits"),
            pytest.param(["1", "2", "0"], False, id="0 is nobody"),
            pytest.param(["1", "2", "guest"], False, id="a word for nobody"),
            pytest.param(["c1", "c2", "c02"], False, id="a zero that would be lost"),
            pytest.param(["01", "02", "100"], False, id="wider than the others"),
            pytest.param(["c1", "c2", "d2"], False, id="another prefix"),
            pytest.param(["c1", "c2", "C2"], False, id="another case"),
            pytest.param(["c1", "c2", " c2"], False, id="a space before"),
            pytest.param(["1", "2", "1e2", "100"], False, id="an exponent"),
            pytest.param(["1", "2", "2.0"], False, id="a number with a point"),
            pytest.param(["1", "2", "+2"], False, id="a plus"),
            pytest.param(["c1", "c2", "c-1"], False, id="a minus"),
            pytest.param(["1", "2", "1_0"], False, id="an underscore"),
            pytest.param(["1", "2", "0x10"], False, id="hexadecimal"),
            pytest.param(["1", "2", "２"], False, id="full width"),
            pytest.param(["1", "2", "123456789012345678"], False, id="may have lost digits"),
            pytest.param(["1", "2", "99999999999999999999"], False, id="beyond 64 bits"),
            pytest.param(["a@x.com", "b@x.com", "a@x.com"], False, id="addresses"),
        ],
    ),
)
def test_numbered_customers_are_stored_as_numbers(
    load: Load, ids: list[str], is_numbered: bool
) -> None:
    stored, as_text = _read(load, ids, 2), _read(load, ids, 2000)
    assert stored == (as_text[0], is_numbered)
    assert not as_text[1]


@pytest.mark.parametrize("prefix", ["", "c", "%_'", "é", "e\u0301", "日本-", "\x7f", "c\U0010ffff"])
def test_a_stored_number_gives_the_id_again_behind_any_prefix(
    one_engine: DuckDB, prefix: str
) -> None:
    begin, end = prefix[:-1], prefix[-1:]
    others = [begin, begin + chr(ord(end or "b") - 1), prefix.upper() + "!", f"{prefix}:", "c", ""]
    digits = [
        "7",
        "41",
        "07",
        "",
        "x",
        "-",
        "-0",
        " 7",
        "7 ",
        "1e2",
        "7.0",
        "+7",
        "７",
        "2147483648",
    ]
    ids = [known + number for known in (prefix, *others) for number in digits]
    cells: dict[str, str] = {}
    values: dict[str, Any] = {"ids": ids}
    of = "customer", "id", Numbering(prefix=prefix)
    field = numbered_ids.field(*of, cells, values, is_short=True)["customer_number"]
    source = "(select unnest($ids) as id)"
    for name, sql in cells.items():
        source = f"(select *, {sql} as {name} from {source})"
    rows = one_engine.execute(f"select id, {field} from {source}", values).fetchall()
    numbers = {known: number for known, number in rows if number != -1}
    assert [known for known, number in numbers.items() if known != f"{prefix}{number}"] == []
    assert {f"{prefix}7": 7, f"{prefix}41": 41}.items() <= numbers.items()


IDS = st.one_of(
    st.integers(0, 30).map("c{}".format),
    st.integers(0, 30).map("{:03d}".format),
    st.from_regex(r"[ +-]?[cC]?[0-9]{1,3}([.]0|e1)? ?", fullmatch=True),
)


@pytest.mark.slow
@examples(25)
@given(st.lists(IDS, min_size=1, max_size=6), st.integers(1, 3))
@example(["1", "5e1", "50"], 1)
@example(["c1", "c2", "c-1"], 2)
def test_numbers_never_change_the_customers(load_orders: Load, ids: list[str], sample: int) -> None:
    ids = [*ids, ids[0][:-1] + "9"]  # who is not nobody
    assert _read(load_orders, ids, sample)[0] == _read(load_orders, ids, 2000)[0]


@pytest.mark.parametrize(
    "row", ["o9,c2,2024-01-05,1e3", "o9,c2,5 Jan 2024,7", "o9,c2,,7", "o 9,c2,2024-01-05,7"]
)
def test_rows_that_need_care_further_down_change_no_customer(load: Load, row: str) -> None:
    rows = [f"o{number},c{number % 3},2024-01-0{number + 1},10" for number in range(6)]
    text = "\n".join(["order id,customer,date,total", *rows, row]) + "\n"
    readings = []
    for sample in (3, 2000):
        with patch.object(store, "_SAMPLE", sample):
            readings.append(load(text))
    by_number, by_text = readings
    assert by_number.orders == by_text.orders
    assert by_number.set_aside == by_text.set_aside


@pytest.mark.parametrize(
    ("ids", "numbering"),
    [
        (["C-0042", "C-1041"], Numbering(prefix="C-", width=4)),
        (["2024-7", "2024-12"], Numbering(prefix="2024-")),
        (["7"], Numbering()),
        ([], None),
        (["7", "x"], None),
        (["5E+17", "6E+17"], None),
        (["123456789012345678"], None),
    ],
)
def test_a_numbering_is_what_all_ids_follow(ids: list[str], numbering: Numbering | None) -> None:
    assert numbered_ids.numbering(ids) == numbering


def test_numbers_that_may_get_longer_take_64_bits_and_others_32(tmp_path: Path) -> None:
    def kinds(first: int) -> set[str]:
        found: set[str] = set()
        stored = DuckDB.store_in_order

        def seen(engine: DuckDB, table: str, *given: Any) -> int:
            count = stored(engine, table, *given)
            found.update(str(kind) for name, kind in engine.describe(table).items()
                         if name.endswith("_number"))  # fmt: skip
            return count

        file = tmp_path / "orders.csv"
        rows = "".join(f"{n},{n},2024-01-05,20.00\n" for n in range(first, first + 5))
        file.write_text(f"order id,customer,date,total\n{rows}", encoding="utf-8")
        with patch.object(store, "_SAMPLE", 2), patch.object(DuckDB, "store_in_order", seen):
            ltvcli.calc(file)
        return found

    assert kinds(99_999_990) == {"INTEGER"}
    assert kinds(100_000_000) == {"BIGINT"}


@pytest.fixture(
    scope="module", params=[("c{}", 1), ("{:05d}", 1), ("A'\\\"{}", 1), ("A'\\\"{}", 2)]
)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Orders of 300 customers, of one or two rows; some IDs begin with what SQL would choke on."""
    form, most = request.param
    draw = random.Random(7)
    path = tmp_path_factory.mktemp("shop") / "orders.csv"
    with path.open("w") as file:
        file.write("order id,customer,date,total,channel\n")
        for number in range(1500):
            customer = form.format(draw.randrange(300)).replace('"', '""')
            day = date(2023, 1, 1) + timedelta(draw.randrange(700))
            channel = draw.choice(["web", "mail", ""])
            row = f'"A\'{number}","{customer}",{day},{draw.randrange(1, 90)},{channel}\n'
            file.write(row * (1 + number % most))
    return path


@pytest.mark.parametrize(
    "question", effort.family(["calc", "cohorts", "segments", "predict"], "segments")
)
def test_no_answer_depends_on_how_customers_are_stored(shop: Path, question: str) -> None:
    options: dict[str, Any] = {"margin": 0.4, "cac": 20}
    options |= {"by": "channel"} if question == "segments" else {}
    answers = []
    for sample in (50, 2000):
        with patch.object(store, "_SAMPLE", sample):
            answers.append(getattr(ltvcli, question)(shop, **options))
    by_number, by_text = (json.dumps(answer.to_dict(), default=str) for answer in answers)
    assert by_number == by_text
