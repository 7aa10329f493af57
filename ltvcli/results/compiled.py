"""Answers of several commands in one report: `ltv report monthly`."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from ltvcli.results.combined import CombinedReport
from ltvcli.results.mrr import MrrReport
from ltvcli.results.reports import Report, Run, TableReport
from ltvcli.results.sentences import Sentence

Answered = Report | MrrReport | CombinedReport | TableReport
"""The answer of a single command."""


class Chapter(Struct, frozen=True, kw_only=True):
    """A question and its answer; `missing` says why there is no answer, in one sentence."""

    name: str
    question: str
    report: Answered | None = None
    missing: Sentence | None = None


class CompiledReport(Run, frozen=True, kw_only=True):
    """The answers of several commands about the same files, in reading order.

    `name` is the kind of report, as it is typed; `title` is what it is called.
    """

    kind: ClassVar[Literal["report"]] = "report"
    name: str
    title: str
    chapters: tuple[Chapter, ...]
