"""All settings, resolved once from flags, variables and `ltv.yaml`.

One record, `Settings`, serves all three: each field says how its text is parsed. Precedence: flag,
then variable, then file, then default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from msgspec import Struct

from ltvcli.errors import (
    NotAMappingError,
    NotAMeaningError,
    SettingShapeError,
    SettingTypeError,
    UnknownSettingError,
)
from ltvcli.settings import yaml_file
from ltvcli.settings.assumptions import Assumptions
from ltvcli.settings.currency_signs import signs
from ltvcli.settings.origins import override
from ltvcli.settings.output import OutputSettings
from ltvcli.settings.parsing import Setting, as_typed, listed
from ltvcli.settings.reading import MEANING, ReadingSettings
from ltvcli.settings.yaml_file import BLOCKS
from ltvcli.units import LATEST, parse_amount

ONLY_SHOWN = ("lang", "format", "fail_under", "history", "record")
"""Settings that change no figure."""
OF_THE_PROGRAM = ("history", "record")
"""Settings of recording: only what can be recorded takes them from Python."""


@dataclass(frozen=True, kw_only=True)
class Settings(OutputSettings, ReadingSettings, Assumptions):
    """All settings of one run.

    A function declares the part that it uses: reading takes `ReadingSettings`, an analysis takes
    `Assumptions`, and a command takes `OutputSettings` or all of them.
    """


@cache
def described() -> dict[str, Setting]:
    """List the settings that are written as text, in reading order: name to Setting."""
    hints = get_type_hints(Settings, include_extras=True)
    return {
        name: meta
        for name, hint in hints.items()
        for meta in getattr(hint, "__metadata__", ())
        if isinstance(meta, Setting)
    }


class _Given(Struct, frozen=True):
    """A setting's text, where it comes from, and how an error names it."""

    text: str
    origin: str
    place: str


def key(name: str) -> str:
    """Return the written name of a setting; only Python needs `from_` and `as_`.

    >>> key("from_"), key("retention_cost")
    ('from', 'retention_cost')
    """
    return name.strip("_")


def resolve(
    typed: Mapping[str, Any],
    environ: Mapping[str, str],
    inputs: Sequence[Any] = (),
    today: date | None = None,
) -> Settings:
    """Resolve every setting: flag, then LTV_ variable, then ltv.yaml, then default.

    Args:
        typed: flags by setting, as a command received them; None means not typed.
        environ: LTV_MARGIN=40%, LTV_MAP="customer=会員ID,amount=合計", ...
        inputs: what is to be read; ltv.yaml is sought beside them, then in the working directory.
        today: the day on which this runs.

    Raises:
        UsageError: a value, or a name in ltv.yaml, that cannot be used.
    """
    path = yaml_file.find(inputs)
    settled = _settled([_in_file(path), _in_environ(environ), _in_flags(typed)], today)
    if path is None:
        return settled
    elsewhere = yaml_file.is_elsewhere(path, inputs)
    return override(settled, file=str(path), file_elsewhere=elsewhere)


def from_python(options: Mapping[str, Any], *, may_record: bool = False) -> Settings:
    """Resolve the keyword arguments of the Python API; no file and no variable applies.

    Args:
        options: keyword arguments.
        may_record: whether `record` and `history` are among the settings.

    >>> from_python({"margin": 0.4, "lifespan": "2y", "cac": 5000}).lifespan
    24.0

    Raises:
        UsageError: an option that does not exist, or a value that cannot be used.
    """
    written = {key(name): value for name, value in options.items() if value is not None}
    known = {
        key(name): setting
        for name, setting in described().items()
        if may_record or name not in OF_THE_PROGRAM
    }
    given: dict[str, _Given] = {}
    for block in BLOCKS:
        meant = written.pop(block, {})
        if not isinstance(meant, Mapping):
            raise SettingShapeError(place="ltvcli", name=block, example=f"{block}={{…: …}}")
        for name, value in meant.items():
            if not isinstance(value, str):
                raise SettingTypeError(name=f"{block}[{name!r}]", kind=type(value).__name__)
            given[f"{block}.{name}"] = _Given(value, "python", block)
    for name, value in written.items():
        if name not in known:
            near = yaml_file.near(name, [*known, *BLOCKS])
            raise UnknownSettingError(place="ltvcli", name=name, near=near)
        try:
            text = "\n".join(as_typed(element, known[name]) for element in listed(value))
        except TypeError:
            raise SettingTypeError(name=name, kind=type(value).__name__) from None
        given[name] = _Given(text, "python", name)
    return _settled([given], LATEST)


def _settled(layers: Sequence[Mapping[str, _Given]], today: date | None) -> Settings:
    """Read every text that was given; a later layer beats an earlier one."""
    values: dict[str, Any] = {}
    blocks: dict[str, dict[str, str]] = {block: {} for block in BLOCKS}
    origin: dict[str, str] = {}
    amounts: dict[str, tuple[str, str]] = {}
    for layer in layers:
        if "spend" in layer and "cac" not in layer:
            # Both give the CAC, so typed files of spend come before a CAC in ltv.yaml.
            values.pop("cac", None)
            origin.pop("cac", None)
            amounts.pop("cac", None)
        for name, setting in described().items():
            if given := layer.get(key(name)):
                values[name] = setting.parse(given.place, given.text)
                origin[key(name)] = given.origin
                if setting.parse is parse_amount:
                    amounts[key(name)] = given.place, given.text
        for name, given in layer.items():
            block, dot, entry = name.partition(".")
            if dot:
                blocks[block][entry] = given.text
                origin[name] = given.origin
                if block == "words":
                    MEANING(f"{given.place} {entry}", given.text)
    return Settings(
        **values,
        map=blocks["map"],
        words=blocks["words"],
        origin=origin,
        signs=signs(amounts),
        typed=_typed(layers[-1]),
        today=today,
    )


def _typed(given: Mapping[str, _Given]) -> tuple[str, ...]:
    """Write again the flags that were typed and change a figure."""
    words: list[str] = []
    for name, setting in given.items():
        block, dot, entry = name.partition(".")
        if setting.origin == "flag" and dot:
            words += [f"--{block}", f"{entry}={setting.text}"]
        elif setting.origin == "flag" and name not in ONLY_SHOWN:
            texts = setting.text.split("\n")
            words += (
                [setting.place]
                if name == "strict"
                else [w for t in texts for w in (setting.place, t)]
            )
    return tuple(words)


def _in_file(path: Path | None) -> dict[str, _Given]:
    if path is None:
        return {}
    known = {key(name): setting for name, setting in described().items()}
    several = [name for name, setting in known.items() if setting.several]
    given = {}
    for name, (text, line) in yaml_file.texts(path, known, several).items():
        is_file = name in known and known[name].file
        value = (
            "\n".join(str(path.parent / file_name) for file_name in text.split("\n"))
            if is_file
            else text
        )
        given[name] = _Given(value, f"{path}:{line}", f"{path}:{line}: {name}")
    return given


def _in_environ(environ: Mapping[str, str]) -> dict[str, _Given]:
    given = {}
    for name, setting in described().items():
        variable = f"LTV_{key(name).upper()}"
        if text := environ.get(variable):
            text = text.replace(",", "\n") if setting.several else text
            given[key(name)] = _Given(text, variable, variable)
    for block in BLOCKS:
        variable = f"LTV_{block.upper()}"
        entries = re.split(r",(?=[^,=]+=)", environ.get(variable) or "")
        given |= _entries(block, variable, variable, [entry for entry in entries if entry])
    return given


def _in_flags(typed: Mapping[str, Any]) -> dict[str, _Given]:
    given = {
        key(name): _Given(
            "\n".join(map(str, listed(typed[name]))), "flag", f"--{key(name).replace('_', '-')}"
        )
        for name in described()
        if typed.get(name) not in (None, [], ())
    }
    for block in BLOCKS:
        given |= _entries(block, f"--{block}", "flag", typed.get(block) or ())
    return given


def _entries(block: str, place: str, origin: str, texts: Sequence[str]) -> dict[str, _Given]:
    """Read `amount=合計` or `Former patron=cancelled`.

    A column may itself hold an equals sign, and so may a word.
    """
    given = {}
    for text in texts:
        name, equals, value = text.partition("=") if block == "map" else text.rpartition("=")
        if not (name.strip() and equals and value.strip()):
            error = NotAMappingError if block == "map" else NotAMeaningError
            raise error(name=place, text=text)
        given[f"{block}.{name.strip()}"] = _Given(value.strip(), origin, place)
    return given
