"""Answers of leavers and of active customers, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ltvcli.engines import duckdb
from ltvcli.facts import leavers
from ltvcli.facts.leavers import Span

SPAN = Span(begin=date(2026, 1, 1), middle=date(2026, 2, 1), end=date(2026, 2, 28))
TABLES = """
create table leavers as select 'left' as customer, date '2026-02-10' as left_on, 9.5 as monthly;
create table payers as select 'stays' as customer, 20.0 as monthly;
create table lives (customer text, first date, last date);
create table cancellations as
    select 'left' as customer, date '2026-02-01' as day, 'price' as said,
        'too expensive' as comment, 0 as sheet, 1 as record
    union all select 'left', date '2026-02-09', 'quality', null, 0, 2;
create table survey_answers as
    select 'stays' as customer, date '2026-01-05' as day, 3 as score, 'slow support' as comment
    union all select 'stays', date '2026-02-05', 9, null
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[duckdb.DuckDB]:
    with duckdb.open([], tmp_path, None) as engine:
        for statement in TABLES.split(";"):
            engine.execute(statement)
        yield engine


def test_a_comment_is_shown_with_the_answer_it_belongs_to(engine: duckdb.DuckDB) -> None:
    facts = leavers.gather(engine, SPAN, with_answers=True)

    assert [(one.score, one.comment) for one in facts.stayers] == [(9, "")]
    assert [(one.stated, one.comment) for one in facts.leavers] == [("quality", "")]
