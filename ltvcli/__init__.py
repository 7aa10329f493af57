"""Compute what a customer is worth compared with what they cost, from existing exports."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = [
    "__version__",
    "audit",
    "benchmark",
    "bonus",
    "calc",
    "check",
    "cohorts",
    "experiment",
    "history",
    "mrr",
    "predict",
    "report",
    "review",
    "risk",
    "scorecard",
    "segments",
    "table",
    "whatif",
]


def __getattr__(name: str) -> Any:
    """Load the Python API when it is first used, so that `import ltvcli` costs nothing."""
    if name in __all__:
        from importlib import import_module

        # Of the module: in the package, the name may stand for the module or for its function.
        return getattr(import_module(f"ltvcli.api.{name}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
