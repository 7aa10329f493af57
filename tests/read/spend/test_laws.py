"""Laws that hold whatever the files of spend are, and bytes that may be anything."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ltvcli.engines import duckdb
from ltvcli.errors import InternalError, LtvError
from ltvcli.read import spend
from ltvcli.read.files.open_files import open_all
from ltvcli.settings.settings import Settings
from tests.effort import examples
from tests.read.spend import test_systems

Row = tuple[str, str, str, str]
HEADER = ("start", "end", "channel", "spend")

days = st.integers(0, 400).map(lambda n: date(2025, 1, 1) + timedelta(n))
channels = st.sampled_from(["google", "Google Ads", "meta", "ＭＥＴＡ", "tv", ""])
amounts = st.sampled_from(["10", "2.50", "0", "-3", "--", "", "1,200.01", "0.01", "999999.99"])


@st.composite
def rows(draw: st.DrawFn) -> Row:
    first = draw(days)
    last = first + timedelta(draw(st.sampled_from([0, 0, 6, 29, 364])))
    return first.isoformat(), last.isoformat(), draw(channels), draw(amounts)


files = st.lists(rows(), min_size=2, max_size=12)


def read(*texts: bytes) -> tuple[Any, ...] | str:
    """Read files; what comes of it, or the name of the error."""
    with tempfile.TemporaryDirectory() as folder:
        private = Path(folder) / "private"
        private.mkdir()
        paths = []
        for number, text in enumerate(texts):
            path = Path(folder) / f"{number}.csv"
            path.write_bytes(text)
            paths.append(path)
        try:
            sheets = open_all(paths, Settings(), private)
            with duckdb.open([file.path for file in sheets], private, None) as engine:
                reading = spend.load(sheets, Settings(), engine)
                table = engine.execute("select * from spend order by all").fetchall()
        except InternalError:
            raise
        except LtvError as error:
            return type(error).__name__
    aside: dict[str, int] = {}
    for file in reading.inputs:
        assert file.rows_read == file.rows_used + sum(file.set_aside.values())
        for reason, count in file.set_aside.items():
            aside[reason] = aside.get(reason, 0) + count
    return table, aside, reading.currency


def written(lines: Sequence[Row]) -> bytes:
    text = (",".join(f'"{cell}"' for cell in row) for row in (HEADER, *lines))
    return ("\n".join(text) + "\n").encode()


@examples(10)
@given(files, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(made: list[Row], random: Any) -> None:
    shuffled = random.sample(made, len(made))

    assert read(written(shuffled)) == read(written(made))


@examples(10)
@given(files, st.integers(1, 11))
def test_a_file_split_in_two_gives_the_same_answer(made: list[Row], cut: int) -> None:
    first, second = made[:cut], made[cut:]
    parts = [written(piece) for piece in (first, second) if piece]
    if len(parts) == 2 and first == second:
        return  # the same file twice counts once
    uncut, cut_in_two = read(written(made)), read(*parts)
    if isinstance(cut_in_two, str) or isinstance(uncut, str):
        return  # blank amounts, or amounts below zero, of one part only are an error of their own

    assert cut_in_two == uncut


@examples(10)
@given(files)
def test_days_add_up_to_the_rows_to_the_cent(made: list[Row]) -> None:
    reading = read(written(made))
    amounts = [Decimal(row[3].replace(",", "")) for row in made if row[3] not in ("", "--")]

    if isinstance(reading, str):
        assert not amounts or sum(amounts) < 0 < max(amounts)
    elif sum(amounts) < 0:  # expenses written below zero
        assert sum(row[2] for row in reading[0]) == -sum(amounts)
    else:
        assert sum(row[2] for row in reading[0]) == sum(amounts)


REPORTS = [
    text.encode()
    for name, text in vars(test_systems).items()
    if name.isupper() and isinstance(text, str)
]


@examples(30)
@given(st.sampled_from(REPORTS), st.data())
def test_only_our_own_errors_escape_from_bytes_that_may_be_anything(
    report: bytes, data: st.DataObject
) -> None:
    broken = bytearray(report)
    for _ in range(data.draw(st.integers(1, 8))):
        if not broken:
            break
        at = data.draw(st.integers(0, len(broken) - 1))
        how = data.draw(st.sampled_from(["replace", "remove", "insert", "cut"]))
        if how == "replace":
            broken[at] = data.draw(st.integers(0, 255))
        elif how == "remove":
            del broken[at]
        elif how == "insert":
            broken[at:at] = data.draw(
                st.sampled_from([b'"', b",", b"\n", b"\t", b";", b"--", b"9"])
            )
        else:
            del broken[at + 1 :]

    assert read(bytes(broken))
