"""MRR in every format."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from ltvcli import formats, registry
from ltvcli.formats import csv as csv_format
from ltvcli.formats import json as json_format
from ltvcli.formats import md, table
from ltvcli.results import Finding, Sentence, Severity
from ltvcli.results.mrr import Month, MrrReport
from tests import effort
from tests.formats.mrr_reports import FEB, FIRST, PLANS, SECOND, compared, partial, plan, saas
from tests.formats.reports import TEXTS

EVERY = {
    "months": saas(),
    "a month that is not over": partial(),
    "plans": saas(plans=PLANS),
    "conventions": compared(),
    "no currency": saas(currency=None),
    "no customers left": saas(months=(replace(SECOND, customers_closing=0, arpu=None),)),
}

SCREEN = """\
MRR        $1,450.00 from 14 paying customers, $103.57 each
Movements  in 2026-03 so far: $50.00 gained, $100.00 lost
Retention  in 2026-02: NRR 90.9%, GRR 80.0%, customer churn 18.2%
                2026-01  2026-02  2026-03*
Opening               0    1,100     1,500
New               1,100      500         0
Expansion             0      120         0
Reactivation          0        0        50
Contraction           0      -20         0
Churn                 0     -200      -100
MRR               1,100    1,500     1,450
Customers            11       14        14
ARPU             100.05   107.14    103.57
Customer churn        –    18.2%         –
Net MRR churn         –     9.1%         –
GRR                   –    80.0%         –
NRR                   –    90.9%         –
Quick ratio           –     2.81         –
* partial month: movements through 2026-03-10, no rates
2026-01 │▆▆████ 2026-03
Basis     at the end of 2026-03-10 · definition: standard
Data      12,345 rows of subscriptions = 11,890 used + 455 excluded
          (No customer 320 · Cancelled 120 · Unpaid 15)
"""


def rows(report: MrrReport) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(csv_format.render(report, "en"))))


def grown(months: int, times: float = 1.0) -> tuple[Month, ...]:
    return tuple(
        replace(
            SECOND,
            month=date(2020 + n // 12, n % 12 + 1, 1),
            closing=times * (n + 1),
            opening=times * n,
        )
        for n in range(months)
    )


def test_the_screen_of_a_month_that_is_not_over() -> None:
    assert table.render(partial(), "en") == SCREEN


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", effort.nth(3, [80, 100, 120, 300]))
@pytest.mark.parametrize("times", [1.0, 1e4, 1e9])
@pytest.mark.parametrize("what", ["months", "plans", "conventions"])
def test_every_line_fits_the_screen(lang: str, width: int, times: float, what: str) -> None:
    months = grown(60, times)
    report = {
        "months": saas(months=months),
        "plans": saas(
            months=months,
            plans=[
                plan(f"a plan with a long name {n} プラン", times, month.month)
                for n in range(30)
                for month in months
            ],
        ),
        "conventions": compared(),
    }[what]
    shown = table.render(report, lang, width=width)

    if what != "plans" or times < 1e9:
        assert max(cell_len(line) for line in shown.splitlines()) <= min(width, 120)
    if what == "months":
        assert shown.count("\n") <= 23


def test_the_newest_months_are_the_ones_that_fit() -> None:
    shown = table.render(saas(months=grown(60)), "en").splitlines()
    heads = next(line for line in shown if line.startswith("  "))

    assert heads.split()[-1] == "2024-12"
    assert "2020-01" not in heads
    assert "2020-01" in "".join(shown[-6:])


def test_the_chart_rises_with_mrr_from_zero() -> None:
    shown = table.render(saas(months=grown(8), inputs=()), "en")
    drawn = [line.partition("│")[2] for line in shown.splitlines() if "│" in line]

    assert drawn[0] == " " * 10 + "▂▂▅▅██"
    assert drawn[1] == " " * 4 + "▁▁▄▄▇▇██████"
    assert drawn[-1] == "▃▃▆▆████████████ 2020-08"


def test_one_month_has_no_course() -> None:
    assert "│" not in table.render(saas(months=(FIRST,)), "en")


def test_notes_take_the_room_of_the_chart_and_warnings_are_all_printed() -> None:
    def told(severity: Severity) -> str:
        findings = tuple(
            Finding(check="x", severity=severity, says=Sentence(f"Finding {n}.")) for n in range(9)
        )
        return table.render(saas(findings=findings, inputs=()), "en")

    notes, warnings = told(Severity.INFO), told(Severity.WARNING)

    assert table.render(saas(findings=(), inputs=()), "en").count("│") == 3
    assert notes.count("│") == 1
    assert "· Finding 0." in notes
    assert re.search(r"\(\d more notes: --verbose\)", notes)
    assert notes.count("\n") == 23
    assert [f"! Finding {n}." in warnings for n in range(9)] == [True] * 9


def test_one_line_is_enough_for_a_chart() -> None:
    told = (Finding(check="x", severity=Severity.INFO, says=Sentence("word " * 25)),)
    shown = table.render(saas(findings=told, months=grown(9), inputs=()), "en").splitlines()
    (line,) = [line for line in shown if "│" in line]

    assert line == "2020-01 │▁▁▂▂▃▃▄▄▄▄▅▅▆▆▇▇██ 2020-09"


def test_plans_on_the_screen_add_up_to_all_plans() -> None:
    many = tuple(plan(f"p{n}", 10.0 + n, FEB, new=1.0) for n in range(12))
    gone = plan("gone", 7.0, date(2026, 1, 1))
    shown = table.render(saas(plans=(gone, *many)), "en").splitlines()
    start = next(n for n, line in enumerate(shown) if line.startswith("MRR by plan"))
    table_rows = [line.split() for line in shown[start + 1 : start + 11]]

    assert table_rows[0][0] == "p11"
    assert table_rows[-2][:3] == ["5", "other", "plans"]
    assert sum(float(row[-1]) for row in table_rows[:-1]) == float(table_rows[-1][-1])
    assert sum(float(row[-2]) for row in table_rows[-2:-1]) == float(table_rows[-1][-2]) == 7


def test_what_differs_is_taken_apart() -> None:
    shown = table.render(compared(), "en")

    assert "  MRR                  -100  cancel-date -100\n" in shown
    assert "Customer churn   +2.00 pt  cancel-date +3.00 pt · denominator -1.00 pt\n" in shown
    assert "cancel-date  counts churn on the cancellation date" in shown
    assert re.search(r"^Churn +-200 +-300$", shown, re.M)


def test_equal_conventions_are_reported_as_equal() -> None:
    same = tuple(one for one in compared().comparisons if one.convention == "standard")
    shown = table.render(saas(comparisons=same, compared=(FEB, FEB)), "en")

    assert "All definitions give the same figures here." in shown


def test_json_has_the_movements_by_the_names_of_the_figures() -> None:
    document = json.loads(json_format.render(partial(), "en"))

    assert document["schema"] == "ltvcli/1"
    assert document["command"] == "mrr"
    assert document["convention"] == "standard"
    assert list(document["tables"]) == ["movements", "survival"]
    movements = document["tables"]["movements"]
    assert list(movements[0]) == list(Month.__struct_fields__)
    assert [row["month"] for row in movements] == ["2026-01", "2026-02", "2026-03"]
    assert [row["complete"] for row in movements] == [True, True, False]
    assert movements[1]["contraction"] == 20.5
    assert movements[2]["nrr"] is None


def test_json_has_the_tables_that_were_asked_for() -> None:
    document = json.loads(json_format.render(saas(plans=PLANS), "en"))
    assert document["tables"]["plans"][2]["plan"] == "basic"
    assert document["tables"]["plans"][2]["moved_out"] == 100

    document = json.loads(json_format.render(compared(), "en"))
    assert document["compared"] == ["2026-02", "2026-02"]
    assert document["tables"]["conventions"][4] == {
        "convention": "stripe",
        "key": "mrr",
        "value": 1400.0,
        "difference": -100.0,
        "because": "cancel-date",
    }


def test_csv_has_one_row_per_month() -> None:
    found = rows(partial())

    assert [row["month"] for row in found] == ["2026-01", "2026-02", "2026-03"]
    assert found[1]["churn"] == "200.0"
    assert found[2]["nrr"] == ""
    assert found[2]["complete"] == "false"


def test_csv_is_the_table_that_was_asked_for() -> None:
    assert [row["plan"] for row in rows(saas(plans=PLANS))] == ["basic", "pro", "basic", "pro"]
    assert len(rows(compared())) == len(compared().comparisons)


def test_md_leaves_no_month_and_no_difference_out() -> None:
    written = md.render(partial(), "en")
    assert "| 2026-02 | $1,100.50 | $500.00 | $120.00 | $0.00 | -$20.50 | -$200.00 |" in written
    assert written.count("| 2026-03\\* |") == written.count("| 2026-02 |") == 3
    assert "## Definitions" in written

    written = md.render(compared(), "en")
    assert "- stripe: Churn -100 = cancel-date -100" in written
    assert "- **denominator**: includes new customers in the denominator" in written
    assert "docs.stripe.com" in written


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("report", EVERY.values(), ids=EVERY)
def test_every_format_writes_it(name: str, lang: str, report: MrrReport) -> None:
    written = registry.load(formats, name).render(report, lang)

    assert written.endswith("\n")
    page = re.sub(r"<script.*?</script>", "", written, flags=re.DOTALL)
    assert not re.search(r"\bNone\b|\bnan\b|{\w+}", page)


@pytest.mark.parametrize("name", ["csv", "json"])
def test_numbers_are_the_same_in_every_language(name: str) -> None:
    render: Any = registry.load(formats, name).render

    report = saas(plans=PLANS, inputs=())
    assert render(report, "ja") == render(report, "en")


@pytest.mark.parametrize("name", TEXTS)
def test_a_plan_drives_neither_terminal_nor_spreadsheet_nor_memo(name: str) -> None:
    evil = "=1+1 \x1b[31m|---<script>"
    written = registry.load(formats, name).render(saas(plans=(plan(evil, 10.0),)), "en")

    assert all(c.isprintable() or c == "\n" for c in written)
    assert name != "md" or "\\|---\\<script\\>" in written
    assert name != "csv" or "'=1+1" in written


def test_a_subscription_without_a_plan_is_named() -> None:
    assert "(no plan)" in table.render(saas(plans=(plan(None, 10.0),)), "en")


@pytest.mark.parametrize(
    ("customers", "said"),
    [
        (0, "$1,500.00 from no paying customers"),
        (1, "$1,500.00 from 1 paying customer"),
        (2, "$1,500.00 from 2 paying customers, $107.14 each"),
    ],
)
def test_the_headline_counts_customers(customers: int, said: str) -> None:
    shown = table.render(saas(months=(replace(SECOND, customers_closing=customers),)), "en")

    assert shown.splitlines()[0] == f"MRR        {said}"


def test_who_stays_is_in_json_and_in_the_memo_and_csv_stays_one_table() -> None:
    stays = {"age_month": 1, "at_risk": 40, "ended": 10, "survival": 0.75}
    stays |= {"survival_low": 0.586, "survival_high": 0.857, "projected": None}
    report = saas(survival=(stays,))

    assert json.loads(json_format.render(report, "en"))["tables"]["survival"] == [stays]
    assert "| 1 | 40 | 10 | 75.0% (58.6–85.7%) | – |" in md.render(report, "en")
    assert "Retention by months" not in md.render(saas(), "en")
    assert csv_format.render(report, "en") == csv_format.render(saas(), "en")
