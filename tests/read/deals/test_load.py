"""Deals, read into one row per won deal with every row of the files accounted for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines import duckdb
from ltvcli.errors import (
    AmbiguousColumnError,
    AmbiguousDecimalError,
    MixedDealCurrencyError,
    NoListColumnError,
    NoWonDealsError,
    UnknownRoleError,
)
from ltvcli.read import deals
from ltvcli.read.deals import DealsReading
from ltvcli.read.files import open_files
from ltvcli.settings.settings import Settings

pytestmark = pytest.mark.sampled

AS_OF = date(2026, 10, 31)
PLAIN = """deal,customer,owner,team,signed,value,commission,channel,plan
D1,C1,Sato,East,2026-01-05,1200,100.50,web,pro
D2,C2,Ito,West,2026-02-01,600,50,ads,
"""
HUBSPOT = """Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Customer ID,Commission
101,Acme new,Closed Won (Sales Pipeline),2026-01-05 14:30,Sato,1200,C1,100
102,Beta,Closed Lost (Sales Pipeline),2026-01-06 09:00,Sato,900,C2,90
103,Gamma,Contract Sent (Sales Pipeline),2026-01-07 09:00,Ito,800,C3,80
"""
SALESFORCE = """\
Opportunity ID,Opportunity Name,Account ID,Opportunity Owner,\
Owner Role,Stage,Close Date,Amount,Lead Source,\
Commission
006A,Acme,001X,Sato,East,Closed Won,13/1/2026,"USD 1,200.00",Web,USD 100.00
006B,Beta,001Y,Ito,West,Negotiation,14/1/2026,"USD 900.00",Ads,USD 90.00
"""
PIPEDRIVE = """\
Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Status,\
Deal - Won time,Person - Email,Deal - Commission
1,Acme,Sato,1200,EUR,Won,2026-01-05 10:11:12,A@Example.com,100
2,Beta,Ito,900,EUR,Lost,,b@example.com,90
"""
JAPANESE = """商談番号,顧客ID,営業担当,部署,受注日,契約金額,報奨金,流入元,プラン,フェーズ
S1,C1,佐藤,東,2026年1月5日,"￥120,000","￥10,000",広告,プロ,受注
S2,C2,伊藤,西,2026/2/1,"６０，０００","５，０００",紹介,基本,失注
"""


def read(
    folder: Path, *texts: str, encoding: str = "utf-8", **given: Any
) -> tuple[DealsReading, list[dict[str, Any]]]:
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"deals-{number}.csv")
        files[-1].write_text(text, encoding)
    settings = Settings(**given)
    sheets = open_files.open_all(files, settings, folder)
    with duckdb.open([sheet.path for sheet in sheets], folder, None) as engine:
        reading = deals.load(sheets, settings, engine, AS_OF)
        cursor = engine.execute("select * from deals order by deal")
        names = [column[0] for column in cursor.description or []]
        return reading, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_every_column_is_read_and_money_is_exact(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, PLAIN)

    assert rows[0] == {
        "deal": "D1",
        "customer": "C1",
        "email": None,
        "owner": "Sato",
        "team": "East",
        "signed": date(2026, 1, 5),
        "value": Decimal("1200.0000"),
        "commission": Decimal("100.5000"),
        "channel": "web",
        "plan": "pro",
    }
    assert rows[1]["plan"] == ""
    assert (reading.inputs[0].rows_read, reading.inputs[0].rows_used) == (2, 2)
    assert "every row counts" in reading.inputs[0].notes[-1].text


@pytest.mark.parametrize(
    ("text", "profile", "deal", "customer", "currency"),
    [
        (HUBSPOT, "deals_hubspot", "101", "C1", None),
        (SALESFORCE, "deals_salesforce", "006A", "001X", "USD"),
        (PIPEDRIVE, "deals_pipedrive", "1", None, "EUR"),
        (JAPANESE, "generic_deals", "S1", "C1", "JPY"),
    ],
)
def test_exports_of_crms_are_read_unasked(
    tmp_path: Path, text: str, profile: str, deal: str, customer: str | None, currency: str | None
) -> None:
    reading, rows = read(tmp_path, text)

    assert reading.inputs[0].profile == profile
    assert [(row["deal"], row["customer"]) for row in rows] == [(deal, customer)]
    assert rows[0]["owner"] in ("Sato", "佐藤")
    assert rows[0]["signed"] in (date(2026, 1, 5), date(2026, 1, 13))
    assert rows[0]["commission"] in (Decimal(100), Decimal(10_000))
    assert reading.currency == currency
    assert reading.inputs[0].set_aside == {"deal-not-won": text.count("\n") - 2}


def test_shift_jis_and_full_width_digits(tmp_path: Path) -> None:
    _, rows = read(tmp_path, JAPANESE.replace("失注", "成約"), encoding="cp932")

    assert [row["commission"] for row in rows] == [Decimal(10_000), Decimal(5_000)]
    assert rows[1]["team"] == "西"


def test_an_email_address_identifies_a_customer(tmp_path: Path) -> None:
    _, rows = read(tmp_path, PIPEDRIVE)

    assert rows[0]["email"] == "a@example.com"


def test_every_row_that_is_not_used_has_a_reason(tmp_path: Path) -> None:
    text = (
        "deal,customer,signed,commission,stage\n"
        "D1,C1,2026-01-05,10,Won\n"
        ",C2,2026-01-05,10,Won\n"
        "D3,C3,soon,10,Won\n"
        "D4,C4,2026-01-05,ten,Won\n"
        "D5,C5,2026-01-05,-10,Won\n"
        "D6,C6,2026-01-05,10,Lost\n"
        "D7,C7,2026-12-05,10,Won\n"
        "D1,C1,2026-01-05,10,Won\n"
        "D8,C8,2026-01-05,,Won\n"
    )
    reading, rows = read(tmp_path, text)

    assert reading.inputs[0].set_aside == {
        "after-as-of": 1,
        "amount-not-a-number": 1,
        "commission-below-zero": 1,
        "date-not-a-date": 1,
        "deal-not-won": 1,
        "duplicate-deal": 1,
        "no-deal": 1,
    }
    assert [row["deal"] for row in rows] == ["D1", "D8"]
    assert rows[1]["commission"] is None
    assert reading.copies == ()


@pytest.mark.slow
def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, PLAIN, PLAIN)

    assert len(rows) == 2
    assert reading.inputs[1].set_aside == {"duplicate-file": 2}


def test_the_last_of_copies_that_disagree_counts_and_is_reported(tmp_path: Path) -> None:
    reading, rows = read(tmp_path, PLAIN, PLAIN.replace("100.50", "90").replace("D2", "D9"))

    assert [(row["deal"], row["commission"]) for row in rows] == [
        ("D1", Decimal(90)),
        ("D2", Decimal(50)),
        ("D9", Decimal(50)),
    ]
    (copies,) = reading.copies
    assert (copies.deal, copies.differ, copies.lost) == ("D1", True, False)
    assert (copies.commission, copies.least, copies.most) == (
        Decimal(90),
        Decimal(90),
        Decimal("100.50"),
    )


def test_a_last_copy_without_a_commission_has_none(tmp_path: Path) -> None:
    text = "deal,customer,signed,commission\nD1,C1,2026-01-05,90\nD1,C1,2026-01-05,\n"
    reading, rows = read(tmp_path, text)

    assert [row["commission"] for row in rows] == [None]
    assert [(copies.commission, copies.most) for copies in reading.copies] == [(None, Decimal(90))]


def test_a_deal_that_is_won_and_lost_is_reported(tmp_path: Path) -> None:
    text = "deal,customer,signed,stage\nD1,C1,2026-01-05,Won\nD1,C1,2026-01-05,Lost\n"
    reading, rows = read(tmp_path, text)

    assert len(rows) == 1
    assert [(copies.deal, copies.differ, copies.lost) for copies in reading.copies] == [
        ("D1", False, True)
    ]


def test_a_column_that_is_missing_is_a_question_with_the_flag(tmp_path: Path) -> None:
    with pytest.raises(NoListColumnError) as raised:
        read(tmp_path, "deal,customer,value\nD1,C1,3\n")

    assert raised.value.facts["flags"] == "--map deal_signed=COLUMN"
    assert raised.value.facts["columns"] == "deal, customer, value"


def test_an_ambiguous_column_is_a_question_with_the_flag(tmp_path: Path) -> None:
    text = PLAIN.replace("team", "sales rep")
    with pytest.raises(AmbiguousColumnError) as raised:
        read(tmp_path, text)

    assert raised.value.facts["candidates"] == "owner, sales rep"
    assert raised.value.facts["flag"] == '--map deal_owner="owner"'
    _, rows = read(tmp_path, text, map={"deal_owner": "owner"})
    assert rows[0]["owner"] == "Sato"


def test_a_role_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownRoleError) as raised:
        read(tmp_path, PLAIN, map={"deal_oner": "owner"})

    assert raised.value.facts["known"].startswith("deal_owner")


def test_a_stage_of_another_name_is_won_where_it_is_named(tmp_path: Path) -> None:
    text = "deal,customer,signed,stage\nD1,C1,2026-01-05,Stage 5\nD2,C1,2026-01-05,Stage 4\n"
    with pytest.raises(NoWonDealsError) as raised:
        read(tmp_path, text)

    assert raised.value.facts["stages"] == "Stage 4 1, Stage 5 1"
    _, rows = read(tmp_path, text, map={"deal_won": "stage 5"})
    assert [row["deal"] for row in rows] == ["D1"]


def test_currencies_do_not_add_up(tmp_path: Path) -> None:
    text = (
        "deal,customer,signed,commission,currency\nD1,C1,2026-01-05,1,USD\nD2,C1,2026-01-05,1,JPY\n"
    )
    with pytest.raises(MixedDealCurrencyError):
        read(tmp_path, text)

    reading, rows = read(tmp_path, text, currency="JPY")
    assert [row["deal"] for row in rows] == ["D2"]
    assert reading.inputs[0].set_aside == {"other-currency": 1}


def test_the_order_of_rows_changes_no_deal(tmp_path: Path) -> None:
    head, *lines = PLAIN.splitlines(keepends=True)
    _, rows = read(tmp_path, PLAIN)
    _, turned = read(tmp_path, head + "".join(reversed(lines)))

    assert rows == turned


def test_a_deal_is_matched_by_id_or_else_by_email(tmp_path: Path) -> None:
    text = (
        "deal,customer,email,signed\n"
        "D1,C1,,2026-01-05\n"
        "D2,unknown,b@example.com,2026-01-05\n"
        "D3,c@example.com,,2026-01-05\n"
        "D4,,shared@example.com,2026-01-05\n"
        "D5,nobody here,,2026-01-05\n"
    )
    file = tmp_path / "deals.csv"
    file.write_text(text, "utf-8")
    sheets = open_files.open_all([file], Settings(), tmp_path)
    with duckdb.open([sheet.path for sheet in sheets], tmp_path, None) as engine:
        deals.load(sheets, Settings(), engine, AS_OF)
        engine.execute(
            "create table customers as select unnest(['C1', 'C2', 'C3', 'C4', 'C5']) as customer"
        )
        engine.execute(
            "create table emails as from (values ('C2', 'b@example.com'), ('C3', 'c@example.com'), "
            "('C4', 'shared@example.com'), ('C5', 'shared@example.com'), ('gone', 'x@example.com')"
            ") t(customer, email)"
        )
        deals.match(engine)
        rows = engine.execute("select deal, matched from matched_deals order by deal").fetchall()

    assert rows == [("D1", "C1"), ("D2", "C2"), ("D3", "C3"), ("D4", None), ("D5", None)]


def test_a_commission_that_may_be_ones_or_thousands_is_a_question(tmp_path: Path) -> None:
    text = "deal;customer;signed;commission\nD1;C1;2026-01-05;1.234\nD2;C2;2026-02-01;2.500\n"

    with pytest.raises(AmbiguousDecimalError) as caught:
        read(tmp_path, text)

    assert caught.value.facts["role"] == "deal_decimal"
    _, rows = read(tmp_path, text, map={"deal_decimal": ","})
    assert [row["commission"] for row in rows] == [1234, 2500]


def test_commissions_with_commas_only_are_found(tmp_path: Path) -> None:
    text = 'deal,customer,signed,commission\nD1,C1,2026-01-05,"1,234"\n'
    reading, _ = read(tmp_path, text)

    assert reading.inputs[0].alerts["thousands-assumed"]["role"] == "deal_decimal"
