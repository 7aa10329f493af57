"""A pitch as a YAML file: names, texts and lines."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ltvcli.analyses.audit.claims import WrittenClaim
from ltvcli.errors import MissingFileError
from ltvcli.settings import yaml_file

SUFFIXES = (".yaml", ".yml")


def split(files: Sequence[object]) -> tuple[list[str], list[object]]:
    """Split pitches from data, by the ends of their names.

    >>> split(["pitch.yaml", "orders.csv"])
    (['pitch.yaml'], ['orders.csv'])
    """
    pitches = [str(file) for file in files if str(file).lower().endswith(SUFFIXES)]
    return pitches, [file for file in files if not str(file).lower().endswith(SUFFIXES)]


def claims_of(file: str) -> list[WrittenClaim]:
    """Read the claims of `file`.

    Raises:
        MissingFileError: there is no such file.
        UsageError: it is not YAML, or names a claim twice.
    """
    path = Path(file)
    if not os.path.isfile(path):
        raise MissingFileError(file=file)
    entries, lines = yaml_file.entries(path)
    return [
        WrittenClaim(
            key=key,
            text=text if isinstance(text, str) and text else None,
            place=f"{file}:{lines[key]}",
            first=f"{file}:{lines[key]}",
        )
        for key, text in entries.items()
    ]
