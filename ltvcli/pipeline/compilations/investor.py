"""What an investor asks for: value, cohorts, retention, what was reported earlier, and claims."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.pipeline.compilations import _questions as of

TITLE = N_("Report for investors")
QUESTIONS = (
    of.VALUE,
    of.COHORTS,
    of.RETENTION,
    of.MRR,
    of.TREND,
    of.TREND_OF_RATIO,
    of.CLAIMS,
)
