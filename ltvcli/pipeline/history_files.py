"""The files of a recorded run, where they were when it was recorded."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from ltvcli.read.spend.sheets import named
from ltvcli.record import settings_then
from ltvcli.settings.settings import Settings


class RunFiles(Struct, frozen=True, kw_only=True):
    """The files to read again, or why there are none.

    Attributes:
        paths: of the exports; none if any file of the run is missing.
        elsewhere: their folder, if it is not the current one.
        missing: the first file that is not there.
        unplaced: the first file whose folder was not recorded.
    """

    paths: Sequence[Any] = ()
    elsewhere: str = ""
    missing: str = ""
    unplaced: str = ""


def settings_of(kept: Mapping[str, Any], folder: str, files: Sequence[Any]) -> Settings:
    """Return the settings of a run, with its spend and customers where they were.

    Beside given files, those of the current folder are read if they are not there any more: exports
    may have been moved.

    Args:
        kept: settings as they were recorded.
        folder: of the run; "" if it was not recorded.
        files: exports as they are today; none for those of the run.
    """
    settings = settings_then.restored(kept, folder)
    if files and not all(map(os.path.isfile, _further(settings))):
        return settings_then.restored(kept)
    return settings


def of_current_folder(settings: Settings) -> str:
    """Return the first file of spend or customers that is read from the current folder; or ""."""
    return next((path for path in _further(settings) if not os.path.isabs(path)), "")


def _further(settings: Settings) -> list[str]:
    customers = [settings.customers] if settings.customers else []
    return [*(named(typed)[1] for typed in settings.spend), *customers]


def of_run(paths: Sequence[str], settings: Settings, folder: str) -> RunFiles:
    """Return the files of a run if all of them are where they were.

    A file of the same name in the current folder is another file.

    Args:
        paths: of the exports, as the run was given them.
        settings: of the run, restored with its folder; spend and customers are needed, too.
        folder: of the run; "" if it was not recorded.
    """
    needed = [settings_then.place(path, folder) for path in paths]
    places = [*needed, *_further(settings)]
    if not needed:
        return RunFiles()
    if unplaced := next((path for path in places if not os.path.isabs(path)), ""):
        return RunFiles(unplaced=unplaced)
    here = settings_then.folder_now()
    if missing := next((path for path in places if not os.path.isfile(path)), ""):
        return RunFiles(missing=missing.removeprefix(os.path.join(here, "")) if here else missing)
    elsewhere = folder if folder != here and not all(map(os.path.isabs, paths)) else ""
    return RunFiles(paths=tuple(needed), elsewhere=elsewhere)
