"""What changed in a period, on a screen: figures, the waterfall of reasons, segments, by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ltvcli.pages import review as page
from ltvcli.pages import review_waterfall
from ltvcli.pages.answers import review
from ltvcli.results import Estimate, Sentence, Source, Statement
from ltvcli.results.review import Reason, ReviewReport, SegmentChange, Signal, Tile
from ltvcli.text.words import say
from ltvcli.units import Unit
from tests.checks.review_reports import CALM, EXPLAINED


def estimate(value: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


TILE = Tile(
    figure="period_ltv",
    now=estimate(42.0, 38.0, 46.0),
    previous=40.0,
    change=estimate(2.0, -1.0, 5.0),
    last_year=None,
    target=None,
    signal=Signal.BELOW,
    per_day=False,
)
REASONS = replace(
    EXPLAINED,
    reasons=(
        Reason(factor="first", contribution=3.0, low=1.0, high=5.0),
        Reason(factor="value", contribution=-1.5, low=-4.0, high=1.0),
        Reason(factor="orders", contribution=0.5, low=-1.0, high=2.0),
    ),
    chance=estimate(-1.0, -4.0, 2.0),
)
REPORT = replace(
    CALM,
    says=(Statement(says=Sentence("Period LTV did not change significantly")),),
    tiles=(TILE,),
    explained=(REASONS,),
)


def lines(report: ReviewReport) -> dict[str, str]:
    return {
        say(line.label, "en", "USD"): say(line.says, "en", "USD") for line in review.answer(report)
    }


def test_the_answer_is_the_judgement_then_reasons_then_what_to_look_at() -> None:
    answer = lines(REPORT)

    assert list(answer) == ["2025-12", "Reasons", "Look at"]
    assert answer["2025-12"] == "Period LTV did not change significantly"
    assert answer["Reasons"] == (
        "First order value +$3.00 (95% CI $1.00–$5.00); no other is significant"
    )


def test_where_another_figure_decides_the_period_ltv_is_named_last() -> None:
    ratio = replace(REASONS, figure="ltv_to_cac", before=2.0, after=2.1)
    answer = lines(replace(REPORT, explained=(ratio, REASONS)))

    assert list(answer)[-1] == "12-month period LTV"
    assert answer["12-month period LTV"] == ("$42.00, +$2.00 (95% CI -$1.00 – $5.00) from $40.00")


def rows(cells: object) -> list[list[str]]:
    return [list(map(str, row)) for row in cells]  # type: ignore[attr-defined]


def test_significant_reasons_are_separate_and_others_pooled() -> None:
    grid = review_waterfall.grid(REASONS, REPORT, "en", None)

    assert rows(grid.rows) == [
        ["2025-11", "$40.00", ""],
        ["First order value", "+$3.00", "1.00–5.00"],
        ["Not distinguishable from chance", "-$1.00", "-4.00 – 2.00"],
        ["  Value per repeat order", "-$1.50", "-4.00 – 1.00"],
        ["  Orders per returning customer", "+$0.50", "-1.00 – 2.00"],
        ["2025-12", "$42.00", ""],
    ]
    assert grid.title == "Why Period LTV changed from 2025-11 to 2025-12"


def test_bars_go_from_one_level_to_the_next() -> None:
    grid = review_waterfall.grid(REASONS, REPORT, "en", 100)
    bars = [str(row[3]) for row in grid.rows]

    assert all(bars[place].strip() for place in (0, 1, 2, 5))
    assert [bars[place] for place in (3, 4)] == ["", ""]


def test_figures_have_the_names_of_the_periods_as_headings() -> None:
    tiles = page.grids(REPORT, "en", 120)[0]

    assert list(tiles.heads) == [
        "Figure", "2025-12", "2025-11", "Change (95% CI)", "A year ago", "Signal",
    ]  # fmt: skip
    assert rows(tiles.rows) == [
        ["Period LTV", "$42.00 (38.00–46.00)", "$40.00", "+$2.00 (-1.00 – 5.00)", "",
         "▼ below limits"]
    ]  # fmt: skip
    assert rows(page.grids(REPORT, "en", 80)[0].rows)[0][-1] == "▼"


def test_segments_that_changed_have_a_p_value() -> None:
    share = SegmentChange(
        segment="ads", figure="share", now=0.4, previous=0.55, p=0.0004, changed=True,
        change=estimate(-0.15, -0.2, -0.1),
    )  # fmt: skip
    ltv = replace(
        share, segment="", figure="period_ltv", now=30.0, previous=40.0, p=0.031,
        change=estimate(-10.0, -18.0, -2.0),
    )  # fmt: skip
    (segments,) = (
        grid
        for grid in page.grids(replace(REPORT, segments=(share, ltv)), "en", 100)
        if grid.title == "Segments that changed"
    )

    assert rows(segments.rows) == [
        ["ads", "Share of new customers", "40.0%", "55.0%", "-15.0 pp (-20.0 – -10.0)", "<0.001"],
        ["(none)", "Period LTV", "$30.00", "$40.00", "-$10.00 (-18.00 – -2.00)", "0.031"],
    ]


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [
        pytest.param(None, Unit.MONEY, "", id="nothing known"),
        pytest.param(estimate(0.05), Unit.RATE, "+5.0 pp", id="without an interval"),
        pytest.param(
            estimate(-0.05, -0.08, -0.02), Unit.RATE, "-5.0 pp (-8.0 – -2.0)", id="a fall"
        ),
    ],
)
def test_a_change_has_a_sign_and_an_interval(
    change: Estimate | None, unit: Unit, text: str
) -> None:
    assert str(review_waterfall.change(change, unit, REPORT, "en")) == text
