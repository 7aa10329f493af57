"""The tools of `ltv mcp`: commands with their options as arguments, answering in JSON.

An answer holds sums over customers only: tables with a row per customer and sample cells of files
are removed, and there is no argument that asks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import typer
from typer.core import TyperArgument, TyperOption

from ltvcli import commands, registry
from ltvcli.analyses.leavers import masking
from ltvcli.errors import (
    ArgumentMissingError,
    ArgumentTypeError,
    NoSuchArgumentError,
    NoSuchToolError,
)
from ltvcli.language import N_

TOOLS = (
    "calc",
    "cohorts",
    "segments",
    "predict",
    "mrr",
    "review",
    "whatif",
    "audit",
    "explain",
    "sources",
)
"""Commands that only read."""
OMITTED = {
    "brief",
    "chart",
    "fail_under",
    "format",
    "history",
    "include_customers",
    "memory",
    "out",
    "plain_ids",
    "quiet",
    "record",
    "rejects",
    "source",
    "table",
    "timezone",
    "verbose",
    "where",
}
"""Options of files to write, of single customers, of databases, of the screen and of exit codes."""
ROWS = "rows"
"""The argument that limits the rows of each table."""
MOST_ROWS = 100
"""Rows of a table without that argument: an assistant reads every row it is given."""
REQUIRED = {"explain": ["term"]}
"""Arguments without which an answer would be the whole glossary."""
TEXT = N_("text or a number")
_QUOTED = re.compile("(?<=“)[^”]*(?=”)|(?<=「)[^」]*(?=」)")


@cache
def parameters(tool: str) -> dict[str, TyperOption | TyperArgument]:
    """Return the arguments of a tool, by name, with the corresponding options of the command.

    Args:
        tool: one of `TOOLS`.

    Raises:
        NoSuchToolError: there is no such tool.
    """
    if tool not in TOOLS:
        raise NoSuchToolError(name=tool, known=TOOLS)
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command()(registry.load(commands, tool).command)
    known: Any = typer.main.get_command(alone).params
    return {_name(parameter): parameter for parameter in known if parameter.name not in OMITTED}


def description(tool: str) -> str:
    """Describe the answer of a tool."""
    text: str = registry.load(commands, tool).HELP
    return text


def schema(tool: str) -> dict[str, Any]:
    """Return the JSON Schema of the arguments of a tool."""
    properties = {name: _property(parameter) for name, parameter in parameters(tool).items()}
    properties[ROWS] = {
        "type": "integer",
        "minimum": 0,
        "default": MOST_ROWS,
        "description": "Rows of each table to return; omitted rows are counted.",
    }
    return {
        "type": "object",
        "properties": properties,
        "required": REQUIRED.get(tool, []),
        "additionalProperties": False,
    }


def words(tool: str, arguments: Mapping[str, Any]) -> list[str]:
    """Write the command that answers a call.

    Args:
        tool: one of `TOOLS`.
        arguments: values by name, as `schema` describes them.

    Raises:
        NoSuchToolError: there is no such tool.
        NoSuchArgumentError: the tool does not take one of the arguments.
        ArgumentMissingError: the tool needs an argument that is not there.
        ArgumentTypeError: a value has another type.

    >>> words("calc", {"files": ["orders.csv"], "margin": 0.4, "strict": True})
    ['calc', '--format=json', '--margin=0.4', '--strict', '--', 'orders.csv']
    """
    known = parameters(tool)
    for name in REQUIRED.get(tool, ()):
        if not arguments.get(name):
            raise ArgumentMissingError(tool=tool, name=name)
    options: list[str] = [tool, "--format=json"]
    rest: list[str] = []
    for name, value in arguments.items():
        if name == ROWS:
            _check(tool, name, value, isinstance(value, int) and value >= 0, N_("a count"), "100")
        elif name not in known:
            raise NoSuchArgumentError(tool=tool, name=name, known=(*known, ROWS))
        elif isinstance(known[name], TyperArgument):
            rest += _texts(tool, name, value)
        elif _is_switch(known[name]):
            _check(tool, name, value, isinstance(value, bool), N_("true or false"), "true")
            options += [known[name].opts[0]] * value
        elif value is not None:
            texts = _texts(tool, name, value, several=_is_several(known[name]))
            options += [f"{known[name].opts[0]}={text}" for text in texts]
    return [*options, "--", *rest]


def answer(document: dict[str, Any], rows: int) -> dict[str, Any]:
    """Return a document without single customers: findings first, long tables shortened.

    Args:
        document: what the command printed.
        rows: how many rows of each table to keep.

    >>> answer({"says": [], "findings": [], "tables": {"cohorts": [{"n": 1}, {"n": 2}]}}, 1)
    {'findings': [], 'says': [], 'tables': {'cohorts': [{'n': 1}]}, 'omitted_rows': {'cohorts': 1}}
    """
    first = {name: document[name] for name in ("findings",) if name in document}
    answered = first | {key: value for key, value in document.items() if key not in first}
    tables = {
        name: [{key: row[key] for key in row if key != "samples"} for row in table]
        for name, table in document.get("tables", {}).items()
        if not (table and "customer" in table[0])
    }
    omitted = {name: len(table) - rows for name, table in tables.items() if len(table) > rows}
    if tables:
        answered["tables"] = {name: table[:rows] for name, table in tables.items()}
    return answered | ({"omitted_rows": omitted} if omitted else {})


def refusal(printed: str) -> str:
    """Return an error with e-mail addresses, links and telephone numbers of quoted cells masked.

    Args:
        printed: what the command wrote to standard error.

    >>> refusal('{"error": {"problem": "“Email” holds “ann@example.com”."}}')
    '{"error": {"problem": "“Email” holds “[e-mail]”."}}'
    """
    try:
        error: dict[str, Any] = json.loads(printed)["error"]
    except ValueError:
        error = {"code": "stopped", "problem": printed.strip() or "ltv was stopped.", "hint": ""}
    return json.dumps({"error": masked(error)}, ensure_ascii=False)


def masked(value: Any) -> Any:
    """Return JSON with e-mail addresses, links and telephone numbers of quoted cells masked.

    Facts are what is quoted.

    >>> masked({"says": ["“Email” holds “ann@example.com”."], "rows": 3})
    {'says': ['“Email” holds “[e-mail]”.'], 'rows': 3}
    """
    if isinstance(value, str):
        return _QUOTED.sub(lambda quoted: masking.mask(quoted[0]), value)
    if isinstance(value, dict):
        return {
            name: _facts(held) if name == "facts" else masked(held) for name, held in value.items()
        }
    if isinstance(value, list):
        return [masked(held) for held in value]
    return value


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: masking.mask(fact) if isinstance(fact, str) else fact for name, fact in facts.items()
    }


def _name(parameter: Any) -> str:
    """Name an argument as help does: FILES is `files`, and --cac-lag is `cac_lag`."""
    if isinstance(parameter, TyperArgument):
        return str(re.findall(r"\w+", parameter.metavar or "")[0]).lower()
    return str(parameter.opts[0]).strip("-").replace("-", "_")


def _property(parameter: TyperOption | TyperArgument) -> dict[str, Any]:
    described = {"description": parameter.help or ""}
    if _is_switch(parameter):
        return described | {"type": "boolean"}
    text: dict[str, Any] = {"type": ["string", "number"]}
    if parameter.metavar and not isinstance(parameter, TyperArgument):
        described["description"] += f" Example: {parameter.metavar}"
    if _is_several(parameter):
        return described | {"type": "array", "items": text}
    return described | text


def _is_switch(parameter: TyperOption | TyperArgument) -> bool:
    return isinstance(parameter, TyperOption) and bool(parameter.is_flag)


def _is_several(parameter: TyperOption | TyperArgument) -> bool:
    return bool(parameter.nargs == -1 or getattr(parameter, "multiple", False))


def _texts(tool: str, name: str, value: Any, *, several: bool = True) -> Sequence[str]:
    values = value if several and isinstance(value, list) else [value]
    for text in values:
        fits = isinstance(text, str | int | float) and not isinstance(text, bool)
        _check(tool, name, value, fits, TEXT, '["orders.csv"]' if several else '"40%"')
    return [str(text) for text in values]


def _check(tool: str, name: str, value: Any, fits: bool, expected: str, example: str) -> None:
    if not fits:
        raise ArgumentTypeError(
            tool=tool, name=name, value=value, expected=expected, example=example
        )
