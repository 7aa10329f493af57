"""The answer of `ltv history`: the number of runs, or the figures of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ltvcli.analyses.history import sentences
from ltvcli.language import N_, Marked
from ltvcli.pages.history import estimated, figure_of, named
from ltvcli.results import AnswerLine, Fact, Interval, Quantity, Row, Sentence
from ltvcli.results.history import HistoryReport
from ltvcli.units import Unit

MOST = 3
"""Figures of a run in its answer."""


def answer(report: HistoryReport) -> Iterator[AnswerLine]:
    """Return how many runs there are and the newest of them, or the first figures of a run."""
    if report.action == "trend":
        yield from _trend(report)
        return
    headline = report.says[0]
    if report.action == "forecasts":
        for statement in report.says:
            yield AnswerLine(label=Sentence(statement.label), says=statement.says)
        return
    if report.action == "forget":
        text = N_("run {number} of ltv {command} is forgotten; {n} {n:run is|runs are} left")
        (row,) = report.tables["runs"]
        facts: dict[str, Fact] = {
            "number": report.number or 0,
            "command": str(row["command"]),
            "n": report.runs,
        }
        yield AnswerLine(label=Sentence(headline.label), says=Sentence(text, facts))
        return
    label = Sentence(headline.label)
    if report.action == "show":
        label = Sentence(N_("Run {n}"), {"n": report.number or 0})
    yield AnswerLine(label=label, says=headline.says)
    for row in [row for row in report.tables.get("figures", ()) if not row["segment"]][:MOST]:
        yield AnswerLine(label=figure_of(row), says=_value(row))
    newest = [row for row in report.tables.get("runs", ()) if row["figure"]][-1:]
    for row in newest:
        text = N_("{figure} {value} by ltv {command}")
        facts = {"figure": figure_of(row), "value": _value(row), "command": str(row["command"])}
        yield AnswerLine(label=Sentence(N_("Newest")), says=Sentence(text, facts))


def _label(row: Mapping[str, object]) -> str:
    return Marked(named(str(row["figure"])))


def _value(row: Row) -> Sentence:
    value, low, high = row["value"], row["value_low"], row["value_high"]
    unit = Unit(str(row["unit"]).partition("/")[0])
    assert isinstance(value, (int, float))
    facts: dict[str, Fact] = {"value": Quantity(value, unit)}
    if not (isinstance(low, (int, float)) and isinstance(high, (int, float))):
        return Sentence("{value}", facts)
    facts["interval"] = Interval(low, high, unit, value)
    return Sentence(N_("{value} ({interval})"), facts)


def _trend(report: HistoryReport) -> Iterator[AnswerLine]:
    """Return the newest value, whether earlier ones still hold, and the reasons for changes."""
    segment = report.trend[0].segment
    *_, newest = (row for row in report.trend if row.segment == segment)
    facts: dict[str, Fact] = {
        "reported": _value(estimated(newest.reported, report.unit)),
        "day": newest.period,
    }
    text = N_("{reported} reported for {day}")
    if newest.restated and newest.restated.value != newest.reported.value:
        facts["restated"] = _value(estimated(newest.restated, report.unit))
        text = N_("{restated} restated, {reported} reported for {day}")
    says = Sentence(text, facts)
    if basis := sentences.based(newest):
        says = Sentence(N_("{value}; {basis}"), {"value": says, "basis": basis})
    label = Sentence(_label({"figure": report.figure}))
    if segment:
        label = Sentence(
            N_("{figure}, {segment}"), {"figure": Marked(label.text), "segment": segment}
        )
    yield AnswerLine(label=label, says=says)
    doubts = [
        line for line in report.says if line.label in (sentences.CUSTOMERS, sentences.HORIZONS)
    ]
    for statement in (*doubts, *report.says[1:3]):
        yield AnswerLine(label=Sentence(statement.label), says=statement.says)
