"""`ltv whatif` from the command line and from Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import OutputIsInputError, TwoKindsError

pytestmark = pytest.mark.sampled

NUMBERS = ("--arpu", "10000", "--churn", "5%..4%", "--cac", "60000", "--margin", "60%")
STAGES = ("seed", "growth", "scale")
GOLDEN = Path(__file__).parents[1] / "golden/whatif-orders"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ltv(*typed: str) -> Result:
    return CliRunner().invoke(app, ["whatif", *typed], prog_name="ltv")


def document(*typed: str) -> dict[str, Any]:
    done = ltv(*typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("numbers", [NUMBERS, (str(GOLDEN / "orders.csv"), "--aov", "+5")],
                         ids=["numbers", "orders"])  # fmt: skip
def test_no_figure_depends_on_the_stage(numbers: tuple[str, ...]) -> None:
    plain = document(*numbers)
    for stage in STAGES:
        staged = document(*numbers, "--stage", stage)

        assert staged["tables"] == plain["tables"]
        assert staged["says"] == plain["says"]
        extra = [one for one in staged["findings"] if one not in plain["findings"]]
        assert [one["check"] for one in extra] == ["stage"]
        assert extra[0]["says"].startswith(stage.capitalize())


@pytest.mark.parametrize(
    "typed", [("--cac", "-10%"), ("--cac=-10%",), ("--cac", "60000..54000")],
    ids=["a minus is no option", "with an equals sign", "with dots"],
)  # fmt: skip
def test_a_change_is_typed_like_any_value(typed: tuple[str, ...]) -> None:
    rest = ("--arpu", "10000", "--churn", "5%")
    Path("ltv.yaml").write_text("cac: 60000\n", "utf-8")

    last = document(*rest, *typed)["tables"]["levers"][-1]
    assert last["ltv_to_cac"] == pytest.approx(200_000 / 54_000)


def test_a_value_in_ltv_yaml_is_where_a_change_begins() -> None:
    Path("ltv.yaml").write_text("arpu: 10000\nchurn: 5%\n", "utf-8")

    rows = document("--churn", "..4%")["tables"]["levers"]
    assert [one["ltv"] for one in rows] == [200_000, pytest.approx(250_000), pytest.approx(250_000)]


def test_without_a_cac_then_no_ratio_is_shown() -> None:
    found = document("--arpu", "10000", "--churn", "5%", "--cac", "60000..0")["says"]

    assert "0.00" not in found[0]["says"]
    assert found[0]["says"].startswith("LTV stays 200,000")


def test_warnings_of_calc_appear_here_too() -> None:
    checks = [one["check"] for one in document("--arpu", "100", "--churn", "5%..4%")["findings"]]

    assert "margin-assumed" in checks
    assert "cac-missing" in checks


def test_the_next_command_is_this_one_and_a_memo() -> None:
    orders = str(GOLDEN / "orders.csv")
    found = document(orders, "--aov", "+5", "--stage", "seed")

    assert found["next_command"] == (
        f"ltv whatif {orders} --stage seed --aov +5 --format md --out whatif.md"
    )
    assert found["provenance"]["given"]["change.aov"] == "+5"


def test_initiatives_of_a_file_join_those_of_ltv_yaml() -> None:
    plan = "name: {}, lever: cac, change: -5%, cost: 1, feasibility: 3"
    Path("ltv.yaml").write_text(f"initiatives:\n- {{{plan.format('A')}}}\n", "utf-8")
    Path("plan.csv").write_text("name,lever,change,cost,feasibility\nB,churn,-5%,1,3\n", "utf-8")

    rows = document(*NUMBERS, "--initiatives", "plan.csv")["tables"]["priorities"]
    assert {one["name"] for one in rows} == {"A", "B"}


def test_initiatives_are_not_written_over() -> None:
    Path("plan.csv").write_text("name,lever,change,cost,feasibility\nB,churn,-5%,1,3\n", "utf-8")
    done = ltv(*NUMBERS, "--initiatives", "plan.csv", "--out", "plan.csv")

    assert done.exit_code == OutputIsInputError.exit_code
    assert "plan.csv" in done.stderr


def test_orders_and_subscriptions_are_asked_one_by_one() -> None:
    subscriptions = GOLDEN.parent / "whatif-subscriptions/subscriptions.csv"
    done = ltv(str(GOLDEN / "orders.csv"), str(subscriptions))

    assert done.exit_code == TwoKindsError.exit_code
    assert "ltv whatif takes either orders or subscriptions, not both" in done.stderr


@pytest.mark.slow
def test_cac_may_come_from_a_file_of_spend() -> None:
    Path("spend.csv").write_text(
        "Date,Spend\n" + "".join(f"2025-{month:02}-01,200\n" for month in range(1, 13)), "utf-8"
    )
    typed = (str(GOLDEN / "orders.csv"), "--spend", "spend.csv")
    done = CliRunner().invoke(app, ["calc", *typed, "--format", "json"], prog_name="ltv")
    calc = json.loads(done.stdout)
    rows = document(*typed, "--cac", "+100%")["tables"]["levers"]

    assert rows[0]["ltv_to_cac"] == calc["verdict"]["ltv_to_cac"]
    assert rows[1]["ltv_to_cac"] == pytest.approx(rows[0]["ltv_to_cac"] / 2)


def test_changes_can_be_asked_from_python() -> None:
    found = ltvcli.whatif(
        arpu=10_000, churn="5%->4%", cac=60_000, margin=0.6, budget=600_000.0,
        elasticities={"cac": {"budget": 0.5}},
        initiatives=[
            {"name": "Ads", "lever": "budget", "change": "+21%", "cost": 0, "probability": 0.5}
        ],
    )  # fmt: skip

    assert found.after.ltv_to_cac == pytest.approx(150_000 / 60_000)
    assert found.tables["priorities"][0]["name"] == "Ads"
    assert list(found.to_pandas()["lever"]) == ["none", "churn", "all"]
    assert found.to_text().startswith("LTV            120,000 → 150,000")


def test_the_same_bytes_every_time() -> None:
    typed = (str(GOLDEN / "orders.csv"), "--churn", "-10%", "--cac", "25+10%", "--growth", "5%")

    assert ltv(*typed, "--format", "json").stdout == ltv(*typed, "--format", "json").stdout


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    done = ltv(str(GOLDEN / "orders.csv"), "--cac", "25+10%", "--churn", "-10%", "--growth", "5%")

    wide = [line for line in done.stdout.splitlines() if len(line) > width]
    assert [line for line in wide if " ltv " not in line] == []


def test_a_cac_that_is_linked_to_measured_churn_moves_with_it() -> None:
    links = {"cac": {"churn": 0.5}}
    report = ltvcli.whatif(
        str(GOLDEN / "orders.csv"), cac=40, margin=0.55, churn="-20%", elasticities=links
    )
    (row,) = report.tables["linked"]
    assert row["value_after"] == pytest.approx(40 * 0.8**0.5)
    after = report.tables["levers"][-1]
    assert after["ltv_to_cac"] == pytest.approx(after["ltv"] / row["value_after"])
    assert after["ltv_to_cac_low"] < after["ltv_to_cac"] < after["ltv_to_cac_high"]
