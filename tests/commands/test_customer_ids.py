"""Ids of customers are hashed with a key wherever customers are listed, unless asked for plain."""

from __future__ import annotations

import csv
import hmac
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli import customer_ids
from ltvcli.cli import app
from tests import small_examples

PREDICT = "predict orders.csv --model bg-nbd"
LISTS = [
    pytest.param("segments orders.csv --minus --cac 90 --include-customers", id="segments"),
    pytest.param(
        f"{PREDICT} --horizon 6mo --include-customers", id="predict", marks=pytest.mark.slow
    ),
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_examples.write(tmp_path)
    monkeypatch.chdir(tmp_path)


def ltv(command: str) -> str:
    done = CliRunner().invoke(app, command.split(), prog_name="ltv")
    assert done.exit_code == 0, done.stderr
    return done.stdout


def listed(command: str) -> set[str]:
    tables = json.loads(ltv(f"{command} -f json"))["tables"]
    found = {row["customer"] for name in customer_ids.LISTS for row in tables.get(name, ())}
    assert found
    return found


def written(path: str) -> set[str]:
    with Path(path).open(encoding="utf-8") as file:
        return {row["customer"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("command", LISTS)
def test_listed_customers_are_hashed_unless_plain_ids_are_asked_for(command: str) -> None:
    plain, hidden = listed(f"{command} --plain-ids"), listed(command)

    assert all("@" in one for one in plain)
    assert not any("@" in one for one in hidden)
    assert len(hidden) == len(plain)


@pytest.mark.parametrize("command", LISTS)
def test_same_key_gives_same_hashes_and_another_key_others(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = listed(f"{command} --plain-ids")
    by_data = listed(command)
    monkeypatch.setenv("LTV_ID_KEY", "a fjord, two lamps")
    by_key = listed(command)

    assert listed(command) == by_key
    assert by_key.isdisjoint(by_data)
    assert by_key == {
        customer_ids.hashed(one, customer_ids.hashlib.sha256(b"a fjord, two lamps").digest())
        for one in plain
    }


def test_key_of_the_data_changes_with_the_data() -> None:
    before = listed("segments orders.csv --minus --cac 90 --include-customers")
    lines = Path("orders.csv").read_text("utf-8").splitlines()
    Path("orders.csv").write_text("\n".join(lines[:-1]) + "\n", "utf-8")

    assert listed("segments orders.csv --minus --cac 90 --include-customers").isdisjoint(before)


@pytest.mark.slow
def test_written_customers_are_those_that_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LTV_ID_KEY", "winter")
    ltv(f"{PREDICT} --horizon 6mo --out customers.csv")
    ltv(f"{PREDICT} --horizon 6mo --out plain.csv --plain-ids")
    plain, hidden = written("plain.csv"), written("customers.csv")

    assert listed(f"{PREDICT} --horizon 6mo --include-customers") <= hidden
    assert len(hidden) == len(plain)
    assert all("@" in one for one in plain)
    assert not any("@" in one for one in hidden)


def test_hash_is_hmac() -> None:
    pads = customer_ids.pads(b"k" * 32)
    inner = customer_ids.hashlib.sha256(pads["inner_pad"] + b"x").digest()

    assert customer_ids.hashlib.sha256(pads["outer_pad"] + inner).digest() == hmac.digest(
        b"k" * 32, b"x", "sha256"
    )


@pytest.mark.slow
def test_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LTV_ID_KEY", "hunter2hunter2")
    pages = [
        ltv(f"{command} -f {form}")
        for command in ("config", "calc orders.csv", f"{PREDICT} --include-customers")
        for form in ("table", "json", "md", "csv")
    ]

    assert not any("hunter2" in page for page in pages)


@pytest.mark.parametrize("command", LISTS)
def test_the_answer_describes_how_ids_are_shown(command: str) -> None:
    assert "customer IDs hashed (--plain-ids shows them" in " ".join(ltv(command).split())
    assert "customer IDs not hashed" in " ".join(ltv(f"{command} --plain-ids").split())
