"""Given numbers: what was said, whether it hangs together, and what is still missing."""

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

# The inputs a user can give, and how a flag for each is typed.
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

# Two given numbers that are further apart than rounding explains contradict each other.
ROUNDING = 0.05


def flag(key: str) -> str:
    """Name the option that sets `key`.

    >>> flag("retention_cost")
    '--retention-cost'
    """
    return TYPED[key].split()[0]


def given(settings: Assumptions) -> dict[str, float]:
    """Collect what was said, by key.

    Raises:
        ContradictionError: two of the numbers say different things.
        EndlessLifeError: the lifetime value would have no bound.
    """
    said = {key: getattr(settings, key) for key in TYPED if getattr(settings, key) is not None}
    _refuse_contradictions(said)
    if said.get("churn") == 0 and not said.get("discount"):
        raise EndlessLifeError
    return said


def _refuse_contradictions(said: Mapping[str, float]) -> None:
    if {"churn", "lifespan"} <= said.keys():
        churn, lifespan = said["churn"], said["lifespan"]
        if apart(1, churn * lifespan):
            raise ContradictionError(
                first=flag("lifespan"),
                second=flag("churn"),
                because=f"{lifespan:g} × {churn:g} = {lifespan * churn:g} ≠ 1",
            )
    if {"arpu", "aov", "frequency"} <= said.keys():
        monthly = said["aov"] * said["frequency"] / MONTHS_PER_YEAR
        if apart(said["arpu"], monthly):
            raise ContradictionError(
                first=f"{flag('aov')} x {flag('frequency')}",
                second=flag("arpu"),
                because=f"{said['aov']:g} × {said['frequency']:g} / {MONTHS_PER_YEAR} "
                f"= {monthly:g} ≠ {said['arpu']:g}",
            )


def apart(one: float, other: float) -> bool:
    """Return whether two numbers differ by more than rounding explains."""
    return abs(one - other) > ROUNDING * max(abs(one), abs(other))


def refuse_unanswerable(said: Mapping[str, float], methods: Mapping[str, ModuleType]) -> None:
    """Without data, make sure that some method has all it needs and that nothing was said in vain.

    Raises:
        NothingGivenError: no number that a method could use.
        MissingNumberError: one more is needed.
        NothingToDiscountError: a discount, but no method that spreads value over months.
    """
    sets = [keys for method in methods.values() for keys in method.NEEDS if _typable(keys)]
    if not said:
        raise NothingGivenError
    if not any(said.keys() >= set(keys) for keys in sets):
        # The set that takes the fewest more; of two such, the one of which more is there already.
        closest = min(sets, key=lambda keys: (len(set(keys) - said.keys()), -len(keys)))
        if not said.keys() & set(closest):
            closest = max(sets, key=lambda keys: len(said.keys() & set(keys)))
        raise MissingNumberError(
            given=", ".join(map(flag, said)),
            missing=" ".join(TYPED[key] for key in closest if key not in said),
        )
    if said.get("discount") and "arpu" not in said:
        raise NothingToDiscountError(
            given=", ".join(flag(key) for key in said if key != "discount")
        )


def refuse_what_takes_data(settings: Assumptions) -> None:
    """Refuse options that only mean something with data, if they were typed.

    Raises:
        TakesDataError: one of them was.
    """
    for key in ("spend", "cac_lag", "horizon", "lapse_after", "as_of", "from", "to", "new_since"):
        if settings.is_typed(key):
            raise TakesDataError(option="--" + key.replace("_", "-"))


def refuse_what_takes_orders(settings: Assumptions) -> None:
    """Refuse options that mean nothing for subscriptions, if they were typed.

    Raises:
        TakesOrdersError: one of them was.
    """
    for key in ("lapse_after", "from", "to"):
        if settings.is_typed(key):
            raise TakesOrdersError(option="--" + key.replace("_", "-"))


def _typable(keys: tuple[str, ...]) -> bool:
    return set(keys) <= TYPED.keys()
