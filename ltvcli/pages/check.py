"""The pages of `ltv check`: every rule with its state, and why the lifetime value moved."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ltvcli.analyses.check.sentences import EVERYONE
from ltvcli.analyses.valuation.verdict import percent
from ltvcli.language import N_, Marked, translate
from ltvcli.pages import table_page
from ltvcli.pages.content import Grid
from ltvcli.results import Row
from ltvcli.results.check import WATCHED, CheckReport
from ltvcli.results.review import FACTORS
from ltvcli.text.numbers import Numeral
from ltvcli.text.words import fill
from ltvcli.units import Unit

TITLES = {
    "rules": N_("Rules"),
    "replay": N_("When rules would have fired"),
    "why": N_("Why it changed since the month before"),
}
COLUMNS = {
    "rules": {
        "name": (N_("Rule"), Unit.TEXT),
        "segment": (N_("Segment"), Unit.TEXT),
        "state": (N_("State"), Unit.TEXT),
        "figure": (N_("Figure"), Unit.TEXT),
        "value": (N_("Value (95% CI)"), Unit.RATIO),
        "condition": (N_("Condition"), Unit.TEXT),
        "probability": (N_("Sure"), Unit.TEXT),
        "since": (N_("Since"), Unit.TEXT),
        "told": (N_("Delivered"), Unit.TEXT),
    },
    "replay": {
        "name": (N_("Rule"), Unit.TEXT),
        "segment": (N_("Segment"), Unit.TEXT),
        "fired": (N_("Fired"), Unit.TEXT),
        "resolved": (N_("Resolved"), Unit.TEXT),
        "figure": (N_("Figure"), Unit.TEXT),
        "value": (N_("Value (95% CI)"), Unit.RATIO),
        "probability": (N_("Sure"), Unit.TEXT),
    },
    "why": {
        "segment": (N_("Segment"), Unit.TEXT),
        "figure": (N_("Figure"), Unit.TEXT),
        "factor": (N_("Factor"), Unit.TEXT),
        "contribution": (N_("Contribution (95% CI)"), Unit.RATIO),
        "distinguishable": (N_("Beyond chance"), Unit.TEXT),
    },
}
OPTIONAL = ("figure", "condition", "since", "told")
"""Columns that a narrow screen may leave out."""
DEFINITIONS = {
    N_("Rule"): N_(
        "A condition on figures of the last full month. It fires when the probability that the "
        "condition holds is at least sure, in as many consecutive runs as for sets."
    ),
    N_("State"): N_(
        "ok: the condition is not probable enough. pending: it holds, but not in enough runs yet. "
        "firing: it holds in enough runs. resolved: it fired and no longer holds. no data: it "
        "cannot be evaluated."
    ),
    N_("Sure"): N_(
        "Lower bound of the probability that the condition holds, from the 95% CI of its figures; "
        "for a change, whether it is a signal of the process behaviour chart, adjusted for all "
        "segments."
    ),
}


def grids(report: CheckReport, lang: str, _width: int) -> list[Grid]:
    """Return the table of rules for a screen, or the table of a dry run.

    Args:
        report: the answer.
        lang: language of the labels.
        _width: of the screen, which the tables do not depend on.
    """
    if report.replays:
        return [_replay(report, lang)]
    return [_rules(report, lang)]


def memo(report: CheckReport, lang: str) -> list[Grid]:
    """Return both complete tables, or the table of a dry run."""
    if report.replays:
        return [_replay(report, lang)]
    rules = [replace(_rules(report, lang), optional=())]
    return [*rules, _why(report, lang)] if report.tables.get("why") else rules


def _rules(report: CheckReport, lang: str) -> Grid:
    rows = []
    for row in report.tables["rules"]:
        shown = dict(row)
        shown["name"] = row["rule"]
        shown["condition"] = Marked(str(row["when"]))
        shown["segment"] = row["segment"] or Marked(EVERYONE)
        shown["figure"] = WATCHED[str(row["figure"])].label
        shown["state"] = _state(row, lang)
        shown["told"] = _delivered(row, lang)
        shown["probability"] = _sure(row)
        rows.append((shown, Unit(str(row["unit"]))))
    grid = _in_units("rules", rows, ("value",), report, lang)
    return Grid(
        title=grid.title,
        heads=grid.heads,
        rows=grid.rows,
        left=grid.left,
        optional=[list(COLUMNS["rules"]).index(name) for name in OPTIONAL],
    )


def _state(row: Row, lang: str) -> str:
    state = translate(str(row["state"]), lang)
    if row["state"] == "pending":
        text = N_("{state}, {runs} of {needed}")
        facts = {"state": state, "runs": row["runs"], "needed": row["runs_needed"]}
        return Marked(fill(text, facts, lang))
    return Marked(state)


def _sure(row: Row) -> str:
    """Write how certain it is that the condition holds; for a change, its p-value."""
    probability, p_value = row["probability"], row.get("p_value")
    if isinstance(probability, float):
        return Numeral(percent(probability), probability, Unit.RATE)
    return f"p = {p_value:.2g}" if isinstance(p_value, float) and p_value < 1 else ""


def _delivered(row: Row, lang: str) -> str:
    if row["undelivered"]:
        return Marked(fill(N_("not {channels}"), {"channels": str(row["undelivered"])}, lang))
    return Marked(row["told"] or "")


def _replay(report: CheckReport, lang: str) -> Grid:
    rows = []
    for row in report.tables["replay"]:
        shown = dict(row)
        shown["name"] = row["rule"]
        shown["segment"] = row["segment"] or Marked(EVERYONE)
        shown["figure"] = WATCHED[str(row["figure"])].label
        shown["probability"] = _sure(row)
        rows.append((shown, Unit(str(row["unit"]))))
    return _in_units("replay", rows, ("value",), report, lang)


def _why(report: CheckReport, lang: str) -> Grid:
    rows = []
    for row in report.tables["why"]:
        shown = dict(row)
        shown["segment"] = row["segment"] or Marked(EVERYONE)
        shown["figure"] = WATCHED[str(row["figure"])].label
        shown["factor"] = FACTORS[str(row["factor"])]
        rows.append((shown, WATCHED[str(row["figure"])].unit))
    return _in_units("why", rows, ("contribution",), report, lang)


def _in_units(
    name: str,
    rows: Sequence[tuple[Row, Unit]],
    measured: Sequence[str],
    report: CheckReport,
    lang: str,
) -> Grid:
    title = translate(TITLES[name], lang)
    return table_page.grid_in_units(title, COLUMNS[name], rows, measured, report.currency, lang)
