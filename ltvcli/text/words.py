"""Sentences and errors as text for people: translated, with their facts.

Text from files or the command line is data: control characters are shown escaped, and nothing here
is markup of any kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from ltvcli.errors import LtvError
from ltvcli.language import N_, Marked, Written, printable, translate
from ltvcli.results import Grade, Interval, PaybackGrade, Quantity, Sentence
from ltvcli.text.numbers import interval, money_interval, show
from ltvcli.units import Unit

SIGNS: Mapping[str, str] = {
    Grade.HEALTHY: "✓",
    Grade.IMPROVABLE: "~",
    Grade.CAUTION: "!",
    Grade.DANGER: "✗",
    Grade.UNKNOWN: "?",
    PaybackGrade.FAST: "✓",
    PaybackGrade.IDEAL: "✓",
    PaybackGrade.SLOW: "!",
    "supported": "✓",
    "consistent": "?",
    "unsupported": "!",
    "contradicted": "✗",
    "error": "✗",
    "warning": "!",
    "info": "·",
}
CERTAIN = (Grade.DANGER, Grade.UNKNOWN, PaybackGrade.SLOW, PaybackGrade.UNKNOWN)
"""Grades that applying a margin cannot make worse."""


GRADE_LABELS: Mapping[str, str] = {Grade.IMPROVABLE: N_("fair")}
"""Labels of grades on a page, where they differ from their names in JSON and YAML."""


def grade_label(grade: str, lang: str) -> str:
    """Return the label of a grade.

    >>> grade_label("improvable", "en"), grade_label("healthy", "en")
    ('fair', 'healthy')
    """
    return translate(GRADE_LABELS.get(grade, grade), lang)


def signed(grade: str, text: str, *, upper_bound: bool = False) -> str:
    """Put the sign of a grade before a text.

    Args:
        grade: of the sign.
        text: any text.
        upper_bound: whether the grade is only the best possible one; it has no sign unless certain.

    >>> signed(Grade.HEALTHY, "Healthy"), signed(Grade.HEALTHY, "At most", upper_bound=True)
    ('✓ Healthy', 'At most')
    >>> signed(Grade.DANGER, "Danger", upper_bound=True)
    '✗ Danger'
    """
    return text if upper_bound and grade not in CERTAIN else f"{SIGNS[grade]} {text}"


SPOKEN_ELSEWHERE = (
    # headings and severities
    *(N_("Error"), N_("Hint"), N_("error"), N_("warning"), N_("info")),
    # the help that Typer writes
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
    # registries, by the name of their folder
    *(N_("formats"), N_("methods"), N_("checks"), N_("commands"), N_("conventions")),
    # what the system says
    *(N_("Permission denied"), N_("No such file or directory"), N_("Is a directory")),
    *(N_("Not a directory"), N_("File name too long"), N_("Read-only file system")),
    *(N_("No space left on device"), N_("Input/output error"), N_("Too many open files")),
)
"""Texts that are translated, but come from places that cannot mark them."""


def heading(text: str, lang: str) -> str:
    """Translate a short label into `lang`."""
    return translate(text, lang)


def say(sentence: Sentence, lang: str, currency: str | None) -> str:
    r"""Write a sentence, with its numbers formatted for a reader.

    Args:
        sentence: its text and facts.
        lang: to write it in.
        currency: of money; None if it is not known.

    >>> say(Sentence("{who} ordered {n} times", {"who": "A\x1b", "n": 1200}), "en", None)
    'A\\x1b ordered 1,200 times'
    """
    return fill(sentence.text, sentence.facts, lang, currency)


def say_error(error: LtvError, lang: str) -> tuple[str, str]:
    """Describe an error and its remedy: (problem, hint)."""
    return fill(error.problem, error.facts, lang), fill(error.hint, error.facts, lang)


def fill(text: str, facts: Mapping[str, object], lang: str, currency: str | None = None) -> str:
    """Translate a template and fill in its facts.

    Args:
        text: the template, in English.
        facts: by name.
        lang: to write it in.
        currency: of money; None if it is not known.

    >>> fill("{n} {n:month|months}", {"n": 1}, "en"), fill("{n} {n:month|months}", {"n": 2}, "en")
    ('1 month', '2 months')
    """
    written = {name: Written(_fact(fact, lang, currency)) for name, fact in facts.items()}
    return translate(text, lang).format(**written)


def listed(parts: Iterable[str], lang: str) -> str:
    """Join the parts of a list as `lang` does.

    >>> listed(["a", "b"], "en"), listed(["a", "b"], "ja")
    ('a, b', 'a、b')
    """
    return ("、" if lang == "ja" else ", ").join(parts)


def _fact(fact: object, lang: str, currency: str | None) -> str:
    match fact:
        case Quantity():
            text = show(fact.value, fact.unit, currency, lang)
        case Interval() if fact.unit is Unit.MONEY:
            text = money_interval(fact.low, fact.high, fact.value, currency, lang)
        case Interval():
            text = interval(fact.low, fact.high, fact.unit, fact.value)
        case Sentence():
            text = say(fact, lang, currency)
        case list() | tuple():
            text = listed((_fact(item, lang, currency) for item in fact), lang)
        case int() | float():
            text = f"{fact:,}"
        case Marked() | Enum():
            text = printable(grade_label(str(fact), lang))
        case _:
            text = printable(str(fact))
    return text
