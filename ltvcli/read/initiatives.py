"""Initiatives from a CSV file: a header that names their keys, then one initiative per row.

| lever | change | cost   | feasibility |
| churn | -10%   | 300000 | 4           | an Initiative with a probability of 0.7
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from ltvcli.errors import UnknownKeyError, UnreadableSettingsError
from ltvcli.language import N_
from ltvcli.settings import plans, text_file
from ltvcli.settings.yaml_file import near

ALIASES: Mapping[str, str] = {
    "initiative": "name",
    "施策": "name",
    "施策名": "name",
    "レバー": "lever",
    "変化": "change",
    "費用": "cost",
    "コスト": "cost",
    "確率": "probability",
    "feasibility (1-5)": "feasibility",
    "実現性": "feasibility",
    "実現可能性": "feasibility",
    "months to effect": "months",
    "効果までの月数": "months",
}
"""Other headers of the same keys."""
MOST = 1000
"""Initiatives in a file: each is valued separately."""


def read(file: str) -> tuple[plans.Initiative, ...]:
    """Read initiatives, the place of each known by its line.

    Raises:
        UsageError: the file cannot be read, or a row is no initiative.
    """
    text = text_file.read_csv(Path(file))
    lines = csv.reader(StringIO(text, newline=""), delimiter=text_file.delimiter(text))
    names: list[str] = []
    initiatives: list[plans.Initiative] = []
    for cells in _cells(lines, file):
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{file}:{lines.line_num}"
        if not names:
            names = [_key(cell, place) for cell in cells]
            continue
        if len(cells) > len(names):
            raise UnreadableSettingsError(
                file=place, because=N_("this line has more cells than the header")
            )
        if len(initiatives) == MOST:
            raise UnreadableSettingsError(
                file=file, because=N_("it has more than 1,000 initiatives")
            )
        initiatives.append(plans.initiative(dict(zip(names, cells, strict=False)), place))
    return tuple(initiatives)


def _cells(lines: Iterable[list[str]], file: str) -> Iterator[list[str]]:
    try:
        yield from lines
    except csv.Error:
        raise UnreadableSettingsError(file=file, because=N_("it is not CSV")) from None


def _key(header: str, place: str) -> str:
    written = unicodedata.normalize("NFKC", header).strip().casefold()
    key = ALIASES.get(written, written)
    if key not in plans.KEYS:
        raise UnknownKeyError(place=place, name=header.strip(), near=near(key, plans.KEYS))
    return key
