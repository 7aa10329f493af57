"""The texts of our queries, and of the macros that they call, in `ltvcli/sql`."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_MACRO = re.compile(r"^create or replace temp macro (\w+)\(.*?;$", re.MULTILINE | re.DOTALL)
_CALLED = re.compile(r"\b(\w+)\(")


@cache
def query(name: str) -> str:
    """Return the text of `ltvcli/sql/<name>.sql`."""
    return (resources.files("ltvcli") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def macros(name: str) -> dict[str, str]:
    """Return the macros of `ltvcli/sql/<name>.sql`, each with the statement that defines it."""
    return {match[1]: match[0] for match in _MACRO.finditer(query(name))}


def called(sql: str) -> set[str]:
    """Return the names of the functions and macros that `sql` calls.

    >>> sorted(called("select floor(day_of(moment)) from orders"))
    ['day_of', 'floor']
    """
    return set(_CALLED.findall(sql))
