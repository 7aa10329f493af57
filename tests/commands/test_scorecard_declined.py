"""`ltv scorecard --declined`: an owner who did not sell is credited with what that saved."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.api.scorecard import ScorecardAnswer
from ltvcli.cli import app

TRUST = Path(__file__).parents[2] / "examples/trust"
AMOUNTS = ("avoided", "forgone", "net_saved")


@pytest.fixture(scope="module")
def card() -> ScorecardAnswer:
    return ltvcli.scorecard(
        TRUST / "subscriptions.csv",
        deals=TRUST / "deals.csv",
        declined=TRUST / "declined.csv",
        margin="75%",
        cac=450,
    )


@pytest.mark.slow
def test_it_is_the_analysis_of_risk(card: ScorecardAnswer) -> None:
    alone = ltvcli.risk(
        TRUST / "subscriptions.csv",
        customers=TRUST / "deals.csv",
        declined=TRUST / "declined.csv",
        margin="75%",
        cac=450,
    )

    assert card.tables["saved"] == alone.tables["saved"]
    assert [line for line in card.says if line.label == "Declined"] == [
        line for line in alone.says if line.label == "Declined"
    ]
    assert "declined-have-no-outcome" in [finding.check for finding in card.findings]
    assert [file.kind for file in card.inputs] == ["subscriptions", "deals", "declined"]


def test_owners_add_up_to_all(card: ScorecardAnswer) -> None:
    everyone, *owners = card.tables["saved"]

    assert everyone["owner"] is None
    assert len({row["owner"] for row in owners}) == 12
    assert sum(row["declined"] for row in owners) == everyone["declined"] == 130
    for name in AMOUNTS:
        assert sum(row[name] for row in owners) == pytest.approx(everyone[name])
    for row in (everyone, *owners):
        assert row["avoided"] - row["forgone"] == pytest.approx(row["net_saved"])


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "What declining saved"), ("ja", "断ったことによる節約")]
)
def test_every_page_credits_the_owners(card: ScorecardAnswer, lang: str, title: str) -> None:
    for written in ("table", "md", "html"):
        page = card.to_text(written, lang)
        assert title in page
        assert "Jonas" in page


@pytest.fixture
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a company of 80 customers, of whom few left."""
    monkeypatch.chdir(tmp_path)
    months = [f"{2025 + n // 12}-{1 + n % 12:02}" for n in range(20)]
    customers = [(f"C{n}", f"{months[n % 20]}-{1 + n % 28:02}", n) for n in range(80)]
    rows = [f"{c},{d},{'2026-09-01' if n % 9 == 0 else ''},10,month\n" for c, d, n in customers]
    Path("subscriptions.csv").write_text("customer,start,end,amount,interval\n" + "".join(rows))
    rows = [f"D{n},{c},Ann,{d},{n % 5}\n" for c, d, n in customers]
    Path("deals.csv").write_text("deal,account,owner,signed,seats\n" + "".join(rows))
    Path("declined.csv").write_text("prospect,owner,seats\nP1,Ann,1\nP2,Bob,2\nP3,Ann,9\nP4,,1\n")


def small(*typed: str) -> Result:
    return CliRunner().invoke(app, ["scorecard", "subscriptions.csv", *typed])


@pytest.mark.slow
@pytest.mark.usefixtures("_small")
def test_without_a_score_declines_are_counted_and_no_money_is_claimed() -> None:
    typed = ("--deals", "deals.csv", "--map", "deal_customer=account", "--declined", "declined.csv")
    done = small(*typed, "--format", "json")
    document = json.loads(done.stdout)

    rows = document["tables"]["saved"]
    assert {row["owner"]: row["declined"] for row in rows} == {None: 4, "": 1, "Ann": 2, "Bob": 1}
    assert {row[name] for row in rows for name in AMOUNTS} == {None}
    page = " ".join(small(*typed).stdout.split())
    assert "4 prospects were declined; what that saved is not known" in page
    assert "no CAC still to spend was given" in page
    assert "no CAC still to spend" not in " ".join(small(*typed, "--cac", "5").stdout.split())


@pytest.mark.usefixtures("_small")
def test_without_a_file_of_what_was_known_it_is_asked_for() -> None:
    done = small("--declined", "declined.csv")

    assert done.exit_code == 2
    assert "--customers customers.csv" in done.stderr


@pytest.mark.usefixtures("_small")
def test_without_scikit_learn_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    done = small("--deals", "deals.csv", "--declined", "declined.csv")

    assert done.exit_code == 2
    assert "ltv scorecard --declined needs scikit-learn" in done.stderr
    assert "pip install 'ltvcli[risk]'" in done.stderr
    assert small("--brief").exit_code == 0
