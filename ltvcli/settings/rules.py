"""Rules in ltv.yaml: what `ltv check` watches, and who is notified.

rules:
  - name: Unit economics
    when: ltv_to_cac < 3
    sure: 80%               # fires when this is at least how probable it is
    for: 2 runs             # in so many runs in a row
    by: channel             # for each channel
    severity: error         # exit with 1; or warning
    to: [slack, mail]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from ltvcli.errors import (
    DuplicateRuleError,
    MissingInRuleError,
    NotAChoiceError,
    NotARateError,
    RuleRunsError,
    RulesShapeError,
    RuleSureError,
    TooSmallError,
    UnknownKeyError,
)
from ltvcli.language import N_
from ltvcli.settings import currency_signs, yaml_file
from ltvcli.settings.conditions import Condition, parse
from ltvcli.settings.currency_signs import Sign
from ltvcli.settings.yaml_file import Placed
from ltvcli.units import Rate, parse_rate

KEYS = ("name", "when", "sure", "for", "by", "severity", "to")
SEVERITIES = ("error", "warning")
CHANNELS = ("slack", "mail", "apprise")
"""Channels that can be notified besides standard output."""
HELP = N_("Rules that ltv check applies to the figures, and who is notified.")
EXAMPLE = '[{name: Unit economics, when: "ltv_to_cac < 3", for: 2 runs, by: channel, to: [slack]}]'
LEAST_SURE, MOST_SURE = 0.5, 0.999
_RUNS = re.compile(r"0*([1-9]\d{0,2})(?:\s*(?:runs?|回))?")


class Rule(Struct, frozen=True, kw_only=True):
    """A rule: its condition and recipients.

    Attributes:
        name: of the rule.
        when: the condition as written.
        condition: as read.
        sure: how probable the condition must be for the rule to fire.
        runs: in so many runs in a row.
        by: what customers are segmented by; "" for all customers together.
        severity: of SEVERITIES.
        to: channels, of CHANNELS.
        signs: currency signs of the amounts in the condition.
    """

    name: str
    when: str
    condition: Condition
    sure: Rate = 0.8
    runs: int = 1
    by: str = ""
    severity: str = "error"
    to: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


def find(inputs: Sequence[Any], known: Mapping[str, object]) -> tuple[tuple[Rule, ...], str]:
    """Read the rules in the ltv.yaml of these inputs.

    Args:
        inputs: what is to be read; ltv.yaml lies beside it, or in the working directory.
        known: figures that a condition may name.

    Returns:
        The rules, and the path of the file ("" if there is none).

    Raises:
        UsageError: a rule that cannot be used.
    """
    path = yaml_file.find(inputs)
    if path is None:
        return (), ""
    written, lines = yaml_file.entries(path, yaml_file.DEEP)
    places = {name: f"{path}:{line}" for name, line in lines.items()}
    rules = read(written.get(yaml_file.RULES), places, known, str(path))
    return rules, str(path)


def read(
    written: Any, places: Mapping[str, str], known: Mapping[str, object], path: str = ""
) -> tuple[Rule, ...]:
    """Read rules, from ltv.yaml or from Python.

    Args:
        written: a list of blocks.
        places: what errors call each of them, by key.
        known: figures that a condition may name.
        path: of the file, "" for Python.

    Raises:
        UsageError: a rule that cannot be used.
    """
    listed = [] if written in (None, "", ()) else written
    if not isinstance(listed, (list, tuple)) or not all(
        isinstance(entry, Mapping) for entry in listed
    ):
        raise RulesShapeError(place=places.get(yaml_file.RULES, yaml_file.RULES))
    rules: list[Rule] = []
    for number, entry in enumerate(listed):
        prefix = f"{yaml_file.RULES}.{number}"

        def place(key: str, prefix: str = prefix) -> str:
            return places.get(f"{prefix}.{key}", places.get(prefix, prefix))

        rule = _rule(entry, place, known, path)
        if any(rule.name == earlier.name for earlier in rules):
            raise DuplicateRuleError(place=place("name"), name=rule.name)
        rules.append(rule)
    return tuple(rules)


def _rule(
    entry: Mapping[str, Any], place: Callable[[str], str], known: Mapping[str, object], path: str
) -> Rule:
    for key in entry:
        if key not in KEYS:
            raise UnknownKeyError(place=place(key), name=key, near=yaml_file.near(key, KEYS))
    texts = {key: _text(value) for key, value in entry.items() if key != "to"}
    for key in ("name", "when"):
        if not texts.get(key):
            raise MissingInRuleError(place=place(""), missing=key)
    at = partial(_position, entry["when"], path, place("when"))
    return Rule(
        name=texts["name"],
        when=" ".join(texts["when"].split()),
        condition=parse(str(entry["when"]), known, at),
        sure=_sure(place("sure"), texts.get("sure") or "80%"),
        runs=_runs(place("for"), texts.get("for") or "1"),
        by=texts.get("by", ""),
        severity=_choice(
            place("severity"), "severity", texts.get("severity") or "error", SEVERITIES
        ),
        to=tuple(
            dict.fromkeys(
                _choice(place("to"), "to", channel, CHANNELS) for channel in _channels(entry, place)
            )
        ),
        signs=currency_signs.in_text(f"{place('when')}: when", texts["when"]),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _position(when: object, path: str, place: str, position: int) -> str:
    """Return the name of a position in errors: file, line and column if known."""
    if path and isinstance(when, Placed) and when.column:
        return f"{path}:{when.line}:{when.column + position}"
    return place if path else f"{place}: when, {position + 1}"


def _channels(entry: Mapping[str, Any], place: Callable[[str], str]) -> list[str]:
    given = entry.get("to")
    listed = [given] if isinstance(given, str) else given or []
    if not isinstance(listed, (list, tuple)) or not all(isinstance(name, str) for name in listed):
        raise NotAChoiceError(
            name=f"{place('to')}: to", text=str(given), known=CHANNELS, example="[slack]"
        )
    return [name.strip() for name in listed if name.strip()]


def _choice(place: str, key: str, text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise NotAChoiceError(name=f"{place}: {key}", text=text, known=known, example=known[0])
    return text


def _sure(place: str, text: str) -> Rate:
    try:
        rate = parse_rate(place, text)
    except (NotARateError, TooSmallError):
        raise RuleSureError(place=place, text=text) from None
    if not LEAST_SURE <= rate <= MOST_SURE:
        raise RuleSureError(place=place, text=text)
    return rate


def _runs(place: str, text: str) -> int:
    match = _RUNS.fullmatch(text)
    if not match:
        raise RuleRunsError(place=place, text=text)
    return int(match[1])
