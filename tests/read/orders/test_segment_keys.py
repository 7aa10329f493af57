"""Segments of long files are stored as numbers: the same facts as of their text."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines import duckdb
from ltvcli.facts import orders as facts
from ltvcli.read.files.open_files import open_all
from ltvcli.read.orders import load as orders
from ltvcli.read.orders import requested_columns, segment_keys
from ltvcli.settings.settings import Settings

pytestmark = pytest.mark.sampled

Gather = Callable[..., tuple[facts.Facts, bool]]
ROWS = 2_400
"""More than the rows from which it is decided what to number."""
CUSTOMERS = 300


def order(number: int, segment: str, *, amount: str = "10.00") -> list[str]:
    day = f"2025-{1 + number % 5:02}-{1 + number % 28:02}"
    return [f"o{number}", f"c{number * 7 % CUSTOMERS}", day, amount, segment, "x"]


def usual(number: int) -> str:
    return ("web", "ads", "mail")[number % 3]


def late(number: int) -> str:
    """Values that are not in the first rows."""
    return f"fair {number % 7}" if number > ROWS - 100 else usual(number)


def too_many(number: int) -> str:
    return f"fair {number}" if number > ROWS - 300 else usual(number)


def blank(number: int) -> str:
    return ("web", "", " ", "\t", "ads")[number % 5]


def spaced(number: int) -> str:
    """Different cells with the same value, some of them not in the first rows."""
    if number > ROWS - 100:
        return ("web  ", "　ads", "ads")[number % 3]
    return ("web", " web", "ads ", "ads")[number % 4]


def hostile(number: int) -> str:
    return ("it's", '"q"', "$segment_cell_0", "日本", "🙂", "a\\n", "NULL", "web'; --")[number % 8]


def varied(number: int) -> str:
    """More frequent values than are compared one by one."""
    return f"campaign {number % (segment_keys._MOST_FREQUENT + 1)}"


def long(number: int) -> str:
    return "w" * (100 + number % 2) if number % 3 else "web"


@pytest.fixture
def gather(tmp_path: Path, temp: Path) -> Gather:
    """Write rows as a file of orders and gather its facts by segment."""

    def gather(
        rows: Sequence[Sequence[str]], by: Sequence[str] = ("channel",), **options: Any
    ) -> tuple[facts.Facts, bool]:
        path = tmp_path / "orders.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            header = ["order_id", "customer", "date", "total", "channel", "country"]
            csv.writer(file).writerows([header, *rows])
        chosen = Settings(by=tuple(by), **options)
        sheets = open_all([path], chosen, temp)
        wanted = requested_columns.requested(chosen, temp)
        with duckdb.open([path], temp, None) as engine:
            reading = orders.load(sheets, chosen, engine, wanted)
            found = facts.gather(
                *(engine, reading.as_of, None),
                by_segment=True,
                numbering=reading.numbering,
                has_segment_keys=reading.has_segment_keys,
            )
        return found, reading.has_segment_keys

    return gather


def says(found: facts.Facts) -> list[Any]:
    tables = (found.triangle, found.observed, found.lifetimes)
    return [
        *(getattr(table, name).tolist() for table in tables for name in table.__struct_fields__),
        found.segments,
        found.totals,
    ]


@pytest.fixture
def as_text(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have no value numbered from now on."""
    return lambda: monkeypatch.setattr(segment_keys, "_MOST_FREQUENT", 0)


@pytest.mark.parametrize(
    ("segment", "are_keys"),
    [
        (usual, True),
        (late, True),
        (too_many, False),
        (blank, True),
        (spaced, True),
        (hostile, True),
        (varied, False),
        (long, True),
    ],
)
def test_numbers_and_text_give_the_same_facts(
    gather: Gather,
    as_text: Callable[[], None],
    segment: Callable[[int], str],
    are_keys: bool,
) -> None:
    rows = [order(number, segment(number)) for number in range(ROWS)]

    numbered, has_keys = gather(rows)
    as_text()
    written, has_none = gather(rows)

    assert (has_keys, has_none) == (are_keys, False)
    assert says(numbered) == says(written)
    assert sum(total.orders for total in numbered.totals) == ROWS


def test_values_that_differ_in_spaces_are_one_segment(gather: Gather) -> None:
    found, _ = gather([order(number, spaced(number)) for number in range(ROWS)])

    assert {*found.segments} == {"web", "ads"}


@pytest.mark.parametrize("segment", [usual, blank, late, spaced, hostile])
def test_customers_with_refunds_only_and_several_orders_a_day(
    gather: Gather, as_text: Callable[[], None], segment: Callable[[int], str]
) -> None:
    rows = [order(number, segment(number)) for number in range(ROWS)]
    rows += [
        [
            f"o{ROWS + number}",
            f"c{CUSTOMERS + number}",
            f"2025-03-0{1 + day}",
            "-5.00",
            segment(at),
            "x",
        ]
        for number, (day, at) in enumerate([(0, 0), (1, 1), (0, 2), (2, ROWS - 1)])
    ]
    rows += [
        [f"o{2 * ROWS + number}", f"c{CUSTOMERS + 9}", "2025-02-01", "7.00", segment(number), "x"]
        for number in range(9)
    ]

    numbered, has_keys = gather(rows)
    as_text()
    written, _ = gather(rows)

    assert has_keys
    assert says(numbered) == says(written)


@pytest.mark.parametrize("first", ["web", "ads", "mail"])
def test_the_segment_is_of_the_first_day_whatever_is_more_frequent(
    gather: Gather, first: str
) -> None:
    rows = [order(number, usual(number)) for number in range(ROWS)]
    seen = [("2025-03-02", "web"), ("2025-03-01", first), ("2025-03-02", "mail")]
    rows += [
        [f"o{ROWS + number}", "c9999", day, "10.00", segment, "x"]
        for number, (day, segment) in enumerate([*seen, ("2025-02-28", "ads")])
    ]
    rows[-1][3] = "-2.00"  # a refund from before the first order says nothing

    found, has_keys = gather(rows)
    without, _ = gather(rows[:ROWS])

    assert has_keys
    sizes = dict(zip(found.segments, found.totals, strict=True))
    before = dict(zip(without.segments, without.totals, strict=True))
    more = {name: sizes[name].customers - before[name].customers for name in sizes}
    assert more == {"web": 0, "ads": 0, "mail": 0} | {first: 1}


@pytest.mark.parametrize("by", [("channel", "country"), ("country", "channel")])
def test_several_columns_are_not_numbered(gather: Gather, by: tuple[str, ...]) -> None:
    found, has_keys = gather([order(n, usual(n)) for n in range(ROWS)], by)

    assert not has_keys
    assert len(found.segments) == 3


def test_orders_of_several_lines_keep_the_first_value_that_is_known(
    gather: Gather, as_text: Callable[[], None]
) -> None:
    rows = [
        order(at // 2, usual(at // 2) if at % 2 else "", amount=f"{10 + at // 2 % 5}.00")
        for at in range(ROWS)
    ]

    lines, has_keys = gather(rows)
    as_text()
    written, _ = gather(rows)

    assert not has_keys
    assert says(lines) == says(written)
    assert {*lines.segments} == {"web", "ads", "mail"}


def test_rows_that_need_care_are_numbered_too(gather: Gather, as_text: Callable[[], None]) -> None:
    rows = [
        order(number, late(number), amount="n/a" if number % 50 == 0 else "$1,010.00")
        for number in range(ROWS)
    ]

    numbered, has_keys = gather(rows)
    as_text()
    written, _ = gather(rows)

    assert has_keys
    assert says(numbered) == says(written)
