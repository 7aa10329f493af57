"""Everything that has a name, and what it means, as `ltv explain` shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ltvcli import checks, language, methods, registry
from ltvcli.errors import UnknownTermError
from ltvcli.formulas.bands import FAST_UNDER, IDEAL_UP_TO, LTV_TO_CAC
from ltvcli.language import N_, translate
from ltvcli.pages.shared import every_figure
from ltvcli.results import About, Figure, Grade, PaybackGrade, described
from ltvcli.results.audit import AuditGrade
from ltvcli.results.mrr import Month
from ltvcli.text.layout import pad, width_of, wrap

WIDTH = 80
KINDS = {
    "figure": N_("Figures"),
    "method": N_("Methods"),
    "grade": N_("Grades"),
    "check": N_("Findings"),
    "reason": N_("Reasons rows are set aside"),
    "mrr": N_("MRR, by month"),
    "convention": N_("Conventions (ltv mrr --as)"),
    "claim": N_("Claims of a pitch (ltv audit), besides the figures above"),
}
PARTS = {
    "definition": N_("Meaning"),
    "formula": N_("Formula"),
    "source": N_("Source"),
    "pitfalls": N_("Mind"),
}


STEPS = [f"{step:g}" for step in LTV_TO_CAC]
GRADES = {
    Grade.HEALTHY: (
        f"ltv_to_cac >= {STEPS[2]}",
        N_("A customer returns the acquisition cost several times over: there is room to grow."),
    ),
    Grade.IMPROVABLE: (
        f"{STEPS[1]} <= ltv_to_cac < {STEPS[2]}",
        N_("It pays, with little to spare: raise margin or repeat orders, or lower the CAC."),
    ),
    Grade.CAUTION: (
        f"{STEPS[0]} <= ltv_to_cac < {STEPS[1]}",
        N_("A customer hardly returns what it cost to win them; overheads stay unpaid."),
    ),
    Grade.DANGER: (
        f"ltv_to_cac < {STEPS[0]}",
        N_("Every new customer loses money, and growth makes it worse."),
    ),
    Grade.UNKNOWN: (
        "",
        N_("No verdict: a CAC is missing, or there are too few customers or months."),
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
        N_("The CAC is back so soon that there is room to invest more in winning customers."),
    ),
    PaybackGrade.IDEAL: (
        f"{FAST_UNDER:g} <= payback <= {IDEAL_UP_TO:g}",
        N_("The CAC is back within a year, as most growing businesses can carry."),
    ),
    PaybackGrade.SLOW: (
        f"payback > {IDEAL_UP_TO:g}",
        N_("Cash is tied up for more than a year for every customer: growth needs funding."),
    ),
}
Terms = Mapping[str, tuple[str, About]]
"""Name to its kind and what it means."""


def every_term() -> Iterator[tuple[str, tuple[str, About]]]:
    """List everything that has a name: (name, (kind, what it means))."""
    from ltvcli.read.reasons import REASONS

    yield from claim_terms()  # first, as the label of any other name is found before theirs
    yield from ((key, ("figure", figure)) for key, figure in every_figure())
    for name in registry.names(methods):
        yield name, ("method", registry.load(methods, name).ABOUT)
    rule = dict(every_figure())["ltv_to_cac"].source
    for grade, (formula, meaning) in GRADES.items():
        source = rule if formula else ""
        about = About(label=grade, definition=meaning, formula=formula, source=source)
        yield grade, ("grade", about)
    folders = [registry.load(checks, kind) for kind in registry.names(checks)]
    for name, folder in sorted((name, one) for one in folders for name in registry.names(one)):
        yield name, ("check", registry.load(folder, name).ABOUT)
    yield from ((name, ("reason", about)) for name, about in REASONS.items())
    yield from mrr_terms()


def mrr_terms() -> Iterator[tuple[str, tuple[str, About]]]:
    """List what `ltv mrr` prints; a name that `ltv calc` has for something else begins with mrr."""
    from ltvcli.analyses.mrr.conventions import CONVENTIONS, MEANS, switches

    taken = dict(every_figure())
    for key, figure in described(Month):
        yield f"mrr_{key}" if key in taken else key, ("mrr", figure)
    for name, one in CONVENTIONS.items():
        about = About(
            label=name,
            definition=MEANS[name],
            formula=switches(name),
            source="; ".join(one.sources),
            pitfalls=one.unstated,
        )
        yield name, ("convention", about)


def claim_terms() -> Iterator[tuple[str, tuple[str, About]]]:
    """List what a pitch can claim; what has another meaning elsewhere begins with claim."""
    from ltvcli.results.audit import BASIS, CLAIMS

    figures = dict(every_figure())
    others = [*figures.items(), *((name, about) for name, (_, about) in mrr_terms())]
    taken = {_plain(name) for pair in others for name in (pair[0], pair[1].label)}
    yield "basis", ("claim", BASIS)
    for key, figure in CLAIMS.items():
        if figures.get(key) != figure:
            yield f"claim_{key}" if key in taken else key, ("claim", figure)


def found(name: str, terms: Terms) -> str:
    """Find a term by its name, or by its label in any language."""
    from difflib import get_close_matches

    known = {
        _plain(translate(about.label, lang)): term
        for term, (_, about) in terms.items()
        for lang in language.LANGUAGES
    } | {_plain(term): term for term in terms}
    if _plain(name) not in known:
        near = get_close_matches(_plain(name), known, cutoff=0)
        raise UnknownTermError(name=name, near=list(dict.fromkeys(map(known.get, near))))
    return known[_plain(name)]


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def as_page(name: str, about: About, lang: str) -> str:
    """Write all there is to know about one name."""
    indent = max(width_of(translate(label, lang)) for label in PARTS.values()) + 2
    label = _label(name, about, lang)
    lines = [f"{label} ({name})" if label else name, ""]
    for part, heading in PARTS.items():
        if text := getattr(about, part):
            first, *more = wrap(translate(text, lang), WIDTH - indent)
            lines.append(pad(translate(heading, lang), indent) + first)
            lines += [" " * indent + line for line in more]
    return "".join(f"{line}\n" for line in lines)


def _label(name: str, about: About, lang: str) -> str:
    """Say what a name is called, if that is not the name itself."""
    label = translate(about.label, lang)
    return label if label != name else ""


def as_list(terms: Terms, lang: str) -> str:
    """Write every name with its label, by kind."""
    blocks = []
    for kind, heading in KINDS.items():
        names = [(name, about) for name, (its, about) in terms.items() if its == kind]
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
            **{part: translate(getattr(about, part), lang) for part in PARTS},
        }
        for name, (kind, about) in terms.items()
    ]


def as_json(terms: Terms, lang: str) -> str:
    """Write names, kinds and meanings for a program."""
    from ltvcli.formats import json

    return json.dump(
        {
            name: {"kind": kind, "label": translate(about.label, lang)}
            | {part: translate(getattr(about, part), lang) or None for part in PARTS}
            | {"unit": about.measure if isinstance(about, Figure) else None}
            for name, (kind, about) in terms.items()
        }
    )
