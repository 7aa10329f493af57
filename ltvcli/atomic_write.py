"""Files that are written completely or not at all; streams and devices are never replaced."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ltvcli import pipes, temporary

_DESCRIPTOR = re.compile(r"/(?:dev|proc/(?:self|thread-self|\d+))/fd/(\d+)")
_MOST_LINKS = 40
_STANDARD = {0: "stdin", 1: "stdout", 2: "stderr"}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary file to write to, which replaces `path` on success.

    A symbolic link stays a link: the file it leads to is replaced. A `path` that is no regular file
    (a device, a pipe, `/dev/stdout`) is kept, and the complete text is written to it at the end.

    Raises:
        OSError: the folder or file cannot be written to.
    """
    import tempfile

    if is_stream(path):
        with temporary.folder() as folder:
            complete = folder / "complete"
            complete.touch()
            yield complete
            with complete.open("rb") as text, _stream(path) as out:
                shutil.copyfileobj(text, out)
        return
    pipes.check_name(path)
    target = Path(os.path.realpath(path))
    mode = _mode(target)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".ltv-")
    os.close(handle)
    temporary_file = Path(name)
    try:
        yield temporary_file
        temporary_file.chmod(mode)
        temporary_file.replace(target)
    except BaseException:
        temporary_file.unlink(missing_ok=True)
        raise


def is_stream(path: Path) -> bool:
    """Return whether `path` exists and is neither a regular file nor a folder.

    A name of an open stream (`/dev/stdout`, `/dev/fd/3`) is a stream, whatever it leads to.
    """
    if _descriptor(path) is not None:
        return True
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _descriptor(path: Path) -> int | None:
    """Find the number of the open stream that `path` names, through links."""
    name = os.path.abspath(path)
    for _ in range(_MOST_LINKS):
        if number := _DESCRIPTOR.fullmatch(name):
            return int(number[1])
        try:
            name = os.path.normpath(os.path.join(os.path.dirname(name), os.readlink(name)))
        except (OSError, ValueError):
            return None
    return None


def _stream(path: Path) -> BinaryIO:
    number = _descriptor(path)
    if number in _STANDARD and getattr(sys, _STANDARD[number]) is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), str(path))
    # Reopening /dev/fd/1 would truncate the file that the shell redirects to.
    return pipes.open_to_write(path) if number is None else os.fdopen(os.dup(number), "wb")


def _mode(target: Path) -> int:
    """Return the permissions of the new file: those of the file it replaces, or the usual ones."""
    if target.exists():
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        return stat.S_IMODE(target.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
