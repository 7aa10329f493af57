"""ltv.yaml: names, texts and line numbers; settings.py parses the texts.

YAML is read without its types: `no`, `1_000` and `2026-10-31` stay the text that was typed, so a
value means the same here as after a flag.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli.errors import (
    BrokenSettingsError,
    DuplicateSettingError,
    RefusedSettingsError,
    SettingShapeError,
    UnknownSettingError,
)
from ltvcli.language import N_
from ltvcli.settings import text_file

if TYPE_CHECKING:
    import yaml

NAME = "ltv.yaml"
PITCHES = (".yaml", ".yml")
EXAMPLES = {
    "aov": "8000",
    "frequency": "3",
    "lifespan": "2y",
    "arpu": "10000",
    "churn": "5%",
    "margin": "40%",
    "cac": "5000",
    "retention_cost": "1000",
    "discount": "10%",
    "horizon": "24mo",
    "new_customers": "300",
    "lapse_after": "90d",
    "by": "[channel, country]",
    "customers": "customers.csv",
    "cost_to_serve": "5%",
    "spend": "[google.csv, tiktok=spend.csv]",
    "cac_lag": "30d",
    "survey": "[nps.csv]",
    "benchmarks": "[benchmarks.csv]",
    "min_customers": "30",
    "map": "{customer: 会員ID, amount: 合計}",
    "exclude": '["Status=Awaiting check"]',
    "status_paid": '["In the bank"]',
    "words": "{Former patron: cancelled, In the bank: sale}",
    "date_format": '"%d/%m/%Y"',
    "encoding": "cp932",
    "currency": "JPY",
    "as_of": "2026-10-31",
    "from": "2025-01-01",
    "to": "2026-10-31",
    "new_since": "2025-01-01",
    "as": "stripe",
    "budget": "1000000",
    "growth": "10%",
    "stage": "growth",
    "id_key": "a long text that nobody can guess",
    "memory": "1GB",
    "lang": "ja",
    "format": "json",
    "fail_under": "3",
    "strict": "true",
    "history": "history.db",
    "record": "true",
}
"""How a value of each setting is written."""
DEEPEST = 6
"""Levels of a file of settings; initiatives need four."""
BLOCKS = ("map", "words")
"""Settings that are blocks of names with a text each."""
PLANS = ("elasticities", "initiatives")
"""Blocks and lists besides the settings; ltvcli/settings/plans.py reads them."""
RULES = "rules"
"""The list of rules, also besides the settings; ltvcli/settings/rules.py reads it."""
BONUS = "bonus"
"""The plan of pay, also besides the settings; ltvcli/settings/bonus.py reads it."""
TARGETS = "targets"
"""The block of targets, also besides the settings; ltvcli/settings/targets.py reads it."""
DECISIONS = "decisions"
"""What a board is asked for, also besides the settings; ltvcli/settings/decisions.py reads it."""
DEEP = (*PLANS, RULES, BONUS, TARGETS, DECISIONS)


def find(inputs: Sequence[Any]) -> Path | None:
    """Find the ltv.yaml next to the data, else next to a pitch, else in the working directory."""
    files = sorted(_files(inputs), key=lambda file: file.suffix.lower() in PITCHES)
    candidates = [file.parent / NAME for file in files]
    return next((path for path in [*candidates, Path(NAME)] if os.path.isfile(path)), None)


def is_elsewhere(path: Path, inputs: Sequence[Any]) -> bool:
    """Return whether files are read, but none from the folder of `path`."""
    folders = {file.parent.resolve() for file in _files(inputs)}
    return bool(folders) and path.parent.resolve() not in folders


def _files(inputs: Sequence[Any]) -> list[Path]:
    return [Path(file) for file in inputs if isinstance(file, (str, Path)) and str(file) != "-"]


def texts(
    path: Path, known: Collection[str], several: Collection[str] = ()
) -> dict[str, tuple[str, int]]:
    """Read `path`: setting, `map.role` or `words.word` to its text and its line.

    Those in `several` may be lists of texts; these become one text of a line each.

    Args:
        path: of the file.
        known: names of the settings.
        several: names of the settings that may be lists.

    Raises:
        UsageError: not YAML, a name that is not in `known`, a name twice, any other list.
    """
    written, lines = entries(path, DEEP)
    for name in several:
        if isinstance(written.get(name), tuple):
            written[name] = "\n".join(written[name])
    return {name: (text, lines[name]) for name, text in _checked(written, lines, path, known)}


def entries(path: Path, deep: Collection[str] = ()) -> tuple[dict[str, Any], dict[str, int]]:
    """Read names and values: text, a tuple or (for `map`) a dict of texts; and their lines.

    Under the names in `deep`, a value may also be a list or a block of blocks.
    """
    root = _composed(path, text_file.read_settings(path))
    lines: dict[str, int] = {}
    if root is None or root.value == "":
        return {}, lines
    return _block(root, path, lines, "", deep), lines


def _composed(path: Path, text: str) -> yaml.Node | None:
    """Parse untrusted YAML: only names, texts, lists and blocks of a few levels.

    Raises:
        BrokenSettingsError: it is not YAML.
        RefusedSettingsError: it refers to itself, has tags, or nests deeply.
    """
    import yaml

    depth = 0

    class Plain(yaml.BaseLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            nonlocal depth
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            place = _place(path, _line(event.start_mark))
            if isinstance(event, yaml.AliasEvent):
                raise RefusedSettingsError(place=place, what=N_("a reference (*name)"))
            if event.tag is not None:
                raise RefusedSettingsError(place=place, what=N_("a tag (!name)"))
            if depth == DEEPEST:
                raise RefusedSettingsError(place=place, what=N_("a block this deep inside others"))
            depth += 1
            node = super().compose_node(parent, index)
            depth -= 1
            return node

    try:
        return yaml.compose(text, Plain)
    except yaml.MarkedYAMLError as error:
        raise BrokenSettingsError(place=_place(path, _line(error.problem_mark))) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BrokenSettingsError(place=_place(path, line)) from None


def _block(
    node: yaml.Node, path: Path, lines: dict[str, int], prefix: str, deep: Collection[str]
) -> dict[str, Any]:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        raise BrokenSettingsError(place=_place(path, _line(node.start_mark)))
    block: dict[str, Any] = {}
    for name_node, value in node.value:
        line, name = _line(name_node.start_mark), name_node.value
        if not isinstance(name, str):
            raise BrokenSettingsError(place=_place(path, line))
        if name in block:
            first = lines[prefix + name]
            raise DuplicateSettingError(place=_place(path, line), name=prefix + name, first=first)
        lines[prefix + name] = line
        inside = (prefix or f"{name}.").partition(".")[0] in deep
        if isinstance(value, yaml.MappingNode) and (inside or not prefix):
            block[name] = _block(value, path, lines, f"{prefix}{name}.", deep)
        elif isinstance(value, yaml.SequenceNode) and inside and not _is_nested_list(value, prefix):
            places = [f"{prefix}{name}.{number}" for number in range(len(value.value))]
            lines |= {
                place: _line(element.start_mark)
                for place, element in zip(places, value.value, strict=True)
            }
            block[name] = [
                _block(element, path, lines, f"{place}.", deep)
                for place, element in zip(places, value.value, strict=True)
            ]
        elif isinstance(value, yaml.SequenceNode):
            every = [
                element.value for element in value.value if isinstance(element, yaml.ScalarNode)
            ]
            block[name] = tuple(every) if len(every) == len(value.value) else None
        else:
            block[name] = _placed(value) if isinstance(value, yaml.ScalarNode) else None
    return block


def _is_nested_list(node: yaml.SequenceNode, prefix: str) -> bool:
    """Return whether a list is inside a block and contains only texts: `to: [slack, mail]`."""
    import yaml

    return bool(prefix) and all(isinstance(element, yaml.ScalarNode) for element in node.value)


class Placed(str):
    """A text, and the position of its first letter; `column` is 0 if letters may be folded."""

    __slots__ = ("column", "line")
    column: int
    line: int


def _placed(node: yaml.ScalarNode) -> Placed:
    """Return a text with the place of its first letter."""
    text = Placed(node.value)
    mark, end, quoted = node.start_mark, node.end_mark, node.style in ("'", '"')
    follows_on = end.line == mark.line and end.column - mark.column == len(text) + 2 * quoted
    text.line = _line(mark)
    text.column = mark.column + 1 + quoted if follows_on else 0
    return text


def _checked(
    written: dict[str, Any], lines: dict[str, int], path: Path, known: Collection[str]
) -> list[tuple[str, str]]:
    """Compare the written settings with the known ones; flatten `map`."""
    from pydantic import ConfigDict, ValidationError, create_model

    fields: dict[str, Any] = dict.fromkeys(known, (str, ""))
    fields |= dict.fromkeys(BLOCKS, (dict[str, str], {}))
    fields |= dict.fromkeys(DEEP, (Any, None))
    model = create_model("Settings", __config__=ConfigDict(extra="forbid"), **fields)
    try:
        model.model_validate(written)
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(str(key) for key in problem["loc"])
        place = _place(path, lines[name])
        if problem["type"] == "extra_forbidden":
            raise UnknownSettingError(place=place, name=name, near=near(name, fields)) from None
        top = name.partition(".")[0]
        example = f"{top}: {EXAMPLES[top]}"
        raise SettingShapeError(place=place, name=name, example=example) from None
    blocks = {block: written.pop(block, {}) for block in BLOCKS}
    written = {name: text for name, text in written.items() if name not in DEEP}
    entries = [
        (f"{block}.{name}", text)
        for block, entries in blocks.items()
        for name, text in entries.items()
    ]
    return [*written.items(), *entries]


def near(name: str, known: Collection[str]) -> list[str]:
    """Return the names similar to `name`, or all of them if none is."""
    import difflib

    return difflib.get_close_matches(name.replace("-", "_"), known) or sorted(known)


def _place(path: Path, line: int) -> str:
    return f"{path}:{line}"


def _line(mark: Any) -> int:
    """Return a line number as an editor counts it."""
    return int(mark.line) + 1 if mark else 1
