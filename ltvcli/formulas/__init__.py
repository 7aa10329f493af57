"""Unit economics arithmetic: numbers in, numbers out.

Every formula is elementwise, so it serves one number as well as an array of shape `(1 + G,)` that
holds the value of the full sample followed by the values with one group of customers left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value: TypeAlias = "float | NDArray[np.float64]"
