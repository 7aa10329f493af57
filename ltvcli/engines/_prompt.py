"""Ask for a password, where somebody is there to answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache

from ltvcli import language
from ltvcli.language import N_

_PASSWORD = N_("Password for {place}: ")


def password() -> Callable[[str], str] | None:
    """Return a function that asks for the password of a server; None if input is no terminal."""
    return _asked if sys.stdin is not None and sys.stdin.isatty() else None


@cache  # a command may connect twice
def _asked(place: str) -> str:
    import getpass

    lang = language.chosen(sys.argv[1:], os.environ)
    return getpass.getpass(language.translate(_PASSWORD, lang).format(place=place))
