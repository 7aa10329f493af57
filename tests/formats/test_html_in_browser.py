"""Pages in a real Chromium load and log nothing; nothing is cut off or overlaps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from ltvcli.formats import html
from tests.formats.cohort_reports import cohorts
from tests.formats.compiled_reports import monthly
from tests.formats.mrr_reports import saas
from tests.formats.reports import numbers, shop
from tests.formats.segment_reports import segments
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ltvcli.results import AnyReport

WIDTHS = (360, 800, 1400)
REPORTS = {
    "calc": shop, "numbers": numbers, "mrr": saas, "cohorts": cohorts, "segments": segments,
    "monthly": monthly,
}  # fmt: skip
OVERLAPS = """() => {
    const found = [];
    for (const svg of document.querySelectorAll('svg')) {
        const boxes = [...svg.querySelectorAll('text')]
            .map(text => [text.textContent, text.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0);
        boxes.forEach(([one, a], n) => boxes.slice(n + 1).forEach(([two, b]) => {
            if (a.left + 1 < b.right && b.left + 1 < a.right &&
                a.top + 3 < b.bottom && b.top + 3 < a.bottom) found.push(`${one} / ${two}`);
        }));
        const frame = svg.getBoundingClientRect();
        for (const [one, a] of boxes)
            if (a.left < frame.left - 8 || a.right > frame.right + 8) found.push(`${one} is cut`);
    }
    return found;
}"""
CUT = """() => [...document.querySelectorAll('h1, h2, p, dt, dd, li, figcaption')]
    .filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth)
    .map(element => element.textContent)"""


def opened(page: Page, folder: Path, report: AnyReport, lang: str = "en") -> None:
    file = folder / "page.html"
    file.write_text(html.render(report, lang), "utf-8", errors="strict")
    page.goto(file.as_uri())


@pytest.mark.parametrize("lang", ["en", pytest.param("ja", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_cut_and_nothing_overlaps_at_any_width(
    name: str, lang: str, page: Page, tmp_path: Path
) -> None:
    opened(page, tmp_path, REPORTS[name](), lang)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate(CUT) == []
        assert page.locator("svg").count() == 0 or page.locator("svg:visible").count() > 0


def test_hostile_names_do_nothing(page: Page, tmp_path: Path) -> None:
    report = segments()
    row = report.tables["segments"][0]
    names = tuple({**row, "segment": text} for text in HOSTILE)

    opened(page, tmp_path, replace(report, tables={**report.tables, "segments": names}))
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.querySelectorAll('img, iframe, object, link, base').length") == 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_script_would_not_run(page: Page, tmp_path: Path) -> None:
    text = html.render(shop(), "en").replace("<main>", "<main><i id=x onclick='ran=1'></i>")
    (tmp_path / "page.html").write_text(text, "utf-8")
    quiet = page.context.new_page()  # its console tells of what was refused
    quiet.goto((tmp_path / "page.html").as_uri())
    quiet.evaluate("document.getElementById('x').click()")
    assert quiet.evaluate("typeof ran") == "undefined"
    quiet.close()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["light"], indirect=True)  # colours take no time
@pytest.mark.parametrize("compiled", [False, True], ids=["segments", "report"])
def test_a_large_page_is_drawn_within_a_second(compiled: bool, page: Page, tmp_path: Path) -> None:
    report = segments()
    row = report.tables["segments"][0]
    names = tuple({**row, "segment": f"{n:05} " + "n" * 200} for n in range(10_000))

    large = replace(report, tables={**report.tables, "segments": names})
    opened(page, tmp_path, monthly(segments=large) if compiled else large)
    session = page.context.new_cdp_session(page)
    # Seconds of the processor: those of the clock depend on what else the machine does.
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.reload(wait_until="load")
    page.evaluate("document.body.offsetHeight")
    measured = session.send("Performance.getMetrics")["metrics"]
    seconds = {metric["name"]: metric["value"] for metric in measured}
    drawing = ("LayoutDuration", "RecalcStyleDuration", "ScriptDuration")
    assert 0 < sum(seconds[name] for name in drawing) < 1
