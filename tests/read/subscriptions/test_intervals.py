"""Words for how often something is billed, in English and Japanese; no word is guessed."""

from __future__ import annotations

import pytest

from ltvcli.read.subscriptions.intervals import ONCE, Interval, parse


@pytest.mark.parametrize(
    ("texts", "interval"),
    [
        (
            "month|Monthly|per month|/month|1 month|monthly billing|mo|m|month-to-month|P1M|"
            "月額|毎月|月払い|1ヶ月|１か月|1カ月ごと|マンスリー",
            Interval(months=1),
        ),
        ("quarterly|3 months|every 3 months|四半期|3ヶ月|P3M|1 quarter", Interval(months=3)),
        ("half-yearly|semi-annual|6 months|半年|半年払い|6か月毎", Interval(months=6)),
        (
            "year|Yearly|annual|annually|12 months|1 year|per_year|yearly plan|"
            "年額|年払い|毎年|1年|年間",
            Interval(months=12),
        ),
        ("2 years|24 months|2年", Interval(months=24)),
        ("week|weekly|7 days|毎週|1週間", Interval(days=7)),
        ("every 2 weeks|fortnightly|14日|隔週", Interval(days=14)),
        ("daily|day|毎日", Interval(days=1)),
        ("隔月|every other month|2ヶ月ごと", Interval(months=2)),
        ("one_time|lifetime|買い切り|都度", ONCE),
    ],
)
def test_a_word_means_an_interval(texts: str, interval: Interval) -> None:
    assert {text: parse(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), interval
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", "12", "3", "bimonthly", "biweekly", "biannual", "jährlich", "0 months", "-1 month"),
        *("99999 days", "1ヶ月おき", "定期", "basic", "monthly or yearly", "month month"),
    ],
)
def test_a_word_that_may_mean_anything_else_means_nothing(text: str) -> None:
    assert parse(text) is None
