"""HTML pages: complete, and free of markup from data."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from ltvcli.choices import Depth
from ltvcli.commands import _glossary
from ltvcli.formats import html
from ltvcli.language import printable
from ltvcli.pages.content import Grid
from ltvcli.results import Finding, Row, Sentence, SettingsSource, Severity
from ltvcli.results.levers import Levers
from tests import effort
from tests.formats.cohort_reports import cohorts
from tests.formats.compiled_reports import monthly
from tests.formats.mrr_reports import compared, partial, saas
from tests.formats.reports import ORDERS, numbers, shop
from tests.formats.segment_reports import minus, segments
from tests.hostile import HOSTILE

REPORTS = {
    "calc": shop, "numbers": numbers, "mrr": saas, "partial": partial, "reconcile": compared,
    "cohorts": cohorts, "segments": segments, "minus": minus,
    "monthly": monthly,
}  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section",
    "h1", "h2", "p", "span", "b", "code", "div", "dl", "dt", "dd", "ul", "li", "figure",
    "figcaption", "nav", "ol", "a", "h3", "h4", "details", "summary",
    "table", "thead", "tbody", "tr", "th", "td",
    "svg", "path", "text", "circle", "rect",
    "script", "form", "label", "input", "output", "button",
}  # fmt: skip
VOID = {"meta", "input"}
LARGEST = 300_000
MANY = 2000


class Read(HTMLParser):
    """What a browser would make of a page: its tags, attributes and text; unclosed tags fail."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.texts += [value or "" for _, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def harmless(page: str) -> Read:
    read = Read(page)
    assert read.tags <= TAGS
    assert not [name for name in read.attributes if name.startswith("on")]
    assert all(place.startswith("#") for place in read.links)
    assert not read.attributes & {"src", "style", "srcdoc", "action", "xlink:href"}
    assert len(page.encode()) <= LARGEST
    return read


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_page_is_whole_harmless_and_the_same_each_time(name: str, lang: str) -> None:
    report = REPORTS[name]()
    page = html.render(report, lang)
    read = harmless(page)
    assert page == html.render(report, lang)
    assert page.startswith("<!DOCTYPE html>")
    assert f'<html lang="{lang}">' in page
    assert {"h1", "table", "title"} <= read.tags


def hashed(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_page_allows_its_own_style_and_script_and_nothing_else() -> None:
    page = html.render(shop(), "en")
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert policy == [
        f"default-src 'none'; style-src 'sha256-{hashed(style)}'; "
        f"script-src 'sha256-{hashed(script)}'; base-uri 'none'; form-action 'none'"
    ]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"fetch|XMLHttp|WebSocket|import\(|eval|innerHTML|https?:", script)


def test_every_figure_links_to_its_definition() -> None:
    for name, report in REPORTS.items():
        page = html.render(report(), "en", explain=_glossary.meaning)
        read = harmless(page)
        places = re.findall(r'<li id="(d\d+)"', page)
        assert len(set(places)) == len(places)
        assert {link[1:] for link in read.links if link.startswith("#d")} <= set(places)
        heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page)
        labels = re.findall(r'<div class="tile[^"]*"><h\d>([^<]+)</h', page)
        assert [text for text in heads if not re.fullmatch(r"[\d-]+", text)] == [], name
        assert labels == [], name


def test_a_definition_that_the_page_has_is_not_replaced_by_the_glossary() -> None:
    page = html.render(segments(), "en", explain=lambda label, lang: ("LTV", "other words"))
    assert "Realised margin per customer over the same months for every segment." in page
    assert page.count("other words") == 0


def test_the_corpus_is_large() -> None:
    assert len(set(HOSTILE)) >= 200


CHUNKS = [HOSTILE[n : n + 16] for n in range(0, len(HOSTILE), 16)]


def stands(read: Read, text: str, letters: int) -> bool:
    shown = printable(text)[:letters].strip()
    return any(shown in written for written in read.texts)


SOME = [
    pytest.param(texts, id=str(place), marks=pytest.mark.slow if place % 8 else ())
    for place, texts in enumerate(CHUNKS)
]
"""Every eighth in a usual run of the tests."""


@pytest.mark.parametrize("texts", effort.nth(4, SOME))
def test_hostile_names_are_text_everywhere(texts: list[str]) -> None:
    report = shop(
        findings=tuple(
            Finding(
                check="x",
                severity=Severity.INFO,
                says=Sentence("Seen: {what}", {"what": text}),
                option=text,
            )
            for text in texts
        ),
        inputs=tuple(
            replace(ORDERS, path=text, profile=text, columns={"customer": text}) for text in texts
        ),
        settings=tuple(SettingsSource(source=text, names=(text,)) for text in texts),
        next_command=texts[0],
    )
    read = harmless(html.render(report, "en"))
    assert [text for text in texts if not stands(read, text, 100)] == []


@pytest.mark.parametrize("texts", SOME)
def test_hostile_names_of_segments_are_escaped_in_tables_and_charts(texts: list[str]) -> None:
    report = segments()
    row = report.tables["segments"][0]
    names = tuple({**row, "segment": text} for text in texts)
    read = harmless(html.render(replace(report, tables={**report.tables, "segments": names}), "en"))
    assert "svg" in read.tags
    assert [text for text in texts if not stands(read, text, 12)] == []


@pytest.mark.slow
def test_ten_thousand_segments_with_long_names_are_cut_and_counted() -> None:
    report = segments()
    row = report.tables["segments"][0]
    names = [{**row, "segment": f"{n:05} " + "n" * 200} for n in range(10_000)]
    page = html.render(replace(report, tables={**report.tables, "segments": tuple(names)}), "en")
    harmless(page)
    shown = len(re.findall(r'<th scope="row">\d{5} n', page))
    assert f"{10_000 - shown:,} more rows left out here: --format md has all" in page
    assert "first 16 of 10,000 segments" in page


@pytest.mark.slow("four hundred cohorts are held in a usual run")
def test_a_report_of_large_answers_stays_small() -> None:
    of_segments, of_cohorts = segments(), cohorts()
    row = of_segments.tables["segments"][0]
    names = [{**row, "segment": f"{n:05} " + "n" * 200} for n in range(MANY)]
    assert MANY * 200 > LARGEST
    large = replace(of_segments, tables={**of_segments.tables, "segments": tuple(names)})
    report = monthly(segments=large, cohorts=replace(of_cohorts, tables=many_cohorts()))
    for lang in ("en", "ja"):
        page = html.render(report, lang, explain=_glossary.meaning)
        harmless(page)
        assert "--format md" in page


@pytest.mark.parametrize(
    "texts",
    SOME,
)
def test_hostile_names_in_a_report_are_text(texts: list[str]) -> None:
    of_segments = segments()
    row = of_segments.tables["segments"][0]
    names = tuple({**row, "segment": text} for text in texts)
    levers = Levers(
        command=("ltv", "whatif", *texts),
        typed={"cac": texts[0]},
        method="observed",
        currency=None,
        values={"cac": 5.0},
        inputs={"cac": 5.0},
        steps=(1.0, 2.0, 3.0),
        graded=True,
        assumed_margin=False,
    )
    report = monthly(
        calc=shop(levers=levers, inputs=(replace(ORDERS, path=texts[-1]),)),
        segments=replace(of_segments, tables={**of_segments.tables, "segments": names}),
    )
    missing = replace(report.chapters[-1], missing=Sentence("{what}", {"what": " ".join(texts)}))
    report = replace(report, chapters=(*report.chapters[:-1], missing))
    page = html.render(report, "en")
    read = harmless(page)
    assert [text for text in texts if not stands(read, text, 12)] == []
    (data,) = [text for text in read.texts if text.startswith('{"command"')]
    assert json.loads(data)["command"] == ["ltv", "whatif", *texts]


def many_cohorts() -> dict[str, tuple[Row, ...]]:
    report = cohorts()
    row, cell = report.tables["cohorts"][0], report.tables["triangle"][0]
    months = [f"{1993 + n // 12}-{n % 12 + 1:02}" for n in range(400)]
    return {
        **report.tables,
        "cohorts": tuple({**row, "cohort": month} for month in months),
        "triangle": tuple(
            {**cell, "cohort": month, "age_month": age}
            for n, month in enumerate(months)
            for age in range(0, 400 - n)
        ),
    }


@pytest.mark.slow
def test_four_hundred_cohorts_keep_the_newest() -> None:
    page = html.render(replace(cohorts(), tables=many_cohorts()), "en")
    harmless(page)
    assert '<th scope="row">2026-04</th>' in page
    assert '<th scope="row">1993-01</th>' not in page
    assert "more columns left out here: --format md has all" in page


def test_a_brief_page_is_the_answer_alone() -> None:
    page = html.render(shop(), "en", depth=Depth.BRIEF)
    harmless(page)
    assert "<table" not in page
    assert "24-month LTV" in page
    assert "2 warnings" in page


def test_an_unknown_number_is_a_dash_and_a_loss_has_its_sign() -> None:
    page = html.render(numbers(), "en")
    harmless(page)
    assert '<p class="value">–</p>' in page


def test_words_start_at_the_left_and_numbers_do_not() -> None:
    grid = Grid(
        title="",
        heads=["Name", "Verdict", "LTV", "Payback", "Cohort"],
        rows=[["9", "✓ healthy", "$5 (4–6)", "not yet", "–"], ["x", "", "–", "3 mo", "2024-01"]],
    )
    assert html.left(grid) == [True, True, False, True, False]
