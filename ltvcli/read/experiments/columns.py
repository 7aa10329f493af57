"""Columns of an experiment: the arm, the outcome, and values before the start."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from msgspec import Struct

from ltvcli.errors import (
    AmbiguousColumnError,
    ArmNeededError,
    NoColumnError,
    NoExperimentColumnError,
    SameColumnError,
    SeveralExperimentColumnsError,
)
from ltvcli.language import N_, Marked
from ltvcli.read import profiles
from ltvcli.read.columns.header_lookup import first_tier, position_of
from ltvcli.read.columns.mapping import DECIMAL, Columns
from ltvcli.read.files.sheet import Sheet

ARM = (
    ("arm", "experiment arm", "test arm", "群", "実験群"),
    (
        "experiment group",
        "test group",
        "variant",
        "variation",
        "treatment",
        "テスト群",
        "バリアント",
    ),
)
"""Headers of arms, where --arm is not given."""
OUTCOME = "outcome_{}"
"""Role of the column of an outcome, by its place."""
BY = "by."
NEEDED = {"arm": ("--arm", N_("arm")), OUTCOME.format(0): ("--outcome", N_("outcome"))}
_SHOWN = 40


class Asked(Struct, frozen=True, kw_only=True):
    """Columns as typed: the arm (None: by usual headers), outcomes, earlier values, segments.

    The first outcome decides. Segments are made of the columns of `by`.
    """

    arm: str | None
    outcomes: tuple[str, ...]
    before: str | None = None
    by: tuple[str, ...] = ()


def understand(sheet: Sheet, asked: Asked, chosen: Mapping[str, str]) -> Columns:
    """Find the columns of a sheet.

    A customer column counts where it is typed, or where a usual header of an ID or an e-mail
    address names one column.

    Args:
        sheet: what was opened.
        asked: columns as typed.
        chosen: of which `customer` and `decimal` matter.

    Raises:
        NoExperimentColumnError: a column that was typed is not there.
        SeveralExperimentColumnsError: several have the header that was typed.
        ArmNeededError: nothing says which column holds the arm, or the outcome.
        SameColumnError: one column was typed twice.
    """
    outcomes = {OUTCOME.format(number): name for number, name in enumerate(asked.outcomes)}
    option = {"arm": "--arm", "before": "--before", **dict.fromkeys(outcomes, "--outcome")}
    typed = {"arm": asked.arm, **outcomes, "before": asked.before}
    position = {
        role: position_of_option(sheet, option[role], name)
        for role, name in typed.items()
        if name is not None
    }
    usual = first_tier(sheet.header, ARM)
    if asked.arm is None and len(usual) == 1:
        position["arm"] = usual[0]
    for role, (flag, what) in NEEDED.items():
        if role not in position:
            raise ArmNeededError(
                file=sheet.name,
                what=Marked(what),
                option=f"{flag} COLUMN",
                columns=", ".join(sheet.header[:_SHOWN]),
            )
    for first, second in combinations(position, 2):
        if position[first] == position[second]:
            name = sheet.header[position[first]]
            raise SameColumnError(options=f"{option[first]}, {option[second]}", name=name)
    position |= {f"{BY}{name}": position_of_option(sheet, "--by", name) for name in asked.by}
    customer = _customer(sheet, chosen)
    if customer is not None and customer not in position.values():
        position["customer"] = customer
    return Columns(
        profile=profiles.load(profiles.GENERIC),
        position=position,
        header=sheet.header,
        decimal=chosen.get(DECIMAL),
    )


def position_of_option(sheet: Sheet, option: str, name: str) -> int:
    """Return the position of the column that an option names.

    Args:
        sheet: what was opened.
        option: as typed.
        name: of the column.

    Raises:
        NoExperimentColumnError: there is none.
        SeveralExperimentColumnsError: there are several.
    """
    try:
        return position_of(option, name, sheet.header)
    except NoColumnError as error:
        raise NoExperimentColumnError(
            file=sheet.name, name=name, option=option, near=error.facts["near"]
        ) from None
    except AmbiguousColumnError:
        raise SeveralExperimentColumnsError(file=sheet.name, name=name, option=option) from None


def _customer(sheet: Sheet, chosen: Mapping[str, str]) -> int | None:
    if "customer" in chosen:
        return position_of_option(sheet, "--map customer", chosen["customer"])
    hits = first_tier(sheet.header, profiles.load(profiles.GENERIC).columns["customer"])
    return hits[0] if len(hits) == 1 else None
