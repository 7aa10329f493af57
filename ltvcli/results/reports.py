"""Everything one run found out."""

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
class Report:
    """Everything one run found out; the JSON document is this, key by key."""

    command: str
    version: str
    as_of: date | None
    currency: str | None
    horizon: int | None
    basis: str
    inputs: tuple[InputFile, ...]
    given: Mapping[str, float | str]
    figures: Figures
    methods: tuple[Valuation, ...]
    verdict: Verdict
    payback_verdict: PaybackVerdict
    evidence: Evidence | None = None
    findings: tuple[Finding, ...] = ()
    tables: Mapping[str, tuple[Mapping[str, float | int | str | None], ...]] = field(
        default_factory=dict
    )
    next_command: str = ""
