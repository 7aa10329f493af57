"""A real Chromium: a test fails if its page loads anything or logs a message."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests import effort

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("Chromium is not installed")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def tabs() -> dict[str, Page]:
    """Tabs that tests share in a usual run, by colour scheme: a new one starts a process."""
    return {}


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.slow)])
def page(request: pytest.FixtureRequest, browser: Browser, tabs: dict[str, Page]) -> Iterator[Page]:
    """Open a tab that fails the test when a page asks for anything or says anything."""
    scheme = request.param
    if effort.is_everything() or scheme not in tabs:
        tabs[scheme] = browser.new_context(color_scheme=scheme).new_page()
    tab = tabs[scheme]
    tab.goto("about:blank")
    tab.emulate_media(media="null")
    tab.set_viewport_size({"width": 1280, "height": 720})
    said: list[str] = []
    listeners: dict[Any, Callable[[Any], None]] = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda asked: said.append(asked.url),
    }
    for event, listener in listeners.items():
        tab.on(event, listener)
    yield tab
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)
    if effort.is_everything():
        tab.context.close()
    assert [line for line in said if not line.startswith("file:")] == []
