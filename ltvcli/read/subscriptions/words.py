"""What words in cells mean: a state, how often something is billed, a row to exclude.

Each different word of a column is looked at once, in Python; SQL then only compares.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ltvcli.errors import (
    MovementsError,
    NumericIntervalError,
    UnknownIntervalError,
    UnknownStatusError,
)
from ltvcli.read.columns import status_columns, status_vocabulary, status_words, statuses
from ltvcli.read.columns.mapping import key
from ltvcli.read.columns.status_columns import EXCLUDED, Decided, Watched
from ltvcli.read.columns.status_words import REASONS, Status
from ltvcli.read.files import scan
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions import intervals
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.fields import Query
from ltvcli.results import StatusWord
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

_MOST = 1000  # different words; a column with more holds no such words
UNKNOWN_STATE = "unknown-status"
_WHOLE_NUMBER = re.compile(r"\d+([.,]0+)?")

Texts = dict[str, list[tuple[str, int]]]
_CHURNED = {
    "ended": {"churned", "解約", "解約済み", "解約済", "退会", "離脱"},
    "paying": {"active", "継続", "継続中", "有効"},
}
_AS_STATE = {
    "sale": "paying",
    "cancelled": "ended",
    "returned": "ended",
    "failed": "past-due",
    "unfinished": "never",
}
"""Meanings that a user may give a word, as states of a subscription."""
_ACTIVE_FLAGS = {
    *("active", "isactive", "activeflag", "activeflg", "currentlyactive", "subscribed"),
    *("issubscribed", "enabled", "isenabled", "current", "iscurrent", "activesubscription"),
    *(
        "有効",
        "有効フラグ",
        "契約中",
        "契約中フラグ",
        "継続中",
        "継続フラグ",
        "利用中",
        "利用中フラグ",
    ),
}
_STATE = re.compile(
    r"\b(status|state|statut|zustand|estado|etat|stato)\b|ステータス|状態|状況|区分"
)
_SUBSCRIPTION = re.compile(
    r"\b(subscription|plan|membership|contract|abo)\b|契約|定期|会員|サブスク"
)
_HALF = 0.5
_EVENT = re.compile(r"\b(event|type|movement|change|action|kind)\b|種別|区分|イベント")
_CHANGES = {
    *("upgrade", "downgrade", "expansion", "contraction", "churn", "churned", "reactivation"),
    *("upgraded", "downgraded", "cancellation", "cancel", "expand", "contract", "reactivated"),
    *("アップグレード", "ダウングレード", "解約", "再開", "増額", "減額"),
}
_BEGINNINGS = {
    "new",
    "start",
    "started",
    "new business",
    "renewal",
    "renewed",
    "新規",
    "開始",
    "更新",
}
_ENDS = {"cancelled", "trial"}
"""What a flag says of the subscription, where a row is more than a payment."""


def add(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: ReadingSettings, query: Query
) -> None:
    """Add the fields `status`, `months`, `days` and `row_reason` to a query.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
        settings: meanings of words, and what the user excludes.
        query: gets the fields.

    Raises:
        UnknownStatusError: no word of the column of states is known.
        NumericIntervalError: the column of intervals holds numbers.
        UnknownIntervalError: no word of the column of intervals is known.
    """
    texts = _texts(engine, sheet, query)
    decided = _decided(engine, sheet, meaning, settings, texts)
    query.fields["status"] = _status(sheet, meaning, settings, query, texts, decided)
    query.fields |= _interval(sheet, meaning, query, texts)
    query.fields["row_reason"] = _excluded(meaning, settings, query, texts, decided)
    query.decided = [*decided, *_states(meaning, query, texts)]
    query.statuses = _record(decided, meaning, query, settings, texts)


def with_interval(engine: DuckDB, sheet: Sheet, meaning: Meaning) -> Meaning:
    """Read a number beside a period, such as a billing interval of 3 and a billing period of month.

    The column that was taken for the interval by its header holds numbers only; another one whose
    header may be of an interval holds the periods.

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
    """
    columns = meaning.columns
    place = columns.position.get("interval")
    if place is None or "interval_count" in columns.position:
        return meaning
    header = columns.header
    usual = {**columns.profile.columns}
    tiers = (*usual.get("interval", ()), *usual.get("interval_count", ()))
    taken = {*columns.position.values()}
    candidates = [
        n
        for n, name in enumerate(header)
        if n not in taken and any(key(name) == key(alias) for tier in tiers for alias in tier)
    ]
    samples = status_columns.sample(engine, sheet, [place, *candidates])
    numbers = [n for n in (place, *candidates) if _all(samples.get(n, {}), _is_number)]
    periods = [n for n in (place, *candidates) if _all(samples.get(n, {}), intervals.parse)]
    if len(numbers) != 1 or len(periods) != 1:
        return meaning
    position = {**columns.position, "interval": periods[0], "interval_count": numbers[0]}
    return replace(meaning, columns=replace(columns, position=position))


def refuse_movements(engine: DuckDB, sheet: Sheet) -> None:
    """Refuse a list of changes of MRR: every row new, upgrade, churn and the like.

    Raises:
        MovementsError: a column names the kind of change of every row.
    """
    named = [at for at, name in enumerate(sheet.header) if _EVENT.search(_words_of(name))]
    for at, texts in status_columns.sample(engine, sheet, named).items():
        words = {status_vocabulary.fold(text) for text in texts}
        changes = words & _CHANGES
        if len(changes) > 1 and words <= _CHANGES | _BEGINNINGS:
            raise MovementsError(
                file=sheet.name, column=sheet.header[at], example=", ".join(sorted(changes)[:2])
            )


def with_state(engine: DuckDB, sheet: Sheet, meaning: Meaning) -> Meaning:
    """Read the state from a column with a less usual header, where no other column says it.

    `is_active` = true is a state of paying, false one of ended; `Membership state` = live is one of
    paying. The cells decide: a flag holds yes and no only, and of other columns at least half of
    the rows are known states (so a `State` of CA and NY is left alone).

    Args:
        engine: reads the sheet.
        sheet: what was opened.
        meaning: what its columns mean.
    """
    position = meaning.columns.position
    if meaning.shape == "payments" or {"status", "churned"} & position.keys():
        return meaning
    header = meaning.columns.header
    free = [at for at in range(len(header)) if at not in {*position.values()}]
    named = [at for at in free if is_active_flag(header[at]) or _may_be_state(header[at])]
    samples = status_columns.sample(engine, sheet, named)
    shares = {at: _known_share(header[at], samples.get(at, {})) for at in named}
    fitting = [at for at in named if shares[at] >= _HALF]
    if not fitting:
        return meaning
    about = [at for at in fitting if _SUBSCRIPTION.search(_words_of(header[at]))]
    best = max(about or fitting, key=lambda at: shares[at])
    columns = replace(meaning.columns, position={**position, "status": best})
    return replace(meaning, columns=columns)


def _may_be_state(header: str) -> bool:
    """Return whether a header may be of the state of a subscription, and of no payment.

    >>> [_may_be_state(header) for header in ("Membership state", "Payment status", "Plan")]
    [True, False, False]
    """
    if not _STATE.search(_words_of(header)):
        return False
    status = statuses.column(header)
    return status is None or status.about in ("order", "other")


def _known_share(header: str, texts: Mapping[str, int]) -> float:
    """Return the share of rows whose words are known: of a flag, yes and no; else, states."""
    if is_active_flag(header):
        return 1.0 if _all(texts, lambda text: status_words.is_set(text) is not None) else 0.0
    known = sum(rows for text, rows in texts.items() if status_words.state(text, {}, {}))
    return known / max(sum(texts.values()), 1)


def _words_of(header: str) -> str:
    return re.sub(r"[\s_.-]+", " ", header).casefold()


def is_active_flag(header: str) -> bool:
    """Return whether a header asks whether a subscription runs, to be answered by yes or no.

    >>> is_active_flag("Is_Active"), is_active_flag("active users")
    (True, False)
    """
    return key(header) in _ACTIVE_FLAGS


def _all(texts: Collection[str], test: Any) -> bool:
    return bool(texts) and all(test(text) for text in texts)


def _is_number(text: str) -> bool:
    return bool(_WHOLE_NUMBER.fullmatch(text.strip()))


def _status(
    sheet: Sheet,
    meaning: Meaning,
    settings: ReadingSettings,
    query: Query,
    texts: Texts,
    decided: Sequence[Decided],
) -> str:
    """Return SQL of the state that a word means: '' if unknown, NULL without such a column."""
    role = _state_role(meaning, query)
    if role is None:
        return _flagged_state(meaning, query, decided)
    groups: dict[str, list[str]] = {}
    for text, _ in texts[role]:
        if state := _state(text, role, meaning, settings):
            groups.setdefault(f"'{state}'", []).append(text)
    if not groups:
        column = meaning.columns.name(role)
        example = next((text for text, _ in texts[role]), "")
        raise UnknownStatusError(file=sheet.name, column=column, example=example)
    state = f"coalesce({_case(query, query.cell[role], 'state', groups)}, '')"
    if "trial_end" not in query.cell and meaning.shape != "payments":
        for test in _tests(query, decided, "trial"):
            state = f"case when {test} and {state} = 'paying' then 'trial' else {state} end"
    return state


def _state_role(meaning: Meaning, query: Query) -> str | None:
    """Name the role whose words say the state of a row; None if there is none."""
    if "churned" in query.cell:
        return "churned"
    if "status" not in query.cell:
        return None
    return None if meaning.shape == "payments" and _is_generic(meaning) else "status"


def _state(text: str, role: str, meaning: Meaning, settings: ReadingSettings) -> str | None:
    words = {
        status_vocabulary.fold(word): _AS_STATE.get(word_meaning, word_meaning)
        for word, word_meaning in settings.words_given.items()
    }
    if role == "status" and is_active_flag(meaning.columns.name("status")):
        flag = status_words.is_set(text)
        if flag is not None:
            return "paying" if flag else "ended"
    if role == "churned":
        is_set = status_words.is_set(text)
        if is_set is None:
            return status_words.state(text, _CHURNED, words)
        return "ended" if is_set else "paying"
    return status_words.state(text, meaning.columns.profile.status, words)


def _flagged_state(meaning: Meaning, query: Query, decided: Sequence[Decided]) -> str:
    """Return SQL of the state by flags of cancelled subscriptions and of trials."""
    if meaning.shape == "payments":
        return "null::text"
    cases = []
    for reason, state in (("cancelled", "ended"), ("trial", "trial")):
        tests = _tests(query, decided, reason)
        cases += [f"when {' or '.join(tests)} then '{state}'"] if tests else []
    return f"case {' '.join(cases)} end" if cases else "null::text"


def _interval(sheet: Sheet, meaning: Meaning, query: Query, texts: Texts) -> dict[str, str]:
    """Months and days that one amount is for; both 0: paid once; both NULL: unknown."""
    if meaning.interval:
        fields = {"months": str(meaning.interval.months), "days": str(meaning.interval.days)}
    elif "interval" in query.cell:
        cell = query.cell["interval"]
        is_plan = query.cell.get("plan") == cell
        named = intervals.within if is_plan else intervals.parse
        read = {text: named(text) for text, _ in texts["interval"]}
        known = [(text, interval) for text, interval in read.items() if interval is not None]
        if not known:
            column = meaning.columns.name("interval")
            example = next(iter(read), "")
            error = NumericIntervalError if _is_number(example) else UnknownIntervalError
            raise error(file=sheet.name, column=column, example=example)
        fields = {}
        for name in ("months", "days"):
            groups: dict[str, list[str]] = {}
            for text, interval in known:
                groups.setdefault(str(getattr(interval, name)), []).append(text)
            fields[name] = _case(query, cell, name, groups)
    elif meaning.shape == "spans" and {"mrr", "arr"}.isdisjoint(query.cell) and by_period(meaning):
        fields = _period_billed(query)
    elif meaning.shape == "payments":
        return {"months": "null::double", "days": "null::double"}  # the period says it
    else:
        fields = {"months": "1", "days": "0"}
    if "interval_count" in query.cell:
        count = query.number("interval_count")
        fields = {
            name: f"{sql} * case when {count} > 0 then {count} end" for name, sql in fields.items()
        }
    return {name: f"({sql})::double" for name, sql in fields.items()}


def by_period(meaning: Meaning) -> bool:
    """Return whether the period billed last says how often a subscription is billed."""
    place = meaning.columns.position
    return (
        meaning.shape == "spans"
        and not meaning.interval
        and not {"interval", "mrr", "arr"} & place.keys()
        and {"period_start", "period_end"} <= place.keys()
    )


def _period_billed(query: Query) -> dict[str, str]:
    """Return SQL of the months and days of the period billed last; NULL where that is a trial.

    2026-01-05 to 2027-01-05 is 12 months, 2026-03-02 to 2026-03-16 is 14 days.
    """
    first, last = query.date("period_start"), query.date("period_end")
    known = f"{last} > {first}"
    if "trial_end" in query.cell:
        known += f" and not coalesce({query.date('trial_end')} >= {last}, false)"
    count = f"round(({last} - {first}) / 30.436875)"
    is_months = f"{count} >= 1 and abs(({last} - {first}) - {count} * 30.436875) <= 3"
    return {
        "months": f"case when {known} and {is_months} then {count} when {known} then 0 end",
        "days": f"case when {known} and {is_months} then 0 when {known} then {last} - {first} end",
    }


def _decided(
    engine: DuckDB, sheet: Sheet, meaning: Meaning, settings: ReadingSettings, texts: Texts
) -> list[Decided]:
    """Decide what the words of other status columns do, and what the user excludes."""
    watched_columns = status_columns.watch(engine, sheet, meaning.columns, settings)
    taken = meaning.columns.position
    payments = meaning.shape == "payments" and _is_generic(meaning)
    if payments and "status" in taken:
        # A column of states is not the state of each payment, unless its words are of payments.
        status = statuses.column(sheet.header[taken["status"]])
        if status is not None and _are_of_payments([text for text, _ in texts.get("status", [])]):
            watched_columns = (
                *watched_columns,
                Watched(
                    status=replace(status, position=taken["status"], about="payment"), excluded={}
                ),
            )
    words = {
        status_vocabulary.fold(word): word_meaning
        for word, word_meaning in settings.words_given.items()
    }
    source, parameters = scan.relation(sheet)
    decided = []
    for number, watched in enumerate(watched_columns):
        values: dict[str, Any] = {}
        cell = watched.cell(number, values)
        rows = engine.execute(
            f"select cell, count(*) from (select {cell} as cell from {source}) "
            "where cell is not null group by cell order by count(*) desc, cell",
            {**parameters, **values},
        ).fetchall()
        decided.append(status_columns.decided(number, watched, rows, words))
    return decided


def _are_of_payments(words: Sequence[str]) -> bool:
    """Return whether words describe payments: one says that a payment was made, or none is a state.

    Open, canceled or expired are said of invoices and of subscriptions; paid decides.
    """
    only_states = [word for word in words if _is_state_only(word)]
    paid = [word for word in words if status_words.payment(word) == status_vocabulary.SALE]
    return not only_states or any(word not in only_states for word in paid)


def _is_state_only(text: str) -> bool:
    """Return whether a word is about a subscription and never about a payment."""
    return status_words.state(text, {}, {}) in ("paying", "trial", "paused", "ended") and (
        status_words.payment(text) is None
        or status_vocabulary.fold(text) in ("active", "live", "trialing")
    )


def _states(meaning: Meaning, query: Query, texts: Texts) -> list[Decided]:
    """Describe the column of states like any other status column."""
    role = _state_role(meaning, query)
    if role is None:
        return []
    name, position = meaning.columns.name(role), meaning.columns.position[role]
    status = Status(position=position, header=name, kind="words")
    words = tuple(status_words.Word(text, rows, None) for text, rows in texts[role])
    return [Decided(number=-1, watched=Watched(status=status, excluded={}), words=words)]


def _tests(query: Query, decided: Sequence[Decided], meaning: str) -> list[str]:
    """Write the tests for rows of which a column says something."""
    tests = []
    for column in decided:
        texts = [word.text for word in column.words if word.meaning == meaning]
        if not texts:
            continue
        cell = column.watched.cell(column.number, query.values)
        if column.watched.status.kind == "date":
            tests.append(f"{cell} is not null")
        else:
            name = f"words{len(query.values)}"
            query.values[name] = texts
            tests.append(f"coalesce(list_position(${name}, {cell}) > 0, false)")
    return tests


def _excluded(
    meaning: Meaning,
    settings: ReadingSettings,
    query: Query,
    texts: Texts,
    decided: Sequence[Decided],
) -> str:
    """Return SQL of the reason why a row does not count."""
    rules = meaning.columns.profile.leave_out
    order = [EXCLUDED, *(rule.reason for rule in rules), *REASONS]
    is_payment = meaning.shape == "payments"
    cases = []
    for reason in dict.fromkeys(order):
        if reason in _ENDS and not is_payment:
            continue
        tests = _tests(query, decided, reason)
        if reason == "returned" and meaning.columns.profile.net_of_refunds:
            tests = [f"({test} and coalesce(gross, 0) <= 0)" for test in tests]
        tests += _tests_of_states(meaning, settings, query, texts, reason)
        cases += [f"when {' or '.join(tests)} then '{reason}'"] if tests else []
    if _is_generic(meaning):
        sums = dict.fromkeys(("c0", query.cell["customer"]))
        cases.insert(
            0, f"when {' or '.join(f'is_total({cell})' for cell in sums)} then 'total-row'"
        )
    if "renewal" in query.cell:
        cell = query.cell["renewal"]
        cases.append(f"when is_nobody(trim(coalesce({cell}, ''))) then 'not-recurring'")
    return f"case {' '.join(cases)} end" if cases else "null::text"


def _tests_of_states(
    meaning: Meaning, settings: ReadingSettings, query: Query, texts: Texts, reason: str
) -> list[str]:
    """Write tests for states that exclude a row: a test, or no sale."""
    role = _state_role(meaning, query)
    if role is None or reason not in ("test", "not-a-sale"):
        return []
    state_texts = [t for t, _ in texts[role] if _state(t, role, meaning, settings) == reason]
    if not state_texts:
        return []
    name = f"words{len(query.values)}"
    query.values[name] = state_texts
    return [f"coalesce(list_position(${name}, {query.cell[role]}) > 0, false)"]


def _record(
    decided: Sequence[Decided],
    meaning: Meaning,
    query: Query,
    settings: ReadingSettings,
    texts: Texts,
) -> tuple[StatusWord, ...]:
    """List the words of states and of other status columns with what they do."""
    record = []
    role = _state_role(meaning, query)
    if role is not None:
        record = [
            StatusWord(
                column=meaning.columns.name(role),
                word=text,
                rows=rows,
                meaning=_state(text, role, meaning, settings) or UNKNOWN_STATE,
                is_state=True,
            )
            for text, rows in texts[role]
        ]
    for column in decided:
        record += status_columns.listed(column, {})
    return tuple(record)


def _texts(engine: DuckDB, sheet: Sheet, query: Query) -> Texts:
    """List the different texts of the columns of words with their rows, the most frequent first."""
    source, parameters = scan.relation(sheet)
    texts: Texts = {}
    for role in ("status", "churned", "interval"):
        if role in query.cell:
            cell = query.cell[role]
            texts[role] = engine.execute(
                f"select {cell}, count(*) from {source} where not is_blank({cell}) "
                f"group by {cell} order by count(*) desc, {cell} limit {_MOST}",
                parameters,
            ).fetchall()
    return texts


def _case(query: Query, cell: str, name: str, groups: Mapping[str, Sequence[str]]) -> str:
    cases = []
    for number, (result, texts) in enumerate(groups.items()):
        query.values[f"{name}{number}"] = list(texts)
        cases.append(f"when list_position(${name}{number}, {cell}) > 0 then {result}")
    return f"case {' '.join(cases)} end"


def _is_generic(meaning: Meaning) -> bool:
    return not meaning.columns.profile.recognise
