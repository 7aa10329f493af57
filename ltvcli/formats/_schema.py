"""The JSON Schema of the documents that `--format json` writes, built from the results' types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from ltvcli.formats.json import COUNTS, SCHEMA
from ltvcli.results import (
    Figures,
    Finding,
    Grade,
    PaybackGrade,
    PaybackVerdict,
    SettingsSource,
    Severity,
    Source,
    StatusWord,
    Valuation,
    Verdict,
    described,
)
from ltvcli.results.audit import AuditGrade
from ltvcli.results.bonus import TOTALS
from ltvcli.results.cohorts import Conversion
from ltvcli.results.review import TILES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT = {"type": "string"}
MAYBE_TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
INTEGER = {"type": ["integer", "null"]}
SWITCH = {"type": "boolean"}
DAY = {"type": ["string", "null"], "format": "date"}
SCALAR = {"type": ["string", "number", "boolean", "null"]}
CALC = ("calc",)
TABLES = (
    "audit", "benchmark", "bonus", "check", "cohorts", "experiment", "history", "predict",
    "review", "risk", "scorecard", "segments", "sources", "whatif",
)  # fmt: skip
COMMANDS = (*CALC, *TABLES, "mrr", "report")
"""Commands whose documents have a schema."""
PAGES = ("decisions", "forecasts", "leavers")
"""Answers that are asked for in a report alone."""
COMPILED = (
    *(command for command in COMMANDS if command not in ("report", "sources")),
    *PAGES,
)
"""Answers whose documents a report may hold."""
UNGRADED = (
    *PAGES, "benchmark", "bonus", "check", "experiment", "history", "review", "risk", "scorecard",
    "sources",
)  # fmt: skip
"""Commands whose answers have no grade."""
DECLINED = ("avoided", "forgone", "net_saved")
"""Figures of what declining prospects saved."""
FRACTIONS = ("deciles", "growth")
"""Tables in which a number of customers may be a fraction: of a decile, or of a plan."""

Schema = dict[str, Any]


def schema(commands: Iterable[str] = COMMANDS) -> Schema:
    """Return the schema of the documents of `commands`; more keys may be added to any object."""
    names = list(commands)
    known = {name: {"$ref": f"#/$defs/{name}"} for name in names}
    described = dict.fromkeys([*names, *(COMPILED if "report" in names else ())])
    made: Schema = {
        "$schema": DIALECT,
        "$id": f"https://ltv.invalid/{SCHEMA}/{'-'.join(names)}.json",
        "title": f"ltv --format json, {SCHEMA}",
        "$defs": {**_shared(), **{name: _document(name) for name in described}},
    }
    if len(names) == 1:
        return made | known[names[0]]
    return made | {"oneOf": list(known.values())}


def _document(name: str) -> Schema:
    if name == "calc":
        return {"oneOf": [{"$ref": "#/$defs/value"}, {"$ref": "#/$defs/together"}]}
    if name == "mrr":
        document = _object(_envelope(name) | {"convention": TEXT})
        document["properties"]["compared"] = {"type": "array", "items": TEXT}
        return document
    if name == "report":
        documents = [{"$ref": f"#/$defs/{command}"} for command in COMPILED]
        chapter: dict[str, Schema] = {
            "name": TEXT,
            "question": TEXT,
            "missing": MAYBE_TEXT,
            "document": {"oneOf": [*documents, {"type": "null"}]},
        }
        chapters = {"type": "array", "items": _object(chapter)}
        return _object(_envelope(name) | {"report": TEXT, "chapters": chapters})
    properties: dict[str, Schema] = {
        "horizon": INTEGER,
        "basis": {"enum": ["margin", "revenue", None]},
        "says": {"type": "array", "items": {"$ref": "#/$defs/statement"}},
        "verdict": {"$ref": f"#/$defs/verdict_of_{name}"},
    }
    if name == "cohorts":
        properties["figures"] = _figures(Conversion)
    if name == "bonus":
        money = {key: _figure(figure.measure) for key, figure in TOTALS.items()}
        properties["figures"] = _object(money)
    if name == "risk":
        properties["figures"] = _object(dict.fromkeys(DECLINED, _figure("money")))
    if name == "review":
        figures = {key: _figure(label.unit) for key, label in TILES.items()}
        properties |= {"span": TEXT, "period": TEXT, "against": MAYBE_TEXT}
        properties["figures"] = _object(figures)
    return _object(_envelope(name) | properties)


def _envelope(command: str) -> dict[str, Schema]:
    return {
        "schema": {"const": SCHEMA},
        "command": {"const": command},
        "version": TEXT,
        "as_of": DAY,
        "currency": MAYBE_TEXT,
        "provenance": {"$ref": "#/$defs/provenance"},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
        "tables": {
            "type": "object",
            "properties": {key: {"$ref": "#/$defs/fractions"} for key in FRACTIONS},
            "additionalProperties": {"$ref": "#/$defs/table"},
        },
        "next_command": MAYBE_TEXT,
    }


def _shared() -> dict[str, Schema]:
    """Return the schemas of the parts of documents."""
    grade: Schema = {"enum": [str(value) for value in Grade]}
    facts: Schema = {"type": "object", "additionalProperties": True}
    verdict = _record(
        Verdict,
        {
            "grade": grade,
            "grade_low": grade,
            "method": TEXT,
            "probability": {"type": ["object", "null"], "additionalProperties": NUMBER},
            "says": TEXT,
        },
    )
    valued = _envelope("calc") | {
        "horizon": INTEGER,
        "basis": {"enum": ["margin", "revenue"]},
        "figures": _figures(Figures),
        "methods": {"type": "array", "items": {"$ref": "#/$defs/method"}},
        "verdict": {"$ref": "#/$defs/verdict"},
        "payback_verdict": {"$ref": "#/$defs/payback_verdict"},
    }
    together = _envelope("calc") | {
        "matched": {"type": "object", "additionalProperties": {"type": "integer"}},
        "reports": {"type": "array", "items": {"$ref": "#/$defs/value"}},
    }
    return {
        "value": _object(valued),
        "together": _object(together),
        "verdict": verdict,
        "method": _record(Valuation, {"method": TEXT, "grade": grade, "horizon": INTEGER}),
        "payback_verdict": _record(
            PaybackVerdict,
            {
                "grade": {"enum": [str(value) for value in PaybackGrade]},
                "says": TEXT,
                "observed_months": INTEGER,
            },
        ),
        "verdict_of_whatif": _object(
            verdict["properties"] | {"before": {"$ref": "#/$defs/verdict"}}
        ),
        "verdict_of_predict": _maybe({"grade": grade, "says": TEXT}),
        **{f"verdict_of_{name}": {"type": "null"} for name in UNGRADED},
        "verdict_of_audit": _object(
            {"grade": {"enum": [str(value) for value in AuditGrade]}, "says": TEXT}
        ),
        **{
            f"verdict_of_{name}": _maybe(
                {
                    "grade": grade,
                    "rows": {"type": "object", "additionalProperties": grade},
                    "count": {"type": "object", "additionalProperties": {"type": "integer"}},
                    "upper_bound": SWITCH,
                }
            )
            for name in ("cohorts", "segments")
        },
        "statement": _object(
            {
                "label": MAYBE_TEXT,
                "grade": MAYBE_TEXT,
                "upper_bound": SWITCH,
                "says": TEXT,
                "facts": facts,
            }
        ),
        "finding": _record(
            Finding,
            {
                "check": TEXT,
                "severity": {"enum": [str(value) for value in Severity]},
                "says": TEXT,
                "option": MAYBE_TEXT,
            },
            facts=facts,
        ),
        "provenance": _object(
            {
                "inputs": {"type": "array", "items": {"$ref": "#/$defs/input"}},
                "given": {"type": "object", "additionalProperties": True},
                "settings": {
                    "type": "array",
                    "items": _record(
                        SettingsSource,
                        {
                            "source": TEXT,
                            "names": {"type": "array", "items": TEXT},
                            "elsewhere": SWITCH,
                        },
                    ),
                },
            }
        ),
        "input": _object(
            {
                **dict.fromkeys(("path", "kind", "profile", "sha256"), TEXT),
                **dict.fromkeys(("first", "last"), DAY),
                "rows_read": {"type": "integer"},
                "rows_used": {"type": "integer"},
                "set_aside": {"type": "object", "additionalProperties": {"type": "integer"}},
                "columns": {"type": "object", "additionalProperties": TEXT},
                "notes": {"type": "array", "items": TEXT},
                "statuses": {"type": "array", "items": {"$ref": "#/$defs/status"}},
            },
            {"source": TEXT},
        ),
        "status": _record(
            StatusWord,
            {
                "column": TEXT,
                "word": MAYBE_TEXT,
                "rows": {"type": "integer"},
                "meaning": MAYBE_TEXT,
                "orders": INTEGER,
                "is_state": SWITCH,
            },
        ),
        "table": {"type": "array", "items": {"$ref": "#/$defs/row"}},
        "fractions": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": SCALAR},
        },
        "row": {
            "type": "object",
            "properties": dict.fromkeys(sorted(COUNTS), INTEGER),
            "additionalProperties": SCALAR,
        },
    }


def _figures(record: type) -> Schema:
    return _object({key: _figure(figure.measure) for key, figure in described(record)})


def _figure(measure: str) -> Schema:
    value = INTEGER if measure == "count" else NUMBER
    return {
        "anyOf": [
            {"type": "null"},
            _object(
                {
                    "value": value,
                    "low": NUMBER,
                    "high": NUMBER,
                    "source": {"enum": [str(value) for value in Source]},
                    "unit": {"const": measure},
                }
            ),
        ]
    }


def _record(record: type[Struct], known: Mapping[str, Schema], **more: Schema) -> Schema:
    """Return the schema of a record; a field that `known` does not name is a number."""
    usual = {"upper_bound": SWITCH}
    properties = {
        name: known.get(name, usual.get(name, NUMBER)) for name in record.__struct_fields__
    }
    return _object(properties | more)


def _object(properties: Mapping[str, Schema], optional: Mapping[str, Schema] = {}) -> Schema:
    """Describe an object; optional properties are omitted if they are empty."""
    return {
        "type": "object",
        "properties": {**properties, **optional},
        "required": sorted(properties),
    }


def _maybe(properties: Mapping[str, Schema]) -> Schema:
    return {"anyOf": [_object(properties), {"type": "null"}]}
