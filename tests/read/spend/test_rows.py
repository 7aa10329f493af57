"""Any file of spend: long or wide, by day, week, month or period; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltvcli import errors
from ltvcli.read.reasons import REASONS
from tests import effort

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]


def test_a_row_is_a_channel_on_a_day(load: Load) -> None:
    loaded = load(
        "date,channel,spend\n2026-09-01,google,10\n2026-09-01,TikTok,2.50\n2026-09-02,google,5\n"
    )

    assert loaded.by_channel == {"google": 15, "TikTok": Decimal("2.50")}
    assert loaded.days == (date(2026, 9, 1), date(2026, 9, 2))


@pytest.mark.parametrize(
    "month", ["2026-09", "2026/9", "202609", "2026年9月", "09/2026", "Sep 2026", "September 2026"]
)
def test_a_month_is_spread_over_its_days(load: Load, month: str) -> None:
    loaded = load(f"month,channel,cost\n{month},google,100\n{month},meta,0.01\n")

    assert len(loaded.spend) == 60
    assert loaded.by_channel == {"google": 100, "meta": Decimal("0.01")}
    assert loaded.days == (date(2026, 9, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("header", "day", "last"),
    [
        ("week", "2026-09-07", date(2026, 9, 13)),
        ("month", "2026-09-01", date(2026, 9, 30)),
        ("quarter", "2026-07-01", date(2026, 9, 30)),
        ("date", "2026-09-07 - 2026-09-13", date(2026, 9, 13)),
        ("日付", "2026/09/07～2026/09/13", date(2026, 9, 13)),
    ],
)
def test_a_day_represents_the_period_in_its_header(
    load: Load, header: str, day: str, last: date
) -> None:
    loaded = load(f"{header},spend\n{day},70\n")

    assert loaded.total == 70
    assert loaded.days[1] == last


def test_first_days_of_months_represent_months(load: Load) -> None:
    loaded = load("date,spend\n2026-08-01,31\n2026-09-01,60\n")

    assert loaded.by_day["08-31"] == 1
    assert loaded.by_day["09-30"] == 2
    assert "first of a month" in loaded.notes[0]


def test_one_day_a_week_represents_the_week(load: Load) -> None:
    loaded = load("date,spend\n2026-09-07,7\n2026-09-14,7\n2026-09-21,7\n2026-09-28,14\n")

    assert loaded.by_day["10-04"] == 2
    assert "same day of the week" in loaded.notes[0]


def test_a_period_has_a_first_and_a_last_day(load: Load) -> None:
    loaded = load("start date,end date,channel,spend\n2026-09-01,2026-09-03,tv,10\n")

    assert loaded.by_day == {
        "09-01": Decimal("3.3333"),
        "09-02": Decimal("3.3334"),
        "09-03": Decimal("3.3333"),
    }


@pytest.mark.parametrize(("last", "spread"), [("2026-09-30", 0), ("2026-10-01", 10)])
def test_a_period_across_months_is_a_guess_by_month(load: Load, last: str, spread: int) -> None:
    loaded = load(f"start,end,spend\n2026-09-29,{last},10\n2026-09-30,2026-09-30,5\n")

    assert loaded.total == 15
    assert sum(row[3] for row in loaded.spend) == spread


WIDE = "date,Google,Meta,TikTok\n2026-09-01,10,20,\n2026-09-02,1,2,3\n"


@pytest.mark.slow
def test_a_wide_file_has_a_column_for_each_channel(load: Load) -> None:
    loaded = load(WIDE)

    assert loaded.by_channel == {"google": 11, "meta": 22, "TikTok": 3}
    assert loaded.reading.inputs[0].rows_used == 2
    assert "one column for each channel" in loaded.notes[0]


def test_a_column_of_totals_is_no_channel(load: Load) -> None:
    loaded = load("月,Google,Meta,合計\n2026-09,10,20,30\n2026-10,1,2,3\n合計,11,22,33\n")

    assert loaded.by_channel == {"google": 11, "meta": 22}
    assert loaded.aside == {"total-row": 1}


def test_a_column_of_totals_alone_is_what_was_spent(load: Load) -> None:
    assert load("月,広告費合計\n2026年9月,30\n").by_channel == {"": 30}


def test_totals_that_the_channels_do_not_add_up_to_are_a_question(load: Load) -> None:
    with pytest.raises(errors.AmbiguousColumnError, match="total"):
        load("date,total,walks,minutes\n2026-09-01,30,5,10\n")


def test_columns_named_spend_are_channels(load: Load) -> None:
    loaded = load("date,google_spend,google_clicks,meta spend,meta clicks\n2026-09-01,10,3,20,4\n")

    assert loaded.by_channel == {"google": 10, "meta": 20}


def test_numbers_beside_a_column_of_spend_are_no_channels(load: Load) -> None:
    assert load("date,spend,frequency,minutes\n2026-09-01,10,3,20\n").by_channel == {"": 10}


def test_two_channels_of_one_name_are_a_question(load: Load) -> None:
    with pytest.raises(errors.AmbiguousColumnError, match="Google"):
        load("date,Google,Google\n2026-09-01,1,2\n")


def test_names_that_differ_in_case_and_width_are_one_channel(load: Load) -> None:
    loaded = load(
        "date,channel,spend\n2026-09-01,TikTok,1\n2026-09-02,TikTok,1\n2026-09-03,ｔｉｋｔｏｋ,1\n"
    )

    assert loaded.by_channel == {"TikTok": 3}
    assert loaded.names == [("TikTok", "tiktok")]


def test_usual_names_of_a_platform_are_that_platform(load: Load) -> None:
    rows = ("Google Ads", "adwords", "facebook", "Instagram", "Yahoo!広告", "twitter", "bing")
    text = "date,channel,spend\n" + "".join(f"2026-09-01,{name},1\n" for name in rows)

    assert load(text).by_channel == {"google": 2, "meta": 2, "yahoo": 1, "x": 1, "microsoft": 1}


def test_a_file_with_a_column_of_channels_is_no_report_of_one_platform(load: Load) -> None:
    text = "日付,媒体,インプレッション,クリック数,費用\n2026-09-01,TikTok,5,1,300\n"

    assert load(text).by_channel == {"TikTok": 300}


def test_what_no_channel_is_named_of_has_none(load: Load) -> None:
    assert load("date,channel,spend\n2026-09-01,,1\n2026-09-01,--,2\n").by_channel == {"": 3}


def test_two_files_are_added_up(load: Load) -> None:
    loaded = load("date,channel,spend\n2026-09-01,google,1\n", "date,spend\n2026-09-05,2\n")

    assert loaded.by_channel == {"google": 1, "": 2}
    assert ("google", date(2026, 9, 5)) not in loaded.known


@pytest.mark.slow
def test_the_same_file_twice_counts_once(load: Load) -> None:
    text = "date,spend\n2026-09-01,10\n"
    loaded = load(text, text)

    assert loaded.total == 10
    assert loaded.reading.inputs[1].set_aside == {"duplicate-file": 1}


DAYS = "".join(f"2026-09-{day:02},google,{day}.50\n" for day in range(1, 11))


def test_files_that_overlap_are_an_error(load: Load) -> None:
    """Ten days, of which another file repeats five."""
    header, rows = "date,channel,spend\n", DAYS.splitlines(keepends=True)
    more = "2026-09-11,google,1\n2026-09-12,google,2\n"

    with pytest.raises(errors.SpendTwiceError, match="5 rows in common"):
        load(header + "".join(rows), header + "".join(rows[5:]) + more)


def test_the_same_spend_on_two_channels_is_twice_the_spend(load: Load) -> None:
    header = "date,channel,spend\n"

    assert load(header + DAYS, header + DAYS.replace("google", "meta")).total == 120


@pytest.mark.slow
def test_rows_that_cannot_be_read_are_set_aside_with_their_reason(load: Load) -> None:
    rows = "2026-09-01,1\n2026-09-02,2\nsoon,3\n2026-09-03,4\n2026-09-04,much\n2026-09-05,\n,5\n"
    loaded = load("date,spend\n" + rows)

    assert loaded.total == 7
    assert loaded.aside == {"date-not-a-date": 2, "amount-not-a-number": 1, "not-reported": 1}


def test_a_period_that_ends_before_it_begins_is_set_aside(load: Load) -> None:
    loaded = load("start,end,spend\n2026-09-03,2026-09-01,9\n2026-09-01,2026-09-03,3\n")

    assert (loaded.total, loaded.aside) == (3, {"end-before-start": 1})


def test_credits_reduce_spend(load: Load) -> None:
    assert load("date,spend\n2026-09-01,10\n2026-09-02,-4\n").total == 6


def test_the_currency_is_that_of_column_symbol_or_header(load: Load) -> None:
    for text in (
        "date,spend,currency\n2026-09-01,10,jpy\n2026-09-02,0,--\n",
        "date,spend\n2026-09-01,¥10\n",
        "date,spend (JPY)\n2026-09-01,10\n",
        "日付,広告費（円）\n2026-09-01,10\n",
    ):
        assert load(text).reading.currency == "JPY"
    assert load("date,spend\n2026-09-01,10\n").reading.currency is None


def test_a_dollar_is_that_of_the_customers(load: Load) -> None:
    assert load("date,spend\n2026-09-01,$10\n", currency="CAD").reading.currency == "CAD"


def test_spend_in_another_currency_is_refused(load: Load) -> None:
    with pytest.raises(errors.SpendCurrencyError, match=r"USD.*JPY"):
        load("date,spend (USD)\n2026-09-01,10\n", currency="JPY")


def test_spend_in_several_currencies_is_refused(load: Load) -> None:
    with pytest.raises(errors.MixedSpendCurrencyError):
        load("date,spend (USD)\n2026-09-01,10\n", "date,spend (EUR)\n2026-09-01,10\n")


def test_a_point_is_read_as_other_columns_are_written(load: Load) -> None:
    loaded = load('Tag;Kampagne;Währungscode;Kosten;Conversions\n2026-09-01;A;EUR;1.234;"0,50"\n')

    assert loaded.total == 1234


@pytest.mark.parametrize(
    ("text", "error", "settings"),
    effort.nth(
        2,
        [
            pytest.param(
                "order id,customer,date,total\n1,a,2026-09-01,5\n", "NotSpend", {}, id="orders"
            ),
            pytest.param("customer,date,amount\na,2026-09-01,5\n", "NotSpend", {}, id="payments"),
            pytest.param("date,clicks\n2026-09-01,5\n", "NoSpendColumn", {}, id="no spend"),
            pytest.param("campaign,spend\nA,5\nB,6\n", "NoSpendDay", {}, id="no day"),
            pytest.param("start,spend\n2026-09-01,5\n", "NoSpendDay", {}, id="no last day"),
            pytest.param(
                "date,spend,cost\n2026-09-01,5,6\n", "AmbiguousColumn", {}, id="two spends"
            ),
            pytest.param(
                "date,spend\n2026-09-01,a\n", "SpendNotNumbers", {}, id="words for amounts"
            ),
            pytest.param("date,spend\nx,5\ny,6\n", "SpendNotDates", {}, id="words for days"),
            pytest.param("date,spend\n1/2/2026,5\n", "AmbiguousDate", {}, id="day or month first"),
            pytest.param(
                "date,spend\n2026-09-01,1.234\n", "AmbiguousDecimal", {}, id="point or thousand"
            ),
            pytest.param("date,spend\nTotal,5\n", "NoSpend", {}, id="only a total"),
            pytest.param("date,spend\n2026-09-01,--\n", "NoSpend", {}, id="nothing reported"),
            pytest.param(
                "date,spend\n2026-09-01,5\n", "NoColumn", {"spend": "cots"}, id="mistyped"
            ),
            pytest.param(
                "date,spend\n2026-09-01,5\n", "UnknownRole", {"spend_day": "date"}, id="role"
            ),
        ],
    ),
)
def test_what_cannot_be_spend_is_an_error_in_our_words(
    load: Load, text: str, error: str, settings: dict[str, str]
) -> None:
    with pytest.raises(getattr(errors, f"{error}Error")):
        load(text, map=settings)


def test_columns_may_be_typed(load: Load) -> None:
    text = "customer,date,amount,kind\na,2026-09-01,5,tv\n"
    chosen = {"spend": "amount", "spend_channel": "kind", "amount": "of orders"}

    assert load(text, map=chosen).by_channel == {"tv": 5}


def test_a_period_may_be_typed_for_all_of_a_file(load: Load) -> None:
    loaded = load("campaign,spend\nA,10\nB,20\n", map={"spend_date": "2026-09-01..2026-09-30"})

    assert {row[2] for row in loaded.spend} == {1}


def test_how_days_and_decimals_are_written_may_be_typed(load: Load) -> None:
    loaded = load(
        "date,spend\n1/2/2026,1.234\n", date_format="%d/%m/%Y", map={"spend_decimal": ","}
    )

    assert [row[:3] for row in loaded.spend] == [("", date(2026, 2, 1), 1234)]


def test_spend_that_may_be_ones_or_thousands_is_a_question(load: Load) -> None:
    text = "date;spend\n2026-09-01;1.234\n2026-09-02;2.500\n"

    with pytest.raises(errors.AmbiguousDecimalError) as caught:
        load(text)

    assert caught.value.facts["role"] == "spend_decimal"
    assert [row[2] for row in load(text, map={"spend_decimal": "."}).spend] == [
        Decimal("1.234"),
        Decimal("2.5"),
    ]


def test_spend_with_commas_only_is_found(load: Load) -> None:
    (file,) = load('date,spend\n2026-09-01,"1,234"\n2026-09-02,"2,500"\n').reading.inputs

    assert file.alerts["thousands-assumed"]["role"] == "spend_decimal"


def test_every_reason_is_explained(load: Load) -> None:
    for reason in ("total-row", "not-reported", "date-not-a-date", "end-before-start"):
        assert reason in REASONS
