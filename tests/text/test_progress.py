"""The progress bar: percent, rows and time left, on a terminal only."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest
from rich.console import Console

from ltvcli import progress
from ltvcli.text import progress as _progress


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Query:
    """A query whose progress is set by hand; below 0 is unknown."""

    done = -1.0

    def __call__(self) -> float:
        return self.done


@pytest.fixture
def query() -> Iterator[Query]:
    made = Query()
    with progress.watching(), progress.source(made):
        yield made


def page(bar: _progress.Bar) -> str:
    written = io.StringIO()
    Console(file=written, width=100, force_terminal=True, color_system=None).print(bar.display)
    return written.getvalue()


def drawn(lang: str = "en") -> tuple[_progress.Bar, Clock]:
    clock = Clock()
    return _progress.Bar(Console(file=io.StringIO()), lang, clock), clock


def test_bar_shows_percent_rows_and_time_left(query: Query) -> None:
    bar, clock = drawn()
    bar.begin("Reading the files")
    progress.of_rows(10_000_000)
    for second in range(11):
        clock.now, query.done = float(second), 4.0 * second
        bar.look()

    text = page(bar)
    assert "Reading the files …" in text
    assert "40%" in text
    assert "4,000,000 of 10,000,000 rows" in text
    assert "0:00:15" in text  # 60% are left, at 4% a second


def test_bar_without_known_progress_shows_the_step_alone(query: Query) -> None:
    bar, _ = drawn()
    bar.begin("Opening the files")
    bar.look()

    text = page(bar)
    assert "Opening the files …" in text
    assert "%" not in text
    assert "rows" not in text


def test_next_step_forgets_the_rows_of_the_last(query: Query) -> None:
    bar, _ = drawn()
    bar.begin("Reading the files")
    progress.of_rows(500)
    query.done = 50.0
    bar.look()
    bar.begin("Adding up")
    bar.look()

    text = page(bar)
    assert "Adding up" in text
    assert "rows" not in text


def test_next_query_begins_the_time_anew(query: Query) -> None:
    bar, clock = drawn()
    bar.begin("Reading the files")
    for second, done in ((0, 1.0), (50, 99.0), (51, 1.0), (52, 51.0)):
        clock.now, query.done = float(second), done
        bar.look()

    assert "51%" in page(bar)
    assert "0:00:01" in page(bar)


@pytest.mark.parametrize("quiet", [True, False])
def test_nothing_is_shown_where_stderr_is_no_terminal(
    quiet: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with _progress.watch("en", quiet=quiet) as step:
        step("Reading the files")
        assert not progress.is_wanted()
    assert capsys.readouterr() == ("", "")


def test_quiet_shows_nothing_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with _progress.watch("en", quiet=True):
        assert not progress.is_wanted()
    with _progress.watch("en"):
        assert progress.is_wanted()


def test_the_engine_reports_progress_while_it_is_open(tmp_path: object) -> None:
    from pathlib import Path

    from ltvcli.engines import duckdb

    assert progress.percent() is None
    with progress.watching(), duckdb.open([], Path(str(tmp_path)), None) as engine:
        (shown,) = engine.execute(
            "select current_setting('enable_progress_bar'), "
            "current_setting('enable_progress_bar_print')"
        ).fetchall()
        assert shown == (True, False)
        assert progress.percent() is None or 0 <= (progress.percent() or 0) <= 100
    assert progress.percent() is None
