"""Orders and subscriptions on one page: both answers in short, and what customers brought."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages import screen, shared
from ltvcli.pages.markdown import escaped, findings, grid, section
from ltvcli.results import Quantity, Report
from ltvcli.results.together import TogetherReport
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
RATIO, PAYBACK, MATCHED = N_("LTV/CAC"), N_("Payback"), N_("Matched")
LABELS = (RATIO, PAYBACK, MATCHED, screen.DATA, screen.FINDINGS, screen.NEXT)


def render(report: TogetherReport, lang: str, width: int, color: bool) -> str:
    """Draw both answers in short, the table, how customers were matched, and what to know."""
    indent = screen.indent_of(LABELS, lang)
    both = ((N_("From orders"), report.orders), (N_("From subscriptions"), report.subscriptions))
    blocks = [_answer(name, one, lang, width, color) for name, one in both]
    blocks.append([screen.ansi(translate(TITLE, lang), screen.BOLD, color)])
    blocks[-1] += _table(report, lang, width)
    matched = wrap(" ".join(says(report, lang)), width - indent)
    blocks[-1] += screen.labelled(MATCHED, matched, indent, lang)
    every = (report, report.orders, report.subscriptions)
    found = [written for one in every for written in screen.findings(one, width - indent, lang)]
    ahead = screen.ahead(report, indent, lang)
    room = max(2, screen.SCREEN - sum(map(len, [*blocks, ahead])))
    lines = screen.fitting(found, room, width - indent, lang) if found else []
    shown = [screen.painted(line, color) for line in lines]
    last = screen.labelled(screen.FINDINGS, shown, indent, lang) if shown else []
    air = max(0, min(len(blocks), room - len(lines)))
    return screen.joined([*blocks, [*last, *ahead]], air)


def memo(report: TogetherReport, orders: str, subscriptions: str, lang: str) -> str:
    """Write what customers brought together, then both memos."""
    parts = [
        iter([f"# {escaped(translate(TITLE, lang))}", "", *grid(*_cells(report, lang)), ""]),
        iter([escaped(" ".join(says(report, lang)))]),
        section(N_("Findings"), findings(report, lang), lang),
    ]
    written = ["".join(f"{line}\n" for line in part) for part in parts]
    return "\n".join(
        [written[0].rstrip("\n") + "\n", *filter(None, written[1:]), orders, subscriptions]
    )


def says(report: TogetherReport, lang: str) -> Iterator[str]:
    """Say how many were matched by what, and until when each side speaks."""
    found = report.matched
    matched = found.by_id + found.by_email
    shares = {
        "orders": Quantity(matched / found.order_customers, Unit.RATE),
        "subscriptions": Quantity(matched / found.subscription_customers, Unit.RATE),
        "id": Quantity(found.by_id, Unit.COUNT),
        "email": Quantity(found.by_email, Unit.COUNT),
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


def _answer(name: str, report: Report, lang: str, width: int, color: bool) -> list[str]:
    indent = screen.indent_of(LABELS, lang)
    head = wrap(f"{translate(name, lang)} · {shared.headline(report, lang)}", width)
    lines = [*(screen.ansi(line, screen.BOLD, color) for line in head)]
    lines += flow(shared.basis(report, lang), width)
    for label, one in ((RATIO, report.verdict), (PAYBACK, report.payback_verdict)):
        if report.figures.cac is None and label == PAYBACK:
            continue
        said = signed(one.grade, say(one.says, lang, report.currency), upper_bound=one.upper_bound)
        text = wrap(said, width - indent)
        lines += screen.labelled(label, [screen.painted(text[0], color), *text[1:]], indent, lang)
    return [*lines, *screen.data(report, width, indent, lang)]


def _cells(
    report: TogetherReport, lang: str, brief: bool = False
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


def _table(report: TogetherReport, lang: str, width: int) -> list[str]:
    """Align the table; where amounts are too long, currency and cents are left out."""
    for brief in (False, True):
        heads, rows = _cells(report, lang, brief)
        lines = ["".join(row) for row in aligned([heads, *rows], width, (0,))]
        if width_of(lines[0]) <= width:
            break
    return lines
