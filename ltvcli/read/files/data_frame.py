"""Convert a pandas data frame to CSV, so that it is read exactly as its file would be.

A row of 7.0 (in a column with missing values), None and "a" is written as `"7","","a"`.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

_WHOLE = 2**53  # above this, a float does not represent every integer


def to_csv(frame: Any, path: Path) -> None:
    """Write `frame` into `path`: an index with a name is a column, missing values are empty.

    Whole numbers that pandas holds as floats, because some are missing, lose their ".0".
    """
    shown = _with_named_index(frame)
    for position, kind in enumerate(shown.dtypes):
        values = shown.iloc[:, position]
        if getattr(kind, "kind", "") == "f":
            present = values.dropna()
            if ((present % 1 == 0) & (present.abs() < _WHOLE)).all():
                shown.isetitem(position, values.astype("Int64"))
    # Quote everything: an unquoted carriage return in a cell would end the row.
    shown.to_csv(
        path,
        index=False,
        encoding="utf-8",
        errors="backslashreplace",
        lineterminator="\n",
        quoting=csv.QUOTE_ALL,
    )


def _with_named_index(frame: Any) -> Any:
    """Return a copy with each named level of the index as a column, unless it is one already."""
    shown = frame.copy(deep=False)
    shown.columns = [str(column) for column in frame.columns]
    for level, name in reversed(list(enumerate(frame.index.names))):
        if name is not None and str(name) not in shown.columns:
            shown.insert(0, str(name), frame.index.get_level_values(level))
    return shown
