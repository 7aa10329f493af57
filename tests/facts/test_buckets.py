"""Facts in fewer buckets are the same sums."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ltvcli.analyses.calc import answer
from ltvcli.facts import buckets, kept
from ltvcli.facts.orders import Facts
from ltvcli.facts.subscriptions import Subscriptions
from ltvcli.pipeline import calc
from ltvcli.settings.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def gathered() -> dict[str, Facts | Subscriptions]:
    with kept.keeping() as facts:
        for name in ("shop/orders.csv", "saas/subscriptions.csv"):
            calc.run([EXAMPLES / name], Settings())
    return dict(facts)


@pytest.mark.parametrize("kind", ["orders", "subscriptions"])
def test_every_value_is_the_same_and_intervals_hardly_differ(
    gathered: dict[str, Facts | Subscriptions], kind: str
) -> None:
    facts = gathered[kind]
    before, after = (
        answer.answer(Settings(cac=40.0), sums) for sums in (facts, buckets.fewer(facts, 20))
    )

    for method, fewer in zip(before.methods, after.methods, strict=True):
        assert fewer.ltv == pytest.approx(method.ltv, rel=1e-9)
    wide, narrow = (
        economics.verdict.high - economics.verdict.low  # type: ignore[operator]
        for economics in (after, before)
    )
    assert 0.5 < wide / narrow < 2


def test_each_group_is_made_of_whole_groups(gathered: dict[str, Facts | Subscriptions]) -> None:
    triangle, fewer = gathered["orders"].triangle, buckets.fewer(gathered["orders"], 20).triangle

    assert set(fewer.bucket.tolist()) <= set(range(20))
    for bucket in (0, 7):
        kept_here = triangle.bucket % 20 == bucket
        assert fewer.revenue[fewer.bucket == bucket].sum() == pytest.approx(
            triangle.revenue[kept_here].sum()
        )
    cells = np.stack([fewer.cohort, fewer.age_month, fewer.bucket, fewer.segment, fewer.complete])
    assert len(np.unique(cells, axis=1).T) == len(fewer.bucket)
