"""A report of several answers as one page: the first answer and changes, then each question.

Parts that all answers share appear once: sources of the numbers, and definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import asdict, replace

from ltvcli.choices import Depth
from ltvcli.language import translate
from ltvcli.pages import answer, screen, sections
from ltvcli.pages.chart_types import Chart
from ltvcli.pages.content import Block, Grid, Page, Role, Section
from ltvcli.results import Severity
from ltvcli.results.compiled import Chapter, CompiledReport
from ltvcli.text.layout import wrap
from ltvcli.text.words import say

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

Describe = Callable[["AnyReport", str], Page]
"""Describes an answer, every table of it."""
_ONCE = (Role.DATA, Role.DEFINITIONS)


def page(report: CompiledReport, lang: str, describe: Describe) -> Page:
    """Describe every answer below the first one.

    Args:
        report: of several answers.
        lang: of the words.
        describe: describes one of them.
    """
    pages = [
        (chapter, _chapter_page(chapter, report.currency, lang, describe))
        for chapter in report.chapters
    ]
    known: set[str] = set()
    parts = [
        replace(
            described,
            heading=translate(chapter.question, lang),
            is_missing=chapter.missing is not None,
            next_command="",
            levers=None,
            tiles=described.tiles if number else (),
            charts=_new_charts(described.charts, known),
            sections=list(_new(described.sections, known)),
            parts=[replace(side, next_command="") for side in described.parts],
        )
        for number, (chapter, described) in enumerate(pages)
    ]
    first_report, first = next(
        (chapter.report, described) for chapter, described in pages if chapter.report is not None
    )
    head = answer.head(report, lang)
    shown = len(answer.answer(first_report)) - 1 if first.tiles else 0  # by the tiles
    return replace(
        head,
        lines=head.lines[shown:],
        label=translate(report.title, lang),
        next_command="",
        basis=first.basis,
        tiles=first.tiles,
        levers=first.levers,
        parts=parts,
        sections=[
            sections.data(report, lang),
            _definitions([described for _, described in pages]),
        ],
    )


def _chapter_page(chapter: Chapter, currency: str | None, lang: str, describe: Describe) -> Page:
    """Describe the answer to a question, or why there is none."""
    if chapter.report is not None:
        return describe(chapter.report, lang)
    return Page(title=say(chapter.missing, lang, currency) if chapter.missing else "")


def _new(every: Sequence[Section], known: set[str]) -> Iterator[Section]:
    """Return the tables and findings of an answer that no earlier answer shows."""
    for section in every:
        if section.role in _ONCE:
            continue
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Grid | str):
                fresh: Block | None = None if repr(block) in known else block
                known.add(repr(block))
            else:
                fresh = [item for item in block if f"{item.text} {item.code}" not in known]
                known.update(f"{item.text} {item.code}" for item in block)
            if fresh:
                blocks.append(fresh)
        yield replace(section, blocks=blocks)


def _new_charts(charts: Sequence[Chart], known: set[str]) -> list[Chart]:
    """Return the charts of an answer that no earlier answer shows."""
    fresh = [chart for chart in charts if _key(chart) not in known]
    known.update(map(_key, fresh))
    return fresh


def _key(chart: Chart) -> str:
    """Return the key of a chart by its content, without its format."""
    return repr({**asdict(chart), "write": None})


def _definitions(pages: Sequence[Page]) -> Section:
    """Merge the definitions of all pages, each term once."""
    every = [
        section
        for described in pages
        for single in (described, *described.parts)
        for section in single.sections
        if section.role is Role.DEFINITIONS
    ]
    items = {
        item.label: item
        for section in every
        for block in section.blocks
        if not isinstance(block, Grid | str)
        for item in block
    }
    title = every[0].title if every else ""
    return Section(title=title, role=Role.DEFINITIONS, blocks=[list(items.values())])


def render(report: CompiledReport, lang: str, width: int, color: bool, depth: Depth) -> str:
    """Draw the answer to every question, for a screen.

    Args:
        report: of several answers.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
        depth: default, or verbose for everything above the tables of each answer.
    """
    indent = screen.indent_of([screen.FINDINGS, screen.DATA, screen.SETTINGS], lang)
    blocks = [answer.lines(report, lang, width, color, answer.most(report))]
    for chapter in report.chapters:
        if chapter is report.chapters[0] and chapter.report is not None:
            continue  # it is the answer above
        title = screen.ansi(translate(chapter.question, lang), screen.BOLD, color)
        blocks.append([title, *_drawn(chapter, lang, width, color, depth)])
    if depth is not Depth.VERBOSE:
        alarming = dict.fromkeys(
            tuple(lines)
            for chapter in report.chapters
            if chapter.report is not None
            for severity, lines in screen.findings(chapter.report, width - indent, lang)
            if severity is not Severity.INFO
        )
        shown = [screen.painted(line, color) for lines in alarming for line in lines]
        blocks.append(screen.labelled(screen.FINDINGS, shown, indent, lang) if shown else [])
    blocks.append(screen.data(report, width, indent, lang))
    return screen.joined(blocks, air=len(blocks))


def _drawn(chapter: Chapter, lang: str, width: int, color: bool, depth: Depth) -> list[str]:
    """Draw the answer to a question, or why there is none; verbose, with its findings."""
    if chapter.report is None:
        return wrap(say(chapter.missing, lang, None), width) if chapter.missing else []
    single = replace(chapter.report, next_command="")
    drawn = answer.lines(single, lang, width, color, answer.most(single))
    if depth is Depth.VERBOSE:
        findings = screen.findings(single, width, lang)
        drawn += [screen.painted(line, color) for _, lines in findings for line in lines]
    return drawn
