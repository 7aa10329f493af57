"""A report for investors: value, cohorts, retention, earlier reports, and claims."""

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
