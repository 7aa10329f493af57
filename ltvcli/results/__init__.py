"""The results of ltv: plain frozen records, without behaviour or formatting.

The label, unit and meaning of a field stand at the field; every format and
`ltv explain` read that. `None` means "not known" or "not defined"; 0 always means zero.

This module offers what every run needs; the results of one command are imported from their module.
"""

from typing import TYPE_CHECKING

from ltvcli.results.about import About, Figure, described
from ltvcli.results.figures import EXPECTED, Estimate, Figures, Source, interval_columns
from ltvcli.results.reports import (
    TYPED_BARE,
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
    from ltvcli.results.combined import CombinedReport
    from ltvcli.results.compiled import CompiledReport
    from ltvcli.results.mrr import MrrReport

    AnyReport = Report | MrrReport | CombinedReport | CompiledReport | TableReport
    """Reports that a format can write."""

__all__ = [
    "EXPECTED",
    "TYPED_BARE",
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
    "interval_columns",
]
