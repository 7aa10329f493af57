"""The screen of `ltv mrr`: the newest months and a chart of MRR, or plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ltvcli.choices import Depth
from ltvcli.language import N_, translate
from ltvcli.pages import answer, mrr, mrr_conventions, screen
from ltvcli.results.mrr import Month, MrrReport
from ltvcli.text.chart import bars
from ltvcli.text.layout import aligned, cut, flow, pad, width_of, wrap
from ltvcli.text.numbers import amounts, show
from ltvcli.text.words import fill
from ltvcli.units import Unit

BASIS = N_("Basis")
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
"""`moved` is MRR moved in by changes of plans, less that moved out."""
PLAN_KEYS = tuple(PLAN_HEADS)
LONGEST = 24
"""Cells of the name of a plan."""
RATES = tuple(key for key in mrr.RATES if key != "gross_mrr_churn")
"""Gross MRR churn is 1 - GRR: on a screen, one line is enough for both."""
MOST_PLANS = 8
"""Number of plans that are named; smaller ones are summed."""
TALLEST = 6


def render(
    report: MrrReport, lang: str, width: int, color: bool, depth: Depth = Depth.DEFAULT
) -> str:
    """Draw the answer, the requested tables, findings, and the rows that were read.

    Args:
        report: recurring revenue by month.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
        depth: default, or verbose for every finding and month.
    """
    labels = (BASIS, screen.DATA, screen.FINDINGS, screen.SETTINGS)
    indent = screen.indent_of(labels, lang)
    head = answer.lines(report, lang, width, color)
    verbose = depth is Depth.VERBOSE
    if report.comparisons:
        body = mrr_conventions.lines(report, lang, width)
    elif report.plans:
        body = _plans(report, lang, width)
    else:
        body = [_months(report, lang, width, every=verbose)]
    basis = flow(mrr.basis(report, lang), width - indent)
    data = screen.labelled(BASIS, basis, indent, lang)
    data += screen.data(report, width, indent, lang)
    room = screen.SCREEN - sum(map(len, (head, *body, data)))
    written = screen.findings(report, width - indent, lang)
    if verbose:
        shown = [line for _, finding in written for line in finding]
    else:
        shown = screen.fitting(written, max(1, room), width - indent, lang)
    findings = (
        screen.labelled(
            screen.FINDINGS, [screen.painted(line, color) for line in shown], indent, lang
        )
        if shown
        else []
    )
    room -= len(findings)
    if len(body) > 1 or verbose:
        chart = _chart(report, TALLEST, width) if verbose and len(body) == 1 else []
        return screen.joined([head, *body, chart, findings, data], air=len(body) + 3)
    chart = _chart(report, max(min(room - 1, TALLEST), min(room, 1)), width)
    air = max(0, min(2, room - len(chart)))
    return screen.joined([head, *body, [*chart, *findings, *data]], air=air)


def _months(report: MrrReport, lang: str, width: int, *, every: bool = False) -> list[str]:
    """Write the newest months that fit, oldest first; all months in blocks if `every`."""
    if not report.months:
        return []
    keys = (*mrr.MOVEMENTS, "customers_closing", *RATES)
    money = amounts(getattr(month, key) for month in report.months for key in mrr.MOVEMENTS)
    per_customer = amounts(month.arpu for month in report.months if month.arpu is not None)

    def cell(month: Month, key: str) -> str:
        value, unit = getattr(month, key), mrr.FIGURES[key].unit
        if unit is not Unit.MONEY or value is None:
            return show(value, unit, None, lang)
        return (per_customer if key == "arpu" else money)(mrr.signed(key, value))

    columns = [
        [mrr.heading(month), *(cell(month, key) for key in keys)]
        for month in reversed(report.months)
    ]
    labels = ["", *(mrr.label(key, lang) for key in keys)]
    note = mrr.footnote(report, lang)
    lines = _side_by_side(labels, columns, width)
    while every and (shown := _fitting_columns(labels, columns, width)) < len(columns):
        columns = columns[shown:]
        lines = [*_side_by_side(labels, columns, width), "", *lines]
    return [*lines, *(wrap(note, width) if note else [])]


def _fitting_columns(labels: Sequence[str], newest: Sequence[Sequence[str]], width: int) -> int:
    """Return how many columns fit next to the labels, at least one."""
    room = width - max(map(width_of, labels))
    count = 0
    for column in newest:
        room -= max(map(width_of, column)) + 2
        if room < 0:
            break
        count += 1
    return max(count, 1)


def _side_by_side(labels: Sequence[str], newest: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return the labels with as many columns as fit, the first of `newest` last."""
    indent = max(map(width_of, labels))
    shown: list[list[str]] = []
    for column in newest[: _fitting_columns(labels, newest, width)]:
        wide = max(map(width_of, column)) + 2
        shown.insert(0, [pad(cell, wide, right=True) for cell in column])
    return [
        pad(label, indent) + "".join(column[row] for column in shown)
        for row, label in enumerate(labels)
    ]


def _chart(report: MrrReport, height: int, width: int) -> list[str]:
    """Draw MRR at the end of each month, with labels of the largest, first and last month."""
    if height < 1 or len(report.months) < 2:  # noqa: PLR2004 - one month has no course
        return []
    most = f"{max(month.closing for month in report.months):,.0f}"
    indent = max(len(most), len("2026-10"))
    room = width - 2 * indent - 4
    wide = 2 if 2 * len(report.months) <= room else 1
    months = report.months[-(room // wide) :]
    drawn = bars([month.closing for month in months], height, wide)
    labels = [most, *[""] * (height - 1)]
    labels[-1] = mrr.month_name(months[0].month)
    lines = [
        f"{pad(label, indent, right=True)} │{line}"
        for label, line in zip(labels, drawn, strict=True)
    ]
    lines[-1] += f" {mrr.month_name(months[-1].month)}"
    return lines


def _plans(report: MrrReport, lang: str, width: int) -> list[list[str]]:
    """Write MRR of each plan in the newest months that fit, and its movements in the last."""
    largest = mrr.largest(report.plans)[:MOST_PLANS]
    smaller = {plan.plan for plan in report.plans} - set(largest)
    groups: list[set[str | None]] = [*({plan} for plan in largest), *([smaller] if smaller else [])]
    groups.append({plan.plan for plan in report.plans})
    names = [cut(mrr.plan_name(plan, lang), LONGEST) for plan in largest]
    names += [fill(N_("{n} other {n:plan|plans}"), {"n": len(smaller)}, lang)] if smaller else []
    names.append(translate(N_("All plans"), lang))
    money = amounts(plan.closing for plan in report.plans)
    by_month = {
        month.month: [plan for plan in report.plans if plan.month == month.month]
        for month in report.months
    }

    def sums(month: Month, key: str) -> list[str]:
        rows = by_month[month.month]
        return [
            money(sum(mrr.moved(row, key) for row in rows if row.plan in those)) for those in groups
        ]

    months = [[mrr.heading(month), *sums(month, "closing")] for month in reversed(report.months)]
    title = translate(N_("MRR by plan"), lang)
    return [
        _side_by_side([title, *names], months, width),
        _plans_moved(report.months[-1], names, sums, lang, width),
    ]


def _plans_moved(
    month: Month,
    names: Sequence[str],
    sums: Callable[[Month, str], list[str]],
    lang: str,
    width: int,
) -> list[str]:
    """Write the movements of each plan in a month, without the opening on narrow screens."""
    for keys in (PLAN_KEYS, PLAN_KEYS[1:]):
        columns = [[translate(PLAN_HEADS[key], lang), *sums(month, key)] for key in keys]
        rows = list(zip([mrr.heading(month), *names], *columns, strict=True))
        lines = ["".join(row) for row in aligned(rows, width, left=(0,))]
        if width_of(lines[0]) <= width:
            break
    return lines
