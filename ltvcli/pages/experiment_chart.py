"""The chart of `ltv experiment`: the effect of an arm by age since the assignment."""

from __future__ import annotations

from ltvcli.analyses.experiment import sentences
from ltvcli.language import N_, printable, translate
from ltvcli.pages.content import Grid
from ltvcli.results.experiment import AgeEffect, ExperimentReport
from ltvcli.text.chart import points
from ltvcli.text.layout import width_of
from ltvcli.text.numbers import show
from ltvcli.text.words import fill
from ltvcli.units import Unit

HEIGHT = 9
"""Lines of a chart."""
WIDEST = 8
"""Cells of an age at most."""
EFFECT, END = "o", "+"
TITLE = N_("Effect per customer by days since the assignment: {arm}")
LEGEND = (N_("o effect"), N_("+ ends of the 95% CI"), N_("- no effect"))


def charts(report: ExperimentReport, lang: str, width: int) -> list[Grid]:
    """Draw the arm that the decision is about; nothing where ages are not known.

    Args:
        report: with effects over age.
        lang: of the words.
        width: cells of a line.
    """
    if not report.ages:
        return []
    arm = sentences.main(report.effects).arm
    effects = [effect for effect in report.ages if effect.arm == arm]
    return [_chart(effects, report, lang, width)] if len(effects) > 1 else []


def _chart(effects: list[AgeEffect], report: ExperimentReport, lang: str, width: int) -> Grid:
    def label(number: float) -> str:
        return show(number, Unit.MONEY, report.currency, lang)

    series: list[tuple[str, list[float | None]]] = [
        (EFFECT, [effect.effect.value for effect in effects]),
        (END, [effect.effect.high for effect in effects]),
        (END, [effect.effect.low for effect in effects]),
    ]
    ends = [value for _, values in series for value in values if value is not None]
    edge = max(width_of(label(end)) for end in ends) + 2
    wide = max(3, min(WIDEST, (width - edge) // len(effects)))
    lines = points(series, [0.0], HEIGHT, label, wide)
    axis = " " * edge + "".join(str(effect.age_days).ljust(wide) for effect in effects)
    head = "  ".join(translate(text, lang) for text in LEGEND)
    title = fill(TITLE, {"arm": printable(effects[0].arm)}, lang)
    return Grid(title=title, heads=[head], rows=[[line] for line in [*lines, axis.rstrip()]])
