"""Cancellations, read with every row accounted for and matched with customers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines import duckdb
from ltvcli.errors import AmbiguousColumnError, NoListColumnError
from ltvcli.read import cancellations
from ltvcli.read.files import open_files
from ltvcli.results import InputFile
from ltvcli.settings.settings import Settings

AS_OF = date(2026, 10, 31)
STRIPE = """\
id,Customer ID,Canceled At (UTC),cancellation_details.reason,cancellation_details.feedback,\
cancellation_details.comment
s1,C1,2026-01-05 10:00,cancellation_requested,too_expensive,Too dear
s2,C2,2026-01-06 10:00,payment_failed,,
s3,C3,2026-01-07 10:00,cancellation_requested,,
"""
CHARGEBEE = """\
Subscription Id,Customer Id,Cancelled At,Cancel Reason,Cancel Reason Code
s1,C1,05-Jan-2026 10:00,,Too expensive
s2,C2,06-Jan-2026 10:00,Not Paid,
s3,C3,07-Jan-2026 10:00,,
"""
JAPANESE = """\
顧客ID,解約日,解約理由,コメント
C1,2026年1月5日,料金が高い,高すぎます
C2,2026年1月6日,決済エラー,
C3,2026年1月7日,無回答,
"""


def read(folder: Path, text: str, **given: Any) -> tuple[InputFile, list[tuple[Any, ...]]]:
    file = folder / "churn.csv"
    file.write_text(text, "utf-8")
    settings = Settings(**given)
    sheets = open_files.open_all([file], settings, folder)
    with duckdb.open([sheet.path for sheet in sheets], folder, None) as engine:
        engine.execute("create table customers as select unnest(['C1', 'C2', 'C3']) as customer")
        engine.execute("create table emails as select 'C3' as customer, 'c@example.com' as email")
        (read_file,) = cancellations.load(sheets, settings, engine, AS_OF)
        query = "select customer, day, said from cancellations order by record"
        return read_file, engine.execute(query).fetchall()


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        (STRIPE, "cancellations_stripe"),
        (CHARGEBEE, "cancellations_chargebee"),
        (JAPANESE, "generic_cancellations"),
    ],
)
def test_exports_are_read_unasked(tmp_path: Path, text: str, profile: str) -> None:
    file, rows = read(tmp_path, text)

    assert file.profile == profile
    assert rows == [
        ("C1", date(2026, 1, 5), "too_expensive"),
        ("C2", date(2026, 1, 6), "payment_failed"),
        ("C3", date(2026, 1, 7), "not_said"),
    ]
    assert (file.rows_read, file.rows_used) == (3, 3)


def test_every_row_that_is_not_used_has_a_reason(tmp_path: Path) -> None:
    text = (
        "customer,email,day,reason\nC1,,2026-01-05,price\n,,2026-01-05,price\n"
        "C2,,soon,price\nC9,,2026-01-05,price\nC2,,2026-12-05,price\n"
        ",C@example.com,2026-01-05,price\n"
    )
    file, rows = read(tmp_path, text)

    assert [row[0] for row in rows] == ["C1", "C3"]
    assert file.set_aside == {
        "after-as-of": 1,
        "customer-unknown": 1,
        "date-not-a-date": 1,
        "no-customer": 1,
    }


def test_words_of_one_row_may_be_a_comment_and_are_not_shown(tmp_path: Path) -> None:
    text = "customer,day,reason\n" + "".join(
        f"C{1 + number % 3},2026-01-0{number + 1},{said}\n"
        for number, said in enumerate(["Moved abroad"] * 3 + ["Call me I am John of C1"])
    )
    _, rows = read(tmp_path, text)

    assert [row[2] for row in rows] == ["Moved abroad"] * 3 + ["other"]


def test_a_column_that_is_missing_or_ambiguous_is_a_question(tmp_path: Path) -> None:
    with pytest.raises(NoListColumnError) as raised:
        read(tmp_path, "customer,day\nC1,2026-01-05\n")
    assert "--map cancellation_reason=COLUMN" in str(raised.value.facts["flags"])

    with pytest.raises(AmbiguousColumnError) as ambiguous:
        read(tmp_path, "customer,day,reason,churn reason\nC1,2026-01-05,price,cost\n")
    assert ambiguous.value.facts["flag"] == '--map cancellation_reason="reason"'
