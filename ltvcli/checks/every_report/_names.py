"""Names from the data inside a finding."""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 3


def first_few(names: Sequence[str]) -> str:
    """List the first few names.

    >>> first_few(["a", "b", "c", "d"])
    'a, b, c, …'
    """
    return ", ".join([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])])
