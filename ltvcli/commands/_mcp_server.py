"""The server of `ltv mcp`: each call of a tool runs `ltv` in a separate process.

A process reads only below the root and writes nothing (`targets.ROOT`). One that fails or runs out
of memory does not stop the server, and a call that is cancelled ends its process.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import DEVNULL, CompletedProcess
from typing import Any

import anyio
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from ltvcli import __version__, targets
from ltvcli.commands import _mcp_tools
from ltvcli.errors import LtvError
from ltvcli.formats import json as json_format

INSTRUCTIONS = (
    "ltv computes customer lifetime value (LTV), CAC, payback, cohorts, segments, forecasts and "
    "MRR from exports of orders or subscriptions. Pass the files by their names below the served "
    "folder; call sources first if you do not know what a file holds. Tell the user the findings "
    "before the figures, and each figure with its interval and its basis: without a margin, values "
    "are revenue and an upper bound. Call explain for the meaning of a term."
)
SIMULTANEOUS = 2
"""Calls that run at the same time; each may use several cores."""


def serve(root: Path) -> None:
    """Serve the tools over standard input and output until the input ends.

    Args:
        root: the folder below which files may be read.
    """
    anyio.run(_serve, root)


def server(root: Path) -> Server[Any]:
    """Return the server of one folder."""
    limit = anyio.Semaphore(SIMULTANEOUS)

    async def list_tools(
        _: ServerRequestContext[Any], params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[_tool(name) for name in _mcp_tools.TOOLS])

    async def call_tool(
        _: ServerRequestContext[Any], params: CallToolRequestParams
    ) -> CallToolResult:
        arguments = params.arguments or {}
        try:
            typed = _mcp_tools.words(params.name, arguments)
        except LtvError as error:
            return _refused(json_format.render_error(error, "en"))
        async with limit:
            done = await _run(typed, root)
        if done.returncode < 0 or (done.returncode and not done.stdout):
            return _refused(done.stderr.decode("utf-8", "replace"))
        rows = arguments.get(_mcp_tools.ROWS, _mcp_tools.MOST_ROWS)
        document = json.loads(done.stdout)
        if done.returncode:  # such as sources, of which a file cannot be read
            document = _mcp_tools.masked(document)
        return _answered(_mcp_tools.answer(document, rows))

    return Server(
        "ltv",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def _serve(root: Path) -> None:
    serving = server(root)
    async with stdio_server() as (read, write):
        await serving.run(read, write, serving.create_initialization_options())


async def _run(typed: list[str], root: Path) -> CompletedProcess[bytes]:
    """Run a command below `root`; the process is killed if the call is cancelled."""
    environment = {name: text for name, text in os.environ.items() if name != "LTV_FORMAT"}
    environment |= {targets.ROOT: str(root), "LTV_RECORD": "false", "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "ltvcli", *typed]
    return await anyio.run_process(command, stdin=DEVNULL, check=False, cwd=root, env=environment)


def _tool(name: str) -> Tool:
    return Tool(
        name=name,
        description=_mcp_tools.description(name),
        input_schema=_mcp_tools.schema(name),
        annotations=ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _answered(document: Mapping[str, Any]) -> CallToolResult:
    text = json.dumps(document, ensure_ascii=False)
    return CallToolResult(content=[TextContent(text=text)], structured_content=document)


def _refused(error: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=_mcp_tools.refusal(error))], is_error=True)
