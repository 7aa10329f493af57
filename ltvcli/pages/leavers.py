"""The page of who left: customers and money lost, reasons, words and, if asked for, quotes."""

from __future__ import annotations

from ltvcli.analyses.leavers.sentences import REASONS
from ltvcli.language import N_, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.leavers import LeaversReport
from ltvcli.units import Unit

SURE = 0.05
TITLES = {
    "lost": N_("Losses"),
    "reasons": N_("Why, by money lost"),
    "terms": N_("Terms of those who left"),
    "quotes": N_("Comments of customers"),
}
GROUPS = {
    "all": N_("All who left"),
    "voluntary": N_("Voluntary"),
    "involuntary": N_("Involuntary (payment failed)"),
}
_LOST = {
    "customers": (N_("Customers"), Unit.COUNT),
    "customers_before": (N_("Three months before"), Unit.COUNT),
    "monthly": (N_("Monthly revenue lost"), Unit.MONEY),
    "contribution": (N_("Next 12 months"), Unit.MONEY),
}
COLUMNS = {
    "lost": {
        "group": (N_("Group"), Unit.TEXT),
        "rate": (N_("Share of customers"), Unit.RATE),
        **_LOST,
    },
    "reasons": {
        "reason": (N_("Reason"), Unit.TEXT),
        **_LOST,
        "share": (N_("Share of money lost"), Unit.RATE),
        "trend": (N_("Trend"), Unit.TEXT),
    },
    "terms": {
        "term": (N_("Term"), Unit.TEXT),
        "z": (N_("z-score"), Unit.RATIO),
        "leavers": (N_("Comments of leavers"), Unit.COUNT),
        "stayers": (N_("Comments of stayers"), Unit.COUNT),
    },
    "quotes": {
        "reason": (N_("Reason"), Unit.TEXT),
        "monthly": (N_("Monthly revenue at stake"), Unit.MONEY),
        "quote": (N_("Quote"), Unit.TEXT),
    },
}
TRENDS = {1: N_("more"), -1: N_("fewer"), 0: N_("no clear change")}
DEFINITIONS = {
    N_("Next 12 months"): N_(
        "What the customers who left would have brought in 12 months at the churn of all others."
    ),
    N_("Trend"): N_(
        "Customers of the last three full months compared with the three before: more or fewer if "
        "chance alone makes such a difference in less than 5% of cases."
    ),
    N_("Terms of those who left"): N_(
        "Words (in Japanese, runs of characters) that are more frequent in comments of customers "
        "who left than of those who stayed: log-odds with a prior, z above 1.96, in three or more "
        "comments."
    ),
}


def grids(report: LeaversReport, lang: str, width: int) -> list[Grid]:
    """Return every table for a screen.

    Args:
        report: with the tables.
        lang: of the words.
        width: cells of a line; tables that are wider continue below themselves.
    """
    return memo(report, lang)


def memo(report: LeaversReport, lang: str) -> list[Grid]:
    """Return every table."""
    shown: dict[str, list[Row]] = {
        "lost": [{**row, "group": GROUPS[str(row["group"])]} for row in report.tables["lost"]],
        "reasons": [_reason(row) for row in report.tables["reasons"]],
        "terms": list(report.tables["terms"]),
        "quotes": [_named(row) for row in report.tables.get("quotes", ())],
    }
    return [
        table_page.grid(translate(TITLES[name], lang), COLUMNS[name], rows, report.currency, lang)
        for name, rows in shown.items()
        if rows
    ]


def _named(row: Row) -> Row:
    stated = str(row["reason"])
    return {**row, "reason": REASONS.get(stated, stated)}


def _reason(row: Row) -> Row:
    more = float(row["customers"] or 0) - float(row["customers_before"] or 0)
    is_sure = float(row["p"] or 0) < SURE
    return {**_named(row), "trend": TRENDS[0 if not is_sure else 1 if more > 0 else -1]}
