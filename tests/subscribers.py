"""Subscribers made up, and the way from a history to the answer of ltv."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ltvcli.analyses.calc.answer import Economics, answer
from ltvcli.facts import subscriptions
from ltvcli.settings.settings import Settings
from tests.mrr_reference import Stretch, fill

DAY = timedelta(days=1)


def gathered(engine: Any, history: Sequence[Stretch], as_of: date, **known: Any) -> Any:
    fill(engine, history)
    return subscriptions.gather(engine, as_of, **known)


def worth(engine: Any, history: Sequence[Stretch], as_of: date, **options: Any) -> Economics:
    return answer(Settings(**options), gathered(engine, history, as_of))


def months_after(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, day.day)


def cohort(ends: dict[int, int], stay: int, begun: date = date(2024, 1, 1)) -> list[Stretch]:
    """Customers who left after so many months each, and those who stay."""
    left = [months for months, customers in ends.items() for _ in range(customers)]
    return [
        Stretch(f"c{n}", begun, months_after(begun, months) if months else None)
        for n, months in enumerate([*left, *[0] * stay])
    ]


def written(folder: Path, history: Sequence[Stretch], interval: str = "month") -> str:
    """Write a file of subscriptions."""
    path = folder / "subscriptions.csv"
    rows = [
        f"{one.customer},{one.start},{one.end or ''},{one.amount},{interval}" for one in history
    ]
    path.write_text("\n".join(["customer,start date,end date,amount,interval", *rows, ""]))
    return str(path)


def anniversary(first: date, months: int) -> date:
    """The same day of a later month, or its last."""
    month = first.year * 12 + first.month - 1 + months
    last = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - DAY
    return last if last.day < first.day else last.replace(day=first.day)
