"""Rows of a further file that match no customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ltvcli.results import Fact, InputFile, Quantity
from ltvcli.units import Unit

MOST = 0.1
_REASONS = ("customer-unknown", "customer-unclear")


def facts(inputs: Sequence[InputFile], kind: str) -> Mapping[str, Fact] | None:
    """Return the number and the share of unmatched rows; None if they are a tenth or less.

    Args:
        inputs: all files.
        kind: of the files to look at.
    """
    files = [file for file in inputs if file.kind == kind]
    unmatched = sum(file.set_aside.get(reason, 0) for file in files for reason in _REASONS)
    rows = unmatched + sum(file.rows_used for file in files)
    if unmatched <= MOST * rows:
        return None
    return {"n": unmatched, "share": Quantity(unmatched / rows, Unit.RATE)}
