"""Serialise facts: records of ltvcli.facts, with compact columns.

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
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from ltvcli.facts import buckets

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FACTS = "ltvcli.facts."
SCALES = (1, 100, 10_000)
"""Money is counted in one of these parts of 1; the engine has DECIMAL(18,4)."""
MOST = 2_000_000
"""Bytes of the facts of a run."""
FEWER = (50, 20, 10, 5)
"""Buckets that facts are put into where all of them take too many bytes."""
_LARGEST = 2.0**52
_LENGTH = struct.Struct("<I")


class BrokenError(Exception):
    """The bytes are not a valid pack."""


def pack(facts: Any) -> bytes:
    """Write a record of facts, and the records and arrays in it, as bytes."""
    columns: list[bytes] = []
    outline = json.dumps(_outline(facts, columns), separators=(",", ":")).encode()
    return zlib.compress(b"".join([_LENGTH.pack(len(outline)), outline, *columns]), 9)


def pack_together(facts: Mapping[str, Any], most: int = MOST) -> dict[str, bytes]:
    """Pack all facts of a run within a total number of bytes, by kind.

    Where they take more, the largest are put into fewer buckets, step by step; what is still too
    large is left out.

    Args:
        facts: of ltvcli.facts, by kind.
        most: bytes.
    """
    packed = {kind: pack(sums) for kind, sums in facts.items()}
    steps = [(count, kind) for count in FEWER for kind in sorted(packed, key=lambda kind:
             -len(packed[kind]))]  # fmt: skip
    for count, kind in steps:
        if sum(map(len, packed.values())) <= most:
            return packed
        if count < getattr(facts[kind], "buckets", 0):
            packed[kind] = pack(buckets.fewer(facts[kind], count))
    while sum(map(len, packed.values())) > most:
        del packed[max(packed, key=lambda kind: len(packed[kind]))]
    return packed


def unpack(packed: bytes) -> Any:
    """Return the packed facts; None if this version has other facts of that name.

    Raises:
        BrokenError: the bytes are damaged.
    """
    try:
        data = zlib.decompress(packed)
        (length,) = _LENGTH.unpack_from(data)
        start = _LENGTH.size + length
        outline = json.loads(data[_LENGTH.size : start])
    except (zlib.error, struct.error, ValueError) as error:
        raise BrokenError(str(error)) from None
    try:
        return _restored(outline, _Bytes(data, start))
    except (ImportError, AttributeError, TypeError, KeyError):
        return None


class _Bytes:
    """The columns of a pack, read one after the other."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data, self.position = data, start

    def next(self, count: int) -> bytes:
        start, self.position = self.position, self.position + count
        return self.data[start : self.position]


def _outline(value: Any, columns: list[bytes]) -> Any:
    """Describe a value in JSON; arrays go to `columns`."""
    if isinstance(value, Struct):
        module = type(value).__module__.removeprefix(FACTS)
        parts = asdict(value)
        return {
            "record": f"{module}.{type(value).__name__}",
            "fields": {name: _outline(value, columns) for name, value in parts.items()},
        }
    if hasattr(value, "dtype"):
        return _outlined_array(value, columns)
    match value:
        case Mapping():
            pairs = value.items()
            return {"pairs": [[_outline(element, columns) for element in pair] for pair in pairs]}
        case tuple():
            return {"tuple": [_outline(element, columns) for element in value]}
        case Decimal() | date():
            return {type(value).__name__.lower(): str(value)}
    return value


def _outlined_array(array: Any, columns: list[bytes]) -> Any:
    import numpy as np

    if array.ndim == 0:
        return array.item()
    kind = str(array.dtype)
    if array.dtype.kind in "OU":
        return {"texts": array.tolist()}
    scale = _scale(array) if array.dtype.kind == "f" else 1
    if not scale:
        columns.append(_transposed(array.astype("<f8")))
        return {"array": kind, "count": len(array), "bytes": 8, "scale": 0}
    numbers = np.rint(array * scale) if array.dtype.kind == "f" else array
    steps = np.diff(numbers.astype(np.int64), prepend=np.int64(0))
    size = _size(steps)
    columns.append(_transposed(steps.astype(f"<i{size}")))
    return {"array": kind, "count": len(array), "bytes": size, "scale": scale}


def _scale(array: NDArray[Any]) -> int:
    """Return the denominator with which all values are whole numbers; 0 if there is none."""
    import numpy as np

    with np.errstate(over="ignore"):
        for scale in SCALES:
            scaled = np.rint(array * scale)
            if (np.abs(scaled) < _LARGEST).all() and (scaled / scale == array).all():
                return scale
    return 0


def _size(steps: NDArray[np.int64]) -> int:
    """Return how many bytes the numbers take."""
    largest = max(int(steps.max(initial=0)), -int(steps.min(initial=0)))
    return next(size for size in (1, 2, 4, 8) if largest < 1 << (8 * size - 1))


def _transposed(numbers: NDArray[Any]) -> bytes:
    """Write the first bytes of all numbers, then the second ones, which compresses better."""
    import numpy as np

    return numbers.view(np.uint8).reshape(len(numbers), numbers.itemsize).T.tobytes()


def _restored(outline: Any, columns: _Bytes) -> Any:
    match outline:
        case {"record": str(name), "fields": parts}:
            values = {key: _restored(value, columns) for key, value in parts.items()}
            return _record(name)(**values)
        case {"pairs": pairs}:
            return dict(tuple(_restored(element, columns) for element in pair) for pair in pairs)
        case {"tuple": elements}:
            return tuple(_restored(element, columns) for element in elements)
        case {"decimal": text} | {"date": text}:
            return Decimal(text) if "decimal" in outline else date.fromisoformat(text)
        case dict():
            return _restored_array(outline, columns)
    return outline


def _record(name: str) -> Any:
    module, _, kind = name.partition(".")
    return getattr(importlib.import_module(FACTS + module), kind)


def _restored_array(outline: Mapping[str, Any], columns: _Bytes) -> NDArray[Any]:
    import numpy as np

    if "texts" in outline:
        return np.array(outline["texts"], dtype=object)
    count, size, scale = outline["count"], outline["bytes"], outline["scale"]
    data = np.frombuffer(columns.next(count * size), np.uint8).reshape(size, count).T
    is_plain = not scale
    numbers = np.ascontiguousarray(data).view("<f8" if is_plain else f"<i{size}").reshape(count)
    if is_plain:
        return numbers.astype(outline["array"])
    numbers = np.cumsum(numbers, dtype=np.int64)
    return (numbers / scale if scale > 1 else numbers).astype(outline["array"])
