"""The answer names the file and the variables that its settings came from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

pytestmark = pytest.mark.sampled

ORDERS = [
    "order,customer,order date,total",
    *(f"{n}-{month},c{n},2023-{month:02}-11,18" for n in range(40) for month in range(1, 9)),
]
PLANS = [
    *("calc", "cohorts", "segments", "whatif"),
    pytest.param("audit --claim aov=18", id="audit"),
]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory, and a folder of data beside it."""
    for name in ("desk", "books"):
        (tmp_path / name).mkdir()
    (tmp_path / "books/orders.csv").write_text("\n".join(ORDERS) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path


def ltv(command: str, *typed: str) -> str:
    done = CliRunner().invoke(app, [*command.split(), *typed], prog_name="ltv")
    assert done.exit_code == 0, done.stderr
    return done.stdout


def sources(command: str, *typed: str) -> Sequence[dict[str, Any]]:
    found = json.loads(ltv(command, *typed, "--format", "json"))["provenance"]["settings"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("command", PLANS)
def test_settings_of_the_working_directory_are_named_for_data_elsewhere(command: str) -> None:
    Path("ltv.yaml").write_text("currency: CAD\n", "utf-8")
    data = "../books/orders.csv"

    assert sources(command, data) == [
        {"source": "ltv.yaml", "names": ["currency"], "elsewhere": True}
    ]
    page = " ".join(ltv(command, data).split())
    assert "Settings currency from ltv.yaml (not in the folder of the data)" in page
    memo = ltv(command, data, "--format", "md")
    assert "- Settings: currency from ltv.yaml (not in the folder of the data)" in memo


@pytest.mark.parametrize("command", PLANS)
def test_settings_beside_the_data_win(command: str, folders: Path) -> None:
    Path("ltv.yaml").write_text("currency: CAD\n", "utf-8")
    (folders / "books/ltv.yaml").write_text("currency: NOK\nas_of: 2023-08-30\n", "utf-8")

    assert sources(command, "../books/orders.csv") == [
        {"source": "../books/ltv.yaml", "names": ["currency", "as_of"], "elsewhere": False}
    ]
    assert "from ../books/ltv.yaml" in ltv(command, "../books/orders.csv")


SUBSCRIPTIONS = [
    "id,customer,start,end,amount,interval",
    *(
        f"s{n},c{n},2023-01-{n % 28 + 1:02},{'2023-06-30' if n % 2 else ''},20,month"
        for n in range(60)
    ),
]
ROLES = {"orders": "cost: unit cost", "subscriptions": "end: ended"}
OTHER = {"orders": ROLES["subscriptions"], "subscriptions": ROLES["orders"]}


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        *((command, kind) for kind in ROLES for command in ("calc", "cohorts", "sources")),
        ("mrr", "subscriptions"),
        ("segments", "orders"),
    ],
)
def test_roles_of_the_other_kind_are_ignored_in_settings_and_refused_when_typed(
    command: str, kind: str, folders: Path
) -> None:
    (folders / "books/subscriptions.csv").write_text("\n".join(SUBSCRIPTIONS) + "\n", "utf-8")
    data = f"../books/{kind}.csv"
    without = ltv(command, data)
    (folders / "books/ltv.yaml").write_text(f"map:\n  {OTHER[kind]}\n", "utf-8")
    assert ltv(command, data) == without

    role = OTHER[kind].partition(":")[0]
    done = CliRunner().invoke(app, [command, data, "--map", f"{role}=nothing"], prog_name="ltv")
    assert done.exit_code == 2
    assert role in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("command", "header", "kind"),
    [
        ("sources", "order id,customer,date,amount", "orders"),
        ("sources --map interval=month", "order id,customer,date,amount", "subscriptions"),
        ("sources", "payment,customer,date,amount", "subscriptions"),
    ],
)
def test_a_saved_interval_makes_no_subscriptions_of_orders_with_ids(
    command: str, header: str, kind: str, folders: Path
) -> None:
    """Other payments are billed by it, and so are these orders if it is typed."""
    rows = "".join(f"{n},c{n % 9},2024-0{n % 6 + 1}-05,20\n" for n in range(40))
    (folders / "books/payments.csv").write_text(f"{header}\n{rows}", "utf-8")
    (folders / "books/ltv.yaml").write_text("map:\n  interval: month\n", "utf-8")
    words = command.split()

    assert f"it holds {kind}" in ltv(words[0], "../books/payments.csv", *words[1:])


def test_settings_beside_the_data_win_over_those_beside_a_pitch(folders: Path) -> None:
    Path("pitch.yaml").write_text("aov: 18\n", "utf-8")
    Path("ltv.yaml").write_text("as_of: 2023-03-30\n", "utf-8")
    (folders / "books/ltv.yaml").write_text("as_of: 2023-08-30\n", "utf-8")

    (source,) = sources("audit", "pitch.yaml", "../books/orders.csv")
    assert source["source"] == "../books/ltv.yaml"


def test_numbers_of_a_settings_file_do_not_enter_an_audit() -> None:
    Path("ltv.yaml").write_text("margin: 20%\ncac: 5\n", "utf-8")

    assert sources("audit --claim aov=18 --claim cac=7", "../books/orders.csv") == []


def test_typed_settings_are_not_from_a_file() -> None:
    Path("ltv.yaml").write_text("margin: 20%\n", "utf-8")

    assert sources("calc", "../books/orders.csv", "--margin", "30%") == []


def test_variables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LTV_MARGIN", "20%")

    assert sources("calc", "../books/orders.csv") == [
        {"source": "LTV_MARGIN", "names": ["margin"], "elsewhere": False}
    ]
    assert "Settings  margin from LTV_MARGIN" in ltv("calc", "../books/orders.csv")


def test_numbers_without_data_name_the_file_too() -> None:
    Path("ltv.yaml").write_text("cac: 5\n", "utf-8")

    page = ltv("calc", "--arpu", "9", "--churn", "6%")
    assert "Settings  cac from ltv.yaml\n" in page


def test_elasticities_and_initiatives_of_the_file_are_named() -> None:
    Path("ltv.yaml").write_text("elasticities:\n  churn: {aov: 0.4}\n", "utf-8")

    (source,) = sources("whatif", "../books/orders.csv", "--aov", "+1")
    assert source["names"] == ["elasticities"]
