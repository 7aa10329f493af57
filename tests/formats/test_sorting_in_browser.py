"""Tables in a real Chromium: sorted by their heads, with mouse and keyboard, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from ltvcli.commands import _glossary
from ltvcli.formats import html
from tests.formats.segment_reports import segments

if TYPE_CHECKING:
    from playwright.sync_api import Page

VALUES = {
    "b": 1200.5,
    "a": -3.0,
    "äpfel": 40.0,
    "segment 10": None,
    "segment 9": 9.99,
    "Z": -3000.0,
}


@pytest.fixture
def table(page: Page, tmp_path: Path) -> Page:
    report = segments()
    row = report.tables["segments"][0]
    rows = tuple({**row, "segment": name, "ltv": ltv} for name, ltv in VALUES.items())
    file = tmp_path / "page.html"
    report = replace(report, tables={**report.tables, "segments": rows})
    file.write_text(html.render(report, "en", explain=_glossary.meaning), "utf-8")
    page.goto(file.as_uri())
    return page


def names(page: Page) -> list[str]:
    return page.locator("table").first.locator("tbody th").all_inner_texts()


def head(page: Page, label: str) -> str:
    return f"table >> nth=0 >> thead th:has-text('{label}') >> nth=0"


def test_numbers_are_sorted_by_their_value_and_unknown_ones_come_last(table: Page) -> None:
    button = table.locator(head(table, "LTV")).locator("button")
    button.click()
    assert names(table) == ["b", "äpfel", "segment 9", "a", "Z", "segment 10"]
    assert table.get_attribute(head(table, "LTV"), "aria-sort") == "descending"
    button.click()
    assert names(table) == ["Z", "a", "segment 9", "äpfel", "b", "segment 10"]
    assert table.get_attribute(head(table, "LTV"), "aria-sort") == "ascending"


def test_names_are_sorted_as_people_do(table: Page) -> None:
    table.locator(head(table, "Segment")).locator("button").click()
    assert names(table) == ["a", "äpfel", "b", "segment 9", "segment 10", "Z"]


def test_only_the_sort_column_is_marked_as_sorted(table: Page) -> None:
    table.locator(head(table, "LTV")).locator("button").click()
    table.locator(head(table, "Segment")).locator("button").click()
    assert table.locator("th[aria-sort]").count() == 1


def test_the_keyboard_sorts_and_follows_a_head_to_its_definition(table: Page) -> None:
    button = table.locator(head(table, "LTV")).locator("button")
    assert button.get_attribute("aria-label") == "Sort by LTV"
    button.focus()
    table.keyboard.press("Enter")
    assert names(table)[0] == "b"
    table.locator(head(table, "LTV")).locator("a").focus()
    table.keyboard.press("Enter")
    place = table.evaluate("location.hash")
    assert table.locator(place).inner_text().startswith("LTV: ")
