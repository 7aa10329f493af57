"""Every text has a Japanese translation."""

from __future__ import annotations

import ast
import re

from babel.messages.mofile import read_mo

from ltvcli.language import translate
from tests import update_catalogue

MESSAGES = [message for message in update_catalogue.catalogue() if message.id]
PLACEHOLDER = re.compile(r"\{\w*\}")
OPTION = re.compile(r"--[a-z][a-z-]+|LTV_[A-Z]+")
LOWER_CASE_ID = re.compile(r"(?<![\w{.$/-])(id|ids|Id|Ids)(?![\w=}-])")
HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
COUNTED = re.compile(
    r"\{(?!enough|required|fewer|most|least|top|newer_|command|day|since)\w+\} "
    r"(?!(?:of|in|for|were) )(?:[a-z]+ )?"
    r"(?:months|days|weeks|customers|orders|rows|files|cells|segments|cohorts|columns|deals)\b"
)
"""A number before nouns that have no singular; limits, such as {enough}, are never 1."""
NEVER_ONE = (
    *("customers per arm", "for all {n} customers", "customers at {cutoff}", "later customers"),
    *("of {segments} segments", "the first {n} of {of} segments", "in {n} segments"),
    *("Next {n} months", "from {n} paying customers", "{done} of {total} rows"),
)
"""Numbers that are never 1, or for which there is another text."""
STANDARD = {
    *("LTV", "LTV/CAC", "CAC", "CAC {cac}", "pLTV", "pLTV/CAC", "MRR", "ARPU", "GRR", "NRR", "ROI"),
    *("NPS", "CUPED", "p", "RMSE", "MAE", "RFM", "BG/NBD", "Pareto/NBD", "Parquet", "Excel"),
}


def test_every_text_is_translated() -> None:
    alike = STANDARD | update_catalogue.neutral_texts()
    untranslated = [
        text
        for text in update_catalogue.texts()
        if translate(text, "ja") in {"", text} and text not in alike
    ]

    assert untranslated == [], "run python tests/update_catalogue.py, then translate them"


def test_every_marked_text_is_one_the_extraction_sees() -> None:
    marked = {
        ast.literal_eval(call.args[0])
        for file in (update_catalogue.ROOT / "ltvcli").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "N_"
    }

    assert marked - set(update_catalogue.texts()) == set(), "marked inside an f-string"


def test_no_translation_is_a_guess_or_a_leftover() -> None:
    assert not [message.id for message in MESSAGES if message.fuzzy]
    assert all(message.string for message in MESSAGES)
    assert {message.id for message in MESSAGES} == set(update_catalogue.texts())


def test_a_translation_keeps_what_is_filled_in_and_what_is_typed() -> None:
    for message in MESSAGES:
        original, translated = str(message.id), str(message.string)

        assert sorted(PLACEHOLDER.findall(translated)) == sorted(PLACEHOLDER.findall(original))
        assert set(OPTION.findall(translated)) == set(OPTION.findall(original))
        assert not HALF_WIDTH_KANA.search(translated)


def test_an_identifier_is_an_id_in_both_languages() -> None:
    for message in MESSAGES:
        assert not LOWER_CASE_ID.search(str(message.id)), message.id  # "ID" and "IDs"
        assert not re.search("顧客番号|注文番号", str(message.string)), message.string


def test_a_sentence_ends_as_one_in_japanese() -> None:
    loose = [
        message.id
        for message in MESSAGES
        if re.fullmatch(r".{20,}[a-z]\.", str(message.id))
        and not re.search(r"[。？)）]$|[A-Za-z0-9./]$", str(message.string))
    ]

    assert loose == []


def test_the_compiled_catalogue_has_the_messages_of_the_written_one() -> None:
    with update_catalogue.PO.with_suffix(".mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}

    assert compiled == {message.id: message.string for message in MESSAGES}


def test_english_texts_are_those_in_the_code() -> None:
    assert translate("Margin", "en") == "Margin"
    assert translate("", "ja") == ""


def test_the_header_of_the_catalogue_is_filled_in() -> None:
    header = update_catalogue.PO.read_text("utf-8").partition("\n\n")[0]

    for placeholder in ("ORGANIZATION", "EMAIL@ADDRESS", "FULL NAME", "FIRST AUTHOR", "LL@li.org"):
        assert placeholder not in header
    assert "VERSION\\n" not in header


def test_a_counted_noun_has_a_singular_form() -> None:
    plural = [
        text
        for text in update_catalogue.texts()
        if COUNTED.search(text) and not any(known in text for known in NEVER_ONE)
    ]

    assert plural == [], "write {n} {n:row|rows}"
