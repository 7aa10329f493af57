"""A page for the terminal: the answer in five lines, then the details in one fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.choices import Depth
from ltvcli.pages import answer
from ltvcli.pages.screen import NARROWEST, WIDEST
from ltvcli.results import TableReport

if TYPE_CHECKING:
    from ltvcli.results import AnyReport


def render(
    report: AnyReport,
    lang: str,
    width: int = 80,
    color: bool = False,
    depth: Depth = Depth.DEFAULT,
    *,
    chart: bool = False,
) -> str:
    """Draw `report` for a terminal.

    Args:
        report: of any command.
        lang: of the words.
        width: cells of the terminal; a page takes 60 to 120.
        color: whether the terminal shows colours.
        depth: brief for the answer alone, verbose for everything.
        chart: draw charts below the answer; the rest of the page takes --verbose then.
    """
    width = max(NARROWEST, min(width, WIDEST))
    if chart:
        from ltvcli.pages import chart_screen

        answered = chart_screen.answer(report, lang, width, color)
        if depth is Depth.VERBOSE:
            answered = _page(report, lang, width, color, depth).splitlines()
        drawn = [*answered, *chart_screen.lines(report, lang, width)]
        return "".join(f"{line}\n" for line in drawn)
    return _page(report, lang, width, color, depth)


def _page(report: AnyReport, lang: str, width: int, color: bool, depth: Depth) -> str:
    """Draw the page of a report without charts."""
    if depth is Depth.BRIEF and answer.answer(report):
        return answer.brief(report, lang, width, color)
    if isinstance(report, TableReport):
        from ltvcli.pages import table_page

        return table_page.screen(report, lang, width, color, depth)
    if report.kind == "mrr":
        from ltvcli.pages import mrr_screen

        return mrr_screen.render(report, lang, width, color, depth)
    if report.kind == "report":
        from ltvcli.pages import compiled

        return compiled.render(report, lang, width, color, depth)
    if report.kind == "combined":
        from ltvcli.pages import combined

        return combined.render(report, lang, width, color, depth)
    from ltvcli.pages import calc

    return calc.render(report, lang, width, color, depth)
