"""When customers first bought which product, from files, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ltvcli.errors import AmbiguousColumnError, NoColumnError
from ltvcli.facts import products
from ltvcli.pipeline import load
from ltvcli.settings import settings as config

LINES = """\
order id,customer id,date,product,line total,status
1,a,2026-01-01,Tea,10,paid
1,a,2026-01-01,Cup,5,paid
2,a,2026-02-01,Cup,5,paid
2,a,2026-02-01,Pot,30,paid
3,b,2026-02-02,Tea,10,cancelled
4,b,2026-03-03, Tea ,10,paid
4,b,2026-03-03,,2,paid
5,,2026-03-04,Tea,10,paid
6,b,2026-04-01,Pot,-30,paid
"""
FIRST_DAYS = {
    ("a", "Cup"): "2026-01-01",
    ("a", "Pot"): "2026-02-01",
    ("a", "Tea"): "2026-01-01",
    ("b", "Tea"): "2026-03-03",
}
ONCE = """\
order id,customer id,date,sku,total
1,a,2026-01-01,Tea,10
2,a,2026-02-01,Cup,5
3,a,2026-03-01,Tea,5
4,b,2026-03-01,Cup,5
"""


def first_days(folder: Path, text: str, **options: object) -> dict[tuple[str, str], str]:
    file = folder / "orders.csv"
    file.write_text(text, "utf-8")
    settings = config.from_python(options)
    with load.load([file], settings, None, lambda _: None, command="risk", by="product") as loaded:
        assert loaded.by_segment
        bought = products.gather(loaded.engine, loaded.reading.as_of)
    return {
        (bought.customers[customer], bought.products[product]): str(day)
        for customer, product, day in zip(
            bought.customer, bought.product, bought.first, strict=True
        )
    }


@pytest.mark.slow
def test_the_lines_of_orders_that_count(tmp_path: Path) -> None:
    assert first_days(tmp_path, LINES) == FIRST_DAYS


def test_orders_of_one_line(tmp_path: Path) -> None:
    assert first_days(tmp_path, ONCE) == {
        ("a", "Cup"): "2026-02-01",
        ("a", "Tea"): "2026-01-01",
        ("b", "Cup"): "2026-03-01",
    }


@pytest.mark.slow
def test_rows_in_any_order(tmp_path: Path) -> None:
    head, *rows = LINES.splitlines()

    assert first_days(tmp_path, "\n".join([head, *reversed(rows), ""])) == FIRST_DAYS


def test_the_column_can_be_named(tmp_path: Path) -> None:
    text = LINES.replace("product", "Variety 品種")

    assert first_days(tmp_path, text, map={"product": "Variety 品種"}) == FIRST_DAYS


def test_days_after_the_last_one_are_not_known(tmp_path: Path) -> None:
    assert first_days(tmp_path, LINES, as_of="2026-01-15") == {
        key: day for key, day in FIRST_DAYS.items() if day == "2026-01-01"
    }


def test_a_column_that_is_not_there_or_not_alone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoColumnError):
        first_days(tmp_path, LINES, map={"product": "nothing"})
    with pytest.raises(AmbiguousColumnError):
        first_days(tmp_path, LINES.replace("status", "product name"))
