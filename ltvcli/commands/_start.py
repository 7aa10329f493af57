"""The start of a command, as the program passes it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Start:
    """The time at which a run starts, with its zone, and the language of its command line."""

    now: datetime
    lang: str

    @property
    def today(self) -> date:
        """The day on which it starts."""
        return self.now.date()
