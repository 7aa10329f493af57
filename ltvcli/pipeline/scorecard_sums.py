"""Inputs of a scorecard: deals and answers, and sums by owner, team or channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from msgspec import Struct, field

from ltvcli.errors import DealsNotMatchedError, NoGroupInDealsError, UndatedCohortsError
from ltvcli.language import N_
from ltvcli.pipeline.load import Loaded
from ltvcli.pipeline.steps import Step
from ltvcli.settings.settings import Settings
from ltvcli.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from ltvcli.analyses.scorecard.answer import Source
    from ltvcli.analyses.scorecard.nps import Survey
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.periods import PeriodFacts
    from ltvcli.facts.subscriber_periods import SubscriberPeriods
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.facts.trust import Base, Role, TrustFacts
    from ltvcli.formulas.periods import Period, Span
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.results import InputFile

ROLES = ("owner", "team")
CHANNEL = "channel"
FEWEST = 30
"""Customers of a channel, below which it does not stand alone in the figures of all."""


class FurtherSheets(Struct, frozen=True, kw_only=True):
    """Files read beside the exports, opened: deals and answers."""

    deals: Sequence[Sheet]
    survey: Sequence[Sheet]

    @property
    def every(self) -> tuple[Sheet, ...]:
        """All of them, in the order of their numbers."""
        return (*self.deals, *self.survey)


class FurtherRead(Struct, kw_only=True):
    """The files read with the exports.

    Attributes:
        inputs: files with every row accounted for.
        unmatched: deals of nobody among the customers; None without deals.
        without_deal: customers without a deal; None without deals.
        has_channel: whether deals name a channel.
    """

    inputs: list[InputFile] = field(default_factory=list)
    unmatched: int | None = None
    without_deal: int | None = None
    has_channel: bool = False


def read(
    loaded: Loaded[Facts | Subscriptions],
    sheets: FurtherSheets,
    settings: Settings,
    span: Span,
    by: str,
    step: Step,
) -> FurtherRead:
    """Read deals and answers into the engine of the exports.

    Args:
        loaded: the exports.
        sheets: of deals and answers, opened.
        settings: all settings, with what --map says about these files.
        span: length of a wave.
        by: "owner", "team", "channel" or "".
        step: called with the name of each step.

    Raises:
        InputError: a file cannot be used.
    """
    from ltvcli.read import deals as of_deals
    from ltvcli.read import emails, surveys
    from ltvcli.read.files import open_files

    been = FurtherRead()
    if not sheets.every:
        return been
    engine, as_of = loaded.engine, loaded.reading.as_of
    place = len(loaded.every) - len(sheets.every)
    emails.add(engine, loaded.kind, loaded.sheets, loaded.settings.map, has_customers=True)
    if sheets.deals:
        step(N_("Reading the deals"))
        reading = of_deals.load(sheets.deals, settings, engine, as_of, place=place)
        file = sheets.deals[0].name
        if by in ROLES and f"deal_{by}" not in reading.roles:
            raise NoGroupInDealsError(file=file, by=by)
        of_deals.match(engine)
        ((matched, unmatched, without),) = engine.execute(
            "select count(matched), count(*) filter (matched is null), (select count(*) from "
            "customers where customer not in (select matched from matched_deals where matched is "
            "not null)) from matched_deals"
        ).fetchall()
        if not matched:
            raise DealsNotMatchedError(file=file, customers=loaded.sheets[0].name)
        been.inputs += reading.inputs
        been.unmatched, been.without_deal = unmatched, without
        been.has_channel = "deal_channel" in reading.roles
    if sheets.survey:
        step(N_("Reading the answers"))
        been.inputs += surveys.load(
            sheets.survey,
            settings,
            engine,
            surveys.Asked(kind=loaded.kind, name=loaded.sheets[0].name, as_of=as_of),
            span,
            place + len(sheets.deals),
        )
    open_files.check_unchanged(sheets.every)
    return been


def source(
    loaded: Loaded[Facts | Subscriptions], sheets: FurtherSheets, span: Span, by: str
) -> Source:
    """Add up periods of all customers and by group, cohorts, and answers.

    Args:
        loaded: the exports, with deals and answers in the engine.
        sheets: of deals and answers, opened.
        span: length of a period.
        by: "owner", "team", "channel" or "".
    """
    from ltvcli.analyses.review import grouping
    from ltvcli.analyses.scorecard import answer as scorecard
    from ltvcli.facts import trust
    from ltvcli.read import reductions
    from ltvcli.read.deals import refunds

    engine, facts = loaded.engine, loaded.facts
    company = _periods(loaded, span)
    rows = grouping.grouping(facts, FEWEST).rows
    role = cast("Role", by if by in ROLES else "")
    has_deals = bool(sheets.deals)
    names = trust.group(engine, role, facts.segments, has_deals=has_deals, by_channel=by == CHANNEL)
    kind = loaded.kind
    if kind == "orders":
        refunds.add(engine, loaded.reading.inputs)
    as_of = loaded.reading.as_of
    known = reductions.add(engine, kind, loaded.sheets, loaded.reading.inputs)
    sums = trust.gather(engine, kind, as_of, names, company.buckets, known)
    answers = _survey(loaded, sums, span) if sheets.survey else None
    grouped = None
    if by == CHANNEL:
        grouped = company
    elif by:
        engine.run("facts/trust/regroup")
        grouped = _periods(loaded, span, is_regrouped=True)
    return scorecard.Source(
        company=company, rows=rows, grouped=grouped, trust=sums, survey=answers, by=by
    )


def _periods(
    loaded: Loaded[Facts | Subscriptions], span: Span, *, is_regrouped: bool = False
) -> PeriodFacts | SubscriberPeriods:
    """Add up orders, or subscriptions, by period and age.

    Args:
        loaded: the exports.
        span: length of a period.
        is_regrouped: whether this is the second call, of the same customers in other segments.
    """
    from ltvcli.facts import periods as order_periods
    from ltvcli.facts import subscriber_periods
    from ltvcli.facts.subscriptions import Subscriptions

    if not isinstance(loaded.facts, Subscriptions):
        return order_periods.gather(
            loaded.engine,
            loaded.facts,
            span,
            is_added_up=loaded.span == span and not is_regrouped,
            are_visits_known=is_regrouped,
        )
    if not loaded.facts.dated:
        raise UndatedCohortsError
    return subscriber_periods.gather(loaded.engine, loaded.facts)


def _survey(loaded: Loaded[Facts | Subscriptions], sums: TrustFacts, span: Span) -> Survey:
    """Sum answers, the customers of each wave, and results after first answers."""
    from ltvcli.analyses.scorecard import nps
    from ltvcli.facts import trust

    engine, as_of = loaded.engine, sums.as_of
    answers = trust.answers(engine)
    lapse = round(float(getattr(loaded.facts, "lapse_after", 0) or 0) * DAYS_PER_MONTH)
    bases: dict[Period, Mapping[int, Base]] = {}
    for period, day in nps.days_of_waves(answers, span).items():
        wave: tuple[date, date] = (period.first, period.last)
        bases[period] = trust.base(engine, sums.kind, as_of, day, wave, lapse)
    return nps.Survey(
        answers=answers, bases=bases, answered=trust.answered(engine, sums.kind, as_of)
    )
