"""Markdown: a complete memo, ready to be pasted into a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.choices import Depth
from ltvcli.pages import answer
from ltvcli.pages.markdown import escaped
from ltvcli.results import TableReport

if TYPE_CHECKING:
    from ltvcli.results import AnyReport


def render(report: AnyReport, lang: str, depth: Depth = Depth.DEFAULT) -> str:
    """Write the memo: answer, tables, findings, inputs and data, definitions.

    Args:
        report: of any command.
        lang: of the words.
        depth: brief for the answer alone; a memo is complete by default.
    """
    if depth is Depth.BRIEF and answer.answer(report):
        counted = [escaped(text) for text in answer.counted(report, lang)]
        lines = [*answer.memo(report, lang), *(["", " · ".join(counted)] if counted else [])]
        return "".join(f"{line}\n" for line in lines)
    if isinstance(report, TableReport):
        from ltvcli.pages import table_page

        sections = table_page.sections(report, lang)
    elif report.kind == "together":
        from ltvcli.pages import combined

        both = render(report.orders, lang), render(report.subscriptions, lang)
        return combined.memo(report, *both, lang)
    elif report.kind == "mrr":
        from ltvcli.pages import mrr_memo

        sections = mrr_memo.sections(report, lang)
    else:
        from ltvcli.pages import calc

        sections = calc.sections(report, lang)
    written = ["".join(f"{line}\n" for line in section) for section in map(list, sections)]
    return "\n".join(section for section in written if section)
