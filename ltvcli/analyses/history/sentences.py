"""Sentences about a trend: its direction, and whether reported values still hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ltvcli.analyses.history.trend import horizons
from ltvcli.analyses.review.sentences import SIGNAL_WORDS
from ltvcli.language import N_, Marked
from ltvcli.record.runs import RecordedRun
from ltvcli.results import Fact, Sentence, Statement
from ltvcli.results.history import Because, Restated
from ltvcli.results.review import Signal
from ltvcli.stats.inference.process_behaviour import ENOUGH

REASONS = {
    Because.DATA: N_("data revised"),
    Because.SETTINGS: N_("settings changed"),
    Because.VERSION: N_("version changed"),
}
BASES = {
    "margin": N_("gross-margin basis, before CAC"),
    "revenue": N_("revenue basis (no margin applied), before CAC"),
}
CUSTOMERS = N_("Customers")
"""Label of the statement that runs of a trend are about other customers."""
HORIZONS = N_("Horizons")
"""Label of the statement that values of a trend are over different horizons."""
OTHER_RUNS = N_(
    "{n} recorded {n:run is|runs are} about other kinds of files or in another currency"
)
SEVERAL = N_(
    "the runs read files of several names ({names}). If these are several businesses, the trend "
    "mixes them: record each with its own --history"
)
OTHER_CUSTOMERS = N_(
    "{n:run|runs} {runs} and run {newest} count other customers in the same months. If these are "
    "several businesses, the trend mixes them: record each with its own --history"
)


def statements(
    rows: Sequence[Restated],
    newest: RecordedRun,
    *,
    has_files: bool,
    elsewhere: str = "",
    missing: str = "",
    unplaced: str = "",
    here: str = "",
    foreign: int = 0,
    names: Sequence[str] = (),
    doubted: Sequence[int] = (),
) -> tuple[Statement, ...]:
    """Return the sentences of a trend, the headline first.

    Args:
        rows: of every segment, each from the oldest to the newest period.
        newest: run, by whose settings all was restated.
        has_files: whether it was restated from files, not from recorded sums.
        elsewhere: folder of these files, if it is not the current one.
        missing: file of the newest run that is not there any more.
        unplaced: file of the newest run whose folder was not recorded.
        here: file of its settings that is read from the current folder, as none is known.
        foreign: recorded runs about other kinds of files or in another currency.
        names: of the files of the runs, without numbers.
        doubted: numbers of the runs whose customers are not those of the newest run.
    """
    periods = sorted({row.period for row in rows})
    headline = Sentence(
        N_("{n} {n:period|periods} of ltv {command} from {first} to {last}"),
        {
            "n": len(periods),
            "command": newest.command,
            "first": periods[0],
            "last": periods[-1],
        },
    )
    notes = []
    if foreign:
        notes.append(Statement(label=N_("Excluded"), says=Sentence(OTHER_RUNS, {"n": foreign})))
    if len(names) > 1:
        facts: dict[str, Fact] = {"names": ", ".join(names)}
        notes.append(Statement(label=N_("Files"), says=Sentence(SEVERAL, facts)))
    if doubted:
        facts = {
            "n": len(doubted),
            "runs": ", ".join(map(str, doubted)),
            "newest": newest.number,
        }
        notes.append(Statement(label=CUSTOMERS, says=Sentence(OTHER_CUSTOMERS, facts)))
    return (
        Statement(label=N_("Trend"), says=headline),
        Statement(label=N_("Restated"), says=_restated(rows)),
        Statement(label=N_("Signals"), says=_signals(rows, len(periods), bool(doubted))),
        Statement(
            label=N_("Restated from"),
            says=_source(
                newest.number,
                has_files=has_files,
                elsewhere=elsewhere,
                missing=missing,
                unplaced=unplaced,
                here=here,
            ),
        ),
        *_based(rows),
        *notes,
    )


def based(row: Restated) -> Sentence | None:
    """Return the basis and the horizon of a reported value; None if they have no effect on it."""
    facts: dict[str, Fact] = {"n": row.horizon or 0}
    if row.basis is None:
        return Sentence(N_("over {n} {n:month|months}"), facts) if row.horizon else None
    facts["basis"] = Marked(BASES[row.basis])
    text = N_("{basis}, over {n} {n:month|months}") if row.horizon else "{basis}"
    return Sentence(text, facts)


def _based(rows: Sequence[Restated]) -> Iterator[Statement]:
    """State the basis of the newest value, other bases, and different horizons."""
    newest = max(reversed(rows), key=lambda row: row.period)
    if basis := based(newest):
        yield Statement(label=N_("Basis"), says=basis)
    deviating = sorted({row.run for row in rows if row.basis not in (None, newest.basis)})
    if deviating:
        facts: dict[str, Fact] = {
            "n": len(deviating),
            "runs": ", ".join(map(str, deviating)),
            "basis": Marked(BASES[next(str(row.basis) for row in rows if row.run == deviating[0])]),
        }
        text = N_("{n:run|runs} {runs} reported another basis: {basis}")
        yield Statement(label=N_("Other basis"), says=Sentence(text, facts))
    if len(known := horizons(rows)) > 1:
        facts = {"least": known[0], "most": known[-1]}
        text = N_(
            "{least} to {most} months: a longer horizon alone gives a higher value. To compare "
            "periods, record the next run with --horizon {least}mo"
        )
        yield Statement(label=HORIZONS, says=Sentence(text, facts))


def _restated(rows: Sequence[Restated]) -> Sentence:
    """Describe how many values differ by more than their interval, and why."""
    known = [row for row in rows if row.restated]
    if not known:
        return Sentence(
            N_("unknown: these figures cannot be recomputed from files or recorded sums")
        )
    differ = [row for row in known if row.because]
    facts: dict[str, Fact] = {"n": len(differ), "of": len(known)}
    if not differ and len(known) == 1:
        return Sentence(N_("the value still holds within its interval"))
    if not differ:
        return Sentence(N_("all {of} values still hold within their interval"), facts)
    first = Counter(row.because[0] for row in differ).most_common()
    (reason, _), *other_reasons = first
    facts["because"] = Marked(REASONS[reason])
    if not other_reasons:
        return Sentence(
            N_(
                "{n} of {of} {of:value|values} moved by more than {n:its|their} interval: {because}"
            ),
            facts,
        )
    facts["also"] = Marked(REASONS[other_reasons[0][0]])
    return Sentence(
        N_(
            "{n} of {of} {of:value|values} moved by more than {n:its|their} interval: {because}; "
            "{also}"
        ),
        facts,
    )


def _signals(rows: Sequence[Restated], periods: int, are_others: bool) -> Sentence:
    """Name the newest signal.

    Args:
        rows: of every segment.
        periods: number of them.
        are_others: whether runs are about other customers.
    """
    if are_others:
        return Sentence(N_("unknown: the runs count other customers"))
    if len(horizons(rows)) > 1:
        return Sentence(N_("unknown: horizons differ"))
    if all(row.signal is None for row in rows):
        return Sentence(
            N_("{of} periods are required; {n} so far"), {"n": periods, "of": ENOUGH + 1}
        )
    signals = [row for row in rows if row.signal not in (None, Signal.ROUTINE)]
    if not signals:
        return Sentence(N_("none: routine variation"))
    newest = max(signals, key=lambda row: row.period)
    assert newest.signal is not None
    facts: dict[str, Fact] = {
        "n": len(signals),
        "period": newest.period,
        "signal": Marked(SIGNAL_WORDS[newest.signal]),
        "segment": newest.segment,
    }
    text = N_("{n}, last at {period}: {signal}")
    if newest.segment:
        text = N_("{n}, last at {period}: {segment} {signal}")
    return Sentence(text, facts)


def _source(
    run: int, *, has_files: bool, elsewhere: str, missing: str, unplaced: str, here: str
) -> Sentence:
    facts: dict[str, Fact] = {"run": run}
    if has_files and elsewhere:
        facts["folder"] = elsewhere
    if file := here if has_files else missing or unplaced:
        facts["file"] = file
    if has_files and here:
        return Sentence(
            N_("today's files, with {file} of the current folder and the settings of run {run}"),
            facts,
        )
    if has_files and elsewhere:
        return Sentence(N_("today's files in {folder} with the settings of run {run}"), facts)
    if has_files:
        return Sentence(N_("today's files with the settings of run {run}"), facts)
    if missing:
        return Sentence(
            N_(
                "recorded sums with the settings of run {run}, because there is no file {file}; "
                "revisions of the data do not show: give the files to include them"
            ),
            facts,
        )
    if unplaced:
        return Sentence(
            N_(
                "recorded sums with the settings of run {run}, because the folder of its {file} "
                "was not recorded; revisions of the data do not show: give the files to include "
                "them"
            ),
            facts,
        )
    return Sentence(
        N_(
            "recorded sums with the settings of run {run}; revisions of the data do not show: give "
            "the files to include them"
        ),
        facts,
    )
