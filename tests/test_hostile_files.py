"""Special files, unusual names and files that change while read give errors of ours."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ltvcli import pipes
from ltvcli.cli import app
from tests import effort
from tests.skipped import UNREADABLE

ORDERS = "client,order_date,amount\n" + "".join(
    f"K{number % 40},2025-{number % 12 + 1:02d}-{number % 27 + 1:02d},{number % 9 + 5}\n"
    for number in range(240)
)
pytestmark = [
    pytest.mark.sampled,
    pytest.mark.skipif(os.name == "nt", reason="named pipes and links of POSIX"),
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipes, "PATIENCE", 0.1)
    Path("orders.csv").write_text(ORDERS, "utf-8")
    (tmp_path / "temp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    """Run ltv, and check that nothing is left in the folder of temporary files."""
    done = CliRunner().invoke(app, [*arguments, "--format", "json"], prog_name="ltv")
    assert os.listdir("temp") == []
    assert "Traceback" not in done.output
    text = done.stdout if done.exit_code == 0 else done.stderr
    document: dict[str, Any] = json.loads(text) if text else {}
    return done.exit_code, document


def make_link_loop(name: str) -> None:
    os.symlink(f"{name}-2", name)
    os.symlink(name, f"{name}-2")


def make_socket(name: str) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.bind(name)
    server.close()


KINDS: dict[str, Callable[[str], object]] = {
    "folder": os.mkdir,
    "named pipe nobody writes to": os.mkfifo,
    "link to nothing": lambda name: os.symlink("nothing", name),
    "links in a circle": make_link_loop,
    "socket": make_socket,
    "endless device": lambda name: os.symlink("/dev/zero", name),
    "empty device": lambda name: os.symlink("/dev/null", name),
}
READERS = {
    "orders": (["calc", "odd.csv"], 3),
    "spend": (["calc", "orders.csv", "--spend", "odd.csv"], 3),
    "customers": (["segments", "orders.csv", "--customers", "odd.csv", "--by", "tier"], 3),
    "initiatives": (["whatif", "orders.csv", "--cac", "5", "--initiatives", "odd.csv"], 2),
    "pitch": (["audit", "odd.yaml"], 3),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_is_refused(kind: str, reader: str) -> None:
    arguments, code = READERS[reader]
    KINDS[kind]("odd.yaml" if reader == "pitch" else "odd.csv")
    if (kind, reader) == ("empty device", "initiatives"):
        code = 0  # a list without initiatives
    found, document = run(*arguments)

    assert found == code, document
    if code:
        assert "odd" in document["error"]["problem"] or reader == "pitch"


@pytest.mark.parametrize(
    ("kind", "because"),
    [
        ("folder", "it is a folder"),
        ("named pipe nobody writes to", "nobody reads from this pipe"),
        ("links in a circle", "its link is circular"),
        ("socket", ""),
    ],
)
@pytest.mark.parametrize("option", ["--out", "--rejects"])
def test_what_no_result_can_be_written_to_stays_as_it_is(
    kind: str, because: str, option: str
) -> None:
    KINDS[kind]("odd.json")
    before = os.lstat("odd.json")
    code, document = run("calc", "orders.csv", option, "odd.json")

    assert code == 2
    assert because in document["error"]["problem"]
    assert os.lstat("odd.json")[:3] == before[:3]
    assert [name for name in os.listdir() if name.startswith(".ltv")] == []


def test_a_named_pipe_is_read_once_somebody_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 30.0)
    os.mkfifo("late.csv")

    def write() -> None:
        time.sleep(0.2)
        with open("late.csv", "w") as pipe:
            for start in range(0, len(ORDERS), 1000):
                pipe.write(ORDERS[start : start + 1000])
                pipe.flush()

    writer = threading.Thread(target=write)
    writer.start()
    code, document = run("calc", "late.csv")
    writer.join()
    assert code == 0
    assert document["figures"] == run("calc", "orders.csv")[1]["figures"]


@pytest.mark.parametrize(
    "name",
    [
        "new\nline.csv",
        "tab\there.csv",
        "two 'kinds' of \"quotes\".csv",
        "glob[a]*{b,c}?.csv",
        "-dash.csv",
        "$HOME`id`;.csv",
        "%s{0}{name}.csv",
        "[bold]red.csv",
        "顧客\u202e注文.csv",
        "n" * 251 + ".csv",
    ],
    ids=ascii,
)
def test_any_name_can_be_read_and_written(name: str) -> None:
    Path(name).write_text(ORDERS, "utf-8")
    code, document = run("calc", f"./{name}")
    assert code == 0, document
    assert document["provenance"]["inputs"][0]["rows_used"] == 240

    out = name[:-5] + ".json"
    done = CliRunner().invoke(app, ["calc", "orders.csv", "--out", f"./{out}"], prog_name="ltv")
    assert done.exit_code == 0, done.output
    assert json.loads(Path(out).read_text("utf-8"))["figures"] == document["figures"]


@pytest.mark.parametrize("name", ["n" * 300 + ".csv", "a\0b.csv", "", "bad\udcff.csv", "a[b", "**"])
@pytest.mark.parametrize("option", ["", "--spend", "--out", "--rejects", "--initiatives"])
def test_a_name_that_cannot_be_is_refused(name: str, option: str) -> None:
    command = "whatif" if option == "--initiatives" else "calc"
    arguments = [command, "orders.csv", "--cac", "9", option, name] if option else ["calc", name]
    done = CliRunner().invoke(app, arguments, prog_name="ltv")
    assert done.exit_code in (0, 2, 3), done.output
    assert not done.exception or isinstance(done.exception, SystemExit)
    assert os.listdir("temp") == []


@pytest.mark.parametrize("change", ["grows", "shrinks", "is replaced", "vanishes"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ltvcli.read.orders import load

    original = load.load

    def changing(*arguments: Any, **named: Any) -> Any:
        reading = original(*arguments, **named)
        path = Path("orders.csv")
        if change == "grows":
            with path.open("a") as file:
                file.write("K1,2025-01-01,5\n")
        elif change == "shrinks":
            os.truncate(path, 100)
        else:
            path.unlink()
        if change == "is replaced":
            path.write_text(ORDERS.replace("K1", "K2"), "utf-8")
        return reading

    monkeypatch.setattr(load, "load", changing)
    code, document = run("calc", "orders.csv", "--rejects", "rejects.csv")
    assert (code, document["error"]["code"]) == (3, "changed-file")
    assert not Path("rejects.csv").exists()


def test_a_folder_that_vanishes_takes_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    from ltvcli.pipeline import calc

    original = calc.run

    def vanishing(*arguments: Any, **named: Any) -> Any:
        report = original(*arguments, **named)
        os.rmdir("results")
        return report

    os.mkdir("results")
    monkeypatch.setattr(calc, "run", vanishing)
    code, document = run("calc", "orders.csv", "--out", "results/x.json")
    assert (code, document["error"]["code"]) == (2, "output")


def as_nobody(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ltv as a user without rights."""
    words = [sys.executable, "-m", "ltvcli", *arguments]
    if os.getuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("setpriv, which runs a program as another user, is not installed")
        words = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", *words]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    if "ModuleNotFoundError: " in done.stderr or "Permission denied: '/" in done.stderr:
        pytest.skip(UNREADABLE)
    return done


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder that everybody may enter."""
    import tempfile

    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    effort.nth(4, [
        (["calc", "{0}/closed.csv"], 3, "no permission to read"),
        (["calc", "{0}/closed/orders.csv"], 3, "no permission to read"),
        (["calc", "{0}/open.csv", "--spend", "{0}/closed.csv"], 3, "no permission to read"),
        (["whatif", "{0}/open.csv", "--cac", "5", "--initiatives", "{0}/closed.csv"], 2,
         "cannot be read"),
        (["audit", "{0}/closed.yaml"], 2, "cannot be read"),
        (["calc", "{0}/closed"], 3, "no permission to read"),
        (["calc", "{0}/closed/*.csv"], 3, "no permission to read"),
        (["calc", "--facts", "{0}/closed"], 3, "Permission denied"),
        (["sql", "calc", "--dialect", "duckdb", "--table", "t", "--columns", "{0}/closed.csv"], 3,
         "Permission denied"),
        (["calc", "{0}/open.csv", "--out", "{0}/x.json"], 2, "cannot be written"),
        (["calc", "{0}/open.csv", "--rejects", "{0}/x.csv"], 2, "cannot be written"),
        (["calc", "{0}/open.csv", "--rejects", "{0}/closed/x.csv"], 2, "cannot be written"),
        (["calc", "{0}/listed/orders.csv"], 3, "no permission to read"),
        (["calc", "{0}/open.csv", "--out", "{0}/listed/x.md"], 2, "cannot be written"),
    ]),
)  # fmt: skip
def test_what_a_user_may_not_touch_is_named(
    arguments: list[str], code: int, words: str, public: Path
) -> None:
    try:
        (public / "open.csv").write_text(ORDERS, "utf-8")
        for name in ("closed.csv", "closed.yaml"):
            (public / name).write_text(ORDERS, "utf-8")
            (public / name).chmod(0)
        for folder, mode in ((public / "closed", 0), (public / "listed", 0o444)):
            folder.mkdir()
            (folder / "orders.csv").write_text(ORDERS, "utf-8")
            folder.chmod(mode)
        public.chmod(0o555)
        done = as_nobody(*[word.format(public) for word in arguments])
        assert done.returncode == code, done.stderr
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert sorted(os.listdir(public)) == [
            "closed", "closed.csv", "closed.yaml", "listed", "open.csv",
        ]  # fmt: skip
    finally:
        public.chmod(0o755)
        for name in ("closed", "listed"):
            (public / name).chmod(0o755)
        shutil.rmtree(public)
