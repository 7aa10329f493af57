"""Every label of every page leads to the definition that a reader of the list found to be its own.

definition_links.txt lists all labels of the pages below, each with the term to which it leads. A
label that is new there, or leads elsewhere, fails until somebody has read the definition and
written the list again: `LIST_LINKS=1 pytest --slow tests/formats/test_definition_links.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ltvcli
from ltvcli.commands import _glossary
from ltvcli.formats import _html_links
from ltvcli.language import LANGUAGES
from ltvcli.pages import memo

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

EXAMPLES = Path(__file__).parents[2] / "examples"
LIST = Path(__file__).with_name("definition_links.txt")
NOT_FIGURES = {"voucher", "letter"}
"""Names of groups of customers in the file of an experiment."""


def file(name: str) -> str:
    return str(EXAMPLES / name)


SHOP, SAAS, TRUST = map(
    file, ("shop/orders.csv", "saas/subscriptions.csv", "trust/subscriptions.csv")
)
PAGES: Mapping[str, Callable[[], AnyReport]] = {
    "monthly of orders": lambda: ltvcli.report(
        "monthly", SHOP, spend=file("shop/spend.csv"), margin="55%"
    ),
    "monthly of subscriptions": lambda: ltvcli.report("monthly", SAAS, cac=450, margin="80%"),
    "investor": lambda: ltvcli.report(
        "investor", SAAS, cac=450, margin="80%", pitch=file("pitch/flattering.yaml")
    ),
    "board": lambda: ltvcli.report(
        "board", TRUST, cancellations=file("trust/cancellations.csv"), margin="75%",
        spend=file("trust/spend.csv"),
    ),
    "both": lambda: ltvcli.calc(SHOP, SAAS),
    "numbers": lambda: ltvcli.calc(aov=50, frequency=3, lifespan="2y", cac=40),
    "whatif": lambda: ltvcli.whatif(SHOP, cac=40, churn="-10%"),
    "benchmark": lambda: ltvcli.benchmark(SAAS, margin="80%", cac=450),
    "risk": lambda: ltvcli.risk(customers=file("risk/customers.csv"), outcome="churned"),
    "experiment": lambda: ltvcli.experiment(
        file("experiment/results.csv"), arm="group", outcome="spend_usd", control="holdout"
    ),
    "scorecard": lambda: ltvcli.scorecard(TRUST, deals=file("trust/deals.csv"), margin="75%"),
}  # fmt: skip


@pytest.fixture(scope="module")
def reports() -> Mapping[str, AnyReport]:
    return {name: answer() for name, answer in PAGES.items()}


def links(report: AnyReport, lang: str) -> Iterator[tuple[str, str]]:
    """Return each label of a page, and the term to which it leads; "" for none."""
    page = memo.with_dashboard(report, lang)
    _, terms = _html_links.with_definitions(page, lang, _glossary.meaning)
    for label in dict.fromkeys(_html_links._labels(page, lang)):
        yield label, terms.get(label, "")


@pytest.mark.slow
def test_every_label_leads_to_the_definition_of_exactly_that_figure(
    reports: Mapping[str, AnyReport],
) -> None:
    found = sorted(
        {
            f"{label} -> {term}"
            for report in reports.values()
            for label, term in links(report, "en")
            if label not in NOT_FIGURES and not label[:4].isdigit()
        }
    )
    if "LIST_LINKS" in os.environ:
        LIST.write_text("\n".join(found) + "\n", "utf-8")
    known = LIST.read_text("utf-8").splitlines()
    assert [line for line in found if line not in known] == []
    assert [line for line in known if line not in found] == []
    assert [line for line in found if line.endswith("-> ")] == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_label_of_any_language_is_left_without_a_definition(
    lang: str, reports: Mapping[str, AnyReport]
) -> None:
    left = {
        label
        for report in reports.values()
        for label, term in links(report, lang)
        if not term and label not in NOT_FIGURES and not label[:4].isdigit()
    }
    assert left == set()
