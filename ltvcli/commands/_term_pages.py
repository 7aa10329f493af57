"""Terms as `ltv explain` writes them: a page, a list, rows, JSON."""

from __future__ import annotations

from ltvcli.commands._glossary import Entry, Terms, entries
from ltvcli.language import N_, translate
from ltvcli.results import About, Figure
from ltvcli.text.layout import flow, pad, width_of, wrap

WIDTH = 80
KINDS = {
    "figure": N_("Figures"),
    "method": N_("Methods"),
    "grade": N_("Grades"),
    "term": N_("Terms"),
    "check": N_("Findings"),
    "reason": N_("Reasons for excluding rows"),
    "mrr": N_("MRR, by month"),
    "convention": N_("Conventions (ltv mrr --as)"),
    "claim": N_("Claims of a pitch (ltv audit), besides the figures above"),
}
PARTS = {
    "definition": N_("Meaning"),
    "formula": N_("Formula"),
    "source": N_("Source"),
    "pitfalls": N_("Pitfalls"),
}
ALSO, SHOWN, SEE = N_("Synonyms"), N_("Shown by"), N_("See also")
NOTHING = Entry(about=None, synonyms={}, shown=(), see=())


def as_page(name: str, about: About, lang: str) -> str:
    """Write the page of one term.

    Args:
        name: of the term.
        about: its meaning.
        lang: of the words.
    """
    heads = (*PARTS.values(), ALSO, SHOWN, SEE)
    indent = max(width_of(translate(head, lang)) for head in heads) + 2
    label = _label(name, about, lang)
    blocks = [
        (head, wrap(translate(getattr(about, field), lang), WIDTH - indent))
        for field, head in PARTS.items()
        if getattr(about, field)
    ]
    entry = entries().get(name, NOTHING)
    for head, words in (
        (ALSO, _synonyms(entry, lang)),
        (SHOWN, [f"ltv {command}" for command in entry.shown]),
        (SEE, entry.see),
    ):
        if words:
            blocks.append((head, flow(words, WIDTH - indent)))
    lines = [f"{label} ({name})" if label else name, ""]
    for head, (first, *more) in blocks:
        lines.append(pad(translate(head, lang), indent) + first)
        lines += [" " * indent + line for line in more]
    return "".join(f"{line}\n" for line in lines)


def _synonyms(entry: Entry, lang: str) -> list[str]:
    """List synonyms of a term in the reader's language, without keys of JSON."""
    return [word for word in entry.synonyms.get(lang, ()) if "_" not in word]


def _label(name: str, about: About, lang: str) -> str:
    """Return the label of a term, if it is not the name itself."""
    label = translate(about.label, lang)
    return label if label != name else ""


def as_list(terms: Terms, lang: str) -> str:
    """Write every name with its label, by kind."""
    blocks = []
    for kind, heading in KINDS.items():
        names = [(name, about) for name, (group, about) in terms.items() if group == kind]
        wide = max((width_of(name) for name, _ in names), default=0) + 2
        lines = [
            f"  {pad(name, wide)}{_label(name, about, lang)}".rstrip() for name, about in names
        ]
        blocks.append("\n".join([translate(heading, lang), *lines]) + "\n")
    return "\n".join(blocks)


def as_rows(terms: Terms, lang: str) -> list[dict[str, object]]:
    """Return a row for each name, for a list."""
    return [
        {
            "name": str(name),
            "kind": kind,
            "label": translate(about.label, lang),
            **{field: translate(getattr(about, field), lang) for field in PARTS},
            "synonyms": _synonyms(entries().get(name, NOTHING), lang),
        }
        for name, (kind, about) in terms.items()
    ]


def as_json(terms: Terms, lang: str) -> str:
    """Write names, kinds and meanings for a program."""
    from ltvcli.formats import json

    def page(name: str, kind: str, about: About) -> dict[str, object]:
        entry = entries().get(name, NOTHING)
        return {
            "kind": kind,
            "label": translate(about.label, lang),
            **{field: translate(getattr(about, field), lang) or None for field in PARTS},
            "unit": about.measure if isinstance(about, Figure) else None,
            "synonyms": [word for words in entry.synonyms.values() for word in words],
            "shown": list(entry.shown),
            "see": list(entry.see),
        }

    return json.dump({name: page(name, kind, about) for name, (kind, about) in terms.items()})
