"""Markdown: a complete memo, to paste where it is read; nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ltvcli.formats import _parts, _tables
from ltvcli.formats._numbers import MISSING, interval, show
from ltvcli.formats._words import SIGNS, fill, say
from ltvcli.language import N_, printable, translate
from ltvcli.results import Report, Sentence, Valuation, described

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#&])")


def render(report: Report, lang: str) -> str:
    """Write the memo: answer, findings, methods, inputs, tables, where it comes from, meanings."""
    sections = (
        _answer(report, lang),
        _section(N_("Findings"), _findings(report, lang), lang),
        _section(N_("Methods"), _methods(report, lang), lang),
        _section(N_("Inputs"), _inputs(report, lang), lang),
        *(
            _section(_tables.title(name, lang), _table(name, report, lang), lang)
            for name in report.tables
        ),
        _section(N_("Data"), _data(report, lang), lang),
        _section(N_("Definitions"), _definitions(report, lang), lang),
    )
    written = ["".join(f"{line}\n" for line in section) for section in map(list, sections)]
    return "\n".join(section for section in written if section)


def escaped(text: str) -> str:
    r"""Keep text from being markup, a table border or a link.

    >>> escaped("<b>|[a](b)_c_")
    '\\<b\\>\\|\\[a\\](b)\\_c\\_'
    """
    return _MARKUP.sub(r"\\\1", printable(text))


def _section(title: str, lines: Iterator[str], lang: str) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from (f"## {escaped(translate(title, lang))}", "", *body)


def _says(sentence: Sentence, report: Report, lang: str) -> str:
    return escaped(say(sentence, lang, report.currency))


def _answer(report: Report, lang: str) -> Iterator[str]:
    yield from (f"# {escaped(_parts.headline(report, lang))}", "")
    yield from (escaped(" · ".join(_parts.basis(report, lang))), "")
    for label, one in (
        (N_("LTV/CAC"), report.verdict),
        (N_("Payback"), report.payback_verdict),
    ):
        sign = escaped(SIGNS[one.grade])
        yield f"- **{translate(label, lang)}** {sign} {_says(one.says, report, lang)}"


def _findings(report: Report, lang: str) -> Iterator[str]:
    for one in report.findings:
        severity = escaped(f"{SIGNS[one.severity]} {translate(one.severity, lang)}")
        option = f" → {_code(one.option)}" if one.option else ""
        yield f"- **{severity}** {_says(one.says, report, lang)}{option}"
    if report.next_command:
        ahead = translate(N_("Next"), lang)
        yield from ("", f"{ahead}: {_code(report.next_command)}")


def _methods(report: Report, lang: str) -> Iterator[str]:
    keys = list(described(Valuation))
    heads = [N_("Method"), *(figure.label for _, figure in keys), N_("Verdict")]
    rows = []
    for one in _parts.valuations(report):
        cells = [_parts.method_label(one.method, lang)]
        for key, figure in keys:
            text = show(getattr(one, key), figure.unit, report.currency, lang)
            range_ = interval(one.low, one.high, figure.unit) if key == "ltv" else ""
            cells.append(f"{text} ({range_})" if range_ else text)
        rows.append([*cells, _parts.graded(one.grade, lang)])
    yield from _grid([translate(head, lang) for head in heads], rows)


def _inputs(report: Report, lang: str) -> Iterator[str]:
    heads = [N_("Input"), N_("Value"), N_("95% interval"), N_("Origin")]
    rows = [
        [
            translate(figure.label, lang),
            show(one.value, figure.unit, report.currency, lang),
            interval(one.low, one.high, figure.unit) or MISSING,
            translate(label, lang),
        ]
        for source, label in _parts.SOURCES.items()
        for _, figure, one in _parts.inputs(report, source)
    ]
    yield from _grid([translate(head, lang) for head in heads], rows)


def _table(name: str, report: Report, lang: str) -> Iterator[str]:
    if rows := report.tables[name]:
        heads, *body = _tables.grid(name, rows, report.currency, lang)
        yield from _grid(heads, body)


def _data(report: Report, lang: str) -> Iterator[str]:
    head = N_("{path} (read as {profile}): {first} to {last}")
    columns = N_("Columns: {columns}")
    for one in report.inputs:
        facts = {"path": one.path, "profile": one.profile, "first": one.first, "last": one.last}
        roles = [f"{role} = {column}" for role, column in one.columns.items()]
        total, reasons = _parts.rows([one], lang)
        yield f"- {escaped(fill(head, facts, lang))}"
        yield f"  - {escaped('; '.join([total, *reasons]))}"
        yield f"  - {escaped(fill(columns, {'columns': roles}, lang))}"
        yield from (f"  - {_says(note, report, lang)}" for note in one.notes)
        yield f"  - SHA-256 {_code(one.sha256)}"


def _definitions(report: Report, lang: str) -> Iterator[str]:
    for label, about in _parts.definitions(report):
        yield f"- **{escaped(translate(label, lang))}**: {escaped(translate(about, lang))}"


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(heads)
    yield _row(["---", *["---:"] * (len(heads) - 1)])
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell if cell.startswith('---') else escaped(cell) for cell in cells)} |"


def _code(text: str) -> str:
    """Write text to be typed; a backtick in it would end the code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{printable(text)}{fence}"
