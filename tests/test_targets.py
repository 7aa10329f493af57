"""No file that a run reads is written over, by whatever way it was read and however it is named."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import ltvcli
from ltvcli.cli import app
from ltvcli.errors import OutputIsInputError, SameTargetError

pytestmark = pytest.mark.sampled

GOLDEN = Path(__file__).parent / "golden/segments"
SUBSCRIPTIONS = (
    "account,tier,price,interval,started,ended\n"
    "a1,basic,10,month,2025-01-05,\n"
    "a2,basic,10,month,2025-02-05,2025-06-05\n"
    "a3,pro,30,month,2025-02-11,\n"
)
MAP = ["--map", "customer=account", "--map", "plan=tier", "--map", "amount=price"]
MAP += ["--map", "start=started", "--map", "end=ended"]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("orders.csv", "customers.csv", "spend.csv"):
        shutil.copy(GOLDEN / name, tmp_path / name)
    (tmp_path / "members.csv").write_text(SUBSCRIPTIONS, "utf-8")
    (tmp_path / "pitch.yaml").write_text("cac: 20\n", "utf-8")
    (tmp_path / "plans.csv").write_text(
        "name,lever,change,cost,probability\nBundles,aov,+5%,1000,50%\n", "utf-8"
    )
    pd.read_csv(tmp_path / "orders.csv").to_excel(
        tmp_path / "book.xlsx", sheet_name="Sales", index=False
    )
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments), prog_name="ltv")
    return done.exit_code, done.output


READ = [
    pytest.param(["calc", "orders.csv"], "orders.csv", id="file"),
    pytest.param(["calc", "ord*.csv"], "orders.csv", id="pattern"),
    pytest.param(["mrr", "mem*.csv", *MAP], "members.csv", id="pattern of subscriptions"),
    pytest.param(["calc", "book.xlsx[Sales]"], "book.xlsx", id="sheet of a workbook"),
    pytest.param(["calc", "book.xlsx"], "book.xlsx", id="workbook"),
    pytest.param(["predict", "orders.csv", "--spend", "spend.csv"], "spend.csv", id="spend"),
    pytest.param(["calc", "orders.csv", "--spend", "x=spend.csv"], "spend.csv", id="spend on x"),
    pytest.param(
        ["segments", "orders.csv", "--by", "plan", "--customers", "customers.csv"],
        "customers.csv",
        id="customers",
    ),
    pytest.param(
        ["whatif", "orders.csv", "--cac", "9", "--initiatives", "plans.csv"],
        "plans.csv",
        id="initiatives",
    ),
    pytest.param(["audit", "pitch.yaml", "orders.csv"], "pitch.yaml", id="pitch"),
    pytest.param(["cohorts", "orders.csv"], "ltv.yaml", id="settings"),
]


@pytest.mark.parametrize("option", ["--out", "--rejects"])
@pytest.mark.parametrize(("command", "file"), READ)
def test_a_file_that_is_read_is_refused_as_a_target(
    command: list[str], file: str, option: str
) -> None:
    Path("ltv.yaml").write_text("margin: 40%\n", "utf-8")
    before = Path(file).read_bytes()
    names = sorted(os.listdir())

    code, output = run(*command, option, file, "--format", "md")

    assert (code, file in output) == (2, True), output
    assert Path(file).read_bytes() == before
    assert sorted(os.listdir()) == names


@pytest.mark.parametrize("name", ["link", "hard", "./sub/../orders.csv", "absolute"])
def test_a_target_is_recognised_by_any_name(name: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "link").symlink_to("orders.csv")
    os.link("orders.csv", "hard")
    before = Path("orders.csv").read_bytes()
    target = str(tmp_path / "orders.csv") if name == "absolute" else name

    code, output = run("calc", "orders.csv", "--out", target)

    assert code == OutputIsInputError.exit_code, output
    assert Path("orders.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("rejects", "out"),
    [("r.csv", "r.csv"), ("r.csv", "./r.csv"), ("r.csv", "R.CSV"), ("r.csv", "alias")],
)
def test_two_results_never_go_to_one_file(rejects: str, out: str) -> None:
    Path("alias").symlink_to("r.csv")
    code, output = run("calc", "orders.csv", "--rejects", rejects, "--out", out)
    assert code == SameTargetError.exit_code, output
    assert not Path("r.csv").exists()


def test_a_result_may_replace_an_older_result() -> None:
    Path("report.md").write_text("old", "utf-8")
    Path("report.md").chmod(0o640)  # neither those of a new file nor of a temporary one
    code, output = run("calc", "orders.csv", "--out", "report.md", "--rejects", "r.csv")
    assert code == 0, output
    assert Path("report.md").read_text("utf-8") != "old"
    assert Path("report.md").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_to_the_new_result() -> None:
    Path("real.md").write_text("old", "utf-8")
    Path("link.md").symlink_to("real.md")
    assert run("calc", "orders.csv", "--out", "link.md")[0] == 0
    assert Path("link.md").is_symlink()
    assert "Lifetime value" in Path("real.md").read_text("utf-8")


@pytest.mark.parametrize("target", ["sub", "none/report.md"])
def test_an_impossible_target_is_refused_before_reading(target: str) -> None:
    Path("sub").mkdir()
    code, output = run("calc", "missing.csv", "--out", target)
    assert code == 2, output
    assert "missing.csv" not in output


def test_a_pipe_is_written_to_and_stays_a_pipe() -> None:
    os.mkfifo("pipe")
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(Path("pipe").read_bytes()))
    reader.start()
    code, output = run("calc", "orders.csv", "--out", "pipe")
    reader.join()
    assert code == 0, output
    assert b"-month LTV" in received[0]
    assert Path("pipe").is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="has no /dev/fd")
def test_a_stream_behind_a_link_is_written_to_without_emptying_its_file() -> None:
    with open("log.txt", "w+", encoding="utf-8") as log:
        log.write("before\n")
        log.flush()
        Path("stream").symlink_to(f"/dev/fd/{log.fileno()}")
        code, output = run("calc", "orders.csv", "--out", "stream")
        assert code == 0, output
    text = Path("log.txt").read_text("utf-8")
    assert text.startswith("before\n")
    assert "-month LTV" in text
    assert Path("stream").is_symlink()


def test_predict_in_python_refuses_its_input() -> None:
    before = Path("orders.csv").read_bytes()
    with pytest.raises(OutputIsInputError):
        ltvcli.predict("orders.csv", out="orders.csv")
    assert Path("orders.csv").read_bytes() == before


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Collect the files of `tmp_path` that Python opens."""
    files: set[str] = set()
    active = [True]

    def watch(event: str, details: tuple[object, ...]) -> None:
        if active[0] and event == "open" and isinstance(details[0], (str, bytes)):
            name = os.path.realpath(os.fsdecode(details[0]))
            if os.path.dirname(name) == os.path.realpath(tmp_path):
                files.add(os.path.basename(name))

    sys.addaudithook(watch)
    yield files
    active[0] = False


@pytest.mark.parametrize(
    "command", [one.values[0] for one in READ], ids=[str(one.id) for one in READ]
)
def test_every_file_that_is_opened_is_known_as_read(command: list[str], opened: set[str]) -> None:
    """A new way to read a file that does not tell `targets` turns this red."""
    Path("ltv.yaml").write_text("margin: 40%\n", "utf-8")
    names = set(os.listdir())
    assert run(*command)[0] == 0
    files = sorted(opened & names)
    assert len(files) >= 2
    for file in files:
        code, output = run(*command, "--out", file, "--format", "md")
        assert code == OutputIsInputError.exit_code, (file, output)
