"""The panel in which a reader changes churn, price or cost: its texts, and data of its script."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from msgspec import Struct, to_builtins

from ltvcli.language import N_, translate
from ltvcli.pages.shared import graded
from ltvcli.results import Figures, Grade, described
from ltvcli.results.levers import Levers, OnCommandLineOnly
from ltvcli.text.numbers import MISSING, show
from ltvcli.text.words import SIGNS, fill
from ltvcli.units import Unit

TITLE = N_("What if")
SAME = N_("The same on the command line, with intervals:")
NOTE = N_(
    "Estimates without an interval. Retained customers are assumed to behave like existing ones; "
    "nothing else changes by itself."
)
NOTE_LINKED = N_(
    "Estimates without an interval. Retained customers are assumed to behave like existing ones. "
    "Elasticities in ltv.yaml apply: {links}."
)
LINK = N_("{moved} moves by {elasticity}% for each 1% of {mover}")
TYPE = N_("On the command line:")
LTV, RATIO = N_("LTV"), N_("LTV/CAC")
SIMPLE, OBSERVED = N_("CAC payback, simple formula"), N_("CAC payback, observed")
GRADE = N_("Verdict")
FARTHEST = 50
"""Percent by which a slider moves at most; the CAC may double."""
CLASSES = {"✓": "good", "~": "fair", "!": "poor", "✗": "bad", "?": "open"}


class Slider(Struct, frozen=True, kw_only=True):
    """A lever, and by how many percent it can be moved."""

    name: str
    label: str
    least: int
    most: int


class Panel(Struct, frozen=True, kw_only=True):
    """Texts of the panel; `results` are the name, label and first text of each figure."""

    title: str
    levers: list[Slider]
    results: list[tuple[str, str, str]]
    same: str
    note: str
    reset: str
    data: str


def panel(levers: Levers, lang: str) -> Panel:
    """Describe the panel for the levers of a page."""
    texts = {
        "months": show(2.0, Unit.MONTHS, None, lang).replace("2.0", "{n}"),
        "grades": {grade: graded(grade, lang) for grade in Grade},
        "at_most": {grade: graded(grade, lang, upper_bound=True) for grade in Grade},
        "classes": {grade: CLASSES[SIGNS[grade]] for grade in Grade},
    }
    data = {**to_builtins(levers), "texts": texts}
    return Panel(
        title=translate(TITLE, lang),
        levers=[_slider(name, value, lang) for name, value in levers.values.items()],
        results=list(_results(levers, lang)),
        same=translate(SAME, lang),
        note=_note(levers, lang),
        reset=translate(N_("back to the data"), lang),
        data=json.dumps(data, separators=(",", ":")),
    )


def because(fixed: OnCommandLineOnly, lang: str) -> str:
    """Describe why a page has no sliders, with the command to use instead."""
    return f"{translate(fixed.because, lang)} {translate(TYPE, lang)}"


def _note(levers: Levers, lang: str) -> str:
    """Describe the numbers, and which of them a lever changes."""
    pairs = [
        {"moved": _label(moved, lang), "mover": _label(mover, lang), "elasticity": f"{power:g}"}
        for moved, movers in levers.links.items()
        for mover, power in movers.items()
    ]
    if not pairs:
        return translate(NOTE, lang)
    links = "; ".join(fill(LINK, pair, lang) for pair in pairs)
    return fill(NOTE_LINKED, {"links": links}, lang)


def _label(lever: str, lang: str) -> str:
    return translate(dict(described(Figures))[lever].label, lang)


def _slider(name: str, value: float, lang: str) -> Slider:
    most = 2 * FARTHEST if name == "cac" else FARTHEST
    if name in ("churn", "margin"):
        most = min(most, math.floor(100 * (1 / value - 1) + 1e-9))
    return Slider(
        name=name,
        label=_label(name, lang),
        least=-FARTHEST,
        most=most,
    )


def _results(levers: Levers, lang: str) -> Iterator[tuple[str, str, str]]:
    names = {"ltv": LTV, "ltv_to_cac": RATIO, "grade": GRADE, "payback": SIMPLE}
    if levers.revenue:
        names["payback_observed"] = OBSERVED
    for name, label in names.items():
        yield name, translate(label, lang), MISSING
