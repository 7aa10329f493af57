"""`ltv review` at a look: the main figures beside the earlier period, and why they moved."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, translate
from ltvcli.pages import review_waterfall
from ltvcli.pages.chart_types import BridgeChart, Chart, Step
from ltvcli.pages.content import Tile
from ltvcli.pages.dashboards import _axes
from ltvcli.results.review import FACTORS, TILES, Explained, ReviewReport
from ltvcli.text.numbers import compact
from ltvcli.text.words import fill

FIRST = (
    "ltv_to_cac", "period_ltv", "mrr", "cac", "logo_churn", "net_revenue", "aov", "new_customers",
)  # fmt: skip
"""Figures for the tiles, the most important ones first."""
MOST = 4
"""Tiles of a page."""


def tiles(report: ReviewReport, lang: str) -> Iterator[Tile]:
    """Return the most important figures, each with its change."""
    known = {tile.figure: tile for tile in report.tiles}
    for tile in [known[figure] for figure in FIRST if figure in known][:MOST]:
        label = TILES[tile.figure]
        note = ""
        if tile.change is not None and report.against:
            change = review_waterfall.change(tile.change, label.unit, report, lang)
            facts = {"change": change, "against": report.against}
            note = fill(N_("{change} since {against}"), facts, lang)
        yield Tile(
            label=translate(label.label, lang),
            value=compact(tile.now.value, label.unit, report.currency, lang),
            note=note,
        )


def charts(report: ReviewReport, lang: str) -> Iterator[Chart]:
    """Return the way of each explained figure from the earlier period to this one."""
    for explained in report.explained:
        yield _bridge(explained, report, lang)


def _bridge(explained: Explained, report: ReviewReport, lang: str) -> BridgeChart:
    unit = TILES[explained.figure].unit

    def total(label: str, value: float) -> Step:
        shown = compact(value, unit, report.currency, lang)
        return Step(label=label, begin=0.0, end=value, shown=shown, kind="total")

    def moved(label: str, change: float, begin: float, kind: str = "") -> Step:
        shown = review_waterfall.signed(change, unit, report.currency, lang)
        kind = kind or ("rise" if change > 0 else "fall")
        return Step(label=label, begin=begin, end=begin + change, shown=shown, kind=kind)

    steps = [total(explained.against, explained.before)]
    level = explained.before
    ranked = sorted(explained.reasons, key=lambda reason: -abs(reason.contribution))
    for reason in ranked:
        if reason.distinguishable:
            label = translate(FACTORS[reason.factor], lang)
            steps.append(moved(label, reason.contribution, level))
            level += reason.contribution
    by_chance = any(reason.contribution for reason in ranked if not reason.distinguishable)
    if explained.chance is not None and by_chance:
        label = translate(N_("may be chance"), lang)
        steps.append(moved(label, explained.chance.value, level, "chance"))
    steps.append(total(explained.period, explained.after))
    facts = {
        "figure": translate(TILES[explained.figure].label, lang),
        "against": explained.against,
        "period": explained.period,
    }
    return BridgeChart(
        title=fill(N_("Why {figure} changed from {against} to {period}"), facts, lang),
        write=_axes.of_unit(unit, report.currency, lang),
        steps=steps,
        note=translate(N_("The table below has the 95% CI of each reason"), lang),
    )
