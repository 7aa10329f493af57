"""Exports that can be read, as `ltv sources` shows them."""

from __future__ import annotations

from typing import Any

from ltvcli.language import N_, translate
from ltvcli.pages.file_rows import KINDS
from ltvcli.read.profiles import Profile, Rule
from ltvcli.text.layout import pad, width_of, wrap

WIDTH = 80
ANY_OF = N_("{names} or {last}")
FILLED = N_("{column} is filled")
HOLDS = N_("{column} is {values}")


def as_list(shown: list[Profile], lang: str) -> str:
    """Write one line per profile."""
    heads = (N_("Name"), N_("Holds"), N_("Export"))
    entries = [heads, *((profile.name, KINDS[profile.kind], profile.label) for profile in shown)]
    rows = [
        (translate(name, lang), translate(kind, lang), translate(label, lang))
        for name, kind, label in entries
    ]
    name_width, kind_width = (max(width_of(row[column]) for row in rows) + 2 for column in (0, 1))
    lines = []
    for name, kind, label in rows:
        first, *more = wrap(label, WIDTH - name_width - kind_width)
        lines.append(pad(name, name_width) + pad(kind, kind_width) + first)
        lines += [" " * (name_width + kind_width) + line for line in more]
    return "".join(f"{line}\n" for line in lines)


def as_page(profile: Profile, lang: str) -> str:
    """Write a page about one profile."""
    facts = [
        (N_("Holds"), [translate(KINDS[profile.kind], lang)]),
        (N_("Recognised by"), [_either(tier, lang) for tier in profile.recognise]),
        (N_("Refused"), [translate(profile.refuse or "", lang)]),
        (N_("Instead"), [translate(profile.instead or "", lang)]),
        *((role, [_either(_names(profile, role), lang)]) for role in profile.columns),
        *((state, [_either(words, lang)]) for state, words in profile.status.items()),
        (N_("Excluded"), [_rule(rule, lang) for rule in profile.leave_out]),
        (N_("Currency"), [profile.currency or ""]),
        (N_("Channel"), [_either(profile.aliases, lang)]),
        (N_("Pitfalls"), [translate(text, lang) for text in profile.pitfalls]),
        (N_("Source"), [translate(profile.source, lang)]),
    ]
    rows = [(translate(head, lang), list(filter(None, texts))) for head, texts in facts]
    indent = max(width_of(head) for head, texts in rows if texts) + 2
    lines = [*wrap(f"{translate(profile.label, lang)} ({profile.name})", WIDTH), ""]
    for head, texts in rows:
        for number, text in enumerate(texts):
            first, *more = wrap(text, WIDTH - indent)
            lines.append(pad("" if number else head, indent) + first)
            lines += [" " * indent + line for line in more]
    return "".join(f"{line}\n" for line in lines)


def as_rows(shown: list[Profile], lang: str) -> list[dict[str, object]]:
    """Return a row for each export and role, with the names of columns that play the role."""
    return [
        {
            "export": profile.name,
            "kind": profile.kind,
            "label": translate(profile.label, lang),
            "role": role,
            "columns": _names(profile, role),
        }
        for profile in shown
        for role in profile.columns or ("",)
    ]


def as_json(shown: list[Profile], lang: str) -> str:
    """Write the profiles for a program."""
    from ltvcli.formats import json

    return json.dump({profile.name: _plain(profile, lang) for profile in shown})


def _plain(profile: Profile, lang: str) -> dict[str, Any]:
    return {
        "label": translate(profile.label, lang),
        "kind": profile.kind,
        "recognise": profile.recognise,
        "refuse": translate(profile.refuse or "", lang) or None,
        "instead": translate(profile.instead or "", lang) or None,
        "columns": {role: _names(profile, role) for role in profile.columns},
        "status": profile.status,
        "leave_out": [
            {
                "where": rule.where,
                "values": rule.values,
                "filled": rule.filled,
                "reason": rule.reason,
            }
            for rule in profile.leave_out
        ],
        "currency": profile.currency,
        "channel": profile.channel or None,
        "aliases": profile.aliases,
        "pitfalls": [translate(text, lang) for text in profile.pitfalls],
        "source": translate(profile.source, lang),
    }


def _names(profile: Profile, role: str) -> tuple[str, ...]:
    return tuple(alias for tier in profile.columns.get(role, ()) for alias in tier)


def _either(names: tuple[str, ...], lang: str) -> str:
    *leading, last = names or ("",)
    if not leading:
        return last
    return translate(ANY_OF, lang).format(names=", ".join(leading), last=last)


def _rule(rule: Rule, lang: str) -> str:
    from ltvcli.read.reasons import REASONS

    column = _either(rule.where, lang)
    holds = translate(FILLED if rule.filled else HOLDS, lang)
    test = holds.format(column=column, values=_either(rule.values, lang))
    return f"{translate(REASONS[rule.reason].label, lang)}: {test}"
