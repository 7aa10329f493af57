"""Named pipes, opened with a time limit, and devices, which are not files.

Opening a named pipe waits until somebody opens its other end. Here that takes a few seconds at
most: a pipe that was forgotten must not stop a run without a word.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import time
from pathlib import Path
from typing import BinaryIO

from ltvcli.language import N_

PATIENCE = 10.0
"""Seconds that the other end of a named pipe has to be opened."""
_PAUSE = 0.02
_BLOCK = 1 << 16
_STREAM = re.compile(r"/(?:dev/(?:fd/\d+|std(?:in|out|err))|proc/(?:self|thread-self|\d+)/fd/\d+)")


def refuse_special(path: Path) -> None:
    """Check that a file of settings or plans is no pipe or device.

    Raises:
        OSError: it is; only exports and results may be pipes.
    """
    check_name(path)
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and not path.samefile(os.devnull):
        raise OSError(errno.EINVAL, N_("it is a pipe or a device"), str(path))


def check_name(path: Path) -> None:
    """Check that a file can have this name.

    Raises:
        OSError: it holds a NUL character, for which the system raises a different error.
    """
    if "\0" in str(path):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


def copy_to(path: Path, copy: Path) -> None:
    """Copy the content of a pipe into a file.

    Args:
        path: a named pipe, or a name of an open stream such as /dev/fd/63.
        copy: the file.

    Raises:
        OSError: `path` is a device or socket, or nobody writes to it within PATIENCE.
    """
    mode = path.stat().st_mode
    if _STREAM.fullmatch(os.path.abspath(path)) or path.samefile(os.devnull):
        with path.open("rb") as source, copy.open("wb") as out:
            shutil.copyfileobj(source, out)
        return
    if not stat.S_ISFIFO(mode):
        raise OSError(errno.EINVAL, N_("it is a device or a socket"), str(path))
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as source:
        first = _first(source, path)
        os.set_blocking(source.fileno(), True)
        with copy.open("wb") as out:
            out.write(first)
            shutil.copyfileobj(source, out)


def _first(source: BinaryIO, path: Path) -> bytes:
    """Return the first bytes of a pipe; none if it is open but still empty."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        block = source.read(_BLOCK)
        if block is None:  # a writer has opened it
            return b""
        if block:
            return block
        time.sleep(_PAUSE)
    raise OSError(errno.ETIMEDOUT, N_("nothing is written to this pipe"), str(path))


def open_to_write(path: Path) -> BinaryIO:
    """Open a device, or a named pipe once somebody reads from it.

    Raises:
        OSError: nobody reads from the pipe within PATIENCE, or `path` cannot be opened.
    """
    if not stat.S_ISFIFO(path.stat().st_mode):
        return path.open("wb")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        else:
            os.set_blocking(descriptor, True)
            return os.fdopen(descriptor, "wb")
        if time.monotonic() >= end:
            raise OSError(errno.ETIMEDOUT, N_("nobody reads from this pipe"), str(path))
        time.sleep(_PAUSE)
