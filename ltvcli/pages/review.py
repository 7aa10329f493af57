"""The pages of `ltv review`: tiles, the waterfall of reasons, segments that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.language import N_, printable, translate
from ltvcli.pages import benchmark, review_waterfall, table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.review import (
    FACTORS,
    TILES,
    ReviewReport,
    SegmentChange,
    Signal,
    Tile,
)
from ltvcli.text.layout import cut
from ltvcli.text.numbers import MISSING, Numeral, bracketed, compact, interval, show
from ltvcli.units import Unit

TITLES = {
    "tiles": N_("Figures"),
    "why": N_("Why {figure} changed"),
    "why_segments": N_("Contribution of segments to the change of the period LTV"),
    "segments": N_("Segments that changed"),
    "actions": N_("To decide"),
    "compared": N_("Segments of both quarters"),
    "cohorts": N_("Cohorts of both quarters"),
    "period_rates": N_("Rates by age"),
    "series": N_("Series behind the signals (totals per day)"),
}
COLUMNS = {
    "tiles": {
        "tile": (N_("Figure"), Unit.TEXT),
        "value": (N_("Value"), Unit.RATIO),
        "previous": (N_("Before"), Unit.RATIO),
        "change": (N_("Change (95% CI)"), Unit.RATIO),
        "last_year": (N_("A year ago"), Unit.RATIO),
        "target": (N_("Target"), Unit.RATIO),
        "signal": (N_("Signal"), Unit.TEXT),
    },
    "why": {
        "factor": (N_("Reasons"), Unit.TEXT),
        "contribution": (N_("Contribution (95% CI)"), Unit.RATIO),
    },
    "why_segments": {
        "segment": (N_("Segment"), Unit.TEXT),
        "factor": (N_("Reasons"), Unit.TEXT),
        "contribution": (N_("Contribution (95% CI)"), Unit.MONEY),
    },
    "segments": {
        "segment": (N_("Segment"), Unit.TEXT),
        "figure": (N_("Figure"), Unit.TEXT),
        "value": (N_("Value"), Unit.RATIO),
        "previous": (N_("Before"), Unit.RATIO),
        "change": (N_("Change (95% CI)"), Unit.RATIO),
        "p": (N_("p (Holm)"), Unit.RATIO),
    },
    "cohorts": {
        "cohort": (N_("Cohort"), Unit.TEXT),
        "customers": (N_("New customers"), Unit.COUNT),
        "first": (N_("First order value"), Unit.MONEY),
        "cac": (N_("CAC"), Unit.MONEY),
    },
    "period_rates": {
        "period": (N_("Period"), Unit.TEXT),
        "segment": (N_("Segment"), Unit.TEXT),
        "age_month": (N_("Age"), Unit.COUNT),
        "exposure": (N_("Customer-months"), Unit.RATIO),
        "returning": (N_("Share returning"), Unit.RATE),
        "orders": (N_("Orders per returning customer"), Unit.RATIO),
        "value": (N_("Value per repeat order"), Unit.MONEY),
    },
}
DEFINITIONS = {
    N_("Period LTV"): N_(
        "What a customer would bring up to the horizon if all ages behaved as they did in this "
        "period. The horizon is the oldest age with 30 customers in both periods."
    ),
    N_("Reasons"): N_(
        "Contribution of one factor to the change (Shapley value): the mean effect of switching "
        "it from the earlier period to the later one, over all orders of switching. Reasons add "
        "up to the change."
    ),
    N_("Not distinguishable from chance"): N_(
        "Reasons whose 95% CI contains 0, with their sum: another sample of customers might show "
        "the opposite."
    ),
    N_("Signal"): N_(
        "Process behaviour chart (XmR): outside the limits of the earlier periods (mean +- 2.66 "
        "mean moving ranges), 8 in a row on one side of the mean, or 3 of 4 nearer to a limit. At "
        "least 8 earlier periods are needed; totals are per day."
    ),
    N_("Segments that changed"): N_(
        "Share of new customers, period LTV and CAC of each segment, tested with adjustment for "
        "all comparisons (Holm, 95%)."
    ),
}
MARKS = {
    Signal.ABOVE: N_("▲ above limits"),
    Signal.BELOW: N_("▼ below limits"),
    Signal.NEAR_HIGH: N_("▲ near limit"),
    Signal.NEAR_LOW: N_("▼ near limit"),
    Signal.RUN_HIGH: N_("▲ 8 in a row"),
    Signal.RUN_LOW: N_("▼ 8 in a row"),
    Signal.ROUTINE: N_("routine"),
}
SHORT_MARKS = {
    signal: "▲" if signal.is_high else "▼" for signal in Signal if signal is not Signal.ROUTINE
} | {Signal.ROUTINE: "·"}
"""Signals where room is short; the sentences above say which rule it was."""
SHARE = N_("Share of new customers")
WIDE = 100
"""From here on values have their intervals, too."""
LONGEST = 24
"""Cells of the name of a segment."""
LEAST_P = 0.001
"""Smaller p-values are not written out."""


def grids(report: ReviewReport, lang: str, width: int) -> list[Grid]:
    """Draw tiles, the waterfall of the figure that decides, and segments that changed.

    Args:
        report: of the command.
        lang: of the words.
        width: cells of a line.
    """
    wide = width >= WIDE
    drawn = [_tiles(report, lang, with_interval=wide)]
    if report.explained:
        drawn.append(review_waterfall.grid(report.explained[0], report, lang, width))
    if rows := report.tables.get("cohorts"):
        drawn.append(_cohorts(rows, report, lang))
    changed = [change for change in report.segments if change.changed]
    compared_segments = report.segments if report.span == "quarter" else changed
    if compared_segments:
        drawn.append(_segments(compared_segments, report, lang, longest=LONGEST))
    if report.compared:
        drawn += benchmark.grids(report.compared, lang, width)
    return drawn


def memo(report: ReviewReport, lang: str) -> list[Grid]:
    """Draw every figure, all reasons and all comparisons."""
    drawn = [_tiles(report, lang, with_interval=True, with_target=True)]
    drawn += [
        review_waterfall.grid(explained, report, lang, None)
        for explained in (*report.explained, *report.year_ago)
    ]
    if rows := report.tables.get("cohorts"):
        drawn.append(_cohorts(rows, report, lang))
    if report.segments:
        drawn.append(_segments(report.segments, report, lang))
    if rows := report.tables.get("why_segments"):
        named: list[Row] = [
                {
                    **row,
                    "factor": FACTORS[str(row["factor"])],
                    "segment": _named(row["segment"], lang),
                }
                for row in rows
            ]  # fmt: skip
        drawn.append(
            table_page.grid(
                translate(TITLES["why_segments"], lang),
                COLUMNS["why_segments"],
                named,
                report.currency,
                lang,
            )
        )
    if report.compared:
        drawn += benchmark.memo(report.compared, lang)
    return drawn


def _tiles(
    report: ReviewReport, lang: str, *, with_interval: bool, with_target: bool = False
) -> Grid:
    """Draw the figures, each in its own unit, under the names of the periods."""
    heads = [translate(N_("Figure"), lang), report.period]
    heads += [report.against or translate(N_("Before"), lang)]
    heads += [translate(N_("Change (95% CI)"), lang), translate(N_("A year ago"), lang)]
    if with_target:
        heads.append(translate(N_("Target"), lang))
    return Grid(
        title=translate(TITLES["tiles"], lang),
        heads=[*heads, translate(N_("Signal"), lang)],
        rows=[
            list(_tile(tile, report, lang, with_interval=with_interval, with_target=with_target))
            for tile in report.tiles
        ],
        left=(0, len(heads)),
    )


def _tile(
    tile: Tile, report: ReviewReport, lang: str, *, with_interval: bool, with_target: bool
) -> Iterator[str]:
    unit, currency = TILES[tile.figure].unit, report.currency

    write = show if with_interval else compact

    def written(value: float | None) -> str:
        return "" if value is None else write(value, unit, currency, lang)

    yield translate(TILES[tile.figure].label, lang)
    text, now = written(tile.now.value), tile.now
    range_ = interval(now.low, now.high, unit, now.value, currency) if with_interval else ""
    yield bracketed(text, range_)
    yield written(tile.previous)
    yield review_waterfall.change(tile.change, unit, report, lang)
    yield written(tile.last_year)
    if with_target:
        yield written(tile.target)
    marks = MARKS if with_interval else SHORT_MARKS
    charted = any(each.signal for each in report.tiles)
    missing = MISSING if charted else ""
    yield translate(marks[tile.signal], lang) if tile.signal else missing


def _segments(
    changes: Sequence[SegmentChange],
    report: ReviewReport,
    lang: str,
    longest: int | None = None,
) -> Grid:
    rows = []
    for change in changes:
        unit = Unit.RATE if change.figure == "share" else TILES[change.figure].unit
        label = SHARE if change.figure == "share" else TILES[change.figure].label
        name = _named(change.segment, lang)
        rows.append(
            [
                cut(name, longest) if longest else name,
                translate(label, lang),
                compact(change.now, unit, report.currency, lang),
                compact(change.previous, unit, report.currency, lang),
                review_waterfall.change(change.change, unit, report, lang),
                Numeral(
                    "<0.001" if change.p < LEAST_P else f"{change.p:.3f}", change.p, Unit.RATIO
                ),
            ]
        )
    all_changed = all(change.changed for change in changes)
    return Grid(
        title=translate(TITLES["segments" if all_changed else "compared"], lang),
        heads=[
            *(translate(head, lang) for head in (N_("Segment"), N_("Figure"))),
            report.period,
            report.against,
            *(translate(head, lang) for head in (N_("Change (95% CI)"), N_("p (Holm)"))),
        ],
        rows=rows,
        left=(0, 1),
    )


def _cohorts(rows: Sequence[Row], report: ReviewReport, lang: str) -> Grid:
    """Draw the monthly cohorts of both quarters."""
    columns = {
        key: column
        for key, column in COLUMNS["cohorts"].items()
        if any(row.get(key) is not None for row in rows)
    }
    title = translate(TITLES["cohorts"], lang)
    return table_page.grid(title, columns, rows, report.currency, lang)


def _named(segment: object, lang: str) -> str:
    return printable(str(segment)) if segment else translate(N_("(none)"), lang)
