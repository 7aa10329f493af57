"""`ltv experiment` from a file to the page, by the command line and by Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from tests.skipped import NO_DATA

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "examples/experiment/results.csv"
HILLSTROM = ROOT.parent / "shared/data/hillstrom_ab/hillstrom.csv"
PAID = ("--margin", "50%", "--cost-per-customer", "0.10")


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, ["experiment", *map(str, typed)], prog_name="ltv")


def document(*typed: object) -> Any:
    done = ltv(*typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def effects(*typed: object) -> dict[str, dict[str, Any]]:
    return {row["arm"]: row for row in document(*typed)["tables"]["effects"]}


@pytest.mark.skipif(not HILLSTROM.exists(), reason=NO_DATA)
def test_the_published_mail_test() -> None:
    asked = (HILLSTROM, "--arm", "segment", "--control", "no e-mail", "--outcome", "spend")
    found = document(*asked, *PAID)
    mens, womens = found["tables"]["effects"]

    assert found["tables"]["checks"][0]["value"] == pytest.approx(0.2025, abs=5e-5)
    ends = [mens[key] for key in ("effect", "se", "low", "high")]
    assert ends == pytest.approx([0.76983, 0.14525, 0.4851, 1.0545], abs=5e-5)
    assert womens["effect"] == pytest.approx(0.42441, abs=5e-6)
    assert (mens["verdict"], womens["verdict"]) == ("roll-out", "not-shown")
    assert "heavy-tails" in [finding["check"] for finding in found["findings"]]


def test_the_first_line_is_the_decision() -> None:
    done = ltv(RESULTS, "--outcome", "spend_usd", "--arm", "group", *PAID)

    assert done.exit_code == 0
    assert done.stdout.startswith("Decision  Roll out voucher: each customer brings $")


def test_effects_are_those_of_pandas() -> None:
    data = pd.read_csv(RESULTS)
    by_arm = data.groupby("group")["spend_usd"]
    means, squared_errors = by_arm.mean(), by_arm.var() / by_arm.size()
    found = effects(RESULTS, "--outcome", "spend_usd", "--arm", "group")

    for arm, row in found.items():
        assert row["effect"] == pytest.approx(means[arm] - means["holdout"], rel=1e-12)
        error = (squared_errors[arm] + squared_errors["holdout"]) ** 0.5
        assert row["se"] == pytest.approx(error, rel=1e-9)


def test_what_was_before_narrows_the_interval() -> None:
    asked = (RESULTS, "--outcome", "spend_usd", "--arm", "group")
    plain, freed = effects(*asked)["voucher"], effects(*asked, "--before", "before")["voucher"]

    assert freed["se"] < plain["se"]


def test_arms_that_are_not_comparable_have_no_effect(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    rows = "".join(f"{'holdout' if n < 200 else 'mail'},{n % 7}\n" for n in range(600))
    file.write_text(f"arm,spend\n{rows}", "utf-8")
    asked = (file, "--outcome", "spend")
    done, found = ltv(*asked), document(*asked)

    assert done.stdout.startswith("Decision    Do not use this result")
    assert found["tables"]["effects"] == []
    assert found["tables"]["checks"][0]["passed"] is False
    assert found["findings"][0]["severity"] == "error"
    split = ("--split", "holdout=1", "--split", "mail=2")
    assert document(*asked, *split)["tables"]["checks"][0]["passed"] is True


def test_a_difference_before_stops_the_verdict(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    rows = "".join(f"{'ab'[n % 2]},{n % 7},{n % 5 + n % 2}\n" for n in range(600))
    file.write_text(f"arm,spend,history\n{rows}", "utf-8")
    found = document(file, "--outcome", "spend", "--control", "a", "--before", "history")

    assert found["tables"]["effects"] == []
    assert [row["passed"] for row in found["tables"]["checks"]] == [True, False]


def test_zeros_and_ones_are_shares_of_customers(tmp_path: Path) -> None:
    file = tmp_path / "visits.csv"
    rows = "".join(f"{'ab'[n % 2]},{int(n % 10 < 3 + n % 2)}\n" for n in range(2000))
    file.write_text(f"arm,visit\n{rows}", "utf-8")
    found = document(file, "--outcome", "visit", "--control", "a", *PAID)

    assert found["basis"] is None
    (row,) = found["tables"]["effects"]
    assert (row["outcome_unit"], row["roi"], row["net"]) == ("rate", None, None)
    assert "worth-unknown" in [finding["check"] for finding in found["findings"]]


def test_the_next_command_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    command = document(RESULTS, "--arm", "group", "--outcome", "spend_usd", *PAID)["next_command"]
    program, *typed = shlex.split(command)

    assert program == "ltv"
    assert CliRunner().invoke(app, typed, prog_name="ltv").exit_code == 0
    assert "Roll out voucher" in (tmp_path / "experiment.md").read_text("utf-8")


def test_python_and_the_command_line_agree() -> None:
    options: dict[str, Any] = {"arm": "group", "outcome": "spend_usd", "margin": 0.5}
    answer = ltvcli.experiment(
        RESULTS,
        cost_per_customer=0.1,
        split={"holdout": 1, "voucher": 1, "letter": 1},
        **options,
    )
    found = effects(RESULTS, "--arm", "group", "--outcome", "spend_usd", *PAID)

    assert answer.to_dict()["tables"]["effects"] == list(found.values())
    assert list(answer.to_pandas()["verdict"]) == [row["verdict"] for row in found.values()]
    frame = ltvcli.experiment(pd.read_csv(RESULTS), cost_per_customer=0.1, **options)
    assert [row.decision for row in frame.effects] == [row.decision for row in answer.effects]


def test_a_run_can_be_recorded(tmp_path: Path) -> None:
    history = tmp_path / "history.db"
    done = ltv(
        RESULTS, "--arm", "group", "--outcome", "spend_usd", "--record", "--history", history
    )
    show = ["history", "show", "1", "--history", str(history), "--format", "json"]
    shown = json.loads(CliRunner().invoke(app, show).stdout)

    assert (done.exit_code, done.stderr) == (0, "")
    assert [row["arm"] for row in shown["tables"]["effects"]] == ["letter", "voucher"]


@pytest.mark.parametrize("peek", ["10", "x"])
def test_a_plan_smaller_than_the_file_is_refused(peek: str) -> None:
    done = ltv(RESULTS, "--arm", "group", "--outcome", "spend_usd", "--peek", peek)

    assert done.exit_code == 2
    assert "--peek" in done.stderr


def test_several_outcomes_are_adjusted_together(tmp_path: Path) -> None:
    """Of two arms and two outcomes, the smallest of four p-values is multiplied by four."""
    data = pd.read_csv(RESULTS)
    data["bought"] = (data["spend_usd"] > 0).astype(int)
    file = tmp_path / "results.csv"
    data.to_csv(file, index=False)
    asked = (file, "--arm", "group", "--outcome", "spend_usd", "--outcome", "bought", *PAID)
    rows = document(*asked)["tables"]["effects"]
    first = min(rows, key=lambda row: float(row["p_adjusted"]))

    assert [(row["outcome"], row["outcome_unit"]) for row in rows] == [
        ("spend_usd", "money"), ("spend_usd", "money"), ("bought", "rate"), ("bought", "rate"),
    ]  # fmt: skip
    assert [row["roi"] is None for row in rows] == [False, False, True, True]
    assert first["p_adjusted"] == pytest.approx(4 * first["p"], rel=0.5)
    by_arm = data.groupby("group")["bought"].mean()
    assert rows[2]["effect"] == pytest.approx(by_arm["letter"] - by_arm["holdout"])


def test_excluded_rows_of_results_are_written(tmp_path: Path) -> None:
    file, rejects = tmp_path / "results.csv", tmp_path / "rejects.csv"
    rows = "".join(f"{'ab'[n % 2]},{n % 7}\n" for n in range(200))
    file.write_text(f"arm,spend\n{rows},3\na,much\n", "utf-8")
    document(file, "--outcome", "spend", "--control", "a", "--rejects", rejects)

    assert rejects.read_text("utf-8").splitlines()[1:] == [
        f"{file},202,no-arm,,3",
        f"{file},203,amount-not-a-number,a,much",
    ]
