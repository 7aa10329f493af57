"""Several answers on one page: `ltvcli.report("monthly", "orders.csv").to_text("html")`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from ltvcli.api.conversions import Convertible, convertible
from ltvcli.api.errors import written_errors
from ltvcli.results.compiled import CompiledReport


class CompiledAnswer(Convertible, CompiledReport, frozen=True, kw_only=True):
    """A CompiledReport with methods to convert it."""


@written_errors()
def report(
    name: str,
    *inputs: Any,
    pitch: str | PathLike[str] | None = None,
    cancellations: str | PathLike[str] | Sequence[str | PathLike[str]] = (),
    quotes: bool = False,
    history: str | PathLike[str] | None = None,
    **options: Any,
) -> CompiledAnswer:
    """Combine the answers of several commands: `to_text("html")` is a page to look at.

    Args:
        name: "monthly", "investor" or "board".
        inputs: paths, globs, pandas data frames or DuckDB relations of orders or subscriptions.
        pitch: a file with the claims of the company, to compare with the data.
        cancellations: who cancelled, when and why, for the board: one file or several.
        quotes: quote comments for the board, with addresses and names masked.
        history: the file of recorded runs, for what was reported earlier.
        options: the options of `ltv report` with underscores: `spend="spend.csv"`, `cac=40`;
            `record=True` records the run of each answer, at the time `now`.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.
    """
    from ltvcli.api import recording
    from ltvcli.pipeline import compiled as steps

    files = [cancellations] if isinstance(cancellations, str | PathLike) else cancellations
    path = {"history": history} if history else {}
    with recording.of_several({**options, **path}) as (settings, remember):
        answered = steps.run(
            name,
            inputs,
            settings,
            document=recording.document,
            pitch=str(pitch) if pitch else None,
            cancellations=[str(file) for file in files],
            quotes=quotes,
            history=Path(history) if history else None,
            remember=remember,
        )
    return convertible(CompiledAnswer, answered)
