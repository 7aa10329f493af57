"""The value of a subscriber: by hand, and by published fits."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli.analyses.calc.answer import answer
from ltvcli.engines import duckdb
from ltvcli.errors import (
    HorizonPastDataError,
    NobodyPaidError,
    TakesOrdersError,
)
from ltvcli.pipeline import calc
from ltvcli.results import Grade, Source
from ltvcli.settings import settings as config
from ltvcli.settings.settings import Settings
from ltvcli.stats.retention import mean_churn
from ltvcli.units import DAYS_PER_MONTH
from tests.mrr_reference import Stretch
from tests.shops import economics, points, shop
from tests.subscribers import cohort, gathered, worth, written

pytestmark = pytest.mark.sampled

COHORTS = Path(__file__).parents[4] / "shared/data/sbg_fader_hardie/sbg_cohorts.csv"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with duckdb.open([], tmp_path_factory.mktemp("engine"), None) as opened:
        yield opened


# 40 customers at 10 a month from January; 10 leave on 1 March, 6 on 1 May; seen to the end of June.
FORTY = cohort({2: 10, 4: 6}, stay=24)
JUNE = date(2024, 6, 30)


def test_forty_customers_by_hand(engine: Any) -> None:
    found = worth(engine, FORTY, JUNE, margin=0.5, cac=10.0, horizon=5.0)
    figures = found.figures

    assert figures.customers
    assert figures.customers.value == 40
    assert figures.arpu
    assert figures.arpu.value == 10
    # Closes from January on: 40, 40, 30, 30, 24 at the start of five months, 10 + 6 of them gone.
    assert figures.churn
    assert figures.churn.value == pytest.approx(16 / (40 + 40 + 30 + 30 + 24))
    assert figures.churn.source is Source.MEASURED
    known = mean_churn.last_months([40, 40, 30, 30, 24], [0, 10, 0, 6, 0])
    assert known
    assert (figures.churn.low, figures.churn.high) == (known.low, known.high)
    # 60 days are 1.97 months and 121 days 3.98, after which a quarter and then 6 of 30 are gone.
    two, four = 60 / DAYS_PER_MONTH, 121 / DAYS_PER_MONTH
    lifespan = two + (four - two) * 0.75 + (5 - four) * 0.6
    assert figures.lifespan
    assert figures.lifespan.value == pytest.approx(lifespan)
    values = points(found)
    assert values["basic"] == values["ec"] == pytest.approx(10 * 0.5 * lifespan)
    assert values["arpu-churn"] == pytest.approx(10 * 0.5 * 164 / 16)
    assert values["observed"] == pytest.approx(0.5 * 10 * (2 + 2 * 0.75 + 0.6), rel=0.01)
    assert figures.aov is figures.frequency is figures.lapse_after is figures.orders is None


def test_renewals_are_counted_month_by_month(engine: Any) -> None:
    table = worth(engine, FORTY, JUNE).tables["survival"]
    counted = [(row["at_risk"], row["ended"]) for row in table]

    assert counted == [(40, 0), (40, 10), (30, 0), (30, 6), (24, 0)]
    assert [row["survival"] for row in table] == pytest.approx([1, 0.75, 0.75, 0.6, 0.6])
    assert table[0]["survival_low"] is table[0]["survival_high"] is None
    assert table[1]["survival_low"] < 0.75 < table[1]["survival_high"]  # type: ignore[operator]


@pytest.mark.slow
def test_mrr_measures_retention_as_calc_does(tmp_path: Path) -> None:
    """With past months only on show, and by another vendor's convention: who stays is a fact."""
    path = written(tmp_path, FORTY)
    expected = ltvcli.calc(path).tables["survival"]

    assert expected
    assert ltvcli.mrr(path).survival == expected
    assert ltvcli.mrr(path, as_="stripe", to="2024-03-31").survival == expected


def test_nobody_stays_where_nobody_paid(tmp_path: Path) -> None:
    trial = tmp_path / "subscriptions.csv"
    trial.write_text(
        "customer,start date,end date,amount,interval,status\na,2024-01-01,,10,month,trialing\n"
    )

    assert ltvcli.mrr(trial).survival == ()


def test_every_method_is_shown_with_an_interval(engine: Any) -> None:
    found = worth(engine, FORTY, JUNE, margin=0.5, cac=10.0)

    assert [one.method for one in found.methods] == ["arpu-churn", "basic", "ec", "observed", "sbg"]
    for one in found.methods:
        assert one.low < one.ltv < one.high  # type: ignore[operator]
        assert one.grade is not Grade.UNKNOWN
    assert found.verdict.method == "observed"


def test_the_day_of_the_export_does_not_make_leavers_of_half_a_month(engine: Any) -> None:
    """Seen two days before a renewal, who left early in that month has nobody to compare with."""
    history = [*cohort({}, stay=39), Stretch("gone", date(2024, 1, 1), date(2024, 2, 20))]
    table = worth(engine, history, date(2024, 2, 28)).tables["survival"]

    assert [(row["at_risk"], row["ended"]) for row in table] == [(40, 0)]


@pytest.mark.parametrize(
    ("begun", "gone", "renewal"),
    [
        pytest.param(date(2024, 1, 15), date(2024, 3, 15), 2, id="on the day of a renewal"),
        pytest.param(date(2024, 1, 31), date(2024, 2, 29), 1, id="at the end of a short month"),
        pytest.param(date(2024, 1, 15), date(2024, 3, 18), 2, id="three days late"),
        pytest.param(date(2024, 1, 15), date(2024, 3, 19), 3, id="four days late"),
        pytest.param(date(2024, 1, 15), date(2024, 1, 16), 1, id="after a day"),
    ],
)
def test_the_renewal_that_was_missed(engine: Any, begun: date, gone: date, renewal: int) -> None:
    renewed = gathered(engine, [Stretch("a", begun, gone)], JUNE).renewed

    assert (renewed.renewals.tolist(), renewed.ended.tolist()) == ([renewal], [True])


HIGH_END = (131, 126, 90, 60, 42, 34, 26)
REGULAR = (369, 163, 86, 56, 37, 27, 21)


@pytest.mark.parametrize(
    ("left", "alpha", "beta"),
    [
        pytest.param(HIGH_END, 0.6681, 3.8061, id="high end"),
        pytest.param(REGULAR, 0.7041, 1.1820, id="regular"),
    ],
)
def test_the_published_fit_comes_out_of_the_whole_command(
    tmp_path: Path, left: Sequence[int], alpha: float, beta: float
) -> None:
    """Fader & Hardie (2007), tables 1 to 3: 1000 customers over 7 renewals, here months."""
    ends = dict(enumerate(left, 1))
    found = ltvcli.calc(written(tmp_path, cohort(ends, 1000 - sum(left))), horizon="12mo")

    survival = [1.0]
    for renewal in range(1, 13):
        survival.append(survival[-1] * (beta + renewal - 1) / (alpha + beta + renewal - 1))
    table = found.tables["survival"]
    assert [row["projected"] for row in table[:11]] == pytest.approx(survival[1:12], rel=2e-4)
    sbg = next(one for one in found.methods if one.method == "sbg")
    assert sbg.horizon == 12
    assert found.horizon == 7
    # Age months are 30.436875 days, so January to July pay a little more or less than ten.
    assert sbg.ltv == pytest.approx(10 * sum(survival[:12]), rel=5e-3)


@pytest.mark.skipif(not COHORTS.exists(), reason="no shared data")
@pytest.mark.parametrize(("name", "left"), [("highend", HIGH_END), ("regular", REGULAR)])
def test_the_published_cohorts_are_those_typed_here(name: str, left: Sequence[int]) -> None:
    with COHORTS.open() as file:
        rows = [one for one in csv.DictReader(file) if one["cohort"] == name]

    assert [sum(int(float(one["recency"])) == t for one in rows) for t in range(1, 8)] == list(left)


def test_yearly_plans_renew_once_a_year(tmp_path: Path) -> None:
    ends = {12: 30, 24: 10}
    found = ltvcli.calc(written(tmp_path, cohort(ends, 60, date(2022, 1, 1)), "year"))
    table = found.tables["survival"]

    assert [(row["age_month"], row["at_risk"], row["ended"]) for row in table[:2]] == [
        (12, 100, 30),
        (24, 70, 10),
    ]
    assert not [one for one in found.findings if one.check == "plans-mixed"]
    first = next(one for one in found.methods if one.method == "sbg")
    assert first.ltv is not None


@pytest.mark.parametrize(("interval", "horizon"), [("month", "1mo"), ("year", "12mo")])
def test_up_to_the_first_renewal_everybody_is_there(
    tmp_path: Path, interval: str, horizon: str
) -> None:
    path = written(tmp_path, cohort({12: 30, 24: 10}, 60, date(2022, 1, 1)), interval)
    found = ltvcli.calc(path, horizon=horizon)

    sbg = next(one for one in found.methods if one.method == "sbg")
    assert sbg.ltv == pytest.approx(10, rel=1e-2)
    assert found.tables["lifetime"][0]["expected_months"] == found.horizon


def test_monthly_and_yearly_plans_together_are_reported(tmp_path: Path) -> None:
    path = Path(written(tmp_path, cohort({1: 20, 2: 10}, 60)))
    with path.open("a") as file:
        file.writelines(f"y{n},2024-01-01,,120,year\n" for n in range(30))
    found = ltvcli.calc(path, as_of="2024-06-30")

    assert "plans-mixed" in [one.check for one in found.findings]
    assert found.tables["survival"][0]["age_month"] == 1


def test_past_the_data_only_renewals_go_on(engine: Any) -> None:
    near, far = (worth(engine, FORTY, JUNE, horizon=months) for months in (5.0, 60.0))

    assert far.horizon == near.horizon == 5
    for one, other in zip(near.methods, far.methods, strict=True):
        assert (one == other) is (one.method != "sbg"), one.method
    assert far.methods[-1].horizon == 60
    assert near.methods[-1].horizon == 5
    assert far.methods[-1].ltv > near.methods[-1].ltv  # type: ignore[operator]
    assert near.subscribers
    assert near.subscribers.projected is None
    assert far.subscribers
    assert far.subscribers.projected == 60


def test_without_a_model_nothing_goes_past_the_data(engine: Any) -> None:
    no_customer_left = cohort({}, stay=40)
    found = worth(engine, no_customer_left, JUNE)

    assert [one.method for one in found.methods] == ["arpu-churn", "basic", "ec", "observed"]
    assert found.subscribers
    assert found.subscribers.unfitted == "no customer churned"
    assert found.figures.churn
    assert found.figures.churn.source is Source.ASSUMED
    assert found.figures.churn.value == pytest.approx(3 / 200)
    with pytest.raises(HorizonPastDataError):
        worth(engine, no_customer_left, JUNE, horizon=60.0)


def test_who_left_but_nobody_knows_when_counts_over_all_months(engine: Any) -> None:
    facts = gathered(engine, FORTY, JUNE, dated=False)
    found = answer(Settings(), facts)
    lifetimes = facts.lifetimes

    assert found.figures.churn
    expected = 16 / float((lifetimes.customers * lifetimes.life_months).sum())
    assert found.figures.churn.value == pytest.approx(expected)
    assert found.subscribers
    assert found.subscribers.churn_months is None


def test_given_numbers_beat_measured_ones(engine: Any) -> None:
    found = points(worth(engine, FORTY, JUNE, arpu=20.0, churn=0.05, lifespan=20.0))

    assert found["basic"] == 20 * 20
    assert found["arpu-churn"] == pytest.approx(20 / 0.05)


@pytest.mark.slow
def test_retention_cost_falls_on_the_months_customers_are_there(engine: Any) -> None:
    free, dear = (
        worth(engine, FORTY, JUNE, retention_cost=cost, horizon=5.0) for cost in (0.0, 12.0)
    )
    plain, less = points(free), points(dear)

    there = [1.0] + [row["projected"] for row in free.tables["survival"][:4]]  # type: ignore[list-item]
    assert plain["sbg"] - less["sbg"] == pytest.approx(sum(there))  # type: ignore[arg-type]
    assert plain["ec"] - less["ec"] == pytest.approx(plain["lifespan"])


def test_leaving_customers_are_counted_apart(engine: Any) -> None:
    soon = date(2024, 7, 10)
    history = [
        *FORTY,
        Stretch("ends", date(2024, 1, 1), soon, Decimal(7)),
        Stretch("asked", date(2024, 1, 1), None, Decimal(5), asked=date(2024, 6, 20)),
        Stretch("half", date(2024, 1, 1), soon, subscription="one"),
        Stretch("half", date(2024, 1, 1), None, subscription="two"),
    ]
    found = worth(engine, history, JUNE).subscribers

    assert found
    assert (found.leaving, found.leaving_mrr) == (2, 12.0)


@pytest.mark.slow
def test_after_everybody_left_there_is_no_arpu_but_a_churn(engine: Any) -> None:
    found = worth(engine, cohort({2: 30, 3: 10}, stay=0), JUNE, margin=0.5)

    assert found.figures.arpu is None
    assert found.figures.churn
    assert found.figures.churn.value == pytest.approx(40 / (40 + 40 + 10))
    assert points(found)["observed"] > 0
    assert [one.method for one in found.methods if one.ltv is None] == ["arpu-churn", "basic", "ec"]


def test_trials_alone_are_refused(engine: Any) -> None:
    with pytest.raises(NobodyPaidError):
        worth(engine, [Stretch("a", date(2024, 1, 1), state="trial")], JUNE)


@pytest.mark.parametrize("option", [{"lapse_after": "90d"}, {"from_": "2024-01-01"}])
def test_what_only_orders_have_is_refused(tmp_path: Path, option: dict[str, str]) -> None:
    with pytest.raises(TakesOrdersError):
        ltvcli.calc(written(tmp_path, FORTY), **option)


@pytest.mark.slow
def test_settings_for_orders_are_left_unchanged(tmp_path: Path) -> None:
    path = written(tmp_path, FORTY)
    (tmp_path / "ltv.yaml").write_text("lapse_after: 90d\nmargin: 50%\n")
    settings = config.resolve({}, {}, [path])

    assert calc.run([path], settings).given == {"margin": 0.5}


def test_orders_have_no_renewals() -> None:
    found = economics(shop(3, 60))

    assert [one.method for one in found.methods] == ["arpu-churn", "basic", "ec", "observed"]
    assert found.subscribers is None
    assert "survival" not in found.tables


def test_rising_churn_of_customers_is_reported_and_mere_differences_are_not(tmp_path: Path) -> None:
    """2%, 4%, 8%, 12%, 16%, 20% leave: sBG, whose churn never rises, overstates who stays."""
    tired = written(tmp_path, cohort(dict(enumerate((20, 39, 75, 104, 122, 128), 1)), 512))
    found = ltvcli.calc(tired, as_of="2024-08-01")
    told = next(one for one in found.findings if one.check == "duration-dependence")
    full, simple = (told.says.facts[name].value for name in ("full", "simple"))  # type: ignore

    assert "Churn rises with each renewal" in told.says.text
    # After seven months 512 of 1000 are there; a sixth renewal lost a fifth, the seventh nobody.
    assert full < simple
    regular = written(tmp_path, cohort(dict(enumerate(REGULAR, 1)), 1000 - sum(REGULAR)))
    checks = [one.check for one in ltvcli.calc(regular, as_of="2024-08-01").findings]
    assert "duration-dependence" not in checks


def test_a_model_without_a_comparison_gives_no_result(engine: Any) -> None:
    two_renewals_seen = worth(engine, cohort({1: 10, 2: 5}, stay=25), date(2024, 3, 15))
    unfitted = worth(engine, cohort({}, stay=40), JUNE)

    assert [one.method for one in two_renewals_seen.methods][-1] == "sbg"
    for found in (two_renewals_seen, unfitted):
        assert found.subscribers
        assert found.subscribers.duration is None
