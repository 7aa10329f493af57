"""Load exports and files of spend into facts: the steps that every question begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar, Unpack

from msgspec import Struct, field
from msgspec.structs import replace

from ltvcli.errors import TwoKindsError
from ltvcli.facts import kept
from ltvcli.language import N_
from ltvcli.pipeline.kind_settings import (
    saved_roles,
    settings_of,
    without_roles_of_other_kind,
    without_spend,
    without_spend_roles,
)
from ltvcli.pipeline.read_files import (
    engine_beside,
    open_sheets,
    open_spend,
    read_sheets,
    stored,
    with_spend,
)
from ltvcli.pipeline.sharing import is_shared, once
from ltvcli.pipeline.steps import Step
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB
    from ltvcli.facts.orders import Facts, Span
    from ltvcli.facts.subscriptions import Subscriptions
    from ltvcli.pipeline.sums import By
    from ltvcli.read.files.sheet import Sheet
    from ltvcli.read.orders.load import Reading
    from ltvcli.read.orders.requested_columns import RequestedColumns
    from ltvcli.read.recognise import Kind
    from ltvcli.results.acquisition import Acquisition

AnyFacts = TypeVar("AnyFacts", bound="Facts | Subscriptions")
Answer = TypeVar("Answer")


class Detail(TypedDict, total=False):
    """How much detail a question needs, beyond sums over all customers.

    Attributes:
        by: what to group by.
        with_costs: keep the costs of single customers in the engine, of orders.
        further: opened files that the engine may read later, such as deals.
        span: length of periods that are compared, of orders.
    """

    by: By
    with_costs: bool
    span: Span | None
    further: Sequence[Sheet]


class Files(Struct, frozen=True, kw_only=True):
    """Opened exports, sorted by kind, and a private folder for temporary files."""

    kinds: Mapping[Kind, Sequence[Sheet]]
    temp: Path

    @property
    def sheets(self) -> list[Sheet]:
        """All sheets, of every kind."""
        return [sheet for sheets in self.kinds.values() for sheet in sheets]


class Loaded(Struct, Generic[AnyFacts], frozen=True, kw_only=True):
    """Files of one kind in an engine: rows, sums, and CAC.

    `every` are all files that the engine may read, in the order of their numbers. `kept` are the
    facts for the history, which every question that shares the files has. `span` is the length of
    the periods by which orders were just added up as well; else None.
    """

    kind: Kind
    sheets: Sequence[Sheet]
    every: Sequence[Sheet]
    settings: Settings
    reading: Reading
    engine: DuckDB
    facts: AnyFacts
    acquisition: Acquisition | None
    by_segment: bool
    kept: Mapping[str, Any] = field(default_factory=dict)
    span: Span | None = None


@contextmanager
def opened(inputs: Sequence[Any], settings: Settings, step: Step) -> Iterator[Files]:
    """Open exports and recognise their kinds; temporary files are deleted afterwards.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: all settings.
        step: called with the name of each step.
    """
    from ltvcli.read import recognise

    exports = without_spend_roles(settings)
    with open_sheets(inputs, exports, step) as (sheets, temp):
        yield Files(kinds=recognise.split(sheets, exports.map, saved_roles(exports)), temp=temp)


@contextmanager
def load(
    inputs: Sequence[Any],
    settings: Settings,
    rejects: Path | None,
    step: Step,
    *,
    command: str,
    **detail: Unpack[Detail],
) -> Iterator[Loaded[Facts | Subscriptions]]:
    """Load exports of orders or of subscriptions.

    Args:
        inputs: paths, globs, "-" or pandas data frames.
        settings: all settings.
        rejects: where to write the excluded rows.
        step: called with the name of each step.
        command: of the question, named in an error.
        detail: see `Detail`.

    Raises:
        TwoKindsError: there are both, which `command` does not combine.
    """
    with opened(inputs, settings, step) as files:
        if len(files.kinds) > 1:
            raise TwoKindsError(command=command)
        kind = next(iter(files.kinds))
        with load_kind(files, kind, settings, rejects, step, **detail) as loaded:
            yield loaded


@contextmanager
def load_kind(
    files: Files,
    kind: Kind,
    settings: Settings,
    rejects: Path | None,
    step: Step,
    **detail: Unpack[Detail],
) -> Iterator[Loaded[Facts | Subscriptions]]:
    """Load the files of one kind, and spend, into one engine, and gather their facts.

    Args:
        files: the opened exports.
        kind: which of them to load.
        settings: all settings; those of this kind, where there are two.
        rejects: where to write the excluded rows.
        step: called with the name of each step.
        detail: see `Detail`.

    Raises:
        LtvError: a file cannot be used, or the data cannot answer.
    """
    from ltvcli.pipeline import sums, table_limits

    settings = without_roles_of_other_kind(kind, settings)
    by, with_costs = detail.get("by", ""), detail.get("with_costs", False)
    further, span = detail.get("further", ()), detail.get("span")
    table_limits.refuse(files.kinds[kind], kind, settings, rejects, further)
    requested = sums.requested(kind, files.kinds[kind], settings, files.temp, by)
    loading = partial(
        _loaded, files, kind, settings, rejects, step, requested, further, with_costs, span
    )
    key = f"{kind} {requested} {with_costs} {rejects} {override(settings, by=())}"
    # What is read of further files changes the engine, so that it is no one else's.
    with loading() if further else once(key, loading, is_engine=True) as loaded:
        for name, facts in loaded.kept.items():
            kept.keep(name, facts)
        yield replace(loaded, settings=settings, span=None if is_shared() else span)


@contextmanager
def _loaded(
    files: Files,
    kind: Kind,
    settings: Settings,
    rejects: Path | None,
    step: Step,
    requested: RequestedColumns,
    further: Sequence[Sheet],
    with_costs: bool,
    span: Span | None,
) -> Iterator[Loaded[Facts | Subscriptions]]:
    from ltvcli.pipeline import sums

    sheets = files.kinds[kind]
    spend = open_spend(settings, files.temp)
    further_sheets = [*requested.sheets, *spend, *further]
    first_spend = len(sheets) + len(requested.sheets)
    read = partial(read_sheets, kind, requested=requested)
    with ExitStack() as stack:
        spend_engine = stack.enter_context(engine_beside(sheets, spend, files.temp, settings))
        read_all = with_spend(read, spend, first_spend, spend_engine) if spend else read
        reading, engine = stack.enter_context(
            stored(sheets, files.temp, settings, rejects, step, read_all, further_sheets)
        )
        step(N_("Computing sums"))
        by_segment = bool(requested.by)
        with kept.keeping() as gathered:
            facts = sums.gather(
                engine, reading, settings, by_segment=by_segment, with_costs=with_costs, span=span
            )
            kept.keep(kind, facts)
            acquisition = sums.acquisition(engine, facts, settings, spend_engine)
        yield Loaded(
            kind=kind,
            sheets=sheets,
            every=(*sheets, *further_sheets),
            settings=settings,
            reading=reading,
            engine=engine,
            facts=facts,
            acquisition=acquisition,
            by_segment=by_segment,
            kept=gathered,
            span=span,
        )


def load_each(
    files: Files,
    settings: Settings,
    rejects: Path | None,
    step: Step,
    answer: Callable[[Loaded[Facts | Subscriptions]], Answer],
) -> list[Answer]:
    """Load orders and subscriptions one after the other, and answer from each.

    Spend is dropped, since it cannot be split between the two; the excluded rows of both are
    written to one file.

    Args:
        files: the opened exports, of two kinds.
        settings: all settings.
        rejects: where to write the excluded rows.
        step: called with the name of each step.
        answer: called while the engine of a kind is open.

    Raises:
        SpendForBothError: spend was given for this run.
    """
    from ltvcli.read import rejects as excluded

    answers: list[Answer] = []
    pieces: list[Path] = []
    header = excluded.widest(files.sheets)
    settings = without_spend(settings)
    for kind, sheets in files.kinds.items():
        settings_of_kind = settings_of(kind, settings, files.kinds)
        with load_kind(files, kind, settings_of_kind, None, step) as loaded:
            if rejects:
                pieces.append(files.temp / f"rejects-{kind}.csv")
                excluded.write(loaded.engine, sheets, pieces[-1], () if pieces[1:] else header)
            answers.append(answer(loaded))
    if rejects:
        excluded.join(pieces, files.sheets, rejects)
    return answers
