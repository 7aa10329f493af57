"""Markdown: a complete memo, ready to be pasted into a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltvcli.choices import Depth
from ltvcli.pages import answer, markdown, memo

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
        counted = [markdown.escaped(text) for text in answer.counted(report, lang)]
        lines = markdown.head(answer.head(report, lang))
        lines += ["", " · ".join(counted)] if counted else []
        return "".join(f"{line}\n" for line in lines)
    return markdown.text_of(memo.page(report, lang))
