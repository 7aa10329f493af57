"""Reports of ad platforms, in files of our own with their headers: what was spent, to the cent."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
EXPORTS = Path(__file__).parents[3].parent / "shared" / "data" / "exports"

GOOGLE = """Campaign report
"September 1, 2026 - September 30, 2026"
Day,Campaign,Currency code,Cost,Avg. cost,Impr.,Cost / conv.
2026-09-02,Roofs,CAD,"1,020.50",9.99,"10,500",408.20
2026-09-03,Brand,CAD,3.10,1.55,40, --
2026-09-04,Brand,CAD, --, --,0, --
Total: Account, --,CAD,"1,023.60",7.77,"10,540",408.20
Total: Campaigns, --,CAD,"1,023.60",7.77,"10,540",408.20
"""
GOOGLE_DE = """Kampagnenbericht
"1. September 2026 - 2. September 2026"
Tag,Kampagne,Währungscode,Kosten,Impr.,Conversions
2026-09-01,Dach,EUR,"1.234,56","12.345","3,00"
2026-09-02,Dach,EUR,"99,90",900,"0,50"
Gesamt: Konto,--,EUR,"1.334,46","13.245","3,50"
"""
GOOGLE_JA = """キャンペーン レポート (2026年9月1日-2026年9月2日)
日,キャンペーン,通貨コード,費用,表示回数,クリック数
2026-09-01,屋根,JPY,"1,200",300,7
2026-09-02,屋根,JPY,800,100,2
合計: アカウント,--,JPY,"2,000",400,9
"""
GOOGLE_FR = """Rapport sur les campagnes
"1 septembre 2026 - 2 septembre 2026"
Jour;Campagne;Code de devise;Coût;Impr.;Clics
2026-09-01;Toits;EUR;1 020,50;300;7
2026-09-02;Toits;EUR;80;100;2
Total : Compte;--;EUR;1 100,50;400;9
"""
GOOGLE_RANGE = """Campaign report
"September 1, 2026 - September 30, 2026"
Campaign status,Campaign,Budget,Impr.,Avg. cost,Cost,Currency code
Enabled,Roofs,50.00,"40,000",1.10,990.00,CAD
Paused,Old,10.00,0,0.00,0.00,CAD
Total: Account,--,--,"40,000",1.10,990.00,CAD
"""
META = """Reporting starts,Reporting ends,Campaign name,Ad set name,Reach,Amount spent (USD),Results
2026-09-01,2026-09-30,Playbook,Makers,5400,62.10,1
2026-09-01,2026-09-30,Retargeting,All,5100,60.00,0
"""
META_JA = """レポート開始日,レポート終了日,日,キャンペーン名,広告セット名,消化金額 (JPY),結果
2026-04-01,2026-04-30,2026-04-01,認知,東京,"1,500",3
2026-04-01,2026-04-30,2026-04-03,認知,東京,500,1
"""
YAHOO = "日,キャンペーン名,インプレッション数,コスト\n2026/9/1,A,5,300\n2026/9/2,A,6,200\n"
LINE = "日,キャンペーン名,インプレッション,ご利用金額\n2026-09-01,A,5,300\n2026-09-02,A,6,200\n"
MICROSOFT_JA = """日付,キャンペーン名,インプレッション,クリック数,コンバージョン,費用
2026/09/01,A,50,5,1,300
2026/09/02,A,60,6,0,200
"""
MICROSOFT = """Gregorian date,Campaign name,Impressions,Clicks,Spend,Currency code
9/13/2026,A,50,5,300.25,USD
9/14/2026,A,60,6,199.75,USD
"""
X = """Time period,Ad Group name,Impressions,Clicks,Leads,Spend
2026-09-01,G,50,5,1,300
2026-09-02,G,60,6,0,200
"""


@pytest.mark.parametrize(
    ("text", "profile", "channel", "total", "currency"),
    [
        pytest.param(GOOGLE, "spend_google", "google", "1023.60", "CAD", id="Google, English"),
        pytest.param(GOOGLE_DE, "spend_google", "google", "1334.46", "EUR", id="Google, German"),
        pytest.param(GOOGLE_JA, "spend_google", "google", "2000", "JPY", id="Google, Japanese"),
        pytest.param(GOOGLE_FR, "spend_google", "google", "1100.50", "EUR", id="Google, French"),
        pytest.param(META, "spend_meta", "meta", "122.10", "USD", id="Meta, English"),
        pytest.param(META_JA, "spend_meta", "meta", "2000", "JPY", id="Meta, Japanese"),
        pytest.param(YAHOO, "spend_yahoo", "yahoo", "500", "JPY", id="Yahoo!広告"),
        pytest.param(LINE, "spend_line", "line", "500", "JPY", id="LINE広告"),
        pytest.param(MICROSOFT_JA, "spend_microsoft", "microsoft", "500", None, id="Microsoft広告"),
        pytest.param(MICROSOFT, "spend_microsoft", "microsoft", "500", "USD", id="Microsoft"),
        pytest.param(X, "spend_x", "x", "500", None, id="X"),
    ],
)
def test_a_report_is_known_by_its_headers_and_added_up(
    load: Load, text: str, profile: str, channel: str, total: str, currency: str | None
) -> None:
    loaded = load(text)

    assert loaded.profile == profile
    assert loaded.by_channel == {channel: Decimal(total)}
    assert loaded.reading.currency == currency


def test_every_platform_but_the_generic_one_is_tested() -> None:
    from ltvcli.read import profiles

    known = {name for name in profiles.names() if profiles.load(name).kind == "spend"}

    assert known - {profiles.GENERIC_SPEND} == {
        *("spend_google", "spend_meta", "spend_yahoo", "spend_line", "spend_microsoft", "spend_x")
    }


def test_totals_are_counted_as_set_aside_and_dashes_as_not_reported(load: Load) -> None:
    assert load(GOOGLE).aside == {"total-row": 2, "not-reported": 1}


def test_spend_is_known_of_the_whole_period_in_the_title(load: Load) -> None:
    loaded = load(GOOGLE)

    assert loaded.days == (date(2026, 9, 1), date(2026, 9, 30))
    assert [row[1] for row in loaded.spend] == [date(2026, 9, 2), date(2026, 9, 3)]


def test_without_a_day_spend_is_spread_over_the_period_of_the_title(load: Load) -> None:
    loaded = load(GOOGLE_RANGE)

    assert {row[2] for row in loaded.spend} == {Decimal(33)}
    assert (len(loaded.spend), loaded.total) == (30, 990)
    assert "from the title" in loaded.notes[0]


def test_the_excel_csv_of_google_is_utf_16_with_tabs(load: Load) -> None:
    lines = ("\t".join(row) for row in csv.reader(GOOGLE.splitlines()))
    loaded = load(b"\xff\xfe" + "\r\n".join(lines).encode("utf-16-le"))

    assert loaded.total == Decimal("1023.60")
    assert loaded.days == (date(2026, 9, 1), date(2026, 9, 30))


def test_a_period_of_meta_is_spread_over_its_days_to_the_cent(load: Load) -> None:
    loaded = load(META)

    assert len(loaded.spend) == 30
    assert loaded.total == Decimal("122.10")
    assert loaded.by_day["09-01"] == Decimal("4.07")


def test_the_day_of_meta_beats_the_period(load: Load) -> None:
    assert load(META_JA).by_day == {"04-01": 1500, "04-03": 500}


def test_a_row_of_meta_without_a_campaign_that_adds_up_the_others_is_a_total(load: Load) -> None:
    loaded = load(META + "2026-09-01,2026-09-30,,,10500,122.10,1\n")

    assert loaded.total == Decimal("122.10")
    assert loaded.aside == {"total-row": 1}


def test_a_row_of_meta_without_a_campaign_that_is_no_sum_counts(load: Load) -> None:
    assert load(META + "2026-09-01,2026-09-30,,,10500,10,1\n").total == Decimal("132.10")


@pytest.mark.skipif(not EXPORTS.exists(), reason="no shared data")
@pytest.mark.parametrize(
    ("file", "total", "days", "set_aside"),
    [
        ("google_ads/campaign_daily_en.csv", "1035.94", 3, {"total-row": 3}),
        ("google_ads/campaign_daily_de.csv", "1334.46", 2, {"total-row": 1}),
        ("google_ads/campaign_range_en.csv", "990.00", 30, {"total-row": 1}),
        ("meta_ads/campaign_daily_en.csv", "122.10", 2, {}),
        ("meta_ads/campaign_daily_ja.csv", "1500", 1, {}),
    ],
)
def test_real_reports_add_up(
    load: Load, file: str, total: str, days: int, set_aside: dict[str, int]
) -> None:
    loaded = load(EXPORTS / file)

    assert (loaded.total, len(loaded.spend), loaded.aside) == (Decimal(total), days, set_aside)
