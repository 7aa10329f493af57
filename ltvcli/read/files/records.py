"""The records of a CSV file, counted and located independently of the reader of their cells.

| line | text of the file   | result                                    |
| 1    | ID,city,total      | the header, above the first record        |
| 2    | 1,Tokyo,20         | record 0                                  |
| 3    | 2,Osaka            | damage: (position, length, line 3, ragged) |
| 4    | 3,Kyoto,30         | record 1                                  |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct

from ltvcli.read.files import record_reader
from ltvcli.read.files.cutting import cut
from ltvcli.read.files.record_reader import GOOD, REASONS, Form

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECE = 1 << 17  # bytes; larger blocks exceed the CPU cache; longer records span several blocks
_HEAD = 4096  # bytes of a block that are searched for its first record
_BATCH = 10_000

Row = tuple[int, str]
"""The line on which a record begins, and its text."""


class Records(Struct, kw_only=True, eq=False):
    """The records of data in `text`, which is the file or its decoded copy.

    Attributes:
        text: the path of the UTF-8 text.
        form: how it is written.
        path: where only those records stand that can be read: `text`, or a copy.
        count: how many they are.
        is_counted: whether it was only counted, over many records, how many cells they have. One
            may have a cell too many, and another one too few, until DuckDB has read them all.
        pieces: (position, first record, first line) of pieces of the text, ascending, `(n + 1, 3)`;
            the last row is the end.
        damage: (position, length, line, kind) of the records that cannot be read, `(m, 4)`.
    """

    text: Path
    form: Form
    path: Path
    count: int
    pieces: NDArray[Any]
    damage: NDArray[Any]
    is_counted: bool

    @property
    def is_copied(self) -> bool:
        """Return whether those that can be read stand in a copy, without anything above them."""
        return self.path != self.text

    @property
    def excluded(self) -> dict[str, int]:
        """Count the records that cannot be read, by reason."""
        import numpy as np

        kinds, counts = np.unique(self.damage[:, 3], return_counts=True)
        counted = {REASONS[int(kind)]: int(n) for kind, n in zip(kinds, counts, strict=True)}
        return dict(sorted(counted.items(), key=lambda reason: (-reason[1], reason[0])))

    def rows(self, wanted: Sequence[int]) -> Iterator[Row]:
        """Read the records of these numbers, which begin with 0 and ascend."""
        import numpy as np

        numbers = np.asarray(wanted, np.int64)
        piece_of = np.searchsorted(self.pieces[:, 1], numbers, side="right") - 1
        with self.text.open("rb") as file:
            for piece in dict.fromkeys(piece_of.tolist()):
                at, first, line = (int(number) for number in self.pieces[piece])
                size = int(self.pieces[piece + 1, 0]) - at
                file.seek(at)
                text = file.read(size)
                cut_text = cut(text, self.form, line, is_last=True)
                good = np.flatnonzero(cut_text.kinds == GOOD)
                for place in good[numbers[piece_of == piece] - first]:
                    record = text[cut_text.starts[place] : cut_text.ends[place]]
                    yield line + int(cut_text.lines[place]), record.decode()

    def damaged(self) -> Iterator[tuple[int, str, str]]:
        """Read the records that cannot be read as cells: line, reason, and at most 1 MB of text."""
        with self.text.open("rb") as file:
            for begin in range(0, len(self.damage), _BATCH):
                text, begins = b"", 0
                for at, length, line, kind in self.damage[begin : begin + _BATCH].tolist():
                    size = min(length, self.form.longest)
                    if not begins <= at <= at + size <= begins + len(text):
                        file.seek(begins := at)
                        text = file.read(max(size, PIECE))
                    record = text[at - begins : at - begins + size]
                    yield line, REASONS[kind], record.decode(errors="ignore")

    def cells(self, record: str) -> list[str]:
        """Return the cells of a record."""
        delimiter = self.form.delimiter.decode()
        if '"' in record:
            return record_reader.cells(record, delimiter)[: self.form.width]
        return record.split(delimiter)[: self.form.width]

    def samples(self, most: int) -> list[tuple[int, str]]:
        """Read the first record of pieces evenly over the file, and the last of all, by number."""
        if not self.count:
            return []
        ends = [*self.pieces[1:, 1].tolist()]
        filled = [at for at, end in enumerate(ends) if end > self.pieces[at, 1]]
        chosen = filled[:: -(-len(filled) // most)]
        with self.text.open("rb") as file:
            samples = {int(self.pieces[at, 1]): self._first(file, at) for at in chosen}
        last = self.count - 1
        if last not in samples:
            samples[last] = next(self.rows([last]))[1]
        return list(samples.items())

    def _first(self, file: BinaryIO, piece: int) -> str:
        """Read the first readable record of a piece."""
        import numpy as np

        at, _, line = (int(number) for number in self.pieces[piece])
        left = int(self.pieces[piece + 1, 0]) - at
        file.seek(at)
        text = b""
        while True:
            more = file.read(min(left - len(text), max(_HEAD, len(text))))
            if not more:  # the file was cut while it was read
                return ""
            text += more
            cut_text = cut(text, self.form, line, is_last=len(text) == left)
            good = np.flatnonzero(cut_text.kinds == GOOD)
            if len(good):
                return text[cut_text.starts[good[0]] : cut_text.ends[good[0]]].decode()
