"""A progress bar on stderr, for work that takes more than a second on a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ltvcli import progress
from ltvcli.language import N_, translate

if TYPE_CHECKING:
    from rich.console import Console

PATIENCE = 1.0
"""Seconds before the bar is shown."""
_PAUSE = 0.2
"""Seconds between two updates."""
_WHOLE = 100.0


@contextmanager
def watch(lang: str, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the name of each step; the bar is shown after PATIENCE.

    Args:
        lang: of the words.
        quiet: show nothing, as where stderr is no terminal.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    bar = Bar(Console(stderr=True), lang)
    over = threading.Event()
    thread = threading.Thread(target=_show, args=(bar, over), daemon=True)
    with progress.watching():
        thread.start()
        try:
            yield bar.begin
        finally:
            over.set()
            thread.join()


def _show(bar: Bar, over: threading.Event) -> None:
    if over.wait(PATIENCE):
        return
    with bar.display:
        while not over.wait(_PAUSE):
            bar.look()


class Bar:
    """A bar with percent, rows and time left; it only pulses while the progress is not known."""

    def __init__(
        self, console: Console, lang: str, clock: Callable[[], float] | None = None
    ) -> None:
        """Prepare it.

        Args:
            console: to draw on.
            lang: of the words.
            clock: seconds; None for that of the machine.
        """
        from rich import progress as drawn

        self._lang = lang
        self.display = drawn.Progress(
            drawn.TextColumn("{task.description}"),
            drawn.BarColumn(),
            drawn.TextColumn("{task.fields[percent]}"),
            drawn.TextColumn("{task.fields[rows]}"),
            drawn.TimeRemainingColumn(),
            console=console,
            transient=True,
            get_time=clock,
        )
        self._task = self.display.add_task("", total=None, percent="", rows="")

    def begin(self, step: str) -> None:
        """Name the step that begins."""
        progress.of_rows(0)
        text = f"{translate(step, self._lang)} …"
        self.display.reset(self._task, total=None, description=text, percent="", rows="")

    def look(self) -> None:
        """Update the bar with the progress of the query; time restarts with a new query."""
        done = progress.percent()
        if done is None:
            return
        task = self.display.tasks[0]
        if task.total is None or done < task.completed:
            self.display.reset(self._task, total=_WHOLE)
        rows = ""
        if total := progress.rows():
            text = translate(N_("{done} of {total} rows"), self._lang)
            rows = text.format(done=f"{int(total * done / _WHOLE):,}", total=f"{total:,}")
        self.display.update(self._task, completed=done, percent=f"{done:.0f}%", rows=rows)
