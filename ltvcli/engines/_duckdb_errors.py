"""Errors of DuckDB that a user can cause, as errors of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ltvcli.errors import DiskFullError, OutOfMemoryError, SumTooLargeError

_LARGEST_SUM = 10**14 - 1  # DECIMAL(18,4), which money is stored as


@contextmanager
def translated(temp: Path, memory: int) -> Iterator[None]:
    """Raise our errors for those of DuckDB that a user can cause; pass others on.

    Args:
        temp: folder to which the engine spills.
        memory: its limit, in bytes.

    Raises:
        OutOfMemoryError: the memory limit was reached and spilling did not help.
        DiskFullError: spilling filled the disk.
        SumTooLargeError: amounts add up to more than a DECIMAL holds.
        KeyboardInterrupt: the user stopped it.
    """
    import duckdb

    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        if re.search("No space left|not enough space|max_temp_directory_size", str(error)):
            raise DiskFullError(folder=str(temp)) from None
        if isinstance(error, duckdb.OutOfMemoryException):
            limit, more = f"{memory / 1000**3:.3g}GB", f"{2 * memory / 1000**3:.3g}GB"
            raise OutOfMemoryError(limit=limit, more=more) from None
        raise
    except (duckdb.ConversionException, duckdb.OutOfRangeException) as error:
        if re.search(r"DECIMAL\(\d+|HUGEINT", str(error)):
            raise SumTooLargeError(limit=f"{_LARGEST_SUM:,}") from None
        raise
    except (RuntimeError, duckdb.InterruptException) as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from None
        raise
