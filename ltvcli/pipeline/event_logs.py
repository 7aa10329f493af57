"""Logs of events beside exports: opened, read into the same engine, and added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.errors import TwoKindsError
from ltvcli.language import N_
from ltvcli.pipeline import load
from ltvcli.pipeline.kind_settings import without_roles
from ltvcli.pipeline.read_files import open_beside
from ltvcli.pipeline.steps import Step
from ltvcli.results import Fact, InputFile, Quantity
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.facts.early_behaviour import EarlyBehaviour
    from ltvcli.facts.orders import Facts
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.pipeline.load import Files, Loaded
    from ltvcli.read.files.sheet import Sheet

WITHOUT_EVENTS = "customers-without-events"


class WithEvents(Struct, frozen=True, kw_only=True):
    """Exports in an engine, and the behaviour of customers in their first days.

    Attributes:
        loaded: the exports.
        inputs: the exports and the logs, every row accounted for.
        early: None without a log.
    """

    loaded: Loaded[Facts | Subscriptions]
    inputs: tuple[InputFile, ...]
    early: EarlyBehaviour | None


@contextmanager
def loaded_with_events(
    inputs: Sequence[Any],
    settings: Settings,
    events: Sequence[Any],
    rejects: Path | None,
    step: Step,
    *,
    command: str,
) -> Iterator[WithEvents]:
    """Load exports of one kind, and logs of events of their customers.

    Args:
        inputs: paths, globs, "-" or pandas data frames of orders or subscriptions.
        settings: all settings.
        events: paths, globs or pandas data frames; none for none.
        rejects: where to write the excluded rows of all of them.
        step: called with the name of each step.
        command: of the question, named in an error.

    Raises:
        TwoKindsError: there are orders and subscriptions.
        LtvError: a file cannot be used.
    """
    exports = without_roles(settings, "event") if events else settings
    with load.opened(inputs, exports, step) as files:
        if len(files.kinds) > 1:
            raise TwoKindsError(command=command)
        kind = next(iter(files.kinds))
        sheets = opened(files, settings, events)
        exports_rejects = None if sheets else rejects
        with load.load_kind(files, kind, exports, exports_rejects, step, further=sheets) as loaded:
            yield read(loaded, sheets, settings, rejects, step)


def opened(files: Files, settings: Settings, events: Sequence[Any]) -> Sequence[Sheet]:
    """Open logs of events beside exports.

    Args:
        files: the opened exports.
        settings: all settings, with what --map says about logs.
        events: paths, globs or pandas data frames; none for none.
    """
    return open_beside(events, settings, files.temp, "event") if events else ()


def read(
    loaded: Loaded[Facts | Subscriptions],
    sheets: Sequence[Sheet],
    settings: Settings,
    rejects: Path | None,
    step: Step,
) -> WithEvents:
    """Read opened logs into the engine of the exports.

    Args:
        loaded: the exports, loaded with the logs as further sheets, and without `rejects`.
        sheets: the logs; none for none.
        settings: all settings, with what --map says about logs.
        rejects: where to write the excluded rows of all files.
        step: called with the name of each step.
    """
    from ltvcli.facts import early_behaviour
    from ltvcli.read import emails, events
    from ltvcli.read.files import open_files
    from ltvcli.read.rejects import write as write_rejects

    if not sheets:
        return WithEvents(loaded=loaded, inputs=loaded.reading.inputs, early=None)
    engine, as_of = loaded.engine, loaded.reading.as_of
    step(N_("Reading the events"))
    try:
        emails.add(engine, loaded.kind, loaded.sheets, loaded.settings.map)
        place = len(loaded.every) - len(sheets)
        logs = events.load(sheets, settings, engine, as_of, place)
    finally:
        open_files.check_unchanged(sheets)
    if rejects:
        write_rejects(engine, loaded.every, rejects)
    early = early_behaviour.gather(engine, loaded.kind, as_of)
    return WithEvents(
        loaded=loaded,
        inputs=(*loaded.reading.inputs, *_alerted(logs, early)),
        early=early,
    )


def _alerted(logs: Sequence[InputFile], early: EarlyBehaviour) -> Sequence[InputFile]:
    """Add to the first log the alert that most customers have no event in it, if that is so."""
    from ltvcli.facts import early_behaviour

    began, without = early_behaviour.without_events(early)
    if 2 * without <= began:
        return logs
    first, *rest = logs
    facts: dict[str, Fact] = {
        "customers": Quantity(began, Unit.COUNT),
        "without": Quantity(without, Unit.COUNT),
        "first": early.log_first,
        "last": early.log_last,
    }
    return replace(first, alerts={**first.alerts, WITHOUT_EVENTS: facts}), *rest
