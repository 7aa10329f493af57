"""A typed option is used, or refused: none is ignored in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app

ORDERS = "customer,date,amount,channel\n" + "".join(
    f"C{n % 37},2025-{n % 12 + 1:02d}-{n % 27 + 1:02d},{n % 9 + 5},{'web' if n % 3 else 'shop'}\n"
    for n in range(240)
)
RESULTS = "customer,group,spend\n" + "".join(
    f"C{n},{'mail' if n % 2 else 'control'},{n % 7}\n" for n in range(80)
)
SETTINGS = "margin: 40%\ncac: 5\nlapse_after: 60d\ncost_to_serve: 3%\nhorizon: 3mo\n"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    (tmp_path / "results.csv").write_text(RESULTS, "utf-8")
    monkeypatch.chdir(tmp_path)


def run(words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, words.split(), prog_name="ltv")
    return done.exit_code, done.output


@pytest.mark.parametrize(
    "words",
    [
        "segments orders.csv --by channel --cost-to-serve 7%",
        "segments orders.csv --minus --cac 5 --lapse-after 45d",
        "risk orders.csv --cac 5",
        "scorecard orders.csv --lapse-after 45d",
        "experiment results.csv --arm group --outcome spend --exclude customer=C1",
        "experiment results.csv --arm group --outcome spend --as-of 2025-06-30",
    ],
)
def test_an_option_without_effect_is_refused(words: str) -> None:
    option = next(word for word in reversed(words.split()) if word.startswith("--"))

    assert run(words)[0] == 2
    assert (
        f"{option} has no effect on this answer of ltv {words.split(maxsplit=1)[0]}."
        in run(words)[1]
    )


@pytest.mark.parametrize(
    "option", ["--exclude a=b", "--map amount=a", "--words a=test", "--date-format %d"]
)
def test_numbers_alone_take_no_option_of_files(option: str) -> None:
    code, says = run(f"calc --arpu 10 --churn 5% {option}")

    assert (code, f"{option.split(maxsplit=1)[0]} requires data." in says) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        "segments orders.csv --by channel",
        "segments orders.csv --minus --cac 5 --cost-to-serve 7%",
        "segments orders.csv --by channel --min-customers 30",
        "scorecard orders.csv",
    ],
)
def test_what_is_used_or_written_in_a_file_is_accepted(words: str) -> None:
    Path("ltv.yaml").write_text(SETTINGS, "utf-8")

    assert run(words)[0] == 0
