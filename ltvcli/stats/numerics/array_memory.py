"""The memory of arrays: kept by the process from one array to the next."""

from __future__ import annotations

_BYTES = 2**25 - 2**16  # just below the largest size that glibc takes over, 32 MB


def keep_freed() -> None:
    """Let large arrays reuse memory that was freed, as small arrays do.

    The C library of most Linux systems returns memory to the system as soon as twice the size of
    the largest freed block is unused, and takes new pages for the next arrays. That is a fifth of
    the time of a fit to tens of thousands of records, whose likelihood needs dozens of arrays. So a
    large block is freed here, which was never written to and takes no memory; from then on the
    process keeps up to 64 MB. Other systems ignore it.

    Source: Linux manual pages, mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD.
    """
    import numpy as np

    np.empty(_BYTES, dtype=np.uint8)
