"""The report of a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct, field

from ltvcli.results.figures import Figures
from ltvcli.results.sentences import Fact, Finding, Sentence
from ltvcli.results.verdicts import PaybackVerdict, Valuation, Verdict

if TYPE_CHECKING:
    from ltvcli.results.acquisition import Acquisition
    from ltvcli.results.evidence import Evidence
    from ltvcli.results.left_truncation import LeftTruncation
    from ltvcli.results.levers import Levers, OnCommandLineOnly

VALUED = ("orders", "subscriptions")
"""Kinds of files from which customers are valued; all other kinds add to these."""
TYPED_BARE = (*VALUED, "experiment")
"""Kinds of files that are typed without an option."""


class StatusWord(Struct, frozen=True, kw_only=True):
    """A word of a status column, which may exclude rows, and its effect.

    Attributes:
        column: header of the column.
        word: as written in the cells; None where any filled cell means the same.
        rows: with the word.
        meaning: why its rows are excluded; or "sale", "fulfilment", "partly-returned", "disputed",
            "refund-noted", "cancellation-noted", "suspected-fraud" where they count; None if the
            word is not known, so that they count, too.
        orders: with the word, that count; only where its meaning is doubtful.
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


class InputFile(Struct, frozen=True, kw_only=True):
    """An input: rows_used plus the excluded rows is rows_read.

    `alerts` are the facts of checks in checks/every_report about this file, by name of the check.
    A table of a database has the address of its `source`, without passwords, and no `sha256`.
    `zone` is the time zone in which the days of times are taken that have one.
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
    source: str | None = None
    zone: str | None = None


class SettingsSource(Struct, frozen=True, kw_only=True):
    """The source of settings that were not typed, a file or a variable, and their names.

    `elsewhere` is whether the file lies in another folder than all inputs.
    """

    source: str
    names: tuple[str, ...]
    elsewhere: bool = False


class Run(Struct, frozen=True, kw_only=True):
    """What the reports of all runs have in common: inputs, settings and findings.

    `kind` names the folder of its checks, besides those of every report. `acquisition` is the cost
    of new customers, if spend was given; `left_truncation` describes customers of the first months
    who may only seem new.
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


class Statement(Struct, frozen=True, kw_only=True):
    """One line of an answer: a label, a sentence, and a grade if it has one.

    `upper_bound`: no margin is known, so that the grade is the best one possible.
    """

    says: Sentence
    label: str = ""
    grade: str = ""
    upper_bound: bool = False


class AnswerLine(Struct, frozen=True, kw_only=True):
    """One line of the answer at the top of a page: a label that may hold a number, and text.

    `grade` and `upper_bound` are those of a `Statement`.
    """

    label: Sentence
    says: Sentence
    grade: str = ""
    upper_bound: bool = False


class TableReport(Run, frozen=True, kw_only=True):
    """An answer in sentences and tables.

    The first of `says` is the headline; `terms` are its conditions. `main` names the table for
    spreadsheets. `horizon` is in months; `basis` is margin or revenue.
    """

    horizon: int | None = None
    basis: str | None = None
    says: tuple[Statement, ...]
    terms: tuple[Sentence, ...] = ()
    main: str
    tables: Mapping[str, tuple[Row, ...]]


class Report(Run, frozen=True, kw_only=True):
    """The value of a customer; the JSON document has the same keys.

    `levers` are what a page needs to change the value, or why only `ltv whatif` can change it; None
    if nothing can be changed.
    """

    kind: ClassVar[Literal["calc"]] = "calc"
    horizon: int | None
    basis: str
    figures: Figures
    methods: tuple[Valuation, ...]
    verdict: Verdict
    payback_verdict: PaybackVerdict
    evidence: Evidence | None = None
    levers: Levers | OnCommandLineOnly | None = None
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
