"""The live sheets of a report: those of its answer, or of all its answers, on one set of inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from ltvcli import registry
from ltvcli.language import N_, translate
from ltvcli.results.cohorts import CohortsReport
from ltvcli.results.combined import CombinedReport
from ltvcli.results.compiled import CompiledReport
from ltvcli.results.segments import SegmentsReport
from ltvcli.workbook import inputs, live
from ltvcli.workbook.cells import Live, Sheet, Tie
from ltvcli.workbook.live import cohorts, segments

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

NOT_TOGETHER = N_(
    "Orders and subscriptions together have no formulas in this workbook: a workbook of either has."
)
Places = Mapping[str, Mapping[str, str]]
"""The cell of each input, by its key, for each sheet that uses it."""


def lay_out(report: AnyReport, lang: str) -> tuple[Sheet | None, Live]:
    """Lay out the inputs of all answers once, then the sheets of each that has formulas.

    Args:
        report: of one answer or of several.
        lang: of the labels.
    """
    answers = _answers(report)
    modules = {kind: registry.load(live, kind) for kind in answers}
    constants = {
        modules[kind].SHEET: modules[kind].constants(answer, lang)
        for kind, answer in answers.items()
    }
    constants = {name: every for name, every in constants.items() if every}
    laid, places = inputs.lay_out(constants, lang)
    laid_out = [
        modules[kind].lay_out(answer, places.get(modules[kind].SHEET, {}), lang)
        for kind, answer in answers.items()
    ]
    combined = Live(
        summary=next((sheets.summary for sheets in laid_out if sheets.summary), None),
        sheets=list(chain.from_iterable(sheets.sheets for sheets in laid_out)),
        ties=[
            *chain.from_iterable(sheets.ties for sheets in laid_out),
            *_between(answers, places, lang),
        ],
        names={title: name for sheets in laid_out for title, name in sheets.names.items()},
        changes=list(chain.from_iterable(sheets.changes for sheets in laid_out)),
        notes=[*chain.from_iterable(sheets.notes for sheets in laid_out), *_notes(report, lang)],
    )
    return laid if constants else None, combined


def _notes(report: AnyReport, lang: str) -> Iterator[str]:
    """Describe that orders and subscriptions together have no formulas."""
    if any(isinstance(answer, CombinedReport) for answer in _every(report)):
        yield translate(NOT_TOGETHER, lang)


def _every(report: AnyReport) -> list[AnyReport]:
    """Return the answers of a report."""
    if isinstance(report, CompiledReport):
        return [chapter.report for chapter in report.chapters if chapter.report is not None]
    return [report]


def _answers(report: AnyReport) -> dict[str, AnyReport]:
    """Return the answers that have live sheets, by their kind; of two of a kind, the fuller one."""
    known: dict[str, AnyReport] = {}
    for answer in _every(report):
        kind = _kind(answer)
        if kind in registry.names(live) and (kind not in known or _has_retention(answer)):
            known[kind] = answer
    return known


def _kind(report: AnyReport) -> str:
    return report.kind if hasattr(report, "kind") else report.command


def _has_retention(report: AnyReport) -> bool:
    """Return whether cohorts hold retention, whose triangles hold those of LTV as well."""
    return isinstance(report, CohortsReport) and report.metric == "retention"


def _between(answers: dict[str, AnyReport], places: Places, lang: str) -> Iterator[Tie]:
    """Return checks between the sheets of cohorts and segments: both hold all customers."""
    by_cohort, by_segment = answers.get("cohorts"), answers.get("segments")
    if not isinstance(by_cohort, CohortsReport) or not isinstance(by_segment, SegmentsReport):
        return
    if cohorts.SHEET not in places or segments.SHEET not in places:
        return
    for key, name, look in (
        ("customers", N_("Customers of all cohorts = customers of all segments"), "count"),
        ("revenue", N_("Revenue of all cohorts = revenue of all segments"), "money"),
    ):
        yield Tie(
            name=translate(name, lang),
            left=f"{cohorts.SHEET}!${cohorts.AT[key]}${cohorts.ROW - 1}",
            right=f"{segments.SHEET}!${segments.AT[key]}${segments.TOTAL}",
            value=sum(float(row[key] or 0) for row in by_cohort.tables["cohorts"]),
            right_value=float(sum(getattr(row, key) for row in by_segment.segments)),
            look=look,
            tolerance=places[cohorts.SHEET]["tolerance"],
        )
