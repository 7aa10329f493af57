"""The pages of `ltv scorecard`: front beside trust, groups, waves and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ltvcli.analyses.scorecard.sentences import KINDS
from ltvcli.language import N_, printable, translate
from ltvcli.pages import review_waterfall, risk, table_page
from ltvcli.pages.content import Grid
from ltvcli.pages.review import MARKS, SHORT_MARKS
from ltvcli.results import Row
from ltvcli.results.scorecard import (
    TILES,
    CohortShift,
    Course,
    Quadrant,
    ScorecardReport,
    ScoreTile,
)
from ltvcli.text.layout import cut
from ltvcli.text.numbers import MISSING, Numeral, bracketed, compact, interval, show
from ltvcli.text.words import fill
from ltvcli.units import Unit

FRONT, TRUST = N_("Front (results)"), N_("Trust (what lasts)")
TITLES = {
    "tiles": N_("Figures"),
    "cohorts": N_("Cohorts beside earlier ones"),
    "quadrants": N_("Front and trust"),
    "nps": N_("NPS"),
    "scores": N_("After the first answer"),
}
COLUMNS = {
    "tiles": {
        "side": (N_("Side"), Unit.TEXT),
        "tile": (N_("Figure"), Unit.TEXT),
        "owner": (N_("Group"), Unit.TEXT),
        "period": (N_("Period"), Unit.TEXT),
        "value": (N_("Value"), Unit.RATIO),
        "previous": (N_("Before"), Unit.RATIO),
        "change": (N_("Change (95% CI)"), Unit.RATIO),
        "last_year": (N_("A year ago"), Unit.RATIO),
        "target": (N_("Target"), Unit.RATIO),
        "signal": (N_("Signal"), Unit.TEXT),
    },
    "cohorts": {
        "owner": (N_("Group"), Unit.TEXT),
        "cohort": (N_("Cohort"), Unit.TEXT),
        "customers": (N_("New customers"), Unit.COUNT),
        "usual_customers": (N_("Average before"), Unit.COUNT),
        "retention": (N_("Kept 90 days"), Unit.RATE),
        "retention_change": (N_("Change (95% CI)"), Unit.POINTS),
        "ltv": (N_("Cohort LTV"), Unit.MONEY),
        "ltv_change": (N_("Change of LTV (95% CI)"), Unit.MONEY),
        "cost": (N_("Cost (95% CI)"), Unit.MONEY),
        "discounts": (N_("Discount share"), Unit.RATE),
        "discounts_before": (N_("Discount share before"), Unit.RATE),
        "refunds": (N_("Refund share"), Unit.RATE),
        "refunds_before": (N_("Refund share before"), Unit.RATE),
        "p": (N_("p (Holm)"), Unit.RATIO),
    },
    "quadrants": {
        "owner": (N_("Group"), Unit.TEXT),
        "front": (N_("Front"), Unit.TEXT),
        "trust": (N_("Trust"), Unit.TEXT),
    },
    "nps": {
        "wave": (N_("Wave"), Unit.TEXT),
        "owner": (N_("Group"), Unit.TEXT),
        "nps": (N_("NPS (95% CI)"), Unit.RATIO),
        "promoters": (N_("Promoters"), Unit.COUNT),
        "passives": (N_("Passives"), Unit.COUNT),
        "detractors": (N_("Detractors"), Unit.COUNT),
        "response_rate": (N_("Response rate"), Unit.RATE),
        "left_since": (N_("Left since"), Unit.COUNT),
        "left_among_answers": (N_("of these answered"), Unit.COUNT),
    },
    "scores": {
        "group": (N_("Score"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "kept": (N_("Kept (95% CI)"), Unit.RATE),
        "p_kept": (N_("p (Holm)"), Unit.RATIO),
        "worth": (N_("Brought (95% CI)"), Unit.MONEY),
        "p_worth": (N_("p (Holm)"), Unit.RATIO),
    },
}
DEFINITIONS = {
    N_("Front"): N_("Results of the period: revenue or MRR, new customers, CAC."),
    N_("Trust"): N_(
        "What lasts of them: period LTV, LTV/CAC, retention at 90 days of the customers won, NPS. "
        "There is no composite score: weights chosen by hand would decide the answer."
    ),
    N_("Scorched earth"): N_(
        "More new customers than usual while retention or LTV of these same customers, at the same "
        "mix of channels, is lower than in the half year before, both beyond chance (5%, Holm over "
        "figures and groups), and not above a year before."
    ),
    N_("Cohort LTV"): N_(
        "Value of the first 90 days, plus what earlier customers brought afterwards who were kept, "
        "or not kept, weighted by the share that was kept."
    ),
    N_("NPS"): N_(
        "Promoters (9–10) less detractors (0–6) per 100 answers; adjusted Wald interval."
    ),
}
WAVES = 8
"""Waves on a screen at most, the last ones."""
_LONGEST = 18
LEAST_P = 0.001
WORDS = {
    Course.UP: N_("up"),
    Course.DOWN: N_("down"),
    Course.MIXED: N_("mixed"),
    Course.LEVEL: N_("level"),
    Course.UNKNOWN: MISSING,
}


def grids(report: ScorecardReport, lang: str, width: int) -> list[Grid]:
    """Return both sides for a screen, then groups, the last waves and scores.

    Args:
        report: with the figures.
        lang: of the words.
        width: cells of a line.
    """
    wide = width >= 100  # noqa: PLR2004 - intervals of values, and targets, fit
    drawn = [*_sides(report, lang, wide=wide)]
    if report.by:
        drawn.append(_groups(report, lang, wide=wide))
    drawn += _answers(report, lang, most=WAVES)
    drawn += _declined(report, lang)
    return drawn


def memo(report: ScorecardReport, lang: str) -> list[Grid]:
    """Return every table, with intervals of values."""
    drawn = [*_sides(report, lang, wide=True)]
    if report.by:
        drawn.append(_groups(report, lang, wide=True))
    drawn += [_cohorts(report, lang), *_answers(report, lang, most=None)]
    drawn += _declined(report, lang)
    return [grid for grid in drawn if grid.rows]


def _sides(report: ScorecardReport, lang: str, *, wide: bool) -> Iterator[Grid]:
    """Draw the figures of each side of all customers."""
    company = [tile for tile in report.tiles if not tile.group]
    with_target = any(tile.target is not None for tile in company)
    charted = any(tile.signal for tile in company)
    for side, title in (("front", FRONT), ("trust", TRUST)):
        tiles = [tile for tile in company if tile.side == side]
        heads = [N_("Figure"), N_("Period"), N_("Value")]
        heads += [N_("Before"), N_("Change (95% CI)"), N_("A year ago")]
        heads += [N_("Target")] if with_target else []
        heads += [N_("Signal")] if charted else []
        yield Grid(
            title=translate(title, lang),
            heads=[translate(head, lang) for head in heads],
            rows=[
                list(_tile(tile, report, lang, wide=wide, target=with_target, charted=charted))
                for tile in tiles
            ],
            left=(0, 1, len(heads) - 1) if charted else (0, 1),
        )


def _tile(
    tile: ScoreTile,
    report: ScorecardReport,
    lang: str,
    *,
    wide: bool,
    target: bool,
    charted: bool,
) -> Iterator[str]:
    """Write the cells of a figure in its own unit."""
    unit, currency = TILES[tile.figure].unit, report.currency
    write = show if wide else compact

    def written(value: float | None) -> str:
        return "" if value is None else write(value, unit, currency, lang)

    yield translate(TILES[tile.figure].label, lang)
    yield tile.period
    now = tile.now
    range_ = interval(now.low, now.high, unit, now.value, currency) if wide else ""
    yield bracketed(written(now.value), range_)
    yield written(tile.previous)
    yield review_waterfall.change(tile.change, unit, report, lang)
    yield written(tile.last_year)
    if target:
        yield written(tile.target)
    if charted:
        marks = MARKS if wide else SHORT_MARKS
        yield translate(marks[tile.signal], lang) if tile.signal else MISSING


def _groups(report: ScorecardReport, lang: str, *, wide: bool) -> Grid:
    """Draw a row for each group: front and trust of its last cohort, NPS, and which way they go."""
    shifts = {shift.group: shift for shift in report.shifts}
    nps = {tile.group: tile for tile in report.tiles if tile.figure == "nps"}
    burnt = {shift.group for shift in report.shifts if shift.scorched}
    names = [quadrant.group for quadrant in report.quadrants if quadrant.group]
    names.sort(key=lambda name: name not in burnt)
    heads = [N_("New"), N_("Average before"), N_("Kept 90 days"), N_("Change (95% CI)")]
    heads += [N_("Cohort LTV")] if wide else []
    heads += [N_("NPS")] if nps else []
    heads += [N_("Front"), N_("Trust")]
    courses = {quadrant.group: quadrant for quadrant in report.quadrants}
    rows = []
    for name in names:
        cells = list(_group(shifts.get(name), report, lang, wide=wide))
        if nps:
            tile = nps.get(name)
            cells.append(show(tile.now.value, Unit.RATIO, None, lang) if tile else MISSING)
        quadrant = courses[name]
        rows.append([cut(printable(name), _LONGEST), *cells, *_courses(quadrant, lang)])
    label = {"owner": N_("Owner"), "team": N_("Team"), "channel": N_("Channel")}[report.by]
    cohort = report.shifts[0].cohort if report.shifts else report.period
    title = fill(N_("Cohorts of {cohort} by group"), {"cohort": cohort}, lang)
    last = len(heads)
    return Grid(
        title=title,
        heads=[translate(label, lang), *(translate(head, lang) for head in heads)],
        rows=rows,
        left=(0, last - 1, last),
    )


def _group(
    shift: CohortShift | None, report: ScorecardReport, lang: str, *, wide: bool
) -> Iterator[str]:
    """Write the cells of a cohort; dashes where it is too small."""
    if shift is None:
        yield from [MISSING] * (5 if wide else 4)
        return
    yield show(shift.new.now, Unit.COUNT, None, lang)
    yield show(shift.new.before, Unit.COUNT, None, lang)
    yield show(shift.retention.now, Unit.RATE, None, lang)
    yield review_waterfall.change(shift.retention.change, Unit.RATE, report, lang)
    if wide:
        yield compact(shift.ltv.now, Unit.MONEY, report.currency, lang)


def _courses(quadrant: Quadrant, lang: str) -> list[str]:
    return [translate(WORDS[course], lang) for course in (quadrant.front, quadrant.trust)]


def _declined(report: ScorecardReport, lang: str) -> Iterator[Grid]:
    """Draw the saving of declining, which credits an owner who did not sell."""
    if rows := report.tables.get("saved"):
        yield risk.saved(rows, report.currency, lang)


def _cohorts(report: ScorecardReport, lang: str) -> Grid:
    rows: list[Row] = [
        {**row, "owner": row["owner"] or translate(N_("all"), lang)}
        for row in report.tables["cohorts"]
    ]
    return table_page.grid(
        translate(TITLES["cohorts"], lang), COLUMNS["cohorts"], rows, report.currency, lang
    )


def _answers(report: ScorecardReport, lang: str, most: int | None) -> Iterator[Grid]:
    """Draw the waves of all customers, and results after their first answer."""
    waves: Sequence[Row] = [row for row in report.tables["nps"] if not row["owner"]]
    shown: list[Row] = [
        {**row, "nps_low": row["low"], "nps_high": row["high"]} for row in waves[-(most or 1000) :]
    ]
    columns = {key: column for key, column in COLUMNS["nps"].items() if key != "owner"}
    if shown:
        yield table_page.grid(translate(TITLES["nps"], lang), columns, shown, report.currency, lang)
    scores: list[Row] = [
        {
            **row,
            "group": translate(KINDS[str(row["group"])], lang),
            **{key: _p(row[key]) for key in ("p_kept", "p_worth")},
        }
        for row in report.tables["scores"]
    ]
    if scores:
        written = {**COLUMNS["scores"], "p_kept": (N_("p (Holm)"), Unit.TEXT)}
        written["p_worth"] = (N_("p (Holm)"), Unit.TEXT)
        yield table_page.grid(
            translate(TITLES["scores"], lang), written, scores, report.currency, lang
        )


def _p(value: object) -> str:
    p = float(str(value))
    return Numeral(f"<{LEAST_P}" if p < LEAST_P else f"{p:.3f}", p, Unit.RATIO)
