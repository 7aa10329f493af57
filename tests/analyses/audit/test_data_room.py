"""Claims compared with files: what agrees passes, and what files cannot show is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.pipeline import audit, calc, mrr
from ltvcli.results.audit import AuditReport
from ltvcli.settings.settings import Settings
from tests.mrr_reference import Stretch
from tests.subscribers import written

EXAMPLES = Path(__file__).parents[3] / "examples"
SAAS = str(EXAMPLES / "saas/subscriptions.csv")
SHOP = str(EXAMPLES / "shop/orders.csv")
CHECK = "claim-against-data"


def heard(file: str | list[str], **claims: str) -> AuditReport:
    files = [file] if isinstance(file, str) else file
    settings = Settings(map={"cost": "Cost"}) if file == SHOP else Settings()
    return audit.run(files, settings, [f"{key}={text}" for key, text in claims.items()])


def outside(report: AuditReport) -> list[str]:
    return [one.claim for one in report.compared if not one.agrees]


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A hundred customers at 50 from January 2024; one leaves on the first of each month
    from April.

    At the end of January 2025 there were 90, at that of July 2025 84, at that of January 2026 78.
    """
    begun, history = date(2024, 1, 1), []
    for n in range(100):
        end = date(2024 + (3 + n) // 12, (3 + n) % 12 + 1, 1) if n < 22 else None
        history.append(Stretch(f"c{n}", begun, end, amount=50))
    return written(tmp_path_factory.mktemp("hundred"), history)


# Six left in the half year, of 84, 83, 82, 81, 80 and 79.
CHURN = 6 / 489
BY_HAND = {
    "customers": ("78", "90", 78),
    "arpu": ("50.00", "60", 50),
    "mrr": ("3900", "4500", 78 * 50),
    "arr": ("46800", "54000", 12 * 78 * 50),
    "nrr": ("86.7%", "95%", 78 / 90),
    "grr": ("87%", "97%", 78 / 90),
    "age": ("25mo", "12mo", 25),
    "churn": ("1.2%", "0.1%", CHURN),
    "logo_churn": ("1%", "8%", CHURN),
    "churn_yearly": ("14%", "60%", 1 - (1 - CHURN) ** 12),
    "growth": (None, "3%", (78 / 84) ** (1 / 6) - 1),
}


def test_figures_of_subscriptions_by_hand(hundred: str) -> None:
    settings = Settings(as_of=date(2026, 1, 31))
    right = {key: text for key, (text, _, _) in BY_HAND.items() if text}
    wrong = {key: text for key, (_, text, _) in BY_HAND.items()}

    borne_out = audit.run([hundred], settings, [f"{key}={text}" for key, text in right.items()])
    refuted = audit.run([hundred], settings, [f"{key}={text}" for key, text in wrong.items()])

    assert outside(borne_out) == []
    assert CHECK not in [one.check for one in borne_out.findings]
    measured = {one.claim: one.value for one in refuted.compared}
    # From the 1st of January 2024 to the 31st of January 2026 are 762 days.
    assert measured.pop("age") == pytest.approx(762 / 30.436875)
    assert measured == pytest.approx(
        {key: value for key, (_, _, value) in BY_HAND.items() if key != "age"}
    )
    assert set(outside(refuted)) == set(BY_HAND)
    assert CHECK in [one.check for one in refuted.findings]


def figures() -> dict[str, tuple[float, float]]:
    """What `ltv calc` and `ltv mrr` allow; of an LTV, what was observed."""
    worth: Any = calc.run([SAAS], Settings(cac=450, margin=0.8))
    last = mrr.run([SAAS], Settings()).months[-1]
    low, high = next((one.low, one.high) for one in worth.methods if one.method == "observed")
    arpu, churn = worth.figures.arpu, worth.figures.churn
    return {
        "ltv": (low, high),
        "ltv_to_cac": (low / 450, high / 450),
        "arpu": (arpu.low, arpu.high),
        "churn": (churn.low, churn.high),
        "mrr": (last.closing, last.closing),
        "customers": (last.customers_closing, last.customers_closing),
    }


@pytest.mark.slow
def test_the_ends_are_those_of_calc_and_mrr() -> None:
    """A thousandth past an end is outside, a thousandth before it is not."""
    ends = figures()
    beside = {"cac": "450.00", "margin": "80.00%", "lifespan": "18.4mo"}
    for side in (0, 1):
        way = (-1, 1)[side] * 0.001
        past = {key: f"{span[side] * (1 + way):.6f}" for key, span in ends.items()}
        within = {
            key: f"{span[side] * (1 - way * (span[0] != span[1])):.6f}"
            for key, span in ends.items()
        }

        assert set(outside(heard(SAAS, **beside, **past))) == set(ends)
        assert outside(heard(SAAS, **beside, **within)) == []


def test_the_honest_example_is_borne_out() -> None:
    report = audit.run([str(EXAMPLES / "pitch/honest.yaml"), SAAS], Settings())

    assert len(report.compared) >= 9
    assert report.findings == ()


@pytest.mark.slow
def test_figures_of_orders() -> None:
    honest = {"margin": "58.7%", "aov": "42.65", "customers": "1653", "churn": "12.8%",
              "arpu": "17.5", "frequency": "4.4"}  # fmt: skip
    lies = {"margin": "75%", "aov": "60.00", "customers": "2500", "churn": "5%", "arpu": "25.0",
            "frequency": "9"}  # fmt: skip

    assert outside(heard(SHOP, **honest)) == []
    assert set(outside(heard(SHOP, **lies))) == set(lies)


def test_the_margin_of_the_data_values_customers_and_not_that_of_the_pitch() -> None:
    """The shop's costs are in its file: 58.7% are left, whatever is claimed."""
    report = heard(SHOP, margin="90%", cac="20", ltv="97")

    assert outside(report) == ["ltv", "margin"]
    assert report.room[0].grade == "healthy"


def test_an_ltv_in_revenue_is_held_against_revenue() -> None:
    """63.04 of margin at 58.7% are 107.5 of revenue."""
    assert outside(heard(SHOP, ltv="107", basis="revenue")) == []
    assert outside(heard(SHOP, ltv="63", basis="revenue")) == ["ltv"]


def test_numbers_of_settings_do_not_count_as_data() -> None:
    report = audit.run([SHOP], Settings(churn=0.05, arpu=1000, margin=0.9), ["churn=5%"])

    assert outside(report) == ["churn"]


@pytest.mark.slow
def test_both_kinds_of_files_are_asked() -> None:
    folder = Path(__file__).parents[2] / "golden/together"
    files = sorted(str(one) for one in folder.glob("*.csv"))

    report = heard(files, customers="3", mrr="1")

    assert {one.kind for one in report.inputs} == {"orders", "subscriptions"}
    assert len(report.room) == 2
    assert "mrr" in outside(report)


def test_what_was_set_aside_is_written(tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"

    report = audit.run([SHOP], Settings(), ["customers=1653"], rejects)

    (one,) = report.inputs
    lines = rejects.read_text("utf-8").splitlines()
    assert len(lines) - 1 >= sum(one.set_aside.values()) > 0


SPENT = Path(__file__).parents[2] / "golden/calc-spend"


def spent(**claims: str) -> AuditReport:
    settings = Settings(spend=tuple(str(SPENT / name) for name in ("google.csv", "others.csv")))
    said = [f"{key}={text}" for key, text in claims.items()]
    return audit.run([str(SPENT / "orders.csv")], settings, said)


@pytest.mark.slow
def test_a_cac_is_held_against_the_spend_on_those_who_were_paid_for() -> None:
    """3,460 of spend won 88 customers, 28 of whom came by themselves: 39 each, or 58 of the 60."""
    blended, paid = spent(cac="39.3", organic_share="10%"), spent(cac="58", organic_share="32%")

    assert set(outside(blended)) == {"cac", "organic_share"}
    assert outside(paid) == []
    (one, share) = paid.compared
    assert one.value == pytest.approx(57.67, abs=0.01)
    assert share.value == pytest.approx(28 / 88)
    assert "spend" in {one.kind for one in paid.inputs}


def test_the_data_room_is_judged_by_the_highest_cac_there_is() -> None:
    """59.08 of margin over the 57.67 of the spend, not over the 20 that are claimed."""
    report = spent(cac="20", margin="50%", ltv_to_cac="3.4")

    ratio = report.room[0].says.facts["ratio"]
    assert getattr(ratio, "value", None) == pytest.approx(59.08 / 57.67, rel=1e-3)
    assert outside(report) == ["cac", "ltv_to_cac"]
