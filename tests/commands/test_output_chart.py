"""`--chart` on the command line: below the answer, in a pipe as on a screen, in text only."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from tests.small_examples import EXAMPLES

pytestmark = pytest.mark.sampled

SHOP = str(EXAMPLES / "shop" / "orders.csv")
SAAS = str(EXAMPLES / "saas" / "subscriptions.csv")


@pytest.mark.parametrize(
    "typed",
    [
        ("calc", SHOP, "--cac", "40"),
        ("cohorts", SHOP),
        ("mrr", SAAS),
        ("segments", SHOP, "--by", "channel"),
    ],
    ids=lambda typed: typed[0],
)
def test_charts_follow_the_answer_and_replace_the_rest(typed: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, [*typed, "--chart", "-q"])
    assert done.exit_code == 0
    answer, *charts = done.stdout.split("\n\n")
    assert charts
    assert len(answer.splitlines()) <= 6
    assert any(sign in done.stdout for sign in "╭█─")
    assert done.stdout == CliRunner().invoke(app, [*typed, "--chart", "-q"]).stdout


def test_a_chart_goes_into_a_text_file_and_into_no_other(tmp_path: Path) -> None:
    out = tmp_path / "mrr.txt"
    assert CliRunner().invoke(app, ["mrr", SAAS, "--chart", "--out", str(out)]).exit_code == 0
    assert "╭" in out.read_text("utf-8")
    done = CliRunner().invoke(app, ["mrr", SAAS, "--chart", "--format", "md"])
    assert done.exit_code == 2
    assert "--chart draws in a terminal or a text file, not in --format md." in done.stderr


def test_with_verbose_charts_follow_the_whole_page() -> None:
    plain = CliRunner().invoke(app, ["mrr", SAAS, "--verbose"]).stdout
    assert CliRunner().invoke(app, ["mrr", SAAS, "--verbose", "--chart"]).stdout.startswith(plain)
