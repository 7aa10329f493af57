"""Targets in ltv.yaml for figures of the scorecard.

targets:
  new_customers: 500
  cac: 40
  cohort_retention_90d: 60%
  nps: 30
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ltvcli.errors import SettingShapeError, TargetNotANumberError, UnknownKeyError
from ltvcli.language import N_
from ltvcli.results.review import TileLabel
from ltvcli.settings import yaml_file
from ltvcli.units import Unit, plain_number, usual_width

HELP = N_("Targets of figures that ltv scorecard shows beside them.")
EXAMPLE = "{new_customers: 500, cac: 40, cohort_retention_90d: 60%, nps: 30}"
_PERCENT = 100


def find(inputs: Sequence[Any], known: Mapping[str, TileLabel]) -> dict[str, float]:
    """Read the targets in the ltv.yaml of these inputs.

    Args:
        inputs: what is to be read; ltv.yaml lies beside it, or in the working directory.
        known: figures that may have a target.

    Raises:
        UsageError: a target that cannot be used.
    """
    path = yaml_file.find(inputs)
    if path is None:
        return {}
    written, lines = yaml_file.entries(path, yaml_file.DEEP)
    places = {name: f"{path}:{line}" for name, line in lines.items()}
    return read(written.get(yaml_file.TARGETS), known, places)


def read(
    written: Any, known: Mapping[str, TileLabel], places: Mapping[str, str]
) -> dict[str, float]:
    """Read targets, from ltv.yaml or from Python.

    Args:
        written: a block of figures with a number each.
        known: figures that may have a target.
        places: what errors call each of them, by key.

    Raises:
        UsageError: a target that cannot be used.
    """
    if written in (None, "", ()):
        return {}
    name = yaml_file.TARGETS
    if not isinstance(written, Mapping):
        raise SettingShapeError(
            place=places.get(name, name), name=name, example=f"{name}: {EXAMPLE}"
        )
    targets = {}
    for figure, value in written.items():
        key = f"{name}.{figure}"
        place = places.get(key, key)
        if figure not in known:
            raise UnknownKeyError(place=place, name=figure, near=yaml_file.near(figure, known))
        targets[figure] = _number(place, str(value), known[figure].unit)
    return targets


def _number(place: str, text: str, unit: Unit) -> float:
    """Read a number, of a rate also a percentage.

    Raises:
        TargetNotANumberError: it is none.
    """
    bare = usual_width(text)
    is_percent = bare.endswith("%")
    try:
        value = plain_number(bare.removesuffix("%"))
    except ValueError:
        raise TargetNotANumberError(place=place, text=text, example=EXAMPLE) from None
    if is_percent and unit is not Unit.RATE:
        raise TargetNotANumberError(place=place, text=text, example=EXAMPLE)
    return value / _PERCENT if is_percent else value
