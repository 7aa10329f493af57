"""The arrays of answers, the same from every engine."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = Literal["whole", "real", "decimal", "day", "boolean", "other"]
"""What a column holds."""
_EXACT = 2**53


def array(values: Sequence[Any], kind: Kind) -> NDArray[Any]:
    """Return the values of a column as DuckDB's adapter does.

    Args:
        values: of the column, `(n,)`; None is NULL.
        kind: what they are.

    >>> array([1, None], "whole"), array([Decimal("1.50")], "decimal")
    (array([ 1., nan]), array([1.5]))
    """
    import numpy as np

    if kind == "day":
        return np.array(values, dtype="datetime64[D]")
    is_missing = any(value is None for value in values)
    if kind == "whole" and not is_missing:
        return np.array([int(value) for value in values], dtype=np.int64)
    if kind in ("whole", "real", "decimal"):
        convert = real if kind == "decimal" else float
        return np.array([np.nan if v is None else convert(v) for v in values], dtype=np.float64)
    if kind == "boolean" and not is_missing:
        return np.array(values, dtype=np.bool_)
    objects = np.empty(len(values), dtype=object)
    objects[:] = values
    return objects


def unmasked(values: Any, kind: str) -> NDArray[Any]:
    """Return the values of a column of DuckDB without a mask: NULL is NaN, NaT or None.

    Args:
        values: of the column, `(n,)`; masked if some are NULL.
        kind: name of DuckDB's type.
    """
    import numpy as np

    is_masked = type(values) is not np.ndarray  # loading `np.ma` takes 4% of a short run
    plain = np.ma.getdata(values) if is_masked else values
    mask = np.ma.getmaskarray(values) if is_masked else np.False_
    if kind == "DATE":
        plain = plain.astype("datetime64[D]")
        empty: Any = np.datetime64("NaT")
    elif kind == "BOOLEAN" or plain.dtype == object:
        empty = None
    elif kind.endswith(("INT", "INTEGER")) and not mask.any():
        return plain.astype(np.int64)
    else:
        plain = plain.astype(np.float64)
        empty = np.nan
    if mask.any():
        plain = plain.astype(object) if empty is None else plain.copy()
        plain[mask] = empty
    return plain


def real(value: Decimal) -> float:
    """Return a DECIMAL as a float, as DuckDB does for arrays: its digits, by a power of ten.

    Both are exact up to 15 digits; then this is not always the float that is nearest.

    >>> real(Decimal("12.3400"))
    12.34
    """
    exponent = int(value.as_tuple().exponent)
    if exponent >= 0:
        return float(value)
    digits = int(value.scaleb(-exponent))
    return float(value) if abs(digits) <= _EXACT else float(digits) / float(10**-exponent)
