"""Text to amounts and days: exact, decided per column, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli import errors
from ltvcli.engines import duckdb
from tests import effort
from tests.effort import examples

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]


def amounts(*cells: str, delimiter: str = ",") -> str:
    rows = [f'c{n}{delimiter}2025-01-01{delimiter}"{cell}"' for n, cell in enumerate(cells)]
    return "\n".join([delimiter.join(("customer", "date", "total")), *rows]) + "\n"


def days(*cells: str) -> str:
    rows = [f'c{n},"{cell}",1' for n, cell in enumerate(cells)]
    return "\n".join(["customer,date,total", *rows]) + "\n"


def read(loaded: Any) -> dict[str, Any]:
    return {row[0]: row[2] for row in loaded.orders}


@pytest.mark.parametrize(
    ("cell", "amount"),
    effort.nth(
        2,
        [
            ("1,234", "1234"),
            ("1,234.50", "1234.50"),
            ("1 234", "1234"),
            ("1\u00a0234,50", "1234.50"),
            ("1\u202f234\u202f567", "1234567"),
            ("1.234,50", "1234.50"),
            ("1,23,456.78", "123456.78"),
            ("12,5", "12.5"),
            ("¥1,234", "1234"),
            ("￥１，２３４", "1234"),
            ("1,234円", "1234"),
            ("$ 9.99", "9.99"),
            ("€9,99", "9.99"),
            ("1'234.50", "1234.50"),
            ("12.125", "12.125"),
            ("1234567.125", "1234567.125"),
            ("  12 ", "12"),
            ("+5", "5"),
            ("1e3", "1000"),
            ("99999999999999.99", "99999999999999.99"),
        ],
    ),
)
def test_an_amount_is_read_as_written_in_any_usual_form(load: Load, cell: str, amount: str) -> None:
    loaded = load(amounts("7", cell), map={"decimal": "."} if cell == "12.125" else {})

    assert read(loaded)["c1"] == Decimal(amount)


@pytest.mark.parametrize(
    "cell", ["(50)", "(¥50)", "50-", "-50", "−50", "△50", "▲50円", "-$50", "$-50", "- 50", "－５０"]
)
def test_a_negative_amount(load: Load, cell: str) -> None:
    header = "order_id,customer,date,total\n"
    loaded = load(f'{header}1,a,2025-01-01,60\n1,a,2025-01-02,"{cell}"\n')

    assert loaded.revenue == 10


@pytest.mark.parametrize(
    "cell", ["nan", "inf", "-inf", "1_000", "abc", "--5", "1-2", "12 34", "1,2,3", "0x1F", "9" * 20]
)
def test_what_is_no_amount_is_set_aside(load: Load, cell: str) -> None:
    loaded = load(amounts("7", "8", cell))

    assert loaded.aside == {"amount-not-a-number": 1}
    assert loaded.set_aside == [(0, 2, "amount-not-a-number")]


def test_a_late_half_stays_a_half(load: Load) -> None:
    loaded = load(amounts(*["12"] * 25_000, "12.5"))

    assert read(loaded)["c25000"] == Decimal("12.5")


def test_noise_of_floats_is_rounded_and_reported(load: Load) -> None:
    loaded = load(amounts("29.990000000000002", "5"))

    assert read(loaded)["c0"] == Decimal("29.99")
    assert "more than 4 decimals" in loaded.notes[0]


def test_decimals_that_are_zeros_are_not_reported_as_rounded(load: Load) -> None:
    loaded = load(amounts("29.990000000", "5.500000000"))

    assert read(loaded)["c0"] == Decimal("29.99")
    assert not any("decimals" in str(note) for note in loaded.notes)


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        pytest.param(["1.234", "980"], errors.AmbiguousDecimalError, id="one or a thousand"),
        pytest.param(["1,234.50", "12,5"], errors.MixedDecimalError, id="point and comma"),
        pytest.param(["ten", "twelve", "5"], errors.NotNumbersError, id="words"),
    ],
)
def test_a_column_that_cannot_be_decided(
    load: Load, cells: Sequence[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        load(amounts(*cells))


@pytest.mark.parametrize(("decimal", "amount"), [(".", "1.234"), (",", "1234")])
def test_map_decimal_answers(load: Load, decimal: str, amount: str) -> None:
    assert read(load(amounts("1.234"), map={"decimal": decimal}))["c0"] == Decimal(amount)


def test_map_decimal_takes_a_point_or_a_comma(load: Load) -> None:
    with pytest.raises(errors.NotDecimalError):
        load(amounts("1.234"), map={"decimal": "dot"})


def test_a_semicolon_file_has_decimal_commas(load: Load) -> None:
    assert read(load(amounts("1.234", "7", delimiter=";")))["c0"] == 1234


@pytest.mark.parametrize("other", ["2.500", "0", "12345"])
def test_a_semicolon_file_without_an_amount_below_1000_is_a_question(
    load: Load, other: str
) -> None:
    text = amounts("1.234", other, delimiter=";")

    with pytest.raises(errors.AmbiguousDecimalError):
        load(text)

    assert read(load(text, map={"decimal": "."}))["c0"] == Decimal("1.234")
    assert read(load(text, map={"decimal": ","}))["c0"] == 1234


@pytest.mark.parametrize(
    ("cells", "typed", "is_found"),
    [
        pytest.param(["1,234", "12,345"], {}, True, id="all with commas"),
        pytest.param(["1,234", "0"], {}, True, id="a free order"),
        pytest.param(["1,234", "980"], {}, False, id="one below 1000"),
        pytest.param(["1,234", "2,500.00"], {}, False, id="one with cents"),
        pytest.param(["1,234,567", "2,345,678"], {}, False, id="millions"),
        pytest.param(["1,234", "12,345"], {"decimal": "."}, False, id="typed"),
    ],
)
def test_thousands_that_nothing_proves_are_found(
    load: Load, cells: Sequence[str], typed: dict[str, str], is_found: bool
) -> None:
    (file,) = load(amounts(*cells), map=typed).reading.inputs

    assert ("thousands-assumed" in file.alerts) is is_found
    if is_found:
        assert file.alerts["thousands-assumed"] == {
            "column": "total",
            "example": "1,234",
            "role": "decimal",
        }


@pytest.mark.parametrize(
    "cell",
    effort.nth(
        2,
        [
            "2025-08-10",
            "2025-8-10",
            "2025-08-10 23:59:59",
            "2025-08-10T23:59:59Z",
            "2025-08-10 23:55:16 -0400",
            "2025-08-10T01:00:00+09:00",
            "2025-08-10T10:00:00.123456789+09:00",
            "2025/8/10",
            "2025.8.10",
            "20250810",
            "20250810103309",
            "2025年8月10日",
            "2025年8月10日 10:20",
            "2025年8月10日(日) 10時20分",
            "２０２５／０８／１０",
            "2025/08/10 12:00:00 JST",
            "10 Aug 2025",
            "10-Aug-2025",
            "Aug 10, 2025",
            "August 10, 2025 at 3:15 PM",
            "Sun, 10 Aug 2025 10:00:00 +0900",
            "'2025-08-10",
        ],
    ),
)
def test_a_day_is_read_in_any_usual_form(load: Load, cell: str) -> None:
    assert {row[1] for row in load(days(cell)).orders} == {date(2025, 8, 10)}


@pytest.mark.parametrize("separator", ["/", ".", "-"])
@pytest.mark.parametrize(
    ("cells", "read"),
    [
        pytest.param(["08/10/2025", "13/10/2025"], date(2025, 10, 8), id="day first"),
        pytest.param(["08/10/2025", "10/13/2025"], date(2025, 8, 10), id="month first"),
    ],
)
def test_the_whole_column_decides_the_order_of_day_and_month(
    load: Load, separator: str, cells: Sequence[str], read: date
) -> None:
    loaded = load(days(*(cell.replace("/", separator) for cell in cells)))

    assert loaded.orders[0][1] == read


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        pytest.param(["08/10/2025", "1/2/2025"], errors.AmbiguousDateError, id="nothing tells"),
        pytest.param(["13/10/2025", "10/13/2025"], errors.MixedDateError, id="both orders"),
        pytest.param(["soon", "later", "2025-01-01"], errors.NotDatesError, id="words"),
        pytest.param(["1/2/25"], errors.AmbiguousDateError, id="two digits for the year"),
    ],
)
def test_dates_that_cannot_be_decided(
    load: Load, cells: Sequence[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        load(days(*cells))


def test_the_same_number_for_day_and_month_needs_no_answer(load: Load) -> None:
    assert load(days("05/05/2025")).orders[0][1] == date(2025, 5, 5)


@pytest.mark.parametrize(
    ("cell", "format", "read"),
    [
        ("08/10/2025", "%d/%m/%Y", date(2025, 10, 8)),
        ("08/10/2025 13:45", "%m/%d/%Y", date(2025, 8, 10)),
        ("1/2/25", "%d/%m/%y", date(2025, 2, 1)),
        ("2025-08-10", "%Y-%d-%m", date(2025, 10, 8)),
    ],
)
def test_date_format_wins(load: Load, cell: str, format: str, read: date) -> None:
    assert load(days(cell), date_format=format).orders[0][1] == read


@pytest.mark.parametrize("format", ["%Q", "%d/%m", "day"])
def test_a_date_format_that_is_none(load: Load, format: str) -> None:
    with pytest.raises(errors.NotADateFormatError):
        load(days("08/10/2025"), date_format=format)


def test_a_date_format_that_does_not_fit(load: Load) -> None:
    with pytest.raises(errors.NotDatesError):
        load(days("08/10/2025", "09/10/2025"), date_format="%Y-%m-%d")


@pytest.mark.parametrize(
    "cell", ["2025-02-30", "31/02/2025", "infinity", "epoch", "1969-12-31", "2025-01-02 junk"]
)
def test_impossible_days_are_set_aside(load: Load, cell: str) -> None:
    loaded = load(days("2025-01-01", "2025-01-02", cell))

    assert loaded.aside == {"date-not-a-date": 1}


def test_two_ways_of_writing_dates_are_reported(load: Load) -> None:
    assert "two ways" in load(days("2025-01-01", "13/01/2025")).notes[0]


money = st.decimals(-(10**9), 10**9, places=2)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with duckdb.open([], tmp_path_factory.mktemp("private"), None) as opened:
        opened.define_macros("read/macros", "read/dates")
        yield opened


@given(money)
def test_whatever_is_written_with_point_or_comma_is_read_back(engine: Any, amount: Decimal) -> None:
    point = f"{amount:,}"
    comma = point.translate(str.maketrans(",.", ".,"))
    sql = "select point_number($1), comma_number($2), point_number($3)"

    (cells,) = engine.execute(sql, [point, comma, f"¥{point}"]).fetchall()

    assert cells == (amount, amount, amount)


@pytest.mark.slow
@examples(3)
@given(st.lists(st.dates(date(1980, 1, 1), date(2200, 1, 1)), min_size=40, max_size=40))
def test_whatever_day_is_written_is_read_back(engine: Any, days: list[date]) -> None:
    written = [
        (text, day)
        for day in days
        for text in (
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d.%m.%Y 10:00}",
            f"{day:%Y%m%d}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day:%b %d, %Y}",
        )
    ]
    texts = [text for text, _ in written]

    sql = "select ordered_day(bare_day(unnest($1::text[])), 3, 2, 1)"
    read = engine.execute(sql, [texts]).fetchall()

    assert [(text, day) for text, (day,) in zip(texts, read, strict=True)] == written


def test_an_order_whose_lines_add_up_to_more_than_money_holds_is_excluded(load: Load) -> None:
    lines = [
        "order_id,customer,date,price,quantity",
        "o1,ann,2025-01-01,99999999999999.99,1",
        "o1,ann,2025-01-01,99999999999999.99,1",
        "o2,bob,2025-01-02,5.00,2",
    ]
    reading = load("\n".join(lines) + "\n")
    assert read(reading) == {"bob": Decimal(10)}
    assert {reason for _, _, reason in reading.set_aside} == {"amount-not-a-number"}


NO_DATES = ("", "0", "0000", "0.0", "-", "—", "0000-00-00", "0000-00-00 00:00:00", "null", "NaN")
NO_DATES += ("n/a", "never", "false", "no", "keine", "aucune", "ninguno", "いいえ", "未", "なし")
NOT_QUITE = ("epoch", "infinity", "-infinity", "0001-01-01", "2025-01-01", " 2025-1-1 ", "today")


def test_an_unambiguous_day_is_never_found_in_other_text(engine: Any) -> None:
    tests = "is_no_date(t), sane_day(plain_day(t)) is not null"
    found = {
        text: tuple(read)
        for text, *read in engine.execute(
            f"select t, {tests} from (select unnest($1) as t)", [[*NO_DATES, *NOT_QUITE]]
        ).fetchall()
    }
    assert {text: found[text] for text in NO_DATES} == dict.fromkeys(NO_DATES, (True, False))
    assert [text for text, read in found.items() if all(read)] == []
    assert found["2025-01-01"] == (False, True)


@examples(30)
@given(st.lists(st.text("0-./: tT", max_size=10), min_size=1, max_size=30))
def test_zeros_and_dashes_are_never_days(engine: Any, texts: list[str]) -> None:
    is_both = "is_no_date(t) and sane_day(plain_day(t)) is not null"
    query = f"select count(*) from (select unnest($1) as t) where {is_both}"
    assert engine.execute(query, [texts]).fetchone() == (0,)
