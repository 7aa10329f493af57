"""The live sheet of `ltv segments`: the value of each segment, and its share of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.language import N_, translate
from ltvcli.pages import segments as words
from ltvcli.results import Estimate, Row, Source
from ltvcli.results.segments import Segment, SegmentsReport
from ltvcli.units import Unit
from ltvcli.workbook import inputs
from ltvcli.workbook.cells import Live, Number, Sheet, Tie, column
from ltvcli.workbook.tables import LOOKS, unit_label

SHEET = "Segments"
TOTAL = 5
"""Row of all segments, as a spreadsheet counts; the segments stand below."""
HEADS = {
    "segment": words.COLUMNS["segments"]["segment"],
    "customers": words.COLUMNS["segments"]["customers"],
    "customer_share": (N_("Share of customers"), Unit.RATE),
    "revenue": (N_("Revenue"), Unit.MONEY),
    "share": words.COLUMNS["segments"]["share"],
    "horizon": words.COLUMNS["segments"]["horizon"],
    "ltv": words.COLUMNS["segments"]["ltv"],
    "cac": words.COLUMNS["segments"]["cac"],
    "ltv_to_cac": words.COLUMNS["segments"]["ltv_to_cac"],
    "net": (N_("LTV – CAC"), Unit.MONEY),
    "value": (N_("Customers x LTV"), Unit.MONEY),
    "value_share": (N_("Share of value"), Unit.RATE),
}
AT = {key: column(place) for place, key in enumerate(HEADS)}
FIXED = N_("LTV of a segment is as ltv computed it: inputs change CAC, not margin or discount.")
TOLERANCE = 0.005
"""Half a cent."""


def constants(report: SegmentsReport, _lang: str) -> list[inputs.Input]:
    """Return the CAC if one was given for all, and the tolerance of checks."""
    if not report.segments:
        return []
    given = [cac for row in report.segments if (cac := row.cac) and cac.source is Source.GIVEN]
    every = [inputs.tolerance(N_("Tolerance of checks"), TOLERANCE)]
    if given:
        every.append(inputs.of_figure("cac", given[0].value, Source.GIVEN, report.currency))
    return every


def lay_out(report: SegmentsReport, places: Mapping[str, str], lang: str) -> Live:
    """Lay out a row for each segment: customers, revenue and LTV as values, the rest as formulas.

    Args:
        report: with the segments.
        places: of the inputs.
        lang: of the labels.
    """
    if not report.segments:
        return Live()
    sheet = Sheet(name=SHEET, freeze=(TOTAL, 1))
    sheet.put(0, 0, translate(N_("Segments: value and shares"), lang), "title")
    sheet.put(1, 0, translate(FIXED, lang), "line")
    for at, (label, unit) in enumerate(HEADS.values()):
        is_text = unit is Unit.TEXT
        sheet.put(2, at, translate(label, lang), "head" if is_text else "right")
        name = "" if is_text else unit_label(unit, report.currency, lang)
        sheet.put(3, at, name, "unit")
    _segments(sheet, report.segments, places.get("cac"), lang)
    last = TOTAL + len(report.segments)
    ties = [
        Tie(
            name=translate(N_("Shares of customers add up to all"), lang),
            left=_sum(f"{SHEET}!", "customer_share", last) + f"*{SHEET}!${AT['customers']}${TOTAL}",
            right=f"{SHEET}!${AT['customers']}${TOTAL}",
            value=sum(row.customers for row in report.segments),
            look="count",
            tolerance=places["tolerance"],
        ),
        Tie(
            name=translate(N_("Shares of revenue add up to all"), lang),
            left=_sum(f"{SHEET}!", "share", last) + f"*{SHEET}!${AT['revenue']}${TOTAL}",
            right=f"{SHEET}!${AT['revenue']}${TOTAL}",
            value=sum(row.revenue for row in report.segments),
            look="money",
            tolerance=places["tolerance"],
        ),
    ]
    if report.concentration:
        mean = report.concentration.mean
        row = last + 2
        sheet.put(row - 1, 0, translate(N_("Mean revenue per customer, as delivered"), lang))
        sheet.put(row - 1, list(HEADS).index("revenue"), mean, "money")
        everyone = f"{SHEET}!${AT['customers']}${TOTAL}"
        ties.append(
            Tie(
                name=translate(N_("Revenue of segments = customers x mean revenue"), lang),
                left=f"{SHEET}!${AT['revenue']}${TOTAL}",
                right=f"{SHEET}!${AT['revenue']}${row}*{everyone}",
                value=sum(segment.revenue for segment in report.segments),
                look="money",
                tolerance=places["tolerance"],
            )
        )
    return Live(sheets=[sheet], ties=ties)


def _sum(sheet: str, key: str, last: int) -> str:
    return f"SUM({sheet}${AT[key]}${TOTAL + 1}:${AT[key]}${last})"


def _segments(sheet: Sheet, segments: Sequence[Segment], cac: str | None, lang: str) -> None:
    """Write all segments together, then each.

    Args:
        sheet: with heads.
        segments: in reading order.
        cac: place of a given CAC; None for one of each segment.
        lang: of the labels.
    """
    last = TOTAL + len(segments)
    values = [_value(segment) for segment in segments]
    totals = {
        "customers": sum(segment.customers for segment in segments),
        "revenue": sum(segment.revenue for segment in segments),
        "value": sum(value for value in values if value is not None),
    }
    sheet.put(TOTAL - 1, 0, translate(N_("All"), lang), "label")
    for key, total in totals.items():
        _formula(sheet, TOTAL, key, _sum("", key, last), total)
    for row, (segment, value) in enumerate(zip(segments, values, strict=True), TOTAL + 1):
        named: Row = {"segment": segment.name, "gathered": segment.gathered}
        sheet.put(row - 1, 0, words.segment_name(named, lang))
        ltv, cost = _point(segment.ltv), _point(segment.cac)
        for key, known in (
            ("customers", segment.customers),
            ("revenue", segment.revenue),
            ("horizon", segment.horizon),
            ("ltv", ltv),
            *([] if cac else [("cac", cost)]),
        ):
            sheet.put(row - 1, list(HEADS).index(key), known, LOOKS[HEADS[key][1]])
        if cac:
            _formula(sheet, row, "cac", cac, cost)
        here = {key: f"${letter}{row}" for key, letter in AT.items()}
        for key, amount, name in (
            ("customers", segment.customers, "customer_share"),
            ("revenue", segment.revenue, "share"),
        ):
            share = amount / totals[key] if totals[key] else None
            _formula(sheet, row, name, _share(key, row), share)
        ratio = ltv / cost if ltv is not None and cost is not None and cost > 0 else None
        unknown = f'IF({here["ltv"]}="","",'
        formula = f'{unknown}IF({here["cac"]}<=0,"",{here["ltv"]}/{here["cac"]}))'
        _formula(sheet, row, "ltv_to_cac", formula, ratio)
        net = ltv - cost if ltv is not None and cost is not None else None
        formula = f'{unknown}IF({here["cac"]}="","",{here["ltv"]}-{here["cac"]}))'
        _formula(sheet, row, "net", formula, net)
        formula = f"{unknown}{here['customers']}*{here['ltv']})"
        _formula(sheet, row, "value", formula, value)
        share = value / totals["value"] if value is not None and totals["value"] else None
        formula = f"{unknown}{_share('value', row)})"
        _formula(sheet, row, "value_share", formula, share)


def _formula(sheet: Sheet, row: int, key: str, formula: str, value: Number) -> None:
    sheet.reckon(row - 1, list(HEADS).index(key), formula, value, LOOKS[HEADS[key][1]])


def _share(key: str, row: int) -> str:
    total = f"${AT[key]}${TOTAL}"
    return f'IF({total}=0,"",${AT[key]}{row}/{total})'


def _point(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None


def _value(segment: Segment) -> float | None:
    ltv = _point(segment.ltv)
    return None if ltv is None else segment.customers * ltv
