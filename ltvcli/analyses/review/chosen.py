"""Which whole periods are reviewed and compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from ltvcli.analyses.review.figures import whole_periods
from ltvcli.errors import (
    NoEarlierPeriodError,
    NotAComparisonError,
    NotAWholePeriodError,
    NoWholePeriodError,
    PeriodElsewhereError,
)
from ltvcli.formulas import periods
from ltvcli.formulas.periods import Period, Span
from ltvcli.language import N_

if TYPE_CHECKING:
    from ltvcli.facts.periods import PeriodFacts
    from ltvcli.facts.subscriber_periods import SubscriberPeriods

PREVIOUS: Literal["previous"] = "previous"
LAST_YEAR: Literal["last-year"] = "last-year"
SPAN_WORDS = {"week": N_("week"), "month": N_("month"), "quarter": N_("quarter")}


class Chosen(Struct, frozen=True, kw_only=True):
    """The reviewed period, the period it is compared with, and the same period a year before.

    `known` are all whole periods up to the reviewed one, the oldest first. Either of the others is
    None where the data does not hold it whole.
    """

    known: tuple[Period, ...]
    period: Period
    against: Period | None
    year_ago: Period | None


def choose(facts: PeriodFacts | SubscriberPeriods, span: Span, against: str) -> Chosen:
    """Choose the last whole period and the period to compare it with.

    Args:
        facts: about periods.
        span: length of a period.
        against: "previous", "last-year", or the first and last day of a whole period.

    Raises:
        NoWholePeriodError: the data holds no whole period.
        NotAComparisonError: `against` is nothing of these.
        NotAWholePeriodError: these days are no whole period.
        PeriodElsewhereError: that period is not in the data, or not before the reviewed one.
        NoEarlierPeriodError: the data holds one whole period only.
    """
    asked = comparison_of(against, span)
    known = whole_periods(facts, span)
    if not known:
        raise NoWholePeriodError(first=facts.first, last=facts.as_of, span=SPAN_WORDS[span])
    period = known[-1]
    before = known[:-1]
    if isinstance(asked, Period) and asked not in before:
        _refuse(against, period, before)
    previous = {
        PREVIOUS: period.earlier(),
        LAST_YEAR: period.a_year_earlier,
    }
    compared = asked if isinstance(asked, Period) else previous[asked]
    return Chosen(
        known=tuple(known),
        period=period,
        against=compared if compared in before else None,
        year_ago=period.a_year_earlier if period.a_year_earlier in before else None,
    )


def comparison_of(against: str, span: Span) -> Period | Literal["previous", "last-year"]:
    """Read the period to compare with.

    >>> comparison_of("2026-09-01..2026-09-30", "month").name
    '2026-09'

    Raises:
        NotAComparisonError: it is neither a word that is known nor two days.
        NotAWholePeriodError: the two days are no whole period.
    """
    if against in (PREVIOUS, LAST_YEAR):
        return PREVIOUS if against == PREVIOUS else LAST_YEAR
    first, dots, last = (text.strip() for text in against.partition(".."))
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        days = None
    if not dots or days is None:
        raise NotAComparisonError(text=against, example="2026-09-01..2026-09-30")
    period = periods.of(span, days[0])
    if (period.first, period.last) != days:
        example = f"{period.first}..{period.last}"
        raise NotAWholePeriodError(text=against, span=SPAN_WORDS[span], example=example)
    return period


def _refuse(against: str, period: Period, before: Sequence[Period]) -> None:
    if not before:
        span = SPAN_WORDS[period.span]
        raise NoEarlierPeriodError(text=against, span=span, period=period.name)
    raise PeriodElsewhereError(
        text=against, period=period.name, oldest=before[0].name, newest=before[-1].name
    )
