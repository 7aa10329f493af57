"""What a claim is supported by: the data at a stated horizon, other claims, or a formula alone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

GREEN = "✓"


@pytest.fixture
def pottery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ninety customers who pay 24 each month for five to nine months; one in ten then leaves."""
    monkeypatch.chdir(tmp_path)
    last = date(2022, 11, 30)
    rows = ["sale,member,order date,paid"]
    for number in range(90):
        first = date(2022, 2, 20) + timedelta(days=number)
        orders = 2 if number % 10 == 0 else 12
        days = [first + timedelta(days=31 * month) for month in range(orders)]
        rows += [f"s{number}-{day},m{number},{day},24.00" for day in days if day <= last]
    Path("kiln.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return "kiln.csv"


def document(*typed: str) -> dict[str, Any]:
    words = ["audit", "--map", "customer=member", "--map", "amount=paid", *typed]
    done = CliRunner().invoke(app, [*words, "--format", "json"], prog_name="ltv")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def claims(**said: str) -> list[str]:
    return [word for key, text in said.items() for word in ("--claim", f"{key}={text}")]


def row(found: dict[str, Any], claim: str, source: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = found["tables"]["claims"]
    return next(one for one in rows if (one["claim"], one["source"]) == (claim, source))


def verdict(found: dict[str, Any]) -> str:
    return str(next(one["grade"] for one in found["says"] if one["label"] == "Verdict"))


def formula_ltv(file: str) -> str:
    """Give the LTV that the formula makes of the data, as one would claim it."""
    words = ["calc", file, "--map", "customer=member", "--map", "amount=paid", "--format", "json"]
    found = json.loads(CliRunner().invoke(app, words, prog_name="ltv").stdout)
    by = next(one for one in found["methods"] if one["method"] == "arpu-churn")
    return f"{by['ltv']:.2f}"


def test_formula_of_claims_never_earns_a_yes() -> None:
    found = document(*claims(ltv="400", arpu="10", margin="80%", churn="2%"))

    ltv = row(found, "ltv", "arpu x margin / churn")
    assert (ltv["agrees"], ltv["support"]) == (None, "formula")
    assert verdict(found) == "unsupported"


def test_capped_claims_agree_with_each_other() -> None:
    found = document(*claims(ltv="96", arpu="10", margin="80%", lifespan="12mo"))

    ltv = row(found, "ltv", "arpu x margin x lifespan")
    assert (ltv["agrees"], ltv["support"]) == (True, "claims")
    assert verdict(found) == "consistent"


def test_formula_of_data_never_earns_a_yes(pottery: str) -> None:
    claimed = formula_ltv(pottery)
    found = document(pottery, *claims(ltv=claimed))

    ltv = row(found, "ltv", "observed")
    assert (ltv["agrees"], ltv["support"]) == (None, "formula")
    assert ltv["recomputed"] < float(claimed) / 2
    assert 1 <= ltv["horizon"] <= 9
    (finding,) = (one for one in found["findings"] if one["check"] == "formula-only")
    assert "not supported by the data: ltv" in finding["says"]
    assert f"over {ltv['horizon']} months" in finding["says"]
    assert verdict(found) == "unsupported"


def test_observed_value_supports_a_claim(pottery: str) -> None:
    observed = row(document(pottery, *claims(ltv="1")), "ltv", "observed")["recomputed"]
    found = document(pottery, *claims(ltv=f"{observed:.2f}"))

    assert row(found, "ltv", "observed")["agrees"] is True
    assert verdict(found) == "supported"


def test_claim_that_neither_data_nor_formula_gives_is_contradicted(pottery: str) -> None:
    claimed = f"{10 * float(formula_ltv(pottery)):.2f}"
    found = document(pottery, *claims(ltv=claimed, cac="20", ltv_to_cac="99"))

    assert row(found, "ltv", "observed")["agrees"] is False
    assert verdict(found) == "contradicted"


def test_payback_before_the_data_ends_without_it_is_contradicted(pottery: str) -> None:
    found = document(pottery, *claims(payback="2.0mo", cac="400"))

    payback = row(found, "payback", "observed")
    assert (payback["agrees"], payback["recomputed"]) == (False, None)
    (finding,) = (one for one in found["findings"] if one["check"] == "claim-against-data")
    assert finding["says"].endswith("the CAC was not recovered in 8.0 months of data.")


def test_payback_past_the_data_is_not_supported(pottery: str) -> None:
    found = document(pottery, *claims(payback="40mo", cac="400"))

    payback = row(found, "payback", "observed")
    assert (payback["agrees"], payback["support"]) == (None, "none")
    assert verdict(found) == "unsupported"


@pytest.mark.parametrize("form", ["table", "md"])
def test_contradicted_pitch_has_no_check_mark(form: str) -> None:
    said = claims(ltv="90000", cac="9000", ltv_to_cac="4", margin="50%")
    page = CliRunner().invoke(app, ["audit", *said, "--format", form], prog_name="ltv").stdout
    graded = [line for line in page.splitlines() if any(sign in line for sign in "✓~!✗?")]

    assert "✗ Contradicted" in graded[0]
    assert GREEN not in page


def test_reading_in_revenue_has_no_check_mark() -> None:
    page = (
        CliRunner().invoke(app, ["audit", *claims(ltv="90000", cac="9000")], prog_name="ltv").stdout
    )

    assert "at most Healthy at 10.00 (revenue basis" in page
    assert GREEN not in page
