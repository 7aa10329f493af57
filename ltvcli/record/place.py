"""The location of a user's history."""

from __future__ import annotations

from pathlib import Path

from ltvcli.settings.output import OutputSettings

NAME = "history.db"


def path_of(settings: OutputSettings) -> Path:
    """Return the file that the settings name, else the one in the user's data folder."""
    if settings.history:
        return Path(settings.history).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("ltv", appauthor=False)) / NAME
