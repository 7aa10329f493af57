"""Vested, held and forfeited pay: by hand, and to the cent for any amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltvcli.analyses.bonus import answer as bonus
from ltvcli.analyses.bonus import payout
from ltvcli.errors import InternalError, NoCommissionError
from ltvcli.results import Quantity
from ltvcli.results.bonus import DealPay, PartState
from ltvcli.units import Unit
from tests.analyses.bonus.deal_facts import PLAN, deal, facts, plan

NEUTRAL = {"Sato": Decimal(1), "Ito": Decimal(1)}
STAYED = (deal("D1", "100000"), None)
LEFT = (deal("D2", "60000", "Ito"), 120)
YOUNG = (deal("D3", "80000", signed=140), None)


def sums(*deals: DealPay) -> dict[str, Decimal]:
    return payout.added(deals)


def test_the_worked_example_as_of_day_200() -> None:
    first, second, third = payout.paid(facts(STAYED, LEFT, YOUNG, as_of=200), PLAN, NEUTRAL, 0)

    assert (first.released, first.held, first.forfeited) == (100_000, 0, 0)
    assert (second.released, second.held, second.forfeited) == (45_000, 0, 15_000)
    assert (third.released, third.held, third.forfeited) == (40_000, 40_000, 0)
    total = sums(first, second, third)
    assert (total["commission"], total["released"]) == (240_000, 185_000)
    assert (total["held"], total["forfeited"]) == (40_000, 15_000)


def test_all_at_signing_is_compared() -> None:
    answered = bonus.answer(facts(STAYED, LEFT, YOUNG, as_of=200), PLAN, "2026-07-20", 0)

    assert answered.totals["left_at_signing"] == 60_000
    assert answered.totals["left_released"] == 45_000


@pytest.mark.parametrize(
    ("as_of", "amounts"), [(119, [15_000]), (150, [15_000]), (180, []), (200, [])]
)
def test_what_is_held_for_customers_who_have_left_is_stated(
    as_of: int, amounts: list[float]
) -> None:
    left = (deal("D2", "60000", "Ito"), 100)
    answered = bonus.answer(facts(STAYED, left, as_of=as_of), PLAN, "2026-07-20", 0)

    held = [line.says.facts["amount"] for line in answered.says if line.label == "Held"]
    assert held == [Quantity(amount, Unit.MONEY) for amount in amounts]


@pytest.mark.parametrize(
    ("left", "as_of", "released", "held", "forfeited"),
    [
        (None, 0, 50, 50, 0),
        (None, 89, 50, 50, 0),
        (None, 90, 75, 25, 0),
        (None, 180, 100, 0, 0),
        (90, 90, 50, 25, 25),
        (91, 90, 75, 25, 0),
        (120, 150, 75, 25, 0),
        (1, 180, 50, 0, 50),
    ],
)
def test_a_part_is_decided_on_its_day_by_who_is_there_on_it(
    left: int | None, as_of: int, released: int, held: int, forfeited: int
) -> None:
    (pay,) = payout.paid(facts((deal("D1"), left), as_of=as_of), PLAN, NEUTRAL, 2)

    assert (pay.released, pay.held, pay.forfeited) == (released, held, forfeited)


def test_retained_parts_vest_as_the_plan_defines() -> None:
    known = facts((deal("D1"), None), as_of=200, kept={"D1": "60"})
    (pay,) = payout.paid(known, PLAN, NEUTRAL, 2)
    (whole,) = payout.paid(known, plan(pro_rata="false"), NEUTRAL, 2)

    assert (pay.released, pay.forfeited) == (80, 20)
    assert pay.parts[1].state is PartState.PARTLY_RELEASED
    assert whole.released == 100


def test_more_than_at_the_start_pays_no_more() -> None:
    known = facts((deal("D1"), None), as_of=200, kept={"D1": "250"})
    (pay,) = payout.paid(known, PLAN, NEUTRAL, 2)

    assert pay.released == 100


def test_a_customer_who_is_not_found_is_held_and_not_forfeited() -> None:
    known = facts((deal("D1", matched=False), None), as_of=2000)
    (pay,) = payout.paid(known, PLAN, NEUTRAL, 2)

    assert (pay.released, pay.held, pay.forfeited) == (0, 100, 0)
    assert {share.state for share in pay.parts} == {PartState.NOT_MATCHED}
    assert pay.active is None


def test_the_score_moves_what_vests_after_signing_alone() -> None:
    known = facts((deal("D1"), None), as_of=200)
    (pay,) = payout.paid(known, PLAN, {"Sato": Decimal("1.1667")}, 2)

    assert [share.adjustment for share in pay.parts] == [0, Decimal("4.17"), Decimal("4.17")]
    assert pay.released + pay.held + pay.forfeited == pay.commission


def test_a_payroll_that_does_not_add_up_is_no_payroll() -> None:
    (pay,) = payout.paid(facts((deal("D1"), None), as_of=200), PLAN, NEUTRAL, 2)

    with pytest.raises(InternalError):
        payout.check(pay, Decimal("100.01"))
    with pytest.raises(InternalError):
        payout.check(replace(pay, parts=pay.parts[:2]), pay.commission)
    with pytest.raises(InternalError):
        payout.added([replace(pay, held=pay.held + 1)])


def test_deals_without_a_commission_are_named_and_not_paid() -> None:
    known = facts((deal("D1"), None), (deal("D2", None), None), as_of=200)
    answered = bonus.answer(known, PLAN, "2026-07-20", 2)

    assert [pay.deal for pay in answered.deals] == ["D1"]
    assert answered.without_commission == ("D2",)
    with pytest.raises(NoCommissionError):
        bonus.answer(facts((deal("D2", None), None), as_of=200), PLAN, "2026-07-20", 2)


@given(
    commissions=st.lists(
        st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=8
    ),
    left=st.lists(st.one_of(st.none(), st.integers(0, 250)), min_size=8, max_size=8),
    kept=st.lists(st.integers(0, 130), min_size=8, max_size=8),
    first=st.integers(1, 98),
    digits=st.sampled_from([0, 2]),
)
def test_released_held_and_forfeited_are_the_commission_to_the_cent(
    commissions: list[Decimal],
    left: list[int | None],
    kept: list[int],
    first: int,
    digits: int,
) -> None:
    schedule = {"signing": f"{first}%", "90d": "1.5%", "180d": f"{98.5 - first}%"}
    deals = [
        (deal(f"D{number}", str(commission), ("Sato", "Ito")[number % 2]), gone)
        for number, (commission, gone) in enumerate(zip(commissions, left, strict=False))
    ]
    shares = {f"D{number}": str(share) for number, share in enumerate(kept)}
    known = facts(*deals, as_of=170, kept=shares)
    answered = bonus.answer(known, plan(schedule=schedule), "2026-06-20", digits)

    for pay, commission in zip(answered.deals, commissions, strict=True):
        assert pay.released + pay.held + pay.forfeited == commission == pay.commission
        assert min(pay.released, pay.held, pay.forfeited) >= 0
        for share in pay.parts:
            assert share.released + share.held + share.forfeited == share.amount
    rows = answered.tables["payroll"]
    written = [Decimal(str(row[key])) for row in rows for key in ("released", "held", "forfeited")]
    assert sum(written) == sum(commissions) == answered.totals["commission"]
