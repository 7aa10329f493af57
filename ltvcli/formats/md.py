"""Markdown: a complete memo, to paste where it is read; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ltvcli.formats import _parts, _tables
from ltvcli.formats._markdown import data, escaped, findings, grid, section
from ltvcli.formats._numbers import MISSING, interval, show
from ltvcli.formats._words import say, signed
from ltvcli.language import N_, translate
from ltvcli.results import Report, TableReport, Valuation, described

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

CHANCES = N_("How likely")


def render(report: AnyReport, lang: str) -> str:
    """Write the memo: answer, findings, methods, inputs, tables, where it comes from, meanings."""
    if isinstance(report, TableReport):
        from ltvcli.formats import _page

        sections = _page.sections(report, lang)
    elif report.kind == "together":
        from ltvcli.formats import _together

        both = render(report.orders, lang), render(report.subscriptions, lang)
        return _together.memo(report, *both, lang)
    elif report.kind == "mrr":
        from ltvcli.formats import _mrr_md

        sections = _mrr_md.sections(report, lang)
    else:
        sections = _sections(report, lang)
    written = ["".join(f"{line}\n" for line in section) for section in map(list, sections)]
    return "\n".join(section for section in written if section)


def _sections(report: Report, lang: str) -> Iterator[Iterator[str]]:
    yield from (
        _answer(report, lang),
        section(N_("Findings"), findings(report, lang), lang),
        section(N_("Methods"), _methods(report, lang), lang),
        section(N_("Inputs"), _inputs(report, lang), lang),
        *(
            section(_tables.title(name, rows, lang), _table(name, report, lang), lang)
            for name, rows in report.tables.items()
        ),
        section(N_("Data"), data(report, lang), lang),
        section(N_("Definitions"), _definitions(report, lang), lang),
    )


def _answer(report: Report, lang: str) -> Iterator[str]:
    yield from (f"# {escaped(_parts.headline(report, lang))}", "")
    yield from (escaped(" · ".join(_parts.basis(report, lang))), "")
    for label, one in (
        (N_("LTV/CAC"), report.verdict),
        (N_("Payback"), report.payback_verdict),
    ):
        text = signed(one.grade, say(one.says, lang, report.currency), upper_bound=one.upper_bound)
        yield f"- **{translate(label, lang)}** {escaped(text)}"
    if chances := _parts.chances(report.verdict, lang):
        yield f"- **{translate(CHANCES, lang)}** {escaped(chances)}"


def _methods(report: Report, lang: str) -> Iterator[str]:
    keys = list(described(Valuation))
    heads = [N_("Method"), *(figure.label for _, figure in keys), N_("Verdict")]
    rows = []
    for one in _parts.valuations(report):
        cells = [_parts.method_label(one.method, lang)]
        for key, figure in keys:
            if key == "horizon":
                cells.append(_parts.horizon_label(one.horizon, lang) if one.ltv is not None else "")
                continue
            text = show(getattr(one, key), figure.unit, report.currency, lang)
            if key == "payback":
                text = _parts.valuation_payback(one, lang) or text
            range_ = ""
            if key == "ltv":
                range_ = interval(one.low, one.high, figure.unit, one.ltv, report.currency)
            cells.append(f"{text} ({range_})" if range_ else text)
        rows.append([*cells, _parts.graded(one.grade, lang, upper_bound=one.upper_bound)])
    yield from grid([translate(head, lang) for head in heads], rows)


def _inputs(report: Report, lang: str) -> Iterator[str]:
    heads = [N_("Input"), N_("Value"), N_("95% CI"), N_("Origin")]
    rows = [
        [
            translate(figure.label, lang),
            show(one.value, figure.unit, report.currency, lang),
            interval(one.low, one.high, figure.unit, one.value, report.currency) or MISSING,
            translate(label, lang),
        ]
        for source, label in _parts.SOURCES.items()
        for _, figure, one in _parts.inputs(report, source)
    ]
    yield from grid([translate(head, lang) for head in heads], rows)


def _table(name: str, report: Report, lang: str) -> Iterator[str]:
    if rows := report.tables[name]:
        heads, *body = _tables.grid(name, rows, report.currency, lang)
        yield from grid(heads, body)


def _definitions(report: Report, lang: str) -> Iterator[str]:
    for label, about in _parts.definitions(report):
        yield f"- **{escaped(translate(label, lang))}**: {escaped(translate(about, lang))}"
