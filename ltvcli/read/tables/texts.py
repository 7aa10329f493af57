"""Cells of text in a table as SQL of every engine: without regular expressions, which differ.

What a reader of files would have to decide is not decided here but found, and refused.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

DIGITS: Final = "0123456789"
_SPACES = "　:：*\t\n\r\u00a0\u2009\u202f\u200b\ufeff"
_WIDE = (
    "！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠"
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀"
    "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～\t\n\r\u00a0\u2009\u202f\u3000\u200b\ufeff"
)
"""Characters that sql/read/macros.sql writes in another way, as `narrow` does."""
_NEVER = (
    *("null", "none", "nan", "nat", "nil", "n/a", "na", "never", "false", "no", "not applicable"),
    *("kein", "keine", "keiner", "keinr", "aucun", "aucune", "ninguno", "ninguna"),
    *("いいえ", "未", "無", "なし"),
)
"""Words of `is_no_date` in sql/read/macros.sql."""
_SPACES_OF_NAMES = "\t\n\r\u3000"
_MARKS = "!\"#$%&'()*+,-./:;<=>?[\\]^_`{|}~"
_MOST_DIGITS = 14  # before the point, as DECIMAL(18, 4) holds them


def literal(text: str) -> str:
    """Write text of ours as a constant of SQL."""
    return "'" + text.replace("'", "''") + "'"


def without(cell: str, characters: str) -> str:
    """Write the SQL of a text without some characters."""
    return f"translate({cell}, {literal(characters)}, '')"


def is_blank(text: str) -> str:
    """Write the SQL of whether a text is missing or blank."""
    return f"coalesce(trim({text}) = '', true)"


@cache
def nobody() -> str:
    """Return the words that mean no customer, as a list of SQL, from macros.sql."""
    from ltvcli.engines.duckdb import query

    body = query("read/macros").partition("macro is_nobody(t) as t in (")[2]
    return " ".join(body.partition(");")[0].split())


@cache
def _minor_units() -> str:
    """Return the SQL of the smallest units of a currency `code`, from macros.sql."""
    from ltvcli.engines.duckdb import query

    body = query("read/macros").partition("macro minor_units(code) as ")[2]
    return " ".join(body.partition(";")[0].split())


def minor_units(code: str) -> str:
    """Write the SQL of how many of the smallest units of a currency are one of it.

    Args:
        code: SQL of the code of the currency.
    """
    written = re.sub(r"\bcode\b", lambda _: code, _minor_units())
    return f"({written})"


def tidy_id(text: str) -> str:
    """Write the SQL of a customer ID: trimmed, e-mail addresses in lower case; NULL if missing."""
    bare = f"trim({text})"
    return (
        f"case when {bare} in ({nobody()}) then null when {bare} like '%@%' then lower({bare}) "
        f"else {bare} end"
    )


def is_changed(text: str) -> str:
    """Write the SQL of whether a spreadsheet or a data frame changed an ID.

    17850.0, ="0012", '0012, full-width digits and characters that cannot be seen.
    """
    bare = f"trim({text})"
    point = f"({bare} like '%_.0' or {bare} like '%_.00') and {without(bare, DIGITS)} = '.'"
    quote = f"{bare} like '''%' and length({bare}) > 1 and {without(bare, DIGITS)} = ''''"
    wide = f"case when {_is_plain(text)} then false else {without(text, _WIDE)} <> {text} end"
    return f"({point} or {bare} like '=\"%' or {quote} or {wide})"


def _is_plain(text: str) -> str:
    """Write the SQL of whether a text is ASCII without control characters."""
    controls = " and ".join(f"{text} not like '%{mark}%'" for mark in "\t\n\r")
    return f"bit_length({text}) = 8 * length({text}) and {controls}"


def is_odd(text: str) -> str:
    """Write the SQL of whether an ID may be changed, scientific or rounded: a quick test.

    Every ID is odd for which `is_changed`, `is_scientific` or `is_rounded` is true.
    """
    marks = " or ".join(f"{text} like '%{mark}%'" for mark in (".0", '="', "''", "+"))
    long = f"{text} like '%000' and length({text}) >= 18"
    return f"({marks} or {long} or not ({_is_plain(text)}))"


def is_scientific(text: str) -> str:
    """Write the SQL of whether an ID has lost digits: 5.83871E+17."""
    left = f"upper({without(text, DIGITS)})"
    return f"({text} like '%+%' and {left} in ('E+', '.E+', ',E+') and {text} not like '%+')"


def is_rounded(text: str) -> str:
    """Write the SQL of whether a long number ends in zeros from its 16th digit on."""
    return (
        f"({text} like '%000' and length({text}) >= 18 and {without(text, DIGITS)} = '' "
        f"and {without(f'substr({text}, 16)', '0')} = '')"
    )


def is_total(text: str) -> str:
    """Write the SQL of an order ID without characters that may surround a word for a total."""
    spaces = " " * len(_SPACES)
    return f"lower(trim(translate({text}, {literal(_SPACES)}, {literal(spaces)})))"


def is_no_date(text: str) -> str:
    """Write the SQL of whether a cell of a column such as cancelled_at means no event."""
    bare = f"lower(trim({text}))"
    words = ", ".join(map(literal, _NEVER))
    return (
        f"coalesce({without(bare, '0.,')} = '' or {without(bare, '-–—')} = '' "
        f"or ({bare} like '0000%' and {without(bare, '0-/.:tz ')} = '') "
        f"or {bare} in ({words}), true)"
    )


def is_number(text: str) -> str:
    """Write the SQL of whether a text is an unambiguous number."""
    bare = f"trim({text})"
    rest = without(bare, DIGITS)
    before = f"case when strpos({bare}, '.') = 0 then length({bare}) else strpos({bare}, '.') end"
    return (
        f"({rest} in ('', '.', '-', '-.') and length({rest}) < length({bare}) "
        f"and ({rest} in ('', '.') or {bare} like '-%') and {bare} not like '%.' "
        f"and {bare} not like '.%' and {bare} not like '-.%' and {before} <= {_MOST_DIGITS + 1})"
    )


def is_open_number(text: str) -> str:
    """Write the SQL of whether a number may have thousands: 1.234, but not 1.5 or 12.50."""
    bare = f"trim({text})"
    groups = f"{bare} like '%.___' and {bare} not like '%____.___'"
    return f"({is_number(text)} and {groups} and {bare} not like '0%' and {bare} not like '-0%')"


def has_fifth_decimal(text: str) -> str:
    """Write the SQL of whether a number has more than four decimals that are not zeros."""
    bare = f"trim({text})"
    rest = f"substr({bare}, strpos({bare}, '.') + 5)"
    return f"({bare} like '%.____%' and {without(rest, '0')} <> '')"


def has_digit(text: str) -> str:
    """Write the SQL of whether a text has a digit, without which it is not a number."""
    return f"(length({without(text, DIGITS)}) < length({text}))"


def has_digit_or_at(text: str) -> str:
    """Write the SQL of whether a text has a digit, or the sign of an e-mail address."""
    return f"(length({without(text, DIGITS + '@')}) < length({text}))"


def has_words(text: str) -> str:
    """Write the SQL of whether a text has a space with a letter on either side."""
    spaces = f"translate({text}, {literal(_SPACES_OF_NAMES)}, '{' ' * len(_SPACES_OF_NAMES)}')"
    marked = f"translate({spaces}, {literal(_MARKS)}, '{'.' * len(_MARKS)}')"
    inside = f"replace(replace({marked}, '. ', '.'), ' .', '.')"
    return f"(trim({inside}) like '% %')"


def is_day_text(text: str) -> str:
    """Write the SQL of whether a text begins with an ISO day: 2026-10-31, 2026-10-31 09:00.

    The day may not exist.
    """
    bare = f"trim({text})"
    mask = f"translate(substr({bare}, 1, 10), '{DIGITS}', '9999999999')"
    return (
        f"({mask} = '9999-99-99' and (length({bare}) = 10 or substr({bare}, 11, 1) in (' ', 'T')))"
    )


def day(text: str) -> str:
    """Write the SQL of the day at the beginning of a text; NULL if there is none."""
    bare = f"trim({text})"
    year, month, day_of_month = (
        f"substr({bare}, 1, 4)",
        f"substr({bare}, 6, 2)",
        f"substr({bare}, 9, 2)",
    )
    leap = " ".join(
        f"when cast({year} as integer) % {divisor} = 0 then '{last}'"
        for divisor, last in ((400, 29), (100, 28), (4, 29))
    )
    last = (
        f"case when {month} in ('04', '06', '09', '11') then '30' when {month} <> '02' then '31' "
        f"{leap} else '28' end"
    )
    exists = (
        f"{month} between '01' and '12' and {day_of_month} >= '01' and {day_of_month} <= {last}"
    )
    return (
        f"case when {is_day_text(text)} then case when {year} >= '1980' and {exists} "
        f"then cast(substr({bare}, 1, 10) as date) end end"
    )
