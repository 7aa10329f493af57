"""Which words a person reads: English as written in the code, Japanese from the catalogue.

Text is marked where it stands with `N_` and translated where it is shown, so that a result can be
printed in either language. Numbers inside text are filled in by formats/.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ja")
LOCALE = Path(__file__).parent / "locale"


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark `text` for the catalogue; it is translated only when it is shown."""
    return text


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation("ltvcli", LOCALE, languages=[lang], fallback=lang == "en")


def translate(text: str, lang: str) -> str:
    """Say `text` in `lang`; text without a translation stays English.

    >>> translate("Margin", "en")
    'Margin'
    """
    return _catalogue(lang).gettext(text) if text else ""


def printable(text: str) -> str:
    r"""Show every control character as its escape, so no cell or file name can drive the terminal.

    >>> printable("a\x1b[31mred\n")
    'a\\x1b[31mred\\n'
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text
    )
