"""Ids of subscriptions and their customers that lost digits in a spreadsheet are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ltvcli import errors

Load = Callable[..., Any]


@pytest.mark.parametrize("damaged", ["4.40019E+17,S{n}", "C{n},4.40019E+17"])
def test_damaged_ids_are_refused(load: Load, damaged: str) -> None:
    lines = [f"{damaged.format(n=n)},2025-0{n}-01,,10" for n in range(1, 4)]

    with pytest.raises(errors.DamagedIdsError, match=r"4\.40019E\+17"):
        load("client id,subscription id,start,end,mrr\n" + "\n".join(lines) + "\n")


def test_damaged_ids_that_all_differ_are_still_good(load: Load) -> None:
    lines = [f"4.4001{n}E+17,S{n},2025-0{n}-01,,10" for n in range(1, 4)]

    loaded = load("client id,subscription id,start,end,mrr\n" + "\n".join(lines) + "\n")

    assert len(loaded.periods) == 3


def test_an_id_with_a_point_and_a_zero_is_the_same_customer(load: Load) -> None:
    loaded = load("client id,start,end,mrr\n7120,2025-01-01,2025-02-01,10\n7120.0,2025-03-01,,10\n")

    assert {row[0] for row in loaded.periods} == {"7120"}
