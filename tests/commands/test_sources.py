"""`ltv sources` shows what is read, in both languages, from the profiles themselves."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.read import profiles
from ltvcli.text.layout import width_of


def sources(*arguments: str) -> str:
    found = CliRunner().invoke(app, ["sources", *arguments])
    assert found.exit_code == 0, found.stderr
    return found.stdout


def test_all_are_listed() -> None:
    lines = sources().splitlines()[1:]

    assert [line.split()[0] for line in lines if line[0] != " "] == profiles.names()


def test_one_is_shown() -> None:
    page = sources("shopify")

    assert "Shopify, orders export (shopify)" in page
    assert "customer       Email or Phone" in page
    assert "Cancelled: Cancelled at or Canceled at is filled" in page


def test_what_a_file_holds_is_told() -> None:
    assert "Holds" in sources("stripe-subscriptions")
    assert {line.split()[1] for line in sources().splitlines()[1:] if line[0] != " "} == {
        "orders",
        "spend",
        "subscriptions",
    }


def test_words_for_states_are_shown() -> None:
    assert "past-due" in sources("stripe-subscriptions")


def test_a_refused_one_says_why() -> None:
    assert "nobody can be followed" in sources("amazon")


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
