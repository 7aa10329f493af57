"""Fits of models that are computed once for all tests of a process, as often as they are asked for.

A fit depends on nothing but its arguments, and many tests ask the same of the same example.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

import pytest

from ltvcli.analyses.predict import models
from ltvcli.stats.retention import profile_likelihood


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call a function once with the same arguments; each caller has a result of its own."""
    results: dict[bytes, bytes] = {}

    def called(*given: Any, **named: Any) -> Any:
        key = blake2b(pickle.dumps((given, sorted(named.items())))).digest()
        if key not in results:
            results[key] = pickle.dumps(function(*given, **named))
        return pickle.loads(results[key])

    return called


@contextmanager
def shared() -> Iterator[None]:
    """Compute once what predictions fit, and the regions of profile likelihoods."""
    fits = {name: once(fit) for name, fit in models.models().items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "models", lambda: fits)
        patch.setattr(profile_likelihood, "_region", once(profile_likelihood._region))
        yield
