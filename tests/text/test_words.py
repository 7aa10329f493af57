from __future__ import annotations

from datetime import date

import pytest

from ltvcli.errors import (
    LtvError,
    NotAChoiceError,
    NotARateError,
    UnknownNameError,
)
from ltvcli.language import N_
from ltvcli.results import Quantity, Sentence
from ltvcli.text.words import say, say_error
from ltvcli.units import Unit


@pytest.mark.parametrize(
    ("sentence", "lang", "expected"),
    [
        pytest.param(
            Sentence(
                "{grade} at {ratio}", {"grade": "Healthy", "ratio": Quantity(3.5, Unit.RATIO)}
            ),
            "en",
            "Healthy at 3.50",
            id="a quantity is written with its unit",
        ),
        pytest.param(
            Sentence(
                "{grade} at {ratio}",
                {"grade": N_("Healthy"), "ratio": Quantity(3.5, Unit.RATIO)},
            ),
            "ja",
            "健全：3.50倍",
            id="a marked text inside a sentence is translated too",
        ),
        pytest.param(
            Sentence("{grade} at {ratio}", {"grade": "Orders", "ratio": "churn"}),
            "ja",
            "Orders：churn倍",
            id="data that reads like a text of ours stays as it is",
        ),
        pytest.param(
            Sentence("{who} since {day}: {n}", {"who": "a\nb", "day": date(2026, 1, 2), "n": 1200}),
            "en",
            "a\\nb since 2026-01-02: 1,200",
            id="text escaped, dates in ISO, counts grouped",
        ),
        pytest.param(
            Sentence("{who}", {"who": "{n}{0}{who.text}"}),
            "en",
            "{n}{0}{who.text}",
            id="no nesting",
        ),
        pytest.param(
            Sentence("{money}", {"money": Quantity(1200.0, Unit.MONEY)}),
            "ja",
            "￥1,200",
            id="money",
        ),
    ],
)
def test_say(sentence: Sentence, lang: str, expected: str) -> None:
    assert say(sentence, lang, "JPY") == expected


@pytest.mark.parametrize(
    ("error", "lang", "expected"),
    [
        pytest.param(
            NotARateError(name="--churn", text="5\x1b[2J"),
            "en",
            (
                "--churn must be a rate between 0% and 100%, not “5\\x1b[2J”.",
                "Write five percent as 5% or 0.05, and half a percent as 0.5% or 0.005.",
            ),
            id="what was typed is shown escaped",
        ),
        pytest.param(
            UnknownNameError(kind=N_("sources"), name="shopfy", known=["shopify", "square"]),
            "ja",
            ("対応データに「shopfy」はありません。", "使えるもの：shopify、square。"),
            id="lists are joined as the language does",
        ),
        pytest.param(
            NotAChoiceError(name="--lang", text="[red]fr", known=("en", "ja"), example="ja"),
            "en",
            ("--lang must be one of en, ja, not “[red]fr”.", "Write for example ja."),
            id="no markup",
        ),
    ],
)
def test_say_error(error: LtvError, lang: str, expected: tuple[str, str]) -> None:
    assert say_error(error, lang) == expected
