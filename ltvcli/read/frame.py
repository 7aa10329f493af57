"""A pandas data frame to CSV, so that it is read exactly as its file would be."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def to_csv(frame: Any, path: Path) -> None:
    """Write the columns of `frame` into `path`; the index is left out, missing values are empty.

    Whole numbers that pandas holds as floats, because some are missing, lose their ".0".
    """
    shown = frame.copy(deep=False)
    shown.columns = [str(column) for column in frame.columns]
    for position, kind in enumerate(frame.dtypes):
        values = frame.iloc[:, position]
        if getattr(kind, "kind", "") == "f" and (values.dropna() % 1 == 0).all():
            shown.isetitem(position, values.astype("Int64"))
    shown.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
