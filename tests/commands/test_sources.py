"""`ltv sources` shows what is read, in both languages, from the profiles themselves."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.read import profiles
from ltvcli.text.layout import width_of
from tests import effort

pytestmark = pytest.mark.sampled


def sources(*arguments: str) -> str:
    found = CliRunner().invoke(app, ["sources", *arguments])
    assert found.exit_code == 0, found.stderr
    return found.stdout


def test_all_are_listed() -> None:
    lines = sources().splitlines()[1:]

    assert [line.split()[0] for line in lines if line[0] != " "] == profiles.names()


def test_an_export_is_described_with_its_columns() -> None:
    page = sources("shopify")

    assert "Shopify, orders export (shopify)" in page
    assert "customer       Email or Phone" in page
    assert "Cancelled: Cancelled at or Canceled at is filled" in page


def test_the_content_of_a_file_is_described() -> None:
    assert "Holds" in sources("stripe-subscriptions")
    assert {line.split()[1] for line in sources().splitlines()[1:] if line[0] != " "} == {
        "cancellations",
        "deals",
        "events",
        "orders",
        "spend",
        "subscriptions",
        "survey",
    }


def test_words_for_states_are_shown() -> None:
    assert "past-due" in sources("stripe-subscriptions")


def test_a_refusal_gives_a_reason() -> None:
    assert "customers cannot be followed" in sources("amazon")


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", [*profiles.names(), None])
def test_it_fits_80_columns(name: str | None, lang: str) -> None:
    page = sources(*([name] if name else []), "--lang", lang)

    assert max(width_of(line) for line in page.splitlines()) <= 80


def test_a_dash_may_be_typed_for_an_underscore() -> None:
    assert sources("ec-cube") == sources("ec_cube")


def test_json_holds_what_the_profile_holds() -> None:
    document = json.loads(sources("--format", "json"))

    assert list(document) == profiles.names()
    assert document["rakuten"]["columns"]["discount"] == ["店舗発行クーポン利用額"]


def test_an_unknown_one_is_an_error() -> None:
    assert CliRunner().invoke(app, ["sources", "shopfy"]).exit_code == 2


SUBSCRIPTIONS = """member id,monthly fee,started on,ended on,state
m1,30,2025-03-01,,live
m2,10,2025-03-01,,on leave
m3,10,2025-03-01,2025-05-02,ended
"""
SALES = """order id,customer id,order date,total,route
1,k1,2025-03-01,50,shop
2,k2,2025-04-01,50,fair
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "members.csv").write_text(SUBSCRIPTIONS)
    (tmp_path / "sales.csv").write_text(SALES)
    (tmp_path / "ads.csv").write_text("month,cost\n2025-03,300\n")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "typed",
    effort.nth(
        3,
        [
            "sales.csv --exclude route=fair",
            "members.csv --words 'on leave=paused'",
            "members.csv --status-paid 'on leave'",
            "members.csv sales.csv --exclude route=fair --words 'on leave=cancelled'",
            "members.csv --from 2025-03-01 --to 2025-04-30",
            "members.csv --spend ads.csv --from 2025-03-01",
            "members.csv ads.csv",
            "sales.csv --spend ads.csv --as-of 2025-04-30 --format md --out page.md --lang ja",
        ],
    ),
)
def test_the_next_command_can_be_typed(typed: str) -> None:
    page = sources(*shlex.split(typed), *([] if "--format" in typed else ["--format", "json"]))
    plain = sources(*shlex.split(typed.partition(" --format")[0]))
    command = next(line for line in plain.splitlines() if line.startswith("Next")).split(None, 1)[1]

    assert page or (Path("page.md").exists() and "--out" not in command)
    found = CliRunner().invoke(app, shlex.split(command)[1:])
    assert found.exit_code == 0, found.stderr


@pytest.mark.usefixtures("folder")
def test_values_to_exclude_are_excluded() -> None:
    page = sources("sales.csv", "--exclude", "route=fair")

    assert "2 rows of orders = 1 used + 1 excluded" in page
    assert "Not used" not in page


@pytest.mark.usefixtures("folder")
def test_words_define_states() -> None:
    assert "unknown-status" in sources("members.csv", "--format", "json")
    assert "unknown-status" not in sources(
        "members.csv", "--words", "on leave=paused", "--format", "json"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("columns", ["80", "120"])
def test_a_page_of_a_file_fits_the_screen(
    columns: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = sources("members.csv", "sales.csv", "--lang", lang)

    assert max(width_of(line) for line in page.splitlines()) <= int(columns)
