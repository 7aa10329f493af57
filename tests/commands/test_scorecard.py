"""`ltv scorecard` as typed: the team that burns trust, formats, errors."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from tests import effort

pytestmark = pytest.mark.sampled

TRUST = Path(__file__).parents[2] / "examples" / "trust"
REVIEW = TRUST.parent / "review"
SUBSCRIPTIONS = str(TRUST / "subscriptions.csv")
BESIDE = ("--survey", str(TRUST / "nps.csv"), "--deals", str(TRUST / "deals.csv"))
QUARTER = ("--period", "quarter")


def ltv(*typed: str) -> Result:
    return CliRunner().invoke(app, ["scorecard", *typed], env={"COLUMNS": "80"})


@pytest.fixture(scope="module")
def by_team() -> dict[str, Any]:
    answered = ltv(SUBSCRIPTIONS, *BESIDE, "--by", "team", *QUARTER, "--format", "json")
    assert answered.exit_code == 0, answered.stderr
    document: dict[str, Any] = json.loads(answered.stdout)
    return document


def test_the_first_sentence_names_the_team_that_burns_trust(by_team: dict[str, Any]) -> None:
    first = by_team["says"][0]

    assert first["label"] == "Scorched earth"
    assert first["says"].startswith("“West”: 123 new customers in 2026-Q2 instead of 69, but 61.0%")
    assert "lifetime value lost (95% CI 56,400–107,869)" in first["says"]
    assert "scorched-earth" in [finding["check"] for finding in by_team["findings"]]


def test_only_that_team_is_named(by_team: dict[str, Any]) -> None:
    burnt = {row["owner"]: row["scorched_earth"] for row in by_team["tables"]["cohorts"]}

    assert burnt == {None: True, "West": True, "North": False, "South": False}


@pytest.mark.slow
def test_owners_of_the_team_differ_by_owner() -> None:
    answered = ltv(SUBSCRIPTIONS, *BESIDE, "--by", "owner", *QUARTER, "--format", "json")
    rows = json.loads(answered.stdout)["tables"]["cohorts"]
    burnt = {row["owner"] for row in rows if row["scorched_earth"] and row["owner"]}

    assert burnt
    assert burnt <= {"Ines", "Jonas", "Kofi", "Lena"}


def test_tiles_have_both_sides_and_all_groups(by_team: dict[str, Any]) -> None:
    tiles = by_team["tables"]["tiles"]
    keys = {"side", "tile", "owner", "value", "low", "high", "previous", "last_year", "target",
            "signal"}  # fmt: skip

    assert keys <= set(tiles[0])
    assert {tile["side"] for tile in tiles} == {"front", "trust"}
    assert {tile["owner"] for tile in tiles} == {None, "North", "South", "West"}
    nps = {tile["owner"]: tile["value"] for tile in tiles if tile["tile"] == "nps"}
    assert nps["West"] < 0 < min(nps["North"], nps["South"])


def test_new_customers_of_the_groups_add_up(by_team: dict[str, Any]) -> None:
    new = {
        tile["owner"]: tile["value"]
        for tile in by_team["tables"]["tiles"]
        if tile["tile"] == "new_customers"
    }

    assert new.pop(None) == sum(new.values())


def test_waves_count_who_answered_and_who_left(by_team: dict[str, Any]) -> None:
    rows = by_team["tables"]["nps"]
    wave = next(row for row in rows if row["wave"] == "2026-Q2" and row["owner"] is None)

    assert (wave["promoters"], wave["passives"], wave["detractors"]) == (175, 214, 112)
    assert wave["nps"] == pytest.approx(100 * (175 - 112) / 501)
    assert 0.3 < wave["response_rate"] < 0.45
    assert wave["left_since"] / wave["customers"] > wave["left_among_answers"] / 501


def test_scores_predict_who_stays_here(by_team: dict[str, Any]) -> None:
    groups = {row["group"]: row for row in by_team["tables"]["scores"]}

    assert groups["detractors"]["kept"] < groups["promoters"]["kept"]
    assert groups["detractors"]["p_kept"] < 0.05
    assert any("it predicts who stays" in line["says"] for line in by_team["says"])


@pytest.mark.slow
def test_before_the_team_began_nothing_is_raised() -> None:
    answered = ltv(SUBSCRIPTIONS, *BESIDE, "--by", "team", *QUARTER, "--as-of", "2026-03-31",
                   "--format", "json")  # fmt: skip
    rows = json.loads(answered.stdout)["tables"]["cohorts"]

    assert not any(row["scorched_earth"] for row in rows)


@pytest.mark.slow
def test_orders_by_channel_need_neither_deals_nor_survey() -> None:
    answered = ltv(str(REVIEW / "orders.csv"), "--spend", str(REVIEW / "spend.csv"), "--by",
                   "channel", "--format", "json")  # fmt: skip
    document = json.loads(answered.stdout)

    owners = {tile["owner"] for tile in document["tables"]["tiles"]}
    assert owners == {None, "organic", "search", "social"}
    assert document["tables"]["nps"] == []
    cac = {
        tile["owner"]: tile["value"]
        for tile in document["tables"]["tiles"]
        if tile["tile"] == "cac"
    }
    assert set(cac) == {None, "search", "social"}


def test_refunds_of_a_cohort_are_counted(tmp_path: Path) -> None:
    """Every second order of June 2026 was paid back by a half; none before."""
    lines = ["customer,date,total,refund"]
    for month in range(1, 10):
        for number in range(40):
            refund = 5 if month == 6 and number % 2 else 0
            lines.append(f"c{month}-{number},2026-{month:02}-{1 + number % 28:02},10,{refund}")
    lines.append("last,2026-10-31,10,0")
    orders = tmp_path / "orders.csv"
    orders.write_text("\n".join(lines) + "\n", "utf-8")
    document = json.loads(ltv(str(orders), "--as-of", "2026-09-28", "--format", "json").stdout)

    (row,) = document["tables"]["cohorts"]
    assert (row["cohort"], row["refunds"], row["refunds_before"]) == ("2026-06", 0.25, 0.0)
    assert (row["discounts"], row["discounts_before"]) == (None, None)


def reductions(lines: list[str], folder: Path, *typed: str) -> tuple[float | None, ...]:
    """Return discounts, discounts before, refunds and refunds before of the cohort of June 2026."""
    file = folder / "export.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    done = ltv(str(file), "--as-of", "2026-09-28", "--format", "json", *typed)
    (row,) = json.loads(done.stdout)["tables"]["cohorts"]
    assert row["cohort"] == "2026-06"
    return tuple(row[key] for key in ("discounts", "discounts_before", "refunds", "refunds_before"))


def test_discounts_of_orders_are_a_share_of_list_prices(tmp_path: Path) -> None:
    """The total of June is what is left of 10 after a discount of 4; codes are no amounts."""
    lines = ["customer,date,total,coupon code,discount"]
    for month in range(1, 10):
        for number in range(40):
            cells = "6,JUNE,4" if month == 6 else "10,,0"
            lines.append(f"c{month}-{number},2026-{month:02}-{1 + number % 28:02},{cells}")

    assert reductions(lines, tmp_path, "--map", "amount=total") == (0.4, 0.0, None, None)


@pytest.mark.parametrize(
    ("header", "cells"), [("Discount Amount", ("4", "4")), ("Lineitem discount", ("1", "3"))]
)
def test_a_discount_that_lines_repeat_counts_once(
    header: str, cells: tuple[str, str], tmp_path: Path
) -> None:
    """Each order has two lines, and stands on both with its total of 6, less a discount of 4."""
    lines = [f"order,customer,date,order total,product,{header}"]
    for month in range(1, 10):
        for number in range(40):
            day = f"2026-{month:02}-{1 + number % 28:02}"
            taken = cells if month == 6 else ("0", "0")
            for product, discount in zip("ab", taken, strict=True):
                lines.append(f"{month}-{number},c{month}-{number},{day},6,{product},{discount}")

    assert reductions(lines, tmp_path, "--map", "order_total=order total")[:2] == (0.4, 0.0)


@pytest.mark.slow
def test_of_subscriptions_customers_with_a_refund_count(tmp_path: Path) -> None:
    """A quarter of the customers of June was paid back, and paid 30% less than the list price."""
    lines = ["customer,start,end,amount,interval,discount percent,refunded amount"]
    for month in range(1, 10):
        for number in range(40):
            day = f"2026-{month:02}-{1 + number % 28:02}"
            taken = f"30,{5 if number % 4 == 0 else ''}" if month == 6 else "0,"
            lines.append(f"c{month}-{number},{day},,10,month,{taken}")

    shares = reductions(lines, tmp_path)
    assert shares == (pytest.approx(0.3), 0.0, 0.25, 0.0)
    assert reductions([line.rpartition(",")[0] for line in lines], tmp_path)[2:] == (None, None)


@pytest.mark.slow
def test_a_survey_of_orders_counts_who_ordered_again(tmp_path: Path) -> None:
    orders = (REVIEW / "orders.csv").read_text("utf-8").splitlines()[1:]
    customers = sorted({line.split(",")[1] for line in orders})
    lines = ["customer id,date,How likely are you to recommend us?"]
    lines += [f"{name},2026-05-{1 + n % 28:02},{n % 11}" for n, name in enumerate(customers[:900])]
    survey = tmp_path / "nps.csv"
    survey.write_text("\n".join(lines) + "\n", "utf-8")
    answered = ltv(str(REVIEW / "orders.csv"), "--survey", str(survey), "--format", "json")
    document = json.loads(answered.stdout)

    (wave,) = document["tables"]["nps"]
    assert wave["wave"] == "2026-05"
    assert wave["promoters"] + wave["passives"] + wave["detractors"] == 900
    assert any("does not predict who stays" in line["says"] for line in document["says"])


@pytest.mark.parametrize("written", effort.family(["md", "csv", "html", "json"], "csv", "html"))
def test_every_format_is_written(written: str, tmp_path: Path) -> None:
    out = tmp_path / f"scorecard.{written}"
    answered = ltv(SUBSCRIPTIONS, *BESIDE, "--by", "team", *QUARTER, "--format", written, "--out",
                   str(out))  # fmt: skip

    assert answered.exit_code == 0, answered.stderr
    text = out.read_text("utf-8")
    assert "West" in text
    assert "nps" in text.lower()


@pytest.mark.slow
def test_japanese_gives_the_same_answer() -> None:
    answered = ltv(SUBSCRIPTIONS, *BESIDE, "--by", "team", *QUARTER, "--lang", "ja")

    assert answered.stdout.startswith("焼き畑")
    assert "West" in answered.stdout


@pytest.mark.slow
def test_targets_on_results_only_are_a_double_standard(tmp_path: Path) -> None:
    for name in ("subscriptions.csv", "nps.csv"):
        (tmp_path / name).write_bytes((TRUST / name).read_bytes())
    (tmp_path / "ltv.yaml").write_text("targets: {new_customers: 300, mrr: 200000}\n", "utf-8")
    typed = (str(tmp_path / "subscriptions.csv"), "--survey", str(tmp_path / "nps.csv"))
    document = json.loads(ltv(*typed, "--format", "json").stdout)

    assert "double-standard" in [finding["check"] for finding in document["findings"]]
    targets = {tile["tile"]: tile["target"] for tile in document["tables"]["tiles"]}
    assert (targets["new_customers"], targets["nps"]) == (300, None)
    (tmp_path / "ltv.yaml").write_text("targets: {new_customers: 300, nps: 20}\n", "utf-8")
    document = json.loads(ltv(*typed, "--format", "json").stdout)
    assert "double-standard" not in [finding["check"] for finding in document["findings"]]


@pytest.mark.slow
def test_python_gives_the_same(by_team: dict[str, Any]) -> None:
    answer = ltvcli.scorecard(
        SUBSCRIPTIONS,
        survey=str(TRUST / "nps.csv"),
        deals=str(TRUST / "deals.csv"),
        by="team",
        period="quarter",
        margin=0.75,
    )

    assert answer.shifts[0].scorched
    assert len(answer.tables["tiles"]) == len(by_team["tables"]["tiles"])


@pytest.mark.slow
def test_rejects_name_the_lines_of_deals_and_answers(tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    ltv(SUBSCRIPTIONS, *BESIDE, *QUARTER, "--rejects", str(rejects))

    rows = [line.split(",") for line in rejects.read_text("utf-8").splitlines()[1:]]
    assert Counter((Path(row[0]).name, row[2]) for row in rows) == {
        ("deals.csv", "duplicate-deal"): 1,
        ("nps.csv", "earlier-answer"): 67,
    }


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("--by", "team"), "ltv scorecard"),
        (("--by", "country"), "--by"),
        (("--period", "week"), "--period"),
        (("--survey", SUBSCRIPTIONS), "--map survey_score"),
    ],
)
def test_an_error_suggests_what_to_type(typed: tuple[str, ...], says: str) -> None:
    answered = ltv(SUBSCRIPTIONS, *typed)

    assert answered.exit_code in (2, 3)
    assert says in answered.stderr
