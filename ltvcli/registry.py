"""A folder is a registry: to add a method, check, format or command, add a file.

Files that start with an underscore are not members. Nothing is imported until it is asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from ltvcli.errors import UnknownNameError
from ltvcli.language import Marked


@cache
def names(package: ModuleType) -> tuple[str, ...]:
    """Return the members of `package` as a user types them: `arpu_churn.py` is `arpu-churn`."""
    members = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name.replace("_", "-") for name in members if not name.startswith("_")))


def load(package: ModuleType, name: str) -> ModuleType:
    """Import the one module of `package` called `name`.

    Raises:
        UnknownNameError: `package` has no such module.
    """
    known = names(package)
    if name not in known:
        raise UnknownNameError(
            kind=Marked(package.__name__.rpartition(".")[2]), name=name, known=known
        )
    return importlib.import_module(f"{package.__name__}.{name.replace('-', '_')}")
