"""The pages of `ltv calc`: one screen, or a memo with every table.

Sections stand in the order of every page: answer, tables, findings, assumptions and data, settings.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.choices import Depth
from ltvcli.language import N_, translate
from ltvcli.pages import answer, calc_tables, grid_lines, screen, sections, shared
from ltvcli.pages.content import Grid, Page, Section
from ltvcli.pages.screen import DATA, FINDINGS, SCREEN, SETTINGS, indent_of, labelled, painted
from ltvcli.results import Report, Source, Valuation, described
from ltvcli.text.layout import aligned, flow, width_of, wrap
from ltvcli.text.numbers import MISSING, bracketed, interval, show
from ltvcli.text.words import fill
from ltvcli.units import Unit

WIDE = 100
"""From this width on, inputs are shown with their intervals."""
RATIO, PAYBACK, HORIZONS, BASIS = N_("LTV/CAC"), N_("Payback"), N_("LTV at"), N_("Basis")
PROBABILITIES = N_("Probability of each grade")
SHORT = {"cac": N_("CAC"), "arpu": N_("ARPU (monthly)"), "discount": N_("Discount rate (annual)")}
"""Short labels of terms that every founder knows."""
IMPLIED = ("orders_per_customer",)
"""Shown on wide screens only: frequency and lifespan say the same."""


def render(report: Report, lang: str, width: int, color: bool, depth: Depth) -> str:
    """Draw one screen; more where errors and warnings need them, or with `depth` verbose.

    Args:
        report: what a customer is worth.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
        depth: default, or verbose for every finding, table and interval.
    """
    indent = _indent(lang)
    inner = width - indent
    verbose = depth is Depth.VERBOSE
    methods = [*_methods(report, lang, width, color), *_horizons(report, lang, width)]
    blocks = [answer.lines(report, lang, width, color), methods]
    if verbose:
        blocks += _tables(report, lang, width, color)
    used = [
        *_basis(report, lang, width, verbose=verbose),
        *_inputs(report, lang, width, verbose=verbose),
    ]
    used += screen.data(report, width, indent, lang)
    findings = screen.findings(report, inner, lang)
    if verbose:
        lines = [line for _, finding in findings for line in finding]
        air = len(blocks) + 1
    else:
        room = SCREEN - sum(map(len, blocks)) - len(used)
        spare = room - screen.required_lines(findings)
        # A page that takes more than one screen anyway gets its empty lines.
        air = 3 if spare < 0 else min(3, spare)
        lines = screen.fitting(findings, room - air, inner, lang)
    block = labelled(FINDINGS, [painted(line, color) for line in lines], indent, lang)
    return screen.joined([*blocks, block if lines else [], used], air)


def _tables(report: Report, lang: str, width: int, color: bool) -> list[list[str]]:
    """Draw every table of the report."""
    blocks = []
    for name, rows in report.tables.items():
        if rows:
            title = calc_tables.title(name, rows, lang)
            heads, *body = calc_tables.grid(name, rows, report.currency, lang)
            grid = Grid(title=title, heads=heads, rows=body)
            blocks.append(grid_lines.drawn(grid, width, color, lang))
    return blocks


def _basis(report: Report, lang: str, width: int, *, verbose: bool) -> list[str]:
    """Write the basis of the headline, and the probability of each grade."""
    inner = width - _indent(lang)
    lines = _labelled(BASIS, flow(shared.basis(report, lang), inner), lang)
    chances = shared.chances(report.verdict, lang)
    if verbose and chances:
        text = f"{translate(PROBABILITIES, lang)}: {chances}"
        lines += _labelled("", wrap(text, inner), lang)
    return lines


def _horizons(report: Report, lang: str, width: int) -> list[str]:
    """Write the value at other horizons in one line."""
    parts = shared.other_horizons(report, lang)
    return _labelled(HORIZONS, flow(parts, width - _indent(lang)), lang) if parts else []


def _inputs(report: Report, lang: str, width: int, *, verbose: bool) -> list[str]:
    """Write the inputs that were given, then assumed (marked as such), then measured."""
    wide = verbose or width >= WIDE
    texts = {
        source: [
            f"{translate(SHORT.get(key, figure.label), lang)} "
            f"{shared.shown(figure, estimate, report, lang, with_interval=wide)}"
            for key, figure, estimate in shared.inputs(report, source)
            if wide or key not in IMPLIED
        ]
        for source in shared.SOURCES
    }
    assumed = texts.pop(Source.ASSUMED)
    if assumed and texts[Source.GIVEN]:
        first = fill(N_("Assumed: {figure}"), {"figure": assumed[0]}, lang)
        texts[Source.GIVEN] += [first, *assumed[1:]]
    else:
        texts[Source.ASSUMED] = assumed
    return [
        line
        for source, parts in texts.items()
        if parts
        for line in _labelled(shared.SOURCES[source], flow(parts, width - _indent(lang)), lang)
    ]


def _methods(report: Report, lang: str, width: int, color: bool) -> list[str]:
    header = [N_("Method"), N_("Horizon"), N_("LTV"), N_("95% CI"), N_("LTV – CAC"), RATIO,
              PAYBACK, N_("Verdict")]  # fmt: skip
    left = (0, 1, len(header) - 1)

    def cells(method: Valuation, brief: bool, with_net: bool) -> list[str]:
        def money(value: float | None) -> str:
            if brief and value is not None:
                return show(round(value), Unit.MONEY, None, lang)
            return show(value, Unit.MONEY, report.currency, lang)

        graded = method.ltv_to_cac is not None
        return [
            shared.method_label(method.method, lang),
            shared.horizon_label(method.horizon, lang) if method.ltv is not None else "",
            money(method.ltv),
            interval(method.low, method.high, Unit.MONEY, method.ltv, report.currency),
            money(method.ltv_net) if with_net and method.ltv_net is not None else "",
            show(method.ltv_to_cac, Unit.RATIO, None, lang) if graded else "",
            shared.valuation_payback(method, lang),
            shared.graded(method.grade, lang, upper_bound=method.upper_bound) if graded else "",
        ]

    if not report.methods:
        return []
    heads = [translate(head, lang) for head in header]
    # Where amounts are too long for the screen, LTV – CAC is left to the memo, then currency and
    # cents to the answer.
    grid = Grid(title="", heads=heads, rows=[])
    for brief, with_net in ((False, True), (False, False), (True, False)):
        rows = [cells(method, brief, with_net) for method in shared.valuations(report)]
        grid = Grid(title="", heads=heads, rows=rows, left=left)
        if width_of("".join(aligned([heads, *rows], width, left)[0])) <= width:
            break
    return grid_lines.drawn(grid, width, color, lang)


def _indent(lang: str) -> int:
    """Return the cells of the label column, the same for every label."""
    return indent_of((HORIZONS, BASIS, DATA, SETTINGS, FINDINGS, *shared.SOURCES.values()), lang)


def _labelled(label: str, lines: Sequence[str], lang: str) -> list[str]:
    return labelled(label, lines, _indent(lang), lang)


def page(report: Report, lang: str) -> Page:
    """Describe answer, methods, tables, findings, inputs, data, definitions."""
    chances = shared.chances(report.verdict, lang)
    tables = [
        Section(title=calc_tables.title(name, rows, lang), blocks=[_table(name, report, lang)])
        for name, rows in report.tables.items()
        if rows
    ]
    methods = [_method_grid(report, lang)] if report.methods else []
    return replace(
        answer.head(report, lang),
        basis=shared.basis(report, lang),
        remarks=[f"{translate(PROBABILITIES, lang)}: {chances}"] if chances else [],
        sections=[
            Section(title=translate(N_("Methods"), lang), blocks=methods),
            *tables,
            sections.findings(report, lang),
            Section(title=translate(N_("Inputs"), lang), blocks=[_input_grid(report, lang)]),
            sections.data(report, lang),
            sections.definitions(dict(shared.definitions(report)), lang),
        ],
    )


def _method_grid(report: Report, lang: str) -> Grid:
    keys = list(described(Valuation))
    heads = [N_("Method"), *(figure.label for _, figure in keys), N_("Verdict")]
    rows = []
    for method in shared.valuations(report):
        cells = [shared.method_label(method.method, lang)]
        for key, figure in keys:
            if key == "horizon":
                known = method.ltv is not None
                cells.append(shared.horizon_label(method.horizon, lang) if known else "")
                continue
            text = show(getattr(method, key), figure.unit, report.currency, lang)
            if key == "payback":
                text = shared.valuation_payback(method, lang) or text
            range_ = ""
            if key == "ltv":
                range_ = interval(method.low, method.high, figure.unit, method.ltv, report.currency)
            cells.append(bracketed(text, range_))
        rows.append([*cells, shared.graded(method.grade, lang, upper_bound=method.upper_bound)])
    return Grid(title="", heads=[translate(head, lang) for head in heads], rows=rows)


def _input_grid(report: Report, lang: str) -> Grid:
    heads = [N_("Input"), N_("Value"), N_("95% CI"), N_("Origin")]
    rows = [
        [
            translate(figure.label, lang),
            show(estimate.value, figure.unit, report.currency, lang),
            interval(estimate.low, estimate.high, figure.unit, estimate.value, report.currency)
            or MISSING,
            translate(label, lang),
        ]
        for source, label in shared.SOURCES.items()
        for _, figure, estimate in shared.inputs(report, source)
    ]
    return Grid(title="", heads=[translate(head, lang) for head in heads], rows=rows)


def _table(name: str, report: Report, lang: str) -> Grid:
    heads, *body = calc_tables.grid(name, report.tables[name], report.currency, lang)
    return Grid(title="", heads=heads, rows=body)
