"""How much a run of the tests does: everything in CI and with --slow, a sample of it elsewhere."""

from __future__ import annotations

import os

from hypothesis import settings

EVERYTHING = "TEST_EVERYTHING"
"""Set in the environment of a run that does everything, for its workers, too."""
_LEAST, _SHARE = 3, 10


def is_everything() -> bool:
    """Return whether this run does everything."""
    return bool(os.environ.get("CI") or os.environ.get(EVERYTHING))


def examples(count: int) -> settings:
    """Let Hypothesis try `count` examples where everything is done, elsewhere the first tenth."""
    few = min(count, max(_LEAST, count // _SHARE))
    return settings(max_examples=count if is_everything() else few)
