from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from ltvcli.formats import md
from ltvcli.pages.markdown import escaped
from ltvcli.results import Finding, Sentence, Severity
from tests.formats.reports import FINDINGS, ORDERS, numbers, shop


def test_the_memo_leaves_nothing_out() -> None:
    written = md.render(shop(), "en")

    assert written.startswith(
        "# 24-month LTV: ¥17,431 (95% CI ¥15,900–¥18,960), gross-margin basis, before CAC\n"
    )
    assert written.count("- **! warning**") + written.count("- **· info**") == len(FINDINGS)
    for text in (
        "gross-margin basis, before CAC · observed · data through 2026-10-31",
        "✓ Healthy at 3.49 (95% CI 3.18–3.79)",
        "→ `--new-since 2024-12-01`",
        "- **Next** `ltv calc orders.csv --new-since 2024-12-01`",
        "| Observed | 24 mo | ¥17,431 (15,900–18,960) | ¥12,431 | 3.49 | 10.2 mo | ✓ healthy |",
        "| Average order value | ¥4,520 | 4,410–4,631 | Measured |",
        "| Gross margin | 40.0% | – | Given |",
        "| Annual discount rate | 0.0% | – | Assumed |",
        "- orders.csv (read as shopify): 2024-11-01 to 2026-10-31",
        "12,345 rows of orders = 11,890 used + 455 excluded; No customer 320; "
        "Cancelled 120; Unpaid 15",
        "Columns: customer = Email, date = Created at, amount = Total",
        "“Total” is on one row of an order only: it was counted once per order.",
        "- SHA-256 `" + "ab" * 32 + "`",
        "- **Monthly churn**: Share of active customers who churn in a month; for subscriptions, "
        "the share of customers at the start of a month who have churned at its end, over the last "
        "six complete months.",
    ):
        assert text in written


LIFETIME = {
    "figure": "derl",
    "tenure_months": 12,
    "customers": 40,
    "expected_months": 20.25,
    "expected_months_low": 15.0,
    "expected_months_high": 30.0,
}


@pytest.mark.parametrize(
    ("basis", "title"),
    [
        (
            {"horizon": None, "discount": 0.1},
            "## Expected paid months (uncapped), discount rate 10.0% per year\n",
        ),
        (
            {"horizon": 36, "discount": 0.0},
            "## Expected paid months of the next 36, discount rate 0.0% per year\n",
        ),
    ],
)
def test_the_title_gives_the_horizon(basis: dict[str, float], title: str) -> None:
    written = md.render(shop(tables={"lifetime": (LIFETIME | basis,)}), "en")

    assert title in written
    assert "| Figure | Months so far | Paying customers | Expected months |\n" in written
    assert "| derl | 12 | 40 | 20.2 months (15.0–30.0) |\n" in written
    assert "- **Expected lifetime still to come (DERL)**" in written
    assert "DERL" not in md.render(shop(tables={"lifetime": ()}), "en")


def test_the_curve_is_a_table() -> None:
    written = md.render(shop(), "en")

    assert "## Revenue and margin per customer, by month since the first order\n" in written
    assert (
        "| Month | Customers observed | Cumulative margin |\n"
        "| --- | ---: | ---: |\n"
        "| 0 | 3,210 | ¥1,808 (1,700–1,916) |\n"
        "| 1 | 3,100 | – |\n"
    ) in written


def test_a_section_without_content_is_left_out() -> None:
    written = md.render(numbers(), "en")

    assert "## Methods" in written
    assert "## Findings" not in written
    assert "## Data" not in written


def test_every_table_row_has_as_many_cells_as_its_header() -> None:
    evil = "a|b`c`<i>\\| [x](javascript:1) *_~"
    tables = {"curve": (), evil: ({evil: evil, "n": 1}, {evil: "\n|", "n": None})}
    cells = 0
    for line in md.render(shop(tables=tables), "ja").splitlines():
        if line.startswith("|"):
            borders = len(re.findall(r"(?<!\\)\|", line.replace(r"\\", "")))
            cells = cells or borders
            assert borders == cells
        else:
            cells = 0


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", "[x](http://e)", "*b*", "`c`", "|#|"]
)
def test_what_comes_from_a_file_is_no_markup(evil: str) -> None:
    finding = Finding(
        check="x", severity=Severity.INFO, says=Sentence("Seen: {what}", {"what": evil})
    )
    one = replace(ORDERS, path=evil, columns={"customer": evil})
    written = md.render(shop(findings=(finding,), inputs=(one,)), "en")

    assert evil not in written
    assert escaped(evil) in written


def test_the_memo_is_translated_into_japanese() -> None:
    written = md.render(shop(), "ja")

    assert "## 指摘" in written
    assert "| 平均注文額 | ￥4,520 | 4,410–4,631 | 実測値 |" in written
    assert "- **! 注意** 売上の8.1%（￥999,888）" in written
