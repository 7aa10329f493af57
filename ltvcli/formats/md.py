"""Markdown: a complete memo, to paste where it is read; nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ltvcli.formats import _parts
from ltvcli.formats._numbers import MISSING, interval, show
from ltvcli.formats._words import SIGNS, fill, say
from ltvcli.language import N_, printable, translate
from ltvcli.results import Report, Sentence, Valuation, described
from ltvcli.units import Unit

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#&])")
_INTERVAL = re.compile("_(low|high)$")
Cell = float | int | str | None


def render(report: Report, lang: str) -> str:
    """Write the memo: answer, findings, methods, inputs, tables, where it comes from, meanings."""
    sections = (
        _answer(report, lang),
        _section(N_("Findings"), _findings(report, lang), lang),
        _section(N_("Methods"), _methods(report, lang), lang),
        _section(N_("Inputs"), _inputs(report, lang), lang),
        *(_section(name, _table(rows, report, lang), lang) for name, rows in report.tables.items()),
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
        yield from ("", f"{translate(N_('Next'), lang)}: {_code(report.next_command)}")


def _methods(report: Report, lang: str) -> Iterator[str]:
    keys = list(described(Valuation))
    heads = [N_("Method"), *(figure.label for _, figure in keys), N_("Verdict")]
    rows = []
    for one in report.methods:
        cells = [_parts.method_label(one.method, lang)]
        for key, figure in keys:
            text = show(getattr(one, key), figure.unit, report.currency, lang)
            range_ = interval(one.low, one.high, figure.unit) if key == "ltv" else ""
            cells.append(f"{text} ({range_})" if range_ else text)
        rows.append([*cells, _parts.graded(one.grade, lang)])
    yield from _grid(heads, rows, lang)


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
    yield from _grid(heads, rows, lang)


def _table(rows: Sequence[Mapping[str, Cell]], report: Report, lang: str) -> Iterator[str]:
    if rows:
        units = {key: figure.unit for key, figure in _parts.every_figure()}
        heads = list(rows[0])
        cells = [
            [_cell(row[key], units.get(_INTERVAL.sub("", key)), report, lang) for key in heads]
            for row in rows
        ]
        yield from _grid(heads, cells, lang)


def _cell(value: Cell, unit: Unit | None, report: Report, lang: str) -> str:
    if isinstance(value, str):
        return value
    if unit is None:
        unit = Unit.RATIO if isinstance(value, float) else Unit.COUNT
    return show(value, unit, report.currency, lang)


def _data(report: Report, lang: str) -> Iterator[str]:
    for one in report.inputs:
        facts = {"path": one.path, "profile": one.profile, "first": one.first, "last": one.last}
        yield f"- {escaped(fill(N_('{path} (read as {profile}): {first} to {last}'), facts, lang))}"
        total, reasons = _parts.rows([one], lang)
        yield f"  - {escaped('; '.join([total, *reasons]))}"
        columns = ", ".join(f"{role} = {column}" for role, column in one.columns.items())
        yield f"  - {translate(N_('Columns'), lang)}: {escaped(columns)}"
        yield from (f"  - {_says(note, report, lang)}" for note in one.notes)
        yield f"  - SHA-256 {_code(one.sha256)}"


def _definitions(report: Report, lang: str) -> Iterator[str]:
    for label, about in _parts.definitions(report):
        yield f"- **{escaped(translate(label, lang))}**: {escaped(translate(about, lang))}"


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> Iterator[str]:
    yield _row([translate(head, lang) for head in heads])
    yield _row(["---", *["---:"] * (len(heads) - 1)])
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell if cell.startswith('---') else escaped(cell) for cell in cells)} |"


def _code(text: str) -> str:
    """Write text to be typed; a backtick in it would end the code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{printable(text)}{fence}"
