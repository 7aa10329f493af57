"""What ltv finds out: plain frozen records, no behaviour, no formatting.

A field says once what it is called, what it is measured in and what it means; every format and
`ltv explain` read that. `None` means "not known" or "not defined"; 0 always means zero.
"""

from ltvcli.results.about import About, Figure, described
from ltvcli.results.acquisition import Acquisition, ChannelCost, MonthCost
from ltvcli.results.audit import CLAIMS, AuditReport, Claim, Compared, Difference, SeenChurn
from ltvcli.results.cohorts import CohortEvidence, CohortsReport, Crowd
from ltvcli.results.figures import EXPECTED, Estimate, Figures, Source
from ltvcli.results.mrr import Comparison, Leaving, Month, MrrReport, PlanMonth
from ltvcli.results.reports import (
    VALUED,
    Duration,
    Evidence,
    InputFile,
    Report,
    Row,
    Run,
    Statement,
    Subscribers,
    TableReport,
)
from ltvcli.results.sentences import Fact, Finding, Quantity, Sentence, Severity
from ltvcli.results.together import Matching, TogetherReport
from ltvcli.results.verdicts import Grade, PaybackGrade, PaybackVerdict, Valuation, Verdict

__all__ = [
    "CLAIMS",
    "EXPECTED",
    "VALUED",
    "About",
    "Acquisition",
    "AnyReport",
    "AuditReport",
    "ChannelCost",
    "Claim",
    "CohortEvidence",
    "CohortsReport",
    "Compared",
    "Comparison",
    "Crowd",
    "Difference",
    "Duration",
    "Estimate",
    "Evidence",
    "Fact",
    "Figure",
    "Figures",
    "Finding",
    "Grade",
    "InputFile",
    "Leaving",
    "Matching",
    "Month",
    "MonthCost",
    "MrrReport",
    "PaybackGrade",
    "PaybackVerdict",
    "PlanMonth",
    "Quantity",
    "Report",
    "Row",
    "Run",
    "SeenChurn",
    "Sentence",
    "Severity",
    "Source",
    "Statement",
    "Subscribers",
    "TableReport",
    "TogetherReport",
    "Valuation",
    "Verdict",
    "described",
]

AnyReport = Report | MrrReport | TogetherReport | TableReport
"""What a format can write."""
