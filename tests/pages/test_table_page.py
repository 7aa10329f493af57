"""Pages of tables: content, order, and narrow screens."""

import json
import types

import pytest
from msgspec.structs import replace

from ltvcli.formats import csv, md, table
from ltvcli.formats import json as json_format
from ltvcli.language import N_
from ltvcli.pages import grid_lines, table_page
from ltvcli.results import Quantity, Sentence, Statement, TableReport
from ltvcli.units import Unit

WORDS = types.SimpleNamespace(
    TITLES={"shelves": "What each shelf brings"},
    COLUMNS={
        "shelves": {
            "shelf": ("Shelf", Unit.COUNT),
            "ltv": ("LTV", Unit.MONEY),
            "churn": ("Monthly churn", Unit.RATE),
            "grade": ("Verdict", Unit.COUNT),
        }
    },
)
ROWS = (
    {"shelf": "top", "ltv": 30.0, "ltv_low": 20.0, "ltv_high": 40.0, "churn": 0.05,
     "grade": "healthy"},
    {"shelf": "=low", "ltv": None, "ltv_low": None, "ltv_high": None, "churn": 0.1,
     "grade": "unknown"},
)  # fmt: skip


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_page, "words", lambda report: WORDS)


def report(rows: tuple[dict[str, object], ...] = ROWS) -> TableReport:
    return TableReport(
        command="shelves",
        version="1",
        as_of=None,
        currency="USD",
        inputs=(),
        given={},
        horizon=12,
        basis="margin",
        says=(
            Statement(says=Sentence("{n} shelves", {"n": Quantity(2, Unit.COUNT)})),
            Statement(label=N_("Payback"), says=Sentence("The top one pays."), grade="danger"),
        ),
        terms=(Sentence("first {n} months", {"n": 12}), Sentence("in margin")),
        main="shelves",
        tables={"shelves": rows},
    )


def test_the_screen_shows_headline_terms_statements_and_the_table_with_intervals() -> None:
    assert table.render(report(), "en").splitlines() == [
        "2 shelves",
        "",
        "Payback   ✗ The top one pays.",
        "",
        "What each shelf brings",
        "Shelf                   LTV  Monthly churn  Verdict",
        "top    $30.00 (20.00–40.00)           5.0%  ✓ healthy",
        "=low                      –          10.0%  ? unknown",
        "",
        "Basis     first 12 months · in margin",
    ]


def test_columns_that_do_not_fit_are_below_and_none_is_dropped() -> None:
    drawn = grid_lines.drawn(table_page.grids(report(), "en")[0], 36, False, "en")

    assert drawn == [
        "What each shelf brings",
        "                             Monthly",
        "Shelf                   LTV    churn",
        "top    $30.00 (20.00–40.00)     5.0%",
        "=low                      –    10.0%",
        "Shelf  Verdict",
        "top    ✓ healthy",
        "=low   ? unknown",
    ]


def test_optional_columns_are_hidden_first_and_counted() -> None:
    grid = replace(table_page.grids(report(), "en")[0], optional=[2])
    narrow, wide = (grid_lines.drawn(grid, width, False, "en") for width in (38, 80))

    assert narrow[1:] == [
        "Shelf                   LTV  Verdict",
        "top    $30.00 (20.00–40.00)  ✓ healthy",
        "=low                      –  ? unknown",
        "1 column hidden – widen the terminal,",
        "or --verbose",
    ]
    assert "Monthly churn" in wide[1]
    assert "hidden" not in "".join(wide)


def test_shades_and_dim_cells_are_painted_only_in_colour() -> None:
    one = table_page.Grid(
        title="", heads=["a", "b"], rows=[["x", "9"]], shades=[[None, 1.0]], dim=[[True, False]]
    )
    assert grid_lines.drawn(one, 80, False, "en") == ["a  b", "x  9"]
    assert grid_lines.drawn(one, 80, True, "en")[1] == "\x1b[2mx  \x1b[0m\x1b[97;48;5;25m9\x1b[0m"


def test_a_column_with_nothing_in_it_takes_no_room_and_shifts_no_colour() -> None:
    one = table_page.Grid(
        title="", heads=["a", "b", "c"], rows=[["x", "", "9"]], shades=[[None, None, 0.0]]
    )
    assert grid_lines.drawn(one, 80, True, "en")[1] == "x  \x1b[30;48;5;195m9\x1b[0m"


def test_the_memo_holds_every_column() -> None:
    memo = md.render(report(), "en")
    assert "# 2 shelves\n\nfirst 12 months · in margin\n\n- **Payback** ✗ The top one pays." in memo
    assert "| top | $30.00 (20.00–40.00) | 5.0% | ✓ healthy |" in memo


def test_the_spreadsheet_gets_the_main_table_and_no_formula() -> None:
    head, first, second = csv.render(report(), "ja").splitlines()
    assert head == "shelf,ltv,ltv_low,ltv_high,churn,grade"
    assert first == "top,30.0,20.0,40.0,0.05,healthy"
    assert second == "'=low,,,,0.1,unknown"


def test_the_spreadsheet_of_no_rows_keeps_its_header() -> None:
    assert csv.render(report(()), "en") == "shelf,ltv,churn,grade\n"


def test_json_holds_sentences_with_their_facts_and_tables_as_they_are() -> None:
    document = json.loads(json_format.render(report(), "en"))
    assert document["says"][0] == {
        "label": None, "grade": None, "upper_bound": False, "says": "2 shelves",
        "facts": {"n": 2},
    }  # fmt: skip
    assert document["tables"]["shelves"][1]["ltv"] is None
    assert (document["horizon"], document["basis"]) == (12, "margin")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("Orders", "Orders", id="a name in the data stays as it is"),
        pytest.param(N_("Orders"), "注文数", id="a word of ours is said in the language"),
    ],
)
def test_names_are_data(value: str, shown: str) -> None:
    columns = {"segment": ("Segment", Unit.COUNT)}
    assert table_page.grid("", columns, [{"segment": value}], None, "ja").rows == [[shown]]
