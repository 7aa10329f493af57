"""The answer of `ltv segments`: the best and the worst segment, and revenue concentration."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_, Marked
from ltvcli.pages.answers.calc import graded
from ltvcli.results import AnswerLine, Fact, Grade, Interval, Quantity, Sentence
from ltvcli.results.segments import Differs, Segment, SegmentsReport
from ltvcli.text.layout import cut
from ltvcli.units import Unit

LONGEST = 20
"""Cells of the name of a segment in the answer."""
TOP = 0.1


def answer(report: SegmentsReport) -> Iterator[AnswerLine]:
    """Return the segments with the highest and the lowest value, then revenue concentration."""
    valued = sorted(
        (
            segment
            for segment in report.segments
            if segment.ltv and not segment.gathered and segment.horizon == report.horizon
        ),
        key=lambda segment: segment.ltv.value if segment.ltv else 0.0,
        reverse=True,
    )
    if valued[1:]:
        differs = [
            segment for segment in valued if segment.differs in (Differs.HIGHER, Differs.LOWER)
        ]
        yield AnswerLine(
            label=Sentence(N_("Differences")),
            says=Sentence(
                N_("significant for {n} of {segments} segments ({months}-month LTV vs. the rest)"),
                {"n": len(differs), "segments": len(valued), "months": report.horizon or 0},
            ),
        )
        yield _line(N_("Highest LTV"), valued[0], report)
        yield _line(N_("Lowest LTV"), valued[-1], report)
    elif valued:
        yield _line(N_("LTV"), valued[0], report)
    elif report.by:
        yield AnswerLine(
            label=Sentence(N_("LTV")),
            says=Sentence(N_("unknown: no segment was observed for long enough")),
        )
    if report.concentration:
        yield from _concentration(report)


def _line(label: str, segment: Segment, report: SegmentsReport) -> AnswerLine:
    ltv = segment.ltv
    assert ltv is not None
    facts: dict[str, Fact] = {
        "name": cut(segment.name, LONGEST) or Marked(N_("(none)")),
        "ltv": Quantity(ltv.value, Unit.MONEY),
    }
    if ltv.low is not None and ltv.high is not None:
        facts["interval"] = Interval(ltv.low, ltv.high, Unit.MONEY, ltv.value)
    if segment.ltv_to_cac is not None:
        facts["ratio"] = Quantity(segment.ltv_to_cac.value, Unit.RATIO)
    graded_too = segment.ltv_to_cac is not None and segment.grade is not Grade.UNKNOWN
    if graded_too:
        facts["grade"] = graded(segment.grade, upper_bound=report.basis == "revenue")
    text = {
        (False, False): N_("“{name}” {ltv}"),
        (True, False): N_("“{name}” {ltv} (95% CI {interval})"),
        (False, True): N_("“{name}” {ltv}, LTV/CAC {ratio} ({grade})"),
        (True, True): N_("“{name}” {ltv} (95% CI {interval}), LTV/CAC {ratio} ({grade})"),
    }["interval" in facts, graded_too]
    return AnswerLine(
        label=Sentence(label),
        says=Sentence(text, facts),
        grade=segment.grade if graded_too else "",
        upper_bound=report.basis == "revenue",
    )


def _concentration(report: SegmentsReport) -> Iterator[AnswerLine]:
    concentration = report.concentration
    top = (
        next((top for top in concentration.tops if top.top == TOP), None) if concentration else None
    )
    if concentration is None or top is None or top.share is None:
        return
    facts: dict[str, Fact] = {
        "top": f"{TOP:.0%}",
        "share": Quantity(top.share, Unit.RATE),
        "mean": Quantity(concentration.mean, Unit.MONEY),
        "median": Quantity(concentration.median, Unit.MONEY),
    }
    text = N_("top {top} of customers: {share} of revenue; mean {mean}, median {median}")
    yield AnswerLine(label=Sentence(N_("Concentration")), says=Sentence(text, facts))
