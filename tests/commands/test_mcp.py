"""An assistant gets the same answers, reads only below the root, and sees no single customer."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from typer.testing import CliRunner

from ltvcli import targets
from ltvcli.cli import app
from ltvcli.commands import _mcp_tools
from tests import effort

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CALLS: dict[str, dict[str, Any]] = {
    "calc": {"files": ["shop/orders.csv"], "cac": 50, "rows": 10_000},
    "cohorts": {"files": ["shop/orders.csv"], "rows": 10_000},
    "segments": {"files": ["shop/orders.csv"], "by": ["channel"]},
    "predict": {"files": ["shop/orders.csv"]},
    "mrr": {"files": ["saas/subscriptions.csv"]},
    "review": {"files": ["shop/orders.csv"]},
    "whatif": {"files": ["shop/orders.csv"], "churn": "-10%"},
    "audit": {"files": ["pitch/flattering.yaml"]},
    "explain": {"term": "解約率"},
    "sources": {"files": ["shop/orders.csv"]},
}
USUAL = ("calc", "explain")
"""Tools that are called in a usual run of the tests; each is a program more."""
OUTSIDE = (
    "/etc/passwd",
    "../README.md",
    "orders.csv/../../README.md",
    "link.csv",
    "linked/README.md",
    "*/../../*.md",
    "linked/*.md",
    "/dev/stdin",
    "/proc/self/environ",
    "../*.csv[Sheet]",
)


def run(talk: Callable[[], Awaitable[Any]]) -> Any:
    """Run a conversation in a thread of its own: that of the tests may have a loop of a browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, talk).result()


def conversation(
    root: Path, talk: Callable[[Client], Awaitable[Any]], environ: dict[str, str] | None = None
) -> Any:
    """Start `ltv mcp` as an assistant does, and return what `talk` returns."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "ltvcli", "mcp", "--root", str(root)],
        cwd=ROOT,
        env=os.environ | (environ or {}),
    )

    async def connected() -> Any:
        async with Client(server) as client:
            return await talk(client)

    return run(connected)


def calls(root: Path, *asked: tuple[str, dict[str, Any]], **environ: str) -> list[Any]:
    async def talk(client: Client) -> list[Any]:
        return [await client.call_tool(name, arguments) for name, arguments in asked]

    answers: list[Any] = conversation(root, talk, environ)
    return answers


def error_of(answer: Any) -> dict[str, Any]:
    assert answer.is_error
    error: dict[str, Any] = json.loads(answer.content[0].text)["error"]
    return error


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    tools = CALLS if effort.is_everything() else USUAL
    given = calls(EXAMPLES, *((tool, CALLS[tool]) for tool in tools))
    return dict(zip(tools, given, strict=True))


def test_every_tool_is_listed_as_read_only_and_has_a_call_here() -> None:
    async def talk(client: Client) -> Any:
        return await client.list_tools()

    tools = conversation(EXAMPLES, talk).tools
    assert [tool.name for tool in tools] == list(_mcp_tools.TOOLS)
    assert sorted(CALLS) == sorted(_mcp_tools.TOOLS)
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert set(CALLS[tool.name]) <= set(tool.input_schema["properties"])


@pytest.mark.parametrize("tool", _mcp_tools.TOOLS)
def test_no_argument_writes_a_file_or_names_customers(tool: str) -> None:
    written = {"out", "rejects", "record", "history", "include_customers", "plain_ids"}
    assert not written & set(_mcp_tools.parameters(tool))


@pytest.mark.parametrize("tool", _mcp_tools.TOOLS)
def test_no_argument_opens_a_database(tool: str) -> None:
    assert not {"source", "where", "table"} & set(_mcp_tools.parameters(tool))


@pytest.mark.parametrize("tool", effort.family(CALLS, *USUAL))
def test_every_tool_answers_as_the_command_does(
    tool: str, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    typed = _mcp_tools.words(tool, CALLS[tool])
    printed = json.loads(CliRunner().invoke(app, typed, prog_name="ltv").stdout)
    answer = answers[tool]
    assert not answer.is_error
    assert answer.structured_content == json.loads(answer.content[0].text)
    assert answer.structured_content == _mcp_tools.answer(printed, CALLS[tool].get("rows", 100))


def test_findings_come_first(answers: dict[str, Any]) -> None:
    documents = {
        tool: list(answer.structured_content)
        for tool, answer in answers.items()
        if tool != "explain"
    }
    assert {keys[0] for keys in documents.values()} == {"findings"}


def test_no_answer_holds_a_customer(answers: dict[str, Any]) -> None:
    with (EXAMPLES / "shop/orders.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    texts = [answer.content[0].text for answer in answers.values()]
    for column in ("Email", "Name"):
        cells = {row[column] for row in rows if row[column]}
        assert len(cells) > 100
        assert not [cell for cell in cells for text in texts if f"{cell}," in text or cell == text]
    assert not [text for text in texts if "@" in text]


@pytest.mark.slow
def test_long_tables_are_shortened_and_the_omitted_rows_counted() -> None:
    of_cohorts = CALLS["cohorts"]
    every, short = calls(EXAMPLES, ("cohorts", of_cohorts), ("cohorts", of_cohorts | {"rows": 5}))
    whole, document = every.structured_content, short.structured_content
    assert "omitted_rows" not in whole
    for name, table in whole["tables"].items():
        assert document["tables"][name] == table[:5]
        assert document["omitted_rows"].get(name, 0) == max(0, len(table) - 5)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to serve, with links that lead out of it."""
    root = tmp_path / "served"
    root.mkdir()
    shutil.copy(ROOT / "tests/golden/segments/orders.csv", root / "orders.csv")
    (tmp_path / "README.md").write_text("customer,date,amount\n", "utf-8")
    (root / "link.csv").symlink_to(tmp_path / "README.md")
    (root / "linked").symlink_to(tmp_path)
    (root / "pitch.yaml").symlink_to("/etc/passwd")
    monkeypatch.chdir(root)
    return root


def called(tool: str, arguments: dict[str, Any], root: Path) -> dict[str, Any]:
    """Run a call as the server does, in this process; return the error."""
    typed = _mcp_tools.words(tool, arguments)
    done = CliRunner().invoke(app, typed, prog_name="ltv", env={targets.ROOT: str(root)})
    assert done.exit_code, arguments
    error: dict[str, Any] = json.loads(_mcp_tools.refusal(done.stderr))["error"]
    return error


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_file_outside_the_root_is_read(path: str, served: Path) -> None:
    assert called("calc", {"files": [path]}, served)["code"] == "outside-root"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("calc", {"spend": ["../README.md"]}),
        ("calc", {"spend": ["google=link.csv"]}),
        ("segments", {"by": ["plan"], "customers": "linked/README.md"}),
        ("whatif", {"initiatives": "../README.md"}),
    ],
)
def test_no_option_leads_outside_the_root(
    tool: str, arguments: dict[str, Any], served: Path
) -> None:
    error = called(tool, {"files": ["orders.csv"], **arguments}, served)
    assert error["code"] == "outside-root"


def test_no_pitch_and_no_settings_lead_outside_the_root(served: Path) -> None:
    assert called("audit", {"files": ["pitch.yaml"]}, served)["code"] == "outside-root"
    (served / "ltv.yaml").write_text("spend: ../README.md\n", "utf-8")
    assert called("calc", {"files": ["orders.csv"]}, served)["code"] == "outside-root"
    (served / "ltv.yaml").unlink()
    (served / "ltv.yaml").symlink_to("/etc/passwd")
    error = called("calc", {"files": ["orders.csv"]}, served)
    assert error["code"] == "outside-root"
    assert "root:" not in str(error)


@pytest.mark.parametrize("value", ["--out=stolen.csv", "--record", "-"])
def test_a_value_is_never_an_option(value: str, served: Path) -> None:
    before = sorted(served.rglob("*"))
    assert called("calc", {"files": [value]}, served)["exit_code"] == 3
    assert called("calc", {"files": ["orders.csv"], "margin": value}, served)["exit_code"] == 2
    assert sorted(served.rglob("*")) == before


def test_an_error_masks_what_it_quotes(served: Path) -> None:
    (served / "orders.csv").write_text(
        "customer,date,amount\na,ann@example.com,1\nb,bob@example.com,2\n", "utf-8"
    )
    error = called("calc", {"files": ["orders.csv"]}, served)
    assert error["code"] == "not-dates"
    assert "“[e-mail]”" in error["problem"]


def test_a_file_that_sources_cannot_read_is_described_with_the_reason(served: Path) -> None:
    """`ltv sources` exits with 3 then, and its answer says why."""
    (served / "broken.csv").write_text("a@example.com,b\n1,2\n", "utf-8")
    (answer,) = calls(served, ("sources", {"files": ["orders.csv", "nowhere.csv", "broken.csv"]}))

    text = answer.content[0].text
    assert not answer.is_error
    assert "There is no file “nowhere.csv”." in text
    assert "2 of 3 files cannot be read." in text
    assert "a@example.com" not in text


@pytest.mark.slow
def test_a_server_reads_only_below_its_root_and_records_nothing(served: Path) -> None:
    (served / "ltv.yaml").write_text("record: true\nhistory: history.db\n", "utf-8")
    before = sorted(served.rglob("*"))
    inside, outside = calls(
        served,
        ("calc", {"files": ["orders.csv"]}),
        ("calc", {"files": ["../README.md"]}),
        LTV_RECORD="true",
        HOME=str(served.parent),
    )
    assert not inside.is_error
    assert error_of(outside)["code"] == "outside-root"
    assert sorted(served.rglob("*")) == before
    assert not list(served.parent.rglob("*.db"))


@pytest.mark.parametrize(
    ("tool", "arguments", "code"),
    [
        ("bonus", {}, "no-such-tool"),
        ("calc", {"out": "x.csv"}, "no-such-argument"),
        ("calc", {"files": [True]}, "argument-type"),
        ("calc", {"margin": ["40%"]}, "argument-type"),
        ("calc", {"strict": "yes"}, "argument-type"),
        ("calc", {"files": ["a.csv"], "rows": -1}, "argument-type"),
        ("explain", {}, "argument-missing"),
    ],
)
def test_a_call_that_no_command_would_take_is_refused(
    tool: str, arguments: dict[str, Any], code: str
) -> None:
    from mcp import Client as InProcess

    from ltvcli.commands import _mcp_server

    async def talk() -> Any:
        async with InProcess(_mcp_server.server(EXAMPLES)) as client:
            return await client.call_tool(tool, arguments)

    assert error_of(run(talk))["code"] == code


def test_a_process_that_dies_is_an_error_and_not_the_end() -> None:
    assert json.loads(_mcp_tools.refusal(""))["error"]["code"] == "stopped"


@pytest.mark.slow
@pytest.mark.skipif(
    not (hasattr(os, "mkfifo") and shutil.which("ps")), reason="no named pipes or no ps here"
)
def test_a_cancelled_call_ends_its_process(served: Path) -> None:
    pipe = served / "never-written.csv"
    os.mkfifo(pipe)

    def running() -> bool:
        commands = subprocess.run(
            ["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True
        )
        return f"-- {pipe.name}" in commands.stdout

    async def talk(client: Client) -> list[bool]:
        seen = []
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "calc", {"files": [pipe.name]})
            until = time.monotonic() + 30
            while not running() and time.monotonic() < until:
                await anyio.sleep(0.1)
            seen.append(running())
            group.cancel_scope.cancel()
        until = time.monotonic() + 30
        while running() and time.monotonic() < until:
            await anyio.sleep(0.1)
        return [*seen, running(), not (await client.list_tools()).tools]

    assert conversation(served, talk) == [True, False, False]


def test_a_missing_library_and_a_missing_folder_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = CliRunner().invoke(app, ["mcp", "--root", "nowhere"], prog_name="ltv")
    assert missing.exit_code == 2
    assert "There is no folder nowhere." in missing.output
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "ltvcli.commands._mcp_server", raising=False)
    monkeypatch.delattr("ltvcli.commands._mcp_server", raising=False)
    without = CliRunner().invoke(app, ["mcp"], prog_name="ltv")
    assert without.exit_code == 2
    assert "pip install 'ltvcli[mcp]'" in without.output
