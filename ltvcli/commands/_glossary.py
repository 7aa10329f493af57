"""The terms of `ltv explain`, and the search for a term by any of its names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ltvcli import checks, language, methods, registry
from ltvcli.errors import MisspeltTermError, UnknownTermError
from ltvcli.formulas.bands import FAST_UNDER, IDEAL_UP_TO, LTV_TO_CAC
from ltvcli.language import N_, Marked, translate
from ltvcli.pages.shared import every_figure
from ltvcli.results import About, Grade, PaybackGrade, described
from ltvcli.results.audit import AuditGrade
from ltvcli.results.mrr import Month

FILE = Path(__file__).with_name("glossary.yaml")
NEAR = 0.5
"""Least similarity of a word and a suggested term, from 0 to 1."""
STEPS = [f"{step:g}" for step in LTV_TO_CAC]
GRADES = {
    Grade.HEALTHY: (
        f"ltv_to_cac >= {STEPS[2]}",
        N_("LTV is at least 3 times the CAC: there is room to invest in growth."),
    ),
    Grade.IMPROVABLE: (
        f"{STEPS[1]} <= ltv_to_cac < {STEPS[2]}",
        N_("Profitable with little room: raise margin or repeat orders, or lower the CAC."),
    ),
    Grade.CAUTION: (
        f"{STEPS[0]} <= ltv_to_cac < {STEPS[1]}",
        N_("LTV barely covers the CAC and leaves little for overheads."),
    ),
    Grade.DANGER: (
        f"ltv_to_cac < {STEPS[0]}",
        N_("LTV is below the CAC: every new customer loses money."),
    ),
    Grade.UNKNOWN: (
        "",
        N_("Not graded: no CAC, or too few customers or months."),
    ),
    AuditGrade.SUPPORTED: ("", N_("The data shows what the pitch claims.")),
    AuditGrade.CONSISTENT: (
        "",
        N_("The claims of the pitch agree with each other; no data supports them."),
    ),
    AuditGrade.UNSUPPORTED: (
        "",
        N_("A claim is consistent with a formula, but no data supports it."),
    ),
    AuditGrade.CONTRADICTED: ("", N_("Claims contradict each other or the data.")),
    PaybackGrade.FAST: (
        f"payback < {FAST_UNDER:g}",
        N_("The CAC is recovered within 6 months: there is room to invest more in acquisition."),
    ),
    PaybackGrade.IDEAL: (
        f"{FAST_UNDER:g} <= payback <= {IDEAL_UP_TO:g}",
        N_("The CAC is recovered within a year, which most growing businesses can finance."),
    ),
    PaybackGrade.SLOW: (
        f"payback > {IDEAL_UP_TO:g}",
        N_("The CAC takes more than a year to recover: growth needs funding."),
    ),
}
Terms = Mapping[str, tuple[str, About]]
"""From names to kind and meaning."""


class Entry(Struct, frozen=True, kw_only=True):
    """An entry of the glossary.

    Attributes:
        about: meaning of a term of the glossary; None where the term is defined elsewhere.
        synonyms: other words for it, by language.
        shown: commands whose output contains it.
        see: names of other terms.
    """

    about: About | None
    synonyms: Mapping[str, tuple[str, ...]]
    shown: tuple[str, ...]
    see: tuple[str, ...]


@cache
def entries() -> Mapping[str, Entry]:
    """Read the glossary: an entry for each term, in the order of the file."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {record["term"]: _entry(record) for record in yaml.load(FILE.read_text("utf-8"), loader)}


def _entry(record: Mapping[str, Any]) -> Entry:
    texts = {
        field: Marked(record[field])
        for field in ("label", "definition", "formula", "source", "pitfalls")
        if field in record
    }
    return Entry(
        about=About(**texts) if texts else None,
        synonyms={lang: tuple(words) for lang, words in record["synonyms"].items()},
        shown=tuple(record["shown"]),
        see=tuple(record["see"]),
    )


def texts() -> Iterator[str]:
    """List the texts of the glossary that are translated."""
    for entry in entries().values():
        if about := entry.about:
            yield from filter(None, (about.label, about.definition, about.pitfalls))


def every_term() -> Iterator[tuple[str, tuple[str, About]]]:
    """List all terms: (name, (kind, meaning))."""
    from ltvcli.read.reasons import REASONS

    yield from claim_terms()  # first: of two equal labels the later one is used
    yield from ((key, ("figure", figure)) for key, figure in every_figure())
    for name in registry.names(methods):
        yield name, ("method", registry.load(methods, name).ABOUT)
    rule = dict(every_figure())["ltv_to_cac"].source
    for grade, (formula, meaning) in GRADES.items():
        source = rule if formula else ""
        about = About(label=grade, definition=meaning, formula=formula, source=source)
        yield grade, ("grade", about)
    for name, entry in entries().items():
        if entry.about:
            yield name, ("term", entry.about)
    areas = [registry.load(checks, kind) for kind in registry.names(checks)]
    members = ((name, area) for area in areas for name in registry.names(area))
    for name, folder in sorted(members, key=lambda member: member[0]):
        yield name, ("check", registry.load(folder, name).ABOUT)
    yield from ((name, ("reason", about)) for name, about in REASONS.items())
    yield from mrr_terms()


def mrr_terms() -> Iterator[tuple[str, tuple[str, About]]]:
    """List the terms of `ltv mrr`; names that differ in meaning from `ltv calc` begin with mrr."""
    from ltvcli.analyses.mrr.conventions import CONVENTIONS, MEANS, switches

    taken = dict(every_figure())
    for key, figure in described(Month):
        yield f"mrr_{key}" if key in taken else key, ("mrr", figure)
    for name, convention in CONVENTIONS.items():
        about = About(
            label=name,
            definition=MEANS[name],
            formula=switches(name),
            source="; ".join(convention.sources),
            pitfalls=convention.unstated,
        )
        yield name, ("convention", about)


def claim_terms() -> Iterator[tuple[str, tuple[str, About]]]:
    """List the claims of a pitch; names with a different meaning elsewhere begin with claim."""
    from ltvcli.results.audit import BASIS, CLAIMS

    figures = dict(every_figure())
    elsewhere = [*figures.items(), *((name, about) for name, (_, about) in mrr_terms())]
    taken = {plain(word) for name, about in elsewhere for word in (name, about.label)}
    yield "basis", ("claim", BASIS)
    for key, figure in CLAIMS.items():
        if figures.get(key) != figure:
            yield f"claim_{key}" if plain(key) in taken else key, ("claim", figure)


def find(word: str) -> str:
    """Return the name of the term that `word` means in any language.

    An exact name comes first, then synonyms, names, labels, and heads of columns. Case, width,
    spaces and punctuation do not matter, nor does a plural.

    Raises:
        UnknownTermError: no term has this name.
        MisspeltTermError: no term has this name, but some have a similar one.
    """
    from difflib import get_close_matches

    names, known = _known()
    if word.strip().lower() in names:
        return names[word.strip().lower()]
    wanted = plain(word)
    forms = (wanted, wanted.removesuffix("s"), wanted.removesuffix("es"), f"{wanted}s")
    for words in (known, _known_with_heads()):
        if form := next((form for form in forms if form in words), ""):
            return words[form]
    if near := get_close_matches(wanted, known, cutoff=NEAR):
        raise MisspeltTermError(name=word, near=list(dict.fromkeys(known[form] for form in near)))
    raise UnknownTermError(name=word)


def meaning(label: str, lang: str) -> tuple[str, str] | None:
    """Return the label and the definition of a term; None if no term has exactly this name.

    Args:
        label: of the term, in any language.
        lang: of the answer.
    """
    names, known = _known()
    name = names.get(label) or known.get(plain(label)) or _known_with_heads().get(plain(label))
    if name is None:
        return None
    _, about = _terms()[name]
    return translate(about.label, lang), translate(about.definition, lang)


@cache
def _terms() -> dict[str, tuple[str, About]]:
    return dict(every_term())


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Return the terms by name, and by all their names in plain form."""
    terms = _terms()
    labels = {
        plain(translate(about.label, lang)): name
        for name, (_, about) in terms.items()
        for lang in language.LANGUAGES
    }
    names = {str(name): name for name in terms}
    return names, labels | {plain(name): name for name in terms} | dict(_synonyms())


@cache
def _known_with_heads() -> dict[str, str]:
    """Return the terms by all their names in plain form, heads of columns included."""
    _, known = _known()
    return dict(_heads(known)) | known


_MINUS = re.compile(r"\s[–−-]\s")


def plain(word: str) -> str:
    """Return the plain form of a word for comparison: letters and digits, in one case and width.

    >>> plain("LTV : CAC") == plain("ｌｔｖ/ｃａｃ")
    True
    >>> plain("LTV – CAC")
    'ltvminuscac'
    """
    folded = unicodedata.normalize("NFKC", _MINUS.sub(" minus ", word)).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _synonyms() -> Iterator[tuple[str, str]]:
    """List (plain synonym, name), with translations of English synonyms in the catalogue."""
    for name, entry in entries().items():
        for word in entry.synonyms["en"]:
            for text in (word, word[:1].upper() + word[1:]):
                yield plain(translate(text, "ja")), name
    for name, entry in entries().items():
        for words in entry.synonyms.values():
            yield from ((plain(word), name) for word in words)


def _heads(known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """List (plain head, name) of the columns of every page whose key or head is known."""
    for key, head in columns():
        name = known.get(plain(key)) or known.get(plain(head))
        if name:
            yield from ((plain(translate(head, lang)), name) for lang in language.LANGUAGES)


def columns() -> Iterator[tuple[str, str]]:
    """List (key, head) of every column on the pages of all commands."""
    import pkgutil
    from importlib import import_module

    from ltvcli import pages

    for module in pkgutil.iter_modules(pages.__path__):
        page = import_module(f"ltvcli.pages.{module.name}")
        for table in ("COLUMNS", "HEADS"):
            yield from _columns(getattr(page, table, {}))


def _columns(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _columns(value)
        else:
            yield key, value if isinstance(value, str) else value[0]
