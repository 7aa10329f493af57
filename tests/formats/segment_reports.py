"""A report about segments, made by hand, that gives no finding."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ltvcli.analyses.segments import concentration
from ltvcli.analyses.segments import tables as segment_tables
from ltvcli.results import Estimate, Grade, Quantity, Sentence, Source, Statement
from ltvcli.results.segments import (
    Budget,
    Concentration,
    Differs,
    Losses,
    Segment,
    SegmentsReport,
    Top,
    Unprofitable,
)
from ltvcli.units import Unit


def estimate(value: float, apart: float | None = 0.1) -> Estimate:
    low, high = (None, None) if apart is None else (value * (1 - apart), value * (1 + apart))
    return Estimate(value=value, low=low, high=high, source=Source.MEASURED)


def segment(name: str, **changed: Any) -> Segment:
    calm: dict[str, Any] = {
        "gathered": 0,
        "customers": 100,
        "orders": 250,
        "revenue": 10_000.0,
        "share": 0.5,
        "horizon": 12,
        "aov": estimate(40.0),
        "frequency": estimate(4.0),
        "repeat_rate": estimate(0.5),
        "ltv": estimate(60.0),
        "cac": estimate(20.0),
        "ltv_to_cac": estimate(3.0),
        "payback": Estimate(value=3.0, low=2.0, high=4.0, source=Source.MEASURED),
        "grade": Grade.HEALTHY,
        "differs": Differs.NO,
        "difference": estimate(1.0, 9.0),
        "p": 0.8,
    }
    return Segment(name=name, **calm | changed)


CONCENTRATION = Concentration(
    tops=(
        Top(top=0.01, customers=2, revenue=1_000.0, share=0.05),
        Top(top=0.05, customers=10, revenue=3_000.0, share=0.15),
        Top(top=0.1, customers=20, revenue=5_000.0, share=0.25),
        Top(top=0.005, customers=1, revenue=600.0, share=0.03),
    ),
    mean=100.0,
    median=80.0,
    ltv=estimate(60.0),
    ltv_without=estimate(57.0),
    left_out=2,
    above=400.0,
)
LOSSES = Losses(
    months=12,
    unprofitable=(
        Unprofitable(
            name="web", gathered=0, of=60, customers=20, contribution=-90.0, net=900.0, young_of=40
        ),
        Unprofitable(
            name="mail", gathered=0, of=60, customers=5, contribution=-20.0, net=700.0, young_of=40
        ),
    ),
    traits=(),
    without_cac=0,
)


def segments(*rows: Segment, **changed: Any) -> SegmentsReport:
    """Two segments alike, or `rows`."""
    found = rows or (segment("web"), segment("mail"))
    report = SegmentsReport(
        command="segments",
        version="1",
        as_of=date(2026, 3, 31),
        currency="USD",
        inputs=(),
        given={},
        horizon=12,
        basis="margin",
        says=(
            Statement(says=Sentence("Two segments.")),
            Statement(
                label="CAC",
                says=Sentence("{cac} each.", {"cac": Quantity(20.0, Unit.MONEY)}),
            ),
        ),
        main="segments",
        tables={},
        by=("channel",),
        segments=found,
        concentration=CONCENTRATION,
        losses=LOSSES,
    )
    report = replace(report, **changed)
    tables = {"segments": segment_tables.segments(found)}
    if report.concentration:
        tables["concentration"] = concentration.table(report.concentration)
    if report.losses:
        tables["minus"] = segment_tables.unprofitable(report.losses)
    return replace(report, tables=tables)


def minus(**changed: Any) -> SegmentsReport:
    first, *others = LOSSES.unprofitable
    return segments(losses=replace(LOSSES, unprofitable=(replace(first, **changed), *others)))


SMALL = segment("other", gathered=3, customers=12, share=0.05, cac=None, ltv_to_cac=None)
LESS = segment(
    "web",
    marginal_cac=estimate(90.0),
    returned=Estimate(value=0.67, low=0.5, high=0.9, source=Source.MEASURED),
    budget=Budget.LESS,
)
WITHOUT_CAC = {"cac": None, "ltv_to_cac": None, "payback": None, "grade": Grade.UNKNOWN}
SPEAKS = {
    "segments-in-revenue": segments(basis="revenue"),
    "segments-without-cac": segments(segment("web", **WITHOUT_CAC), segment("mail", **WITHOUT_CAC)),
    "segment-carries-most": segments(segment("web", share=0.81), segment("mail", share=0.19)),
    "small-segments": segments(segment("web"), segment("mail"), SMALL),
    "segment-unknown": segments(segment("web", customers=170), segment("", customers=30)),
    "young-segments": segments(segment("web"), segment("mail", horizon=5)),
    "channel-not-worth-more": segments(LESS, segment("mail")),
    "losing-segment": minus(net=-1.0),
    "unprofitable-without-cac": segments(losses=replace(LOSSES, without_cac=9)),
    "top-carries-value": segments(concentration=replace(CONCENTRATION, ltv_without=estimate(53.0))),
}
"""What each check speaks of."""
