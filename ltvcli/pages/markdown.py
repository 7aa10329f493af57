"""What every memo is made of: sections, grids, findings, where the numbers come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ltvcli.language import N_, printable, translate
from ltvcli.pages import screen, shared
from ltvcli.results import Run, Sentence
from ltvcli.text.words import SIGNS, fill, say

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#&])")


def escaped(text: str) -> str:
    r"""Keep text from being markup, a table border or a link.

    >>> escaped("<b>|[a](b)_c_")
    '\\<b\\>\\|\\[a\\](b)\\_c\\_'
    """
    return _MARKUP.sub(r"\\\1", printable(text))


def section(title: str, lines: Iterator[str], lang: str) -> Iterator[str]:
    """Put a heading before lines, if there are any."""
    body = list(lines)
    if body:
        yield from (f"## {escaped(translate(title, lang))}", "", *body)


def says(sentence: Sentence, report: Run, lang: str) -> str:
    """Describe a sentence, its signs escaped."""
    return escaped(say(sentence, lang, report.currency))


def findings(report: Run, lang: str) -> Iterator[str]:
    """List the findings, each with the option that would answer it."""
    for finding in report.findings:
        severity = escaped(f"{SIGNS[finding.severity]} {translate(finding.severity, lang)}")
        option = f" → {code(finding.option)}" if finding.option else ""
        yield f"- **{severity}** {says(finding.says, report, lang)}{option}"


def data(report: Run, lang: str) -> Iterator[str]:
    """Describe what was read and how, and account for every row."""
    dated = N_("{path} (read as {profile}): {first} to {last}")
    undated = N_("{path} (read as {profile})")
    columns = N_("Columns: {columns}")
    for file in report.inputs:
        facts = {"path": file.path, "profile": file.profile, "first": file.first, "last": file.last}
        roles = [f"{role} = {column}" for role, column in file.columns.items()]
        total, reasons = shared.rows([file], lang)
        head = fill(dated if file.first else undated, facts, lang)
        yield f"- {escaped(head)}"
        yield f"  - {escaped('; '.join([total, *reasons]))}"
        yield f"  - {escaped(fill(columns, {'columns': roles}, lang))}"
        yield from (f"  - {says(note, report, lang)}" for note in file.notes)
        yield f"  - SHA-256 {code(file.sha256)}"
    label = translate(screen.SETTINGS, lang)
    yield from (f"- {escaped(label)}: {escaped(text)}" for text in screen.settings(report, lang))


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Write a table: the first column to the left, the others to the right."""
    yield _row(map(escaped, heads))
    yield _row(["---", *["---:"] * (len(heads) - 1)])
    yield from (_row(map(escaped, row)) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def code(text: str) -> str:
    """Write text to be typed; a backtick in it would end the code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{printable(text)}{fence}"
