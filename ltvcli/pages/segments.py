"""Segments on a page: most important first, as many columns as fit."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.language import N_, printable, translate
from ltvcli.pages import cohorts, shared, table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Estimate, Row, Source
from ltvcli.results.segments import Differs, Segment, SegmentsReport
from ltvcli.text.layout import cut
from ltvcli.text.numbers import MISSING, bracketed, interval, show
from ltvcli.text.words import fill
from ltvcli.units import Unit

TITLES = {
    "segments": N_("Segments by impact"),
    "minus": N_("Unprofitable customers"),
    "minus_customers": N_("Unprofitable customers, largest loss first"),
    "concentration": N_("Revenue concentration"),
    "acquisition": cohorts.TITLES["acquisition"],
}
COLUMNS = {
    "segments": {
        "segment": (N_("Segment"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "share": (N_("Share of revenue"), Unit.RATE),
        "ltv": (N_("LTV"), Unit.MONEY),
        "horizon": (N_("Months"), Unit.COUNT),
        "differs": (N_("vs. others"), Unit.TEXT),
        "difference": (N_("Difference"), Unit.MONEY),
        "cac": (N_("CAC"), Unit.MONEY),
        "ltv_to_cac": (N_("LTV/CAC"), Unit.RATIO),
        "payback": (N_("Payback"), Unit.MONTHS),
        "grade": (N_("Verdict"), Unit.TEXT),
        "marginal_cac": (N_("Marginal CAC"), Unit.MONEY),
        "returned": (N_("Marginal ROI"), Unit.RATIO),
        "budget": (N_("Marginal return"), Unit.TEXT),
        "aov": (N_("Average order value"), Unit.MONEY),
        "frequency": (N_("Orders per year"), Unit.RATIO),
        "repeat_rate": (N_("Repeat rate"), Unit.RATE),
        "customers_closing": (N_("Paying customers"), Unit.COUNT),
        "mrr": (N_("MRR"), Unit.MONEY),
        "arpu": (N_("ARPU (monthly)"), Unit.MONEY),
        "churn": (N_("Monthly churn"), Unit.RATE),
        "lifespan": (N_("Lifespan"), Unit.MONTHS),
    },
    "minus": {
        "segment": (N_("Segment"), Unit.TEXT),
        "customers": (N_("Unprofitable"), Unit.COUNT),
        "of": (N_("of"), Unit.COUNT),
        "contribution": (N_("Contribution"), Unit.MONEY),
        "net": (N_("Net total"), Unit.MONEY),
        "young": (N_("Younger"), Unit.COUNT),
        "young_of": (N_("of younger"), Unit.COUNT),
        "young_contribution": (N_("Contribution"), Unit.MONEY),
    },
    "minus_customers": {
        "customer": (N_("Customer"), Unit.TEXT),
        "segment": (N_("Segment"), Unit.TEXT),
        "months": (N_("Months"), Unit.COUNT),
        "seasoned": (N_("Mature"), Unit.TEXT),
        "contribution": (N_("Contribution"), Unit.MONEY),
    },
    "concentration": {
        "top": (N_("Top"), Unit.RATE),
        "customers": (N_("Customers"), Unit.COUNT),
        "revenue": (N_("Revenue"), Unit.MONEY),
        "share": (N_("Share of revenue"), Unit.RATE),
    },
}
COLUMNS["acquisition"] = cohorts.COLUMNS["acquisition"]
DEFINITIONS = {
    N_("Segment"): N_(
        "Taken from the customer's first order, first paid day of a subscription, or the "
        "customers file. A customer who changes plan later stays in the first one."
    ),
    N_("LTV"): N_(
        "Realised margin per customer over the same months for every segment. A segment observed "
        "for less time is valued over its own months and has no grade."
    ),
    N_("vs. others"): N_(
        "Whether LTV differs significantly from that of all other customers over the same months "
        "(95%, Holm-adjusted for the number of segments)."
    ),
    N_("Payback"): N_(
        "Months until the realised margin per customer covers the CAC; no upper end means not yet."
    ),
    N_("Marginal ROI"): N_(
        "LTV / marginal CAC, estimated from month to month; the range combines the worst and "
        "best ends of both."
    ),
    N_("Unprofitable"): N_(
        "Customers whose revenue to date, after refunds, is less than cost of goods, cost to "
        "serve and CAC together. Customers who are not yet mature were not observed long enough "
        "to judge."
    ),
}
MARKS = {Differs.HIGHER: N_("▲ higher"), Differs.LOWER: N_("▼ lower"), Differs.NO: N_("no")}
MOST_ROWS = 12
"""Segments and customers on a screen."""
LONGEST = 24
"""Cells of the name of a segment."""
WIDE = 100
"""From here on LTV/CAC and payback have their intervals."""
YOUNGER = "*"
HEADS = {
    "share": N_("Share"),
    "differs": N_("vs. rest"),
    "aov": N_("Order value"),
    "arpu": N_("ARPU"),
    "churn": N_("Churn"),
}
"""Short labels for narrow columns."""
OPTIONAL = ("aov", "frequency", "repeat_rate", "mrr", "arpu", "churn")
"""Columns that a narrow screen may hide: they explain no verdict."""
LEFT = ("segment", "differs", "grade", "budget")


def grids(report: SegmentsReport, lang: str, width: int) -> list[Grid]:
    """Draw segments, then who is below 0 where that was asked for.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    drawn_grids = [_segments(report, lang, wide=width >= WIDE)] if len(report.segments) > 1 else []
    for name in ("minus", "minus_customers"):
        rows = report.tables.get(name, ())
        if name == "minus":
            rows = (
                tuple(row for row in rows if row["customers"] or row["young"]) if rows[1:] else ()
            )
        if not rows:
            continue
        drawn = _plain(name, rows[:MOST_ROWS], report, lang, longest=LONGEST)
        if left := rows[MOST_ROWS:]:
            drawn = replace(drawn, notes=[_more(len(left), lang)])
        drawn_grids.append(drawn)
    return drawn_grids


def memo(report: SegmentsReport, lang: str) -> list[Grid]:
    """Return every table that has rows, whole."""
    return [_plain(name, rows, report, lang) for name, rows in report.tables.items() if rows]


def _plain(
    name: str, rows: Sequence[Row], report: SegmentsReport, lang: str, longest: int | None = None
) -> Grid:
    named = [{**_worded(row), "segment": segment_name(row, lang)} for row in rows]
    if longest:
        named = [{**row, "segment": cut(printable(str(row["segment"])), longest)} for row in named]
    columns = {
        key: column
        for key, column in COLUMNS[name].items()
        if any(row.get(key) is not None for row in named) and (key != "segment" or report.by)
    }
    return table_page.grid(
        translate(TITLES[name], lang),
        columns,
        named,
        report.currency,
        lang,
        upper_bound=report.basis == "revenue",
    )


def _worded(row: Row) -> Row:
    """State that a segment with a CAC has not paid back yet."""
    waits = "payback" in row and shared.awaits_payback(row, "payback")
    return {**row, "payback": shared.NOT_YET} if waits and row["horizon"] else row


def segment_name(row: Row, lang: str) -> str:
    """Describe the name of a segment; for pooled small ones, their number."""
    if row.get("gathered"):
        return fill(N_("other ({n})"), {"n": row["gathered"]}, lang)
    return str(row.get("segment") or translate(N_("(none)"), lang))


def _more(count: int, lang: str) -> str:
    return fill(N_("(+{n} {n:row|rows}: --verbose)"), {"n": count}, lang)


def _segments(report: SegmentsReport, lang: str, *, wide: bool) -> Grid:
    """Draw the segments that matter most; columns without anything in them take no room."""
    rows = report.segments[:MOST_ROWS]
    written = [_cells(row, report, lang, wide=wide) for row in rows]
    cells = [
        {key: text for key, text in row.items() if any(shown[key] for shown in written)}
        for row in written
    ]
    notes = []
    if any(row["ltv"].endswith(YOUNGER) for row in cells):
        text = N_("{mark} valued over the months observed only: no grade")
        notes.append(fill(text, {"mark": YOUNGER}, lang))
    if left := report.segments[MOST_ROWS:]:
        notes.append(_more(len(left), lang))
    return Grid(
        title=translate(TITLES["segments"], lang),
        heads=[translate(HEADS.get(key) or COLUMNS["segments"][key][0], lang) for key in cells[0]],
        rows=[list(row.values()) for row in cells],
        left=[at for at, key in enumerate(cells[0]) if key in LEFT],
        optional=[at for at, key in enumerate(cells[0]) if key in OPTIONAL],
        notes=notes,
    )


def _cells(segment: Segment, report: SegmentsReport, lang: str, *, wide: bool) -> dict[str, str]:
    """Write a segment, the most important figure first."""
    recurring = segment.recurring

    def figure(key: str, *, with_interval: bool = wide) -> str:
        estimate: Estimate | None = getattr(segment, key, getattr(recurring, key, None))
        if estimate is None:
            return ""
        unit = COLUMNS["segments"][key][1]
        text = show(estimate.value, unit, report.currency, lang)
        range_ = ""
        if with_interval:
            range_ = interval(estimate.low, estimate.high, unit, estimate.value, report.currency)
        return bracketed(text, range_)

    row: Row = {"segment": segment.name, "gathered": segment.gathered}
    mrr = recurring.mrr if recurring else None
    ltv = figure("ltv", with_interval=True) or MISSING
    if segment.ltv and segment.horizon < (report.horizon or 0):
        ltv += YOUNGER
    return {
        "segment": cut(printable(segment_name(row, lang)), LONGEST),
        "customers": show(segment.customers, Unit.COUNT, None, lang),
        "share": show(segment.share, Unit.RATE, None, lang),
        "ltv": ltv,
        "differs": translate(MARKS[segment.differs], lang) if segment.differs else "",
        "ltv_to_cac": figure("ltv_to_cac"),
        "grade": shared.graded(segment.grade, lang, upper_bound=report.basis == "revenue")
        if segment.ltv_to_cac
        else "",
        "payback": figure("payback")
        or shared.payback(None, lang, with_data=bool(segment.cac and segment.horizon)),
        "budget": translate(segment.budget, lang) if segment.budget else "",
        "cac": figure("cac") if segment.cac and segment.cac.source is Source.MEASURED else "",
        "aov": figure("aov"),
        "frequency": figure("frequency"),
        "repeat_rate": figure("repeat_rate"),
        "mrr": "" if mrr is None else show(mrr, Unit.MONEY, report.currency, lang),
        "arpu": figure("arpu"),
        "churn": figure("churn"),
    }
