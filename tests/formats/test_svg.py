"""Charts stay inside their frame, and their labels do not overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from ltvcli.formats import _svg
from ltvcli.pages.chart_types import (
    BarChart,
    BridgeChart,
    Chart,
    Curve,
    Dot,
    DotChart,
    Level,
    LineChart,
    Point,
    Span,
    SpanChart,
    Step,
)


def line(values: Sequence[float], **more: object) -> LineChart:
    points = [Point(x=x, y=y, low=y - 1, high=y + 1) for x, y in enumerate(values)]
    curves = [Curve(label="LTV", points=points), Curve(label="Other", points=points, aside=True)]
    return LineChart(
        title="Curve",
        across="Months",
        write=str,
        curves=curves,
        **more,  # type: ignore[arg-type]
    )


CHARTS: dict[str, Chart] = {
    "line": line([1, 5, 3]),
    "loss": line([-5, -3, -1]),
    "single": line([4]),
    "flat": line([0, 0, 0], levels=[Level(label="CAC", value=0.0)]),
    "rates": line([0.97, 0.98, 0.97], from_zero=False),
    "huge": line([1e12, 3e12]),
    "months": line(range(48), names=[f"2024-{n}" for n in range(48)]),
    "bars": BarChart(
        title="Moves", write=str, names=["a", "b"], parts=[("up", [3, 0]), ("down", [-1, -9])]
    ),
    "nothing moved": BarChart(title="Moves", write=str, names=["a"], parts=[]),
    "dots": DotChart(
        title="Dots",
        write=str,
        dots=[Dot(label="x" * 99, value=2, low=1, high=3, grade="fair"), Dot(label="y", value=-1)],
        levels=[Level(label="1", value=1.0)],
    ),
    "spans": SpanChart(
        title="Spans", write=str, middle=2, spans=[Span(label="churn", falling=3, rising=1)],
        words=("-", "+"),
    ),
    "bridge": BridgeChart(
        title="Why", write=str,
        steps=[
            Step(label="then", begin=0, end=4, shown="4", kind="total"),
            Step(label="churn", begin=4, end=-2, shown="-6", kind="fall"),
            Step(label="now", begin=0, end=-2, shown="-2", kind="total"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("width", [340, 560])
@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_lies_inside_the_chart(name: str, width: int) -> None:
    drawn = str(_svg.draw(CHARTS[name], width))
    height = float(re.findall(r'viewBox="0 0 \d+ (\d+)"', drawn)[0])
    assert "nan" not in drawn
    across = [float(x) for x in re.findall(r'\b(?:x|cx)="(-?[\d.]+)"', drawn)]
    down = [float(y) for y in re.findall(r'\b(?:y|cy)="(-?[\d.]+)"', drawn)]
    for path in re.findall(r' d="M([^"]*?)Z?"', drawn):
        places = [tuple(map(float, place.split())) for place in path.split("L")]
        across += [x for x, _ in places]
        down += [y for _, y in places]
    assert all(-1 <= x <= width + 1 for x in across)
    assert all(-1 <= y <= height + 1 for y in down)


def test_a_chart_has_a_text_alternative() -> None:
    chart = line([1, 5, 3], levels=[Level(label="CAC", value=2.0)])
    assert _svg.described(chart) == "Curve: LTV 1 … 3; Other 1 … 3; CAC 2.0"


def test_labels_of_curves_with_the_same_end_do_not_overlap() -> None:
    drawn = str(_svg.draw(line([1, 5, 3], levels=[Level(label="CAC", value=3.0)]), 560))
    places = [float(y) for y in re.findall(r'y="([\d.]+)" class="t.">', drawn)]
    assert len(places) == 3
    assert all(abs(a - b) >= _svg.LINE - 0.2 for a in places for b in places if a is not b)


def test_a_label_is_text() -> None:
    chart = DotChart(title="<b>", write=str, dots=[Dot(label='"><script>', value=1)])
    drawn = str(_svg.draw(chart, 560))
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize("point", [60, 100, 140, 200, 250])
@pytest.mark.parametrize("wide", [20, 115, 180])
def test_a_mark_is_named_inside_the_plot(point: float, wide: float) -> None:
    x, anchor = _svg._beside(point, wide, 58, 256)
    begin = x if anchor == "start" else x - wide
    assert begin >= 58
    assert begin + wide <= 256
