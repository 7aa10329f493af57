"""`ltv whatif` on a page: every table has words, every value its own unit, data is no markup."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import ltvcli
from ltvcli.api import WhatIfAnswer
from ltvcli.pages import table_page, whatif, whatif_tables
from ltvcli.pages.whatif_screen import bars, pivoted
from tests.formats.reports import TEXTS
from tests.shops import AS_OF, shop

PLANS: list[dict[str, Any]] = [
    {"name": "<b>|*bold*\x1b[31m", "lever": "churn", "change": "-10%", "cost": 5, "feasibility": 3},
    {"name": "plain", "lever": "margin", "change": "+2pt", "cost": 5, "probability": 0.5},
]


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("orders") / "orders.csv"
    rows = [f"{one.customer},{one.day},{one.amount}" for one in shop(41, 90) if one.amount > 0]
    path.write_text("\n".join(["customer,date,amount", *rows, f"last,{AS_OF},5", ""]), "utf-8")
    return str(path)


@pytest.fixture(scope="module")
def reports(orders: str) -> list[WhatIfAnswer]:
    """Numbers with everything, numbers without a CAC, and orders."""
    links = {"cac": {"budget": 0.5}}
    return [
        ltvcli.whatif(
            arpu=100.0, churn="5%->3%", cac="300+10%", margin=0.5, budget="3000+20%", growth=0.1,
            elasticities=links, initiatives=PLANS, currency="USD",
        ),
        ltvcli.whatif(aov=100.0, frequency=3.0, lifespan="2y..3y"),
        ltvcli.whatif(
            orders, cac=50.0, margin="40%+2pt", elasticities=links, initiatives=PLANS, growth=0.1,
            stage="growth", churn="-20%",
        ),
    ]  # fmt: skip


def test_every_table_has_a_title_and_labels_for_what_it_holds(reports: list[WhatIfAnswer]) -> None:
    aside = ("unit", "change", "horizon", "feasibility", "net_gain",
             "upper_bound", "after_upper_bound")  # fmt: skip
    for report in reports:
        for name, rows in report.tables.items():
            assert name in whatif_tables.TITLES
            for row in rows:
                assert row.keys() == rows[0].keys(), name
                unlabelled = {
                    key
                    for key in row
                    if key not in whatif_tables.COLUMNS[name]
                    and not key.endswith(("_low", "_high"))
                    and key not in aside
                }
                assert unlabelled == set(), name


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", TEXTS)
def test_every_format_writes_it_in_both_languages(
    name: str, lang: str, reports: list[WhatIfAnswer]
) -> None:
    for report in reports:
        text = report.to_text(name, lang)

        assert text.endswith("\n")
        assert "\x1b" not in text
        assert "nan" not in text.lower().split()
    if name == "json":
        assert json.loads(text)["tables"]["levers"][0]["lever"] == "none"


def test_names_of_initiatives_are_no_markup(reports: list[WhatIfAnswer]) -> None:
    memo = reports[0].to_text("md")

    assert r"\<b\>\|\*bold\*" in memo
    assert "<b>" not in memo


def test_a_value_is_written_in_the_unit_of_its_lever(reports: list[WhatIfAnswer]) -> None:
    grid = pivoted(reports[0], "en")
    now = {row[0]: row[1] for row in grid.rows}

    assert now == {"ARPU": "$100.00", "churn": "5.0%", "margin": "50.0%", "CAC": "$300.00"}


def test_without_a_cac_bars_are_of_lifetime_value(reports: list[WhatIfAnswer]) -> None:
    grid = bars(reports[1], "en", 80)

    assert grid.title == "Sensitivity (±10%): LTV, now 600"
    assert [row[:3] for row in grid.rows][:2] == [
        ["AOV", "540", "660"], ["orders per year", "540", "660"],
    ]  # fmt: skip
    assert grid.rows[0][3] == "█" * 12 + "│" + "█" * 12


def test_a_margin_of_all_has_no_more(reports: list[WhatIfAnswer]) -> None:
    margin = next(row for row in bars(reports[1], "en", 80).rows if row[0] == "margin")

    assert margin == ["margin", "540", "–", "█" * 12 + "│"]


@pytest.mark.parametrize(("width", "cells"), [(80, 24), (120, 48)])
def test_bars_grow_with_the_screen(reports: list[WhatIfAnswer], width: int, cells: int) -> None:
    assert len(bars(reports[1], "en", width).rows[0][3]) == cells + 1


def test_a_single_change_is_not_reported_twice(reports: list[WhatIfAnswer]) -> None:
    levers = whatif.grids(reports[1], "en", 80)[0]

    assert [row[0] for row in levers.rows] == ["baseline", "lifespan 2y..3y"]


def test_colours_change_no_word(reports: list[WhatIfAnswer]) -> None:
    for report in reports:
        plain, painted = (table_page.screen(report, "en", 100, color) for color in (False, True))
        bare = re.sub(r"\x1b\[[0-9;]*m", "", painted)
        assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()
