"""Sentences: a template and the facts that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from ltvcli.units import Unit


class Severity(StrEnum):
    """Severity of a finding for the headline, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Quantity(Struct, frozen=True):
    """A number with its unit, inside a sentence."""

    value: float
    unit: Unit


class Interval(Struct, frozen=True):
    """The ends of an interval with their unit, inside a sentence.

    `value` is the estimate written next to it, so that rounding never puts it outside.
    """

    low: float
    high: float
    unit: Unit
    value: float | None = None


class Sentence(Struct, frozen=True):
    """One sentence for a reader: an English template and the facts that fill it.

    `text` is marked with N_ where it is written; formats translate it and write the numbers.
    A fact that is a `str` is shown as it is, unless it is itself a marked text (a grade).
    """

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


Fact = Quantity | Interval | Sentence | str | int | date


class Finding(Struct, frozen=True, kw_only=True):
    """A finding for readers of a result, and the option that would resolve it."""

    check: str
    severity: Severity
    says: Sentence
    option: str = ""
