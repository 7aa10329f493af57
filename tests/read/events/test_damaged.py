"""Damaged logs: every row is accounted for, or one of our own errors says what is wrong."""

from __future__ import annotations

import contextlib
import random
from datetime import date
from pathlib import Path

import pytest

from ltvcli.engines import duckdb
from ltvcli.errors import LtvError
from ltvcli.facts import early_behaviour
from ltvcli.read import events
from ltvcli.read.files import open_files
from ltvcli.settings.settings import Settings
from tests import effort
from tests.fuzz import mutations
from tests.read.events.logs import TOOLS

AS_OF = date(2026, 10, 31)
HOSTILE = (
    "user id,time,event,value\n"
    "C1,2026-01-05,\"=cmd|' /C calc'!A0\",1e400\n"
    "C1,2026-01-05,\x1b[31mred,-1e15\n"
    'C1,9999-12-30,"drop table events;--",nan\n'
    "C2,0001-01-01,{0} %s {{}},∞\n"
    "C2,1767607200,<script>,9" + "9" * 40 + "\n"
    "C2,2026-01-05,顧客\u202e,１２\n"
)


def read(file: Path, folder: Path) -> None:
    """Read a log, add it up, and hold every row to account."""
    settings = Settings()
    sheets = open_files.open_all([file], settings, folder)
    with duckdb.open([sheet.path for sheet in sheets], folder, None) as engine:
        engine.execute(
            "create table customers as select * from (values ('C1', date '2026-01-01', date "
            "'2026-02-01'), ('C2', date '2026-01-01', null)) as t(customer, first, last)"
        )
        engine.execute("create table emails (customer text, email text)")
        (log,) = events.load(sheets, settings, engine, AS_OF)
        assert log.rows_read == log.rows_used + sum(log.set_aside.values())
        early = early_behaviour.gather(engine, "subscriptions", AS_OF)
        for window in early.windows.values():
            numbers = early_behaviour.numbers(window)
            assert abs(numbers).max(initial=0.0) < 1e3


@pytest.mark.parametrize("seed", effort.family(range(30), *range(10)))
def test_a_damaged_log(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    raw = chance.choice(sorted(TOOLS.values())).encode()
    file = tmp_path / "log.csv"
    file.write_bytes(mutations.change_bytes(raw, chance))
    with contextlib.suppress(LtvError):
        read(file, tmp_path)


def test_hostile_names_and_values(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(HOSTILE, "utf-8")

    read(file, tmp_path)
