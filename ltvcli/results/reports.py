"""What one run read and found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from ltvcli.results.figures import Figures
from ltvcli.results.sentences import Fact, Finding, Sentence
from ltvcli.results.verdicts import PaybackVerdict, Valuation, Verdict

if TYPE_CHECKING:
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.results.evidence import Evidence
    from ltvcli.results.left_truncation import LeftTruncation

VALUED = ("orders", "subscriptions")
"""Kinds of files that customers are valued from; others say more about these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWord:
    """A word of a column that can say that a row is no sale, and what it does.

    Attributes:
        column: header of the column.
        word: as it stands in the cells; None where any filled cell says the same.
        rows: that hold it.
        meaning: why its rows are excluded; or "sale", "fulfilment", "partly-returned", "disputed",
            "refund-noted", "cancellation-noted", "suspected-fraud" where they count; None if the
            word is not known, so that they count, too.
        orders: that hold it and count; only where the word leaves a doubt.
        revenue: of these orders.
        is_state: whether `meaning` is the state of a subscription, or why that is unknown.
    """

    column: str
    word: str | None
    rows: int
    meaning: str | None
    orders: int | None = None
    revenue: float | None = None
    is_state: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """Where the numbers come from: rows_used plus the excluded rows is rows_read.

    `alerts` are the facts that a check in checks/any needs to warn about this file, by its name.
    """

    path: str
    kind: str
    profile: str
    sha256: str
    first: date | None
    last: date | None
    rows_read: int
    rows_used: int
    set_aside: Mapping[str, int]
    columns: Mapping[str, str]
    notes: tuple[Sentence, ...] = ()
    alerts: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    statuses: tuple[StatusWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsSource:
    """Where settings came from that were not typed: a file, or a variable, and which they are.

    `elsewhere` is whether the file lies in another folder than everything that was read.
    """

    source: str
    names: tuple[str, ...]
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What every run says of itself: what was read and given, and what is worth telling.

    `kind` names the folder of checks that speak about it, besides those that speak about any run.
    `acquisition` is what new customers cost, where spend was given; `left_truncation`
    describes customers of the first months who may only look new.
    """

    kind: ClassVar[str]
    command: str
    version: str
    as_of: date | None
    currency: str | None
    inputs: tuple[InputFile, ...]
    given: Mapping[str, float | str]
    settings: tuple[SettingsSource, ...] = ()
    acquisition: Acquisition | None = None
    left_truncation: LeftTruncation | None = None
    findings: tuple[Finding, ...] = ()
    next_command: str = ""


Row = Mapping[str, float | int | str | None]
"""A row of a table: keys as METRICS has them; the ends of an interval are `_low` and `_high`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line of an answer: what it is about, what it says, and its grade if it has one.

    `upper_bound` tells that no margin is known, so that the grade is the best one possible.
    """

    says: Sentence
    label: str = ""
    grade: str = ""
    upper_bound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One line of the short answer at the top of a page: a label that may hold a number, and text.

    `grade` and `upper_bound` are those of a `Statement`.
    """

    label: Sentence
    says: Sentence
    grade: str = ""
    upper_bound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReport(Run):
    """An answer in sentences and tables.

    The first of `says` is the headline; `terms` are what it stands on. `main` names the table that
    a spreadsheet wants. `horizon` is in months; `basis` is margin or revenue.
    """

    horizon: int | None = None
    basis: str | None = None
    says: tuple[Statement, ...]
    terms: tuple[Sentence, ...] = ()
    main: str
    tables: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Run):
    """What a customer is worth; the JSON document is this, key by key."""

    kind: ClassVar[Literal["calc"]] = "calc"
    horizon: int | None
    basis: str
    figures: Figures
    methods: tuple[Valuation, ...]
    verdict: Verdict
    payback_verdict: PaybackVerdict
    evidence: Evidence | None = None
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
