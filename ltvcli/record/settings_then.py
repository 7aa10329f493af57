"""Recorded settings, to repeat a run and to compare it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date
from typing import Any

from ltvcli.record.runs import hashed
from ltvcli.settings.settings import ONLY_SHOWN, Settings, described

NOT_KEPT = ("origin", "file", "file_elsewhere", "typed", "today", "id_key", "memory", *ONLY_SHOWN)
"""Fields that change no figure, or are secret."""
OF_THE_DAY = ("as_of",)
"""Settings that may differ from run to run although nothing was set otherwise."""


def document(settings: Settings) -> dict[str, Any]:
    """Return the settings that differ from the defaults, as JSON values by field name.

    >>> document(Settings(margin=0.4, to=date(2026, 10, 31), by=("channel",)))
    {'margin': 0.4, 'by': ['channel'], 'to': {'date': '2026-10-31'}}
    """
    default = Settings()
    kept = {
        field.name: getattr(settings, field.name)
        for field in fields(Settings)
        if field.name not in NOT_KEPT
    }
    return {
        name: _as_json(value) for name, value in kept.items() if value != getattr(default, name)
    }


def restored(kept: Mapping[str, Any], folder: str = "") -> Settings:
    """Return the settings of `document`; a name that this version does not know is left out.

    Files are those in the folder of the run; where it is unknown, their paths stay relative.

    >>> restored({"margin": 0.4, "by": ["channel"], "of_old": 1}).by
    ('channel',)
    """
    known = {field.name for field in fields(Settings)} - {*NOT_KEPT}
    values = {name: _from_json(value) for name, value in kept.items() if name in known}
    for name in values.keys() & {name for name, setting in described().items() if setting.file}:
        value = values[name]
        is_one = isinstance(value, str)
        values[name] = place(value, folder) if is_one else tuple(place(v, folder) for v in value)
    return Settings(**values, origin=dict.fromkeys((name.strip("_") for name in values), "history"))


def folder_now() -> str:
    """Return the folder that a run is started in; "" if it was deleted or is no text."""
    with suppress(OSError, UnicodeError):
        folder = os.getcwd()
        folder.encode()
        return folder
    return ""


def place(path: str, folder: str) -> str:
    """Return the path of a file, as a run in a folder read it; "channel=" may precede its name.

    >>> place("orders.csv", "/exports"), place("orders.csv", "")
    ('/exports/orders.csv', 'orders.csv')
    """
    return path if "://" in path else os.path.join(folder, path)


def settings_hash(settings: Settings) -> str:
    """Return a hash of the settings that affect figures, without the day and file names.

    What a file holds is in the hash of the inputs; of `tiktok=spend.csv`, the channel counts.
    """
    files = {name for name, setting in described().items() if setting.file}
    kept = {
        name: _channels(value) if name in files else value
        for name, value in document(settings).items()
        if name not in OF_THE_DAY
    }
    return hashed(kept)


def _channels(value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    return [name.partition("=")[0] for name in names if "=" in name]


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"date"}:
        return date.fromisoformat(value["date"])
    return tuple(value) if isinstance(value, list) else value
