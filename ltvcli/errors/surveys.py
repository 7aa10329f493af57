"""Survey answers that cannot be read."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError
from ltvcli.language import N_


class NoScoreColumnError(InputError):
    """No header asks whether somebody would recommend."""

    problem = N_("{file}: no column with the answer from 0 to 10 was found.")
    hint = N_("Name it: {flag}. Columns with such numbers: {candidates}.")


class NoScoresAtAllError(NoScoreColumnError):
    """No column holds numbers from 0 to 10 either."""

    hint = N_("Name it: --map survey_score=COLUMN. Available columns: {columns}.")


class NoRespondentError(InputError):
    """No column identifies the respondent."""

    problem = N_(
        "{file} does not identify who answered: it has no customer ID and no e-mail address."
    )
    hint = N_("Name the column: --map survey_customer=COLUMN. Available columns: {columns}.")


class NoAnswerDayError(InputError):
    """No column gives the day of an answer."""

    problem = N_("{file} has no column with the day of the answer.")
    hint = N_("Name the column: --map survey_day=COLUMN. Available columns: {columns}.")


class NotScoresError(InputError):
    """The cells of the column are not whole numbers from 0 to 10."""

    problem = N_("{file}: “{column}” contains {example}, not answers from 0 to 10.")
    hint = N_("NPS asks from 0 to 10. Name that question: --map survey_score=COLUMN.")


class UnclearScaleError(InputError):
    """The scores may be on another scale than the one from 0 to 10."""

    problem = N_(
        "{file}: “{column}” contains {example}, so it is unclear whether its scale is 0 to 10."
    )
    hint = N_(
        "If the question asks from 0 to 10, add --map survey_scale=0-10. If not, name the question "
        "that does: --map survey_score=COLUMN."
    )


class NoAnswersError(InputError):
    """Not one row can be used."""

    problem = N_("{file} has no answer that can be used: {reasons}.")
    hint = N_("Each row needs a customer ID or e-mail address, a day and a score from 0 to 10.")


class AnswersNotMatchedError(InputError):
    """No answer belongs to a customer of the orders or subscriptions."""

    problem = N_(
        "No answer in {file} is from a customer of {customers}: answers have {example}, customers "
        "have {other}."
    )
    hint = N_(
        "Name the column with the same IDs or e-mail addresses: --map survey_customer=COLUMN."
    )
