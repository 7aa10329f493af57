"""Charts in a terminal: right, in the width, and of characters that need no colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import ltvcli
from ltvcli.choices import Depth
from ltvcli.formats import table
from ltvcli.pages import chart_screen
from ltvcli.pages.chart_types import (
    BarChart,
    BridgeChart,
    Chart,
    Curve,
    Dot,
    DotChart,
    HeatMap,
    Level,
    LineChart,
    Point,
    Span,
    SpanChart,
    Step,
)
from ltvcli.pages.terminal_chart import draw
from ltvcli.pages.terminal_curves import HEIGHT
from ltvcli.text.layout import width_of
from tests import effort
from tests.formats.cohort_reports import cohorts
from tests.formats.mrr_reports import saas
from tests.hostile import HOSTILE
from tests.small_examples import EXAMPLES

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

SHOP = str(EXAMPLES / "shop" / "orders.csv")


def write(value: float) -> str:
    return f"{value:g}"


LINE = LineChart(
    title="Value",
    across="Months",
    write=write,
    curves=[Curve(label="LTV", points=[Point(x=n, y=2 * n, low=n, high=3 * n) for n in range(9)])],
    levels=[Level(label="CAC 8", value=8)],
    marks=[(Point(x=4, y=8), "Payback")],
)
BARS = BarChart(
    title="Movements", write=write, names=["01", "02"],
    parts=[("New", [3.0, 1.0]), ("Churn", [-1.0, -2.0])],
)  # fmt: skip
DOTS = DotChart(
    title="Dots", write=write,
    dots=[Dot(label="a", value=2, low=1, high=3), Dot(label="b", value=0)],
    levels=[Level(label="limit", value=4)],
)  # fmt: skip
SPANS = SpanChart(
    title="Spans", write=write, middle=3, words=("-10%", "+10%"),
    spans=[Span(label="churn", falling=4, rising=2), Span(label="CAC", falling=3, rising=3)],
)  # fmt: skip
HEAT = HeatMap(title="Heat", write=write, names=["a", "b"], values=[[1, 0.5, 0], [1, None, None]])
BRIDGE = BridgeChart(
    title="Bridge", write=write,
    steps=[
        Step(label="before", begin=0, end=8, shown="8", kind="total"),
        Step(label="churn", begin=8, end=10, shown="+2", kind="rise"),
        Step(label="price", begin=10, end=6, shown="-4", kind="fall"),
        Step(label="after", begin=0, end=6, shown="6", kind="total"),
    ],
)  # fmt: skip
CHARTS = {"bridge": BRIDGE, "line": LINE, "bars": BARS, "dots": DOTS, "spans": SPANS, "heat": HEAT}


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_fits_its_width_and_is_always_the_same(name: str, width: int) -> None:
    lines = draw(CHARTS[name], width)
    assert lines[0] == CHARTS[name].title
    assert max(map(width_of, lines)) <= width
    assert lines == draw(CHARTS[name], width)
    assert "\x1b" not in "".join(lines)
    assert all(line == line.rstrip() for line in lines)


def test_a_curve_crosses_the_level_at_its_mark() -> None:
    lines = draw(LINE, 80)[2 : 2 + HEIGHT]
    marked = next(line for line in lines if "*" in line)
    assert "┄" in marked
    assert lines[0].split("│")[0].strip() == "24"
    assert lines[-1].split("│")[0].strip() == "0"
    assert "░" in "".join(lines)
    heights = [next(n for n, line in enumerate(lines) if line[column : column + 1] in "─╭╯*╮╰")
               for column in (8, 20, 30, 40)]  # fmt: skip
    assert heights == sorted(heights, reverse=True)


def test_bars_are_as_long_as_their_parts_are_large() -> None:
    first, second = draw(BARS, 80)[2:4]
    assert first.count("█") == pytest.approx(3 * second.count("█"), abs=2)
    assert second.count("▓") == pytest.approx(2 * first.count("▓"), abs=2)
    assert first.index("│") == second.index("│")
    assert first.endswith("2")
    assert second.endswith("-1")


def test_a_dot_is_inside_its_interval_and_the_limit() -> None:
    first, second, limit = draw(DOTS, 80)[1:4]
    assert first.index("─") < first.index("o") < first.rindex("─") < first.index("┊")
    assert second.index("o") < first.index("─")
    assert limit.strip() == "limit"


def test_a_span_reaches_to_both_sides_of_what_holds_now() -> None:
    heads, churn, cac = draw(SPANS, 80)[1:4]
    assert heads.split() == ["-10%", "+10%"]
    assert churn.split()[:3] == ["churn", "4", "2"]
    left, right = churn.split("│")
    assert left.count("█") == pytest.approx(right.count("█"), abs=1)
    assert cac.count("█") == 0


def test_a_heat_map_is_darkest_where_values_are_highest_and_empty_where_unknown() -> None:
    lines = draw(HEAT, 80)
    assert lines[1].startswith("░░ 0–0.25")
    assert lines[3].split() == ["a", "██▓▓░░", "0"]
    assert lines[4].split() == ["b", "██", "1"]


def test_a_bridge_goes_on_where_the_step_before_ended() -> None:
    before, rise, fall, after = draw(BRIDGE, 80)[1:5]
    assert [line.split()[1] for line in (before, rise, fall, after)] == ["8", "+2", "-4", "6"]
    assert before.index("│") == rise.index("█")
    assert fall.index("█") == after.index("│")
    assert fall.count("█") == pytest.approx(2 * rise.count("█"), abs=2)


@pytest.mark.parametrize("text", effort.nth(6, HOSTILE))
def test_hostile_names_stay_in_their_line(text: str) -> None:
    charts: list[Chart | HeatMap] = [
        BarChart(title="t", write=write, names=[text[:8]], parts=[(text, [1.0])]),
        DotChart(title="t", write=write, dots=[Dot(label=text, value=1.0)]),
        HeatMap(title="t", write=write, names=[text], values=[[1.0]]),
    ]
    for chart in charts:
        assert all(line.isprintable() for line in draw(chart, 80))


REPORTS: dict[str, Callable[[], AnyReport]] = {
    "calc": lambda: ltvcli.calc(SHOP, cac=40, margin="40%"),
    "cohorts": cohorts,
    "mrr": saas,
    "predict": lambda: ltvcli.predict(SHOP, model="hiatus", by="channel"),
    "nothing": lambda: ltvcli.calc(arpu=50, churn="5%"),
}


@pytest.mark.parametrize("lang", effort.family(["en", "ja"]))
@pytest.mark.parametrize("name", effort.nth(2, REPORTS))
def test_the_answer_comes_first_and_charts_below_it(name: str, lang: str) -> None:
    report = REPORTS[name]()
    for width in (80, 120):
        page = table.render(report, lang, width, chart=True)
        answered = table.render(report, lang, width, depth=Depth.BRIEF).splitlines()[0]
        assert page.startswith(answered)
        assert "\n\n\n" not in page
        lines = page.splitlines()[len(chart_screen.answer(report, lang, width, False)) :]
        assert max(map(width_of, lines)) <= width
        assert lines[0] == ""
        if name == "nothing":
            assert len(lines) == 2
        else:
            assert len(lines) > 6


def test_calc_shows_the_curve_against_the_cac_and_predict_its_interval() -> None:
    page = table.render(REPORTS["calc"](), "en", 80, chart=True)
    assert "┄ CAC $40" in page
    assert "* Payback" in page
    page = table.render(REPORTS["predict"](), "en", 80, chart=True)
    forecast = next(line for line in page.splitlines() if line.startswith("Forecast value"))
    assert "─o" in forecast
