"""Files to write: no input of a run is overwritten, and no file is written twice.

Whatever opens a file of the user calls `reading`; whatever is to be written is declared with
`writing`, by the program before anything is read. The second of the two calls raises the error.

A run with a root, such as those of `ltv mcp`, reads only below that folder and writes nothing.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from msgspec import Struct, field

from ltvcli.atomic_write import is_stream
from ltvcli.errors import (
    HistoryIsInputError,
    HistoryUnwritableError,
    OutputError,
    OutputIsInputError,
    OutsideRootError,
    ReadOnlyError,
    RejectsError,
    RejectsIsInputError,
    SameTargetError,
    UsageError,
)
from ltvcli.language import N_

OPTIONS = REJECTS, OUT, HISTORY = "--rejects", "--out", "--history"
"""Options that name a file to be written."""
ROOT = "LTV_ROOT"
"""Variable that names the folder below which a run may read; nothing is then written."""

Identity = tuple[int, int]
"""Device and number of a file, the same by whatever name, link or spelling it is reached."""


class _Target(Struct, frozen=True):
    """A file to write: the option that names it, and how to recognise it."""

    option: str
    path: str
    place: tuple[Identity | None, str]
    identity: Identity | None


class _Run(Struct, frozen=True):
    """Files read so far, files to write, and the folder to stay below."""

    root: Path | None = None
    read: set[Identity] = field(default_factory=set)
    targets: list[_Target] = field(default_factory=list)


_current: ContextVar[_Run | None] = ContextVar("targets", default=None)


@contextmanager
def run(
    targets: Mapping[str, str | os.PathLike[str] | None], root: str | None = None
) -> Iterator[None]:
    """Record the files that a run reads, and `targets`, from option to file.

    Args:
        targets: files to be written; None is not.
        root: the folder below which files may be read; with it, nothing may be written.

    Raises:
        UsageError: see `writing`.
    """
    token = _current.set(_Run(root=Path(os.path.realpath(root)) if root else None))
    try:
        for option, path in targets.items():
            if path:
                writing(option, Path(path))
        yield
    finally:
        _current.reset(token)


@contextmanager
def within_run() -> Iterator[None]:
    """Record inputs and outputs as part of the surrounding run, or else as a run."""
    if _current.get() is not None:
        yield
        return
    with run({}):
        yield


def reading(path: str | os.PathLike[str]) -> None:
    """Record that a file of the user, or a pattern, is read.

    Raises:
        OutsideRootError: it lies outside the folder of this run.
        HistoryIsInputError: the history would be written into it.
        OutputIsInputError: --out would replace it.
        RejectsIsInputError: --rejects would replace it.
    """
    current = _current.get()
    if current is None:
        return
    if current.root and not _is_below(path, current.root):
        raise OutsideRootError(file=str(path), root=str(current.root))
    identity = _identity(Path(path))
    if identity is None:
        return
    for target in current.targets:
        if target.identity == identity:
            raise _is_input(target.option, target.path)
    current.read.add(identity)


def writing(option: str, path: Path) -> None:
    """Record that `path` is going to be written; may be repeated.

    Raises:
        OutputIsInputError: --out would replace a file that was read.
        RejectsIsInputError: --rejects would.
        SameTargetError: another option names the same file.
        OutputError: it is a folder, or lies in none.
        RejectsError: the same, of --rejects.
        HistoryIsInputError: the history would be written into a file that was read.
        HistoryUnwritableError: as OutputError, of the history.
        ReadOnlyError: this run may write nothing.
    """
    current = _current.get()
    if current and current.root:
        raise ReadOnlyError(option=option)
    if is_stream(path):
        return
    _possible(option, path)
    if current is None:
        return
    target = _Target(option, str(path), _place(path), _identity(path))
    for declared in current.targets:
        if declared.place == target.place and declared.option == option:
            return
        if _same(declared, target):
            raise SameTargetError(first=declared.option, second=option, file=str(path))
    if target.identity in current.read:
        raise _is_input(option, str(path))
    current.targets.append(target)


def _same(first: _Target, second: _Target) -> bool:
    if first.identity or second.identity:
        return first.identity == second.identity
    return first.place == second.place


def _is_input(option: str, path: str) -> UsageError:
    if option == HISTORY:
        return HistoryIsInputError(path=path)
    return RejectsIsInputError(file=path) if option == REJECTS else OutputIsInputError(path=path)


def _possible(option: str, path: Path) -> None:
    """Check before a long run that the file can be written."""
    because = ""
    try:
        if path.is_dir():
            because = N_("it is a folder")
        elif os.path.islink(os.path.realpath(path)):
            because = N_("its link is circular")
        elif not os.path.isdir(os.path.dirname(os.path.realpath(path))):
            because = N_("its folder does not exist")
    except (OSError, ValueError):
        return  # writing raises the error
    if because and option == REJECTS:
        raise RejectsError(file=str(path), because=because)
    if because and option == HISTORY:
        raise HistoryUnwritableError(file=str(path), because=because)
    if because:
        raise OutputError(path=str(path), because=because)


def _is_below(path: str | os.PathLike[str], root: Path) -> bool:
    try:
        return Path(os.path.realpath(path)).is_relative_to(root)
    except (OSError, ValueError):
        return False


def _identity(path: Path) -> Identity | None:
    """Return the identity of a regular file; None if there is none, or it cannot be accessed."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return None if is_stream(path) else (status.st_dev, status.st_ino)


def _place(path: Path) -> tuple[Identity | None, str]:
    """Return the identity of a new file: that of its folder, and its normalised name."""
    real = path
    try:
        real = Path(os.path.realpath(path))
        folder = real.parent.stat()
    except (OSError, ValueError):
        return None, str(real)
    name = unicodedata.normalize("NFKC", real.name).casefold()
    return (folder.st_dev, folder.st_ino), name
