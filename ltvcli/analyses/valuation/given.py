"""Given numbers: which there are, contradictions, and missing ones."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from ltvcli.errors import (
    ContradictionError,
    EndlessLifeError,
    MissingNumberError,
    NothingGivenError,
    NothingToDiscountError,
    TakesDataError,
    TakesOrdersError,
)
from ltvcli.settings.assumptions import Assumptions
from ltvcli.units import MONTHS_PER_YEAR

# Inputs that a user can give, and an example of the option for each.
TYPED = {
    "aov": "--aov 8000",
    "frequency": "--frequency 3",
    "lifespan": "--lifespan 2y",
    "arpu": "--arpu 10000",
    "churn": "--churn 5%",
    "margin": "--margin 40%",
    "cac": "--cac 5000",
    "retention_cost": "--retention-cost 1000",
    "discount": "--discount 10%",
}

# Two given numbers contradict each other if they differ by more than rounding.
ROUNDING = 0.05


def flag(key: str) -> str:
    """Return the option that sets `key`.

    >>> flag("retention_cost")
    '--retention-cost'
    """
    return TYPED[key].split()[0]


def given(settings: Assumptions) -> dict[str, float]:
    """Collect the given numbers, by key.

    Raises:
        ContradictionError: two of the numbers contradict each other.
        EndlessLifeError: the lifetime value would be infinite.
    """
    numbers = {key: getattr(settings, key) for key in TYPED if getattr(settings, key) is not None}
    _refuse_contradictions(numbers)
    if numbers.get("churn") == 0 and not numbers.get("discount"):
        raise EndlessLifeError
    return numbers


def _refuse_contradictions(given: Mapping[str, float]) -> None:
    if {"churn", "lifespan"} <= given.keys():
        churn, lifespan = given["churn"], given["lifespan"]
        if differ(1, churn * lifespan):
            raise ContradictionError(
                first=flag("lifespan"),
                second=flag("churn"),
                because=f"{lifespan:g} × {churn:g} = {lifespan * churn:g} ≠ 1",
            )
    if {"arpu", "aov", "frequency"} <= given.keys():
        monthly = given["aov"] * given["frequency"] / MONTHS_PER_YEAR
        if differ(given["arpu"], monthly):
            raise ContradictionError(
                first=f"{flag('aov')} x {flag('frequency')}",
                second=flag("arpu"),
                because=f"{given['aov']:g} × {given['frequency']:g} / {MONTHS_PER_YEAR} "
                f"= {monthly:g} ≠ {given['arpu']:g}",
            )


def differ(first: float, second: float) -> bool:
    """Return whether two numbers differ by more than rounding explains."""
    return abs(first - second) > ROUNDING * max(abs(first), abs(second))


def refuse_unanswerable(given: Mapping[str, float], methods: Mapping[str, ModuleType]) -> None:
    """Check, without data, that some method has all its inputs and that no number is unused.

    Raises:
        NothingGivenError: no number that a method could use.
        MissingNumberError: one more is needed.
        NothingToDiscountError: a discount, but no method that spreads value over months.
    """
    sets = [keys for method in methods.values() for keys in method.NEEDS if _typable(keys)]
    if not given:
        raise NothingGivenError
    if not any(given.keys() >= set(keys) for keys in sets):
        # The set that lacks the fewest; of two such, the one of which more is given already.
        closest = min(sets, key=lambda keys: (len(set(keys) - given.keys()), -len(keys)))
        if not given.keys() & set(closest):
            closest = max(sets, key=lambda keys: len(given.keys() & set(keys)))
        raise MissingNumberError(
            given=", ".join(map(flag, given)),
            missing=" ".join(TYPED[key] for key in closest if key not in given),
        )
    if given.get("discount") and "arpu" not in given:
        raise NothingToDiscountError(
            given=", ".join(flag(key) for key in given if key != "discount")
        )


OF_DATA = (
    "spend", "cac_lag", "horizon", "lapse_after", "as_of", "from", "to", "new_since", "map",
    "exclude", "status_paid", "words", "date_format", "encoding",
)  # fmt: skip
"""Settings that apply to data only."""


def refuse_what_takes_data(settings: Assumptions) -> None:
    """Refuse options that apply to data only, if they were typed.

    Raises:
        TakesDataError: one of them was.
    """
    for key in settings.origin:
        option, *_ = key.split(".")
        if option in OF_DATA and settings.is_typed(key):
            raise TakesDataError(option="--" + option.replace("_", "-"))


def refuse_what_takes_orders(settings: Assumptions) -> None:
    """Refuse options that do not apply to subscriptions, if they were typed.

    Raises:
        TakesOrdersError: one of them was.
    """
    for key in ("lapse_after", "from", "to"):
        if settings.is_typed(key):
            raise TakesOrdersError(option="--" + key.replace("_", "-"))


def _typable(keys: tuple[str, ...]) -> bool:
    return set(keys) <= TYPED.keys()
