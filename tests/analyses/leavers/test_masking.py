"""Comments show no e-mail address, phone number or name of a customer, however hostile."""

from __future__ import annotations

import pytest

from ltvcli.analyses.leavers.masking import EMAIL, NAME, PHONE, mask, names_of

EMAILS = (
    "john.doe@example.com",
    "JOHN@EXAMPLE.COM",
    "a+b@sub.example.co.jp",
    "o'brien@example.ie",
    "user_name-1@ex-ample.org",
    "taro＠example．co．jp",
    "taro@例え.jp",
    "info@日本語.jp",
    "x@y.io",
    "first.last@example.museum",
    "john @ example.com",
    "john@ example .com",
    "john [at] example [dot] com",
    "john(at)example(dot)com",
    "john {at} example {dot} com",
    "john at example dot com",
    "john at example.com",
    "<john@example.com>",
    "mailto:john@example.com",
    "john@example.com.",
    "(john@example.com)",
    "「taro@example.jp」",
    "taro@example.jpまで",
    "連絡先はtaro@example.jpです",
    "taroアットマークexample.jp",
    "taro★example.jp",
    "jo\u200bhn@exa\u200bmple.com",
    "john\u00ad@example.com",
    "john@localhost",
    '"john"@example.com',
    "john@example,com jd@example.com",
    "müller@example.de",
    "john@192.168.0.1",
    "ｊｏｈｎ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    "john﹫example.com",
)
PHONES = (
    "090-1234-5678",
    "03(1234)5678",
    "０９０－１２３４－５６７８",
    "+81 90 1234 5678",
    "+81-3-1234-5678",
    "0312345678",
    "03-1234-5678",
    "0120-123-456",
    "（03）1234-5678",
    "０３（１２３４）５６７８",
    "090 1234 5678",
    "090.1234.5678",
    "090ー1234ー5678",
    "090−1234−5678",
    "090–1234–5678",
    "〇九〇の一二三四の五六七八",
    "〇九〇一二三四五六七八",
    "(415) 555-2671",
    "415-555-2671",
    "+1 415 555 2671",
    "1-800-555-0199",
    "415.555.2671",
    "555-0187",
    "5550187",
    "4155552671",
    "+44 20 7946 0958",
    "020 7946 0958",
    "0044 20 7946 0958",
    "+49 (0)30 123456",
    "030/1234567",
    "+33 1 23 45 67 89",
    "01 23 45 67 89",
    "+86 138 0013 8000",
    "010-8888-7777",
    "+65 6123 4567",
    "tel:+81312345678",
    "090_1234_5678",
    "090*1234*5678",
    "0 9 0 1 2 3 4 5 6 7 8",
    "090\u200b1234\u200b5678",
    "call 090-1234-5678!",
    "電話は090-1234-5678です",
    "zero nine zero one two three four five six seven eight",
    "four one five, five five five, two six seven one",
    "+1(415)555-2671x12",
    "090・1234・5678",
    "٠٩٠١٢٣٤٥٦٧٨",
)
KNOWN = (
    "John Smith",
    "O'Brien Ltd",
    "Ember Legal 970",
    "Jean-Luc Picard",
    "Müller GmbH",
    "María García",
    "山田 太郎",
    "佐藤花子",
    "株式会社みどり商店",
    "(株)青空",
    "ヤマダ タロウ",
    "Nguyễn Văn An",
    "Smith & Sons",
    "李 明",
)
NAMES = (
    ("John Smith left", "John"),
    ("john smith left", "smith"),
    ("JOHN SMITH", "SMITH"),
    ("John was here", "John"),
    ("Mr Smith said", "Smith"),
    ("Smith's team", "Smith"),
    ("smith’s team", "smith"),
    ("I am O'Brien", "O'Brien"),
    ("o'brien said", "o'brien"),
    ("Ember is slow", "Ember"),
    ("Jean-Luc Picard", "Picard"),
    ("ask Picard.", "Picard"),
    ("Müller sagt", "Müller"),
    ("müller sagt", "müller"),
    ("García dijo", "García"),
    ("Ｊｏｈｎ came", "John"),
    ("J\u200bohn came", "John"),
    ("(Smith)", "Smith"),
    ("山田太郎です", "山田"),
    ("山田さんに", "山田"),
    ("太郎が言った", "太郎"),
    ("佐藤花子より", "佐藤花子"),
    ("佐藤様", "佐藤"),
    ("田中さんが", "田中"),
    ("鈴木氏", "鈴木"),
    ("みどり商店です", "みどり商店"),
    ("株式会社みどり商店", "みどり商店"),
    ("青空の者です", "青空"),
    ("ヤマダです", "ヤマダ"),
    ("ﾔﾏﾀﾞ ﾀﾛｳです", "ヤマダ"),
    ("Văn told me", "Văn"),
    ("Mrs. Brown left", "Brown"),
    ("Dr Brown Green left", "Green"),
    ("Ms Lee-Wong", "Lee-Wong"),
    ("@john_doe", "john_doe"),
    ("see https://example.com/u/john", "john"),
    ("www.example.com/smith", "smith"),
)
HARMLESS = (
    "The price went up by 20% in 2025.",
    "We paid 120 for 3 users.",
    "三つの理由で二千円高い",
    "五つ星の一番の店",
    "It cost 1,200,000 yen.",
    "Too expensive at 49.90 a month.",
    "I looked at it. Then I left.",
    "値段が高い",
    "サポートが遅い",
    "2 of 3 features are missing.",
    "10人で使うには高すぎる。",
    "We meet at noon. Nobody came.",
)


def test_the_corpus_is_large_enough() -> None:
    assert len(EMAILS) + len(PHONES) + len(NAMES) >= 100


@pytest.mark.parametrize("text", EMAILS)
def test_an_email_address_is_masked(text: str) -> None:
    masked = mask(f"Please write to {text} thanks")

    assert EMAIL in masked
    for piece in ("john", "doe", "example", "taro", "info", "müller", "brien", "user", "first"):
        assert piece not in masked.casefold()


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_number_is_masked(text: str) -> None:
    masked = mask(f"Please call {text} thanks")

    assert PHONE in masked
    assert sum(letter.isdecimal() for letter in masked) <= 2
    assert "seven" not in masked
    assert "七" not in masked


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_name_is_masked(text: str, name: str) -> None:
    masked = mask(text, names_of(KNOWN))

    assert name.casefold() not in masked.casefold()
    assert NAME in masked or "[link]" in masked


@pytest.mark.parametrize("text", HARMLESS)
def test_uninformative_columns_stay(text: str) -> None:
    assert mask(text, names_of(KNOWN)) == text


def test_common_words_of_company_names_are_not_masked() -> None:
    assert mask("the software of the legal team", names_of(KNOWN)) == (
        "the software of the legal team"
    )


def test_many_names_are_masked_in_time() -> None:
    names = names_of([f"Name{number} Family{number}" for number in range(20_000)])

    assert mask("Family19999 and name7 said so", names) == "[name] and [name] said so"
