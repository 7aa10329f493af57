"""Opened files of spend; each may be given with its channel, tiktok=spend.csv.

`--spend tiktok=spend.csv` opens spend.csv and puts all of it on the channel tiktok.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec.structs import asdict

from ltvcli.errors import UndecodableError
from ltvcli.read.files import open_files
from ltvcli.read.files.sheet import Sheet
from ltvcli.settings.origins import override
from ltvcli.settings.reading import ReadingSettings

ROLES = "spend"
"""What the roles of --map that are about spend begin with."""
# Paths in ltv.yaml are relative to its folder.
_NAMED = re.compile(r"(?P<folder>.*[/\\])?(?P<channel>[^/\\=]+)=(?P<file>.+)")


class SpendSheet(Sheet, frozen=True, kw_only=True):
    """A sheet of spend, all of it on `channel` if that is not ''."""

    channel: str = ""


def opened(settings: ReadingSettings, temp: Path) -> list[SpendSheet]:
    """Open the files of spend.

    Args:
        settings: of which `spend`, `map` and `encoding` matter; the last is tried only where a file
            does not say itself how it is written, as it may be about the orders.
        temp: private folder, deleted by the caller.

    Raises:
        InputError: a file cannot be used.
    """
    spend_settings = override(settings, map=roles(settings), encoding=None)
    spend_sheets = []
    for number, typed in enumerate(settings.spend):
        folder = temp / f"spend-{number}"
        folder.mkdir()
        channel, path = named(typed)
        try:
            sheets = open_files.open_all([path], spend_settings, folder)
        except UndecodableError:
            if settings.encoding is None:
                raise
            sheets = open_files.open_all(
                [path], override(spend_settings, encoding=settings.encoding), folder
            )
        for sheet in sheets:
            same = asdict(sheet)
            spend_sheets.append(SpendSheet(**same, channel=channel))
    return spend_sheets


def named(typed: str) -> tuple[str, str]:
    """Split CHANNEL=FILE; an existing file whose name has an equals sign is a file.

    >>> named("TikTok=spend.csv"), named("data/TikTok=2026/spend.csv"), named("spend.csv")
    (('TikTok', 'spend.csv'), ('TikTok', 'data/2026/spend.csv'), ('', 'spend.csv'))
    """
    match = _NAMED.fullmatch(typed)
    if not match or os.path.lexists(typed):
        return "", typed
    file = match["file"]
    return match["channel"].strip(), file if Path(
        file
    ).is_absolute() else f"{match['folder'] or ''}{file}"


def roles(settings: ReadingSettings) -> dict[str, str]:
    """Return the roles of --map for files of spend."""
    return {role: column for role, column in settings.map.items() if role.startswith(ROLES)}
