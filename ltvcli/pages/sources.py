"""How files would be read, on a page: each file with its columns, statuses and excluded rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from ltvcli.language import N_, printable, translate
from ltvcli.pages import file_rows, table_page
from ltvcli.pages import screen as layout
from ltvcli.pages.content import Grid
from ltvcli.results import Row, Sentence, TableReport
from ltvcli.results.sources import SourceColumn, SourceFile, SourcesReport
from ltvcli.text.layout import aligned, cut, flow, width_of, wrap
from ltvcli.text.words import fill, listed, say
from ltvcli.units import Unit

TITLES = {
    "files": N_("Files"),
    "columns": N_("Columns"),
    "statuses": N_("Statuses"),
    "excluded": N_("Excluded rows"),
}
COLUMNS = {
    "files": {
        "file": (N_("File"), Unit.TEXT),
        "holds": (N_("Holds"), Unit.TEXT),
        "profile": (N_("Profile"), Unit.TEXT),
        "form": (N_("Form"), Unit.TEXT),
        "encoding": (N_("Encoding"), Unit.TEXT),
        "header_line": (N_("Header on line"), Unit.COUNT),
        "first_day": (N_("First day"), Unit.TEXT),
        "last_day": (N_("Last day"), Unit.TEXT),
        "currency": (N_("Currency"), Unit.TEXT),
        "rows_read": (N_("Rows read"), Unit.COUNT),
        "rows_used": (N_("Rows used"), Unit.COUNT),
        "rows_excluded": (N_("Rows excluded"), Unit.COUNT),
    },
    "columns": {
        "file": (N_("File"), Unit.TEXT),
        "column": (N_("Column"), Unit.TEXT),
        "role": (N_("Read as"), Unit.TEXT),
        "because": (N_("Reason"), Unit.TEXT),
        "samples": (N_("Example"), Unit.TEXT),
    },
    "statuses": {
        "file": (N_("File"), Unit.TEXT),
        "column": (N_("Column"), Unit.TEXT),
        "word": (N_("Word"), Unit.TEXT),
        "rows": (N_("Rows"), Unit.COUNT),
        "effect": (N_("Effect"), Unit.TEXT),
    },
    "excluded": {
        "file": (N_("File"), Unit.TEXT),
        "reason": (N_("Reason"), Unit.TEXT),
        "rows": (N_("Rows"), Unit.COUNT),
    },
}
HOLDS, WRITTEN, DAYS, CURRENCY = N_("Holds"), N_("Written in"), N_("Days"), N_("Currency")
MATCHED = N_("Customers")
ROWS, UNUSED, ERROR, HINT = N_("Rows"), N_("Not used"), N_("Error"), N_("Hint")
_LABELS = (HOLDS, WRITTEN, DAYS, CURRENCY, ROWS, UNUSED, ERROR, HINT)
_BY_HEADERS = N_("{kind}: {label} ({profile}), recognised by {headers}")
_BY_NAMES = N_("{kind}: {label} ({profile})")
_FROM_TO = N_("{first} to {last}")
_COUNTED, _UNKNOWN = N_("counted"), N_("unknown, counted")
_EXCLUDED = N_("excluded: {reason}")
# The effect of the state of a subscription; every other meaning excludes its rows.
_STATES = {
    "paying": N_("paid for, counts in MRR"),
    "past-due": N_("past due, counts in MRR"),
    "trial": N_("trial, not in MRR"),
    "unpaid": N_("unpaid, not in MRR"),
    "paused": N_("paused, not in MRR"),
    "ended": N_("ended, counts in MRR until its end"),
    "future": N_("not started, not in MRR"),
    "never": N_("never paid, not in MRR"),
}
_FORMS = {
    "csv": N_("text"),
    "gzip": N_("text, compressed with gzip"),
    "parquet": "Parquet",
    "xlsx": "Excel",
}
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "CP932 (Shift_JIS)"}
_DELIMITERS = {
    ",": N_("separated by commas"),
    "\t": N_("separated by tabs"),
    ";": N_("separated by semicolons"),
    "|": N_("separated by vertical bars"),
}
_HEADER_LINE = N_("header on line {line}")
_NO_HEADER = N_("no header")
_COLUMNS = N_("{count} {count:column|columns}")
_WIDEST_NAME = 28


def screen(report: TableReport, lang: str, width: int, color: bool) -> str:
    """Draw every file: its kind, columns, statuses and excluded rows.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
    """
    sources = cast(SourcesReport, report)
    indent = layout.indent_of([*_LABELS, layout.FINDINGS, layout.NEXT], lang)
    headline = wrap(say(report.says[0].says, lang, None), width)
    blocks = [[layout.ansi(line, layout.BOLD, color) for line in headline]]
    for file in sources.files:
        if len(sources.files) > 1:
            blocks.append([layout.ansi(printable(file.path), layout.BOLD, color)])
            blocks[-1] += _about(file, width, indent, lang)
        else:
            blocks[-1] += _about(file, width, indent, lang)
        blocks += _drawn(file, width, lang)
    findings = [
        layout.painted(line, color)
        for _, lines in layout.findings(report, width - indent, lang)
        for line in lines
    ]
    blocks.append(
        [
            *layout.labelled(layout.FINDINGS, findings, indent, lang),
            *layout.next_command(report, indent, lang),
        ]
    )
    return layout.joined(blocks, air=len(blocks))


def memo(report: TableReport, lang: str) -> list[Grid]:
    """Return every table, with effects in words."""
    return [
        table_page.grid(
            translate(TITLES[name], lang),
            COLUMNS[name],
            [_in_words(row, lang) for row in rows],
            None,
            lang,
        )
        for name, rows in report.tables.items()
    ]


def _in_words(row: Row, lang: str) -> Row:
    words = dict(row)
    if "effect" in row:
        is_state = bool(row["is_state"])
        words["effect"] = _effect(cast("str | None", row["effect"]), lang, is_state=is_state)
    if "reason" in row:
        words["reason"] = file_rows.reason(str(row["reason"]), lang)
    return words


def _about(source_file: SourceFile, width: int, indent: int, lang: str) -> list[str]:
    """Describe the kind of a file, its format, and the rows used."""
    lines: list[str] = []
    room = width - indent
    for label, parts in _facts(source_file, lang):
        fits = wrap(parts[0], room) if len(parts) == 1 else flow(parts, room)
        lines += layout.labelled(label, fits, indent, lang)
    if source_file.refused:
        problem = wrap(say(source_file.refused.problem, lang, None), room)
        lines += layout.labelled(ERROR, problem, indent, lang)
        lines += layout.labelled(HINT, _hint(source_file.refused.hint, room, lang), indent, lang)
    return lines


def _hint(hint: Sentence, room: int, lang: str) -> list[str]:
    """Wrap a hint, with a command on a line of its own, so that it can be copied."""
    text = say(hint, lang, None)
    command = printable(str(hint.facts.get("command", "")))
    before, command_line, after = text.partition(command) if command else (text, "", "")
    parts = [*wrap(before.strip(), room), command_line, *wrap(after.strip(), room)]
    return [line for line in parts if line]


def _facts(source_file: SourceFile, lang: str) -> Iterator[tuple[str, list[str]]]:
    if source_file.profile and source_file.kind:
        facts = {
            "kind": translate(file_rows.KINDS[source_file.kind], lang),
            "label": translate(source_file.label, lang),
            "profile": source_file.profile,
            "headers": list(source_file.recognised_by),
        }
        text = fill(_BY_HEADERS if source_file.recognised_by else _BY_NAMES, facts, lang)
        yield HOLDS, [text]
    elif source_file.kind:
        yield HOLDS, [translate(file_rows.KINDS[source_file.kind], lang)]
    if source_file.form:
        yield WRITTEN, _written(source_file, lang)
    if source_file.read:
        if source_file.read.first and source_file.read.last:
            days = {"first": source_file.read.first, "last": source_file.read.last}
            yield DAYS, [fill(_FROM_TO, days, lang)]
        if source_file.currency:
            yield CURRENCY, [source_file.currency]
        total, reasons = file_rows.rows([source_file.read], lang)
        yield ROWS, [total, *reasons]
        if source_file.kind == "events" and source_file.read.notes:
            yield MATCHED, [" ".join(say(note, lang, None) for note in source_file.read.notes)]


def _written(source_file: SourceFile, lang: str) -> list[str]:
    parts = [translate(_FORMS[source_file.form or "csv"], lang)]
    if source_file.encoding:
        parts.append(_ENCODINGS.get(source_file.encoding, source_file.encoding))
    if source_file.delimiter:
        parts.append(translate(_DELIMITERS[source_file.delimiter], lang))
    if source_file.header_line:
        parts.append(fill(_HEADER_LINE, {"line": source_file.header_line}, lang))
    elif source_file.form != "parquet":
        parts.append(translate(_NO_HEADER, lang))
    return [*parts, fill(_COLUMNS, {"count": len(source_file.columns)}, lang)]


def _drawn(source_file: SourceFile, width: int, lang: str) -> list[list[str]]:
    """Draw the columns that are used, the names of unused ones, and the statuses."""
    blocks = []
    used = [column for column in source_file.columns if column.reason]
    unused = [column for column in source_file.columns if not column.reason]
    # If the user has to choose columns, all of them are shown with their cells.
    shown = source_file.columns if source_file.refused else used
    if shown:
        heads = [translate(label, lang) for label, _ in list(COLUMNS["columns"].values())[1:]]
        rows = [_cells(column, lang) for column in shown]
        blocks.append(_fitting([heads, *rows], width))
    if unused and not source_file.refused:
        names = [cut(printable(column.header), width) for column in unused]
        label = translate(UNUSED, lang)
        blocks.append(flow([f"{label}: {names[0]}", *names[1:]], width))
    words = source_file.read.statuses if source_file.read else ()
    if words:
        heads = [translate(label, lang) for label, _ in list(COLUMNS["statuses"].values())[1:]]
        rows = [
            [
                cut(printable(word.column), _WIDEST_NAME),
                cut(printable(word.word or "…"), _WIDEST_NAME),
                f"{word.rows:,}",
                _effect(word.meaning, lang, is_state=word.is_state),
            ]
            for word in words
        ]
        blocks.append(_fitting([heads, *rows], width, left=(0, 1, 3)))
    return blocks


def _cells(column: SourceColumn, lang: str) -> list[str]:
    return [
        cut(printable(column.header), _WIDEST_NAME),
        ", ".join(column.roles),
        translate(column.reason, lang) if column.reason else "",
        listed(map(printable, column.samples), lang),
    ]


def _fitting(
    rows: Sequence[Sequence[str]], width: int, left: Sequence[int] = (0, 1, 2, 3)
) -> list[str]:
    """Align rows, and cut the last column if the line is too long."""
    *_, last = zip(*rows, strict=True)
    before = [list(row[:-1]) for row in rows]
    taken = sum(max(map(width_of, column), default=0) + 2 for column in zip(*before, strict=True))
    room = max(width - taken, 8)
    cells = [[*row, cut(end, room)] for row, end in zip(before, last, strict=True)]
    return ["".join(row).rstrip() for row in aligned(cells, width, left)]


def _effect(meaning: str | None, lang: str, *, is_state: bool) -> str:
    """Describe the effect of a word on its rows; `is_state` marks the state of a subscription."""
    from ltvcli.read.reasons import REASONS

    if is_state and meaning in _STATES:
        return translate(_STATES[meaning], lang)
    if meaning is None:
        return translate(_UNKNOWN, lang)
    if meaning in REASONS:
        return fill(_EXCLUDED, {"reason": translate(REASONS[meaning].label, lang)}, lang)
    return translate(_COUNTED, lang)
