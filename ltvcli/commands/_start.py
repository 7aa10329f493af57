"""The start of a command, as the program passes it on."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class Start(Struct, frozen=True):
    """The time at which a run starts, with its zone, and the language of its command line."""

    now: datetime
    lang: str

    @property
    def today(self) -> date:
        """The day on which it starts."""
        return self.now.date()
