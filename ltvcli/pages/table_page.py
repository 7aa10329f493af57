"""Pages of answers in tables: one for the screen, one for a memo, rows for a spreadsheet.

What a command's tables are called and hold stands in `formats/_<command>.py`: `TITLES` and
`COLUMNS`, and `grids` (a screen) or `memo` where these show something else than the tables as they
are, or `screen` where the whole screen is another.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from ltvcli.errors import UnknownNameError
from ltvcli.language import N_, Marked, printable, translate
from ltvcli.pages import markdown, shared
from ltvcli.pages import screen as _screen
from ltvcli.results import Row, Statement, TableReport
from ltvcli.text.layout import aligned, flow, width_of, wrap
from ltvcli.text.numbers import interval, show
from ltvcli.text.words import fill, say, signed
from ltvcli.units import Unit

# Backgrounds of 256-colour terminals from light to dark, each with a letter colour that is
# readable on it.
_SHADES = ("30;48;5;195", "30;48;5;153", "30;48;5;117", "30;48;5;75", "97;48;5;32", "97;48;5;25")
_DIM = "2"
NAMES = ("segment", "channel", "customer", "name", "file", "column", "role", "samples", "word")
"""Columns that hold what others called things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as a person sees it; columns in `left` start at the left.

    `shades` are from 0 (light) to 1 (dark), None for none, and `dim` what stands back, both by row
    and column; a terminal without colours shows neither, so that no meaning may hang on them.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: Sequence[int] = (0,)
    shades: Sequence[Sequence[float | None]] = ()
    dim: Sequence[Sequence[bool]] = ()
    notes: Sequence[str] = ()


def words(report: TableReport) -> ModuleType:
    """Give the words of a command's tables."""
    return importlib.import_module(f"ltvcli.pages.{report.command}")


def screen(report: TableReport, lang: str, width: int, color: bool) -> str:
    """Draw headline, statements, tables, findings and what was read."""
    page = words(report)
    if hasattr(page, "screen"):
        return str(page.screen(report, lang, width, color))
    labels = [one.label for one in report.says if one.label]
    indent = _screen.indent_of([*labels, _screen.DATA, _screen.FINDINGS, _screen.NEXT], lang)
    headline, *others = report.says
    head = wrap(say(headline.says, lang, report.currency), width)
    above = [
        *(_screen.ansi(line, _screen.BOLD, color) for line in head),
        *flow([say(one, lang, report.currency) for one in report.terms], width),
    ]
    for one in others:
        first, *more = wrap(_said(one, report, lang), width - indent)
        lines = [_screen.painted(first, color) if one.grade else first, *more]
        above += _screen.labelled(one.label, lines, indent, lang)
    drawn: Sequence[Grid]
    drawn = page.grids(report, lang, width) if hasattr(page, "grids") else grids(report, lang)
    found = [
        _screen.painted(line, color)
        for _, lines in _screen.findings(report, width - indent, lang)
        for line in lines
    ]
    below = [
        *_screen.data(report, width, indent, lang),
        *_screen.labelled(_screen.FINDINGS, found, indent, lang),
        *_screen.ahead(report, indent, lang),
    ]
    blocks = [above, *(_drawn(one, width, color, lang) for one in drawn if one.rows), below]
    return _screen.joined(blocks, air=len(blocks))


def sections(report: TableReport, lang: str) -> Iterator[Iterator[str]]:
    """Write the memo: answer, findings, every table whole, where it comes from, meanings."""
    yield _answer(report, lang)
    yield markdown.section(N_("Findings"), markdown.findings(report, lang), lang)
    for one in getattr(words(report), "memo", grids)(report, lang):
        yield markdown.section(one.title, markdown.grid(one.heads, one.rows), lang)
    yield markdown.section(N_("Data"), markdown.data(report, lang), lang)
    definitions = getattr(words(report), "DEFINITIONS", {})
    yield markdown.section(N_("Definitions"), _definitions(definitions, lang), lang)


def grids(report: TableReport, lang: str) -> list[Grid]:
    """Give every table that has rows, as it is."""
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
    """Write the `columns` of a table for a reader; an interval stands in the cell of its figure.

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
        return f"{text} ({range_})" if range_ else text

    texts = {key for key in columns if any(isinstance(row.get(key), str) for row in rows)}
    return Grid(
        title=title,
        heads=[translate(label, lang) for label, _ in columns.values()],
        rows=[[cell(row, key, unit) for key, (_, unit) in columns.items()] for row in rows],
        left=[index for index, key in enumerate(columns) if key in texts],
    )


def records(report: TableReport, table: str | None = None) -> Iterator[Sequence[object]]:
    """Return one table for a spreadsheet, header first; with no rows, the header alone.

    Args:
        report: with the tables.
        table: its name; None for the main one.

    Raises:
        UnknownNameError: there is no such table.
    """
    name = table or report.main
    if name not in report.tables and name != report.main:
        raise UnknownNameError(kind=N_("tables"), name=name, known=list(report.tables))
    rows = report.tables.get(name, ())
    yield from rectangle(rows) if rows else [list(words(report).COLUMNS.get(name, {}))]


def rectangle(rows: Sequence[Row]) -> Iterator[Sequence[object]]:
    """Return the columns of all rows, then each row with an empty cell for what it lacks.

    >>> list(rectangle([{"a": 1}, {"a": 2, "b": 3}]))
    [['a', 'b'], [1, None], [2, 3]]
    """
    keys = list(dict.fromkeys(key for row in rows for key in row))
    yield keys
    for row in rows:
        yield [row.get(key) for key in keys]


def _said(one: Statement, report: TableReport, lang: str) -> str:
    text = say(one.says, lang, report.currency)
    return signed(one.grade, text, upper_bound=one.upper_bound) if one.grade else text


def _drawn(one: Grid, width: int, color: bool, lang: str) -> list[str]:
    """Draw a table; columns that do not fit are left out, and that is said."""
    columns = len(one.heads)
    while True:
        rows = [row[:columns] for row in (one.heads, *one.rows)]
        head, *body = aligned(rows, width, one.left)
        if width_of("".join(head)) <= width or columns == 1:
            break
        columns -= 1
    # A column with nothing below it was left out by `aligned`; colours must not shift with it.
    kept = [n for n in range(columns) if any(row[n] for row in one.rows)]
    lines = [one.title] if one.title else []
    lines.append("".join(head).rstrip())
    for number, row in enumerate(body):
        cells = [
            _colored(cell, one, number, column, color)
            for cell, column in zip(row, kept, strict=True)
        ]
        lines.append("".join(cells).rstrip())
    for note in one.notes:
        lines += wrap(note, width)
    if left := len(one.heads) - columns:
        more = fill(N_("(+{n} columns: a wider screen, or --format md)"), {"n": left}, lang)
        lines += wrap(more, width)
    return lines


def _colored(cell: str, one: Grid, row: int, column: int, color: bool) -> str:
    """Shade or dim a cell, or colour the sign of a grade; the gap after it stays as it is."""
    shade = one.shades[row][column] if one.shades else None
    if not color or not cell.strip():
        return cell
    if shade is not None:
        text = cell.rstrip()
        code = _SHADES[min(int(max(shade, 0.0) * len(_SHADES)), len(_SHADES) - 1)]
        return _screen.ansi(text, code, color) + cell[len(text) :]
    if one.dim and one.dim[row][column]:
        return _screen.ansi(cell, _DIM, color)
    return _screen.painted(cell, color, whole=True)


def _answer(report: TableReport, lang: str) -> Iterator[str]:
    headline, *others = report.says
    yield f"# {markdown.says(headline.says, report, lang)}"
    if report.terms:
        yield ""
        yield " · ".join(markdown.says(one, report, lang) for one in report.terms)
    if others:
        yield ""
    for one in others:
        label = f"**{markdown.escaped(translate(one.label, lang))}** " if one.label else ""
        yield f"- {label}{markdown.escaped(_said(one, report, lang))}"


def _definitions(definitions: Mapping[str, str], lang: str) -> Iterator[str]:
    for label, meaning in definitions.items():
        said, meant = translate(label, lang), translate(meaning, lang)
        yield f"- **{markdown.escaped(said)}**: {markdown.escaped(meant)}"
