"""Markdown: a complete memo, to paste where it is read; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ltvcli.language import N_, translate
from ltvcli.pages import calc_tables, shared
from ltvcli.pages.markdown import data, escaped, findings, grid, section
from ltvcli.results import Report, TableReport, Valuation, described
from ltvcli.text.numbers import MISSING, interval, show
from ltvcli.text.words import say, signed

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

CHANCES = N_("How likely")


def render(report: AnyReport, lang: str) -> str:
    """Write the memo: answer, findings, methods, inputs, tables, where it comes from, meanings."""
    if isinstance(report, TableReport):
        from ltvcli.pages import table_page

        sections = table_page.sections(report, lang)
    elif report.kind == "together":
        from ltvcli.pages import combined

        both = render(report.orders, lang), render(report.subscriptions, lang)
        return combined.memo(report, *both, lang)
    elif report.kind == "mrr":
        from ltvcli.pages import mrr_memo

        sections = mrr_memo.sections(report, lang)
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
            section(calc_tables.title(name, rows, lang), _table(name, report, lang), lang)
            for name, rows in report.tables.items()
        ),
        section(N_("Data"), data(report, lang), lang),
        section(N_("Definitions"), _definitions(report, lang), lang),
    )


def _answer(report: Report, lang: str) -> Iterator[str]:
    yield from (f"# {escaped(shared.headline(report, lang))}", "")
    yield from (escaped(" · ".join(shared.basis(report, lang))), "")
    for label, one in (
        (N_("LTV/CAC"), report.verdict),
        (N_("Payback"), report.payback_verdict),
    ):
        text = signed(one.grade, say(one.says, lang, report.currency), upper_bound=one.upper_bound)
        yield f"- **{translate(label, lang)}** {escaped(text)}"
    if chances := shared.chances(report.verdict, lang):
        yield f"- **{translate(CHANCES, lang)}** {escaped(chances)}"


def _methods(report: Report, lang: str) -> Iterator[str]:
    keys = list(described(Valuation))
    heads = [N_("Method"), *(figure.label for _, figure in keys), N_("Verdict")]
    rows = []
    for one in shared.valuations(report):
        cells = [shared.method_label(one.method, lang)]
        for key, figure in keys:
            if key == "horizon":
                cells.append(shared.horizon_label(one.horizon, lang) if one.ltv is not None else "")
                continue
            text = show(getattr(one, key), figure.unit, report.currency, lang)
            if key == "payback":
                text = shared.valuation_payback(one, lang) or text
            range_ = ""
            if key == "ltv":
                range_ = interval(one.low, one.high, figure.unit, one.ltv, report.currency)
            cells.append(f"{text} ({range_})" if range_ else text)
        rows.append([*cells, shared.graded(one.grade, lang, upper_bound=one.upper_bound)])
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
        for source, label in shared.SOURCES.items()
        for _, figure, one in shared.inputs(report, source)
    ]
    yield from grid([translate(head, lang) for head in heads], rows)


def _table(name: str, report: Report, lang: str) -> Iterator[str]:
    if rows := report.tables[name]:
        heads, *body = calc_tables.grid(name, rows, report.currency, lang)
        yield from grid(heads, body)


def _definitions(report: Report, lang: str) -> Iterator[str]:
    for label, about in shared.definitions(report):
        yield f"- **{escaped(translate(label, lang))}**: {escaped(translate(about, lang))}"
