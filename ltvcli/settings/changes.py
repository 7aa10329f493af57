"""Changes of levers as typed: `5%->3%`, `+10%`, `-500`, `+1pt`.

A value without sign or arrow is no change: it says how things are, as everywhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import (
    ArrowEatenError,
    LtvError,
    MinusOrUntilError,
    NotAChangeError,
    TooLargeError,
    TooSmallError,
)
from ltvcli.settings import currency_signs
from ltvcli.settings.currency_signs import Sign
from ltvcli.units import parse_amount, parse_months, parse_rate

if TYPE_CHECKING:
    from ltvcli.formulas import Value

LEVERS: Mapping[str, Callable[[str, str], float]] = {
    "aov": parse_amount,
    "frequency": parse_amount,
    "arpu": parse_amount,
    "churn": parse_rate,
    "lifespan": parse_months,
    "margin": parse_rate,
    "cac": parse_amount,
    "retention_cost": parse_amount,
    "budget": parse_amount,
}
"""What can be changed, and how a value of it is read."""
MOST_TIMES = 1000
"""How many times itself a change may add at most."""

_TO = re.compile(r"\s*(?:->|=>|→|\.{2,3}|:)\s*")
_BY = re.compile(r"(?P<start>.*?)(?P<space>\s*)(?P<sign>[+-])(?P<amount>[^+\s-][^+-]*)")
_POINTS = re.compile(r"\s*(?:pt|pts|pp|points?|ポイント)$")


class Change(Struct, frozen=True, kw_only=True):
    """The new value of a lever: `end`, or else `factor` times the old value, plus `step`.

    `start` is the stated old value, `text` the typed change.
    """

    lever: str
    text: str
    start: float | None = None
    end: float | None = None
    factor: float = 1.0
    step: float = 0.0

    def applied(self, value: Value) -> Value:
        """Return the new value of the lever, elementwise.

        >>> changed("cac", "--cac", "+25%").applied(200.0)
        250.0
        """
        return self.end if self.end is not None else value * self.factor + self.step


def changed(lever: str, name: str, text: str) -> Change | None:
    """Read a change; None if `text` has neither sign nor arrow.

    A percentage with a sign is relative: +10% of a churn of 5% is 5.5%, +10pt would be 15%.

    Args:
        lever: one of LEVERS.
        name: what an error calls it.
        text: as typed.

    Raises:
        UsageError: it can be read in two ways, or in none.

    >>> one = changed("churn", "--churn", "5%->3%")
    >>> one.start, one.end
    (0.05, 0.03)
    >>> changed("churn", "--churn", "+1pt").step, changed("churn", "--churn", "5%")
    (0.01, None)
    """
    parse = LEVERS[lever]
    written = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if re.fullmatch(r"[^+-]+-", written):
        raise ArrowEatenError(name=name, text=text, start=written[:-1])
    start, *ends = _TO.split(written)
    if ends:
        if len(ends) > 1 or not ends[0]:
            raise NotAChangeError(name=name, text=text)
        first = parse(name, start) if start else None
        return Change(lever=lever, text=text.strip(), start=first, end=parse(name, ends[0]))
    match = _BY.fullmatch(written)
    if not match:
        return None
    if match["start"] and match["sign"] == "-" and not match["space"]:
        raise MinusOrUntilError(name=name, text=text, start=match["start"], end=match["amount"])
    factor, step = _by(parse, name, text, match["sign"] + "1", match["amount"].strip())
    first = parse(name, match["start"]) if match["start"] else None
    return Change(lever=lever, text=text.strip(), start=first, factor=factor, step=step)


def _by(
    parse: Callable[[str, str], float], name: str, text: str, sign: str, amount: str
) -> tuple[float, float]:
    """Read by how much: a factor and a step."""
    try:
        if amount.endswith("%"):
            # Twice as much and more is +100% and more, which no rate is.
            share = parse_amount(name, amount.removesuffix("%")) / 100
            if share > MOST_TIMES:
                raise TooLargeError(name=name, text=text, limit=f"+{MOST_TIMES}00%")
            return 1 + int(sign) * share, 0.0
        if parse is parse_rate:
            points = _POINTS.sub("", amount)
            if points == amount:
                raise NotAChangeError(name=name, text=text)
            return 1.0, int(sign) * parse_amount(name, points) / 100
        return 1.0, int(sign) * parse(name, amount)
    except (TooLargeError, TooSmallError):
        raise
    except LtvError:
        raise NotAChangeError(name=name, text=text) from None


def signs(changes: Iterable[Change]) -> dict[str, Sign]:
    """Return the currency signs of changes, by the names of the changes in a report."""
    return currency_signs.signs(
        {
            f"change.{change.lever}": (f"--{change.lever.replace('_', '-')}", change.text)
            for change in changes
        }
    )


def split_changes(
    typed: Mapping[str, object], name: Callable[[str], str]
) -> tuple[dict[str, object], tuple[Change, ...]]:
    """Split typed values into (values of settings, changes of levers).

    Args:
        typed: given values, by setting; the text of a lever may be a change.
        name: gives what an error calls a lever.
    """
    changes: list[Change] = []
    values: dict[str, object] = {}
    for key, value in typed.items():
        change = (
            changed(key, name(key), value) if key in LEVERS and isinstance(value, str) else None
        )
        if change is None:
            values[key] = value
        else:
            changes.append(change)
    return values, tuple(changes)


OF_WHATIF = (
    "spend", "cac-lag", "discount", "horizon", "lapse-after", "map", "exclude", "status-paid",
    "words", "as-of", "from", "to", "new-since", "date-format", "encoding", "currency",
)  # fmt: skip
"""Options of `ltv whatif`, besides its levers, that change what it says."""


def of_whatif(typed: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Split words that were typed into those for whatif, and the values of levers, by lever.

    Options that whatif does not have are left out.

    Args:
        typed: options, each with its value.

    >>> of_whatif(["--cac", "40", "--as-of", "2026-01-31", "--by", "channel"])
    (['--as-of', '2026-01-31'], {'cac': '40'})
    """
    pairs = [pair for pair in pairwise(typed) if pair[0].startswith("--")]
    values = {flag.removeprefix("--").replace("-", "_"): text for flag, text in pairs}
    words = [word for pair in pairs if pair[0].removeprefix("--") in OF_WHATIF for word in pair]
    return words, {lever: text for lever, text in values.items() if lever in LEVERS}
