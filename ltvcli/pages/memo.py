"""The page of any report for a reader who takes time; Markdown and HTML are drawn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltvcli import registry
from ltvcli.pages import dashboards
from ltvcli.pages.content import Page
from ltvcli.results import TableReport
from ltvcli.results.combined import CombinedReport
from ltvcli.results.compiled import CompiledReport

if TYPE_CHECKING:
    from ltvcli.results import AnyReport


def page(report: AnyReport, lang: str) -> Page:
    """Describe a report whole."""
    if isinstance(report, TableReport):
        from ltvcli.pages import table_page

        return table_page.page(report, lang)
    if report.kind == "report":
        from ltvcli.pages import compiled

        return compiled.page(report, lang, page)
    if report.kind == "combined":
        from ltvcli.pages import combined

        return combined.page(report, lang)
    if report.kind == "mrr":
        from ltvcli.pages import mrr_memo

        return mrr_memo.page(report, lang)
    from ltvcli.pages import calc

    return calc.page(report, lang)


def with_dashboard(report: AnyReport, lang: str) -> Page:
    """Describe a complete report, with its dashboard."""
    if isinstance(report, CompiledReport):
        from ltvcli.pages import compiled

        return compiled.page(report, lang, with_dashboard)
    described = page(report, lang)
    if isinstance(report, CombinedReport):
        sides = report.orders, report.subscriptions
        return replace(described, parts=[with_dashboard(side, lang) for side in sides])
    kind = report.kind if hasattr(report, "kind") else report.command
    if kind not in registry.names(dashboards):
        return described
    dashboard = registry.load(dashboards, kind)
    tiles = list(dashboard.tiles(report, lang)) if hasattr(dashboard, "tiles") else []
    if getattr(dashboard, "ANSWERED", False):
        described = replace(described, lines=[], remarks=[])
    return replace(
        described,
        tiles=tiles,
        levers=getattr(report, "levers", None),
        charts=list(dashboard.charts(report, lang)),
    )
