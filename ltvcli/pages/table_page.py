"""Pages of answers in tables: one for the screen, one for a memo.

`pages/<command>.py` has the `TITLES` and `COLUMNS` of a command's tables, and `grids` (a screen) or
`memo` if these show something else than the tables unchanged, or `screen` for a whole screen of its
own.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from types import ModuleType

from msgspec.structs import replace

from ltvcli.choices import Depth
from ltvcli.language import N_, Marked, printable, translate
from ltvcli.pages import answer, grid_lines, sections, shared
from ltvcli.pages import screen as _screen
from ltvcli.pages.content import Grid, Line, Page, Section
from ltvcli.results import Row, Statement, TableReport
from ltvcli.text.layout import flow, wrap
from ltvcli.text.numbers import Numeral, bracketed, interval, show
from ltvcli.text.words import say, signed
from ltvcli.units import Unit

BASIS = N_("Basis")
NAMES = (
    "segment",
    "channel",
    "customer",
    "name",
    "file",
    "column",
    "role",
    "samples",
    "word",
    "term",
    "quote",
    "decision",
    "day",
    "deal",
    "owner",
    "team",
    "part",
    "signed",
    "due",
)
"""Columns that hold what others called things."""


def words(report: TableReport) -> ModuleType:
    """Return the words of a command's tables."""
    return importlib.import_module(f"ltvcli.pages.{report.command}")


def screen(
    report: TableReport, lang: str, width: int, color: bool, depth: Depth = Depth.DEFAULT
) -> str:
    """Draw answer, details, tables, findings and inputs.

    Args:
        report: an answer in sentences and tables.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
        depth: default, or verbose for every table whole and every sentence.
    """
    page = words(report)
    if hasattr(page, "screen"):
        return str(page.screen(report, lang, width, color))
    verbose = depth is Depth.VERBOSE
    at_most = answer.most(report)
    answered = answer.fitting(report, lang, width, at_most)
    details = [
        statement
        for statement in report.says[1:]
        if verbose or not answer.restated(statement, answered)
    ]
    head = wrap(say(report.says[0].says, lang, report.currency), width)
    if verbose and answered:
        details.insert(0, report.says[0])
    labels = [statement.label for statement in details if statement.label]
    fixed = (_screen.DATA, _screen.FINDINGS, _screen.SETTINGS, BASIS)
    indent = _screen.indent_of([*labels, *fixed], lang)
    tables: Sequence[Grid]
    if verbose:
        tables = getattr(page, "memo", grids)(report, lang)
    elif hasattr(page, "grids"):
        tables = page.grids(report, lang, width)
    else:
        tables = grids(report, lang)
    findings = [
        _screen.painted(line, color)
        for _, lines in _screen.findings(report, width - indent, lang)
        for line in lines
    ]
    terms = _terms(report, lang)
    blocks = [
        [
            *([] if answered else (_screen.ansi(line, _screen.BOLD, color) for line in head)),
            *answer.lines(report, lang, width, color, at_most),
        ],
        _statements(details, report, lang, width, indent, color),
        *(grid_lines.drawn(table, width, color, lang) for table in tables if table.rows),
        _screen.labelled(_screen.FINDINGS, findings, indent, lang) if findings else [],
        [
            *(_screen.labelled(BASIS, flow(terms, width - indent), indent, lang) if terms else []),
            *_screen.data(report, width, indent, lang),
        ],
    ]
    return _screen.joined(blocks, air=len(blocks))


def _terms(report: TableReport, lang: str) -> list[str]:
    """Describe the basis of an answer, and the time zone of its days."""
    terms = [say(term, lang, report.currency) for term in report.terms]
    return [*terms, *shared.zones(report, lang)]


def _statements(
    statements: Sequence[Statement],
    report: TableReport,
    lang: str,
    width: int,
    indent: int,
    color: bool,
) -> list[str]:
    """Draw labelled sentences; a label shared by several in a row is written once."""
    lines: list[str] = []
    before = ""
    for statement in statements:
        first, *more = wrap(_said(statement, report, lang), width - indent)
        first = _screen.painted(first, color) if statement.grade else first
        label = "" if statement.label == before else statement.label
        lines += _screen.labelled(label, [first, *more], indent, lang)
        before = statement.label
    return lines


def page(report: TableReport, lang: str) -> Page:
    """Describe answer, details, every table, findings, data, definitions."""
    answered = answer.answer(report)
    if answered:
        details = [line for line in report.says if not answer.restated(line, answered)]
    else:
        details = list(report.says[1:])
    tables = getattr(words(report), "memo", grids)(report, lang)
    return replace(
        answer.head(report, lang),
        basis=_terms(report, lang),
        details=[
            Line(
                label=translate(line.label, lang) if line.label else "",
                text=_said(line, report, lang),
                grade=line.grade,
            )
            for line in details
        ],
        sections=[
            *(Section(title=table.title, blocks=[table]) for table in tables if table.rows),
            sections.findings(report, lang),
            sections.data(report, lang),
            sections.definitions(_definitions(report), lang),
        ],
    )


def _definitions(report: TableReport) -> Mapping[str, str]:
    """Return the meaning of labels, without those of tables that the report lacks."""
    page = words(report)
    of_table = getattr(page, "OF_TABLE", {})
    return {
        label: meaning
        for label, meaning in getattr(page, "DEFINITIONS", {}).items()
        if label not in of_table or of_table[label] in report.tables
    }


def grids(report: TableReport, lang: str) -> list[Grid]:
    """Return every table that has rows, unchanged."""
    page = words(report)
    return [
        grid(
            translate(page.TITLES.get(name, name), lang),
            page.COLUMNS.get(name, {}),
            rows,
            report.currency,
            lang,
            upper_bound=report.basis == "revenue",
        )
        for name, rows in report.tables.items()
        if rows
    ]


def grid_in_units(
    title: str,
    columns: Mapping[str, tuple[str, Unit]],
    rows: Sequence[tuple[Row, Unit]],
    measured: Sequence[str],
    currency: str | None,
    lang: str,
) -> Grid:
    """Write a table whose rows have different units.

    Args:
        title: what the table shows.
        columns: label and unit by key, in reading order.
        rows: of the table, each with its unit.
        measured: keys of the columns that take the unit of the row.
        currency: of money.
        lang: of the labels.
    """
    drawn = [
        grid(
            title,
            {
                key: (label, unit if key in measured else usual)
                for key, (label, usual) in columns.items()
            },
            [row],
            currency,
            lang,
        )
        for row, unit in rows
    ]
    return Grid(
        title=title,
        heads=drawn[0].heads if drawn else [],
        rows=[single.rows[0] for single in drawn],
        left=[place for place, key in enumerate(columns) if columns[key][1] is Unit.TEXT],
    )


def grid(
    title: str,
    columns: Mapping[str, tuple[str, Unit]],
    rows: Sequence[Row],
    currency: str | None,
    lang: str,
    *,
    with_interval: bool = True,
    upper_bound: bool = False,
) -> Grid:
    """Write the `columns` of a table for a reader; an interval is in the cell of its figure.

    Args:
        title: what the table shows.
        columns: label and unit by key, in reading order.
        rows: of the table.
        currency: of money.
        lang: of the labels.
        with_interval: whether intervals are shown.
        upper_bound: whether grades are the best ones possible, unless a row says otherwise.
    """

    def cell(row: Row, key: str, unit: Unit) -> str:
        value = row.get(key)
        if isinstance(value, Numeral):
            return value
        if isinstance(value, bool):
            return translate(N_("yes") if value else N_("no"), lang)
        if isinstance(value, str) and key.endswith("grade"):
            bound = row.get(key.replace("grade", "upper_bound"), upper_bound)
            return shared.graded(value, lang, upper_bound=bool(bound))
        if isinstance(value, str):
            is_data = key in NAMES and not isinstance(value, Marked)
            return printable(value if is_data else translate(value, lang))
        text = show(value, unit, currency, lang)
        low, high = (
            end if isinstance(end := row.get(f"{key}_{name}"), (int, float)) else None
            for name in ("low", "high")
        )
        range_ = interval(low, high, unit, value, currency) if with_interval else ""
        return bracketed(text, range_)

    texts = {key for key in columns if any(isinstance(row.get(key), str) for row in rows)}
    return Grid(
        title=title,
        heads=[translate(label, lang) for label, _ in columns.values()],
        rows=[[cell(row, key, unit) for key, (_, unit) in columns.items()] for row in rows],
        left=[index for index, key in enumerate(columns) if key in texts],
    )


def _said(statement: Statement, report: TableReport, lang: str) -> str:
    text = say(statement.says, lang, report.currency)
    return (
        signed(statement.grade, text, upper_bound=statement.upper_bound)
        if statement.grade
        else text
    )
