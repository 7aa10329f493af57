"""What one run read and found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ltvcli.results.figures import Figures
from ltvcli.results.sentences import Finding, Sentence
from ltvcli.results.verdicts import PaybackVerdict, Valuation, Verdict
from ltvcli.units import Money, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """Where the numbers come from: rows_used plus the rows set aside is rows_read."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What checks look at beside the figures."""

    months: int
    first: date
    last: date
    rows_read: int
    rows_used: int
    no_customer_revenue: Money
    net_revenue: Money
    largest_customer_revenue: Money
    new_customers: Mapping[date, int]
    cost_share: Rate | None
    last_gap_days: int
    lapse_sampled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What every run says of itself: what was read and given, and what is worth telling."""

    command: str
    version: str
    as_of: date | None
    currency: str | None
    inputs: tuple[InputFile, ...]
    given: Mapping[str, float | str]
    findings: tuple[Finding, ...] = ()
    next_command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Run):
    """What a customer is worth; the JSON document is this, key by key."""

    horizon: int | None
    basis: str
    figures: Figures
    methods: tuple[Valuation, ...]
    verdict: Verdict
    payback_verdict: PaybackVerdict
    evidence: Evidence | None = None
    tables: Mapping[str, tuple[Mapping[str, float | int | str | None], ...]] = field(
        default_factory=dict
    )
