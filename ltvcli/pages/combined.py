"""Orders and subscriptions on one page: both answers in short, and combined revenue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from ltvcli.choices import Depth
from ltvcli.language import N_, translate
from ltvcli.pages import answer, calc, screen, sections, shared, table_page
from ltvcli.pages.content import Grid, Page, Section
from ltvcli.results import Quantity, Report
from ltvcli.results.combined import CombinedReport
from ltvcli.text.layout import aligned, flow, width_of, wrap
from ltvcli.text.numbers import show
from ltvcli.text.words import fill, say, signed
from ltvcli.units import Unit

BOUGHT = {
    "orders-only": N_("Orders only"),
    "subscriptions-only": N_("Subscriptions only"),
    "both": N_("Both"),
    "all": N_("All"),
}
COLUMNS = {
    "customers": (N_("Customers"), Unit.COUNT),
    "share": (N_("Share"), Unit.RATE),
    "order_revenue": (N_("Ordered"), Unit.MONEY),
    "subscription_revenue": (N_("Subscribed"), Unit.MONEY),
    "revenue": (N_("Total"), Unit.MONEY),
    "revenue_per_customer": (N_("Per customer"), Unit.MONEY),
}
TITLE = N_("Revenue per customer group to date")
ORDERS, SUBSCRIPTIONS = N_("Orders"), N_("Subscriptions")
PAYBACK, MATCHED = N_("Payback"), N_("Matched")
LABELS = (PAYBACK, MATCHED, table_page.BASIS, screen.DATA, screen.FINDINGS)


def render(
    report: CombinedReport, lang: str, width: int, color: bool, depth: Depth = Depth.DEFAULT
) -> str:
    """Draw both answers, the table, how customers were matched, findings, both bases and data.

    Args:
        report: what orders and subscriptions say.
        lang: of the words.
        width: cells of a line.
        color: whether the terminal shows colours.
        depth: default, or verbose for every finding and the page of each side.
    """
    indent = screen.indent_of(LABELS, lang)
    table = [screen.ansi(translate(TITLE, lang), screen.BOLD, color), *_table(report, lang, width)]
    matched = wrap(" ".join(matches(report, lang)), width - indent)
    table += screen.labelled(MATCHED, matched, indent, lang)
    blocks = [answer.lines(report, lang, width, color), table]
    sides = {ORDERS: report.orders, SUBSCRIPTIONS: report.subscriptions}
    table += _payback(sides, lang, width, indent)
    findings = [
        finding
        for single in (report, *sides.values())
        for finding in screen.findings(single, width - indent, lang)
    ]
    used = [
        line for name, single in sides.items() for line in _used(name, single, lang, width, indent)
    ]
    room = max(2, screen.SCREEN - sum(map(len, [*blocks, used])))
    if depth is Depth.VERBOSE:
        lines = [line for _, finding in findings for line in finding]
        for single in sides.values():
            blocks.append(calc.render(single, lang, width, color, depth).splitlines())
        used = []
    else:
        lines = screen.fitting(findings, room, width - indent, lang) if findings else []
    shown = [screen.painted(line, color) for line in lines]
    block = screen.labelled(screen.FINDINGS, shown, indent, lang) if shown else []
    air = max(0, min(len(blocks), room - len(lines)))
    return screen.joined([*blocks, block, used], air)


def page(report: CombinedReport, lang: str) -> Page:
    """Describe combined revenue, then both sides."""
    heads, rows = _cells(report, lang)
    table = Grid(title="", heads=heads, rows=rows)
    return replace(
        answer.head(report, lang),
        sections=[
            Section(title=translate(TITLE, lang), blocks=[table, " ".join(matches(report, lang))]),
            sections.findings(report, lang),
        ],
        parts=[calc.page(report.orders, lang), calc.page(report.subscriptions, lang)],
    )


def matches(report: CombinedReport, lang: str) -> Iterator[str]:
    """Describe how many customers were matched by which key, and the last day of each side."""
    matching = report.matched
    matched = matching.by_id + matching.by_email
    shares = {
        "orders": Quantity(matched / matching.order_customers, Unit.RATE),
        "subscriptions": Quantity(matched / matching.subscription_customers, Unit.RATE),
        "id": Quantity(matching.by_id, Unit.COUNT),
        "email": Quantity(matching.by_email, Unit.COUNT),
    }
    text = N_(
        "{orders} of order customers and {subscriptions} of subscribers ({id} by ID, {email} by "
        "e-mail)."
    )
    yield fill(text, shares, lang)
    days = {"orders": report.orders.as_of, "subscriptions": report.subscriptions.as_of}
    if report.as_of is None:
        yield fill(
            N_("Orders through {orders}, subscriptions through {subscriptions}."), days, lang
        )


def _payback(sides: Mapping[str, Report], lang: str, width: int, indent: int) -> list[str]:
    """Write the payback of each side that has a CAC."""
    texts = []
    for name, single in sides.items():
        if single.figures.cac is not None:
            verdict = single.payback_verdict
            text = say(verdict.says, lang, single.currency)
            text = signed(verdict.grade, text, upper_bound=verdict.upper_bound)
            texts += wrap(f"{translate(name, lang)}: {text}", width - indent)
    return screen.labelled(PAYBACK, texts, indent, lang) if texts else []


def _used(name: str, single: Report, lang: str, width: int, indent: int) -> list[str]:
    """Write basis and data of one side."""
    first, *further = shared.basis(single, lang)
    basis = flow([f"{translate(name, lang)}: {first}", *further], width - indent)
    return [
        *screen.labelled(table_page.BASIS, basis, indent, lang),
        *screen.data(single, width, indent, lang),
    ]


def _cells(
    report: CombinedReport, lang: str, brief: bool = False
) -> tuple[list[str], list[list[str]]]:
    def cell(key: str, value: float | int | str | None) -> str:
        unit = COLUMNS[key][1]
        number = None if isinstance(value, str) else value
        if brief and unit is Unit.MONEY and number is not None:
            return show(round(number), unit, None, lang)
        return show(number, unit, report.currency, lang)

    heads = [
        translate(N_("Bought"), lang),
        *(translate(text, lang) for text, _ in COLUMNS.values()),
    ]
    return heads, [
        [translate(BOUGHT[str(row["bought"])], lang), *(cell(key, row[key]) for key in COLUMNS)]
        for row in report.tables["together"]
    ]


def _table(report: CombinedReport, lang: str, width: int) -> list[str]:
    """Align the table; where amounts are too long, currency and cents are left out."""
    for brief in (False, True):
        heads, rows = _cells(report, lang, brief)
        lines = ["".join(row) for row in aligned([heads, *rows], width, (0,))]
        if width_of(lines[0]) <= width:
            break
    return lines
