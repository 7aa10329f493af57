"""Who pays on a day and what they pay later, compared with a look at every day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given

from ltvcli.engines import duckdb
from ltvcli.facts import standing
from ltvcli.units import DAYS_PER_MONTH
from tests.analyses.mrr.test_laws import as_ofs, histories
from tests.effort import examples
from tests.mrr_reference import NEVER, Stretch, fill

DAY = timedelta(days=1)
AS_OF = date(2025, 5, 31)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


@given(histories(), as_ofs)
@examples(15)
def test_cells_are_those_of_looking_at_every_day(engine: Any, history: Any, as_of: date) -> None:
    fill(engine, history)
    engine.execute("alter table periods add column segment text")
    paid = [
        one
        for one in history
        if one.state in {"paying", "past-due"} and one.amount > 0 and (one.end or NEVER) > one.start
    ]
    assume(any(one.start <= as_of for one in paid))
    until = as_of + 45 * DAY
    found = standing.at(engine, as_of, until, {}, dated=True)

    mrr: Counter[str] = Counter()
    after: Counter[str] = Counter()
    stay: Counter[str] = Counter()
    for one in paid:
        mrr[one.customer] += float(one.amount) * (one.start <= as_of < (one.end or NEVER))
        day = as_of + DAY
        while day <= until:
            after[one.customer] += float(one.amount) * (one.start <= day < (one.end or NEVER))
            day += DAY
        stay[one.customer] |= one.start <= until < (one.end or NEVER)
    standing_now = [name for name, amount in mrr.items() if amount]
    cells = found.standing
    assert cells.customers.sum() == len(standing_now)
    assert cells.mrr.sum() == pytest.approx(sum(mrr[name] for name in standing_now))
    squares = sum(mrr[name] ** 2 for name in standing_now)
    assert cells.mrr_squared.sum() == pytest.approx(squares)
    paid_after = sum(after[name] for name in standing_now) / DAYS_PER_MONTH
    assert cells.paid_ahead.sum() == pytest.approx(paid_after, abs=1e-4)
    assert cells.stay.sum() == sum(stay[name] for name in standing_now)


def test_squares_of_large_amounts_are_no_overflow(engine: Any) -> None:
    fill(engine, [Stretch("a", AS_OF, amount=Decimal(400_000)), Stretch("b", AS_OF)])
    engine.execute("alter table periods add column segment text")

    found = standing.at(engine, AS_OF, AS_OF + 45 * DAY, {}, dated=True)

    assert found.standing.mrr_squared.sum() == 400_000**2 + 100
    assert found.first_mrr.mrr_squared.sum() == 400_000**2 + 100
