"""Cached results by the values of their data: several figures use one fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

MOST = 64
"""Results that are kept of a function; the oldest is dropped first."""


def once(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Return a function that computes a result once and keeps it; results must not be changed.

    Arguments may be numbers, text, arrays, and records of these.

    >>> @once
    ... def double(number):
    ...     print("computed")
    ...     return 2 * number
    >>> double(3), double(3)
    computed
    (6, 6)
    """
    kept: dict[bytes, Result] = {}
    keeping = Lock()

    @wraps(function)
    def remembered(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        digest = blake2b(digest_size=16)
        for piece in _pieces((args, kwargs)):
            digest.update(piece)
        key = digest.digest()
        if key not in kept:
            result = function(*args, **kwargs)
            with keeping:  # fits may be computed in several threads
                if len(kept) >= MOST:
                    del kept[next(iter(kept))]
                kept[key] = result
            return result
        return kept[key]

    return remembered


def _pieces(value: Any) -> Iterator[bytes]:
    """Write a value as bytes that differ where the value does."""
    if hasattr(value, "tobytes"):
        yield f"{value.dtype}{value.shape}".encode()
        yield value.tobytes()
    elif isinstance(value, Struct):
        yield type(value).__qualname__.encode()
        yield from _pieces(astuple(value))
    elif isinstance(value, Mapping):
        yield from _pieces(tuple(value.items()))
    elif isinstance(value, tuple):
        yield f"({len(value)}".encode()
        for item in value:
            yield from _pieces(item)
    else:
        yield f"{value!r},".encode()
