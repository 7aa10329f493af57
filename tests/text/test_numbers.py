from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltvcli.text.numbers import interval, show
from ltvcli.units import Unit


@pytest.mark.parametrize(
    ("value", "unit", "currency", "lang", "expected"),
    [
        pytest.param(
            12200, Unit.MONEY, "JPY", "ja", "￥12,200", id="yen in Japanese are full-width"
        ),
        pytest.param(12200, Unit.MONEY, "JPY", "en", "¥12,200", id="yen have no cents"),
        pytest.param(12200, Unit.MONEY, "USD", "en", "$12,200.00", id="dollars have cents"),
        pytest.param(-3.5, Unit.MONEY, "USD", "ja", "-$3.50", id="negative money"),
        pytest.param(19200, Unit.MONEY, None, "en", "19,200", id="whole money, currency unknown"),
        pytest.param(45.2, Unit.MONEY, None, "ja", "45.20", id="broken money, currency unknown"),
        pytest.param(-0.001, Unit.MONEY, None, "en", "0", id="no negative zero"),
        pytest.param(0.05, Unit.RATE, None, "en", "5.0%", id="rate"),
        pytest.param(0.0, Unit.RATE, None, "en", "0.0%", id="rate of zero"),
        pytest.param(0.0004, Unit.RATE, None, "en", "0.04%", id="small rate is not zero"),
        pytest.param(0.00000321, Unit.RATE, None, "en", "0.0003%", id="tiny rate is not zero"),
        pytest.param(6, Unit.MONTHS, None, "en", "6.0 months", id="months"),
        pytest.param(6, Unit.MONTHS, None, "ja", "6.0か月", id="months in Japanese"),
        pytest.param(5.96, Unit.MONTHS, None, "en", "5.9 months", id="months short of a band"),
        pytest.param(3.84, Unit.RATIO, None, "en", "3.84", id="ratio"),
        pytest.param(2.997, Unit.RATIO, None, "en", "2.99", id="ratio short of a band"),
        pytest.param(3 - 1e-15, Unit.RATIO, None, "en", "3.00", id="ratio off by a float's breath"),
        pytest.param(1234567, Unit.COUNT, None, "en", "1,234,567", id="count"),
        pytest.param(None, Unit.MONEY, "JPY", "ja", "–", id="unknown is no zero"),
    ],
)
def test_show(
    value: float | None, unit: Unit, currency: str | None, lang: str, expected: str
) -> None:
    assert show(value, unit, currency, lang) == expected


@given(st.floats(0, 100))
def test_a_shown_ratio_never_reaches_a_band_the_value_does_not(ratio: float) -> None:
    shown = float(show(ratio, Unit.RATIO, None, "en"))

    assert int(shown + 1e-9) <= ratio * (1 + 1e-9)
    assert abs(shown - ratio) <= 0.01 + 1e-9


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        pytest.param(15900.4, 18960.6, Unit.MONEY, "15,900–18,961", id="money without cents"),
        pytest.param(1.5, 2.25, Unit.MONEY, "1.50–2.25", id="small money with cents"),
        pytest.param(-226.0, 2366.0, Unit.MONEY, "-226 – 2,366", id="a minus is told from a dash"),
        pytest.param(0.041, 0.052, Unit.RATE, "4.1–5.2%", id="rates"),
        pytest.param(13.84, 14.6, Unit.MONTHS, "13.8–14.6", id="months"),
        pytest.param(2.7, 4.1, Unit.RATIO, "2.70–4.10", id="ratios"),
        pytest.param(None, 4.1, Unit.RATIO, "", id="half an interval is none"),
    ],
)
def test_interval(low: float | None, high: float | None, unit: Unit, expected: str) -> None:
    assert interval(low, high, unit) == expected


def test_an_interval_of_money_holds_the_value_as_it_is_shown() -> None:
    assert interval(0.29, 0.29, Unit.MONEY, 0.29) == "0.29–0.29"
    assert interval(0.288, 0.3, Unit.MONEY, 0.288) == "0.29–0.30"
    assert interval(1234.6, 1300.0, Unit.MONEY, 1234.6) == "1,234–1,300"
