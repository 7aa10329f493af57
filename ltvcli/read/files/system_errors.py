"""Errors of the operating system while files are read, in our words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ltvcli.errors import DiskFullError, NoPermissionError, UnreadableFileError
from ltvcli.language import why


@contextmanager
def as_ours(name: str, temp: Path) -> Iterator[None]:
    """Convert errors of the operating system to ours.

    Args:
        name: of the file, where an error names none.
        temp: private folder, which may be full.

    Raises:
        InputError: a file cannot be read; each reason has its own class in errors/.
        DiskFullError: there is no room in `temp`.
    """
    try:
        yield
    except OSError as error:
        file = name if error.filename is None else str(error.filename)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(folder=str(temp)) from None
        if isinstance(error, PermissionError):
            raise NoPermissionError(file=file) from None
        because = why(error)
        raise UnreadableFileError(file=file, because=because) from None
