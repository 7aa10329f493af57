"""Whether early behaviour adds to what was known at signing, in simulated data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec.structs import replace

from ltvcli.analyses.risk import behaviour, models
from ltvcli.facts.early_behaviour import EarlyBehaviour, EventName, Window
from tests.analyses.risk.customers import simulated

if TYPE_CHECKING:
    from ltvcli.facts.attributes import Attributes
    from ltvcli.results.behaviour import Behaviour
    from tests.analyses.risk.customers import Bools

WITHIN = 183


def world(n: int, seed: int, strength: float) -> tuple[EarlyBehaviour, Attributes, Bools]:
    """Draw customers of whom those leave less who use the product; 0 for use without effect."""
    draw = np.random.default_rng(seed)
    attributes, _, chance = simulated(n, seed, 0.7)
    use = draw.gamma(1.0, 1.0, n)
    log_odds = np.log(chance / (1 - chance)) - strength * np.log(use)
    left = draw.random(n) < 1 / (1 + np.exp(-log_odds))
    first = np.datetime64("2024-01-01") + np.sort(draw.integers(0, 500, n))
    windows = {}
    for days in (14, 30):
        events = np.zeros((8, n))
        events[2:] = draw.poisson(days / 10, (6, n))
        events[2] = draw.poisson(use * days / 10)
        events[0] = events[2:].sum(axis=0)
        since = np.where(events > 0, draw.integers(0, days, (8, n)), np.nan)
        windows[days] = Window(
            days=days,
            events=events,
            active_days=np.minimum(events, days),
            since=since,
            value=np.zeros((8, n)),
        )
    early = EarlyBehaviour(
        customer=attributes.customers,
        first=first,
        decided=np.full(n, np.nan),
        names=tuple(
            EventName(event=f"event {k}", events=1, customers=1, pooled=False) for k in range(6)
        ),
        log_first=date(2023, 1, 1),
        log_last=date(2026, 1, 1),
        windows=windows,
    )
    return early, attributes, left


def compared(early: EarlyBehaviour, attributes: Attributes, left: Bools) -> tuple[Behaviour, ...]:
    with models.on_one_thread():
        return behaviour.compared(early, np.arange(len(left)), attributes, left, WITHIN)


def test_behaviour_that_adds_is_found() -> None:
    found = compared(*world(3000, 1, 0.5))

    assert any(row.adds for row in found)
    for row in found:
        assert row.difference is not None
        assert row.at_signing is not None
        assert row.with_behaviour is not None
        gained = row.with_behaviour.value - row.at_signing.value
        assert row.difference.value == pytest.approx(gained)


@pytest.mark.slow
def test_noise_does_not_add() -> None:
    assert not any(row.adds for row in compared(*world(3000, 1, 0)))


@pytest.mark.slow
@pytest.mark.parametrize(("strength", "least", "most"), [(0.5, 16, 20), (0.0, 0, 1)])
def test_behaviour_that_adds_is_usually_found_and_noise_rarely(
    strength: float, least: int, most: int
) -> None:
    """Behaviour that adds is found in 80% of draws at least, noise in 5% at most."""
    found = sum(
        any(row.adds for row in compared(*world(3000, seed, strength))) for seed in range(20)
    )

    assert least <= found <= most


@pytest.mark.slow
def test_what_happened_after_the_first_days_changes_nothing() -> None:
    """The 14 days do not know what the other 16 hold."""
    early, attributes, left = world(2500, 2, 0.5)
    before, _ = compared(early, attributes, left)
    later = early.windows[30]
    told = replace(later, events=later.events + 100 * left)
    after, leaked = compared(replace(early, windows={**early.windows, 30: told}), attributes, left)

    assert after == before
    assert leaked.difference is not None
    assert leaked.difference.value > 0.1


@pytest.mark.slow
def test_those_whose_outcome_was_known_and_those_outside_of_the_log_are_left_out() -> None:
    early, attributes, left = world(2500, 3, 0.5)
    decided = np.full(2500, np.nan)
    decided[:7], decided[7:10] = 13, 14
    log = {"log_first": date(2024, 1, 2), "log_last": date(2025, 5, 20)}
    short, long = compared(replace(early, decided=decided, **log), attributes, left)
    days = (early.first - np.datetime64("2024-01-01")).astype(int)
    last = (np.datetime64("2025-05-20") - np.datetime64("2024-01-01")).astype(int)
    began = int((days < 1).sum())

    assert short.before_log == long.before_log == began
    assert short.too_young == int((days + 13 > last).sum())
    assert long.too_young == int((days + 29 > last).sum()) > short.too_young
    assert (short.decided, long.decided) == (max(0, 7 - began), max(0, 10 - began))


def test_too_few_are_not_tested() -> None:
    found = compared(*world(300, 1, 0.5))

    assert [(row.customers, row.difference, row.adds) for row in found] == [(0, None, False)] * 2


def test_rates_are_counted() -> None:
    early, _, left = world(500, 4, 0.5)
    rows = behaviour.rates(early, np.arange(500), left)
    did = early.windows[14].events[2] > 0

    assert [row.event for row in rows] == list(early.separate_events)
    assert rows[0].did == did.sum()
    assert rows[0].rate_did is not None
    assert rows[0].rate_not is not None
    assert rows[0].rate_did.value == left[did].mean()
    assert rows[0].rate_not.value == left[~did].mean()
