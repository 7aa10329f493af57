"""Servers of other engines, started for the tests of one process."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SECRET = "s@fe:word/"
"""The password of every user of the test server; some of it must be quoted in a URL."""
IN_URL = "s%40fe%3Aword%2F"
_SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off",
    "shared_buffers": "32MB", "max_connections": "20", "listen_addresses": "127.0.0.1",
}  # fmt: skip

_SPARK_SETTINGS = {
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.ui.enabled": "false",
    # Queries of a few rows are over before what is compiled with much effort pays.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": 2,  # 200 are for clusters
    "spark.sql.ansi.enabled": "true",
}


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, which Debian keeps out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    elsewhere = shutil.which("initdb")
    return found[-1].parent if found else Path(elsewhere).parent if elsewhere else None


@contextmanager
def postgres(bin: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a PostgreSQL of our own, whose text is in English order, and yield its URL.

    The server refuses to run as root: then it runs as the user postgres.
    """
    folder = Path(tempfile.mkdtemp(prefix="ltv-postgres-"))
    as_user: list[str] = []
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    secret = folder / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o644)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(bin / program), "-D", str(data), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout

    port = free_port()
    try:
        run(
            "initdb", "-U", "owner", "--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US",
        )  # fmt: skip
        chosen = {**_SETTINGS, **(settings or {})}
        options = [f"-c {name}={value}" for name, value in chosen.items()]
        options += [f"-p {port}", f"-k {folder}"]
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", " ".join(options), "start")
        try:
            yield f"postgresql://owner:{IN_URL}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def sail() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start Sail, which speaks Spark Connect without Java, and yield its URL and the process."""
    with TemporaryDirectory(prefix="ltv-sail-") as folder:
        port = free_port()
        command = [sys.executable, "-m", "pysail", "spark", "server", "--port", str(port)]
        server = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield f"sc://127.0.0.1:{port}", server
        finally:
            server.kill()
            server.wait()


@contextmanager
def spark(
    home: Path, settings: Mapping[str, Any] = _SPARK_SETTINGS, master: str = "local[2]"
) -> Iterator[str]:
    """Start Spark's own server of Spark Connect, and yield its URL.

    Args:
        home: folder of Spark: SPARK_HOME, or that of the package pyspark.
        settings: of Spark.
        master: where it runs.
    """
    with TemporaryDirectory(prefix="ltv-spark-") as folder:
        port = free_port()
        settings = {**settings, "spark.connect.grpc.binding.port": port}
        server = subprocess.Popen(
            [
                str(home / "bin" / "spark-submit"), "--master", master,
                "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
                *(word for name in settings for word in ("--conf", f"{name}={settings[name]}")),
                "spark-internal",
            ],
            cwd=folder,
            env=os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(port)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until somebody listens on a port."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nobody listens on {port}"
            time.sleep(0.05)
