"""A result never takes the place of a file it was made from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.errors import OutputIsInputError

GOLDEN = Path(__file__).parent.parent / "golden/segments"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("orders.csv", "customers.csv", "spend.csv"):
        shutil.copy(GOLDEN / name, tmp_path / name)
    (tmp_path / "pitch.yaml").write_text("cac: 20\n", "utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("command", "out"),
    [
        pytest.param("calc orders.csv --spend spend.csv", "spend.csv", id="calc: spend"),
        pytest.param(
            "calc orders.csv --spend google=spend.csv", "spend.csv", id="calc: spend of a channel"
        ),
        pytest.param("cohorts orders.csv --spend spend.csv", "spend.csv", id="cohorts: spend"),
        pytest.param(
            "segments orders.csv --by channel --spend spend.csv", "spend.csv", id="segments: spend"
        ),
        pytest.param(
            "segments orders.csv --by plan --customers customers.csv",
            "customers.csv",
            id="segments: customers",
        ),
        pytest.param(
            "whatif orders.csv --aov +5% --spend spend.csv", "spend.csv", id="whatif: spend"
        ),
        pytest.param(
            "audit pitch.yaml orders.csv --spend spend.csv", "spend.csv", id="audit: spend"
        ),
        pytest.param("predict orders.csv --spend spend.csv", "spend.csv", id="predict: spend"),
        pytest.param(
            "predict orders.csv --by plan --customers customers.csv",
            "customers.csv",
            id="predict: customers",
        ),
        pytest.param("audit pitch.yaml orders.csv", "pitch.yaml", id="audit: pitch"),
    ],
)
def test_no_input_is_written_over(command: str, out: str) -> None:
    before = Path(out).read_bytes()
    done = CliRunner().invoke(app, [*command.split(), "--out", out], prog_name="ltv")

    assert done.exit_code == OutputIsInputError.exit_code, done.output
    assert Path(out).read_bytes() == before
