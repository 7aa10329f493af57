"""The memo of `ltv mrr`: every month, every plan, every convention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.analyses.mrr.conventions import CONVENTIONS
from ltvcli.language import N_, translate
from ltvcli.pages import answer, calc_tables, mrr, mrr_conventions
from ltvcli.pages.markdown import data, escaped, findings, grid, section
from ltvcli.results.mrr import MrrReport, PlanMonth
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit

PLAN_KEYS = (*mrr.MOVEMENTS[:-1], "moved_in", "moved_out", "closing")


def sections(report: MrrReport, lang: str) -> Iterator[Iterator[str]]:
    """Write answer, findings, months, plans, conventions, who stays, the data, meanings."""
    yield from (
        _answer(report, lang),
        section(N_("MRR movements"), _months(report, mrr.MOVEMENTS, lang), lang),
        section(N_("Customers"), _months(report, mrr.PEOPLE, lang), lang),
        section(N_("Rates"), _months(report, mrr.RATES, lang), lang),
        section(N_("MRR by plan"), _plans(report, lang), lang),
        section(N_("Comparison of definitions"), _conventions(report, lang), lang),
        section(
            calc_tables.title("survival", report.survival, lang), _survival(report, lang), lang
        ),
        section(N_("Findings"), findings(report, lang), lang),
        section(N_("Data"), data(report, lang), lang),
        section(N_("Definitions"), _definitions(lang), lang),
    )


def _answer(report: MrrReport, lang: str) -> Iterator[str]:
    yield from (*answer.memo(report, lang), "")
    yield escaped(" · ".join(mrr.basis(report, lang)))
    if note := mrr.footnote(report, lang):
        yield from ("", escaped(note))


def _months(report: MrrReport, keys: Sequence[str], lang: str) -> Iterator[str]:
    def cell(one: object, key: str) -> str:
        value, unit = getattr(one, key), mrr.FIGURES[key].unit
        shown = mrr.signed(key, value) if unit is Unit.MONEY and value is not None else value
        return show(shown, unit, report.currency, lang)

    heads = [translate(N_("Month"), lang), *(mrr.label(key, lang) for key in keys)]
    if report.months:
        yield from grid(
            heads,
            [[mrr.heading(month), *(cell(month, key) for key in keys)] for month in report.months],
        )


def _plans(report: MrrReport, lang: str) -> Iterator[str]:
    def row(plan_month: PlanMonth) -> list[str]:
        amounts = [
            show(mrr.moved(plan_month, key), Unit.MONEY, report.currency, lang) for key in PLAN_KEYS
        ]
        people = show(plan_month.customers_closing, Unit.COUNT, None, lang)
        return [mrr.heading(plan_month), mrr.plan_name(plan_month.plan, lang), *amounts, people]

    keys = (*PLAN_KEYS, "customers_closing")
    heads = [translate(head, lang) for head in (N_("Month"), N_("Plan"))]
    if report.plans:
        heads += [mrr.label(key, lang) for key in keys]
        yield from grid(heads, [row(plan) for plan in report.plans])


def _conventions(report: MrrReport, lang: str) -> Iterator[str]:
    if not report.comparisons:
        return
    heads, *rows = mrr_conventions.grid(report, lang)
    yield from grid(heads, rows)
    yield ""
    for name, key, size, parts in mrr_conventions.differing(report, None, lang):
        made = f"{name}: {mrr.label(key, lang)} {size} = {' · '.join(parts)}"
        yield f"- {escaped(made)}"
    yield ""
    for cause, text in mrr_conventions.causes(report, lang):
        yield f"- **{escaped(cause)}**: {escaped(text)}"
    yield ""
    for name in dict.fromkeys(comparison.convention for comparison in report.comparisons):
        sources = CONVENTIONS[name].sources
        unstated = translate(CONVENTIONS[name].unstated, lang)
        if sources:
            missing = fill(N_("Not stated there: {what}"), {"what": unstated}, lang)
            listing = "; ".join([*sources, missing] if unstated else sources)
            yield f"- {escaped(f'{name}: {listing}')}"


def _survival(report: MrrReport, lang: str) -> Iterator[str]:
    if report.survival:
        heads, *rows = calc_tables.grid("survival", report.survival, report.currency, lang)
        yield from grid(heads, rows)


def _definitions(lang: str) -> Iterator[str]:
    for figure in mrr.FIGURES.values():
        label, meaning = translate(figure.label, lang), translate(figure.definition, lang)
        yield f"- **{escaped(label)}**: {escaped(meaning)}"
