"""The waterfall of a review: the change from one period to the other, by reason."""

from __future__ import annotations

from ltvcli.analyses.review.sentences import of_change
from ltvcli.language import N_, translate
from ltvcli.pages.content import Grid
from ltvcli.results import Estimate, Run, Source
from ltvcli.results.review import FACTORS, TILES, Explained, Reason, ReviewReport
from ltvcli.text.chart import waterfall
from ltvcli.text.layout import width_of
from ltvcli.text.numbers import bracketed, compact, interval, reworded
from ltvcli.text.words import fill
from ltvcli.units import Unit

CHANCE = N_("Not distinguishable from chance")
LABELS = (N_("Reasons"), N_("Impact"), N_("95% CI"))
LEAST, MOST = 12, 40
"""Cells of the bars."""


def grid(explained: Explained, report: ReviewReport, lang: str, width: int | None) -> Grid:
    """Draw significant reasons, then all others as one, and their explanation.

    Args:
        explained: the figure and its reasons.
        report: for its currency.
        lang: of the words.
        width: cells of a line; None for no bars.
    """
    unit = TILES[explained.figure].unit
    ranked = sorted(explained.reasons, key=lambda reason: -abs(reason.contribution))
    by_chance = [reason for reason in ranked if not reason.distinguishable and reason.contribution]
    level = explained.before
    steps = [(level, level)]
    rows = [[explained.against, compact(level, unit, report.currency, lang), ""]]

    def row(label: str, change: Estimate) -> list[str]:
        value = signed(change.value, unit, report.currency, lang)
        return [label, value, _interval(change, unit, report)]

    for reason in ranked:
        if reason.distinguishable:
            steps.append((level, level + reason.contribution))
            level += reason.contribution
            rows.append(row(translate(FACTORS[reason.factor], lang), _estimate(reason)))
    if explained.chance is not None and by_chance:
        steps.append((level, level + explained.chance.value))
        rows.append(row(translate(CHANCE, lang), explained.chance))
    steps.append((explained.after, explained.after))
    rows.append([explained.period, compact(explained.after, unit, report.currency, lang), ""])
    hidden = [
        row(f"  {translate(FACTORS[reason.factor], lang)}", _estimate(reason))
        for reason in by_chance
    ]
    heads = [translate(head, lang) for head in LABELS]
    bars = [""] * len(steps)
    if width is not None:
        columns = zip(heads, *rows, *hidden, strict=True)
        rest = width - sum(max(map(width_of, column)) + 1 for column in columns)
        bars = waterfall(steps, max(LEAST, min(rest, MOST)))
    drawn = [[*cells, bar] for cells, bar in zip(rows, bars, strict=True)]
    lines = [*drawn[:-1], *([*cells, ""] for cells in hidden), drawn[-1]]
    figure = translate(TILES[explained.figure].label, lang)
    facts = {"figure": figure, "against": explained.against, "period": explained.period}
    shown = len(heads) + (width is not None)
    return Grid(
        title=fill(N_("Why {figure} changed from {against} to {period}"), facts, lang),
        heads=[*heads, ""][:shown],
        rows=[line[:shown] for line in lines],
        left=(0, 3),
    )


def change(estimate: Estimate | None, unit: Unit, report: Run, lang: str) -> str:
    """Write a change with its sign and interval.

    Args:
        estimate: the change, with its interval; None if it is unknown.
        unit: of the figure.
        report: of the command.
        lang: of the words.
    """
    if estimate is None:
        return ""
    text = signed(estimate.value, unit, report.currency, lang)
    range_ = _interval(estimate, unit, report)
    return bracketed(text, range_)


def _interval(change: Estimate, unit: Unit, report: Run) -> str:
    """Write the interval of a change without its unit."""
    return interval(change.low, change.high, of_change(unit), change.value, report.currency)


def signed(value: float, unit: Unit, currency: str | None, lang: str) -> str:
    """Write a change, with a plus for a rise, of a rate in percentage points.

    Args:
        value: to write.
        unit: of the value.
        currency: of money; None if it is not known.
        lang: of the words.

    >>> signed(0.5, Unit.RATIO, None, "en"), signed(-0.012, Unit.RATE, None, "en")
    ('+0.50', '-1.2 pp')
    """
    text = compact(value, of_change(unit), currency, lang)
    return reworded(text, f"+{text}") if value > 0 else text


def _estimate(reason: Reason) -> Estimate:
    return Estimate(
        value=reason.contribution, low=reason.low, high=reason.high, source=Source.MEASURED
    )
