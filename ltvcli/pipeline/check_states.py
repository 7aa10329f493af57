"""States of rules from run to run, and the messages about their changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ltvcli.analyses.check import evaluate, sentences, states
from ltvcli.language import N_, printable, translate
from ltvcli.results.check import Evaluation, Missing, RuleState, Standing, Watch
from ltvcli.text.words import fill, say

if TYPE_CHECKING:
    from ltvcli.record.alerts import Change, KeptLetter, KeptState, Key, Letter
    from ltvcli.record.history_file import History
    from ltvcli.settings.rules import Rule

Deliver = Callable[["Sequence[KeptLetter]"], Mapping[int, str | None]]
"""Sends messages: number of each to None where it was taken, else to the reason."""


class Ledger(Struct, frozen=True, kw_only=True):
    """Where states are kept between runs, and how messages leave.

    Attributes:
        path: of the history.
        scope: path of the ltv.yaml whose rules these are.
        now: time of the run, with its zone.
        lang: of the messages.
        deliver: sends them.
    """

    path: Path
    scope: str
    now: datetime
    lang: str
    deliver: Deliver


class Occasion(Struct, frozen=True, kw_only=True):
    """Context of messages about a run: its last day, money, and the command for details."""

    as_of: date
    currency: str | None
    closer: Callable[[Rule], str]


class Outcome(Struct, frozen=True, kw_only=True):
    """Every rule after a run, and why a channel did not take its message."""

    watches: tuple[Watch, ...]
    reasons: Mapping[str, str]


def without_history(
    rules: Sequence[Rule], evaluations: Mapping[str, Sequence[Evaluation]], on: date
) -> tuple[Watch, ...]:
    """Return every rule as after a first run.

    Args:
        rules: in the order of ltv.yaml.
        evaluations: evaluations by rule.
        on: last day of the data.
    """
    return tuple(
        _watch(rule, evaluation, states.following(None, evaluation, rule.runs, on, is_new=True))
        for rule in rules
        for evaluation in evaluations[rule.name]
    )


def with_history(
    rules: Sequence[Rule],
    evaluations: Mapping[str, Sequence[Evaluation]],
    occasion: Occasion,
    ledger: Ledger,
    history: History,
    run: int,
) -> Outcome:
    """Return every rule after this run, save its state, and send changes.

    Args:
        rules: in the order of ltv.yaml.
        evaluations: evaluations by rule.
        occasion: what messages say beside.
        ledger: how states are kept and messages leave.
        history: opened, to be written to.
        run: number of this run in the history; runs on the same data have the same one.
    """
    from ltvcli.record import alerts

    watches: dict[str, list[Watch]] = {}

    def following(before: Mapping[Key, KeptState]) -> list[Change]:
        watches.clear()
        changes: list[Change] = []
        for rule in rules:
            of_rule = evaluations[rule.name]
            alerts_of_rule: list[Watch] = []
            watches[rule.name] = []
            for evaluation in (*of_rule, *_vanished(rule, of_rule, before)):
                key = rule.name, evaluation.segment
                kept = before.get(key)
                earlier, is_new = _standing(kept), kept is None or kept.run != run
                after = states.following(
                    earlier, evaluation, rule.runs, occasion.as_of, is_new=is_new
                )
                watches[rule.name].append(_watch(rule, evaluation, after, earlier))
                if states.is_alert(earlier, after):
                    alerts_of_rule.append(watches[rule.name][-1])
                if earlier != after or is_new:
                    changes.append((key, _kept(after, run), ()))
            if alerts_of_rule:
                key, kept_state, _ = changes[-1]
                letters = _letters(rule, alerts_of_rule, occasion, ledger.lang)
                changes[-1] = key, kept_state, letters
        return changes

    alerts.advance(history, ledger.scope, following)
    channels = list(dict.fromkeys(channel for rule in rules for channel in rule.to))
    waiting = alerts.unsent(history, ledger.scope, channels)
    reasons: dict[str, str] = {}
    if waiting:
        outcome = ledger.deliver(waiting)
        taken = [letter.number for letter in waiting if outcome.get(letter.number, "") is None]
        alerts.mark_sent(history, taken, ledger.now)
        reasons = {
            letter.channel: outcome.get(letter.number) or ""
            for letter in waiting
            if letter.number not in taken
        }
        for letter in waiting:
            watches[letter.key[0]] = [
                _noted(watch, letter.channel, letter.number in taken)
                for watch in watches.get(letter.key[0], ())
            ]
    every = tuple(watch for rule in rules for watch in watches[rule.name])
    return Outcome(watches=every, reasons=reasons)


def _noted(watch: Watch, channel: str, is_taken: bool) -> Watch:
    """Record which channel accepted a message about a change of state, or did not."""
    if not (watch.changed and watch.standing.state in states.ALERTS):
        return watch
    if is_taken:
        return replace(watch, delivered=tuple(dict.fromkeys((*watch.delivered, channel))))
    return replace(watch, undelivered=tuple(dict.fromkeys((*watch.undelivered, channel))))


def _watch(
    rule: Rule, evaluation: Evaluation, after: Standing, before: Standing | None = None
) -> Watch:
    return Watch(
        evaluation=evaluation,
        standing=after,
        severity=rule.severity,
        when=rule.when,
        sure=rule.sure,
        runs=rule.runs,
        changed=before is None or before.state is not after.state,
    )


def _vanished(
    rule: Rule, evaluations: Sequence[Evaluation], before: Mapping[Key, KeptState]
) -> list[Evaluation]:
    """Return segments that fired or were about to, and are not in the data any more."""
    known = {evaluation.segment for evaluation in evaluations}
    return [
        evaluate.undecided(rule, segment, Missing.NO_SEGMENT)
        for (name, segment), kept in before.items()
        if name == rule.name and segment not in known and (kept.alarmed or kept.runs)
    ]


def _standing(kept: KeptState | None) -> Standing | None:
    if kept is None:
        return None
    return Standing(
        state=RuleState(kept.state), since=kept.since, runs=kept.runs, alarmed=kept.alarmed
    )


def _kept(standing: Standing, run: int) -> KeptState:
    from ltvcli.record.alerts import KeptState

    return KeptState(
        state=str(standing.state),
        since=standing.since,
        runs=standing.runs,
        alarmed=standing.alarmed,
        run=run,
    )


def _letters(rule: Rule, watches: Sequence[Watch], occasion: Occasion, lang: str) -> list[Letter]:
    """Write one message about all changes of a rule for each of its channels."""
    from ltvcli.record.alerts import Letter

    facts = {"rule": rule.name, "state": watches[0].standing.state, "n": len(watches)}
    subject = fill(N_("ltv: {rule} is {state}"), facts, lang)
    if any(watch.standing.state is not watches[0].standing.state for watch in watches):
        subject = fill(N_("ltv: {rule} changed in {n} segments"), facts, lang)
    elif len(watches) > 1:
        subject = fill(N_("ltv: {rule} is {state} in {n} segments"), facts, lang)
    lines = [
        f"{rule.name if statement.label == rule.name else translate(statement.label, lang)}: "
        f"{say(statement.says, lang, occasion.currency)}"
        for watch in watches
        for statement in sentences.statements(watch)
    ]
    closer = fill(N_("Details: {command}"), {"command": occasion.closer(rule)}, lang)
    through = fill(N_("data through {day}"), {"day": occasion.as_of}, lang)
    body = "\n".join([*lines, closer, through])
    return [Letter(channel=channel, subject=printable(subject), body=body) for channel in rule.to]
