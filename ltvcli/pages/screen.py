"""The elements of every screen: labelled lines, findings that fit, the data line, colour."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.language import N_, printable, translate
from ltvcli.pages import file_rows
from ltvcli.results import InputFile, Run, Severity
from ltvcli.text.layout import flow, pad, width_of, wrap
from ltvcli.text.words import SIGNS, fill, say

SCREEN = 23
"""Lines of a 24-line terminal without the prompt."""
NARROWEST, WIDEST = 60, 120
DATA, FINDINGS, NEXT = N_("Data"), N_("Findings"), N_("Next")
SETTINGS = N_("Settings")
FROM_ELSEWHERE = N_("{names} from {source} (not in the folder of the data)")
REASONS = 4
"""Number of reasons for exclusion that are named; all others are summed."""
BOLD = "1"
_COLORS = {"✓": "32", "~": "36", "!": "33", "✗": "31", "?": "2", "·": "2"}
"""ANSI colours of the signs; they only repeat sign and word."""


def indent_of(labels: Sequence[str], lang: str) -> int:
    """Return the cells of a label column, the same for every label."""
    return max(width_of(translate(label, lang)) for label in labels) + 2


def labelled(label: str, lines: Sequence[str], indent: int, lang: str) -> list[str]:
    """Put a label before the first line.

    Args:
        label: of the lines.
        lines: to label.
        indent: cells of the label column.
        lang: of the words.
    """
    labels = [translate(label, lang), *[""] * len(lines)]
    return [pad(name, indent) + line for name, line in zip(labels, lines, strict=False)]


def data(report: Run, width: int, indent: int, lang: str) -> list[str]:
    """Account for all rows read.

    Args:
        report: of the command.
        width: cells of a line.
        indent: cells of the label column.
        lang: of the words.
    """
    lines: list[str] = []
    for kind in dict.fromkeys(file.kind for file in report.inputs):
        files = [file for file in report.inputs if file.kind == kind]
        lines += _accounted(files, width - indent, lang)
    named = [line for text in settings(report, lang) for line in wrap(text, width - indent)]
    return [
        *(labelled(DATA, lines, indent, lang) if lines else []),
        *(labelled(SETTINGS, named, indent, lang) if named else []),
    ]


def settings(report: Run, lang: str) -> list[str]:
    """Name the file and the variables that settings came from."""
    texts = {False: N_("{names} from {source}"), True: FROM_ELSEWHERE}
    return [
        fill(texts[setting.elsewhere], {"names": setting.names, "source": setting.source}, lang)
        for setting in report.settings
    ]


def _accounted(files: Sequence[InputFile], width: int, lang: str) -> list[str]:
    """Account for the rows of files of one kind."""
    total, reasons = file_rows.rows(files, lang, most=REASONS)
    if not reasons:
        return wrap(total, width)
    first, *further = reasons
    *parts, last = [f"({first}", *further]
    parts = [*parts, f"{last})"]
    together = f"{total} {parts[0]}"
    if width_of(together) + 2 <= width:
        return flow([together, *parts[1:]], width)
    return wrap(total, width) + flow(parts, width)


def next_command(report: Run, indent: int, lang: str) -> list[str]:
    """Draw the command to type next.

    Args:
        report: of the command.
        indent: cells of the label column.
        lang: of the words.
    """
    command = printable(report.next_command)
    return labelled(NEXT, [command], indent, lang) if command else []


Written = tuple[Severity, list[str]]
"""A finding broken into lines."""


def findings(report: Run, width: int, lang: str) -> list[Written]:
    """Break each finding into lines, beginning with its sign.

    Args:
        report: of the command.
        width: cells of a line.
        lang: of the words.
    """
    return [
        (
            finding.severity,
            wrap(f"{SIGNS[finding.severity]} {say(finding.says, lang, report.currency)}", width),
        )
        for finding in report.findings
    ]


def required_lines(blocks: Sequence[Written]) -> int:
    """Count the lines of errors and warnings, and of the first note."""
    notes = [lines for severity, lines in blocks if severity is Severity.INFO]
    return sum(len(lines) for _, lines in blocks) - sum(map(len, notes[1:]))


def fitting(blocks: Sequence[Written], room: int, width: int, lang: str) -> list[str]:
    """Return every error and warning, the notes that fit, and the number of hidden notes.

    Args:
        blocks: the findings.
        room: lines that are free.
        width: cells of a line.
        lang: of the words.
    """
    if sum(len(lines) for _, lines in blocks) <= room:
        return [line for _, lines in blocks for line in lines]
    shown = [line for severity, lines in blocks if severity is not Severity.INFO for line in lines]
    notes = [lines for severity, lines in blocks if severity is Severity.INFO]
    while notes and len(shown) + len(notes[0]) < room:
        shown += notes.pop(0)
    if not notes:
        return shown
    text = N_("(1 more note: --verbose)") if len(notes) == 1 else N_("({n} more notes: --verbose)")
    rest = fill(text, {"n": len(notes)}, lang)
    if shown and width_of(f"{shown[-1]} {rest}") <= width:
        return [*shown[:-1], f"{shown[-1]} {rest}"]
    return [*shown, rest]


def joined(blocks: Sequence[Sequence[str]], air: int) -> str:
    """Join blocks of lines, with an empty line before the last `air` of them."""
    texts = ["".join(f"{line.rstrip()}\n" for line in block) for block in blocks if block]
    dense = max(1, len(texts) - air)
    return "\n".join(["".join(texts[:dense]), *texts[dense:]])


def painted(text: str, color: bool, *, entire: bool = False) -> str:
    """Colour the sign that `text` begins with, or all of it if `entire`.

    Args:
        text: begins with a sign.
        color: whether the terminal shows colours.
        entire: colour all of it, not only the sign.
    """
    code = _COLORS.get(text[:1])
    if code is None:
        return text
    return ansi(text, code, color) if entire else ansi(text[:1], code, color) + text[1:]


def ansi(text: str, code: str, color: bool) -> str:
    """Draw `text` in an ANSI colour or weight, if `color`.

    Args:
        text: to draw.
        code: of the colour or weight.
        color: whether the terminal shows colours.
    """
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
