"""The Python API: one file per question, with its function and the type of its answer.

What a command records with `--record`, its function records with `record=True`: see `recording`.
"""

from ltvcli.api.audit import AuditAnswer, audit
from ltvcli.api.benchmark import BenchmarkAnswer, benchmark
from ltvcli.api.bonus import BonusAnswer, bonus
from ltvcli.api.calc import Answer, CombinedAnswer, calc
from ltvcli.api.check import CheckAnswer, check
from ltvcli.api.cohorts import CohortsAnswer, cohorts
from ltvcli.api.experiment import ExperimentAnswer, experiment
from ltvcli.api.history import HistoryAnswer, history
from ltvcli.api.mrr import MrrAnswer, mrr
from ltvcli.api.predict import PredictAnswer, predict
from ltvcli.api.report import CompiledAnswer, report
from ltvcli.api.review import ReviewAnswer, review
from ltvcli.api.risk import RiskAnswer, risk
from ltvcli.api.scorecard import ScorecardAnswer, scorecard
from ltvcli.api.segments import SegmentsAnswer, segments
from ltvcli.api.whatif import WhatIfAnswer, whatif

__all__ = [
    "Answer",
    "AuditAnswer",
    "BenchmarkAnswer",
    "BonusAnswer",
    "CheckAnswer",
    "CohortsAnswer",
    "CombinedAnswer",
    "CompiledAnswer",
    "ExperimentAnswer",
    "HistoryAnswer",
    "MrrAnswer",
    "PredictAnswer",
    "ReviewAnswer",
    "RiskAnswer",
    "ScorecardAnswer",
    "SegmentsAnswer",
    "WhatIfAnswer",
    "audit",
    "benchmark",
    "bonus",
    "calc",
    "check",
    "cohorts",
    "experiment",
    "history",
    "mrr",
    "predict",
    "report",
    "review",
    "risk",
    "scorecard",
    "segments",
    "whatif",
]
