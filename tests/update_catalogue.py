"""Bring ltvcli/locale up to date with the texts in the code: `python tests/update_catalogue.py`.

New texts are added without a translation (a test then fails until a person writes it), texts that
are gone are dropped, and the .mo that ltv reads is compiled from the .po.
"""

from __future__ import annotations

import sys
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import ltvcli

ROOT = Path(__file__).parent.parent
PO = ROOT / "ltvcli/locale/ja/LC_MESSAGES/ltvcli.po"
HEADER = """\
# Japanese texts of ltv.
# Copyright (c) 2026 The ltv authors
# This file is distributed under the MIT License, as ltv is.
#
# Translations are written here; the texts and their places come from the code:
# python tests/update_catalogue.py"""


@cache
def texts() -> dict[str, str]:
    """Collect every text a person may see and the file it stands in, from code and profiles."""
    from ltvcli.read import profiles

    found = dict.fromkeys(profiles.texts(), "ltvcli/read/profiles")
    found |= dict.fromkeys(neutral_texts(), "ltvcli explain")
    found |= dict.fromkeys(glossary_texts(), "ltvcli/commands/glossary.yaml")
    for file, _, text, _, _ in extract_from_dir(
        ROOT / "ltvcli", [("**.py", "python")], keywords={"N_": None}
    ):
        found[str(text)] = f"ltvcli/{file}"
    return found


def neutral_texts() -> set[str]:
    """Collect formulas and sources, which may read the same in every language."""
    from ltvcli.commands._glossary import every_term

    abouts = [about for _, (_, about) in every_term()]
    return {text for about in abouts for text in (about.formula, about.source) if text}


def glossary_texts() -> list[str]:
    """Collect labels, definitions and pitfalls of the glossary."""
    from ltvcli.commands import _glossary

    return list(_glossary.texts())


def catalogue() -> Catalog:
    """Read the translations as they are written."""
    with PO.open("rb") as file:
        return read_po(file, locale="ja")


def compiled(translated: Catalog) -> bytes:
    """Compile the translations into what gettext reads."""
    page = BytesIO()
    write_mo(page, translated)
    return page.getvalue()


def update() -> int:
    """Write the catalogue anew; return how many texts still want a translation."""
    old = catalogue()
    new = Catalog(
        locale="ja",
        fuzzy=False,
        charset="utf-8",
        header_comment=HEADER,
        project="ltvcli",
        version=str(ltvcli.__version__),
        copyright_holder="The ltv authors",
        msgid_bugs_address="The ltv authors",
        last_translator="The ltv authors",
        language_team="Japanese",
    )
    new.creation_date = new.revision_date = old.creation_date
    for text, file in sorted(texts().items(), key=lambda item: (item[1], item[0])):
        known = old.get(text)
        new.add(text, known.string if known else "", locations=[(file, None)])
    with PO.open("wb") as page:
        write_po(page, new, width=100)
    PO.with_suffix(".mo").write_bytes(compiled(new))
    return sum(1 for message in new if message.id and not message.string)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(f"{update()} texts want a translation in {PO.relative_to(ROOT)}")
