"""Sections of every page: findings, sources of the numbers, definitions."""

from __future__ import annotations

from collections.abc import Mapping

from ltvcli.language import N_, translate
from ltvcli.pages import file_rows, screen
from ltvcli.pages.content import Item, Role, Section
from ltvcli.results import InputFile, Run
from ltvcli.text.words import SIGNS, fill, say

FINDINGS, DEFINITIONS = N_("Findings"), N_("Definitions")


def findings(report: Run, lang: str) -> Section:
    """List the findings, each with the option that would answer it."""
    items = [
        Item(
            sign=SIGNS[finding.severity],
            label=translate(finding.severity, lang),
            text=say(finding.says, lang, report.currency) + (" →" if finding.option else ""),
            code=finding.option,
        )
        for finding in report.findings
    ]
    return Section(title=translate(FINDINGS, lang), role=Role.FINDINGS, blocks=[items])


def data(report: Run, lang: str) -> Section:
    """Describe the input and how it was read, and account for every row."""
    label = translate(screen.SETTINGS, lang)
    settings = [Item(text=f"{label}: {text}") for text in screen.settings(report, lang)]
    return Section(
        title=translate(screen.DATA, lang),
        role=Role.DATA,
        blocks=[[*(_file(file, report, lang) for file in report.inputs), *settings]],
    )


def _file(file: InputFile, report: Run, lang: str) -> Item:
    dated = N_("{path} (read as {profile}): {first} to {last}")
    undated = N_("{path} (read as {profile})")
    facts = {"path": file.path, "profile": file.profile, "first": file.first, "last": file.last}
    roles = [f"{role} = {column}" for role, column in file.columns.items()]
    total, reasons = file_rows.rows([file], lang)
    return Item(
        text=fill(dated if file.first else undated, facts, lang),
        items=[
            Item(text="; ".join([total, *reasons])),
            Item(text=fill(N_("Columns: {columns}"), {"columns": roles}, lang)),
            *(Item(text=say(note, lang, report.currency)) for note in file.notes),
            *([Item(text="SHA-256", code=file.sha256)] if file.sha256 else []),
        ],
    )


def definitions(meanings: Mapping[str, str], lang: str) -> Section:
    """Describe the meaning of labels on the page."""
    items = [
        Item(label=translate(label, lang), text=translate(meaning, lang), separator=": ")
        for label, meaning in meanings.items()
    ]
    return Section(title=translate(DEFINITIONS, lang), role=Role.DEFINITIONS, blocks=[items])
