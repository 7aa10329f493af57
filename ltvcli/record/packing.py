"""Facts as bytes and back: records of ltvcli.facts, their columns as small as they can be written.

A column is written as whole numbers where it holds only such (of money, of hundredths of a
hundredth), as differences, in as few bytes as these take, byte by byte; then all is compressed.
What comes back is equal to what went in.
"""

from __future__ import annotations

import importlib
import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FACTS = "ltvcli.facts."
SCALE = 10_000
"""Money is counted in these parts of 1, as DECIMAL(18,4) in the engine."""
_LARGEST = 2.0**52
_LENGTH = struct.Struct("<I")


class BrokenError(Exception):
    """The bytes are not what was packed."""


def pack(facts: Any) -> bytes:
    """Write a record of facts, and the records and arrays in it, as bytes."""
    columns: list[bytes] = []
    outline = json.dumps(_outline(facts, columns), separators=(",", ":")).encode()
    return zlib.compress(b"".join([_LENGTH.pack(len(outline)), outline, *columns]), 9)


def unpack(packed: bytes) -> Any:
    """Return the facts that were packed; None if this version has others under their name.

    Raises:
        BrokenError: the bytes are damaged.
    """
    try:
        whole = zlib.decompress(packed)
        (length,) = _LENGTH.unpack_from(whole)
        start = _LENGTH.size + length
        outline = json.loads(whole[_LENGTH.size : start])
    except (zlib.error, struct.error, ValueError) as error:
        raise BrokenError(str(error)) from None
    try:
        return _restored(outline, _Bytes(whole, start))
    except (ImportError, AttributeError, TypeError, KeyError):
        return None


class _Bytes:
    """The columns of a pack, which are read one after the other."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data, self.position = data, start

    def next(self, count: int) -> bytes:
        start, self.position = self.position, self.position + count
        return self.data[start : self.position]


def _outline(value: Any, columns: list[bytes]) -> Any:
    """Describe a value in JSON; arrays go to `columns`."""
    if is_dataclass(value):
        module = type(value).__module__.removeprefix(FACTS)
        return {
            "record": f"{module}.{type(value).__name__}",
            "fields": {
                field.name: _outline(getattr(value, field.name), columns) for field in fields(value)
            },
        }
    if isinstance(value, Mapping):
        return {"pairs": [[_outline(key, columns), _outline(value[key], columns)] for key in value]}
    if isinstance(value, tuple):
        return {"tuple": [_outline(element, columns) for element in value]}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if hasattr(value, "dtype"):
        return _outlined_array(value, columns)
    return value


def _outlined_array(array: Any, columns: list[bytes]) -> Any:
    import numpy as np

    if array.ndim == 0:
        return array.item()
    kind = str(array.dtype)
    if array.dtype.kind in "OU":
        return {"texts": array.tolist()}
    scale = 0
    whole = array
    if array.dtype.kind == "f":
        scaled = np.rint(array * SCALE)
        if (np.abs(scaled) < _LARGEST).all() and (scaled / SCALE == array).all():
            scale, whole = SCALE, scaled
            if not (scaled % (SCALE // 100)).any():
                scale, whole = 100, np.rint(array * 100)
            if not (whole / scale == array).all():
                scale, whole = 0, array
    if array.dtype.kind == "f" and not scale:
        columns.append(_transposed(array.astype("<f8")))
        return {"array": kind, "count": len(array), "bytes": 8, "scale": 0}
    steps = np.diff(whole.astype(np.int64), prepend=np.int64(0))
    size = _size(steps)
    columns.append(_transposed(steps.astype(f"<i{size}")))
    return {"array": kind, "count": len(array), "bytes": size, "scale": scale}


def _size(steps: NDArray[np.int64]) -> int:
    """Return how many bytes the numbers take."""
    largest = max(int(steps.max(initial=0)), -int(steps.min(initial=0)))
    return next(size for size in (1, 2, 4, 8) if largest < 1 << (8 * size - 1))


def _transposed(numbers: NDArray[Any]) -> bytes:
    """Write the first bytes of all numbers, then the second ones: alike stands with alike."""
    import numpy as np

    return numbers.view(np.uint8).reshape(len(numbers), -1).T.tobytes()


def _restored(outline: Any, columns: _Bytes) -> Any:
    if not isinstance(outline, dict):
        return outline
    if "record" in outline:
        module, name = outline["record"].split(".")
        record = getattr(importlib.import_module(FACTS + module), name)
        return record(**{key: _restored(part, columns) for key, part in outline["fields"].items()})
    if "pairs" in outline:
        return {
            _restored(key, columns): _restored(value, columns) for key, value in outline["pairs"]
        }
    if "tuple" in outline:
        return tuple(_restored(element, columns) for element in outline["tuple"])
    if "decimal" in outline:
        return Decimal(outline["decimal"])
    if "date" in outline:
        return date.fromisoformat(outline["date"])
    return _restored_array(outline, columns)


def _restored_array(outline: Mapping[str, Any], columns: _Bytes) -> NDArray[Any]:
    import numpy as np

    if "texts" in outline:
        return np.array(outline["texts"], dtype=object)
    count, size, scale = outline["count"], outline["bytes"], outline["scale"]
    data = np.frombuffer(columns.next(count * size), np.uint8).reshape(size, count).T
    is_plain = outline["array"].startswith("float") and not scale
    numbers = np.ascontiguousarray(data).view("<f8" if is_plain else f"<i{size}").reshape(count)
    if is_plain:
        return numbers.astype(outline["array"])
    numbers = np.cumsum(numbers, dtype=np.int64)
    return numbers / scale if scale else numbers.astype(outline["array"])
