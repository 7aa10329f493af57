"""Unpack gzip files, with a limit on the unpacked size.

orders.csv.gz of 1 MB with 8 MB of CSV is unpacked; 1 MB with 300 MB of zeros is refused.
"""

from __future__ import annotations

import gzip
import shutil
import zlib
from pathlib import Path

from ltvcli.errors import DiskFullError, GzipBombError, GzipBrokenError

_BLOCK = 1 << 20
_RATIO = 200  # exports shrink 5 to 20 times; zeros shrink 1,000 times
_HARMLESS = 100 * 1000**2  # bytes allowed at any compression ratio
_SHARE_OF_DISK = 0.9


def unpack(path: Path, name: str, copy: Path) -> None:
    """Decompress `path` into `copy`, piece by piece.

    Args:
        path: of the archive.
        name: what the user typed.
        copy: where the content goes.

    Raises:
        GzipBombError: it grows more than 200 times and beyond 100 MB.
        GzipBrokenError: it is cut short or damaged.
        DiskFullError: it would fill the disk.
    """
    allowed = max(_HARMLESS, _RATIO * path.stat().st_size)
    room = int(shutil.disk_usage(copy.parent).free * _SHARE_OF_DISK)
    size = 0
    with gzip.open(path) as packed, copy.open("wb") as out:
        try:
            while block := packed.read(_BLOCK):
                size += len(block)
                if size > allowed:
                    raise GzipBombError(file=name, times=_RATIO)
                if size > room:
                    raise DiskFullError(folder=str(copy.parent))
                out.write(block)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise GzipBrokenError(file=name) from None
