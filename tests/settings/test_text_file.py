"""Small CSV files are read as spreadsheets write them."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from ltvcli.read import benchmarks, initiatives

PLANS = (
    ("name", "lever", "change", "cost", "probability"),
    ("Win back", "churn", "-10%", "5000.50", "50%"),
)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_initiatives_may_be_separated_as_excel_separates_them(
    tmp_path: Path, separator: str
) -> None:
    file = tmp_path / "plans.csv"
    file.write_text("\n".join(separator.join(row) for row in PLANS), "utf-8-sig")

    (plan,) = initiatives.read(str(file))

    assert (plan.name, plan.cost) == ("Win back", 5000.5)


def test_benchmarks_may_be_separated_by_semicolons(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = csv.reader(StringIO(benchmarks.SHIPPED.read_text("utf-8")))
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, delimiter=";").writerows(rows)
    known = benchmarks.shipped()

    assert [row.median for row in benchmarks.read(str(file))] == [row.median for row in known]
