"""Which column of subscriptions customers are segmented by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.errors import NoSuchSubscriberSegmentError
from ltvcli.read.files.open_files import open_all
from ltvcli.read.subscriptions import load as subscriptions
from ltvcli.settings.settings import Settings
from tests.read.conftest import OneEngine

pytestmark = pytest.mark.sampled

Read = Callable[..., list[tuple[Any, ...]]]
HEADER = "customer,start date,end date,amount,interval,plan,Country,utm source"
ROWS = (
    "a,2025-01-05,,10,month,Pro, JP ,google",
    "b,2025-01-06,2025-03-06,120,year,,US,",
)


@pytest.fixture
def read(tmp_path: Path, temp: Path, one_engine: OneEngine) -> Read:
    """Write texts as files, read them as subscriptions, and give the segment of each customer."""

    def read(*texts: str, by: tuple[str, ...]) -> list[tuple[Any, ...]]:
        paths = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}-subscriptions.csv"
            path.write_text(text + "\n", "utf-8")
            paths.append(path)
        settings = Settings(today=date(2025, 7, 1))
        try:
            subscriptions.load(open_all(paths, settings, temp), settings, one_engine, by)
            query = "select customer, segment from periods order by all"
            return one_engine.execute(query).fetchall()
        finally:
            one_engine.drop_all()

    return read


@pytest.mark.parametrize(
    ("by", "segments"),
    [
        pytest.param(("plan",), ["Pro", ""], id="the plan"),
        pytest.param(("country",), ["JP", "US"], id="a header in other letters, spaces cut"),
        pytest.param(("channel",), ["google", ""], id="a usual header of the channel"),
        pytest.param(("plan", "Country"), ["Pro\x1fJP", "\x1fUS"], id="two columns"),
        pytest.param((), [None, None], id="none was asked for"),
    ],
)
def test_the_column_that_is_meant(read: Read, by: tuple[str, ...], segments: list[str]) -> None:
    found = read("\n".join([HEADER, *ROWS]), by=by)

    assert [(who, segment or None) for who, segment in found] == [
        (who, segment or None) for who, segment in zip("ab", segments, strict=True)
    ]


def test_a_file_without_the_column_has_no_value(read: Read) -> None:
    other = "customer,start date,end date,amount,interval\nc,2025-02-01,,10,month"
    found = read("\n".join([HEADER, *ROWS]), other, by=("Country",))

    assert found == [("a", "JP"), ("b", "US"), ("c", None)]


def test_a_column_that_no_file_has_is_refused_with_those_that_come_near(read: Read) -> None:
    with pytest.raises(NoSuchSubscriberSegmentError) as refused:
        read("\n".join([HEADER, *ROWS]), by=("Countri",))

    assert str(refused.value.facts["near"]).startswith("Country, ")
    assert "--customers" not in refused.value.hint
