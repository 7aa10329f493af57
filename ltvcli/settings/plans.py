"""Elasticities and initiatives in ltv.yaml.

elasticities:
  cac: {budget: 0.5}        # spending 20% more makes a customer 1.2^0.5 - 1 = 9.5% dearer
initiatives:
  - name: Better onboarding
    lever: churn
    change: -10%
    cost: 300000
    probability: 60%        # or feasibility: 1 to 5
    months: 2               # until it works
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ltvcli.errors import (
    ContradictionError,
    MissingInInitiativeError,
    NotAChangeError,
    NotAChoiceError,
    NotANumberError,
    SettingShapeError,
    UnknownKeyError,
)
from ltvcli.language import N_
from ltvcli.settings import currency_signs, yaml_file
from ltvcli.settings.changes import LEVERS, Change, changed
from ltvcli.settings.currency_signs import Sign
from ltvcli.units import Money, Months, Rate, parse_amount, parse_months, parse_rate

KEYS = ("name", "lever", "change", "cost", "probability", "feasibility", "months")
NEEDED = KEYS[:4]
MOST_FEASIBLE = 5
HELP = {
    "elasticities": N_("Elasticities between levers: 0.5 means 0.5% per 1%."),
    "initiatives": N_("Initiatives, ranked by ltv whatif."),
}
EXAMPLES = {
    "elasticities": "{cac: {budget: 0.5}}",
    "initiatives": "[{name: Onboarding, lever: churn, change: -10%, cost: 300000, feasibility: 4}]",
}

Elasticities = Mapping[str, Mapping[str, float]]
"""By how many percent a lever moves when another moves by one: {moved: {mover: elasticity}}."""


class Initiative(Struct, frozen=True, kw_only=True):
    """A possible action: its effect, cost, probability of success and date.

    `rated` is the feasibility from 1 to 5 that `probability` was taken from. `signs` are the
    currency signs of the cost and of the change.
    """

    name: str
    change: Change
    cost: Money
    probability: Rate
    rated: int | None = None
    months: Months = 0.0
    signs: tuple[Sign, ...] = ()


class Plans(Struct, frozen=True, kw_only=True):
    """Elasticities between levers, and initiatives; `in_file` names those that ltv.yaml has."""

    elasticities: Elasticities = field(default_factory=dict)
    initiatives: tuple[Initiative, ...] = ()
    in_file: tuple[str, ...] = ()


def find(inputs: Sequence[Any]) -> Plans:
    """Read the elasticities and initiatives in the ltv.yaml of these inputs.

    Raises:
        UsageError: something in it that cannot be used.
    """
    path = yaml_file.find(inputs)
    if path is None:
        return Plans()
    written, lines = yaml_file.entries(path, yaml_file.DEEP)
    planned = read(
        written.get("elasticities"),
        written.get("initiatives"),
        {name: f"{path}:{line}" for name, line in lines.items()},
    )
    return replace(planned, in_file=tuple(plan for plan in yaml_file.PLANS if written.get(plan)))


def read(links: Any, planned: Any, places: Mapping[str, str]) -> Plans:
    """Read both, from ltv.yaml or from Python; `places` are their names in errors.

    Args:
        links: elasticities: {moved: {mover: elasticity}}.
        planned: initiatives.
        places: what errors call each of them, by key.
    """
    for name, value, shape in (("elasticities", links, Mapping), ("initiatives", planned, list)):
        if value and not isinstance(value, shape):
            raise _shape(places, name)
    return Plans(
        elasticities={
            moved: _movers(moved, movers, places) for moved, movers in (links or {}).items()
        },
        initiatives=tuple(
            initiative(entry, places.get(f"initiatives.{number}", "initiatives"))
            for number, entry in enumerate(planned or ())
        ),
    )


def _movers(moved: str, movers: Any, places: Mapping[str, str]) -> dict[str, float]:
    place = places.get(f"elasticities.{moved}", "elasticities")
    _known(moved, [name for name in LEVERS if name != "budget"], place)
    if not isinstance(movers, Mapping):
        raise _shape(places, "elasticities")
    for mover in movers:
        place = places.get(f"elasticities.{moved}.{mover}", place)
        _known(mover, [name for name in LEVERS if name != moved], place)
    return {
        mover: _number(f"{place}: elasticities.{moved}.{mover}", str(text))
        for mover, text in movers.items()
    }


def initiative(given: Mapping[str, Any], place: str) -> Initiative:
    """Read one initiative; `place` is its name in errors.

    A feasibility from 1 to 5 is the middle of as many fifths: 5 is 90%, as nothing is certain.

    >>> what = {"name": "Bundles", "lever": "aov", "change": "+5%", "cost": 1000}
    >>> initiative(what | {"feasibility": 4}, "here").probability
    0.7

    Raises:
        UsageError: something is missing, unknown, or cannot be used.
    """
    texts = {key: str(value).strip() for key, value in given.items() if value not in (None, "")}
    for key in texts:
        _known(key, KEYS, place)
    if missing := [key for key in NEEDED if key not in texts]:
        raise MissingInInitiativeError(place=place, missing=missing)
    if {"probability", "feasibility"} <= texts.keys():
        because = N_("each gives the probability")
        raise ContradictionError(
            first=f"{place}: probability", second="feasibility", because=because
        )
    if texts["lever"] not in LEVERS:
        raise NotAChoiceError(
            name=f"{place}: lever", text=texts["lever"], known=list(LEVERS), example="churn"
        )
    change = changed(texts["lever"], f"{place}: change", texts["change"])
    if change is None:
        raise NotAChangeError(name=f"{place}: change", text=texts["change"])
    rated = None
    if "feasibility" in texts:
        choices = [str(index + 1) for index in range(MOST_FEASIBLE)]
        if texts["feasibility"] not in choices:
            raise NotAChoiceError(
                name=f"{place}: feasibility", text=texts["feasibility"], known=choices, example="4"
            )
        rated = int(texts["feasibility"])
        probability = (2 * rated - 1) / (2 * MOST_FEASIBLE)
    elif "probability" in texts:
        probability = parse_rate(f"{place}: probability", texts["probability"])
    else:
        raise MissingInInitiativeError(place=place, missing="probability | feasibility")
    months = texts.get("months", "0")
    signs = [currency_signs.in_text(f"{place}: {key}", texts[key]) for key in ("cost", "change")]
    return Initiative(
        signs=tuple(chain(*signs)),
        name=texts["name"],
        change=change,
        cost=parse_amount(f"{place}: cost", texts["cost"]),
        probability=probability,
        rated=rated,
        months=0.0
        if re.fullmatch(r"0(\.0+)?", months)
        else parse_months(f"{place}: months", f"{months}mo" if months[-1].isdecimal() else months),
    )


def _known(name: str, known: Sequence[str], place: str) -> None:
    if name not in known:
        raise UnknownKeyError(place=place, name=name, near=yaml_file.near(name, known))


def _number(name: str, text: str) -> float:
    if not re.fullmatch(r"[+-]?\d{0,9}\.?\d{1,9}", text):
        raise NotANumberError(name=name, text=text)
    return float(text)


def _shape(places: Mapping[str, str], name: str) -> SettingShapeError:
    example = f"{name}: {EXAMPLES[name]}"
    return SettingShapeError(place=places.get(name, name), name=name, example=example)
