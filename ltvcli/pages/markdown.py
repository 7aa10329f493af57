"""A page as Markdown: headings, lists and tables; characters of data are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ltvcli.language import printable
from ltvcli.pages.content import Block, Grid, Item, Page, Role, Section

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#&])")


def escaped(text: str) -> str:
    r"""Keep text from being markup, a table border or a link.

    >>> escaped("<b>|[a](b)_c_")
    '\\<b\\>\\|\\[a\\](b)\\_c\\_'
    """
    return _MARKUP.sub(r"\\\1", printable(text))


_LAST = (Role.DATA, Role.DEFINITIONS)


def text_of(page: Page, level: int = 1) -> str:
    """Write a page, and below it its parts; parts that answer a question are sections.

    Args:
        page: to write.
        level: of its title.
    """
    nested = any(single.heading for single in page.parts)
    last = [section for section in page.sections if nested and section.role in _LAST]
    sections = [section for section in page.sections if section not in last]
    below = level + 1
    parts = [text_of(single, below if single.heading else level) for single in page.parts]
    blocks = [head(page, level), *(_section(section, below) for section in sections)]
    written = [_lines(block) for block in blocks] + parts
    written += [_lines(_section(section, below)) for section in last]
    return "\n".join(text for text in written if text)


def _lines(block: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in block)


def head(page: Page, level: int = 1) -> list[str]:
    """Write the answer: the headline as title, then a list, its basis, and details.

    Below a question the headline is a paragraph.

    Args:
        page: to write.
        level: of its title.
    """
    lines = [_item(Item(label=line.label, text=line.text)) for line in page.lines]
    if page.next_command:
        lines.append(_item(Item(label=page.next_label, code=page.next_command)))
    details = [_item(Item(label=line.label, text=line.text)) for line in page.details]
    remarks = [[escaped(remark)] for remark in page.remarks]
    basis = [" · ".join(map(escaped, page.basis))] if page.basis else []
    blocks = [lines, basis, *remarks, details]
    heading = escaped(page.heading or page.title)
    title = escaped(page.title) if page.is_missing else f"**{escaped(page.title)}**"
    return [
        *([f"*{escaped(page.label)}*", ""] if page.label else []),
        f"{'#' * level} {heading}",
        *(["", title] if page.heading else []),
        *(line for block in blocks if block for line in ["", *block]),
    ]


def _section(section: Section, level: int) -> list[str]:
    blocks = [block for block in map(_block, section.blocks) if block]
    if not blocks:
        return []
    return [f"{'#' * level} {escaped(section.title)}", *_spaced(blocks)]


def _spaced(blocks: Sequence[Sequence[str]]) -> list[str]:
    """Put an empty line before each block that has lines."""
    return [line for block in blocks if block for line in ["", *block]]


def _block(block: Block) -> list[str]:
    if isinstance(block, str):
        return [escaped(block)]
    if isinstance(block, Grid):
        return list(grid(block.heads, block.rows))
    return [line for item in block for line in _items(item)]


def _items(item: Item) -> Iterator[str]:
    yield _item(item)
    yield from (f"  {line}" for nested in item.items for line in _items(nested))


def _item(item: Item) -> str:
    label = (
        f"**{escaped(f'{item.sign} {item.label}'.strip())}**{item.separator}" if item.label else ""
    )
    text = escaped(item.text)
    if not item.code:
        return f"- {label}{text}"
    return f"- {label}{text}{' ' if text else ''}{code(item.code)}"


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Write a table: the first column to the left, the others to the right."""
    yield _row(map(escaped, heads))
    yield _row(["---", *["---:"] * (len(heads) - 1)])
    yield from (_row(map(escaped, row)) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def code(text: str) -> str:
    """Write text to be typed; a backtick in it would end the code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{printable(text)}{fence}"
