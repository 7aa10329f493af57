"""The effect of a measure: `ltv experiment`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.experiment import (
    by_bucket,
    exploratory,
    further_sentences,
    groups,
    promises,
    sentences,
    tables,
)
from ltvcli.analyses.experiment import effects as compared
from ltvcli.analyses.experiment.effects import Compared
from ltvcli.errors import PlanTooSmallError
from ltvcli.results import Row, Statement
from ltvcli.results.experiment import (
    AgeEffect,
    Arm,
    CappedEffect,
    Effect,
    GroupCheck,
    Promise,
    SegmentEffect,
)
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.analyses.experiment.effects import Terms
    from ltvcli.analyses.experiment.measurements import Measurements, Outcome
    from ltvcli.settings.plans import Initiative

_FORECAST = re.compile(
    r"(^|[^a-z])(p[-_ ]?ltv|p[-_ ]?clv|predicted|prediction|forecast(ed)?|expected)([^a-z]|$)"
    r"|予測|見込"
)


class Answer(Struct, frozen=True, kw_only=True):
    """The parts of the report; see `results.experiment`."""

    says: tuple[Statement, ...]
    tables: Mapping[str, tuple[Row, ...]]
    unit: Unit
    arms: tuple[Arm, ...]
    effects: tuple[Effect, ...]
    checks: tuple[GroupCheck, ...]
    saved: float | None
    wider: float | None
    ages: tuple[AgeEffect, ...]
    capped: tuple[CappedEffect, ...]
    segments: tuple[SegmentEffect, ...]
    promises: tuple[Promise, ...]
    is_surrogate: bool


class Named(Struct, frozen=True, kw_only=True):
    """Names from the files, and the planned shares of arms.

    Attributes:
        arms: names by key, of arms that have customers, control first.
        set_aside: rows that could not be used, by key.
        shares: that arms were meant to have, by key.
        is_money: whether outcomes are money whatever they are; else 0 and 1 are shares.
        initiatives: as planned, with `--planned`.
    """

    arms: Mapping[str, str]
    set_aside: Mapping[str, int]
    shares: Mapping[str, float]
    is_money: bool = False
    initiatives: tuple[Initiative, ...] = ()


def is_forecast(outcome: str) -> bool:
    """Return whether an outcome is a forecast of customer value, by its header.

    >>> is_forecast("pLTV 12m"), is_forecast("予測LTV"), is_forecast("spend")
    (True, True, False)
    """
    return bool(_FORECAST.search(outcome.casefold()))


def answer(measured: Measurements, named: Named, terms: Terms) -> Answer:
    """Compare every arm with the control, unless the arms are not comparable.

    Args:
        measured: sums of the arms.
        named: what the files call things.
        terms: what an effect is worth; margin and cost apply to the first outcome, if it is money.

    Raises:
        PlanTooSmallError: fewer customers were planned than there are.
    """
    keys, names = list(named.arms), list(named.arms.values())
    main = measured.outcomes[0]
    sums = main.sorted_by(keys)
    customers = sum(arm.customers for arm in sums)
    if terms.planned is not None and terms.planned < customers:
        raise PlanTooSmallError(planned=terms.planned, customers=customers)
    unit = Unit.MONEY if named.is_money else main.unit
    if unit is Unit.RATE:
        terms = replace(terms, margin=None, cost=None)
    arms = compared.arms(sums, named.arms, named.set_aside)
    checks = groups.checked(sums, named.shares, named.arms, measured.days, measured.counts)
    effects: tuple[Effect, ...] = ()
    saved = wider = None
    ages: tuple[AgeEffect, ...] = ()
    if all(check.passed for check in checks):
        adjusted = compared.by_cuped(sums)
        theta, saved = (adjusted.theta, adjusted.saved) if adjusted else (0.0, None)
        wider = compared.wider(terms, customers)
        further = replace(terms, margin=None, cost=None)
        effects = compared.decided(
            [
                effect
                for outcome in measured.outcomes
                for effect in compared.effects(
                    _compared(outcome, keys, names, unit if outcome is main else outcome.unit),
                    terms if outcome is main else further,
                )
            ]
        )
        if measured.ages is not None:
            ages = by_bucket.by_age(measured.ages, main.buckets, named.arms, theta)
    first = tuple(effect for effect in effects if effect.outcome == main.name)
    capped = exploratory.capped(measured.capped, named.arms) if effects and measured.capped else ()
    segments = exploratory.segments(measured.segments, named.arms) if effects else ()
    kept = promises.kept(first, arms, named.initiatives, terms) if effects else ()
    is_surrogate = not named.is_money and is_forecast(main.name)
    statements = [
        Statement(says=sentences.headline(arms, first, main.name, unit)),
        *sentences.details(arms, effects, checks, unit, saved, wider),
        *further_sentences.jackknife(first, sentences.points(unit)),
        *further_sentences.capped(capped, sentences.points(unit)),
        *further_sentences.segments(segments),
        *further_sentences.promises(kept),
    ]
    return Answer(
        says=tuple(statements),
        tables=tables.tables(arms, effects, checks, unit, ages, capped, segments, kept),
        unit=unit,
        arms=arms,
        effects=effects,
        checks=checks,
        saved=saved,
        wider=wider,
        ages=ages,
        capped=capped,
        segments=segments,
        promises=kept,
        is_surrogate=is_surrogate,
    )


def _compared(outcome: Outcome, keys: Sequence[str], names: Sequence[str], unit: Unit) -> Compared:
    """Return the samples of an outcome, adjusted for the values before the start."""
    sums = outcome.sorted_by(keys)
    adjusted = compared.by_cuped(sums)
    return Compared(
        outcome=outcome.name,
        unit=unit,
        names=names,
        samples=adjusted.samples if adjusted else [compared.sample(arm) for arm in sums],
        jackknife=by_bucket.jackknife(outcome.buckets, keys, adjusted.theta if adjusted else 0.0),
    )
