"""Which format a file holds by the ending of its name."""

from __future__ import annotations

from pathlib import PurePath

ENDINGS = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".md": "md",
    ".markdown": "md",
    ".txt": "table",
    ".xlsx": "xlsx",
}


def ending(file: str) -> str:
    """Return the ending of a file name, "" if it has none.

    >>> ending("memo.MD"), ending("/dev/stdout")
    ('.md', '')
    """
    return PurePath(file).suffix.lower()
