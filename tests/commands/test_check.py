"""`ltv check`: from files and ltv.yaml to the page, the exit code and the messages."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.channels import _delivery
from ltvcli.cli import app
from ltvcli.errors import ConditionFigureError, NoRulesError
from tests.channels.servers import Web, running

FIRST = date(2025, 1, 1)
MONTHS = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(13)]
RULE = "{name: dear, when: cac > 15, severity: %s, for: %s, to: [%s]}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a shop of a year that wins 40 customers a month, and pays 400 a month for them.

    In December it pays 800.
    """
    chance = random.Random(1)
    lines = ["customer,date,amount,channel"]
    for number in range(480):
        day = MONTHS[number // 40] + timedelta(days=number % 28)
        while day < MONTHS[-1]:
            lines.append(f"c{number},{day},{chance.randrange(10, 90)},{('ads', 'web')[number % 2]}")
            day += timedelta(days=chance.randrange(15, 90))
    (tmp_path / "orders.csv").write_text("\n".join([*lines, ""]), "utf-8")
    spent = [f"{month},ads,{800 if month.month == 12 else 400}" for month in MONTHS[:-1]]
    (tmp_path / "spend.csv").write_text("\n".join(["month,channel,spend", *spent, ""]), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LTV_HISTORY", str(tmp_path / "history.db"))
    rules(RULE % ("error", "1", ""))
    return tmp_path


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Web.taken.clear()
    with running(Web) as address:
        monkeypatch.setenv("LTV_SLACK_URL", f"http://{address}/ok")
        yield f"http://{address}"


def rules(*written: str) -> None:
    Path("ltv.yaml").write_text("\n".join(["rules:", *(f"  - {rule}" for rule in written), ""]))


def ltv(as_of: str = "2025-12-31", *typed: str) -> Result:
    words = ["check", "orders.csv", "--spend", "spend.csv", "--as-of", as_of, *typed]
    return CliRunner().invoke(app, words, prog_name="ltv")


def rows(as_of: str = "2025-12-31") -> list[dict[str, Any]]:
    done = ltv(as_of, "--format", "json")
    assert done.exit_code in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["tables"]["rules"]
    return found


def told() -> list[str]:
    return [json.loads(body)["text"].splitlines()[0] for _, _, body in Web.taken]


@pytest.mark.parametrize(("severity", "code"), [("error", 1), ("warning", 0)])
def test_an_error_that_fires_is_the_exit_code(severity: str, code: int) -> None:
    rules(RULE % (severity, "1", ""))

    assert ltv("2025-11-30").exit_code == 0
    done = ltv()

    assert done.exit_code == code
    assert "1 of 1 rule fires" in done.stdout
    assert "CAC 20 (95% CI 12.96–25.50) in 2025-12" in done.stdout


@pytest.mark.slow
def test_a_rule_waits_for_its_runs() -> None:
    rules("{name: many, when: cac > 5, for: 3 runs}")

    states = [rows(f"2025-{day}")[0]["state"] for day in ("09-30", "09-30", "10-31", "11-30")]

    assert states == ["pending", "pending", "pending", "firing"]


def test_a_message_has_rule_month_certainty_amount_and_command(web: str) -> None:
    rules(RULE % ("error", "1", "slack"))

    assert rows()[0]["told"] == "slack"

    ((_, _, body),) = Web.taken
    subject, what, *more = json.loads(body)["text"].splitlines()
    assert subject == "*ltv: dear is firing*"
    assert what.startswith("dear: all customers: CAC")
    assert "sure that cac &gt; 15" in what
    assert more[0] == "Since: 2025-12 (1 month in a row)"
    assert more[1] == "Money: 200 per month less than at 15"  # 40 customers at 20 instead of 15
    assert "Details: ltv review orders.csv --spend spend.csv" in body


def test_a_change_is_reported_once(web: str) -> None:
    rules(RULE % ("error", "1", "slack"))

    for _ in range(3):
        ltv()

    assert told() == ["*ltv: dear is firing*"]


def test_an_alert_that_a_dead_channel_lost_is_sent_by_the_next_run(
    web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(RULE % ("error", "1", "slack"))
    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/dead")
    done = ltv()
    assert "Not delivered: slack (HTTP 500)" in done.stdout
    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/ok")
    Web.taken.clear()

    ltv()
    ltv()

    assert told() == ["*ltv: dear is firing*"]


def test_an_alert_is_sent_even_after_it_was_resolved(
    web: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(RULE % ("error", "1", "slack"))
    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/dead")
    ltv()
    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/ok")
    Web.taken.clear()

    ltv("2025-11-30")  # in which the CAC was 10

    assert told() == ["*ltv: dear is firing*", "*ltv: dear is resolved*"]


def test_a_slow_channel_does_not_keep_the_run(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(RULE % ("error", "1", "slack"))
    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/slow")
    monkeypatch.setattr(_delivery, "PATIENCE", 0.5)
    monkeypatch.setattr(_delivery.deliver, "__defaults__", (0.5,))

    done = ltv()

    assert done.exit_code == 1
    assert "Not delivered: slack (timed out)" in done.stdout


def test_no_connection_without_a_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)

    assert ltv().exit_code == 1


def test_a_secret_is_neither_shown_nor_kept(
    web: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(RULE % ("error", "1", "slack"))
    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/T0SECRET")

    done = ltv("2025-12-31", "--format", "json")

    assert "T0SECRET" not in done.output
    for path in folder.glob("history.db*"):
        assert b"T0SECRET" not in path.read_bytes()


def test_a_channel_without_its_secret_is_refused_before_anything_is_read() -> None:
    rules(RULE % ("error", "1", "slack"))

    done = CliRunner().invoke(app, ["check", "nowhere.csv"])

    assert done.exit_code == 2
    assert "LTV_SLACK_URL is not set" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("runs", "state"), [(1, "firing"), (2, "pending")])
def test_a_segment_that_is_gone_is_no_data(runs: int, state: str) -> None:
    rules(f"{{name: dear, when: cac > 5, by: channel, for: {runs} runs}}")
    assert [(row["segment"], row["state"]) for row in rows()] == [("ads", state)]

    text = Path("orders.csv").read_text().replace(",ads\n", ",news\n")
    Path("orders.csv").write_text(text.replace(",web\n", ",ads\n"))
    Path("spend.csv").write_text(Path("spend.csv").read_text().replace(",ads,", ",news,"))

    found = {row["segment"]: row["state"] for row in rows()}
    assert found == {"news": state, "ads": "no data"}


def test_a_dead_man_switch_is_called_when_every_alert_was_sent(
    web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(RULE % ("warning", "1", "slack"))
    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/dead")
    ltv("2025-12-31", "--ping", f"{web}/ping")
    assert [method for method, _, _ in Web.taken] == ["POST"]

    monkeypatch.setenv("LTV_SLACK_URL", f"{web}/ok")
    monkeypatch.setenv("LTV_PING", f"{web}/ok")
    assert ltv().exit_code == 0

    assert [(method, path) for method, path, _ in Web.taken[1:]] == [
        ("POST", "/ok"),
        ("GET", "/ok"),
    ]


def test_an_unanswered_ping_is_reported_without_its_address(web: str) -> None:
    done = ltv("2025-11-30", "--ping", f"{web}/bad")

    assert done.exit_code == 0
    assert done.stderr == "The ping was not answered: HTTP 500.\n"
    assert ltv("2025-11-30", "--ping", "http://example.com/x").exit_code == 2


def test_rules_are_needed(folder: Path) -> None:
    (folder / "ltv.yaml").unlink()

    assert "There are no rules to check" in ltv().stderr
    with pytest.raises(NoRulesError):
        ltvcli.check("orders.csv")


def test_python_checks_rules_and_sends_nothing(folder: Path) -> None:
    found = ltvcli.check(
        "orders.csv", spend="spend.csv", rules=[{"name": "dear", "when": "cac > 15"}]
    )

    assert [watch.standing.state for watch in found.watches] == ["firing"]
    assert found.fails
    assert not (folder / "history.db").exists()
    assert list(found.to_pandas()["rule"]) == ["dear"]
    with pytest.raises(ConditionFigureError):
        ltvcli.check("orders.csv", rules=[{"name": "dear", "when": "cax > 15"}])


def test_a_rule_that_the_data_cannot_decide_is_no_failure() -> None:
    rules('{name: mrr, when: "mrr < 5"}')
    done = ltv()

    assert done.exit_code == 0
    assert "no data, MRR is not measured from these files" in done.stdout


def test_a_missing_column_is_an_error() -> None:
    rules('{name: dear, when: "cac > 15", by: chanel}')
    done = ltv()

    assert done.exit_code == 2
    assert "Rule “dear”: no file has a column “chanel”" in done.stderr
    assert "after by: channel;" in done.stderr


def test_a_dry_run_shows_when_rules_would_have_fired_and_records_nothing(
    web: str, folder: Path
) -> None:
    rules(RULE % ("error", "1", "slack"), "{name: never, when: cac > 500}")

    done = ltv("2025-12-31", "--dry-run", "--format", "json")

    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [(row["rule"], row["fired"], row["resolved"]) for row in found["tables"]["replay"]] == [
        ("dear", "2025-12", None)
    ]
    assert found["says"][0]["says"] == "would have fired 1 time in 12 months"
    assert found["says"][2]["says"] == "never, in 12 months with data"
    assert Web.taken == []
    assert not (folder / "history.db").exists()


def test_a_dry_run_needs_no_secret() -> None:
    rules(RULE % ("error", "1", "slack"))

    assert ltv("2025-12-31", "--dry-run").exit_code == 0


@pytest.mark.slow
def test_a_dry_run_takes_what_was_reported_then(folder: Path) -> None:
    """November was reported with a CAC of 20; it was put right later."""
    spend = Path("spend.csv").read_text()
    Path("spend.csv").write_text(spend.replace("2025-11-01,ads,400", "2025-11-01,ads,800"))
    ltv("2025-11-30")
    Path("spend.csv").write_text(spend)

    done = ltv("2025-12-31", "--dry-run")

    assert "all customers since 2025-11" in done.stdout
    assert "1 month as reported at the time, the others from today's data" in done.stdout


@pytest.mark.slow
def test_a_dry_run_without_files_replays_the_history(folder: Path) -> None:
    for day in ("10-31", "11-30", "12-31"):
        ltv(f"2025-{day}")

    done = CliRunner().invoke(app, ["check", "--dry-run"], prog_name="ltv")

    assert done.exit_code == 0, done.stderr
    assert "would have fired 1 time in 3 months" in done.stdout
    assert "all customers since 2025-12" in done.stdout


def test_a_dry_run_without_alerts_reports_that() -> None:
    done = CliRunner().invoke(app, ["check", "--dry-run"], prog_name="ltv")

    assert done.exit_code == 4
    assert "There is nothing to replay" in done.stderr


def test_a_sender_that_dies_loses_nothing(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """States and messages are kept before anything is sent."""
    rules(RULE % ("error", "1", "slack"))
    deliver = _delivery.deliver

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_delivery, "deliver", die)
    ltv()
    assert told() == []
    monkeypatch.setattr(_delivery, "deliver", deliver)

    ltv()

    assert told() == ["*ltv: dear is firing*"]
