"""Predictions on the screen and in a memo: the backtest stays visible on narrow screens."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from ltvcli.formats import md, table
from ltvcli.results import Row
from ltvcli.results.prediction import NAMES, PredictReport
from ltvcli.text.layout import width_of
from tests.formats.prediction_reports import TOTALS, prediction

DAYS = ("2025-03-31", "2025-02-28", "2025-01-31", "2024-12-31")


def trial(day: str, model: str, bias: float) -> Row:
    scores = {"rmse": 1.25, "mae": 0.8, "spearman": 0.41, "gini": 0.5, "coverage80": 0.75}
    return {
        "cutoff": day, "horizon": 12.0, "model": model, "customers": 2000, "actual": 1000,
        "predicted": 1000 * (1 + bias), "orders_bias": bias, "value_bias": -bias, **scores,
        "chosen": model == "auto",
    }  # fmt: skip


def tenth(place: int) -> Row:
    said = 1000.0 / place
    return {
        "decile": place, "customers": 1200, "orders": said, "predicted": said,
        "predicted_low": said / 2, "predicted_high": said * 2, "actual": round(800 / place),
    }  # fmt: skip


def valued(name: str, key: str, **more: float | str | None) -> Row:
    figures = {"orders": 900.0, "value": 41_000.0, "pltv": 130.5}
    ends = {
        f"{one}{end}": value * times
        for one, value in figures.items()
        for end, times in (("", 1.0), ("_low", 0.8), ("_high", 1.3))
    }
    own: Row = {name: key, "customers": 1500, "past_orders": 3000, "past_value": 125_000.0}
    return {**own, **ends, **more}


COST = {"cac": 40.0, "pltv_to_cac": 3.26, "pltv_to_cac_low": 2.61, "pltv_to_cac_high": 4.24}


def won(segment: str | None, size: int | None, **more: float | str | None) -> Row:
    return {
        "segment": segment, "size": size, "up_to": 25.0 if size == 1 else None, "customers": 700,
        "first_order": 31.2, "orders": 2.4, "value": 61.0, "value_low": 50.0, "value_high": 80.0,
        **more,
    }  # fmt: skip


def one(name: str) -> Row:
    return {
        "customer": name, "past_orders": 3, "past_value": 120.0, "future_orders": 1.5,
        "future_value": 44.0, "future_value_low": 0.0, "future_value_high": 120.0,
        "none_within_90d": 0.4,
    }  # fmt: skip


BACK = {"payback": 3, "payback_low": 2, "payback_high": None, "grade": "healthy", **COST}
NEVER = {**BACK, "payback": None, "payback_low": None}
FULL = replace(
    prediction(),
    tables={
        "totals": TOTALS,
        "backtest": tuple(
            trial(day, model, 0.07 * (place - 3))
            for day in DAYS
            for place, model in enumerate(NAMES)
        ),
        "deciles": tuple(map(tenth, range(1, 11))),
        "segments": (valued("segment", "ads", grade="healthy", **COST), valued("segment", "")),
        "cohorts": tuple(
            valued("cohort", f"20{20 + n // 12}-{n % 12 + 1:02}", grade="caution", **COST)
            for n in range(30)
        ),
        "new": (won(None, None, **BACK), won(None, 1, **NEVER), won(None, 2, **BACK),
                won("ads", None, **BACK), won("a very long name of a channel indeed", None)),
        "models": (),
        "keep": (one("=a-customer-with-a-very-long-address@example.com"),),
        "at_risk": (one("c2"),),
    },
)  # fmt: skip


def block(page: str, title: str) -> list[str]:
    """Lines of a table, from its heads on."""
    lines = page.splitlines()
    begin = next(place for place, line in enumerate(lines) if line.startswith(title))
    return lines[begin + 1 : [*lines, ""].index("", begin)]


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_it_fits_the_screen(width: int, lang: str) -> None:
    page = table.render(FULL, lang, width)

    assert max(map(width_of, page.splitlines())) <= width
    assert len(re.findall(r"pLTV/CAC +(Verdict|判定)", page)) == 4  # what explains stays
    assert all(len(line.split("█")) > 1 for line in page.splitlines() if line.startswith("    1 "))


def test_the_oldest_days_give_way_first() -> None:
    heads = [block(table.render(FULL, "en", width), "Backtest: error")[0] for width in (64, 120)]

    assert heads[0].split()[1:-4] == [DAYS[1], DAYS[0]]
    assert heads[1].split()[1:-4] == list(DAYS[::-1])


def test_bars_show_actual_and_marks_expected_orders() -> None:
    first, second = block(table.render(FULL, "en", 80), "Deciles of customers")[1:3]
    bar = first[first.index("█") :]

    assert bar.rindex("│") + 1 == pytest.approx(bar.count("█") / 0.8, abs=1)
    assert second.count("█") == pytest.approx(first.count("█") / 2, abs=1)


def test_new_customers_are_distinguished_by_segment_and_first_order() -> None:
    page = table.render(FULL, "en", 120)

    kinds = block(page, "New customers, over the horizon")
    assert [row.split()[0] for row in kinds[1:4]] == ["all", "ads", "a"]
    sizes = block(page, "New customers, by size")
    assert [" ".join(row.split()[:2]) for row in sizes[1:3]] == ["bottom third", "middle third"]
    assert sizes[1].endswith("past the horizon")
    assert sizes[2].endswith("3 (2 or later)")


def test_equal_first_orders_are_not_distinguished() -> None:
    tables = {**FULL.tables, "new": (won(None, None), won(None, 1))}
    page = table.render(replace(FULL, tables=tables), "en", 120)

    assert "by size of the first order" not in page
    assert len(block(page, "New customers, over the horizon")) == 2


def test_a_test_on_a_sample_is_marked() -> None:
    sample = replace(FULL, evidence=replace(FULL.evidence, tested_share=0.1))

    note = "The backtest uses a sample of 10.0% of the customers."
    assert note in table.render(sample, "en", 120)
    assert "uses a sample" not in table.render(FULL, "en", 120)


def test_without_a_cac_cohorts_are_in_the_memo_only() -> None:
    plain = replace(FULL, tables={**FULL.tables, "cohorts": (valued("cohort", "2025-01"),)})

    assert "By month of the first order" not in table.render(plain, "en", 120)
    assert "By month of the first order" in md.render(plain, "en")
    assert "(+18 rows: --verbose)" in table.render(FULL, "en", 120)


def test_a_memo_has_every_row_in_words() -> None:
    page = md.render(FULL, "en")

    assert page.count("| run-rate, zero after a long gap |") == len(DAYS)
    assert "| past | 5,000 |" in page
    assert page.count("\n| 20") == 30 + len(DAYS) * len(NAMES)
    assert "| =a-customer" in page or "\\=a-customer" in page


def test_a_prediction_without_a_record_shows_what_there_is() -> None:
    deciles = tuple({"decile": n, "customers": 10, "orders": 5.0} for n in range(1, 11))
    bare: PredictReport = replace(
        prediction(),
        tables={
            "totals": TOTALS, "backtest": (), "deciles": deciles, "segments": (), "cohorts": (),
            "new": (), "models": (),
        },
    )  # fmt: skip
    page = table.render(bare, "en", 80)

    assert "Backtest: error" not in page
    assert "Actual" not in page
    assert block(page, "Deciles of customers")[1].split() == ["1", "10", "5"]
