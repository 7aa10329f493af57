"""The plan of pay in ltv.yaml: when a commission vests, and whether trust moves it.

bonus:
  version: 2026-Q4          # printed on the payroll; without it, a hash of the plan
  schedule: {signing: 50%, 90d: 25%, 180d: 25%}
  pro_rata: true            # a part vests in proportion to the MRR that is kept
  trust: {weight: on, least: 0.8, most: 1.2}
  nps: off
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from ltvcli.errors import (
    BonusAgeError,
    BonusLimitsError,
    BonusShapeError,
    BonusShareError,
    BonusSumError,
    LtvError,
    NoBonusPlanError,
    UnknownKeyError,
)
from ltvcli.language import N_
from ltvcli.settings import yaml_file
from ltvcli.units import DAYS_PER_MONTH, parse_months

HELP = N_("Plan of pay that vests while customers stay, for ltv bonus.")
EXAMPLE = (
    "{schedule: {signing: 50%, 90d: 25%, 180d: 25%}, pro_rata: true, "
    "trust: {weight: off, least: 0.8, most: 1.2}, nps: off}"
)
SIGNING = "signing"
"""Name of the part that is paid when a deal is signed."""
_DIGITS = 12  # of the hash of a plan
_WHOLE = Decimal(1)


class Share(Struct, frozen=True, kw_only=True):
    """A part of a commission.

    Attributes:
        name: as written in the plan.
        days: after signing, on which it is decided; 0 is signing itself.
        share: of the commission.
    """

    name: str
    days: int
    share: Decimal


class BonusPlan(Struct, frozen=True, kw_only=True):
    """When a commission vests.

    Attributes:
        schedule: by age; the shares add up to 1.
        pro_rata: whether a part vests in proportion to what the customer has kept.
        weight: whether the trust score of the owner moves what vests after signing.
        least: that it is multiplied with.
        most: that it is multiplied with.
        nps: whether the answers of customers are shown beside the trust score.
        version: as written, else a hash of all the above.
    """

    schedule: tuple[Share, ...]
    pro_rata: bool = False
    weight: bool = False
    least: Decimal = Decimal("0.8")
    most: Decimal = Decimal("1.2")
    nps: bool = False
    version: str = ""


def find(inputs: Sequence[Any]) -> BonusPlan:
    """Read the plan in the ltv.yaml of these inputs.

    Raises:
        NoBonusPlanError: there is none.
        UsageError: it cannot be used.
    """
    path = yaml_file.find(inputs)
    if path is None:
        raise NoBonusPlanError(place=yaml_file.NAME, example=f"bonus: {EXAMPLE}")
    written, lines = yaml_file.entries(path, yaml_file.DEEP)
    if not written.get(yaml_file.BONUS):
        raise NoBonusPlanError(place=str(path), example=f"bonus: {EXAMPLE}")
    places = {name: f"{path}:{line}" for name, line in lines.items()}
    return read(written[yaml_file.BONUS], places)


def read(written: Any, places: Mapping[str, str]) -> BonusPlan:
    """Read a plan, from ltv.yaml or from Python.

    >>> plan = read({"schedule": {"signing": "50%", "90d": "50%"}, "pro_rata": "true"}, {})
    >>> [(share.days, str(share.share)) for share in plan.schedule], plan.pro_rata
    ([(0, '0.5'), (90, '0.5')], True)

    Args:
        written: a block.
        places: what errors call each entry, by key.

    Raises:
        UsageError: it cannot be used.
    """
    from pydantic import BaseModel, ConfigDict, ValidationError

    class Trust(BaseModel):
        model_config = ConfigDict(extra="forbid")
        weight: bool = False
        least: Decimal = Decimal("0.8")
        most: Decimal = Decimal("1.2")

    class Plan(BaseModel):
        model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
        schedule: dict[str, str]
        pro_rata: bool = False
        trust: Trust = Trust()
        nps: bool = False
        version: str = ""

    def place(name: str) -> str:
        return places.get(name, places.get(yaml_file.BONUS, yaml_file.BONUS))

    try:
        plan = Plan.model_validate(written)
    except ValidationError as error:
        raise _refused(error.errors()[0], place) from None
    schedule = _schedule(plan.schedule, place)
    least, most = plan.trust.least, plan.trust.most
    if not 0 <= least <= 1 <= most or not most.is_finite():
        raise BonusLimitsError(
            place=place(f"{yaml_file.BONUS}.trust"), least=str(least), most=str(most)
        )
    made = BonusPlan(
        schedule=schedule,
        pro_rata=plan.pro_rata,
        weight=plan.trust.weight,
        least=least,
        most=most,
        nps=plan.nps,
    )
    return BonusPlan(
        schedule=schedule,
        pro_rata=made.pro_rata,
        weight=made.weight,
        least=least,
        most=most,
        nps=made.nps,
        version=plan.version.strip() or _hash(made),
    )


def _refused(problem: Any, place: Any) -> LtvError:
    """Describe the first thing that pydantic refuses."""
    name = ".".join((yaml_file.BONUS, *(str(key) for key in problem["loc"])))
    if problem["type"] == "extra_forbidden":
        known = ("weight", "least", "most") if ".trust." in name else _KEYS
        key = name.rpartition(".")[2]
        return UnknownKeyError(place=place(name), name=key, near=yaml_file.near(key, known))
    return BonusShapeError(place=place(name), name=name, example=f"bonus: {EXAMPLE}")


_KEYS = ("schedule", "pro_rata", "trust", "nps", "version")


def _schedule(written: Mapping[str, str], place: Any) -> tuple[Share, ...]:
    """Read the parts of a commission, earliest first.

    Raises:
        BonusAgeError: an age is not a length of time, or there twice.
        BonusShareError: a share is not a percentage.
        BonusSumError: the shares do not add up to 100%.
    """
    shares: dict[int, Share] = {}
    for name, text in written.items():
        at = place(f"{yaml_file.BONUS}.schedule.{name}")
        days = 0
        if name != SIGNING:
            try:
                days = round(parse_months(name, name) * DAYS_PER_MONTH)
            except LtvError:
                raise BonusAgeError(place=at, name=name) from None
        if days in shares:
            raise BonusAgeError(place=at, name=name)
        shares[days] = Share(name=name, days=days, share=_share(text, at))
    total = sum((share.share for share in shares.values()), Decimal(0))
    if total != _WHOLE:
        raise BonusSumError(
            place=place(f"{yaml_file.BONUS}.schedule"), total=f"{(total * 100).normalize():f}%"
        )
    return tuple(share for _, share in sorted(shares.items()))


def _share(text: str, place: str) -> Decimal:
    bare = text.strip()
    try:
        value = Decimal(bare.removesuffix("%").strip())
    except InvalidOperation:
        raise BonusShareError(place=place, text=text) from None
    value = value / 100 if bare.endswith("%") else value
    if not value.is_finite() or not 0 < value <= 1:
        raise BonusShareError(place=place, text=text)
    return value


def _hash(plan: BonusPlan) -> str:
    """Return the name of a plan, which changes with any part of it."""
    parts = [f"{share.days}={share.share.normalize():f}" for share in plan.schedule]
    rest = [plan.pro_rata, plan.weight, plan.least.normalize(), plan.most.normalize(), plan.nps]
    return hashlib.sha256(" ".join(map(str, (*parts, *rest))).encode()).hexdigest()[:_DIGITS]
