"""The memo of `ltv mrr`: every month, every plan, every convention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ltvcli.analyses.mrr.conventions import CONVENTIONS
from ltvcli.language import N_, translate
from ltvcli.pages import answer, calc_tables, mrr, mrr_conventions, sections
from ltvcli.pages.content import Block, Grid, Item, Page, Section
from ltvcli.results.mrr import MrrReport, PlanMonth
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit

PLAN_KEYS = (*mrr.MOVEMENTS[:-1], "moved_in", "moved_out", "closing")


def page(report: MrrReport, lang: str) -> Page:
    """Describe answer, months, plans, conventions, who stays, findings, the data, meanings."""
    tables = {
        N_("MRR movements"): _months(report, mrr.MOVEMENTS, lang),
        N_("Customers"): _months(report, mrr.PEOPLE, lang),
        N_("Rates"): _months(report, mrr.RATES, lang),
        N_("MRR by plan"): _plans(report, lang),
        N_("Comparison of definitions"): _conventions(report, lang),
        calc_tables.title("survival", report.survival, lang): _survival(report, lang),
    }
    note = mrr.footnote(report, lang)
    return replace(
        answer.head(report, lang),
        basis=mrr.basis(report, lang),
        remarks=[note] if note else [],
        sections=[
            *(
                Section(title=translate(title, lang), blocks=list(blocks))
                for title, blocks in tables.items()
            ),
            sections.findings(report, lang),
            sections.data(report, lang),
            sections.definitions(
                {figure.label: figure.definition for figure in mrr.FIGURES.values()}, lang
            ),
        ],
    )


def _months(report: MrrReport, keys: Sequence[str], lang: str) -> Iterator[Block]:
    def cell(month_row: object, key: str) -> str:
        value, unit = getattr(month_row, key), mrr.FIGURES[key].unit
        shown = mrr.signed(key, value) if unit is Unit.MONEY and value is not None else value
        return show(shown, unit, report.currency, lang)

    heads = [translate(N_("Month"), lang), *(mrr.label(key, lang) for key in keys)]
    if report.months:
        yield Grid(
            title="",
            heads=heads,
            rows=[
                [mrr.heading(month), *(cell(month, key) for key in keys)] for month in report.months
            ],
        )


def _plans(report: MrrReport, lang: str) -> Iterator[Block]:
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
        yield Grid(title="", heads=heads, rows=[row(plan) for plan in report.plans], left=(0, 1))


def _conventions(report: MrrReport, lang: str) -> Iterator[Block]:
    if not report.comparisons:
        return
    heads, *rows = mrr_conventions.grid(report, lang)
    yield Grid(title="", heads=heads, rows=rows)
    yield [
        Item(text=f"{name}: {mrr.label(key, lang)} {size} = {' · '.join(parts)}")
        for name, key, size, parts in mrr_conventions.differing(report, None, lang)
    ]
    yield [
        Item(label=cause, text=text, separator=": ")
        for cause, text in mrr_conventions.causes(report, lang)
    ]
    sources = []
    for name in dict.fromkeys(comparison.convention for comparison in report.comparisons):
        convention = CONVENTIONS[name]
        if convention.sources:
            unstated = translate(convention.unstated, lang)
            missing = fill(N_("Not stated there: {what}"), {"what": unstated}, lang)
            listing = [*convention.sources, missing] if unstated else convention.sources
            sources.append(Item(text=f"{name}: {'; '.join(listing)}"))
    yield sources


def _survival(report: MrrReport, lang: str) -> Iterator[Block]:
    if report.survival:
        heads, *rows = calc_tables.grid("survival", report.survival, report.currency, lang)
        yield Grid(title="", heads=heads, rows=rows)
