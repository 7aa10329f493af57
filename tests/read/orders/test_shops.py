"""Files of several shops that number their orders alike."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import ltvcli
from tests import effort

HEADER = "order number,customer id,order date,total"
NORTH = ("1,n1,2026-01-05,10.00", "2,n2,2026-01-20,20.00", "3,n1,2026-02-02,30.00")
SOUTH = ("1,s1,2026-01-07,15.00", "2,s2,2026-01-25,25.00", "4,s1,2026-02-12,35.00")
NORTH_LATER = ("2,n2,2026-01-20,18.00", "3,n1,2026-02-02,30.00", "5,n2,2026-03-01,7.00")


def revenue(folder: Path, *files: tuple[str, ...]) -> tuple[float, set[str]]:
    paths = []
    for number, rows in enumerate(files):
        paths.append(folder / f"{number}.csv")
        paths[-1].write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    report = ltvcli.calc(*paths).to_dict()
    return report["figures"]["net_revenue"]["value"], {
        finding["check"] for finding in report["findings"]
    }


@pytest.mark.parametrize("files", list(itertools.permutations([NORTH, SOUTH])))
def test_orders_of_two_shops_with_the_same_numbers_all_count(
    tmp_path: Path, files: tuple[tuple[str, ...], ...]
) -> None:
    value, checks = revenue(tmp_path, *files)

    assert value == 135.00
    assert "order-ids-of-several-shops" in checks
    assert "later-state-counts" not in checks


@pytest.mark.parametrize(
    "files", effort.nth(3, map(pytest.param, itertools.permutations([NORTH, SOUTH, NORTH_LATER])))
)
def test_two_exports_of_one_shop_beside_another_shop_count_once(
    tmp_path: Path, files: tuple[tuple[str, ...], ...]
) -> None:
    value, checks = revenue(tmp_path, *files)

    assert value == 10.00 + 18.00 + 30.00 + 7.00 + 75.00
    assert {"order-ids-of-several-shops", "later-state-counts"} <= checks


def test_exports_of_one_shop_are_no_two_shops(tmp_path: Path) -> None:
    value, checks = revenue(tmp_path, NORTH, NORTH_LATER)

    assert value == 65.00
    assert "order-ids-of-several-shops" not in checks
