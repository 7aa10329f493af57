"""CAC of a made-up business: without findings, and with one for each check."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ltvcli.results import Estimate, Quantity, Report, Run, Sentence, Source, Statement, TableReport
from ltvcli.results.acquisition import Acquisition, ChannelCost, MonthCost
from ltvcli.units import Unit


def estimate(value: float) -> Estimate:
    return Estimate(value=value, low=0.9 * value, high=1.1 * value, source=Source.MEASURED)


def month(number: int, spend: float = 500.0, customers: int = 50) -> MonthCost:
    return MonthCost(
        month=date(2026, number, 1),
        complete=True,
        spend=spend,
        customers=customers,
        cac=estimate(spend / customers),
    )


def channel(name: str, spend: float | None, customers: int | None) -> ChannelCost:
    return ChannelCost(
        channel=name,
        segments=(name,) if customers else (),
        spend=spend,
        customers=customers,
        cac=estimate(spend / customers) if spend and customers else None,
        marginal=None,
        marginal_missing=None,
    )


CALM = Acquisition(
    first=date(2026, 1, 1),
    last=date(2026, 6, 30),
    lag_days=0,
    spend=3000.0,
    spread=0.0,
    outside=0.0,
    customers=300,
    paid_customers=290,
    blended=estimate(10.0),
    paid=estimate(3000 / 290),
    marginal=estimate(10.5),
    paid_missing=None,
    marginal_missing=None,
    months=tuple(month(number) for number in range(1, 7)),
    channels=(channel("google", 3000.0, 290), channel("organic", None, 10)),
    by_month=(),
)


class Costs(TableReport):
    """A report of nothing but what customers cost."""

    kind = "any"


def report(**changed: Any) -> Run:
    return Costs(
        command="cohorts",
        version="0",
        as_of=date(2026, 6, 30),
        currency="USD",
        inputs=(),
        given={},
        says=(Statement(says=Sentence("")),),
        main="cohorts",
        tables={},
        acquisition=replace(CALM, **changed),
    )


FEW = Sentence("because {months}", {"months": Quantity(3, Unit.COUNT)})
GAP = (month(1), month(2, spend=0.0), *(month(number) for number in range(3, 7)))


def speaks(calm: Report) -> dict[str, Run]:
    """Reports of which one check has something to say; those about given numbers are `calm`."""
    dear = replace(CALM, blended=estimate(20.0), paid=estimate(20.0), marginal=estimate(20.0))
    return {
        "organic-in-cac": report(paid=estimate(12.0), paid_customers=250),
        "blended-cac-only": report(paid=None, paid_missing=Sentence("because")),
        "channels-unmatched": report(channels=(*CALM.channels, channel("tiktok", 90.0, 0))),
        "spend-outside": report(outside=100.0),
        "spend-spread": report(spread=200.0),
        "spend-gap": report(months=GAP),
        "channel-spend-partly-known": report(
            by_month=({"month": "2026-01", "channel": "google", "spend": 500.0},)
        ),
        "cac-given-and-spent": replace(calm, acquisition=dear),
        "marginal-cac": report(marginal=estimate(12.0)),
        "marginal-cac-unknown": report(marginal=None, marginal_missing=FEW),
    }
