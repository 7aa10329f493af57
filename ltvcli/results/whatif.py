"""What changes would lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ltvcli.results.reports import TableReport
from ltvcli.results.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfReport(TableReport):
    """What changes would lead to, and what checks look at beside the tables.

    `changed` names the levers that were changed, `links` what each lever answers to. `stage` is how
    far along the business is: findings go by it, no figure does.
    """

    before: Verdict
    after: Verdict
    changed: tuple[str, ...] = ()
    links: Mapping[str, tuple[str, ...]]
    stage: str | None = None
    growth: bool = False
