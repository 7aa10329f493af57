"""Words in exports of subscriptions, folded, as `vocabulary.yaml` lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ltvcli.read.columns.header_lookup import key
from ltvcli.read.columns.status_vocabulary import folded


@cache
def _vocabulary() -> Any:
    import yaml

    text = (Path(__file__).parent / "vocabulary.yaml").read_text("utf-8")
    return folded(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def churned() -> Mapping[str, Sequence[str]]:
    """Return the words for customers who have left and who have not, by state."""
    words: Mapping[str, Sequence[str]] = _vocabulary()["churned"]
    return words


@cache
def active_flags() -> frozenset[str]:
    """Return the keys of headers that ask whether a subscription runs."""
    return frozenset(map(key, _vocabulary()["active_flags"]))


def changes() -> frozenset[str]:
    """Return the kinds of change in a list of movements of MRR."""
    return frozenset(_vocabulary()["changes"])


def beginnings() -> frozenset[str]:
    """Return the kinds of row that a list of movements may have besides changes."""
    return frozenset(_vocabulary()["beginnings"])
