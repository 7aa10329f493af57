"""`ltv history`: recorded runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ltvcli import targets
from ltvcli.commands import _complete, _options, _output
from ltvcli.errors import ExtraWordsError, NoSuchRunError, UnknownNameError, WordMissingError
from ltvcli.language import N_
from ltvcli.settings import settings as config
from ltvcli.text import progress

if TYPE_CHECKING:
    from ltvcli.pipeline.steps import Step
    from ltvcli.results.history import HistoryReport

HELP = N_(
    "List, show, forget or export the runs recorded with --record, follow a figure over time "
    "(reported and restated), or compare forecasts with actual results."
)
MANY = 10_000
EXAMPLES = (
    "ltv calc orders.csv --record",
    "ltv history",
    "ltv history trend ltv_to_cac",
    "ltv history trend ltv orders.csv",
    "ltv history forecasts orders.csv",
    "ltv history show 3",
    "ltv history forget 3",
    "ltv history export runs.csv",
)
ACTIONS = {
    "list": (0, 0),
    "trend": (1, MANY),
    "forecasts": (0, MANY),
    "show": (1, 1),
    "forget": (1, 1),
    "export": (1, 1),
}
"""Actions, and the least and the largest number of words that follow each."""
MISSING = {
    "trend": "ltv history trend ltv_to_cac",
    "show": "ltv history show 3",
    "forget": "ltv history forget 3",
    "export": "ltv history export runs.csv",
}


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[trend FIGURE [FILES] | forecasts [FILES] | show N | forget N | export FILE]",
            help=N_("What to do; without it, the runs are listed."),
            show_default=False,
            autocompletion=_complete.among(tuple(ACTIONS)),
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="channel",
            help=N_("With trend: each segment of the runs of ltv segments --by channel."),
            rich_help_panel=_options.RESULT,
            show_default=False,
        ),
    ] = None,
    history: _options.History = None,
    format: _options.Format = None,
    table: _options.Table = None,
    out: _options.Out = None,
    brief: _options.Brief = False,
    verbose: _options.Verbose = False,
    quiet: _options.Quiet = False,
    lang: _options.Lang = None,
) -> None:
    """Read the settings, run the pipeline, and write the report."""
    from ltvcli.record import place

    action, *more = words or ["list"]
    _check(action, more)
    params = {"history": history, "format": format, "lang": lang}
    settings = config.resolve(params, os.environ)
    speak = settings.lang or ctx.obj.lang
    path = place.path_of(settings)
    if action == "export":
        from ltvcli.commands import _history_export

        targets.writing(targets.HISTORY, path)
        _history_export.write(path, Path(more[0]))
        return
    render = _output.renderer(settings, out, table, quiet=quiet, brief=brief, verbose=verbose)
    if action == "forecasts":
        from ltvcli.pipeline import history_forecasts

        with progress.watch(speak, quiet=quiet) as step:
            report = history_forecasts.judged(path, more, step=step)
    elif action == "trend":
        with progress.watch(speak, quiet=quiet) as step:
            report = _trend(more, path, by or "", step)
    else:
        report = _answer(action, more, path, ["--history", history] if history else [])
    if action == "show" and _output.format_of(settings, out) == "json":
        from ltvcli.formats import json

        _output.write(json.dump(report.document), out)
        return
    _output.write(render(report, speak), out)


def _check(action: str, words: Sequence[str]) -> None:
    """Check the typed words.

    Raises:
        UnknownNameError: there is no such action.
        WordMissingError: a word is missing after it.
        ExtraWordsError: there are too many.
    """
    if action not in ACTIONS:
        raise UnknownNameError(kind=N_("actions of ltv history"), name=action, known=list(ACTIONS))
    least, most = ACTIONS[action]
    if len(words) > most:
        raise ExtraWordsError(words=" ".join(words[most:]))
    if len(words) < least:
        raise WordMissingError(typed=f"ltv history {action}", example=MISSING[action])


def _answer(action: str, words: Sequence[str], path: Path, typed: Sequence[str]) -> HistoryReport:
    """Return the report of an action.

    Raises:
        NoSuchRunError: there is no run of that number.
        LtvError: the history cannot be read or written.
    """
    from ltvcli.pipeline import history as steps

    if action == "list":
        return steps.listed(path, typed)
    (text,) = words
    if not (text.isascii() and text.isdigit()):
        raise NoSuchRunError(number=text)
    number = min(int(text[:20]), 2**62)
    return steps.shown(path, number) if action == "show" else steps.forgotten(path, number)


def _trend(words: Sequence[str], path: Path, by: str, step: Step) -> HistoryReport:
    """Ask the pipeline for a trend; a figure may be called by any name that `ltv explain` knows.

    Raises:
        LtvError: no run has the figure, or the history or a file cannot be read.
    """
    import json

    from ltvcli.commands import _glossary
    from ltvcli.errors import UnknownTermError
    from ltvcli.formats import json as json_format
    from ltvcli.pipeline import history_trend

    figure, *files = words
    with suppress(UnknownTermError):
        figure = str(_glossary.find(figure)).replace("-", "_")
    return history_trend.trend(
        path,
        figure,
        files,
        by=by,
        document=lambda report: json.loads(json_format.render(report, "en")),
        step=step,
    )
