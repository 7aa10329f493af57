"""Where a record stands in its file, as an editor numbers the lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ltvcli.read.decode import blocks
from ltvcli.read.sheet import Sheet

_LONGEST_CELL = 2**31 - 1


def numbers(
    sheet: Sheet, records: Sequence[int], accepted: int, left_out: Mapping[int, int]
) -> list[int | None]:
    """Find the line on which each record begins; for Parquet, the number of its row.

    Args:
        sheet: the sheet they are records of.
        records: positions among the accepted records, from 0, ascending, `(n,)`.
        accepted: how many records were accepted in all.
        left_out: the other records: line on which each begins, and how many lines it takes.

    Returns:
        Line numbers from 1, `(n,)`; all None if the file cannot be counted through.
    """
    if sheet.shape == "parquet":
        return [record + 1 for record in records]
    if sheet.skip + accepted + len(left_out) == line_count(sheet.path):
        return list(_one_a_line(sheet.skip + 1, records, sorted(left_out)))
    return _looked_up(sheet, records, accepted, left_out)


def _one_a_line(first: int, records: Sequence[int], left_out: Sequence[int]) -> Iterator[int]:
    before = 0
    for record in records:
        while before < len(left_out) and left_out[before] <= first + record + before:
            before += 1
        yield first + record + before


def _looked_up(
    sheet: Sheet, records: Sequence[int], accepted: int, left_out: Mapping[int, int]
) -> list[int | None]:
    """Go through the whole file, because some cells hold line breaks or some lines are blank."""
    wanted, found, position = iter(records), [], 0
    following = next(wanted, None)
    for begin in _begins(sheet, left_out):
        if position == following:
            found.append(begin)
            following = next(wanted, None)
        position += 1
    return [*found] if position == accepted else [None] * len(records)


def _begins(sheet: Sheet, left_out: Mapping[int, int]) -> Iterator[int]:
    """Yield the line on which each accepted record begins."""
    begin, fresh = 0, True

    def lines() -> Iterator[str]:
        nonlocal begin, fresh
        passing = 0
        with sheet.path.open(encoding="utf-8", newline="") as file:
            for number, line in enumerate(file, 1):
                passing = left_out.get(number, passing)
                if passing:
                    passing -= 1
                    continue
                if fresh:
                    begin, fresh = number, False
                yield line

    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        for number, cells in enumerate(csv.reader(lines(), delimiter=sheet.delimiter)):
            if cells and number >= sheet.skip:
                yield begin
            fresh = True
    finally:
        csv.field_size_limit(before)


def line_count(path: Path) -> int:
    """Count the lines of a file; the last one need not end."""
    (count,) = lines_at(path, [path.stat().st_size])
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 1))
        return count - (size == 0 or file.read() in (b"\n", b"\r"))


def lines_at(path: Path, positions: Sequence[int]) -> list[int]:
    """Find the line number of each of the byte `positions`, ascending, in one pass."""
    found: list[int] = []
    newline, line, start = b"", 1, 0
    waiting = iter(positions)
    following = next(waiting, None)
    for block in blocks(path):
        # Lines end in a lone carriage return only where there is no line feed at all.
        newline = newline or next((one for one in (b"\n", b"\r") if one in block), b"")
        done = 0
        while following is not None and following <= start + len(block):
            line += block.count(newline, done, following - start) if newline else 0
            done = following - start
            found.append(line)
            following = next(waiting, None)
        if following is None:
            break
        line += block.count(newline, done) if newline else 0
        start += len(block)
    return found
