"""The first lines of every page: the answer of a report, the same for screens and memos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli import registry
from ltvcli.language import N_, translate
from ltvcli.pages import answers, screen
from ltvcli.pages.content import Line, Page
from ltvcli.results import AnswerLine, Fact, Finding, Interval, Quantity, Run, Severity, Statement
from ltvcli.text.layout import flow, wrap
from ltvcli.text.words import SIGNS, fill, say, signed

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

MOST = 5
"""Lines of an answer at most, the command to type next among them."""
FEWEST = 2
"""Statements that are printed however many lines they take: what, and under which grade."""
WITHOUT = N_(": run without --brief to read them")
_COUNTED = {
    Severity.ERROR: (N_("1 error"), N_("{n} errors")),
    Severity.WARNING: (N_("1 warning"), N_("{n} warnings")),
}


def answer(report: AnyReport) -> tuple[AnswerLine, ...]:
    """Return the answer of a report in labelled lines, the headline first.

    A report whose kind has no module in `answers` has its own page, and no answer.
    """
    kind = report.kind if hasattr(report, "kind") else report.command
    if kind not in registry.names(answers):
        return ()
    return tuple(registry.load(answers, kind).answer(report))[: MOST - 1]


def label_of(line: AnswerLine, report: Run, lang: str) -> str:
    """Write the label of a line, with its facts.

    Args:
        line: of the answer.
        report: of the command.
        lang: of the words.
    """
    return say(line.label, lang, report.currency)


def text_of(line: AnswerLine, report: Run, lang: str) -> str:
    """Write the text of a line, after the sign of its grade if it has one.

    Args:
        line: of the answer.
        report: of the command.
        lang: of the words.
    """
    text = say(line.says, lang, report.currency)
    return signed(line.grade, text, upper_bound=line.upper_bound) if line.grade else text


def most(report: AnyReport) -> int:
    """Return the maximum number of lines of an answer on a screen."""
    kind = report.kind if hasattr(report, "kind") else report.command
    if kind not in registry.names(answers):
        return MOST
    return int(getattr(registry.load(answers, kind), "LINES", MOST))


def fitting(
    report: AnyReport, lang: str, width: int, at_most: int = MOST
) -> tuple[AnswerLine, ...]:
    """Return the lines of the answer that fit; where long amounts break lines, the last go first.

    Args:
        report: of any command.
        lang: of the words.
        width: cells of a line.
        at_most: lines.
    """
    answered = answer(report)
    while len(answered) > FEWEST and len(_drawn(answered, report, lang, width)) > at_most:
        answered = answered[:-1]
    return answered


def lines(report: AnyReport, lang: str, width: int, color: bool, at_most: int = MOST) -> list[str]:
    """Draw the answer, and the command to type next, for a screen.

    Args:
        report: of any command.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
        at_most: lines.
    """
    return _drawn(fitting(report, lang, width, at_most), report, lang, width, color)


def _drawn(
    answered: Sequence[AnswerLine], report: AnyReport, lang: str, width: int, color: bool = False
) -> list[str]:
    labels = [label_of(line, report, lang) for line in answered]
    last = [translate(screen.NEXT, lang)] if report.next_command else []
    if not labels and not last:
        return []
    indent = screen.indent_of([*labels, *last], lang)
    drawn: list[str] = []
    for number, (label, line) in enumerate(zip(labels, answered, strict=True)):
        first, *more = wrap(text_of(line, report, lang), width - indent)
        if line.grade:
            first = screen.painted(first, color)
        elif not number:
            first, *more = (screen.ansi(text, screen.BOLD, color) for text in (first, *more))
        drawn += screen.labelled(label, [first, *more], indent, lang)
    return [*drawn, *screen.next_command(report, indent, lang)]


def brief(report: AnyReport, lang: str, width: int, color: bool) -> str:
    """Draw the answer alone, with the number of errors and warnings on the whole page.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
    """
    findings = [screen.painted(line, color) for line in flow(counted(report, lang), width)]
    return screen.joined([[*lines(report, lang, width, color), *findings]], air=0)


def counted(report: AnyReport, lang: str, how: str = WITHOUT) -> list[str]:
    """Count errors and warnings; nothing if there are none.

    Args:
        report: of any command.
        lang: of the words.
        how: what to type to read them.
    """
    parts = []
    for severity, (single, several) in _COUNTED.items():
        count = sum(finding.severity is severity for finding in _findings(report))
        if count:
            text = single if count == 1 else several
            parts.append(f"{SIGNS[severity]} {fill(text, {'n': count}, lang)}")
    if parts:
        parts[-1] += translate(how, lang)
    return parts


def _findings(report: AnyReport) -> list[Finding]:
    from ltvcli.results.combined import CombinedReport
    from ltvcli.results.compiled import CompiledReport

    reports: list[Run] = [report]
    if isinstance(report, CombinedReport):
        reports += [report.orders, report.subscriptions]
    if isinstance(report, CompiledReport):
        every = [chapter.report for chapter in report.chapters if chapter.report is not None]
        known = {repr(finding): finding for single in every for finding in _findings(single)}
        return list(known.values())
    return [finding for single in reports for finding in single.findings]


def head(report: AnyReport, lang: str) -> Page:
    """Return a page that holds the answer alone; its headline is the title.

    A report without an answer has its first sentence as headline.
    """
    answered = answer(report)
    next_label = translate(screen.NEXT, lang)
    if not answered:
        says = getattr(report, "says", ())
        title = say(says[0].says, lang, report.currency) if says else ""
        return Page(title=title, next_label=next_label, next_command=report.next_command)
    headline, *rest = answered
    return Page(
        title=f"{label_of(headline, report, lang)}: {text_of(headline, report, lang)}",
        lines=[
            Line(
                label=label_of(line, report, lang),
                text=text_of(line, report, lang),
                grade=line.grade,
            )
            for line in rest
        ],
        next_label=next_label,
        next_command=report.next_command,
    )


def restated(statement: Statement, answered: Sequence[AnswerLine]) -> bool:
    """Return whether an answer contains every number of a statement, which is then redundant.

    Counts are often equal by chance: they are the same only as facts of the same name.
    """
    numbers = set(_numbers(statement.says.facts))
    facts = [{**line.label.facts, **line.says.facts} for line in answered]
    known = {number for of_line in facts for number in _numbers(of_line)}
    known |= {number[1] for number in known if isinstance(number, tuple)}
    repeated = any(
        statement.says == line.says or statement.says in line.says.facts.values()
        for line in answered
    )
    return repeated or (bool(numbers) and numbers <= known)


def _numbers(facts: Mapping[str, Fact]) -> Iterator[float | tuple[str, int]]:
    """Return each number; a count with the name of its fact."""
    for name, fact in facts.items():
        if isinstance(fact, Quantity):
            yield fact.value
        elif isinstance(fact, Interval):
            yield from (fact.low, fact.high)
        elif isinstance(fact, int):
            yield (name, fact)
