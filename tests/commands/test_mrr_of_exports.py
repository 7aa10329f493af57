"""MRR of small exports, worked out by hand, and the hints for files that can be misread."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from tests import effort

pytestmark = pytest.mark.sampled


class Shell:
    """A folder with one export in it, and `ltv` run there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        self.folder = folder
        self.documents: dict[tuple[str, ...], Any] = {}

    def write(self, *lines: str) -> None:
        (self.folder / "export.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.documents.clear()

    def run(self, *options: str) -> Any:
        """Return the document of `ltv mrr`, or the error; the same question is asked once."""
        if options not in self.documents:
            words = [word for option in options for word in shlex.split(option)]
            done = CliRunner().invoke(app, ["mrr", "export.csv", *words, "--format", "json"])
            self.documents[options] = json.loads(done.stdout or done.stderr)
        return self.documents[options]

    def mrr(self, *options: str) -> dict[str, float]:
        """Return MRR by month."""
        document = self.run(*options)
        assert "error" not in document, document
        return {row["month"]: row["closing"] for row in document["tables"]["movements"]}

    def finding(self, check: str, *options: str) -> str:
        """Return the sentence of a finding, "" if there is none."""
        findings = self.run(*options)["findings"]
        return next((finding["says"] for finding in findings if finding["check"] == check), "")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(tmp_path, monkeypatch)


@pytest.mark.slow
def test_statuses_of_payments_exclude_those_that_were_not_made(shell: Shell) -> None:
    shell.write(
        "client id,contract id,charge date,amount,billing cycle,status",
        "k1,n1,2025-01-07,40,monthly,Settled",
        "k1,n1,2025-02-07,40,monthly,Settled",
        "k2,n2,2025-02-09,25,monthly,Outstanding",
        "k3,n3,2025-02-11,30,monthly,Voided",
        "k4,n4,2025-02-12,35,monthly,Refunded",
        "k5,n5,2025-02-13,120,yearly,Settled",
        "k6,n6,2025-02-13,20,monthly,Open",
    )

    assert shell.mrr() == {"2025-01": 40.0, "2025-02": 50.0}


def test_states_of_subscriptions_in_a_file_of_payments_do_not_exclude_payments(
    shell: Shell,
) -> None:
    shell.write(
        "client id,charge date,amount,billing cycle,status",
        "k1,2025-01-07,40,monthly,live",
        "k2,2025-01-09,25,monthly,expired",
    )

    assert shell.mrr() == {"2025-01": 65.0}


@pytest.mark.parametrize("flag", ["in_trial", "Free Trial", "トライアル"])
def test_a_flag_of_trials_counts_beside_a_state(shell: Shell, flag: str) -> None:
    shell.write(
        f"member id,monthly fee,started on,status,{flag}",
        "m1,12,2025-03-01,live,0",
        "m2,15,2025-03-01,live,1",
    )

    assert shell.mrr() == {"2025-03": 12.0}


@pytest.mark.parametrize(("flag", "yes", "no"), [("Is Active", "Y", "N"), ("有効フラグ", "1", "0")])
def test_a_flag_of_active_subscriptions_is_the_state(
    shell: Shell, flag: str, yes: str, no: str
) -> None:
    shell.write(
        f"member id,monthly fee,started on,ended on,{flag}",
        f"m1,12,2025-03-01,,{yes}",
        f"m2,15,2025-03-01,2025-04-02,{no}",
        f"m3,18,2025-03-01,,{no}",
    )

    assert shell.mrr() == {"2025-03": 27.0, "2025-04": 12.0}
    assert "18 per month (end-missing)" in shell.finding("recurring-rows-excluded")


@pytest.mark.parametrize(
    "word", effort.nth(3, ["Total", "TOTAL 2025", "Grand total", "合計", "2025年度合計", "平均"])
)
def test_a_row_of_totals_is_no_customer(shell: Shell, word: str) -> None:
    shell.write(
        "member,monthly fee,started on",
        "Totally Mugs,12,2025-03-01",
        "m2,15,2025-03-01",
        f"{word},27,2025-03-01",
    )

    assert shell.mrr() == {"2025-03": 27.0}


@pytest.mark.parametrize(
    ("header", "cell", "mrr"),
    [
        ("monthly_total_cents", "1250", 12.5),
        ("MRR (k)", "3", 3000.0),
        ("月額（千円）", "4", 4000.0),
    ],
)
def test_the_scale_in_the_header_of_an_amount_counts(
    shell: Shell, header: str, cell: str, mrr: float
) -> None:
    shell.write(f"member id,{header},started on", f"m1,{cell},2025-03-01")

    assert shell.mrr(f'--map mrr="{header}"') == {"2025-03": mrr}


NAMED = (
    "member id,tier,amount,started on",
    "m1,Studio (yearly),240,2025-03-01",
    "m2,Studio (monthly),22,2025-03-01",
)


@pytest.mark.slow
def test_names_of_plans_give_the_interval_when_no_column_does(shell: Shell) -> None:
    shell.write(*NAMED)

    assert '--map interval="tier"' in shell.run()["error"]["hint"]
    assert shell.mrr('--map interval="tier"') == {"2025-03": 42.0}


@pytest.mark.slow
def test_a_typed_interval_that_names_of_plans_contradict_is_a_finding(shell: Shell) -> None:
    shell.write(*NAMED)

    assert shell.mrr("--map interval=month") == {"2025-03": 262.0}
    assert "Studio (yearly)" in shell.finding("intervals-differ", "--map interval=month")
    assert "Studio (yearly)" in shell.finding("intervals-differ", "--map mrr=amount")
    assert shell.finding("intervals-differ", "--map interval=tier") == ""


PERIODS = (
    "member id,amount,started on,current term start,current term end,trial end",
    "m1,240,2025-01-01,2025-01-01,2026-01-01,",
    "m2,22,2025-01-01,2025-03-01,2025-04-01,",
    "m3,14,2025-01-01,2025-03-02,2025-03-16,",
)


@pytest.mark.slow
def test_the_period_billed_last_gives_the_interval_when_no_column_does(shell: Shell) -> None:
    shell.write(*PERIODS)

    assert shell.mrr()["2025-03"] == pytest.approx(20 + 22 + 30.436875, abs=1e-4)


@pytest.mark.slow
def test_a_typed_interval_that_periods_contradict_is_a_finding(shell: Shell) -> None:
    shell.write(*PERIODS)

    says = shell.finding("intervals-differ", "--map interval=month")

    assert "in 2 of 3 rows. Leave out --map interval" in says


@pytest.mark.parametrize(
    ("header", "counted", "other"), [("fee", 90.0, "amount"), ("charge amount", 40.0, "price")]
)
def test_an_amount_next_to_a_quantity_gives_its_interpretation(
    shell: Shell, header: str, counted: float, other: str
) -> None:
    shell.write(
        f"member id,{header},licenses,billing cycle,started on",
        "m1,30,2,monthly,2025-03-01",
        "m2,10,3,monthly,2025-03-01",
    )
    flag = f'--map {other}="{header}"'

    assert shell.mrr() == {"2025-03": counted}
    assert flag in shell.finding("quantity-unclear")
    assert shell.mrr(flag) == {"2025-03": 130.0 - counted}
    assert shell.finding("quantity-unclear", flag) == ""


def test_a_price_per_seat_needs_no_finding(shell: Shell) -> None:
    shell.write(
        "member id,price per seat,seats,billing cycle,started on", "m1,30,2,monthly,2025-03-01"
    )

    assert shell.mrr() == {"2025-03": 60.0}
    assert shell.finding("quantity-unclear") == ""


def test_a_file_with_a_few_headers_of_stripe_is_read_by_usual_names(shell: Shell) -> None:
    shell.write(
        "customer_id,mrr,start_date,ended_at,status",
        "m1,30,2025-03-01,,active",
        "m2,10,2025-03-01,2025-04-01,canceled",
    )

    assert shell.mrr() == {"2025-03": 40.0, "2025-04": 30.0}


def test_what_was_paid_so_far_is_not_what_recurs(shell: Shell) -> None:
    shell.write("email,plan,revenue,start date", "a@example.com,monthly,150,2025-03-01")

    assert shell.run()["error"]["code"] == "missing-recurring-amount"


def test_a_cancelled_subscription_that_is_active_runs_on(shell: Shell) -> None:
    shell.write(
        "member id,monthly fee,started on,cancellation date,status",
        "m1,30,2025-03-01,,active",
        "m2,10,2025-03-01,2025-03-20,active",
        "m3,5,2025-03-01,2025-04-02,ended",
    )

    assert shell.mrr() == {"2025-03": 45.0, "2025-04": 40.0}
    assert "10 of MRR" in shell.finding("cancelled-already")


def test_an_expiry_of_every_active_subscription_is_the_day_until_which_it_is_paid(
    shell: Shell,
) -> None:
    shell.write(
        "member id,monthly fee,started on,expiration date,status",
        "m1,30,2025-03-01,2025-05-01,active",
        "m2,10,2025-03-01,2025-05-01,active",
        "m3,5,2025-03-01,2025-04-01,expired",
    )

    assert shell.mrr("--as-of 2025-06-30")["2025-06"] == 40.0
    assert shell.finding("cancelled-already") == ""


def test_a_subscription_that_does_not_renew_ends_on_its_expiry(shell: Shell) -> None:
    shell.write(
        "member id,monthly fee,started on,valid until,status,auto renew",
        "m1,30,2025-03-01,2025-05-01,active,yes",
        "m2,10,2025-03-01,2025-05-01,active,no",
    )

    assert shell.mrr("--as-of 2025-06-30")["2025-06"] == 30.0


@pytest.mark.slow
def test_the_headline_names_the_end_of_the_last_month_shown(shell: Shell) -> None:
    shell.write(
        "member id,monthly fee,started on,ended on",
        "m1,30,2025-03-01,",
        "m2,10,2025-03-01,2025-05-02",
    )
    done = CliRunner().invoke(app, ["mrr", "export.csv", "--to", "2025-04-10"])

    assert "40 from 2 paying customers, 20 each" in done.stdout.splitlines()[0]
    assert "at the end of 2025-04-30" in done.stdout


@pytest.mark.parametrize("header", ["State", "membership_state", "Current status", "会員区分"])
def test_a_column_of_known_states_is_the_state_whatever_it_is_called(
    shell: Shell, header: str
) -> None:
    shell.write(
        f"member id,monthly fee,started on,{header}",
        "m1,12,2025-03-01,live",
        "m2,15,2025-03-01,free trial",
        "m3,18,2025-03-01,on sabbatical",
    )

    assert shell.mrr() == {"2025-03": 12.0}
    assert "on sabbatical" in shell.finding("unknown-statuses")


@pytest.mark.slow
def test_a_state_of_an_address_is_no_state(shell: Shell) -> None:
    shell.write(
        "member id,monthly fee,started on,State", "m1,12,2025-03-01,CA", "m2,15,2025-03-01,NY"
    )

    assert shell.mrr() == {"2025-03": 27.0}


@pytest.mark.parametrize("header", ["movement type", "Event", "変更種別"])
def test_a_list_of_changes_of_mrr_is_refused(shell: Shell, header: str) -> None:
    shell.write(
        f"member id,{header},started on,mrr",
        "m1,new,2025-03-01,10",
        "m1,expansion,2025-04-01,20",
        "m2,new,2025-03-01,10",
        "m2,churn,2025-05-01,0",
    )

    assert shell.run()["error"]["code"] == "movements"


def test_a_type_of_new_and_renewed_subscriptions_is_no_list_of_changes(shell: Shell) -> None:
    shell.write("member id,type,started on,mrr", "m1,new,2025-03-01,10", "m2,renewal,2025-03-01,5")

    assert shell.mrr() == {"2025-03": 15.0}
