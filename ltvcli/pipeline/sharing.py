"""Files shared by several questions: opened once, and loaded once per set of settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

Kept = TypeVar("Kept")


class _Shared(Struct, frozen=True):
    """Open resources by key; loaded files are kept only if `with_engines`."""

    stack: ExitStack
    with_engines: bool = True
    opened: dict[str, Any] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)


_shared: ContextVar[_Shared | None] = ContextVar("shared", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Keep resources open inside, for all questions with the same key."""
    with ExitStack() as stack:
        token = _shared.set(_Shared(stack))
        try:
            yield
        finally:
            _shared.reset(token)


@contextmanager
def without_engines() -> Iterator[None]:
    """Share the opened files, but keep no engine that is loaded inside: there may be many."""
    shared = _shared.get()
    token = _shared.set(shared and replace(shared, with_engines=False))
    try:
        yield
    finally:
        _shared.reset(token)


def is_shared() -> bool:
    """Return whether other questions may have used the loaded data, and changed its sums."""
    return _shared.get() is not None


def once(
    key: str, opening: Callable[[], AbstractContextManager[Kept]], *, is_engine: bool = False
) -> AbstractContextManager[Kept]:
    """Return the resource of `key`; open it unless it is shared and open already.

    Args:
        key: names what is opened, with everything that it depends on.
        opening: opens it.
        is_engine: whether files are loaded into an engine, which takes memory.
    """
    shared = _shared.get()
    if shared is None or (is_engine and not shared.with_engines):
        return opening()
    if key not in shared.opened:
        shared.opened[key] = shared.stack.enter_context(opening())
    return nullcontext(shared.opened[key])


def private(folder: Path) -> Path:
    """Return the folder, or a new one inside it if it is shared."""
    shared = _shared.get()
    if shared is None:
        return folder
    made = folder / f"question-{len(shared.folders)}"
    made.mkdir()
    shared.folders.append(made)
    return made
