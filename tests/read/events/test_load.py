"""Logs of events, read with every row accounted for and matched with customers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines import duckdb
from ltvcli.errors import (
    AmbiguousDateError,
    EventsNotMatchedError,
    NoEventsError,
    NoListColumnError,
    UnknownRoleError,
)
from ltvcli.read import events, rejects
from ltvcli.read.files import open_files
from ltvcli.results import InputFile
from ltvcli.settings.settings import Settings
from tests.read.events.logs import TOOLS

pytestmark = pytest.mark.sampled

AS_OF = date(2026, 10, 31)
Rows = list[tuple[Any, ...]]


def read(
    folder: Path, *texts: str, out: Path | None = None, **given: Any
) -> tuple[list[InputFile], Rows]:
    """Read logs of customers C1 to C3, of whom C3 has an e-mail address."""
    files = [folder / f"log{number}.csv" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, "utf-8")
    settings = Settings(**given)
    sheets = open_files.open_all(files, settings, folder)
    with duckdb.open([sheet.path for sheet in sheets], folder, None) as engine:
        engine.execute("create table customers as select unnest(['C1', 'C2', 'C3']) as customer")
        engine.execute(
            "create table emails as select unnest(['C3', 'C1', 'C2']) as customer, "
            "unnest(['c@example.com', 'ab@example.com', 'ab@example.com']) as email"
        )
        inputs = events.load(sheets, settings, engine, AS_OF)
        if out:
            rejects.write(engine, sheets, out)
        return list(inputs), engine.execute("from events order by all").fetchall()


@pytest.mark.parametrize("profile", TOOLS)
def test_exports_are_read_unasked(tmp_path: Path, profile: str) -> None:
    (file,), rows = read(tmp_path, TOOLS[profile])

    assert file.profile == profile
    assert [row[:3] for row in rows] == [
        ("C1", date(2026, 1, 5), "Sign in"),
        ("C2", date(2026, 1, 6), "Report made"),
    ]
    twice = 0 if profile == "events_ga4" else 1
    assert file.rows_read == 3 + twice
    assert file.set_aside == {"anonymous": 1} | ({"duplicate-event": 1} if twice else {})


def test_every_row_that_is_not_used_has_a_reason_and_is_written_out(tmp_path: Path) -> None:
    text = (
        "user id,email,time,event,event id,value\n"
        "C1,,2026-01-05 23:59+09:00,open,1,\n"  # line 2: used, on the day that is written
        ",,2026-01-05,open,2,\n"
        "C1,,soon,open,3,\n"
        "C1,,2026-01-05,,4,\n"
        "C1,,2026-11-05,open,5,\n"
        "C9,,2026-01-05,open,6,\n"
        ",ab@example.com,2026-01-05,open,7,\n"
        ",C@Example.com,2026-01-06,buy,8,12.50\n"  # line 9: used
        "C1,,2026-01-05,open,1,\n"
        "C1,,2026-01-05,open\n"
    )
    (file,), rows = read(tmp_path, text, out=tmp_path / "rejects.csv")

    assert rows == [
        ("C1", date(2026, 1, 5), "open", None),
        ("C3", date(2026, 1, 6), "buy", 12.5),
    ]
    assert file.set_aside == {
        "anonymous": 1,
        "date-not-a-date": 1,
        "no-event": 1,
        "after-as-of": 1,
        "customer-unknown": 1,
        "customer-unclear": 1,
        "duplicate-event": 1,
        "ragged": 1,
    }
    assert file.rows_read == file.rows_used + sum(file.set_aside.values()) == 10
    written = (tmp_path / "rejects.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[1:3] for line in written] == [
        ["3", "anonymous"],
        ["4", "date-not-a-date"],
        ["5", "no-event"],
        ["6", "after-as-of"],
        ["7", "customer-unknown"],
        ["8", "customer-unclear"],
        ["10", "duplicate-event"],
        ["11", "ragged"],
    ]


def test_moments_are_days_of_utc_and_this_is_reported(tmp_path: Path) -> None:
    text = "user id,time,event\nC1,{},open\nC2,{},open\n"
    (file,), rows = read(tmp_path, text.format("1767657599", "1767657600"))

    assert [row[1] for row in rows] == [date(2026, 1, 5), date(2026, 1, 6)]
    assert len(file.notes) == 1
    assert read(tmp_path, text.format("1767657599123", "1767657600123"))[1] == rows


def test_values_that_are_no_numbers_are_counted(tmp_path: Path) -> None:
    text = 'user id,time,event,value\nC1,2026-01-05,a,"1,250"\nC1,2026-01-06,b,much\n'
    (file,), rows = read(tmp_path, text)

    assert [row[3] for row in rows] == [1250.0, None]
    assert [note.facts["n"].value for note in file.notes] == [1]  # type: ignore[union-attr]


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    text = "user id,time,event\nC1,2026-01-05,open\n"
    (first, second), rows = read(tmp_path, text, text)

    assert (first.rows_used, second.set_aside, len(rows)) == (1, {"duplicate-file": 1}, 1)


def test_columns_are_named(tmp_path: Path) -> None:
    text = "who,when,what\nC1,05/01/2026,open\nC2,31/01/2026,open\n"
    with pytest.raises(NoListColumnError, match="the customer"):
        read(tmp_path, text)
    named = {"event_customer": "who", "event_day": "when", "event_name": "what"}
    assert read(tmp_path, text, map=named)[1][0][1] == date(2026, 1, 5)
    with pytest.raises(UnknownRoleError):
        read(tmp_path, text, map={**named, "event_hour": "when"})


def test_an_unclear_order_of_day_and_month_is_a_question(tmp_path: Path) -> None:
    text = "user id,time,event\nC1,05/01/2026,open\n"
    with pytest.raises(AmbiguousDateError):
        read(tmp_path, text)
    assert read(tmp_path, text, date_format="%m/%d/%Y")[1][0][1] == date(2026, 5, 1)


def test_a_log_of_nobody_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EventsNotMatchedError, match=r"u-1.*C1"):
        read(tmp_path, "user id,time,event\nu-1,2026-01-05,open\n")
    with pytest.raises(NoEventsError, match="anonymous 1"):
        read(tmp_path, "user id,time,event\n,2026-01-05,open\n")
