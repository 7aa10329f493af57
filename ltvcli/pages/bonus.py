"""The pages of `ltv bonus`: owners, deals, and the parts of each commission."""

from __future__ import annotations

from ltvcli.analyses.bonus.sentences import NOBODY
from ltvcli.language import N_, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.bonus import TOTALS, BonusReport, PartState
from ltvcli.units import Unit

SHOWN, LISTED = 12, 200
"""Rows on a screen and in a memo; CSV, JSON and workbooks have all."""
TITLES = {
    "owners": N_("Owners (score with 80% interval)"),
    "deals": N_("Deals"),
    "largest": N_("Deals with the largest forfeits"),
    "payroll": N_("Payroll by part"),
    "answers": N_("Answers of customers (NPS with 95% CI)"),
}
STATES = {
    PartState.RELEASED: N_("released"),
    PartState.PARTLY_RELEASED: N_("released in part"),
    PartState.HELD: N_("held"),
    PartState.FORFEITED: N_("forfeited"),
    PartState.NOT_MATCHED: N_("held: customer not found"),
}
_MONEY = {
    name: (TOTALS[name].label, Unit.MONEY)
    for name in ("commission", "released", "held", "forfeited", "adjustment", "pay")
}
COLUMNS = {
    "owners": {
        "owner": (N_("Owner"), Unit.TEXT),
        "deals": (N_("Deals"), Unit.COUNT),
        "watched": (N_("Mature deals"), Unit.COUNT),
        "observed": (N_("Retained"), Unit.COUNT),
        "expected": (N_("Expected retained"), Unit.RATIO),
        "score": (N_("Trust score"), Unit.RATIO),
        "factor": (N_("Multiplier"), Unit.RATIO),
        **_MONEY,
    },
    "deals": {
        "deal": (N_("Deal"), Unit.TEXT),
        "owner": (N_("Owner"), Unit.TEXT),
        "signed": (N_("Signed"), Unit.TEXT),
        "status": (N_("Customer"), Unit.TEXT),
        **_MONEY,
    },
    "answers": {
        "owner": (N_("Owner"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "answers": (N_("Answers"), Unit.COUNT),
        "response_rate": (N_("Response rate"), Unit.RATE),
        "promoters": (N_("Promoters"), Unit.COUNT),
        "passives": (N_("Passives"), Unit.COUNT),
        "detractors": (N_("Detractors"), Unit.COUNT),
        "nps": (N_("NPS"), Unit.RATIO),
    },
    "payroll": {
        "deal": (N_("Deal"), Unit.TEXT),
        "owner": (N_("Owner"), Unit.TEXT),
        "part": (N_("Part of the plan"), Unit.TEXT),
        "due": (N_("Decided on"), Unit.TEXT),
        "state": (N_("State"), Unit.TEXT),
        "amount": (N_("Amount"), Unit.MONEY),
        "released": _MONEY["released"],
        "held": _MONEY["held"],
        "forfeited": _MONEY["forfeited"],
        "adjustment": _MONEY["adjustment"],
        "pay": _MONEY["pay"],
    },
}
WEIGHTED = ("factor", "adjustment", "pay")
"""Columns that say something only where the trust score moves pay."""
DEFINITIONS = {
    N_("Trust score"): N_(
        "Customers retained over those expected at the company's retention by channel, plan and "
        "age, shrunk towards 1: (O + nu) / (E + nu)."
    ),
    **{TOTALS[name].label: TOTALS[name].definition for name in ("released", "held", "forfeited")},
}
CUSTOMER = {True: N_("active"), False: N_("left"), None: N_("not found")}


def grids(report: BonusReport, lang: str, width: int) -> list[Grid]:
    """Return owners, and the deals with the largest forfeits, for a screen.

    Args:
        report: with the tables.
        lang: of the words.
        width: cells of a line; tables that are wider continue below themselves.
    """
    return [_owners(report, lang), *_answers(report, lang), _deals(report, lang, SHOWN)]


def memo(report: BonusReport, lang: str) -> list[Grid]:
    """Return owners and deals, and the parts of commissions where they are few."""
    tables = [_owners(report, lang), *_answers(report, lang), _deals(report, lang, LISTED)]
    if len(report.tables["payroll"]) <= LISTED:
        rows = [_part(row) for row in report.tables["payroll"]]
        tables.append(_grid(report, "payroll", TITLES["payroll"], rows, lang))
    return tables


def _owners(report: BonusReport, lang: str) -> Grid:
    rows = [_owner(row) for row in report.tables["owners"]]
    return _grid(report, "owners", TITLES["owners"], rows, lang)


def _answers(report: BonusReport, lang: str) -> list[Grid]:
    """Draw the answers of customers, if the plan shows them."""
    rows: list[Row] = [
        {**row, "owner": row["owner"] or NOBODY, "nps_low": row["low"], "nps_high": row["high"]}
        for row in report.tables.get("answers", ())
    ]
    return [_grid(report, "answers", TITLES["answers"], rows, lang)] if rows else []


def _deals(report: BonusReport, lang: str, most: int) -> Grid:
    """Draw the deals; if there are many, those with the largest forfeits."""
    rows = [_deal(row) for row in report.tables["deals"]]
    title = TITLES["deals"]
    if len(rows) > most:
        rows.sort(key=lambda row: -float(row["forfeited"] or 0))
        title = TITLES["largest"]
    return _grid(report, "deals", title, rows[:most], lang)


def _grid(report: BonusReport, name: str, title: str, rows: list[Row], lang: str) -> Grid:
    columns = {
        key: column
        for key, column in COLUMNS[name].items()
        if report.weighted or key not in WEIGHTED
    }
    return table_page.grid(translate(title, lang), columns, rows, report.currency, lang)


def _owner(row: Row) -> Row:
    interval = {f"score_{end}": row[end] for end in ("low", "high")}
    return {**row, **interval, "owner": row["owner"] or NOBODY}


def _deal(row: Row) -> Row:
    active = row["active"]
    status = CUSTOMER[None if active is None else bool(active)]
    return {**row, "owner": row["owner"] or NOBODY, "status": status}


def _part(row: Row) -> Row:
    return {**row, "owner": row["owner"] or NOBODY, "state": STATES[PartState(str(row["state"]))]}
