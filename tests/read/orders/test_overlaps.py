"""Exports without order IDs that overlap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ltvcli.results import Quantity
from ltvcli.units import Unit

Load = Callable[..., Any]

HEADER = "member,bought at,paid amount\n"
MAY = HEADER + "g1,2025-05-03,8.00\ng2,2025-05-20,9.00\ng1,2025-05-20,5.50\n"
JUNE = HEADER + "g2,2025-05-20,9.00\ng1,2025-05-20,5.50\ng3,2025-06-11,7.00\n"
MAP = {"customer": "member", "date": "bought at", "amount": "paid amount"}


def alert(loaded: Any) -> Any:
    return loaded.reading.inputs[1].alerts.get("rows-in-several-files")


def test_rows_in_both_files_are_a_finding_with_the_money(load: Load) -> None:
    facts = alert(load(MAY, JUNE, map=MAP))

    assert facts["orders"] == Quantity(2, Unit.COUNT)
    assert facts["revenue"] == Quantity(14.5, Unit.MONEY)
    assert "0-orders.csv" in facts["other"]


def test_a_row_repeated_within_one_file_is_no_overlap(load: Load) -> None:
    assert (
        alert(load(MAY + "g1,2025-05-03,8.00\n", HEADER + "g1,2025-06-03,8.00\n", map=MAP)) is None
    )


def test_files_of_two_shops_do_not_overlap(load: Load) -> None:
    rows = "".join(f"h{n},2025-05-{n + 1:02},{n + 20}.00\n" for n in range(5))

    assert alert(load(MAY, f"{HEADER}{rows}g1,2025-05-03,8.00\n", map=MAP)) is None


def test_order_ids_decide_which_orders_are_the_same(load: Load) -> None:
    files = [
        "order id,"
        + text.replace("\ng", "\nu1,g", 1).replace("\ng", "\nu2,g", 1).replace("\ng", "\nu3,g")
        for text in (MAY, JUNE)
    ]

    assert alert(load(*files, map=MAP)) is None
