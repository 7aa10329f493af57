"""The live sheets of `ltv bonus`: parts of commissions add up to deals, and deals to owners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from ltvcli.analyses.bonus.sentences import NOBODY
from ltvcli.language import N_, translate
from ltvcli.pages import bonus as words
from ltvcli.results.bonus import BonusReport, DealPay, PartPay
from ltvcli.text.words import fill
from ltvcli.units import Unit
from ltvcli.workbook import inputs
from ltvcli.workbook.cells import Live, Sheet, Tie, column
from ltvcli.workbook.tables import unit_label

PAYROLL, DEALS, OWNERS = "Payroll", "Deals", "Commissions"
SHEET = DEALS
HEADS = {
    PAYROLL: (N_("Owner"), N_("Deal"), N_("Part of the plan"), N_("Decided on"), N_("State")),
    DEALS: (N_("Owner"), N_("Deal"), N_("Signed"), N_("Customer")),
    OWNERS: (N_("Owner"), N_("Deals")),
}
TITLES = {
    PAYROLL: words.TITLES["payroll"],
    DEALS: words.TITLES["deals"],
    OWNERS: N_("Commission by owner"),
}
SPLIT = ("commission", "released", "held", "forfeited")
"""A commission, and what it is divided into."""
ADJUSTED = ("adjustment", "pay")
"""What the trust score adds, where it moves pay."""
FIRST = 5
"""The first row below the heads, as a spreadsheet counts."""
MOST = 1_000_000
"""Parts that a sheet of Excel takes."""
TOLERANCE = 0.005
"""Half a cent."""


def constants(report: BonusReport, _lang: str) -> list[inputs.Input]:
    """Return the rules that formulas take."""
    if not _is_live(report):
        return []
    return [inputs.decimals(), inputs.tolerance(N_("Tolerance of checks"), TOLERANCE)]


def _is_live(report: BonusReport) -> bool:
    """Return whether there are deals, and Excel takes all of their parts."""
    return bool(report.deals) and sum(len(deal.parts) for deal in report.deals) <= MOST


def lay_out(report: BonusReport, places: Mapping[str, str], lang: str) -> Live:
    """Lay out every part of every commission, and its sums by deal and by owner.

    Args:
        report: with the deals.
        places: of the inputs.
        lang: of the labels.
    """
    deals = sorted(report.deals, key=lambda deal: deal.owner)
    parts = sum(len(deal.parts) for deal in deals)
    if not _is_live(report):
        return Live()
    names = (*SPLIT, *(ADJUSTED if report.weighted else ()))
    payroll, by_deal, by_owner = (
        _sheet(name, names, report.currency, lang) for name in (PAYROLL, DEALS, OWNERS)
    )
    _parts(payroll, deals, names, lang)
    _deals(by_deal, deals, names, places, lang)
    owners = _owners(by_owner, deals, names)
    rows = {PAYROLL: parts, DEALS: len(deals), OWNERS: owners}
    held = {translate(words.TITLES[name], lang): "" for name in ("deals", "largest", "payroll")}
    return Live(
        sheets=[by_owner, by_deal, payroll],
        ties=list(_ties(deals, names, rows, places["tolerance"], lang)),
        names=held,
    )


def _sheet(name: str, names: Sequence[str], currency: str | None, lang: str) -> Sheet:
    """Return a sheet with its title and headings; amounts follow the words."""
    heads = HEADS[name]
    sheet = Sheet(name=name, freeze=(FIRST - 1, 2))
    sheet.put(0, 0, translate(TITLES[name], lang), "title")
    for at, head in enumerate(heads):
        sheet.put(2, at, translate(head, lang), "word head" if at else "head")
    for at, key in enumerate(names, len(heads)):
        sheet.put(2, at, translate(words.COLUMNS["deals"][key][0], lang), "right")
        sheet.put(3, at, unit_label(Unit.MONEY, currency, lang), "unit")
    return sheet


def _parts(sheet: Sheet, deals: Sequence[DealPay], names: Sequence[str], lang: str) -> None:
    """Write each part of each commission as values."""
    shares = [(deal, share) for deal in deals for share in deal.parts]
    for row, (deal, share) in enumerate(shares, FIRST - 1):
        state = translate(words.STATES[share.state], lang)
        texts = (deal.owner or NOBODY, deal.deal, share.name, share.due.isoformat(), state)
        for at, text in enumerate(texts):
            sheet.put(row, at, text, "word" if at else "")
        for at, name in enumerate(names, len(texts)):
            sheet.put(row, at, float(_amount(share, name)), "money")


def _deals(
    sheet: Sheet,
    deals: Sequence[DealPay],
    names: Sequence[str],
    places: Mapping[str, str],
    lang: str,
) -> None:
    """Write the commission of each deal as a value, and the rest as sums of its parts.

    Args:
        sheet: with heads.
        deals: in the order of the parts.
        names: of the amounts.
        places: of the inputs.
        lang: of the labels.
    """
    words_of_deal, words_of_part = len(HEADS[DEALS]), len(HEADS[PAYROLL])
    begin = FIRST
    for row, deal in enumerate(deals, FIRST - 1):
        status = translate(words.CUSTOMER[deal.active], lang)
        texts = (deal.owner or NOBODY, deal.deal, deal.signed.isoformat(), status)
        for at, text in enumerate(texts):
            sheet.put(row, at, text, "word" if at else "")
        end = begin + len(deal.parts) - 1
        for at, name in enumerate(names):
            amount = float(_amount(deal, name))
            if name == "commission":
                sheet.put(row, words_of_deal, amount, "money")
            else:
                formula = _sum(PAYROLL, words_of_part + at, begin, end)
                sheet.reckon(row, words_of_deal + at, formula, amount, "money")
        split = [f"{column(words_of_deal + at)}{row + 1}" for at in range(len(SPLIT))]
        formula, gap = inputs.rounded("-".join(split), 0.0, places)
        sheet.reckon(row, words_of_deal + len(names), formula, gap, "money")
        begin = end + 1
    sheet.put(2, words_of_deal + len(names), translate(N_("Difference"), lang), "right")


def _owners(sheet: Sheet, deals: Sequence[DealPay], names: Sequence[str]) -> int:
    """Write the sums of the deals of each owner, and return how many owners there are."""
    begin, row = FIRST, FIRST - 1
    for owner, group in groupby(deals, key=lambda deal: deal.owner):
        of_owner = list(group)
        end = begin + len(of_owner) - 1
        sheet.put(row, 0, owner or NOBODY)
        sheet.put(row, 1, len(of_owner), "count")
        for at, name in enumerate(names):
            formula = _sum(DEALS, len(HEADS[DEALS]) + at, begin, end)
            sheet.reckon(row, len(HEADS[OWNERS]) + at, formula, _total(of_owner, name), "money")
        begin, row = end + 1, row + 1
    return row - (FIRST - 1)


def _ties(
    deals: Sequence[DealPay],
    names: Sequence[str],
    rows: Mapping[str, int],
    tolerance: str,
    lang: str,
) -> Iterator[Tie]:
    """Yield the checks: each commission is divided without a rest, and all sums agree.

    Args:
        deals: all of them.
        names: of the amounts.
        rows: of each sheet.
        tolerance: place of the difference that is allowed.
        lang: of the labels.
    """
    gap = column(len(HEADS[DEALS]) + len(names))
    gaps = f"{DEALS}!${gap}${FIRST}:${gap}${FIRST + rows[DEALS] - 1}"
    yield Tie(
        name=translate(N_("Of every deal: released + held + forfeited = commission"), lang),
        left=f"MAX(MAX({gaps}),0-MIN({gaps}))",
        right="0",
        value=0.0,
        look="money",
        tolerance=tolerance,
    )

    def of_all(sheet: str, at: int) -> str:
        return _sum(sheet, len(HEADS[sheet]) + at, FIRST, FIRST + rows[sheet] - 1)

    labels = {
        PAYROLL: N_("{figure}: parts of commissions = deals"),
        OWNERS: N_("{figure}: owners = deals"),
    }
    for at, name in enumerate(names):
        label = translate(words.COLUMNS["deals"][name][0], lang)
        for sheet, text in labels.items():
            yield Tie(
                name=fill(text, {"figure": label}, lang),
                left=of_all(sheet, at),
                right=of_all(DEALS, at),
                value=_total(deals, name),
                look="money",
                tolerance=tolerance,
            )


def _sum(sheet: str, at: int, first: int, last: int) -> str:
    """Write the sum of a column from a row to another."""
    return f"SUM({sheet}!${column(at)}${first}:${column(at)}${last})"


def _amount(paid: DealPay | PartPay, name: str) -> Decimal:
    """Return an amount of a deal or of a part of it by its name."""
    if name == "pay":
        return paid.released + paid.adjustment
    if name == "commission" and isinstance(paid, PartPay):
        return paid.amount
    amount: Decimal = getattr(paid, name)
    return amount


def _total(deals: Sequence[DealPay], name: str) -> float:
    """Add up an amount of deals, exactly."""
    return float(sum((_amount(deal, name) for deal in deals), Decimal(0)))
