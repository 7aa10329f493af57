"""Meanings of words in cells: a state, a billing interval, a reason to exclude the row.

Each different word of a column is looked at once, in Python; SQL then only compares.
"""

from __future__ import annotations

from collections.abc import Sequence

from ltvcli.read.columns.status_decisions import Decided
from ltvcli.read.files.sheet import Sheet
from ltvcli.read.subscriptions.columns import Meaning
from ltvcli.read.subscriptions.exclusions import row_reason, status_record
from ltvcli.read.subscriptions.fields import Query
from ltvcli.read.subscriptions.interval_fields import interval_fields
from ltvcli.read.subscriptions.states import decided_states, status_field
from ltvcli.read.subscriptions.texts import Texts
from ltvcli.settings.reading import ReadingSettings


def add(
    sheet: Sheet,
    meaning: Meaning,
    settings: ReadingSettings,
    query: Query,
    texts: Texts,
    decided: Sequence[Decided],
) -> None:
    """Add the fields `status`, `months`, `days` and `row_reason` to a query.

    Args:
        sheet: what was opened.
        meaning: what its columns mean.
        settings: meanings of words, and what the user excludes.
        query: gets the fields.
        texts: different texts of the columns of words, with their rows.
        decided: what the words of other status columns do.

    Raises:
        UnknownStatusError: no word of the column of states is known.
        NumericIntervalError: the column of intervals holds numbers.
        UnknownIntervalError: no word of the column of intervals is known.
    """
    query.fields["status"] = status_field(sheet, meaning, settings, query, texts, decided)
    query.fields |= interval_fields(sheet, meaning, query, texts)
    query.fields["row_reason"] = row_reason(meaning, settings, query, texts, decided)
    query.decided = [*decided, *decided_states(meaning, query, texts)]
    query.statuses = status_record(decided, meaning, query, settings, texts)
