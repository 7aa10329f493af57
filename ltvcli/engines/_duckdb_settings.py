"""Settings of DuckDB: what it may read, and how much memory it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ltvcli import progress
from ltvcli.errors import NotAMemorySizeError

_UNITS = {"k": 1, "m": 2, "g": 3, "t": 4}
_LEAST = 100 * 1000**2  # below this DuckDB cannot read a file
_USUAL = 3500 * 1000**2  # 100 million orders fit, and the whole program stays below 4 GB
_SHARE = 0.75  # of DuckDB's own default, which is 80% of the machine: about 60%
_USUAL_BITS, MOST_BITS = 12, 20  # of numbers by which DuckDB groups without hashing them
_BYTES_PER_GROUP = 64  # of the sums of a customer, which DuckDB does not count as memory here
_FILE_PER_GROUP = 128  # bytes of a file from which a place for each number is worth its time


def memory_bytes(text: str) -> int:
    """Read ``"1GB"``, ``"512 MB"`` or ``"1.5GiB"`` as bytes.

    >>> memory_bytes("1GB"), memory_bytes("1.5GiB")
    (1000000000, 1610612736)

    Raises:
        NotAMemorySizeError: no number, no unit, or too small to work in.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt])(i?)b?", text.strip().lower(), re.ASCII)
    size = float(match[1]) * (1024 if match[3] else 1000) ** _UNITS[match[2]] if match else 0
    if not _LEAST <= size < 2**63:
        raise NotAMemorySizeError(text=text)
    return int(size)


def usual_memory(default: str) -> int:
    """Return the memory limit in bytes that `ltv` sets by itself.

    >>> usual_memory("19.2 GB"), usual_memory("1.6 GB")
    (3500000000, 1200000000)

    Args:
        default: limit that DuckDB would set.
    """
    return min(_USUAL, int(_SHARE * memory_bytes(default)))


def bits_of_groups(size: int, limit: int, threads: int) -> int:
    """Return up to how many bits of a number groups get places in an array, not in a hash table.

    That takes half the time, if the numbers of customers are dense. Each thread has an array with
    a place for every number: all arrays together stay below a quarter of the memory limit.

    >>> bits_of_groups(30_000, 3 * 10**9, 2), bits_of_groups(380_000_000, 3 * 10**9, 2)
    (12, 20)

    Args:
        size: of the input files, in bytes.
        limit: of memory, in bytes.
        threads: of DuckDB.
    """
    groups = min(size // _FILE_PER_GROUP, limit // (4 * threads * _BYTES_PER_GROUP))
    return min(max(groups.bit_length() - 1, _USUAL_BITS), MOST_BITS)


def settings(files: Sequence[Path], temp: Path, limit: int, threads: int = 1) -> dict[str, Any]:
    """Return the settings of a database that can only read `files` and use `temp`.

    Args:
        files: absolute paths of the inputs.
        temp: private folder.
        limit: of memory, in bytes.
        threads: of DuckDB.
    """
    size = sum(file.stat().st_size for file in files if file.exists())
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
        # The first turns a test against many constants into a join, the second reads the
        # first rows of a Parquet file by a join: both lose the order of rows. The third lets
        # the reader of CSV try a try_cast: a cell that does not fit is an error there.
        "disabled_optimizers": "in_clause,late_materialization,type_pushdown",
        "TimeZone": "UTC",  # otherwise timestamps are shown in the local time zone
        "enable_progress_bar_print": False,
        "enable_progress_bar": progress.is_wanted(),
        "memory_limit": f"{limit}B",
        "perfect_ht_threshold": bits_of_groups(size, limit, threads),
        "temp_directory": str(temp),
        "allowed_paths": [str(file) for file in files],
        "allowed_directories": [str(temp)],
        "enable_external_access": False,
        "allowed_configs": ["threads"],  # see DuckDB.leaving_a_core
        "lock_configuration": True,
    }
