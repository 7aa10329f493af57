"""An estimate lies inside its own interval, in every output and as it is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ltvcli.text.numbers import interval, show
from ltvcli.units import Unit

GOLDEN = Path(__file__).parents[1] / "golden"
NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
PRINTED = re.compile(
    rf"(-?[$￥]?{NUMBER})(?:%| months|か月| per customer)? \((?:95% interval )?"
    rf"({NUMBER})(?:–| – )({NUMBER})%?\)"
)
amounts = st.floats(-1e7, 1e7, allow_nan=False)


def decimal(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.-]", "", text))


def ends(text: str) -> tuple[Decimal, Decimal]:
    found = re.fullmatch(rf"({NUMBER})(?:–| – )({NUMBER})%?", text)
    assert found
    return decimal(found[1]), decimal(found[2])


@given(
    values=st.tuples(amounts, amounts, amounts).map(sorted),
    scale=st.sampled_from([1.0, 1e-2, 1e-4, 1e-6]),
    unit=st.sampled_from(list(Unit)),
    currency=st.sampled_from([None, "USD", "JPY", "KWD"]),
    lang=st.sampled_from(["en", "ja"]),
)
@example(values=[100.38, 100.41, 100.44], scale=1.0, unit=Unit.MONEY, currency=None, lang="en")
@example(values=[12.55, 12.61, 12.7], scale=1.0, unit=Unit.MONEY, currency="JPY", lang="ja")
@example(values=[5.96, 5.98, 5.99], scale=1.0, unit=Unit.MONTHS, currency=None, lang="en")
@example(values=[2.675, 2.675, 2.675], scale=1.0, unit=Unit.MONEY, currency="USD", lang="en")
def test_printed_estimate_lies_in_its_printed_interval(
    values: list[float], scale: float, unit: Unit, currency: str | None, lang: str
) -> None:
    low, value, high = (scale * one for one in values)
    printed_low, printed_high = ends(interval(low, high, unit, value, currency))

    assert printed_low <= decimal(show(value, unit, currency, lang)) <= printed_high


def documents(name: str) -> Iterator[tuple[str, Any]]:
    for path in sorted(GOLDEN.glob("*/stdout")):
        if path.parent.name.endswith(name) and path.stat().st_size:
            yield path.parent.name, json.loads(path.read_text(encoding="utf-8"))


def estimates(node: Any) -> Iterator[tuple[str, float, float, float]]:
    """Give every (key, low, value, high) of a JSON document; facts of sentences stand apart."""
    if isinstance(node, list):
        for item in node:
            yield from estimates(item)
    elif isinstance(node, dict):
        named = [(key, node[key], node.get(f"{key}_low"), node.get(f"{key}_high")) for key in node]
        main = "ltv" if "method" in node and "ltv" in node else "value"
        main = "ltv_to_cac" if "grade_low" in node else main
        named.append((main, node.get(main), node.get("low"), node.get("high")))
        for key, value, low, high in named:
            if all(isinstance(one, (int, float)) for one in (value, low, high)):
                yield key, low, value, high
        for key, item in node.items():
            if key != "facts":
                yield from estimates(item)


@pytest.mark.parametrize(("name", "document"), list(documents("json")))
def test_estimates_of_a_document_lie_in_their_intervals(name: str, document: Any) -> None:
    outside = [one for one in estimates(document) if not one[1] <= one[2] <= one[3]]

    assert outside == []


def test_documents_hold_estimates() -> None:
    assert sum(len(list(estimates(document))) for _, document in documents("json")) > 50


def test_printed_estimates_of_golden_runs_lie_in_their_printed_intervals() -> None:
    printed = [
        (path.parent.name, found[0], *(decimal(text) for text in found.groups()))
        for path in sorted(GOLDEN.glob("*/stdout"))
        for found in PRINTED.finditer(path.read_text(encoding="utf-8"))
    ]

    assert len(printed) > 100
    assert [one[:2] for one in printed if not one[3] <= one[2] <= one[4]] == []
