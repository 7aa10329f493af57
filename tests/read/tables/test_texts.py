"""The quick test of IDs covers all results of the slow tests."""

from __future__ import annotations

import random

import duckdb

from ltvcli.read.tables import texts

CHANGED = [
    *("17850.0", "5.00", " 12.0 ", '="0012"', "'0012", "１２", "a\tb", "c\n", "d\r", "x\u200b"),
    *("5.83871E+17", "58e+3", "5,1E+4", "5E3+1", "583871000000000000000", "12\u30003", "'7 "),
]
PLAIN = ["c1042", "o0", "ann@example.com", "5838710000000", "550e8400-e29b-41d4-a716-446655440123"]
SLOW = (texts.is_changed, texts.is_scientific, texts.is_rounded)


def found(ids: list[str], *tests: str) -> list[tuple[bool, ...]]:
    """Return the results of the tests of IDs."""
    selected = ", ".join(tests)
    with duckdb.connect() as connection:
        listed = connection.execute(
            f"select {selected} from (select unnest($ids) as id)", {"ids": ids}
        )
        return listed.fetchall()


def test_an_id_that_a_spreadsheet_changed_is_odd() -> None:
    chance = random.Random(3)
    letters = [*"0000123+.,='\" eE\té０-"]
    ids = [*CHANGED, *("".join(chance.choices(letters, k=n % 21)) for n in range(30_000))]
    seen = found(ids, texts.is_odd("id"), *(test("id") for test in SLOW))
    changed = [(text, odd) for text, (odd, *slow) in zip(ids, seen, strict=True) if any(slow)]

    assert {text for text, _ in changed} >= {*CHANGED}
    assert len(changed) > 10 * len(CHANGED)
    assert [text for text, odd in changed if not odd] == []


def test_usual_ids_are_not_odd() -> None:
    assert found(PLAIN, texts.is_odd("id")) == [(False,)] * len(PLAIN)
