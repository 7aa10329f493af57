"""The first screen: what a founder asks first stands first, in 80 columns and 23 lines."""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.formats import _parts
from ltvcli.formats._layout import aligned, flow, pad, width_of, wrap
from ltvcli.formats._numbers import interval, show
from ltvcli.formats._words import SIGNS, fill, say
from ltvcli.language import N_, printable, translate
from ltvcli.results import Report, Sentence, Source, Valuation
from ltvcli.units import Unit

SCREEN = 23
"""Lines of a 24-line terminal that are left when the prompt has taken one."""
NARROWEST, WIDEST = 60, 120
WIDE = 100
"""From here on, inputs are shown with their intervals."""
RATIO, PAYBACK, DATA, FINDINGS, NEXT = (
    N_("LTV/CAC"), N_("Payback"), N_("Data"), N_("Findings"), N_("Next"),
)  # fmt: skip
REASONS = 4
"""Reasons for setting rows aside that are named; the others are added up."""
SHORT = {"cac": N_("CAC"), "arpu": N_("ARPU a month"), "discount": N_("Discount a year")}
"""Labels that every founder knows, where room is dear."""
IMPLIED = ("orders_per_customer",)
"""Left to wider screens: frequency and lifespan say the same."""
_BOLD = "1"
_COLORS = {"✓": "32", "~": "36", "!": "33", "✗": "31", "?": "2", "·": "2"}
"""ANSI colours of the signs; they repeat what sign and word say."""


def render(report: Report, lang: str, width: int = 80, color: bool = False) -> str:
    """Draw `report` on one screen; findings that do not fit are counted, with how to see them."""
    width = max(NARROWEST, min(width, WIDEST))
    above = [
        [*_headline(report, lang, width, color), *_verdicts(report, lang, width, color)],
        _inputs(report, lang, width),
        _methods(report, lang, width, color),
    ]
    data = _data(report, lang, width)
    ahead = _labelled(NEXT, [printable(report.next_command)], lang) if report.next_command else []
    findings = [
        wrap(f"{SIGNS[one.severity]} {say(one.says, lang, report.currency)}", width - _indent(lang))
        for one in report.findings
    ]
    room = SCREEN - sum(map(len, above)) - len(data) - len(ahead)
    air = max(0, min(len(above), room - len(findings[0] if findings else ()) - len(findings[1:2])))
    lines = [
        _painted(line, color)
        for line in _fitting(findings, room - air, width - _indent(lang), lang)
    ]
    blocks = [*above, [*data, *_labelled(FINDINGS, lines, lang), *ahead]]
    return _joined([block for block in blocks if block], air)


def _fitting(findings: Sequence[Sequence[str]], room: int, width: int, lang: str) -> list[str]:
    """Give the findings that fit, whole, and the count of the others; the first is at worst cut."""
    if sum(map(len, findings)) <= room:
        return [line for finding in findings for line in finding]
    first, *others = findings
    lines = list(first[: max(1, room - 1)])
    cut = len(lines) < len(first)
    if cut:
        while width_of(f"{lines[-1]} …") > width:
            lines[-1] = lines[-1][:-1].rstrip()
        lines[-1] += " …"
    hidden = len(others)
    for finding in others:
        if cut or len(lines) + len(finding) >= room:
            break
        lines += finding
        hidden -= 1
    more = N_("(+{n} more: --format md)") if hidden else N_("(in full: --format md)")
    rest = fill(more, {"n": hidden}, lang)
    if width_of(f"{lines[-1]} {rest}") <= width:
        return [*lines[:-1], f"{lines[-1]} {rest}"]
    return [*lines, rest]


def _joined(blocks: Sequence[Sequence[str]], air: int) -> str:
    """Join blocks of lines, with an empty line before the last `air` of them."""
    texts = ["".join(f"{line.rstrip()}\n" for line in block) for block in blocks]
    dense = max(1, len(texts) - air)
    return "\n".join(["".join(texts[:dense]), *texts[dense:]])


def _headline(report: Report, lang: str, width: int, color: bool) -> list[str]:
    head = wrap(_parts.headline(report, lang), width)
    basis = flow(_parts.basis(report, lang), width)
    return [*(_ansi(line, _BOLD, color) for line in head), *basis]


def _verdicts(report: Report, lang: str, width: int, color: bool) -> list[str]:
    def line(label: str, grade: str, sentence: Sentence) -> list[str]:
        # The sentence begins with the grade's word.
        text = f"{SIGNS[grade]} {say(sentence, lang, report.currency)}"
        first, *more = wrap(text, width - _indent(lang))
        return _labelled(label, [_painted(first, color), *more], lang)

    verdict, payback = report.verdict, report.payback_verdict
    return [
        *line(RATIO, verdict.grade, verdict.says),
        *line(PAYBACK, payback.grade, payback.says),
    ]


def _inputs(report: Report, lang: str, width: int) -> list[str]:
    """Write what was given (then assumed, so marked) and what was measured."""
    found = {
        source: [
            f"{translate(SHORT.get(key, figure.label), lang)} "
            f"{_parts.shown(figure, one, report, lang, with_interval=width >= WIDE)}"
            for key, figure, one in _parts.inputs(report, source)
            if width >= WIDE or key not in IMPLIED
        ]
        for source in _parts.SOURCES
    }
    assumed = found.pop(Source.ASSUMED)
    if assumed and found[Source.GIVEN]:
        found[Source.GIVEN] += [
            fill(N_("Assumed: {figure}"), {"figure": assumed[0]}, lang),
            *assumed[1:],
        ]
    else:
        found[Source.ASSUMED] = assumed
    return [
        line
        for source, parts in found.items()
        if parts
        for line in _labelled(_parts.SOURCES[source], flow(parts, width - _indent(lang)), lang)
    ]


def _methods(report: Report, lang: str, width: int, color: bool) -> list[str]:
    header = [N_("Method"), N_("LTV"), N_("95% interval"), N_("Net of CAC"), RATIO, PAYBACK,
              N_("Verdict")]  # fmt: skip
    left = (0, len(header) - 1)

    def cells(one: Valuation, brief: bool) -> list[str]:
        def money(value: float | None) -> str:
            if brief and value is not None:
                return show(round(value), Unit.MONEY, None, lang)
            return show(value, Unit.MONEY, report.currency, lang)

        return [
            _parts.method_label(one.method, lang),
            money(one.ltv),
            interval(one.low, one.high, Unit.MONEY),
            money(one.ltv_net) if one.ltv_net is not None else "",
            show(one.ltv_to_cac, Unit.RATIO, None, lang) if one.ltv_to_cac is not None else "",
            show(one.payback, Unit.MONTHS, None, lang) if one.payback is not None else "",
            _parts.graded(one.grade, lang) if one.ltv_to_cac is not None else "",
        ]

    if not report.methods:
        return []
    heads = [translate(head, lang) for head in header]
    # Where amounts are too long for the screen, currency and cents are left to the headline.
    for brief in (False, True):
        rows = [heads, *(cells(one, brief) for one in _parts.valuations(report))]
        head, *body = aligned(rows, width, left)
        if width_of("".join(head)) <= width:
            break
    return [
        "".join(head),
        *("".join([*row[:-1], _painted(row[-1].rstrip(), color, whole=True)]) for row in body),
    ]


def _data(report: Report, lang: str, width: int) -> list[str]:
    if not report.inputs:
        return []
    total, reasons = _parts.rows(report.inputs, lang, most=REASONS)
    if reasons:
        first, *others = reasons
        *parts, last = [f"{total} ({first}", *others]
        return _labelled(DATA, flow([*parts, f"{last})"], width - _indent(lang)), lang)
    return _labelled(DATA, wrap(total, width - _indent(lang)), lang)


def _indent(lang: str) -> int:
    """Cells of the label column, the same for every label."""
    labels = (RATIO, PAYBACK, DATA, FINDINGS, NEXT, *_parts.SOURCES.values())
    return max(width_of(translate(label, lang)) for label in labels) + 2


def _labelled(label: str, lines: Sequence[str], lang: str) -> list[str]:
    indent = _indent(lang)
    labels = [translate(label, lang), *[""] * len(lines)]
    return [pad(name, indent) + line for name, line in zip(labels, lines, strict=False)]


def _painted(text: str, color: bool, *, whole: bool = False) -> str:
    """Colour the sign that `text` begins with, or the `whole` of it."""
    code = _COLORS.get(text[:1])
    if code is None:
        return text
    return _ansi(text, code, color) if whole else _ansi(text[:1], code, color) + text[1:]


def _ansi(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
