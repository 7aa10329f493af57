"""The type of a file, from its first bytes, never from its name.

| first bytes         | kind                     |
| Name,Email,Total    | text                     |
| 50 4b 03 04, xl/... | xlsx                     |
| 50 41 52 31 (PAR1)  | parquet                  |
| <!doctype html>     | refused with a hint      |
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from ltvcli.errors import (
    BinaryFileError,
    EmptyFileError,
    HtmlFileError,
    JsonFileError,
    LegacyExcelError,
    PasswordError,
)
from ltvcli.language import N_

Kind = Literal["text", "gzip", "parquet", "xlsx"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = {
    b"%PDF": N_("a PDF"),
    b"\x89PNG": N_("an image"),
    b"\xff\xd8\xff": N_("an image"),
    b"GIF8": N_("an image"),
    b"SQLite format 3\0": N_("an SQLite database"),
    b"PK\3\4": N_("a ZIP archive"),
    b"PK\5\6": N_("a ZIP archive"),
    b"7z\xbc\xaf\x27\x1c": N_("a 7-Zip archive"),
    b"Rar!": N_("a RAR archive"),
    b"BZh": N_("a bzip2 archive"),
    b"\xfd7zXZ": N_("an xz archive"),
    b"\x28\xb5\x2f\xfd": N_("a Zstandard archive"),
    b"ARROW1": N_("an Arrow file"),
    b"\x7fELF": N_("a program"),
    b"MZ\x90": N_("a program"),
}
_HTML = re.compile(rb"<(!doctype|html|head|body|table|script|\?xml|meta)\b", re.IGNORECASE)
_JSON = re.compile(rb'\{\s*["}]|\[\s*[\[\]{]')


def kind(path: Path, name: str) -> Kind:
    """Return the type of the content of `path`, and refuse everything that is not a table.

    Raises:
        EmptyFileError: nothing, or nothing but white space at the start of a short file.
        BinaryFileError: a PDF, an image, an archive that is no workbook.
        LegacyExcelError: an Excel file of before 2007.
        PasswordError: a workbook locked with a password.
        HtmlFileError: a web page, often a login page saved in place of the export.
        JsonFileError: JSON.
    """
    with path.open("rb") as file:
        start = file.read(4096)
        longer = bool(file.read(1))
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\3\4") and _is_workbook(path):
        return "xlsx"
    if start.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise (PasswordError if locked else LegacyExcelError)(file=name)
    for magic, what in _BINARY.items():
        if start.startswith(magic):
            raise BinaryFileError(file=name, what=what)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text and not longer:
        raise EmptyFileError(file=name)
    if _HTML.match(text):
        raise HtmlFileError(file=name)
    if _JSON.match(text):
        raise JsonFileError(file=name)
    return "text"


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(entry.startswith("xl/") for entry in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
