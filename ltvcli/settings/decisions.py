"""Decisions in ltv.yaml that a board is asked for.

decisions:
  - decision: Refund the annual plans sold by mistake
    owner: Sato
    day: 2026-11-30
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ltvcli.errors import DecisionsShapeError, MissingInDecisionError, UnknownKeyError
from ltvcli.language import N_
from ltvcli.settings import yaml_file
from ltvcli.units import parse_date

KEYS = ("decision", "owner", "day")
HELP = N_("Decisions that ltv report board requests, with owner and day.")
EXAMPLE = "[{decision: Refund plans sold by mistake, owner: Sato, day: 2026-11-30}]"


class Decision(Struct, frozen=True, kw_only=True):
    """A decision to make, by whom and until when; "" and None if these are not written."""

    decision: str
    owner: str
    day: date | None


def find(inputs: Sequence[Any]) -> tuple[Decision, ...]:
    """Read the decisions in the ltv.yaml of these inputs.

    Raises:
        UsageError: one that cannot be used.
    """
    path = yaml_file.find(inputs)
    if path is None:
        return ()
    written, lines = yaml_file.entries(path, yaml_file.DEEP)
    places = {name: f"{path}:{line}" for name, line in lines.items()}
    return read(written.get(yaml_file.DECISIONS), places)


def read(written: Any, places: Mapping[str, str]) -> tuple[Decision, ...]:
    """Read decisions, from ltv.yaml or from Python.

    >>> read([{"decision": "Raise prices", "day": "2026-11-30"}], {})
    (Decision(decision='Raise prices', owner='', day=datetime.date(2026, 11, 30)),)

    Args:
        written: a list of blocks.
        places: what errors call each of them, by key.

    Raises:
        UsageError: one that cannot be used.
    """
    listed = [] if written in (None, "", ()) else written
    whole_list = places.get(yaml_file.DECISIONS, yaml_file.DECISIONS)
    if not isinstance(listed, (list, tuple)) or not all(
        isinstance(entry, Mapping) for entry in listed
    ):
        raise DecisionsShapeError(place=whole_list, example=f"{yaml_file.DECISIONS}: {EXAMPLE}")
    return tuple(
        _decision(entry, places, f"{yaml_file.DECISIONS}.{number}", whole_list)
        for number, entry in enumerate(listed)
    )


def _decision(
    entry: Mapping[str, Any], places: Mapping[str, str], prefix: str, whole_list: str
) -> Decision:
    def place(key: str) -> str:
        return places.get(f"{prefix}.{key}", places.get(prefix, whole_list))

    for key in entry:
        if key not in KEYS:
            raise UnknownKeyError(place=place(key), name=key, near=yaml_file.near(key, KEYS))
    texts = {key: " ".join(str(value or "").split()) for key, value in entry.items()}
    if not texts.get("decision"):
        raise MissingInDecisionError(place=place(""))
    day = texts.get("day")
    return Decision(
        decision=texts["decision"],
        owner=texts.get("owner", ""),
        day=parse_date(place("day"), day) if day else None,
    )
