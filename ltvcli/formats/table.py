"""The first screen: what a founder asks first stands first, in 80 columns and 23 lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ltvcli.language import N_, translate
from ltvcli.pages import screen, shared
from ltvcli.pages.screen import (
    BOLD,
    DATA,
    FINDINGS,
    NARROWEST,
    NEXT,
    SCREEN,
    WIDEST,
    ansi,
    indent_of,
    labelled,
    painted,
)
from ltvcli.results import Report, Sentence, Source, TableReport, Valuation
from ltvcli.text.layout import aligned, flow, width_of, wrap
from ltvcli.text.numbers import interval, show
from ltvcli.text.words import fill, say, signed
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

WIDE = 100
"""From here on, inputs are shown with their intervals."""
RATIO, PAYBACK, HORIZONS = N_("LTV/CAC"), N_("Payback"), N_("LTV at")
SHORT = {"cac": N_("CAC"), "arpu": N_("ARPU a month"), "discount": N_("Discount a year")}
"""Labels that every founder knows, where room is dear."""
IMPLIED = ("orders_per_customer",)
"""Left to wider screens: frequency and lifespan say the same."""


def render(report: AnyReport, lang: str, width: int = 80, color: bool = False) -> str:
    """Draw `report` on one screen, or on more where its errors and warnings take them."""
    width = max(NARROWEST, min(width, WIDEST))
    if isinstance(report, TableReport):
        from ltvcli.pages import table_page

        return table_page.screen(report, lang, width, color)
    if report.kind == "mrr":
        from ltvcli.pages import mrr_screen

        return mrr_screen.render(report, lang, width, color)
    if report.kind == "together":
        from ltvcli.pages import combined

        return combined.render(report, lang, width, color)
    above = [
        [*_headline(report, lang, width, color), *_verdicts(report, lang, width, color)],
        [*_horizons(report, lang, width), *_inputs(report, lang, width)],
        _methods(report, lang, width, color),
    ]
    inner = width - _indent(lang)
    data = screen.data(report, width, _indent(lang), lang)
    ahead = screen.ahead(report, _indent(lang), lang)
    findings = screen.findings(report, inner, lang)
    room = SCREEN - sum(map(len, above)) - len(data) - len(ahead)
    spare = room - screen.required_lines(findings)
    # What takes more than one screen is at least easy to read.
    air = len(above) if spare < 0 else min(len(above), spare)
    lines = [painted(line, color) for line in screen.fitting(findings, room - air, inner, lang)]
    blocks = [*above, [*data, *_labelled(FINDINGS, lines, lang), *ahead]]
    return screen.joined(blocks, air)


def _headline(report: Report, lang: str, width: int, color: bool) -> list[str]:
    head = wrap(shared.headline(report, lang), width)
    basis = flow(shared.basis(report, lang), width)
    return [*(ansi(line, BOLD, color) for line in head), *basis]


def _verdicts(report: Report, lang: str, width: int, color: bool) -> list[str]:
    def line(label: str, grade: str, sentence: Sentence, chances: str = "") -> list[str]:
        # The sentence begins with the grade's word.
        said = f"{say(sentence, lang, report.currency)}{chances}"
        text = signed(grade, said, upper_bound=report.verdict.upper_bound)
        first, *more = wrap(text, width - _indent(lang))
        return _labelled(label, [painted(first, color), *more], lang)

    verdict, payback = report.verdict, report.payback_verdict
    chances = shared.chances(verdict, lang)
    return [
        *line(RATIO, verdict.grade, verdict.says, f" ({chances})" if chances else ""),
        *line(PAYBACK, payback.grade, payback.says),
    ]


def _horizons(report: Report, lang: str, width: int) -> list[str]:
    """Write the value at other horizons in one line."""
    parts = shared.other_horizons(report, lang)
    return _labelled(HORIZONS, flow(parts, width - _indent(lang)), lang) if parts else []


def _inputs(report: Report, lang: str, width: int) -> list[str]:
    """Write what was given (then assumed, so marked) and what was measured."""
    found = {
        source: [
            f"{translate(SHORT.get(key, figure.label), lang)} "
            f"{shared.shown(figure, one, report, lang, with_interval=width >= WIDE)}"
            for key, figure, one in shared.inputs(report, source)
            if width >= WIDE or key not in IMPLIED
        ]
        for source in shared.SOURCES
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
        for line in _labelled(shared.SOURCES[source], flow(parts, width - _indent(lang)), lang)
    ]


def _methods(report: Report, lang: str, width: int, color: bool) -> list[str]:
    header = [N_("Method"), N_("Horizon"), N_("LTV"), N_("95% CI"), N_("LTV – CAC"), RATIO,
              PAYBACK, N_("Verdict")]  # fmt: skip
    left = (0, 1, len(header) - 1)

    def cells(one: Valuation, brief: bool, with_net: bool) -> list[str]:
        def money(value: float | None) -> str:
            if brief and value is not None:
                return show(round(value), Unit.MONEY, None, lang)
            return show(value, Unit.MONEY, report.currency, lang)

        return [
            shared.method_label(one.method, lang),
            shared.horizon_label(one.horizon, lang) if one.ltv is not None else "",
            money(one.ltv),
            interval(one.low, one.high, Unit.MONEY, one.ltv, report.currency),
            money(one.ltv_net) if with_net and one.ltv_net is not None else "",
            show(one.ltv_to_cac, Unit.RATIO, None, lang) if one.ltv_to_cac is not None else "",
            shared.valuation_payback(one, lang),
            shared.graded(one.grade, lang, upper_bound=one.upper_bound)
            if one.ltv_to_cac is not None
            else "",
        ]

    if not report.methods:
        return []
    heads = [translate(head, lang) for head in header]
    # Where amounts are too long for the screen, the difference is left to the memo, then currency
    # and cents to the headline.
    for brief, with_net in ((False, True), (False, False), (True, False)):
        rows = [heads, *(cells(one, brief, with_net) for one in shared.valuations(report))]
        head, *body = aligned(rows, width, left)
        if width_of("".join(head)) <= width:
            break
    return [
        "".join(head),
        *("".join([*row[:-1], painted(row[-1].rstrip(), color, whole=True)]) for row in body),
    ]


def _indent(lang: str) -> int:
    """Cells of the label column, the same for every label."""
    labels = (RATIO, PAYBACK, HORIZONS, DATA, FINDINGS, NEXT, *shared.SOURCES.values())
    return indent_of(labels, lang)


def _labelled(label: str, lines: Sequence[str], lang: str) -> list[str]:
    return labelled(label, lines, _indent(lang), lang)
