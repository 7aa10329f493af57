"""Where the value of each setting came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ltvcli.settings.currency_signs import Sign

FOR_THIS_RUN = ("flag", "python")
"""Origins of values that were given for one run only."""


@dataclass(frozen=True, kw_only=True)
class Origins:
    """Where values came from, by setting: "flag", "python", the name of a variable, `file:line`.

    `signs` are the currency signs that were typed with amounts.
    """

    origin: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, Sign] = field(default_factory=dict)

    def is_typed(self, name: str) -> bool:
        """Return whether a setting was given for this run, not in a file or a variable."""
        return self.origin.get(name) in FOR_THIS_RUN


AnySettings = TypeVar("AnySettings", bound=Origins)


def override(settings: AnySettings, **values: Any) -> AnySettings:
    """Return the settings with some other values.

    All other records are Structs, for which `dataclasses.replace` fails, unseen by type checkers.

    Args:
        settings: all of them, or a part.
        values: by the names of their fields.
    """
    return replace(settings, **values)
