"""Answers matched with customers, with every row accounted for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ltvcli.errors import (
    AmbiguousColumnError,
    AmbiguousDateError,
    AnswersNotMatchedError,
    NoAnswerDayError,
    NoAnswersError,
    NoRespondentError,
    NoScoreColumnError,
    NoScoresAtAllError,
    UnknownRoleError,
)
from tests.read.surveys.conftest import ORDERS, Loaded

pytestmark = pytest.mark.sampled

Load = Callable[..., Loaded]


@pytest.mark.slow
def test_customers_are_matched_by_id_or_else_by_email(load: Load) -> None:
    loaded = load(
        "customer id,email,date,score\n"
        "3,a@example.com,2026-03-02,10\n"  # the ID wins
        ",B@Example.com,2026-03-02,9\n"
        "unknown,a@example.com,2026-03-02,8\n"
        "unknown,nobody@example.com,2026-03-02,7\n"
        ",,2026-03-02,6\n"
    )

    assert loaded.scores == {"3": 10, "2": 9, "1": 8}
    assert loaded.aside == {"customer-unknown": 1, "no-customer": 1}


def test_an_email_of_several_customers_names_none(load: Load) -> None:
    shared = ORDERS + "5,a@example.com,2026-01-08,10\n"
    text = "email,date,score\na@example.com,2026-03-02,9\nb@example.com,2026-03-02,8\n"
    loaded = load(text, orders_text=shared)

    assert (loaded.scores, loaded.aside) == ({"2": 8}, {"customer-unclear": 1})


def test_the_last_answer_of_a_wave_counts(load: Load) -> None:
    text = (
        "email,date,score\na@example.com,2026-03-02,1\na@example.com,2026-03-20,9\n"
        "a@example.com,2026-03-20,10\na@example.com,2026-04-01,3\n"
    )
    by_month = load(text)

    assert [(day, score) for _, day, score, _ in by_month.answers] == [
        (date(2026, 3, 20), 10),
        (date(2026, 4, 1), 3),
    ]
    assert by_month.aside == {"earlier-answer": 2}


def test_a_wave_may_be_a_quarter(load: Load) -> None:
    text = "email,date,score\na@example.com,2026-01-02,1\na@example.com,2026-03-20,9\n"

    assert load(text, span="quarter").scores == {"1": 9}


def test_excluded_rows_are_written_with_their_lines(load: Load) -> None:
    loaded = load("email,date,score\na@example.com,2026-03-02,9\nx@example.com,2026-03-02,8\n")

    assert "nps.csv,3,customer-unknown,x@example.com,2026-03-02,8" in loaded.rejects


def test_answers_after_the_as_of_date_are_excluded(load: Load) -> None:
    loaded = load(
        "email,date,score\na@example.com,2026-03-02,9\nb@example.com,2026-03-04,9\n",
        as_of=date(2026, 3, 3),
    )

    assert (loaded.scores, loaded.aside) == ({"1": 9}, {"after-as-of": 1})


def test_a_column_that_was_typed_wins(load: Load) -> None:
    loaded = load(
        "who,moment,stars,score\na@example.com,2026-03-02,9,1\n",
        map={"survey_customer": "who", "survey_day": "moment", "survey_score": "stars"},
    )

    assert loaded.scores == {"1": 9}


def test_unanswered_rows_are_counted(load: Load) -> None:
    loaded = load("email,date,score\na@example.com,2026-03-02,9\nb@example.com,2026-03-02,\n")

    assert loaded.aside == {"no-score": 1}


def test_columns_of_numbers_are_proposed_where_no_header_asks(load: Load) -> None:
    with pytest.raises(NoScoreColumnError) as error:
        load("email,date,rating,visits\na@example.com,2026-03-02,9,30\n")

    assert error.value.facts["flag"] == '--map survey_score="rating"'
    assert error.value.facts["candidates"] == "rating"


def test_without_any_such_numbers_all_columns_are_listed(load: Load) -> None:
    with pytest.raises(NoScoresAtAllError) as error:
        load("email,date,word\na@example.com,2026-03-02,fine\n")

    assert error.value.facts["columns"] == "email, date, word"


def test_two_questions_that_ask_it_are_a_question_to_the_user(load: Load) -> None:
    header = "email,date,How likely are you to recommend our app?,Would you recommend our shop?"
    with pytest.raises(AmbiguousColumnError) as error:
        load(f"{header}\na@example.com,2026-03-02,9,8\n")

    assert (
        error.value.facts["flag"] == '--map survey_score="How likely are you to recommend our app?"'
    )


def test_a_question_that_is_answered_in_words_is_none_of_the_two(load: Load) -> None:
    header = "email,date,How likely are you to recommend us?,Why would you recommend us?"
    loaded = load(f"{header}\na@example.com,2026-03-02,9,I like it\n")

    assert loaded.answers == [("1", date(2026, 3, 2), 9, "I like it")]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("name,date,score\nAnn,2026-03-02,9\n", NoRespondentError),
        ("email,score\na@example.com,9\n", NoAnswerDayError),
        ("email,date,score\nx@example.com,2026-03-02,9\n", AnswersNotMatchedError),
        ("email,date,score\na@example.com,2026-03-02,\n", NoScoresAtAllError),
        ("email,date,score\na@example.com,03/02/2026,9\n", AmbiguousDateError),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    text: str, error: type[Exception], load: Load
) -> None:
    with pytest.raises(error):
        load(text)


def test_a_file_without_usable_rows_gives_a_reason(load: Load) -> None:
    with pytest.raises(NoAnswersError) as error:
        load("email,date,score\na@example.com,2026-03-02,9\n", as_of=date(2026, 1, 1))

    assert error.value.facts["reasons"] == "after-as-of 1"


def test_an_unknown_role_is_refused(load: Load) -> None:
    with pytest.raises(UnknownRoleError):
        load("email,date,score\na@example.com,2026-03-02,9\n", map={"survey_points": "score"})


def test_the_order_of_day_and_month_may_be_typed(load: Load) -> None:
    text = "email,date,score\na@example.com,03/02/2026,9\n"

    assert load(text, date_format="%d/%m/%Y").answers[0][1] == date(2026, 2, 3)


def test_japanese_encodings_are_read(load: Load) -> None:
    header = "会員ID,回答日,この商品を友人に薦める可能性は,コメント"
    text = f"{header}\n1,2026-03-02,10 - とてもそう思う,良い\n"

    assert load(text.encode("cp932")).answers == [("1", date(2026, 3, 2), 10, "良い")]
