"""Small text files that people write by hand: settings, initiatives, benchmarks."""

from __future__ import annotations

from pathlib import Path

from ltvcli import pipes, targets
from ltvcli.errors import UnreadableSettingsError
from ltvcli.language import N_, why

SETTINGS_BYTES = 32 * 1024
"""Bytes of a file of settings; the longest one written by hand has a tenth of that."""
CSV_BYTES = 1024 * 1024
"""Bytes of a CSV file that is written by hand."""


def read_settings(path: Path) -> str:
    """Read a file of settings, which is UTF-8.

    Raises:
        UnreadableSettingsError: it cannot be read, or is no such text.
    """
    text = _decoded(_bytes(path, SETTINGS_BYTES, N_("it is larger than 32 KB")), "utf-8-sig")
    if text is None:
        raise UnreadableSettingsError(file=str(path), because=N_("it is not UTF-8"))
    return text


def read_csv(path: Path) -> str:
    """Read a CSV file, which is UTF-8 or, as Excel in Japan saves it, CP932.

    Raises:
        UnreadableSettingsError: it cannot be read, or is no such text.
    """
    raw = _bytes(path, CSV_BYTES, N_("it is larger than 1 MB"))
    text = _decoded(raw, "utf-8-sig", "cp932")
    if text is None:
        raise UnreadableSettingsError(file=str(path), because=N_("it is not UTF-8"))
    return text


def delimiter(text: str) -> str:
    """Return what separates the cells of the first line: a comma, else a semicolon or a tab.

    Spreadsheets write semicolons where the comma is the decimal sign.

    >>> delimiter("name,lever"), delimiter("name;lever;change"), delimiter("name")
    (',', ';', ',')
    """
    header = text.lstrip().partition("\n")[0]
    return max(",;\t", key=header.count)


def _bytes(path: Path, most: int, too_large: str) -> bytes:
    targets.reading(path)
    try:
        pipes.refuse_special(path)
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        raise UnreadableSettingsError(file=str(path), because=why(error)) from None
    if len(raw) > most:
        raise UnreadableSettingsError(file=str(path), because=too_large)
    return raw


def _decoded(raw: bytes, *encodings: str) -> str | None:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
