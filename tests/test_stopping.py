"""Closed streams, full disks and signals: no traceback, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import effort, signals

GOLDEN = Path(__file__).parent / "golden/segments/orders.csv"
LTV = [sys.executable, "-m", "ltvcli"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="streams and signals of POSIX")


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    ltv = f"'{sys.executable}' -m ltvcli"
    return subprocess.run(
        ["sh", "-c", command.replace("ltv", ltv, 1)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@posix
@pytest.mark.parametrize(
    ("command", "code", "words"),
    effort.family(
        [
            pytest.param("ltv calc - <&-", 3, "standard input is closed", id="no input"),
            pytest.param("ltv calc o.csv >&-", 2, "standard output", id="no output"),
            pytest.param(
                "ltv calc o.csv --format json >&-", 2, "standard output", id="no json output"
            ),
            pytest.param(
                "ltv calc o.csv --out /dev/stdout >&-", 2, "/dev/stdout", id="named output"
            ),
            pytest.param("ltv calc nope.csv 2>&-", 3, "", id="no errors"),
            pytest.param(
                "ltv calc o.csv --out x.md >&- 2>&-", 0, "", id="all closed, out to a file"
            ),
            pytest.param("ltv config >&-", 0, "", id="another command"),
        ],
        "no input",
        "no output",
        "all closed, out to a file",
    ),
)
def test_closed_streams_give_our_error(command: str, code: int, words: str, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_bytes(GOLDEN.read_bytes())
    done = shell(command, tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "o.csv").read_bytes() == GOLDEN.read_bytes()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux only")
@pytest.mark.parametrize("command", effort.family(["calc o.csv", "config", "--help"]))
def test_a_full_disk_gives_an_error_not_a_traceback(command: str, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_bytes(GOLDEN.read_bytes())
    done = shell(f"ltv {command} >/dev/full", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 2), done.stderr


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_stays_in_the_temporary_folder_after_a_signal(
    number: signal.Signals, tmp_path: Path
) -> None:
    """A signal that arrives while standard input is copied into the temporary folder."""
    with signals.heeded(number):
        done = subprocess.Popen(
            [*LTV, "calc", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )  # fmt: skip
    assert done.stdin
    done.stdin.write(b"customer_id,order_date,amount\n" + b"a,2025-01-01,5\n" * 100_000)
    done.stdin.flush()  # more than a pipe holds, so some of it has been read
    assert os.listdir(tmp_path)
    done.send_signal(number)
    _, errors = done.communicate()
    assert done.returncode == 128 + number
    assert errors == b""
    assert os.listdir(tmp_path) == []


@posix
def test_a_signal_that_is_to_be_ignored_stays_ignored(tmp_path: Path) -> None:
    code = (
        "import signal; from ltvcli import signals; signals.handle(); "
        "print(signal.getsignal(signal.SIGHUP) == signal.SIG_IGN)"
    )
    kept = subprocess.run(
        ["sh", "-c", f"trap '' HUP; '{sys.executable}' -c '{code}'"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert kept.stdout == "True\n"
