"""What a command is told by the program it runs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Start:
    """The day on which a run starts, and the language of its command line."""

    today: date
    lang: str
