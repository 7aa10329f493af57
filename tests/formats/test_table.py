from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from ltvcli.formats import table
from ltvcli.results import Finding, Report, Sentence, Severity
from tests.formats.reports import FINDINGS, ORDERS, numbers, shop

SHOP = """\
24-month LTV  ¥17,431 (95% CI ¥15,900–¥18,960), gross-margin basis, before CAC
LTV/CAC       ✓ Healthy at 3.49 (95% CI 3.18–3.79)
CAC payback   ✓ Ideal: 7 months observed (simple formula: 10.2 months)
Next          ltv calc orders.csv --new-since 2024-12-01

Method          Horizon       LTV         95% CI  LTV/CAC  Payback  Verdict
Observed        24 mo     ¥17,431  15,900–18,960     3.49  10.2 mo  ✓ healthy
AOV formula     24 mo     ¥18,000  16,000–20,000     3.60  10.2 mo  ✓ healthy
AOV less costs  24 mo     ¥16,000  14,000–18,000     3.20  10.2 mo  ✓ healthy
ARPU / churn    uncapped  ¥11,025  10,000–12,050     2.21  10.2 mo  ~ fair
LTV at    3 months ¥4,000 · 12 months ¥12,000

Findings  ! 900 customers look new in the first month, 100 in a typical one:
          most were customers before the export begins, so the values are too
          high.
          ! 8.1% of revenue (¥999,888) has no customer ID (guest checkout) and
          is excluded. (2 more notes: --verbose)

Basis     gross-margin basis, before CAC · observed · data through 2026-10-31
Given     Gross margin 40.0% · CAC ¥5,000 · Assumed: Annual retention cost ¥0 ·
          Discount rate (annual) 0.0%
Measured  Customers 3,210 · Orders 9,876 · Net revenue ¥12,345,600 ·
          Average order value ¥4,520 · Repeat rate 31.2% ·
          Churned after 5.2 months · Lifespan 14.2 months ·
          Orders per year 3.00 · ARPU (monthly) ¥1,130 · Monthly churn 4.1%
Data      12,345 rows of orders = 11,890 used + 455 excluded (No customer 320 ·
          Cancelled 120 · Unpaid 15)
"""

SHOP_JA = """\
24か月LTV    ￥17,431（95%信頼区間 ￥15,900–￥18,960）、粗利ベース、CAC控除前
LTV/CAC      ✓ 健全：3.49倍（95%信頼区間 3.18–3.79）
CAC回収期間  ✓ 理想的：実績7か月（計算式では10.2か月）
次の一手     ltv calc orders.csv --new-since 2024-12-01

計算方法        対象期間      LTV   95%信頼区間 LTV/CAC 回収期間 判定
実績            24か月   ￥17,431 15,900–18,960    3.49 10.2か月 ✓ 健全
AOV式           24か月   ￥18,000 16,000–20,000    3.60 10.2か月 ✓ 健全
AOV式（控除後） 24か月   ￥16,000 14,000–18,000    3.20 10.2か月 ✓ 健全
ARPU÷解約率     上限なし ￥11,025 10,000–12,050    2.21 10.2か月 ~ 改善余地あり
期間別LTV  3か月 ￥4,000 · 12か月 ￥12,000

指摘       ! 最初の月の新規顧客は900人、通常の月は100人です。大半はデータの始ま
           る前からの顧客とみられ、値が実際より良く見えています。
           ! 売上の8.1%（￥999,888）は顧客IDがない（ゲスト購入）ため除外していま
           す。 （ほか2件の補足は --verbose で表示）

基準       粗利ベース、CAC控除前 · 実績 · 2026-10-31までのデータ
指定値     粗利率 40.0% · CAC ￥5,000 · 仮定値：年間維持コスト ￥0 ·
           年間割引率 0.0%
実測値     顧客数 3,210 · 注文数 9,876 · 純売上高 ￥12,345,600 ·
           平均注文額 ￥4,520 · リピート率 31.2% · 離脱とみなす期間 5.2か月 ·
           継続期間 14.2か月 · 年間注文回数 3.00 · 月間ARPU ￥1,130 ·
           月間解約率 4.1%
データ     注文12,345行を読み込み = 使用11,890行 + 除外455行 (顧客不明 320 ·
           キャンセル 120 · 未入金 15)
"""

NUMBERS = """\
LTV          19,200 over a lifespan of 24.0 months, gross-margin basis, before
             CAC
LTV/CAC      ✓ Healthy at 3.84
CAC payback  ✓ Ideal: 7 months observed (simple formula: 10.2 months)

Method       Horizon     LTV  LTV – CAC  LTV/CAC  Payback  Verdict
AOV formula  24 mo    19,200     14,200     3.84   6.2 mo  ✓ healthy

Basis     gross-margin basis, before CAC · over a lifespan of 24.0 months ·
          method: AOV formula
Given     Average order value 8,000 · Lifespan 24.0 months ·
          Orders per year 3.00 · Gross margin 40.0% · CAC 5,000
"""


@pytest.mark.parametrize(
    ("report", "lang", "expected"),
    [
        pytest.param(shop(), "en", SHOP, id="a shop in English"),
        pytest.param(shop(), "ja", SHOP_JA, id="a shop in Japanese"),
        pytest.param(numbers(), "en", NUMBERS, id="numbers only"),
    ],
)
def test_first_screen(report: Report, lang: str, expected: str) -> None:
    assert table.render(report, lang) == expected


INFO = [one for one in FINDINGS if one.severity is Severity.INFO]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [80, 100, 120, 300])
@pytest.mark.parametrize("findings", [0, 1, 4, 20])
def test_every_line_fits_the_screen(lang: str, width: int, findings: int) -> None:
    shown = table.render(shop(findings=(FINDINGS * 5)[:findings]), lang, width=width)

    assert max(cell_len(line) for line in shown.splitlines()) <= width


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [80, 300])
@pytest.mark.parametrize("notes", [0, 1, 2, 20])
def test_notes_do_not_take_more_than_one_screen(lang: str, width: int, notes: int) -> None:
    shown = table.render(shop(findings=tuple(INFO * 10)[:notes]), lang, width=width)

    assert shown.count("\n") <= 23


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.ERROR])
def test_every_warning_and_error_is_printed_and_notes_are_counted(
    lang: str, severity: Severity
) -> None:
    serious = tuple(
        Finding(
            check="x", severity=severity, says=Sentence(f"Warning {n}: " + "long " * 40 + "end")
        )
        for n in range(12)
    )
    shown = " ".join(table.render(shop(findings=(*serious, *INFO, *INFO)), lang).split())

    assert [f"Warning {n}:" in shown for n in range(12)] == [True] * 12
    assert shown.count("long end") == 12
    assert {"en": "(4 more notes: --verbose)", "ja": "（ほか4件の補足は --verbose で表示）"}[
        lang
    ] in shown


def test_a_single_hidden_note_is_counted_in_the_singular() -> None:
    long = Finding(check="x", severity=Severity.INFO, says=Sentence("word " * 200))

    assert "(1 more note: --verbose)" in table.render(shop(findings=(long,)), "en")


def test_rare_reasons_are_added_up() -> None:
    aside = {"no-customer": 5, "cancelled": 4, "unpaid": 3, "test": 3, "ragged": 2, "failed": 1}
    shown = table.render(shop(inputs=(replace(ORDERS, set_aside=aside),)), "en")

    reasons = "(No customer 5 · Cancelled 4 · Unpaid 3 · Test 3 · other reasons 3)"
    assert reasons in " ".join(shown.split())


def test_colour_repeats_what_is_written() -> None:
    plain = table.render(shop(), "en")
    coloured = table.render(shop(), "en", color=True)

    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain
    assert "\x1b[32m✓ healthy\x1b[0m" in coloured
    assert "\x1b[33m!\x1b[0m 900 customers" in coloured
    assert "\x1b" not in plain


def test_long_amounts_leave_currency_and_cents_to_the_headline() -> None:
    big = tuple(
        replace(one, ltv=1e9 + 0.5, low=9e8, high=1.1e9, ltv_net=1e9 - 0.5)
        for one in shop().methods
    )
    shown = table.render(shop(currency="USD", methods=big), "en")

    assert "1,000,000,000 900,000,000–1,100,000,000" in shown


def test_nothing_from_a_file_drives_the_terminal() -> None:
    evil = "\x1b[31mred\x07 [bold]b[/bold] {n}\u202e"
    finding = Finding(
        check="x", severity=Severity.INFO, says=Sentence("{who} ordered.", {"who": evil})
    )
    report = shop(
        findings=(finding,),
        inputs=(replace(ORDERS, path=evil, set_aside={evil: 1}),),
        next_command=f"ltv calc '{evil}'",
    )
    shown = table.render(report, "en")

    assert all(c.isprintable() or c == "\n" for c in shown)
    assert "[bold]b[/bold] {n}" in shown


def test_an_unknown_value_is_shown_as_unknown() -> None:
    nothing = tuple(replace(one, ltv=None, low=None, high=None) for one in shop().methods)

    assert table.render(shop(methods=nothing), "en").startswith("LTV          unknown;")
    assert table.render(shop(methods=()), "en").startswith("LTV          unknown;")
