"""Pages on paper, A4 and Letter: every chart and table is there, and nothing is cut."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from msgspec.structs import replace

from tests.formats.cohort_reports import triangle
from tests.formats.test_html_in_browser import REPORTS, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ltvcli.results import AnyReport

pytestmark = pytest.mark.sampled

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in mm."""
UPRIGHT, ACROSS = 28.0, 24.0
"""Both margins together in mm, of pages that stand upright and of those with broad tables."""
PIXELS = 96 / 25.4
BEYOND = """([width, broad]) => [...document.querySelectorAll('table, svg, p, dl, li, code')]
    .filter(element => Boolean(element.closest('.broad')) === broad)
    .filter(element => element.getBoundingClientRect().width > 0)
    .filter(element => element.getBoundingClientRect().right > width + 1)
    .map(element => element.textContent.slice(0, 80))"""


def bare(text: str) -> str:
    """Leave out spaces, and take ligatures apart."""
    return "".join(normalize("NFKC", text).split())


def fits(page: Page) -> None:
    """Assert that nothing goes beyond the right edge of any paper."""
    page.emulate_media(media="print")
    for width, height in PAPERS.values():
        for across, broad in ((width - UPRIGHT, False), (height - ACROSS, True)):
            pixels = int(across * PIXELS)
            page.set_viewport_size({"width": pixels, "height": 900})
            assert page.evaluate(BEYOND, [pixels, broad]) == []


@pytest.mark.parametrize("page", ["light"], indirect=True)  # paper is white
@pytest.mark.parametrize("name", REPORTS)
def test_a_page_prints_with_every_chart_and_column(name: str, page: Page, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    opened(page, tmp_path, REPORTS[name]())
    expected = page.locator("figcaption, thead th, tbody th").all_text_contents()
    for paper, sides in PAPERS.items():
        written = page.pdf(format=paper, prefer_css_page_size=True)
        printed = pypdf.PdfReader(io.BytesIO(written))
        for sheet in printed.pages:
            points = sorted(float(side) for side in sheet.mediabox[2:])
            assert points == pytest.approx([side / 25.4 * 72 for side in sides], abs=2)
        text = bare("".join(sheet.extract_text() for sheet in printed.pages))
        assert [words for words in expected if bare(words) not in text] == []
    fits(page)


@pytest.mark.parametrize("page", ["light"], indirect=True)
@pytest.mark.parametrize(
    ("value", "currency"), [(1_234.5, "USD"), (123_456.0, "JPY"), (12_345_678.0, "JPY")]
)
def test_thirty_columns_of_large_amounts_fit(
    value: float, currency: str, page: Page, tmp_path: Path
) -> None:
    report = triangle(40)
    cells = tuple({**cell, "value": value} for cell in report.tables["triangle"])
    large: AnyReport = replace(
        report, currency=currency, tables={**report.tables, "triangle": cells}
    )
    opened(page, tmp_path, large)
    assert page.locator(".broad .heat thead th").count() == 30
    fits(page)
