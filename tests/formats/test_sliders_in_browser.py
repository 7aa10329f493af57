"""What-if on a page: sliders are moved, and the command that it prints gives the same numbers."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.pages.shared import graded
from ltvcli.text.numbers import show
from ltvcli.units import Unit
from tests import effort, small_examples

if TYPE_CHECKING:
    from playwright.sync_api import Page

RUNS = {
    "calc orders.csv --cac 40": {"churn": -10, "aov": 5, "frequency": -7, "cac": 20},
    "calc orders.csv --margin 55% --spend spend.csv --discount 10% --retention-cost 2": {
        "churn": 35, "margin": -12, "cac": 100,
    },
    "calc orders.csv --horizon 6mo --as-of 2026-06-30": {"churn": -50, "aov": 50},
    "calc orders.csv --margin 4% --cac 30": {"margin": -50, "cac": 1},
    "calc subscriptions.csv --margin 80% --cac 450": {"churn": -30, "arpu": 3, "margin": 4},
    "calc subscriptions.csv": {"churn": 49, "margin": -1},
    "calc --arpu 10000 --churn 5% --cac 60000 --currency JPY": {"churn": -20, "arpu": 1, "cac": -5},
    "calc --arpu 70 --lifespan 2y --margin 30% --discount 8%": {"arpu": -9, "margin": 7},
    "calc --aov 8000 --margin 40% --frequency 3 --lifespan 2y --cac 5000": {
        "aov": -3, "frequency": 11, "margin": 5, "cac": 9,
    },
    "report monthly orders.csv --margin 55% --spend spend.csv --by channel": {
        "churn": -15, "cac": 3,
    },
}  # fmt: skip
USUAL_RUNS = (
    "calc orders.csv --margin 55% --spend spend.csv --discount 10% --retention-cost 2",
    "calc subscriptions.csv --margin 80% --cac 450",
    "calc --arpu 70 --lifespan 2y --margin 30% --discount 8%",
)
MOVE = """([name, value]) => {
    const slider = document.querySelector(`#whatif input[name=${name}]`);
    slider.value = value;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
}"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_examples.write(tmp_path)
    monkeypatch.chdir(tmp_path)


def run(command: str) -> str:
    done = CliRunner().invoke(app, shlex.split(command), prog_name="ltv")
    assert done.exit_code == 0, done.stderr
    return done.stdout


def opened(page: Page, command: str) -> None:
    Path("page.html").write_text(run(f"{command} --format html"), "utf-8")
    page.goto(Path("page.html").absolute().as_uri())


def shown(page: Page) -> dict[str, str]:
    places = page.locator("#whatif [data-shows]").all()
    return {place.get_attribute("data-shows") or "": place.inner_text() for place in places}


def of_whatif(command: str, lang: str) -> dict[str, str]:
    """Write what the command says as a page would."""
    program, *words = shlex.split(command)
    assert program == "ltv"
    document = json.loads(run(shlex.join([*words, "--format", "json"])))
    after, currency = document["tables"]["levers"][-1], document["currency"]
    written = {
        "ltv": show(after["ltv"], Unit.MONEY, currency, lang),
        "ltv_to_cac": show(after["ltv_to_cac"], Unit.RATIO, None, lang),
        "payback": show(after["payback"], Unit.MONTHS, None, lang),
        "grade": graded(after["grade"], lang, upper_bound=bool(after["upper_bound"])),
    }
    if document["provenance"]["inputs"]:
        written["payback_observed"] = show(after["payback_observed"], Unit.MONTHS, None, lang)
    return written


@pytest.mark.parametrize("lang", effort.family(["en", "ja"]))
@pytest.mark.parametrize("command", effort.family(RUNS, *USUAL_RUNS))
def test_the_printed_command_gives_the_numbers_of_the_sliders(
    command: str, lang: str, page: Page
) -> None:
    opened(page, f"{command} --lang {lang}")
    begun = shown(page)
    assert of_whatif(begun.pop("command"), lang) == begun
    for name, value in RUNS[command].items():
        page.evaluate(MOVE, [name, value])
        moved = shown(page)
        assert of_whatif(moved.pop("command"), lang) == moved
    assert moved != begun
    page.locator("#whatif button[type=reset]").click()
    for _ in range(100):  # the page is updated after the click, up to 5 s later on a busy machine
        if {key: text for key, text in shown(page).items() if key != "command"} == begun:
            return
        page.wait_for_timeout(50)
    assert shown(page) == begun


def test_a_slider_is_moved_by_the_keyboard(page: Page) -> None:
    opened(page, "calc orders.csv --cac 40")
    before = shown(page)
    page.locator("#whatif input[name=cac]").focus()
    page.keyboard.press("ArrowRight")
    assert "(+1%)" in (page.get_attribute("#whatif input[name=cac]", "aria-valuetext") or "")
    assert shown(page)["command"] == before["command"].replace("--cac 40", "--cac '40 +1%'")


@pytest.mark.parametrize(
    ("command", "levers"),
    effort.family(
        [
            ("calc orders.csv", ["churn", "aov", "frequency", "margin"]),
            ("calc subscriptions.csv --cac 9", ["churn", "arpu", "margin", "cac"]),
            ("calc --aov 9 --frequency 3 --lifespan 1y", ["aov", "frequency", "margin"]),
            ("calc orders.csv --churn 5%", ["aov", "frequency", "margin"]),
            ("calc orders.csv --cac 40 --strict", []),
            ("calc orders.csv subscriptions.csv", []),
            ("cohorts orders.csv", []),
        ],
        "calc orders.csv",
        "calc subscriptions.csv --cac 9",
        "cohorts orders.csv",
    ),
)
def test_only_what_whatif_can_change_has_a_slider(
    command: str, levers: list[str], page: Page
) -> None:
    opened(page, command)
    names = [slider.get_attribute("name") for slider in page.locator("#whatif input").all()]
    assert names == levers


@pytest.mark.parametrize(
    "name", ["a b.csv", "it's.csv", '"$HOME`.csv', "注文 [1].csv", "-f;x&.csv"]
)
def test_names_of_files_are_quoted_as_a_shell_reads_them(name: str, page: Page) -> None:
    Path("orders.csv").rename(name)
    opened(page, shlex.join(["calc", f"./{name}", "--cac", "40"]))
    page.evaluate(MOVE, ["cac", 7])
    assert shlex.split(shown(page)["command"]) == [
        "ltv", "whatif", f"./{name}", "--cac", "40 +7%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("links", "moves", "words"),
    [
        (
            "{cac: {churn: 0.5, aov: 0.2}, churn: {aov: 0.3}}",
            {"churn": -20, "aov": 10, "cac": 5},
            "Acquisition cost (CAC) moves by 0.5% for each 1% of Monthly churn;",
        ),
        ("{cac: {budget: 0.5}}", {"churn": -20, "cac": 5}, "nothing else changes by itself"),
    ],
)
def test_linked_levers_move_as_whatif_moves_them(
    links: str, moves: dict[str, int], words: str, page: Page
) -> None:
    Path("ltv.yaml").write_text(f"elasticities: {links}\n", "utf-8")
    opened(page, "calc orders.csv --cac 40 --margin 55%")
    assert words in page.locator("#whatif").inner_text()
    for name, value in moves.items():
        page.evaluate(MOVE, [name, value])
        moved = shown(page)
        assert of_whatif(moved.pop("command"), "en") == moved


def test_what_cannot_be_shows_no_numbers(page: Page) -> None:
    Path("ltv.yaml").write_text("elasticities: {margin: {aov: 2}}\n", "utf-8")
    opened(page, "calc orders.csv --cac 40 --margin 70%")
    page.evaluate(MOVE, ["aov", 50])
    moved = shown(page)
    command = moved.pop("command").removeprefix("ltv ")
    assert set(moved.values()) == {"–"}
    assert CliRunner().invoke(app, shlex.split(command), prog_name="ltv").exit_code == 2


@pytest.mark.parametrize(
    ("typed", "links", "words"),
    [
        (
            "calc orders.csv --cac 40",
            "{retention_cost: {churn: -0.5}}",
            "an elasticity in ltv.yaml",
        ),
        ("calc orders.csv --cac 40 --strict", "{}", "--strict grades by the low end"),
    ],
)
def test_without_sliders_the_page_gives_reason_and_command(
    typed: str, links: str, words: str, page: Page
) -> None:
    Path("ltv.yaml").write_text(f"retention_cost: 3\nelasticities: {links}\n", "utf-8")
    opened(page, typed)
    assert page.locator("#whatif").count() == 0
    note = page.locator("p", has_text=words)
    command = note.locator("code").inner_text()
    assert command.endswith("--cac 40 --churn -10%")
    assert run(command.removeprefix("ltv "))


def test_without_script_the_panel_is_not_there(page: Page) -> None:
    Path("page.html").write_text(run("calc orders.csv --cac 40 --format html"), "utf-8")
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(Path("page.html").absolute().as_uri())
    assert not tab.locator("#whatif").is_visible()
    assert tab.locator("thead th").first.inner_text()
    context.close()
