"""Effects of the words of status columns on a row, written for any engine.

| word      | reason    | unless                                     |
| cancelled | cancelled | the row is below zero: a refund by itself  |
| trial     | trial     | something was paid                         |
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.read.columns import status_vocabulary
from ltvcli.read.columns.status_columns import EXCLUDED
from ltvcli.read.columns.status_decisions import Decided
from ltvcli.read.columns.status_words import REASONS, Status
from ltvcli.results import Fact, Quantity
from ltvcli.settings.reading import ReadingSettings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.read.profiles import Profile

_AS_ORDER = {"past-due": "unpaid", "paused": "unpaid"}  # statuses of subscriptions only
ATTEMPTS = ("failed", "unpaid", "unfinished")
"""Reasons of payments: a later one may succeed."""
NOT_BELOW_ZERO = " and coalesce(amount >= 0, true)"


class Test(Struct, frozen=True, kw_only=True):
    """Texts of a watched column that exclude their rows.

    Attributes:
        reason: why.
        number: of the column among those watched.
        header: of the column.
        texts: the most frequent first.
        is_of_profile: whether the profile itself says what they do.
        is_refund: whether they mark a refund as a row of its own, which may have no sign.
    """

    reason: str
    number: int
    header: str
    texts: tuple[str, ...]
    is_of_profile: bool
    is_refund: bool


def tests_of(profile: Profile, decided: Sequence[Decided]) -> list[Test]:
    """List the tests that exclude rows, by column and reason.

    Args:
        profile: of the sheet.
        decided: what the texts of its watched columns do.
    """
    order = _order(profile)
    tests = []
    for column in decided:
        status = column.watched.status
        by_reason: dict[tuple[str, bool], list[str]] = {}
        for word in column.words:
            if word.meaning in order:
                is_of_profile = _is_of_profile(status, word.text)
                text = "1" if status.kind == "date" else word.text
                by_reason.setdefault((word.meaning, is_of_profile), []).append(text)
        tests += [
            Test(
                reason=reason,
                number=column.number,
                header=status.header,
                texts=tuple(texts),
                is_of_profile=is_of_profile,
                is_refund=reason == "returned" and status.is_type and not is_of_profile,
            )
            for (reason, is_of_profile), texts in by_reason.items()
        ]
    return tests


def cases_of(profile: Profile, tests: Mapping[str, Sequence[str]]) -> list[str]:
    """Write the cases of SQL that give a row its strongest reason.

    Args:
        profile: of the sheet.
        tests: SQL that is true if a reason applies, by reason.
    """
    return [
        f"when {' or '.join(tests[reason])} then '{reason}'"
        for reason in dict.fromkeys(_order(profile))
        if reason in tests
    ]


def _order(profile: Profile) -> list[str]:
    """List the reasons, the strongest first."""
    return [EXCLUDED, *(rule.reason for rule in profile.leave_out), *REASONS]


def only(reason: str, fields: Collection[str], has_sales: Callable[[str], bool]) -> str:
    """Restrict what a usual word does, as SQL that follows its test.

    An order that says what was refunded is reduced by that. A row below zero is a refund itself,
    unless the order it is of is excluded, too, and nothing says which one that is. A trial that was
    paid for is a sale.

    Args:
        reason: what the word says.
        fields: of a row.
        has_sales: whether rows with the word are above zero, of those that a condition leaves.
    """
    if reason == "trial":
        return " and coalesce(amount, 0) = 0"
    if reason not in ("returned", "cancelled"):
        return ""
    refunded = " and not refunded" if reason == "returned" and "refunded" in fields else ""
    if {"order_key", "order_number"} & {*fields}:
        return f"{NOT_BELOW_ZERO}{refunded}"
    return refunded if has_sales(refunded) else f"{NOT_BELOW_ZERO}{refunded}"


def meanings_given(settings: ReadingSettings) -> dict[str, str]:
    """Return the given meanings of words, folded; statuses of subscriptions as those of orders."""
    return {
        status_vocabulary.fold(word): _AS_ORDER.get(meaning, meaning)
        for word, meaning in settings.words_given.items()
    }


def without_sign(count: int, amount: Any, header: str, word: str) -> dict[str, Fact]:
    """Return the facts of refunds written without a minus sign.

    Args:
        count: of the rows.
        amount: what they add up to.
        header: of the column of types.
        word: the most frequent of its words for refunds.
    """
    return {
        "refunds": Quantity(count, Unit.COUNT),
        "amount": Quantity(float(amount), Unit.MONEY),
        "column": header,
        "word": word,
    }


def _is_of_profile(status: Status, text: str) -> bool:
    """Return whether the profile defines the meaning of a word."""
    return status.kind == "values" or status_vocabulary.fold(text) in status.rules
