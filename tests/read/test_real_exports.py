"""Public data sets, where they lie beside the checkout: numbers known from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli import errors

DATA = Path(__file__).parents[3] / "shared/data"
Load = Callable[..., Any]

pytestmark = [pytest.mark.sampled, pytest.mark.skipif(not DATA.is_dir(), reason="no shared data")]


@pytest.mark.slow
def test_cdnow(load: Load) -> None:
    rows = (DATA / "cdnow/CDNOW_master.txt").read_text().split("\n")
    lines = [",".join(row.split()) for row in rows if row[:1] == " " and row.split()[0].isdigit()]

    loaded = load("\n".join(["customer_id,date,number_of_cds,dollar_value", *lines]) + "\n")

    assert (loaded.customers, loaded.counted) == (23_570, 69_659)
    assert loaded.revenue == Decimal("2500315.63")
    assert loaded.reading.as_of == date(1998, 6, 30)


def test_shopify(load: Load) -> None:
    loaded = load((DATA / "exports/shopify/orders_export_devstore.csv").read_bytes())

    assert loaded.reading.inputs[0].rows_read == 40
    assert (loaded.customers, loaded.counted) == (3, 8)  # of 19: 10 without customer, 1 unpaid
    assert loaded.aside == {"no-customer": 22, "unpaid": 2}
    assert loaded.reading.currency == "EUR"


def test_fuzzy_factory(load: Load) -> None:
    loaded = load((DATA / "fuzzy_factory/orders.csv").read_bytes())

    assert (loaded.customers, loaded.counted) == (31_696, 32_313)
    assert loaded.revenue == Decimal("1938509.75")
    margin = 1 - sum(row[3] for row in loaded.orders) / loaded.revenue
    assert round(margin, 3) == Decimal("0.627")


@pytest.mark.parametrize(
    ("file", "error"),
    [
        ("square/items_sample.csv", errors.NoCustomersError),
        ("ecforce/orders_sample.csv", errors.AllZeroError),
        ("rakuten_rms/rakuten_subset_fixture.csv", errors.MissingColumnError),
        ("yahoo_shopping_jp/yahoo_order_fixture.csv", errors.MissingColumnError),
        ("yahoo_shopping_jp/yahoo_item_fixture.csv", errors.MissingColumnError),
    ],
)
def test_samples_without_an_answer_name_what_is_missing(
    load: Load, file: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        load((DATA / "exports" / file).read_bytes())


def test_ecforce_with_the_subtotal(load: Load) -> None:
    sample = (DATA / "exports/ecforce/orders_sample.csv").read_bytes()

    assert load(sample, map={"amount": "小計"}).revenue == 12_796
