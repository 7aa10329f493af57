"""Old customers who seem new: simulated shops, cut where an export would begin."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ltvcli
from ltvcli.analyses.cohorts import left_truncation
from ltvcli.formulas.left_truncation import inflated_months
from ltvcli.results.left_truncation import LeftTruncation
from ltvcli.text.words import say
from tests.analyses.cohorts.test_answer import asked
from tests.reference import Order

pytestmark = pytest.mark.sampled

AS_OF = date(2025, 12, 31)


def lived(seed: int = 1, since: date = date(2022, 7, 1), customers: int = 2000) -> list[Order]:
    """Customers who come evenly; half of them order once, the others for long."""
    chance = random.Random(seed)
    orders = []
    for number in range(customers):
        day = since + timedelta(days=chance.randrange((AS_OF - since).days))
        loyal = chance.random() < 0.5
        while day <= AS_OF:
            orders.append(Order(f"c{number}", day, Decimal(chance.randrange(500, 3000)) / 100))
            if not loyal or chance.random() < 0.05:
                break
            day += timedelta(days=1 + int(chance.expovariate(1 / 40)))
    return orders


def cut(orders: list[Order], first: date) -> list[Order]:
    return [one for one in orders if one.day >= first]


def truncation(orders: list[Order], as_of: date = AS_OF) -> LeftTruncation | None:
    return asked(orders, as_of=as_of).left_truncation


@pytest.mark.parametrize("first", [date(2024, 1, 1), date(2024, 1, 20), date(2024, 6, 29)], ids=str)
def test_customers_from_before_the_export_are_found_and_counted(first: date) -> None:
    orders = lived()
    old = {one.customer for one in orders if one.day < first}
    kept = cut(orders, first)
    found = truncation(kept)

    assert found is not None
    assert found.old
    there = {one.customer for one in kept if one.day < found.since} & old
    assert found.extra == pytest.approx(len(there), rel=0.25)
    months = 12 * (found.since.year - first.year) + found.since.month - first.month
    days = (date(first.year, first.month + 1, 1) - first).days
    expected = found.customers - found.usual * (months - 1 + min(1, days / 30.436875))
    assert found.extra == round(expected)
    assert found.ltv is not None
    assert found.without is not None
    assert found.difference == pytest.approx(found.ltv - found.without)
    assert found.difference_low is not None
    assert found.difference_low > 0


@pytest.mark.slow
def test_without_them_the_value_is_that_of_customers_who_were_new() -> None:
    orders = lived()
    found = truncation(cut(orders, date(2024, 1, 1)))
    assert found is not None
    before = {one.customer for one in orders if one.day < found.since}
    later = [one for one in orders if one.customer not in before]
    horizon = found.months or 0
    (known,) = [row for row in asked(later).tables["by_age"] if row["age_month"] == horizon - 1]

    # Old customers who came back after `since` are left, so it is close, not equal.
    assert found.without == pytest.approx(known["ltv"], rel=0.1)


def test_the_first_cohorts_are_then_left_out_of_the_comparison() -> None:
    found = asked(cut(lived(), date(2024, 1, 1)))

    assert found.left_truncation is not None
    since = found.left_truncation.since
    assert {row["older_first"] for row in found.tables["trend"]} == {f"{since:%Y-%m}"}


def test_a_new_shop_has_none() -> None:
    assert truncation(lived(since=date(2024, 1, 1), customers=400)) is None


def test_a_closed_group_has_none() -> None:
    orders = lived()
    joined = {one.customer for one in orders if one.day < date(2022, 10, 1)}
    closed = [one for one in orders if one.customer in joined]
    found = asked(closed)

    assert found.left_truncation is None
    assert found.evidence.months_since_new == 39


def opening(count: int) -> list[Order]:
    """Add customers who come to the opening, and not again."""
    once = [Order(f"o{n}", date(2024, 1, 1 + n % 28), Decimal(10)) for n in range(count)]
    return [*lived(since=date(2024, 1, 1), customers=400), *once]


def test_an_opening_is_reported_but_not_mistaken_for_old_customers() -> None:
    found = truncation(opening(150))

    assert found is not None
    assert not found.old
    assert found.since == date(2024, 2, 1)


def test_a_smaller_opening_is_left_alone() -> None:
    assert truncation(opening(15)) is None


def test_too_few_later_customers_leave_it_unmeasured() -> None:
    orders = [
        *(Order(f"a{n}", date(2025, 9, 1 + n % 28), Decimal(10)) for n in range(200)),
        *(Order(f"b{n}", date(2025, 10 + n % 3, 2), Decimal(10)) for n in range(9)),
    ]
    found = truncation(orders)

    assert found is not None
    assert (found.ltv, found.without, found.months, found.old) == (None, None, None, False)


@pytest.mark.parametrize(
    "question",
    [
        ltvcli.cohorts,
        pytest.param(ltvcli.segments, marks=pytest.mark.slow),
        pytest.param(ltvcli.predict, marks=pytest.mark.slow),
    ],
)
def test_every_question_about_orders_reports_them(
    question: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"{one.customer},{one.day},{one.amount}" for one in cut(lived(), date(2024, 1, 1))]
    path.write_text("\n".join(["customer,date,amount", *rows, ""]), "utf-8")

    found = {one.check: one.option for one in question(path).findings}

    assert found["old-customers-look-new"].startswith("--new-since 2024-")


@pytest.fixture(scope="module")
def harvest_box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a shop of four years, exported from January 2024 on.

    Its first month holds far more new customers than later ones.
    """
    path = tmp_path_factory.mktemp("harvest") / "boxes.csv"
    rows = [
        f"{one.customer},{one.day},{one.amount}"
        for one in cut(lived(3, date(2022, 1, 1), 6000), date(2024, 1, 1))
    ]
    path.write_text("\n".join(["customer number,order day,price paid", *rows, ""]), "utf-8")
    return path


MAP = {"customer": "customer number", "date": "order day", "amount": "price paid"}


def observed(path: Path, **options: Any) -> tuple[float | None, int | None]:
    found = ltvcli.calc(path, map=MAP, **options)
    return next(one.ltv for one in found.methods if one.method == "observed"), found.horizon


@pytest.mark.parametrize(
    ("question", "options"),
    [
        pytest.param(ltvcli.calc, {}, id="calc"),
        pytest.param(ltvcli.whatif, {"aov": "+10%"}, id="whatif"),
    ],
)
def test_calc_and_whatif_warn_of_old_customers_once(
    question: Callable[..., Any], options: dict[str, Any], harvest_box: Path
) -> None:
    report = question(harvest_box, map=MAP, **options)
    named = [one for one in report.findings if one.check == "old-customers-look-new"]

    assert [one.severity for one in named] == ["warning"]
    assert not [one for one in report.findings if one.check == "first-month-crowded"]
    assert f"exclude them with {named[0].option}." in say(named[0].says, "en", None)


def test_the_flag_of_the_finding_gives_the_value_without_them(harvest_box: Path) -> None:
    first = ltvcli.calc(harvest_box, map=MAP)
    finding = next(one for one in first.findings if one.check == "old-customers-look-new")
    since = finding.option.removeprefix("--new-since ")
    facts = {key: getattr(fact, "value", fact) for key, fact in finding.says.facts.items()}
    with_them, without = facts["ltv"], facts["without"]
    again = ltvcli.calc(harvest_box, map=MAP, new_since=since)

    assert with_them > 1.2 * without
    assert observed(harvest_box, horizon=f"{facts['months']}mo")[0] == pytest.approx(with_them)
    assert observed(harvest_box, new_since=since) == (pytest.approx(without), facts["months"])
    assert "old-customers-look-new" not in [one.check for one in again.findings]


def test_a_horizon_that_is_asked_for_is_that_of_the_finding(harvest_box: Path) -> None:
    report = ltvcli.calc(harvest_box, map=MAP, horizon="9mo")
    finding = next(one for one in report.findings if one.check == "old-customers-look-new")
    best = next(one for one in report.methods if one.method == "observed")

    assert finding.says.facts["months"].value == 9
    assert finding.says.facts["ltv"].value == pytest.approx(best.ltv)


def month_by_month(*new: int) -> list[Order]:
    """Return customers by month of their first order from January 2024 on; they order once more."""
    return [
        Order(f"{month}-{n}", date(2024, month, 1 + n % 28) + timedelta(days=later), Decimal(10))
        for month, count in enumerate(new, 1)
        for n in range(count)
        for later in (0, 40)
    ]


@pytest.mark.parametrize(("first", "usual", "extra"), [(43, 14, None), (45, 15, 30)])
def test_from_30_extra_customers_on_it_is_a_crowd(
    first: int, usual: int, extra: int | None
) -> None:
    """Both first months hold more than three times as many customers as a usual one."""
    found = truncation(month_by_month(first, *[usual] * 10), as_of=date(2024, 11, 30))

    assert (found.extra if found else None) == extra


@given(
    st.lists(st.integers(1, 300), min_size=4, max_size=30),
    st.floats(0.1, 1.0),
)
def test_a_third_of_crowded_months_is_extra(new: list[int], share: float) -> None:
    """So 30 extra customers are always over three standard errors of the count."""
    rates = [new[0] / share, *map(float, new[1:])]
    found = inflated_months(rates, left_truncation.MORE)
    if found is None:
        return
    customers = sum(new[: found.months])
    extra = customers - found.usual * (found.months - 1 + share)

    assert extra >= customers / 3 - 1e-6
