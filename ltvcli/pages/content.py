"""The content of a page, from which memos, web pages and workbooks are drawn.

Everything is text for a reader, translated and with its numbers written, but not yet escaped: each
format does that in its own way. Data of files stands among it, so nothing here is markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from ltvcli.pages.chart_types import Chart

if TYPE_CHECKING:
    from ltvcli.results.levers import Levers, OnCommandLineOnly


class Grid(Struct, frozen=True, kw_only=True):
    """A table as a person sees it; columns in `left` start at the left.

    Columns in `optional` may be hidden where a screen is too narrow for them; all others never are.

    `shades` are from 0 (light) to 1 (dark), None for none, and `dim` what stands back, both by row
    and column; a terminal without colours shows neither, so that no meaning may hang on them.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: Sequence[int] = (0,)
    shades: Sequence[Sequence[float | None]] = ()
    dim: Sequence[Sequence[bool]] = ()
    notes: Sequence[str] = ()
    optional: Sequence[int] = ()


class Line(Struct, frozen=True, kw_only=True):
    """A labelled sentence; `grade` is the name of its grade, or "".

    The sign of the grade is part of `text`; an upper bound has no sign.
    """

    label: str
    text: str
    grade: str = ""


class Tile(Struct, frozen=True, kw_only=True):
    """One number at the top of a page: label, value, details, grade."""

    label: str
    value: str
    note: str = ""
    grade: str = ""


class Item(Struct, frozen=True, kw_only=True):
    """An item of a list: a label in bold, a text, something to type or copy, and lines below."""

    label: str = ""
    text: str = ""
    code: str = ""
    items: Sequence[Item] = ()
    separator: str = " "
    sign: str = ""


class Role(StrEnum):
    """What a section is for, by which a format places it."""

    TABLES = "tables"
    FINDINGS = "findings"
    DATA = "data"
    DEFINITIONS = "definitions"


Block = Grid | Sequence[Item] | str
"""A table, a list or a paragraph."""


class Section(Struct, frozen=True, kw_only=True):
    """A heading with tables and lists below it; a section without any is not drawn."""

    title: str
    role: Role = Role.TABLES
    blocks: Sequence[Block] = ()


class Page(Struct, frozen=True, kw_only=True):
    """A page for a reader who takes time.

    Attributes:
        title: the answer in one sentence.
        label: what the page is called, above the title.
        heading: the question that a part answers; "" where it is a page like any other.
        is_missing: whether the title says why there is no answer.
        lines: all other lines of the short answer.
        next_label: what the command to type next is called.
        next_command: to be typed; "" if there is none.
        basis: the basis of the answer, one phrase each.
        remarks: what else belongs to the answer, a paragraph each.
        details: sentences that the short answer leaves out.
        tiles: the main numbers.
        charts: in reading order.
        sections: in reading order.
        levers: what a reader may change on the page, or why only a command can; None where nothing.
        parts: pages of what this one is put together from.
    """

    title: str
    label: str = ""
    heading: str = ""
    is_missing: bool = False
    lines: Sequence[Line] = ()
    next_label: str = ""
    next_command: str = ""
    basis: Sequence[str] = ()
    remarks: Sequence[str] = ()
    details: Sequence[Line] = ()
    tiles: Sequence[Tile] = ()
    charts: Sequence[Chart] = ()
    sections: Sequence[Section] = ()
    levers: Levers | OnCommandLineOnly | None = None
    parts: Sequence[Page] = ()
