"""What was recorded: runs, and the figures of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from ltvcli.results.reports import TableReport


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryReport(TableReport):
    """What the history says; `action` is the word that was typed after `ltv history`.

    Attributes:
        action: what was asked for.
        runs: how many runs the history holds.
        number: of the run that was shown or forgotten.
        document: of the run that was shown, as it was recorded.
    """

    kind: ClassVar = "history"
    action: Literal["list", "show", "forget", "export", "trend"] = "list"
    runs: int = 0
    number: int | None = None
    document: Mapping[str, Any] = field(default_factory=dict)
