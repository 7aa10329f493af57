"""How files would be read, on a screen and in a memo, by hand."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ltvcli.pages import sources as page
from ltvcli.results import InputFile, Sentence, Statement
from ltvcli.results.reports import StatusWord
from ltvcli.results.sources import Refused, SourceColumn, SourceFile, SourcesReport
from ltvcli.text.layout import width_of
from ltvcli.units import Unit

READ = InputFile(
    path="shop.csv",
    kind="orders",
    profile="shopify",
    sha256="0" * 64,
    first=date(2025, 1, 3),
    last=date(2025, 12, 30),
    rows_read=1_200,
    rows_used=1_150,
    set_aside={"cancelled": 40, "test": 10},
    columns={"customer": "Email"},
    statuses=(
        StatusWord(column="Financial Status", word="paid", rows=1_100, meaning="sale"),
        StatusWord(column="Financial Status", word="voided", rows=40, meaning="cancelled"),
        StatusWord(column="Financial Status", word="lost", rows=60, meaning=None),
    ),
)
SHOP = SourceFile(
    path="shop.csv",
    kind="orders",
    form="csv",
    encoding="utf-8-sig",
    delimiter=";",
    header_line=3,
    profile="shopify",
    label="Shopify, orders export",
    recognised_by=("Name", "Financial Status"),
    columns=(
        SourceColumn(
            header="Email", roles=("customer",), reason="profile", samples=("a@x.jp", "b@x.jp")
        ),
        SourceColumn(header="Notes", roles=(), reason="", samples=("gift",)),
    ),
    currency="JPY",
    read=READ,
    refused=None,
)
REFUSED = replace(
    SHOP,
    path="odd.csv",
    kind=None,
    profile=None,
    header_line=None,
    columns=(SourceColumn(header="x", roles=(), reason="", samples=("7",)),),
    read=None,
    refused=Refused(
        problem=Sentence("no column found for {roles}.", {"roles": "customer"}),
        hint=Sentence(
            "Name it: {command} Then read again.",
            {"command": "ltv sources odd.csv --map customer=x"},
        ),
        exit_code=3,
    ),
)


def report(*files: SourceFile) -> SourcesReport:
    return SourcesReport(
        command="sources",
        version="0",
        as_of=None,
        currency=None,
        inputs=(),
        given={},
        says=(Statement(label="", says=Sentence("The headline.")),),
        main="columns",
        tables={
            "files": ({"file": "shop.csv", "holds": "orders", "rows_read": 1_200},),
            "statuses": (
                {"file": "shop.csv", "column": "S", "word": "on", "rows": 1, "effect": "paying",
                 "is_state": True},
            ),
            "excluded": ({"file": "shop.csv", "reason": "no-customer", "rows": 7},),
        },
        files=files,
    )  # fmt: skip


def screen(*files: SourceFile, lang: str = "en", width: int = 80) -> str:
    return page.screen(report(*files), lang, width, color=False)


@pytest.mark.parametrize(
    "line",
    [
        "The headline.",
        "Holds       orders: Shopify, orders export (shopify), recognised by Name, Financial",
        "Written in  text · UTF-8 · separated by semicolons · header on line 3 · 2 columns",
        "Days        2025-01-03 to 2025-12-30",
        "Currency    JPY",
        "Rows        1,200 rows of orders = 1,150 used + 50 excluded · Cancelled 40 · Test 10",
        "Email   customer  profile  a@x.jp, b@x.jp",
        "Not used: Notes",
        "Financial Status  paid    1,100  counted",
        "Financial Status  voided     40  excluded: Cancelled",
        "Financial Status  lost       60  unknown, counted",
    ],
)
def test_a_file_is_described_in_full(line: str) -> None:
    written = [" ".join(drawn.split()) for drawn in screen(SHOP, width=100).splitlines()]

    assert any(drawn.startswith(" ".join(line.split())) for drawn in written), written


def test_an_unused_column_has_no_row_of_its_own() -> None:
    assert "gift" not in screen(SHOP)


def test_a_refused_file_shows_every_column_and_the_command_on_its_own_line() -> None:
    lines = [line.strip() for line in screen(REFUSED).splitlines()]

    assert "Error       no column found for customer." in lines
    assert "ltv sources odd.csv --map customer=x" in lines
    assert "Then read again." in lines
    assert any(line.startswith("x") and line.endswith("7") for line in lines)
    assert not any(line.startswith("Not used") for line in lines)
    assert any("no header · 1 column" in line for line in lines)


def test_several_files_have_their_names_above() -> None:
    lines = screen(SHOP, REFUSED).splitlines()

    assert "shop.csv" in lines
    assert "odd.csv" in lines
    assert "shop.csv" not in screen(SHOP).splitlines()


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [60, 80])
def test_long_cells_are_cut_to_the_screen(width: int, lang: str) -> None:
    long = replace(SHOP.columns[0], samples=("x" * 200, "y"))
    drawn = screen(replace(SHOP, columns=(long,)), lang=lang, width=width)

    assert max(map(width_of, drawn.splitlines())) <= width
    assert "…" in drawn


def test_a_memo_writes_effects_and_reasons_in_words() -> None:
    files, statuses, excluded = page.memo(report(SHOP), "en")

    assert files.rows[0][:2] == ["shop.csv", "orders"]
    assert statuses.rows == [["shop.csv", "S", "on", "1", "paid for, counts in MRR"]]
    assert excluded.rows == [["shop.csv", "No customer", "7"]]


def test_a_state_that_is_not_of_a_subscription_is_a_status() -> None:
    ended = StatusWord(column="S", word="over", rows=1, meaning="ended")
    of_state = replace(SHOP, read=replace(READ, statuses=(replace(ended, is_state=True),)))
    of_order = replace(SHOP, read=replace(READ, statuses=(ended,)))

    assert "ended, counts in MRR until its end" in screen(of_state)
    assert "counted" in screen(of_order)
    assert "MRR" not in screen(of_order)


def test_columns_of_text_have_the_unit_of_text() -> None:
    counted = {
        (table, key)
        for table, columns in page.COLUMNS.items()
        for key, (_, unit) in columns.items()
        if unit is Unit.COUNT
    }

    assert counted == {
        ("files", "header_line"),
        ("files", "rows_read"),
        ("files", "rows_used"),
        ("files", "rows_excluded"),
        ("statuses", "rows"),
        ("excluded", "rows"),
    }
