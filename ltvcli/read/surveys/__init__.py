"""Files of survey answers to the table `survey_answers`, matched with customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.errors import AnswersNotMatchedError, NoAnswersError
from ltvcli.read import accounts
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.recognise import Kind
from ltvcli.read.surveys import scale
from ltvcli.read.surveys.rows import SurveyRows, store
from ltvcli.results import InputFile
from ltvcli.settings.reading import ReadingSettings

if TYPE_CHECKING:
    from ltvcli.engines.duckdb import DuckDB

PREFIX = "survey"
"""What the roles of --map that are about surveys begin with."""
KNOWN: Mapping[Kind, str] = {
    "orders": "read/surveys/known_orders",
    "subscriptions": "read/surveys/known_subscriptions",
}
UNMATCHED = ("customer-unknown", "customer-unclear")


class Asked(Struct, frozen=True, kw_only=True):
    """The customers of the survey: of orders or subscriptions, with file name and last day.

    `kind` is None where no export is known: then nothing is matched.
    """

    kind: Kind | None
    name: str
    as_of: date


def roles(settings: ReadingSettings) -> dict[str, str]:
    """Return the roles of --map for files of answers."""
    return {role: column for role, column in settings.map.items() if role.startswith(PREFIX)}


def load(
    sheets: Sequence[Sheet],
    settings: ReadingSettings,
    engine: DuckDB,
    asked: Asked,
    span: str,
    place: int = 0,
) -> tuple[InputFile, ...]:
    """Fill `survey_answers(customer TEXT, day DATE, score INTEGER, comment TEXT)`.

    A customer is one of the orders or subscriptions: the one with that ID, or else the only one
    with that e-mail address. Of several answers within a wave the last one counts.

    Args:
        sheets: files of answers, opened.
        settings: of which `map`, `date_format` and `today` matter.
        engine: holds `orders` or `periods`, and `emails` (of read.emails); gets the tables.
        asked: whose customers.
        span: "month" or "quarter", length of a wave.
        place: position of the first sheet in the table `excluded_rows`.

    Raises:
        InputError: a file cannot be understood, or no answer is by a customer.
        UnknownNameError: --map states a scale other than 0-10.
        InternalError: rows were lost on the way.
    """
    is_stated = scale.is_stated(roles(settings))
    engine.define_macros("read/macros", "read/dates", "read/surveys/macros")
    engine.run("read/surveys/rows")
    stored: list[SurveyRows] = []
    seen: set[str] = set()
    for index, sheet in enumerate(sheets):
        stored.append(store(engine, index, sheet, roles(settings), settings, asked.as_of))
        if sheet.contents in seen:
            engine.execute(
                "update survey_rows set reason = 'duplicate-file' where sheet = $sheet",
                {"sheet": index},
            )
        seen |= sheet.digests
    if not is_stated:
        scale.check([rows.answers for rows in stored])
    if asked.kind is None:
        engine.run("read/surveys/unmatched")
    else:
        engine.run(KNOWN[asked.kind])
        engine.run("read/surveys/matched", {"span": span})
    engine.run("read/surveys/answers")
    engine.run("read/surveys/excluded_rows", {"place": place})
    inputs = accounts.inputs(
        engine,
        "read/surveys",
        "survey",
        sheets,
        [(rows.columns, rows.notes) for rows in stored],
        [rows.alerts for rows in stored],
    )
    _check_used(engine, inputs, asked)
    return inputs


def _check_used(engine: DuckDB, inputs: Sequence[InputFile], asked: Asked) -> None:
    """Make sure that there is an answer.

    Raises:
        AnswersNotMatchedError: there are answers, but none is by a customer.
        NoAnswersError: no row is an answer.
    """
    if any(file.rows_used for file in inputs):
        return
    reasons: Counter[str] = Counter()
    for file in inputs:
        reasons.update(file.set_aside)
    if any(reasons[reason] for reason in UNMATCHED):
        examples = engine.row("read/surveys/examples")
        raise AnswersNotMatchedError(
            file=inputs[0].path,
            customers=asked.name,
            example=examples["answered"],
            other=", ".join(filter(None, (examples["known"], examples["email"]))),
        )
    shown = ", ".join(f"{name} {count}" for name, count in reasons.most_common())
    raise NoAnswersError(file=inputs[0].path, reasons=shown)
