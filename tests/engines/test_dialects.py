"""Our SQL in other dialects: the same meaning, or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
import sqlglot

from ltvcli.choices import Dialect
from ltvcli.engines import duckdb, postgres, spark
from ltvcli.engines._dialects import translate
from ltvcli.errors import InternalError

DIALECTS = get_args(Dialect)
FIRST, LATER = date(2024, 2, 28), date(2025, 3, 1)


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        ("bigquery", "date_diff(b, a, day)"),
        ("databricks", "DATEDIFF(b, a)"),
        ("postgres", "((b) - (a))"),
        ("redshift", "DATEDIFF(day, a, b)"),
        ("snowflake", "DATEDIFF(day, a, b)"),
        ("spark", "DATEDIFF(b, a)"),
    ],
)
def test_days_between_is_the_later_day_less_the_earlier(dialect: Dialect, written: str) -> None:
    assert translate("select days_between(a, b)", dialect) == f"SELECT {written}"


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        ("bigquery", "CAST(concat('0x', substr(to_hex(md5(t)), 9, 8)) AS INT64)"),
        ("databricks", "CAST(CONV(SUBSTR(MD5(t), 9, 8), 16, 10) AS BIGINT)"),
        ("postgres", "CAST(CAST(('x' || SUBSTR(MD5(t), 9, 8)) AS BIT(32)) AS BIGINT)"),
        ("redshift", "STRTOL(SUBSTR(MD5(t), 9, 8), 16)"),
        ("snowflake", "TO_NUMBER(SUBSTR(MD5(t), 9, 8), 'XXXXXXXX')"),
        ("spark", "CAST(CONV(SUBSTR(MD5(t), 9, 8), 16, 10) AS BIGINT)"),
    ],
)
def test_md5_bits_are_read_from_hexadecimal_digits(dialect: Dialect, written: str) -> None:
    assert translate("select md5_bits(t, 32, 32)", dialect) == f"SELECT {written}"


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        ("bigquery", "date(t, 'Asia/Tokyo')"),
        ("databricks", "CAST(FROM_UTC_TIMESTAMP(t, 'Asia/Tokyo') AS DATE)"),
        ("postgres", "CAST(t AT TIME ZONE 'Asia/Tokyo' AS DATE)"),
        ("redshift", "CAST(t AT TIME ZONE 'Asia/Tokyo' AS DATE)"),
        ("snowflake", "TO_DATE(CONVERT_TIMEZONE('Asia/Tokyo', t))"),
        ("spark", "CAST(FROM_UTC_TIMESTAMP(t, 'Asia/Tokyo') AS DATE)"),
    ],
)
def test_the_day_of_a_moment_is_that_of_its_zone(dialect: Dialect, written: str) -> None:
    sql = translate("select day_in_zone(t, 'Asia/Tokyo')", dialect)
    assert sql.upper() == f"SELECT {written}".upper()


@pytest.mark.parametrize(
    ("dialect", "decimal"), [("bigquery", "CAST('0.01' AS NUMERIC)"), ("snowflake", "0.01")]
)
def test_a_decimal_is_no_float_in_any_dialect(dialect: Dialect, decimal: str) -> None:
    assert translate("select n * 0.01", dialect) == f"SELECT n * {decimal}"


def test_postgres_computes_once_what_is_read_twice() -> None:
    sql = "with cells as (select trim(t) as a, t as b from x) select a, {} as c from cells"

    for read, fenced in (("b || b", False), ("a || b", True)):
        assert ("FROM x OFFSET 0)" in translate(sql.format(read), "postgres")) is fenced
    assert "OFFSET" not in translate(sql.format("a || b"), "spark")


def test_any_rows_are_limited_by_name_only() -> None:
    sql = "select count(*) as n from (select a from t limit 3) as {}"

    assert "LIMIT 3" in translate(sql.format("some_rows"), "spark")
    with pytest.raises(InternalError, match="LIMIT 3"):
        translate(sql.format("rows"), "spark")


VALUES: dict[str, Any] = {
    "day": LATER,
    "text": 'O\'Brien\\n"é"',
    "real": 0.1,
    "tiny": 1e-7,
    "exact": Decimal("-12.3400"),
    "whole": -3,
    "yes": True,
    "nothing": None,
}
SAID = (
    "select $day as day, $text as text, $real as r, $tiny as tiny, $exact as exact,"
    " 1 - $whole as whole, $yes as yes, $nothing is null as no"
)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_values_are_written_as_constants_that_read_back_the_same(dialect: Dialect) -> None:
    """SQLGlot's parser of the dialect is an independent reader of what its writer wrote."""
    written = translate(SAID, dialect, VALUES)
    texts = [
        node.name
        for node in sqlglot.parse_one(written, read=dialect).find_all(sqlglot.exp.Literal)
        if node.is_string
    ]

    assert VALUES["text"] in texts


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("select percentile_disc(0.9) within group (order by x)", id="percentile"),
        pytest.param("select quantile_disc(x, 0.5)", id="quantile"),
        pytest.param("select median(x)", id="median"),
        pytest.param("select unnest([1, 2]) as a, unnest([3, 4]) as b", id="side by side"),
        pytest.param("select a / b from t", id="division of whole numbers or decimals"),
        pytest.param("select last - first from t", id="days subtracted"),
        pytest.param("select $as_of - d from t", id="a day subtracted from as_of"),
        pytest.param("select round(x, 2) from t", id="round"),
        pytest.param("select avg(x) from t", id="avg"),
        pytest.param("select * replace (1 as a) from t", id="replace"),
        pytest.param("select arg_min(a, b) from t", id="any of several"),
        pytest.param("select a from t limit 3", id="rows in no order"),
        pytest.param("select my_own(a) from t", id="an unknown function"),
        pytest.param("update t set a = 1", id="update"),
        pytest.param("insert into t select 1", id="insert"),
        pytest.param("create temp table t (a integer)", id="an empty table"),
    ],
)
def test_what_would_mean_something_else_elsewhere_is_refused(sql: str) -> None:
    with pytest.raises(InternalError, match="not portable"):
        translate(sql, "spark", {"as_of": LATER})


def test_a_value_that_is_missing_is_no_null() -> None:
    with pytest.raises(InternalError, match="no value for \\$as_of"):
        translate("select $as_of", "spark", {})


VECTORS = (
    "select t, days_between(cast('2024-02-28' as date), $later) as days,"
    " md5_bits(t, 32) as bits, md5_bits(t, 32, 32) as later_bits, md5_bits(t, 60) as most,"
    " cast(cast(x as double) as decimal(28, 4)) as money,"
    " cast(cast(x * 0.001 as double) as decimal(18, 9)) as fine,"
    " floor(cast(days_between($first, $later) as double) / 30.436875) as months"
    " from vectors order by t"
)
NUMBERS = [0.00005, 0.00015, -0.00025, 12.34565, 1e9 + 0.12345, 0.49999999999999994e-4, None]
TEXTS = ["C-1", "c-1", "é", "漢字", "'\\", "a b", "Z"]


def vectors(engine: Any) -> list[tuple[Any, ...]]:
    engine.fill("vectors", {"t": ("text", TEXTS), "x": ("double", NUMBERS)})
    rows: list[tuple[Any, ...]] = engine.execute(
        VECTORS, {"first": FIRST, "later": LATER}
    ).fetchall()
    return rows


@pytest.fixture
def expected(tmp_path: Path) -> list[tuple[Any, ...]]:
    with duckdb.open([], tmp_path, None) as engine:
        return vectors(engine)


def test_functions_in_duckdb_match_their_definitions(expected: list[tuple[Any, ...]]) -> None:
    """The hashes are those of RFC 1321's md5, by hand for one text: md5("Z") is 21c2e59531c8..."""
    (row,) = [row for row in expected if row[0] == "Z"]

    assert row[1:5] == (367, 0x21C2E595, 0x31C87101, 0x21C2E59531C8710)
    assert [str(row[5]) for row in expected if row[0] == "c-1"] == ["0.0001"]


def test_the_first_bits_of_md5_are_those_of_its_digits(tmp_path: Path) -> None:
    texts = [*TEXTS, "", *map(str, range(1000))]
    with duckdb.open([], tmp_path, None) as engine:
        engine.fill("texts", {"t": ("text", texts)})
        rows = engine.execute("select t, md5_bits(t, 32) from texts").fetchall()

    digits = {text: hashlib.md5(text.encode()).hexdigest()[:8] for text in texts}
    assert {text: f"{number:08x}" for text, number in rows} == digits


@pytest.mark.slow
def test_the_functions_are_the_same_in_postgresql(
    postgres_url: str, expected: list[tuple[Any, ...]]
) -> None:
    with postgres.open(postgres_url) as engine:
        assert vectors(engine) == expected


def test_the_functions_are_the_same_in_sail(sail_url: str, expected: list[tuple[Any, ...]]) -> None:
    with spark.open(sail_url) as engine:
        assert vectors(engine) == expected


@pytest.mark.parametrize("opened", ["postgres", "sail"])
def test_values_come_back_as_they_were_sent(opened: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(f"{opened}_url")
    open_engine: Callable[[str], Any] = postgres.open if opened == "postgres" else spark.open
    with open_engine(url) as engine:
        (row,) = engine.execute(SAID, VALUES).fetchall()

    assert row == (LATER, VALUES["text"], 0.1, 1e-7, Decimal("-12.34"), 4, True, True)
