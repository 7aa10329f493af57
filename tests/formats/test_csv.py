from __future__ import annotations

import csv
from io import StringIO

import pytest
from msgspec.structs import replace

from ltvcli.formats import csv as csv_format
from tests.formats.reports import numbers, shop


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written)))


def test_one_row_per_figure() -> None:
    found = {(row["method"], row["figure"]): row for row in rows(csv_format.render(shop(), "en"))}

    assert found["", "aov"] == {
        "method": "",
        "figure": "aov",
        "value": "4520.4",
        "low": "4410.2",
        "high": "4630.9",
        "unit": "money",
        "source": "measured",
    }
    assert found["observed", "ltv"]["value"] == "17431.25"
    assert found["observed", "ltv"]["low"] == "15900"
    assert found["arpu-churn", "grade"]["value"] == "improvable"
    assert found["observed", "verdict"]["value"] == "healthy"
    assert found["observed", "probability_healthy"]["value"] == "0.999"
    assert found["", "payback_observed"]["value"] == "7.0"
    assert found["", "as_of"]["value"] == "2026-10-31"


def test_no_figure_appears_twice() -> None:
    found = [(row["method"], row["figure"]) for row in rows(csv_format.render(shop(), "en"))]

    assert len(found) == len(set(found))


def test_unknown_is_an_empty_cell() -> None:
    written = rows(csv_format.render(numbers(), "en"))
    found = {row["figure"]: row for row in written}
    horizon = {row["method"]: row["value"] for row in written if row["figure"] == "horizon"}

    assert horizon == {"": "", "basic": "24.0"}
    assert found["verdict_ltv_to_cac"]["low"] == ""
    assert "churn" not in found


def test_it_is_the_same_in_every_language() -> None:
    assert csv_format.render(shop(), "ja") == csv_format.render(shop(), "en")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1a", "'+1a"),
        ("-1a", "'-1a"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\\t=1"),
        ("\r=1", "'\\r=1"),
    ],
)
def test_text_cells_cannot_inject_formulas(text: str, cell: str) -> None:
    written = csv_format.render(shop(currency=text), "en")
    currency = next(row for row in rows(written) if row["figure"] == "currency")

    assert currency["value"] == cell


def test_a_negative_number_stays_a_number() -> None:
    methods = (replace(shop().methods[0], ltv=-1.5),)
    found = {row["figure"]: row for row in rows(csv_format.render(shop(methods=methods), "en"))}

    assert found["ltv"]["value"] == "-1.5"
