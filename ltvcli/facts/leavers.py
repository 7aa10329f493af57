"""Facts about churned customers: revenue, stated reasons, and remaining customers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ltvcli.units import DAYS_PER_MONTH, Months

if TYPE_CHECKING:
    from ltvcli.facts.engine import Engine


class Leaver(Struct, frozen=True, kw_only=True):
    """A customer who left.

    Attributes:
        now: in the later of two periods.
        monthly: monthly payment, or for orders monthly revenue.
        stated: reason, as read.cancellations has it.
        comment: "" if there is none.
    """

    now: bool
    monthly: Decimal
    stated: str
    comment: str


class Stayer(Struct, frozen=True, kw_only=True):
    """The last answer of an active customer."""

    score: int
    monthly: Decimal
    comment: str


class Span(Struct, frozen=True, kw_only=True):
    """Two periods of equal length: from `begin` until the day before `middle`, and to `end`."""

    begin: date
    middle: date
    end: date


class LeaverFacts(Struct, frozen=True, kw_only=True):
    """Who left in two periods, how many were there at the start of each, and who answered."""

    leavers: tuple[Leaver, ...]
    stayers: tuple[Stayer, ...]
    at_start: int
    at_start_before: int


def prepare(engine: Engine, as_of: date, lapse_after: Months | None) -> None:
    """Fill the tables `leavers`, `payers` and `lives` of the engine.

    Args:
        engine: holds `periods`, or `customers` of orders.
        as_of: cut-off date of the data.
        lapse_after: of orders, time without an order after which a customer has left; None for
            subscriptions.
    """
    asked: dict[str, Any] = {"as_of": as_of}
    if lapse_after is None:
        engine.run("leavers/subscribers", asked)
    else:
        asked["lapse_days"] = round(lapse_after * DAYS_PER_MONTH)
        engine.run("leavers/buyers", asked)


def gather(engine: Engine, span: Span, *, with_answers: bool) -> LeaverFacts:
    """Add up who left.

    Args:
        engine: that `prepare` has filled, with `cancellations`.
        span: the periods.
        with_answers: whether there are survey answers.
    """
    asked = {"begin": span.begin, "middle": span.middle, "end": span.end}
    left = engine.columns("leavers/left", asked)
    present = engine.row("leavers/present", asked)
    answers = engine.columns("leavers/answers") if with_answers else {}
    return LeaverFacts(
        leavers=tuple(
            Leaver(
                now=bool(row["is_now"]),
                monthly=Decimal(row["monthly"]),
                stated=row["said"],
                comment=row["comment"],
            )
            for row in _rows(left)
        ),
        stayers=tuple(
            Stayer(
                score=int(row["score"]),
                monthly=Decimal(row["monthly"]),
                comment=row["comment"],
            )
            for row in _rows(answers)
        ),
        at_start=present["now"],
        at_start_before=present["before"],
    )


def _rows(columns: Any) -> list[dict[str, Any]]:
    values = [column.tolist() for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
