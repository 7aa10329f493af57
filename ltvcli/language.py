"""The language of text: English as written in the code, Japanese from the catalogue.

Text is marked in the code with `N_` and translated where it is shown, so that a result can be
printed in either language. Numbers inside text are filled in by formats/.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ja")
LOCALE = Path(__file__).parent / "locale"


class Marked(str):
    """Text to translate into the reader's language; all other text is data, shown unchanged."""

    __slots__ = ()


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark `text` for the catalogue; it is translated only when it is shown."""
    return Marked(text)


class Written(str):
    """A fact as it is written into a text; it selects the form of the next word."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return the first of two words after 1, else the second; the fact itself without words.

        >>> "{n} {n:row|rows}".format(n=Written("1")), "{n} {n:row|rows}".format(n=Written("1,200"))
        ('1 row', '1,200 rows')
        """
        if "|" not in spec:
            return super().__format__(spec)
        singular, plural = spec.split("|")
        return singular if self == "1" else plural


def why(error: OSError) -> str:
    """Return the system's message of an error, marked: the usual ones are in the catalogue."""
    return Marked(error.strerror or error)


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation("ltvcli", LOCALE, languages=[lang], fallback=lang == "en")


def translate(text: str, lang: str) -> str:
    """Translate `text` into `lang`; text without a translation stays English.

    >>> translate("Margin", "en")
    'Margin'
    """
    return _catalogue(lang).gettext(text) if text else ""


def printable(text: str) -> str:
    r"""Escape every control character, so that no cell or file name can control the terminal.

    >>> printable("a\x1b[31mred\n")
    'a\\x1b[31mred\\n'
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode()
        for c in text
    )


def chosen(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language that a command line asks for: `--lang`, then LTV_LANG, then the locale.

    >>> chosen(["calc", "--lang", "ja"], {}), chosen([], {"LANG": "ja_JP.UTF-8"}), chosen([], {})
    ('ja', 'ja', 'en')
    """
    asked = [environ.get(name, "") for name in ("LTV_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            asked.insert(0, argument.partition("=")[2])
        elif argument == "--lang":
            asked.insert(0, "".join(arguments[position + 1 : position + 2]))
    first = next((text for text in asked if text), "")
    return next((lang for lang in LANGUAGES if first[:2] == lang), "en")
