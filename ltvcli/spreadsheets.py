"""Cells that are safe where a table is opened: in a spreadsheet, in a terminal, line by line."""

from __future__ import annotations

import re
import unicodedata

# Control characters, line and paragraph separators, signs that turn the direction of writing, and
# halves of surrogate pairs, which no encoding takes.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9.,]*|[.,][0-9]+)%?")
_FORMULA = frozenset("=+-@")
_UNSEEN = ("Z", "Cc", "Cf")
"""Categories of characters that a spreadsheet may drop from the start of a cell."""


def as_cell(value: object) -> object:
    r"""Make text safe for a cell of a CSV file; numbers, dates and None are unchanged.

    Control characters and line breaks become visible escapes, so that a cell never begins a row.
    Text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> as_cell("=1+1"), as_cell("-12.50"), as_cell(" ＝A1"), as_cell("two\nlines"), as_cell(-3)
    ("'=1+1", '-12.50', "' ＝A1", 'two\\nlines', -3)
    """
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub(_escape, value)
    start = next((c for c in value if not unicodedata.category(c).startswith(_UNSEEN)), "")
    is_formula = unicodedata.normalize("NFKC", start)[:1] in _FORMULA and start
    return f"'{text}" if is_formula and not _NUMBER.fullmatch(text) else text


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape", "backslashreplace").decode()
