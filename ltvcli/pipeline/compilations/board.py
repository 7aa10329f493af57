"""A report for a board meeting of thirty minutes, the customers' problems first."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.pipeline.compilations import _questions as of

TITLE = N_("Report for the board")
QUESTIONS = (
    of.LEAVERS,
    of.SCORECARD,
    of.CHANGES,
    of.DECISIONS,
    of.FORECASTS,
    of.TREND,
    of.FORECAST,
)
