"""`ltv audit` from the command line and from Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import TwoCurrenciesError, UnknownClaimError

EXAMPLES = Path(__file__).parents[2] / "examples"
LIE = ("--claim", "ltv=80000", "--claim", "cac=20000", "--claim", "ltv_to_cac=5")


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in typed], prog_name="ltv")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param(LIE, 0, id="a contradiction is told, not punished"),
        pytest.param((*LIE, "--strict"), 1, id="unless that is asked for"),
        pytest.param(("--claim", "ltv=80000", "--strict"), 0, id="nothing found"),
    ],
)
def test_exit_codes(typed: tuple[str, ...], code: int) -> None:
    assert ltv("audit", *typed).exit_code == code


def test_what_is_only_worth_knowing_of_the_files_is_no_contradiction(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    rows = [f"c{n},2026-01-{n % 28 + 1:02},10" for n in range(60)] + [",2026-01-01,10"] * 30
    file.write_text("\n".join(["customer,date,amount", *rows, ""]), "utf-8")

    done = ltv("audit", "--claim", "customers=60", file, "--strict", "--format", "json")

    document = json.loads(done.stdout)
    assert [one["check"] for one in document["findings"]] == ["rows-set-aside"]
    assert document["says"][0]["says"] == "no inconsistencies in 1 claim"
    assert done.exit_code == 0


def test_a_document_is_complete() -> None:
    done = ltv("audit", *LIE, "--claim", "basis=margin", "--currency", "JPY", "--format", "json")

    document = json.loads(done.stdout)
    assert document["command"] == "audit"
    assert document["currency"] == "JPY"
    assert document["basis"] == "margin"
    assert document["provenance"]["given"] == {
        "currency": "JPY", "ltv": 80000, "cac": 20000, "ltv_to_cac": 5, "basis": "margin",
    }  # fmt: skip
    assert [one["check"] for one in document["findings"]] == ["ratio-does-not-follow"]
    ratio = next(one for one in document["tables"]["claims"] if one["claim"] == "ltv_to_cac")
    assert ratio["recomputed"] == 4
    assert ratio["agrees"] is False
    assert [one["reading"] for one in document["tables"]["readings"]] == ["flattering", "sober"]
    asked = [one["says"] for one in document["says"] if one["label"] == "Ask management"]
    assert asked[0] == "Which LTV and which CAC is this LTV/CAC based on?"


def test_the_next_command_repeats_the_options(tmp_path: Path) -> None:
    said = json.loads(ltv("audit", *LIE, "--format", "json").stdout)["next_command"]

    assert said == (
        "ltv audit --claim ltv=80000 --claim cac=20000 --claim ltv_to_cac=5 --format md --out "
        "audit.md"
    )


@pytest.mark.slow
def test_a_pitch_and_files_in_any_order() -> None:
    pitch, data = EXAMPLES / "pitch/honest.yaml", EXAMPLES / "saas/subscriptions.csv"

    assert ltv("audit", data, pitch).stdout == ltv("audit", pitch, data).stdout


def test_the_memo_is_not_written_over_the_pitch(tmp_path: Path) -> None:
    pitch = tmp_path / "pitch.yaml"
    pitch.write_text("ltv: 1\n", "utf-8")

    done = ltv("audit", pitch, "--out", pitch)

    assert done.exit_code == 2
    assert pitch.read_text("utf-8") == "ltv: 1\n"


def test_claims_can_be_audited_from_python() -> None:
    report = ltvcli.audit(claims={"ltv": 80_000, "cac": 20_000, "churn": 0.05, "age": 14})

    assert [one.check for one in report.findings] == ["lifetime-past-company"]
    assert list(report.to_pandas()["claim"])[:2] == ["ltv", "cac"]
    assert report.to_dict()["tables"]["claims"][0]["claimed"] == 80_000


def test_from_python_a_misspelt_claim_is_an_error() -> None:
    with pytest.raises(UnknownClaimError):
        ltvcli.audit(claims={"chrun": 0.05})


@pytest.mark.slow
def test_two_currencies_are_refused(tmp_path: Path) -> None:
    orders, subscriptions = tmp_path / "orders.csv", tmp_path / "subscriptions.csv"
    rows = [f"c{n},2026-01-{n + 1:02},10,EUR" for n in range(20)]
    orders.write_text("\n".join(["customer,date,amount,currency", *rows, ""]), "utf-8")
    rows = [f"c{n},2025-01-{n + 1:02},,10,month,USD" for n in range(20)]
    head = "customer,start date,end date,amount,interval,currency"
    subscriptions.write_text("\n".join([head, *rows, ""]), "utf-8")

    with pytest.raises(TwoCurrenciesError):
        ltvcli.audit(str(orders), str(subscriptions), claims={"ltv": 1})
