"""What ltv finds out: plain frozen records, no behaviour, no formatting.

A field says once what it is called, what it is measured in and what it means; every format and
`ltv explain` read that. `None` means "not known" or "not defined"; 0 always means zero.

Here stands what every run needs; what one command finds out is imported from its own module.
"""

from typing import TYPE_CHECKING

from ltvcli.results.about import About, Figure, described
from ltvcli.results.figures import EXPECTED, Estimate, Figures, Source
from ltvcli.results.reports import (
    VALUED,
    AnswerLine,
    InputFile,
    Report,
    Row,
    Run,
    SettingsSource,
    Statement,
    StatusWord,
    TableReport,
)
from ltvcli.results.sentences import Fact, Finding, Interval, Quantity, Sentence, Severity
from ltvcli.results.verdicts import Grade, PaybackGrade, PaybackVerdict, Valuation, Verdict

if TYPE_CHECKING:
    from ltvcli.results.mrr import MrrReport
    from ltvcli.results.together import TogetherReport

    AnyReport = Report | MrrReport | TogetherReport | TableReport
    """What a format can write."""

__all__ = [
    "EXPECTED",
    "VALUED",
    "About",
    "AnswerLine",
    "Estimate",
    "Fact",
    "Figure",
    "Figures",
    "Finding",
    "Grade",
    "InputFile",
    "Interval",
    "PaybackGrade",
    "PaybackVerdict",
    "Quantity",
    "Report",
    "Row",
    "Run",
    "Sentence",
    "SettingsSource",
    "Severity",
    "Source",
    "Statement",
    "StatusWord",
    "TableReport",
    "Valuation",
    "Verdict",
    "described",
]
