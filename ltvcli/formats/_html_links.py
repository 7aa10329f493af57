"""Links from every figure of a page to its definition on the same page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from ltvcli.language import N_, translate
from ltvcli.pages.content import Grid, Item, Page, Role, Section
from ltvcli.pages.sections import DEFINITIONS

Explain = Callable[[str, str], "tuple[str, str] | None"]
"""Returns the label and the definition of a term in a language; None if there is no such term."""
ROWS = (N_("Input"), N_("Figure"), N_("Method"), N_("Lever"))
"""Heads of first columns that hold names of figures."""
_MONTHS = re.compile(
    r"\d+(?:-month |か月)(?P<name>.+)"
    r"|(?P<figure>.+?)(?: \(month \d+\)|（\d+か月目?）|, \d+ months|、\d+か月)"
)
"""Labels of figures over some months, or in one: 18-month LTV, Trend (month 6)."""


def unexplained(_label: str, _lang: str) -> None:
    """Explain only terms that the page itself defines."""


def with_definitions(page: Page, lang: str, explain: Explain) -> tuple[Page, dict[str, str]]:
    """Add the definitions of all labels; return the page, and the defined term of each label.

    Args:
        page: with all of its parts.
        lang: of the words.
        explain: gives the meaning of what the page does not define itself.
    """
    terms = {item.label: item.label for item in _defined(page)}
    more: dict[str, Item] = {}
    for label in dict.fromkeys(_labels(page, lang)):
        if label in terms:
            continue
        match = _MONTHS.fullmatch(label)
        name = (match["name"] or match["figure"]) if match else label
        meaning = explain(name, lang)
        if name in terms:
            terms[label] = terms[name]
        elif meaning is not None:
            term, definition = meaning
            if term not in terms:
                more[term] = Item(label=term, text=definition, separator=": ")
                terms[term] = term
            terms[label] = term
    return _appended(page, list(more.values()), lang), terms


def anchors(page: Page) -> dict[str, str]:
    """Return the place of each definition of a page."""
    labels = dict.fromkeys(item.label for item in _defined(page))
    return {label: f"d{number}" for number, label in enumerate(labels, 1)}


def row_heads(lang: str) -> set[str]:
    """Return the heads of columns that hold names of figures."""
    return {translate(head, lang) for head in ROWS}


def once(places: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that gives the anchor of a definition on first use, and "" afterwards."""
    left = dict(places)
    return lambda label: left.pop(label, "")


def _defined(page: Page) -> Iterator[Item]:
    for single in (page, *page.parts):
        for section in single.sections:
            if section.role is Role.DEFINITIONS:
                for block in section.blocks:
                    if not isinstance(block, Grid | str):
                        yield from block
    for single in page.parts:
        for nested in single.parts:
            yield from _defined(nested)


def _labels(page: Page, lang: str) -> Iterator[str]:
    heads = row_heads(lang)
    yield from (tile.label for tile in page.tiles)
    yield from (line.label for line in (*page.lines, *page.details) if line.label)
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Grid):
                yield from (head.strip() for head in block.heads if not block.shades)
                if block.heads and block.heads[0] in heads:
                    yield from (row[0] for row in block.rows)
    for single in page.parts:
        yield from _labels(single, lang)


def _appended(page: Page, items: list[Item], lang: str) -> Page:
    """Add definitions to those of the page."""
    if not items:
        return page
    kept = [section for section in page.sections if section.role is not Role.DEFINITIONS]
    defined = [section for section in page.sections if section.role is Role.DEFINITIONS]
    first = (
        defined[0]
        if defined
        else Section(title=translate(DEFINITIONS, lang), role=Role.DEFINITIONS)
    )
    blocks = [*(block for section in defined for block in section.blocks), items]
    listed = [item for block in blocks if not isinstance(block, Grid | str) for item in block]
    return replace(
        page,
        sections=[
            *kept,
            replace(first, title=first.title or translate(DEFINITIONS, lang), blocks=[listed]),
        ],
    )
