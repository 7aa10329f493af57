"""A report of several answers on one page: what comes first, what is said once, what is missing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ltvcli.choices import Depth
from ltvcli.pages import compiled
from ltvcli.pages.content import Grid, Item, Page, Role, Section, Tile
from ltvcli.results import Finding, Sentence, Severity
from ltvcli.results.compiled import Chapter, CompiledReport
from tests.checks.benchmark_reports import COMPARED, FIGURE, report

WARNING = Finding(check="few", severity=Severity.WARNING, says=Sentence("Few customers."))
NOTE = Finding(check="note", severity=Severity.INFO, says=Sentence("A note."))
FIRST = replace(report(COMPARED), next_command="ltv benchmark a.csv", findings=(WARNING, NOTE))
SECOND = replace(report(replace(COMPARED, figure=FIGURE)), findings=(WARNING,))
GRID = Grid(title="Shared", heads=["a"], rows=[["1"]])
OWN = Grid(title="Own", heads=["b"], rows=[["2"]])
TERM = Item(label="LTV", text="what a customer brings")
OTHER_TERM = Item(label="CAC", text="what a customer costs")
COMPILED = CompiledReport(
    command="report",
    version="0",
    as_of=None,
    currency="USD",
    inputs=(),
    given={},
    name="monthly",
    title="Monthly report",
    chapters=(
        Chapter(name="a", question="What is a customer worth?", report=FIRST),
        Chapter(name="b", question="Are newer cohorts better?", report=SECOND),
        Chapter(name="c", question="Who stays?", missing=Sentence("There are no subscriptions.")),
    ),
)


def section(role: Role, *blocks: Grid | list[Item]) -> Section:
    return Section(title=str(role), role=role, blocks=blocks)


def describe(answered: object, lang: str) -> Page:
    """Describe an answer with a table that both have, one of its own, data and definitions."""
    is_first = answered is FIRST
    return Page(
        title="first" if is_first else "second",
        next_command="ltv calc a.csv",
        basis=["gross-margin basis"] if is_first else ["another basis"],
        tiles=[Tile(label="LTV", value="$10")],
        sections=[
            section(Role.TABLES, GRID) if is_first else section(Role.TABLES, GRID, OWN),
            section(Role.FINDINGS, [Item(text="Few customers.")]),
            section(Role.DATA, [Item(text="10 rows")]),
            section(Role.DEFINITIONS, [TERM] if is_first else [TERM, OTHER_TERM]),
        ],
    )


def page(lang: str = "en") -> Page:
    return compiled.page(COMPILED, lang, describe)  # type: ignore[arg-type]


def test_every_question_is_a_part_in_order() -> None:
    assert [part.heading for part in page().parts] == [
        "What is a customer worth?",
        "Are newer cohorts better?",
        "Who stays?",
    ]
    assert page("ja").parts[2].heading == "顧客はどれだけ継続していますか？"


def test_a_question_without_an_answer_keeps_its_place_with_the_reason() -> None:
    *answered, missing = page().parts

    assert [part.is_missing for part in answered] == [False, False]
    assert missing.is_missing
    assert missing.title == "There are no subscriptions."


def test_a_table_or_finding_appears_where_it_is_first_reported() -> None:
    first, second, _ = page().parts

    assert [block for part in first.sections for block in part.blocks] == [
        GRID,
        [Item(text="Few customers.")],
    ]
    assert [block for part in second.sections for block in part.blocks] == [OWN]


def test_data_and_definitions_appear_once_at_the_end() -> None:
    whole = page()

    assert not [
        part for answered in whole.parts for part in answered.sections
        if part.role in (Role.DATA, Role.DEFINITIONS)
    ]  # fmt: skip
    data, definitions = whole.sections
    assert data.role is Role.DATA
    assert definitions.blocks == [[TERM, OTHER_TERM]]


def test_the_head_is_that_of_the_first_answer() -> None:
    whole = page()

    assert whole.label == "Monthly report"
    assert page("ja").label == "月次レポート"
    assert list(whole.basis) == ["gross-margin basis"]
    assert [tile.value for tile in whole.tiles] == ["$10"]
    assert [list(part.tiles) for part in whole.parts[:1]] == [[]]


def test_no_part_offers_a_command_of_its_own() -> None:
    whole = page()

    assert {part.next_command for part in (whole, *whole.parts)} == {""}


def drawn(depth: Depth = Depth.DEFAULT) -> str:
    return compiled.render(COMPILED, "en", 80, False, depth)


def test_a_screen_has_the_first_answer_without_its_question() -> None:
    text = drawn()

    assert "What is a customer worth?" not in text
    assert "Are newer cohorts better?" in text
    assert "There are no subscriptions." in text
    assert text.index("Are newer cohorts better?") < text.index("Who stays?")


def test_a_warning_of_two_answers_appears_once_and_notes_only_with_verbose() -> None:
    assert drawn().count("Few customers.") == 1
    assert "A note." not in drawn()
    assert drawn(Depth.VERBOSE).count("Few customers.") >= 1


@pytest.mark.parametrize("depth", [Depth.DEFAULT, Depth.VERBOSE])
def test_no_answer_of_a_screen_offers_its_command(depth: Depth) -> None:
    assert "ltv benchmark a.csv" not in drawn(depth)
