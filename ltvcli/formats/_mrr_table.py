"""The screen of `ltv mrr`: the newest months side by side and the course of MRR, or plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ltvcli.formats import _mrr, _mrr_conventions, _screen
from ltvcli.formats._chart import bars
from ltvcli.formats._layout import aligned, cut, flow, pad, width_of, wrap
from ltvcli.formats._numbers import show
from ltvcli.formats._words import fill
from ltvcli.language import N_, translate
from ltvcli.results import Month, MrrReport, PlanMonth
from ltvcli.units import Money, Unit

PLAN_HEADS = {
    "opening": N_("Opening"),
    "new": N_("New"),
    "expansion": N_("Expan."),
    "reactivation": N_("React."),
    "contraction": N_("Contr."),
    "churn": N_("Churn"),
    "moved": N_("Moved"),
    "closing": N_("MRR"),
}
"""`moved` is what changes of plans carried in, less what they carried out."""
PLAN_KEYS = tuple(PLAN_HEADS)
LONGEST = 24
"""Cells of the name of a plan."""
MOST_PLANS = 8
"""Plans that are named; smaller ones are added up."""
TALLEST = 6
CENTS_BELOW = 1000
"""Where every amount is smaller than this, cents are shown."""


def render(report: MrrReport, lang: str, width: int, color: bool) -> str:
    """Draw what was asked for, and account for the rows that were read."""
    indent = _screen.indent_of((_screen.DATA, _screen.FINDINGS, _screen.NEXT), lang)
    head = [
        *(_screen.ansi(line, _screen.BOLD, color) for line in _headline(report, lang, width)),
        *flow(_mrr.basis(report, lang), width),
    ]
    if report.comparisons:
        body = _mrr_conventions.lines(report, lang, width)
    elif report.plans:
        body = [_plans_by_month(report, lang, width), _plans_moved(report, lang, width)]
    else:
        body = [_months(report, lang, width)]
    data = _screen.data(report, width, indent, lang)
    ahead = _screen.ahead(report, indent, lang)
    room = _screen.SCREEN - sum(map(len, (head, *body, data, ahead)))
    found = _screen.findings(report, width - indent, lang)
    lines = [
        _screen.painted(line, color)
        for line in _screen.fitting(found, max(1, room), width - indent, lang)
    ]
    tail = [*data, *_screen.labelled(_screen.FINDINGS, lines, indent, lang), *ahead]
    room -= len(lines)
    if len(body) > 1:
        return _screen.joined([head, *body, tail], air=len(body) + 1)
    chart = _chart(report, min(room - 1, TALLEST), width)
    return _screen.joined([head, *body, chart + tail], air=max(0, min(2, room - len(chart))))


def _headline(report: MrrReport, lang: str, width: int) -> list[str]:
    return wrap(_mrr.headline(report, lang), width)


def _months(report: MrrReport, lang: str, width: int) -> list[str]:
    """Write the newest months that fit, oldest first: movements, then rates."""
    if not report.months:
        return []
    keys = (*_mrr.MOVEMENTS, "customers_closing", *_mrr.RATES)
    money = _money([one.closing for one in report.months], lang)

    def cell(one: Month, key: str) -> str:
        value, unit = getattr(one, key), _mrr.FIGURES[key].unit
        if unit is Unit.MONEY and key not in _mrr.RATES:
            return money(_mrr.signed(key, value))
        return show(value, unit, None, lang)

    columns = [
        [_mrr.heading(one), *(cell(one, key) for key in keys)] for one in reversed(report.months)
    ]
    labels = ["", *(_mrr.label(key, lang) for key in keys)]
    note = _mrr.footnote(report, lang)
    return [*_side_by_side(labels, columns, width), *(wrap(note, width) if note else [])]


def _side_by_side(labels: Sequence[str], newest: Sequence[Sequence[str]], width: int) -> list[str]:
    """Put as many columns beside the labels as fit, the first of `newest` at the right end."""
    indent = max(map(width_of, labels))
    room = width - indent
    shown: list[list[str]] = []
    for column in newest:
        wide = max(map(width_of, column)) + 2
        room -= wide
        if room < 0:
            break
        shown.insert(0, [pad(cell, wide, right=True) for cell in column])
    return [
        pad(label, indent) + "".join(column[row] for column in shown)
        for row, label in enumerate(labels)
    ]


def _money(values: Sequence[Money], lang: str) -> Callable[[Money], str]:
    """Give what writes amounts of one table, all of them with cents or all without."""
    digits = 2 if max(map(abs, values), default=0) < CENTS_BELOW else 0
    return lambda value: show(round(value, digits), Unit.MONEY, None, lang)


def _chart(report: MrrReport, height: int, width: int) -> list[str]:
    """Draw MRR at the end of each month; its largest, its first and its last month are written."""
    if height < 2 or len(report.months) < 2:  # noqa: PLR2004 - one line, one bar: no course
        return []
    most = show(round(max(one.closing for one in report.months)), Unit.MONEY, None, "en")
    indent = max(len(most), len("2026-10"))
    room = width - 2 * indent - 4
    wide = 2 if 2 * len(report.months) <= room else 1
    months = report.months[-(room // wide) :]
    drawn = bars([one.closing for one in months], height, wide)
    labels = [most, *[""] * (height - 2), _mrr.month_name(months[0].month)]
    lines = [
        f"{pad(label, indent, right=True)} │{line}"
        for label, line in zip(labels, drawn, strict=True)
    ]
    lines[-1] += f" {_mrr.month_name(months[-1].month)}"
    return lines


def _plans_by_month(report: MrrReport, lang: str, width: int) -> list[str]:
    """Write what each plan brings at the end of the newest months that fit."""
    plans = _mrr.newest(report.plans)
    money = _money([one.closing for one in report.months], lang)
    closing = {(one.month, one.plan): one.closing for one in report.plans}
    columns = []
    for month in reversed(report.months):
        amounts = [closing.get((month.month, one.plan), 0.0) for one in plans]
        rest = [month.closing - sum(amounts[:MOST_PLANS])] if len(plans) > MOST_PLANS else []
        cells = [money(value) for value in (*amounts[:MOST_PLANS], *rest, month.closing)]
        columns.append([_mrr.heading(month), *cells])
    labels = [translate(N_("MRR by plan"), lang), *_names(plans, lang)]
    return _side_by_side(labels, columns, width)


def _names(plans: Sequence[PlanMonth], lang: str) -> list[str]:
    """Name the largest plans, those that are added up, and the sum."""
    names = [cut(_mrr.plan_name(one.plan, lang), LONGEST) for one in plans[:MOST_PLANS]]
    if rest := len(plans) - MOST_PLANS:
        names += [fill(N_("{n} other plans"), {"n": rest}, lang)] if rest > 0 else []
    return [*names, translate(N_("All plans"), lang)]


def _plans_moved(report: MrrReport, lang: str, width: int) -> list[str]:
    """Write what moved each plan in the newest month; on narrow screens, without the opening."""
    plans = _mrr.newest(report.plans)
    if not plans:
        return []
    money = _money([one.closing for one in report.months], lang)
    groups = [[one] for one in plans[:MOST_PLANS]]
    if plans[MOST_PLANS:]:
        groups.append(list(plans[MOST_PLANS:]))
    names = _names(plans, lang)

    def row(name: str, those: Sequence[PlanMonth], keys: Sequence[str]) -> list[str]:
        return [name, *(money(sum(_mrr.moved(one, key) for one in those)) for key in keys)]

    for keys in (PLAN_KEYS, PLAN_KEYS[1:]):
        heads = [_mrr.heading(plans[0]), *(translate(PLAN_HEADS[key], lang) for key in keys)]
        rows = [row(name, those, keys) for name, those in zip(names, (*groups, plans), strict=True)]
        table = ["".join(cells) for cells in aligned([heads, *rows], width, left=(0,))]
        if width_of(table[0]) <= width:
            break
    return table
