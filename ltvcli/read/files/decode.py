"""Decode files to UTF-8 text with one kind of line ending; only other files are copied.

| bytes of the file | encoding | text                   |
| e5 b1 b1 0a       | utf-8    | 山, from the file itself |
| ff fe 71 5c 0a 00 | utf-16   | 山, from a copy          |
| 8e 52 0a          | cp932    | 山, from a copy          |
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from msgspec import Struct, field

from ltvcli.errors import (
    NulBytesError,
    UndecodableError,
    UnknownEncodingError,
    WrongEncodingError,
)

BLOCK = 1 << 20
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Bytes undefined in CP932, as Python decodes them: they occur only in other encodings.
_NOT_JAPANESE = ("\x80", "\xa0", "\uf8f0", "\uf8f1", "\uf8f2", "\uf8f3")


class Text(Struct, frozen=True, kw_only=True):
    """A file to read as UTF-8, and its original encoding."""

    path: Path
    encoding: str


class _Newlines(Struct):
    """Which kinds of line ending occur, fed block by block."""

    lf: bool = False
    crlf: bool = False
    cr: bool = False
    _held: bytes = b""

    def feed(self, block: bytes) -> None:
        if self.mixed:
            return
        if self._held or b"\r" in block:
            import numpy as np

            block = self._held + block
            # A block may end between the two bytes of one line ending.
            self._held = block[-1:] if block.endswith(b"\r") else b""
            codes = np.frombuffer(block.removesuffix(b"\r"), np.uint8)
            is_cr, is_lf = codes == ord("\r"), codes == ord("\n")
            pairs = int(np.count_nonzero(is_cr[:-1] & is_lf[1:]))
            self.crlf |= pairs > 0
            self.cr |= int(np.count_nonzero(is_cr)) > pairs
            self.lf |= int(np.count_nonzero(is_lf)) > pairs
        else:
            self.lf |= b"\n" in block

    @property
    def mixed(self) -> bool:
        return self.lf + self.crlf + self.cr > 1

    def one_style(self) -> bool:
        self.cr |= bool(self._held)
        return not self.mixed


class _Utf8(Struct):
    """Whether the blocks fed so far are UTF-8; an empty block is the end."""

    _decoder: codecs.IncrementalDecoder = field(
        default_factory=codecs.getincrementaldecoder("utf-8")
    )
    _is_whole: bool = True  # no undecoded bytes remain from the previous block

    def feed(self, block: bytes) -> None:
        if not (self._is_whole and block.isascii()):
            self._decoder.decode(block, final=not block)
            self._is_whole = not self._decoder.getstate()[0]


class NotPlainError(Exception):
    """A file is not UTF-8 text with one kind of line ending."""


class PlainFile(io.FileIO):
    """A file whose blocks are checked while they are read: a plain one needs no decoding.

    Raises:
        NotPlainError: the block that would be read is not plain; at the end, the file is not.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._newlines = _Newlines()
        self._utf8 = _Utf8()

    def read(self, size: int | None = -1, /) -> bytes:
        """Read a block of at most `size` bytes; an empty one is the end."""
        block = super().read(size)
        self._newlines.feed(block)
        try:
            self._utf8.feed(block)
        except UnicodeDecodeError:
            raise NotPlainError from None
        is_one_style = not self._newlines.mixed if block else self._newlines.one_style()
        if b"\0" in block or not is_one_style:
            raise NotPlainError
        return block


def begins_plain(path: Path, encoding: str | None) -> bool:
    """Return whether the first block of a file is plain, and no other encoding is declared.

    Args:
        path: of the file.
        encoding: as typed with --encoding; None if not typed.

    Raises:
        UnknownEncodingError: there is no such `encoding`.
    """
    declared = _known(encoding) if encoding else _marked(path)
    if declared not in (None, "utf-8"):
        return False
    try:
        with PlainFile(path) as file:
            file.read(BLOCK)
    except NotPlainError:
        return False
    return True


def decode(path: Path, name: str, encoding: str | None, copy: Path) -> Text:
    """Detect the encoding of `path`; unless it is plain UTF-8, write it as UTF-8 into `copy`.

    A byte order mark decides; else UTF-8 if the whole file is valid, else CP932 (Shift_JIS) if the
    whole file is; `encoding` overrides all of them.

    Args:
        path: of the file.
        name: what the user typed.
        encoding: as typed with --encoding; None if not typed.
        copy: where the UTF-8 text goes, if the file is not that already.

    Raises:
        UnknownEncodingError: there is no such `encoding`.
        WrongEncodingError: the file is not written in `encoding`, or not as its mark says.
        UndecodableError: it is neither UTF-8 nor CP932.
        NulBytesError: it contains NUL bytes, which no text does.
    """
    declared = _known(encoding) if encoding else _marked(path)
    if declared not in (None, "utf-8"):
        return _converted(path, name, str(declared), copy)
    newlines, utf8 = _Newlines(), _Utf8()
    valid = 0
    try:
        for block in chain(blocks(path), (b"",)):
            if b"\0" in block:
                raise NulBytesError(file=name, line=_line(path, valid + block.index(b"\0")))
            newlines.feed(block)
            utf8.feed(block)
            valid += len(block)
    except UnicodeDecodeError as error:
        if declared:
            line = _line(path, valid + error.start)
            raise WrongEncodingError(file=name, encoding="UTF-8", line=line) from None
        return _converted(path, name, "cp932", copy, guessed=True)
    if newlines.one_style():
        return Text(path=path, encoding="utf-8")
    return _converted(path, name, "utf-8", copy)


def blocks(path: Path) -> Iterator[bytes]:
    """Read a file in pieces of one megabyte."""
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            yield block


def _line(path: Path, position: int) -> int:
    """Return the line number of the byte at `position`, for a message."""
    line = 1
    for block in blocks(path):
        line += block[: max(position, 0)].count(b"\n")
        position -= len(block)
    return line


def _known(encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        "".encode(encoding)  # raises for codecs that are not text encodings, such as base64
    except (LookupError, UnicodeError, ValueError):
        raise UnknownEncodingError(text=encoding) from None
    return codec.name


def _marked(path: Path) -> str | None:
    with path.open("rb") as file:
        start = file.read(3)
    return next((name for bom, name in _BOMS.items() if start.startswith(bom)), None)


def _converted(path: Path, name: str, encoding: str, copy: Path, *, guessed: bool = False) -> Text:
    decoder = codecs.getincrementaldecoder(encoding)()
    newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
    line = 1
    with copy.open("wb") as out:
        try:
            for block in chain(blocks(path), (b"",)):
                text = newlines.decode(block, final=not block)
                if guessed and any(char in text for char in _NOT_JAPANESE):
                    raise UndecodableError(file=name)
                if "\0" in text:
                    line += text[: text.index("\0")].count("\n")
                    raise NulBytesError(file=name, line=line)
                line += text.count("\n")
                out.write(text.encode())
        except UnicodeError as error:
            if guessed:
                raise UndecodableError(file=name) from None
            if isinstance(error, UnicodeDecodeError):
                line += error.object[: error.start].count(b"\n")
            raise WrongEncodingError(file=name, encoding=encoding.upper(), line=line) from None
    return Text(path=copy, encoding=encoding)
