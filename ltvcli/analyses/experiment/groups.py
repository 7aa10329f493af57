"""Which arm is the control, how large arms were meant to be, and whether they are comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ltvcli.errors import (
    ControlNeededError,
    LtvError,
    NotASplitError,
    OneArmError,
    SplitIncompleteError,
    UnknownArmError,
)
from ltvcli.results.experiment import ENOUGH, GroupCheck
from ltvcli.stats.inference import welch
from ltvcli.stats.inference.sample_ratio import MISMATCH, sample_ratio
from ltvcli.stats.inference.welch import Sample
from ltvcli.units import parse_amount, parse_rate, usual_width

if TYPE_CHECKING:
    from ltvcli.facts.experiments import ArmSums, AssignmentDays

SAMPLE_RATIO, BALANCE = "sample-ratio", "balance"
ASSIGNMENT_DAYS = "assignment-days"
_CONTROL = re.compile(
    r"(the )?(control|hold[ -_]?out|placebo|baseline|untreated|no treatment)( group| arm)?"
    r"|対照群?|コントロール(群|グループ)?|ホールドアウト(群)?|統制群?"
)


def folded(name: str) -> str:
    """Return the key by which names of arms are compared: without case, width and spaces.

    >>> folded(" Ｃontrol  GROUP")
    'control group'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def control_of(names: Mapping[str, str], typed: str | None) -> str:
    """Return the key of the control.

    Args:
        names: of arms that have customers, by key.
        typed: the name of the control as typed; None to look for a usual one.

    Raises:
        OneArmError: there is only one arm.
        UnknownArmError: no arm is called so.
        ControlNeededError: none, or several, are called like a control.
    """
    if len(names) == 1:
        raise OneArmError(arm=next(iter(names.values())))
    shown = ", ".join(names.values())
    if typed is not None:
        named = [key for key, name in names.items() if folded(name) == folded(typed)]
        if not named:
            raise UnknownArmError(name=typed, option="--control", arms=shown)
        return named[0]
    usual = [key for key, name in names.items() if _CONTROL.fullmatch(folded(name))]
    if len(usual) != 1:
        raise ControlNeededError(arms=shown, example=next(iter(names.values())))
    return usual[0]


def shares_of(names: Mapping[str, str], typed: Sequence[str]) -> dict[str, float]:
    """Return the share that each arm was meant to have, in any unit; all the same if not typed.

    Args:
        names: of arms that have customers, by key.
        typed: `ARM=SHARE`, for every arm.

    Raises:
        NotASplitError: an entry is not an arm and a share above 0.
        UnknownArmError: no arm is called so.
        SplitIncompleteError: an arm is missing.
    """
    if not typed:
        return dict.fromkeys(names, 1.0)
    example = " ".join(f"--split “{name}=1”" for name in names.values())
    keys = {folded(name): key for key, name in names.items()}
    shares: dict[str, float] = {}
    for text in typed:
        name, _, share = text.rpartition("=")
        try:
            value = parse_rate("", share) if "%" in usual_width(share) else parse_amount("", share)
        except LtvError:
            value = 0.0
        if not name.strip() or value <= 0:
            raise NotASplitError(text=text, example=example)
        if folded(name) not in keys:
            shown = ", ".join(names.values())
            raise UnknownArmError(name=name, option="--split", arms=shown)
        shares[keys[folded(name)]] = value
    for key, name in names.items():
        if key not in shares:
            raise SplitIncompleteError(arm=name, example=example)
    return shares


def checked(
    sums: Sequence[ArmSums],
    shares: Mapping[str, float],
    names: Mapping[str, str],
    days: Sequence[AssignmentDays] = (),
    counts: Mapping[str, int] | None = None,
) -> tuple[GroupCheck, ...]:
    """Return whether arms have their planned sizes and were comparable before the start.

    Args:
        sums: of the arms, control first.
        shares: that the arms were meant to have.
        names: of the arms.
        days: of the assignment, by arm; none where they are not known.
        counts: of what was excluded, by name of the check.
    """
    sizes = sample_ratio([arm.customers for arm in sums], [shares[arm.key] for arm in sums])
    checks = [
        GroupCheck(
            check=SAMPLE_RATIO,
            arm="",
            value=sizes.chi_square,
            p=sizes.p_value,
            passed=sizes.passed,
        )
    ]
    before = {
        arm.key: Sample(n=arm.customers, mean=arm.before.mean, sd=arm.before.sd)
        for arm in sums
        if arm.before is not None
    }
    if len(before) == len(sums) and any(sample.sd or sample.mean for sample in before.values()):
        checks += _alike(BALANCE, before, names)
    assigned = {day.key: Sample(n=day.customers, mean=day.mean, sd=day.sd) for day in days}
    if assigned:
        assigned = {arm.key: assigned[arm.key] for arm in sums}
        checks += _alike(ASSIGNMENT_DAYS, assigned, names)
    checks += [
        GroupCheck(check=name, arm="", value=count, p=None, passed=True)
        for name, count in (counts or {}).items()
    ]
    return tuple(checks)


def _alike(check: str, samples: Mapping[str, Sample], names: Mapping[str, str]) -> list[GroupCheck]:
    """Compare every arm with the first by variables that only chance can make differ."""
    control, *treated = samples
    compared = []
    for key in treated:
        if min(samples[key].n, samples[control].n) < ENOUGH:
            continue
        difference = welch.difference(samples[key], samples[control])
        p = difference.p_value()
        compared.append(
            GroupCheck(
                check=check, arm=names[key], value=difference.value, p=p, passed=p >= MISMATCH
            )
        )
    return compared
