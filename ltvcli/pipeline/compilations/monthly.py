"""The month on one page: value, changes, cohorts, segments, MRR and forecast."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.pipeline.compilations import _questions as of

TITLE = N_("Monthly report")
QUESTIONS = (of.VALUE, of.CHANGES, of.COHORTS, of.SEGMENTS, of.MRR, of.FORECAST)
