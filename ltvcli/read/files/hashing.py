"""Hash files while their rows are read."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from ltvcli.read.files import system_errors
from ltvcli.read.files.inputs import Input

if TYPE_CHECKING:
    from io import FileIO

_BLOCK = 1 << 22  # bytes hashed at once: other threads of Python go on meanwhile


def sha256(path: Path) -> str:
    """Return the hash of the bytes of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        return _of_open(file)


def begin(file: Input, temp: Path) -> Future[str]:
    """Begin to hash a file in a thread, which goes on even if the file is deleted meanwhile.

    Args:
        file: which is read now.
        temp: private folder, for messages.

    Raises:
        OSError: it cannot be opened.
        InputError: (of the result) it cannot be read; see `open_files`.
    """
    opened = file.path.open("rb", buffering=0)

    def hashed() -> str:
        with system_errors.as_ours(file.name, temp), opened:
            return _of_open(opened)

    pool = ThreadPoolExecutor(1)
    digest = pool.submit(hashed)
    pool.shutdown(wait=False)
    return digest


def _of_open(file: FileIO) -> str:
    digest = hashlib.sha256()
    block = memoryview(bytearray(_BLOCK))
    while size := file.readinto(block):
        digest.update(block[:size])
    return digest.hexdigest()
