"""JSON, schema ltvcli/1: unrounded numbers, `null` for unknown; keys are only ever added."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from ltvcli.errors import LtvError
from ltvcli.formats import _verdict
from ltvcli.formats._verdict import Say
from ltvcli.language import translate
from ltvcli.results import (
    Estimate,
    Figure,
    Figures,
    Interval,
    Quantity,
    Report,
    Sentence,
    Source,
    TableReport,
    described,
)
from ltvcli.text import words
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.results import AnyReport, InputFile
    from ltvcli.results.cohorts import Conversion
    from ltvcli.results.compiled import Chapter
    from ltvcli.results.mrr import MrrReport
    from ltvcli.results.risk import RiskReport

SCHEMA = "ltvcli/1"
COUNTS = frozenset(
    (
        "age_month", "at_risk", "buyers", "customers", "customers_before", "customers_closing",
        "customers_opening", "deals", "ended", "gathered", "leavers", "months", "n",
        "newer_customers", "observed", "of", "older_customers", "past_orders", "stayers",
        "tenure_months", "watched", "young", "young_of",
    )
)  # fmt: skip
"""Columns of tables that count something."""


def render(report: AnyReport, lang: str) -> str:
    """Write the whole `report`; only its sentences are in `lang`."""
    return dump(_document(report, lang))


def _document(report: AnyReport, lang: str) -> dict[str, Any]:
    def says(sentence: Sentence) -> str:
        return words.say(sentence, lang, report.currency)

    basis: Mapping[str, object]
    tables: Mapping[str, object]
    if isinstance(report, TableReport):
        basis, body, tables = _basis(report), _of_tables(report, says), report.tables
    elif report.kind == "report":
        body = {"chapters": [_chapter(chapter, lang, says) for chapter in report.chapters]}
        basis, tables = {"report": report.name}, {}
    elif report.kind == "combined":
        both = (report.orders, report.subscriptions)
        body = {"reports": [_document(source, lang) for source in both]}
        basis, tables = {"matched": _plain(report.matched)}, report.tables
    elif report.kind == "mrr":
        basis, body, tables = _of_mrr(report)
    else:
        basis, body, tables = _basis(report), _of_calc(report, says), report.tables
    return {
        "schema": SCHEMA,
        "command": report.command,
        "version": report.version,
        "as_of": report.as_of,
        "currency": report.currency,
        **basis,
        "provenance": {
            "inputs": [_input(file, says) for file in report.inputs],
            "given": report.given,
            "settings": [_plain(setting) for setting in report.settings],
        },
        **body,
        "findings": [
            _plain(finding)
            | {
                "says": says(finding.says),
                "facts": _facts(finding.says),
                "option": finding.option or None,
            }
            for finding in report.findings
        ],
        "tables": _whole_counts(tables),
        "next_command": report.next_command or None,
    }


def _of_tables(report: TableReport, says: Say) -> dict[str, Any]:
    """Return the figures, the verdict and the sentences of an answer in tables."""
    return _figures_of(report) | {
        "verdict": _verdict.of(report, says),
        "says": [
            {
                "label": statement.label or None,
                "grade": statement.grade or None,
                "upper_bound": statement.upper_bound,
                "says": says(statement.says),
                "facts": _facts(statement.says),
            }
            for statement in report.says
        ],
    }


def _chapter(chapter: Chapter, lang: str, says: Say) -> dict[str, Any]:
    """Return a chapter of a compiled report: its document, or why it is missing."""
    return {
        "name": chapter.name,
        "question": translate(chapter.question, lang),
        "missing": says(chapter.missing) if chapter.missing else None,
        "document": _document(chapter.report, lang) if chapter.report else None,
    }


def _input(file: InputFile, says: Say) -> dict[str, Any]:
    """Return how a file was read; the database and the time zone only if there is one."""
    fields = {
        key: value
        for key, value in _plain(file).items()
        if key != "alerts" and (key not in ("source", "zone") or value)
    }
    return fields | {
        "notes": [says(note) for note in file.notes],
        "statuses": [_plain(word) for word in file.statuses],
    }


def _figures_of(report: TableReport) -> dict[str, Any]:
    """Return the figures of an answer in tables, if it has any besides these."""
    from ltvcli.results.bonus import BonusReport
    from ltvcli.results.cohorts import CohortsReport
    from ltvcli.results.review import TILES, ReviewReport
    from ltvcli.results.risk import RiskReport

    if isinstance(report, BonusReport):
        return {
            "figures": {
                name: _of_unit(Estimate(value=float(amount), source=Source.MEASURED), Unit.MONEY)
                for name, amount in report.totals.items()
            }
        }

    if isinstance(report, CohortsReport):
        return {"figures": _figures(report.figures)}
    if isinstance(report, RiskReport):
        return {"figures": _of_declined(report)}
    if not isinstance(report, ReviewReport):
        return {}
    known = {tile.figure: tile.now for tile in report.tiles}
    return {
        "span": report.span,
        "period": report.period,
        "against": report.against or None,
        "figures": {
            name: _of_unit(known[name], label.unit) if name in known else None
            for name, label in TILES.items()
        },
    }


def _of_declined(report: RiskReport) -> dict[str, Any]:
    """Return the saving of declining prospects; None without prospects or without a score."""
    total = report.declined.total if report.declined else None
    ranges = {
        "avoided": total.avoided if total else None,
        "forgone": total.forgone if total else None,
        "net_saved": total.net if total else None,
    }
    return {
        name: None if figure is None else _plain(figure) | {"source": "measured", "unit": "money"}
        for name, figure in ranges.items()
    }


def _of_unit(estimate: Estimate, unit: Unit) -> dict[str, Any]:
    value = _whole(estimate.value) if unit is Unit.COUNT else estimate.value
    return _plain(estimate) | {"unit": str(unit), "value": value}


def _basis(report: Report | TableReport) -> dict[str, Any]:
    return {"horizon": report.horizon, "basis": report.basis}


def _of_mrr(report: MrrReport) -> tuple[dict[str, Any], dict[str, Any], Mapping[str, object]]:
    from ltvcli.pages import mrr

    compared = [mrr.month_name(month) for month in report.compared]
    basis = {"convention": report.convention} | ({"compared": compared} if compared else {})
    return basis, {}, mrr.tables(report)


def _of_calc(report: Report, says: Say) -> dict[str, Any]:
    return {
        "figures": _figures(report.figures),
        "methods": [
            _plain(method) | {"horizon": _whole(method.horizon)} for method in report.methods
        ],
        "verdict": _plain(report.verdict) | {"says": says(report.verdict.says)},
        "payback_verdict": _plain(report.payback_verdict)
        | {"says": says(report.payback_verdict.says)},
    }


def render_error(error: LtvError, lang: str) -> str:
    """Write an error for a program that asked for JSON."""
    problem, hint = words.say_error(error, lang)
    code = re.findall(r"[A-Z][a-z]*", type(error).__name__.removesuffix("Error"))
    return dump(
        {
            "error": {
                "code": "-".join(code).lower(),
                "problem": problem,
                "hint": hint,
                "exit_code": error.exit_code,
            }
        }
    )


def dump(document: object) -> str:
    """Write JSON for people and programs: characters as they are, control characters escaped."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False, default=_encodable)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text) + "\n"


def _facts(sentence: Sentence) -> dict[str, Any]:
    """Return the facts of a sentence, an interval as its two ends."""
    facts: dict[str, Any] = {}
    for name, fact in sentence.facts.items():
        if isinstance(fact, Interval):
            prefix = "" if name == "interval" else f"{name}_"
            facts |= {f"{prefix}low": fact.low, f"{prefix}high": fact.high}
        else:
            facts[name] = fact
    return facts


def _plain(record: Any) -> dict[str, Any]:
    return asdict(record)


def _figures(figures: Figures | Conversion) -> dict[str, Any]:
    return {
        key: None if estimate is None else _figure(figure, estimate)
        for key, figure in described(type(figures))
        for estimate in [getattr(figures, key)]
    }


def _figure(figure: Figure, estimate: Estimate) -> dict[str, Any]:
    return _of_unit(estimate, figure.unit) | {"unit": figure.measure}


def _whole_counts(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Write counts as integers: columns of counts, and values in rows whose unit is a count."""
    return {
        name: [
            {
                key: _whole(value) if key in COUNTS or row.get("unit") == Unit.COUNT else value
                for key, value in row.items()
            }
            for row in rows
        ]
        for name, rows in tables.items()
    }


def _whole(value: Any) -> Any:
    """Return a whole number as an integer, and anything else unchanged."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _encodable(thing: object) -> object:
    match thing:
        case date():
            return thing.isoformat()
        case Quantity():
            return _whole(thing.value) if thing.unit is Unit.COUNT else thing.value
        case Sentence():
            return {"text": thing.text, "facts": _facts(thing)}
        case _:
            return dict(thing)  # type: ignore[call-overload]
