"""The results of a script answer as the table itself does, and no other results do."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot
from msgspec.structs import replace
from typer.testing import CliRunner

from ltvcli.choices import DIALECTS
from ltvcli.cli import app
from ltvcli.engines import _script_text
from ltvcli.engines.scripted import Step
from ltvcli.errors import MissingFileError, UnreadableColumnsError
from ltvcli.pipeline import scripts
from tests.read.tables.scripts import answered, described, in_duckdb, script
from tests.read.tables.shops import Row, alike, answer, make, sales
from tests.read.tables.test_other_engines import spent
from tests.read.tables.test_same_answer import (
    BY_TIME,
    KINDS,
    ORDERS,
    in_two_currencies,
    mixed,
    of_all_kinds,
    paid,
    with_lines,
    with_refunds,
)

pytestmark = pytest.mark.sampled

COLUMNS = "order_id bigint, user_id bigint, created_at timestamp, total numeric, status text"
READ = {"duckdb": "Copy"}
"""What a query is in a script, if it is no plain one."""
MAPPED = ("--map", "customer=user_id", "--map", "date=created_at")
Case = tuple[str, Sequence[Row], str, str, str, int]
CASES: dict[str, Case] = {
    "words": (ORDERS, sales(more=mixed), BY_TIME, "calc", "--cac 40", 1),
    "period": (ORDERS, sales(more=mixed), BY_TIME, "calc --from 2024-06-01 --to 2025-06-30", "", 1),
    "new": (ORDERS, sales(more=mixed), BY_TIME, "cohorts --new-since 2024-06-01", "", 1),
    "by": (ORDERS, sales(more=mixed), BY_TIME, "segments --by country", "--cac 40", 1),
    "review": (ORDERS, with_refunds(), BY_TIME, "review --by country", "--cac 40", 2),
    "lines": (ORDERS, with_lines(), BY_TIME, "calc", "--cac 40", 3),
    "where": (ORDERS, sales(more=mixed), BY_TIME, "calc --where country='JP'", "", 1),
    "currencies": (ORDERS, in_two_currencies(), BY_TIME, "calc --currency USD", "", 1),
    "losses": (ORDERS, sales(more=paid), BY_TIME, "segments --margin 40% --cac 40", "", 2),
    "kinds": (KINDS, of_all_kinds(), "order_date, total desc", "calc", "--cac 40", 1),
    "spend": (ORDERS, sales(more=paid), BY_TIME, "calc --map channel=country", "--spend", 2),
    "quarter": (ORDERS, sales(more=mixed), BY_TIME, "review", "--period quarter --cac 40", 5),
    "whatif": (ORDERS, sales(more=mixed), BY_TIME, "whatif", "--margin 40%->45% --cac 40", 1),
    "audit": (ORDERS, sales(more=mixed), BY_TIME, "audit", "--claim ltv=500 --claim cac=40", 1),
    "predict": (ORDERS, sales(more=mixed), BY_TIME, "predict", "--cac 40", 3),
}  # fmt: skip
USUAL = ("words", "lines", "by", "spend", "where")
"""Cases of a usual run of the tests; the others repeat their mechanisms and are slow."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in USUAL else pytest.mark.slow) for name in CASES],
)
def test_results_of_a_script_answer_as_the_table(name: str, tmp_path: Path) -> None:
    columns, rows, order, words, asked, at_most = CASES[name]
    address, _ = make(tmp_path, columns, rows, order)
    path = address.removeprefix("duckdb://")
    command, *fixed = [*words.split(), *(MAPPED if columns == ORDERS else ())]
    further = asked.split()
    of_files: list[str] = []
    if asked == "--spend":
        of_files = further = [f"--spend={spent(tmp_path)}"]
    of_script = [command, "--dialect", "duckdb", "--table", "orders"]
    of_script += ["--columns", described(path), *fixed, *of_files]
    facts = tmp_path / "facts"
    from_facts = answered(in_duckdb(path), facts, of_script, further, at_most)
    from_table = answer(command, "--source", address, "--table", "orders", *fixed, *further)
    assert "error" not in from_table
    assert alike(from_facts, f"{facts} orders") == alike(from_table, f"{address} orders")


def test_a_long_table_is_sampled_as_without_a_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = make(tmp_path, ORDERS, sales(more=paid), BY_TIME)
    path = address.removeprefix("duckdb://")
    words = ["calc", "--dialect", "duckdb", "--table", "orders", "--columns", described(path)]
    facts = tmp_path / "facts"
    for least in (500, 50):  # the stand-in is sampled by both, the table by the second
        monkeypatch.setattr("ltvcli.facts.orders.SAMPLE_FROM_ORDERS", least)
        monkeypatch.setattr("ltvcli.facts.orders.SAMPLE_FROM_CUSTOMERS", 20)
        from_facts = answered(in_duckdb(path), facts, [*words, *MAPPED], [])
        from_table = answer("calc", "--source", address, "--table", "orders", *MAPPED)
        assert alike(from_facts, f"{facts} orders") == alike(from_table, f"{address} orders")


def test_results_are_read_without_sqlglot(
    results: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    assert "error" not in answer("calc", "--facts", str(results[0]))
    result = CliRunner().invoke(app, ["sql", "calc", "--facts", str(results[0])])
    assert (result.exit_code, "ltvcli[sql]" in result.stderr) == (2, True)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Results of a script for calc, and the DuckDB file with the table."""
    folder = tmp_path_factory.mktemp("scripts")
    address, _ = make(folder, ORDERS, sales(more=mixed), BY_TIME)
    path = address.removeprefix("duckdb://")
    words = ["calc", "--dialect", "duckdb", "--table", "orders", "--columns", described(path)]
    sql = script(*words, *MAPPED)
    (folder / "facts").mkdir()
    in_duckdb(path)(sql, folder / "facts")
    return folder / "facts", path


@pytest.fixture
def copied(results: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the results, to be spoilt."""
    return Path(shutil.copytree(results[0], tmp_path / "facts"))


def refused(folder: Path, command: str = "calc", *options: str) -> tuple[str, str]:
    """Return the code and the problem of the error with which results are refused."""
    error: dict[str, Any] = answer(command, "--facts", str(folder), *options)["error"]
    return error["code"], error["problem"]


def found(folder: Path, label: str) -> Path:
    (path,) = folder.glob(f"{label}-????????.csv")
    return path


def test_a_result_that_was_not_saved_is_named(copied: Path) -> None:
    gone = found(copied, "observed")
    gone.unlink()
    code, problem = refused(copied)
    assert code == "facts-partial"
    assert gone.stem in problem


def test_results_of_two_runs_are_not_mixed(copied: Path, results: tuple[Path, str]) -> None:
    path = found(copied, "triangle")
    text = path.read_text()
    run = text.splitlines()[1].split(",")[0]
    path.write_text(text.replace(run, ":2020-01-01 00:00:00+00"))
    code, problem = refused(copied)
    assert code == "facts-mixed"
    assert path.name in problem
    assert "2020-01-01" in problem


def test_a_result_that_was_cut_off_is_refused(copied: Path) -> None:
    path = found(copied, "triangle")
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:-3]) + "\n")
    code, problem = refused(copied)
    assert code == "facts-incomplete"
    assert f"{len(lines) - 4} of {len(lines) - 1} rows" in problem
    path.write_text(lines[0] + "\n")
    assert refused(copied)[0] == "facts-incomplete"
    path.write_text("\n".join(lines)[:-4])
    assert refused(copied)[0] == "facts-broken"


def test_rows_may_come_in_any_order_and_twice_they_are_refused(copied: Path) -> None:
    before = answer("calc", "--facts", str(copied))
    path = found(copied, "triangle")
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n")
    assert answer("calc", "--facts", str(copied)) == before
    path.write_text("\n".join([header, *rows, *rows]) + "\n")
    assert refused(copied)[0] == "facts-incomplete"


def test_a_changed_header_is_refused(copied: Path) -> None:
    path = found(copied, "observed")
    path.write_text(path.read_text().replace("customers", "people", 1))
    code, problem = refused(copied)
    assert code == "facts-header"
    assert "people" in problem


def test_sums_that_were_changed_do_not_add_up(copied: Path) -> None:
    path = found(copied, "triangle-totals")
    header, row = csv.reader(path.read_text().splitlines())
    place = header.index("net_revenue")
    row[place] = row[place][:-1] + str((int(row[place][-1]) + 1) % 10)
    with path.open("w", newline="") as lines:
        csv.writer(lines).writerows([header, row])
    assert refused(copied)[0] == "facts-contradict"


def test_a_script_has_the_days_of_utc(copied: Path) -> None:
    read = answer("calc", "--facts", str(copied), "--timezone", "Asia/Tokyo")
    assert read["error"]["code"] == "facts-and-input"


def test_another_command_or_option_needs_another_script(copied: Path) -> None:
    code, problem = refused(copied, "cohorts")
    assert code == "facts-missing"
    assert "ltv calc" in problem
    assert refused(copied, "calc", "--from", "2025-01-01")[0] == "fixed-in-script"
    assert refused(copied, "review", "--period", "quarter")[0] == "facts-missing"
    assert answer("whatif", "--facts", str(copied), "--aov", "+10%")["command"] == "whatif"


def test_results_of_another_form_are_refused(copied: Path) -> None:
    path = copied / "manifest.csv"
    path.write_text(path.read_text().replace('""form"": 1', '""form"": 0'))
    assert refused(copied)[0] == "facts-of-another-version"


def test_results_that_are_enough_lead_to_the_same_script(
    copied: Path, results: tuple[Path, str]
) -> None:
    text = found(copied, "as-of").read_text()
    run = text.splitlines()[1].split(",")[0]
    (copied / "as-of-00000000.csv").write_text(text.replace(run, ":of an earlier script"))
    columns = described(results[1])
    words = ["calc", "--dialect", "duckdb", "--table", "orders", "--columns", columns, *MAPPED]
    assert script("calc", "--facts", str(copied)) == script(*words)


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path)[0] == "no-facts"
    assert refused(tmp_path / "nowhere")[0] == "no-facts"


def test_a_column_that_the_script_does_not_know_is_named(
    results: tuple[Path, str], tmp_path: Path
) -> None:
    _, path = results
    known = described(path).replace(", status VARCHAR", "")
    words = ["calc", "--dialect", "duckdb", "--table", "orders", "--columns", known, *MAPPED]
    document = answered(in_duckdb(path), tmp_path / "facts", words, [])
    assert document["error"]["code"] == "other-columns"
    assert "status" in document["error"]["problem"]


def test_several_currencies_are_refused_as_in_the_table(tmp_path: Path) -> None:
    address, _ = make(tmp_path, ORDERS, in_two_currencies(), BY_TIME)
    path = address.removeprefix("duckdb://")
    words = ["calc", "--dialect", "duckdb", "--table", "orders", "--columns", described(path)]
    document = answered(in_duckdb(path), tmp_path / "facts", [*words, *MAPPED], [])
    assert document["error"]["code"] == "mixed-currency"


def test_each_load_of_a_table_has_tables_of_its_own() -> None:
    """An outer load asks for its own rows after one inside it has made tables of the same name."""
    made = Step(kind="make", sql="create or replace temp table orders as select 1 as n")
    asked = Step(kind="ask", sql="select n from orders", names=("n",), kinds=("whole",))
    steps = [
        replace(made, engine=1),
        replace(made, engine=2),
        replace(asked, engine=1, file="outer"),
        replace(asked, engine=2, file="inner"),
    ]

    written = _script_text.text(steps, "duckdb", {}, "title")

    outer, inner = written.index("facts/outer"), written.index("facts/inner")
    assert "ltv_orders_2" not in written[written.index("facts/manifest") : outer].rpartition(";")[2]
    assert "ltv_orders_2" in written[outer:inner]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_scripts_of_every_dialect_are_read_back(dialect: str) -> None:
    words = ["calc", "--dialect", dialect, "--table", "shop.orders", "--columns", COLUMNS]
    sql = script(*words, *MAPPED)
    of_shell = ("\\", "SET ", "INSERT OVERWRITE DIRECTORY")  # which SQLGlot does not read
    lines = [line for line in sql.splitlines() if not line.startswith(of_shell)]
    statements = sqlglot.parse("\n".join(lines), read=dialect)
    kinds = {type(statement).__name__ for statement in statements if statement is not None}
    assert kinds - {"Alter", "Analyze"} == {"Create", "Drop", READ.get(dialect, "Select")}
    assert sql.count("facts/manifest") == 1


def test_a_condition_is_written_as_it_is_in_the_dialect() -> None:
    words = ["calc", "--dialect", "postgres", "--table", "orders", "--columns", COLUMNS, *MAPPED]
    where = "status !~ '^x' AND created_at > now() - interval '1 year'"
    assert script(*words, "--where", where).count(f"({where}") > 3
    for broken in ("status = ", "1=1); drop table orders; select (1"):
        result = CliRunner().invoke(app, ["sql", *words, "--where", broken])
        assert (result.exit_code, "cannot be used" in result.stderr) == (2, True)


def test_names_in_lower_case_are_not_quoted_for_snowflake() -> None:
    words = ["calc", "--dialect", "snowflake", "--columns", COLUMNS, *MAPPED, "--table"]
    assert "FROM shop.orders" in script(*words, "shop.orders")
    assert 'FROM "SHOP"."ORDERS"' in script(*words, "SHOP.ORDERS")


def test_results_may_be_parquet_files(results: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    for file in results[0].glob("*.csv"):
        duckdb.sql(f"from '{file}'").write_parquet(str(folder / f"{file.stem}.parquet"))
    from_csv = answer("calc", "--facts", str(results[0]))
    from_parquet = answer("calc", "--facts", str(folder))
    assert alike(from_parquet, f"{folder} orders") == alike(from_csv, f"{results[0]} orders")


def test_no_result_names_a_customer_or_an_order(tmp_path: Path) -> None:
    columns = "order_id varchar, customer varchar, day date, total decimal(12, 2)"
    rows = [(f"#{r[0]}", f"C-{r[1]}", r[2].date(), r[3]) for r in sales()]
    address, _ = make(tmp_path, columns, rows, "day")
    path = address.removeprefix("duckdb://")
    words = ["segments", "--dialect", "duckdb", "--table", "orders", "--columns", described(path)]
    folder = tmp_path / "facts"
    folder.mkdir()
    in_duckdb(path)(script(*words, "--cac", "40", "--margin", "40%"), folder)
    texts = [file.read_text() for file in folder.glob("*.csv")]
    assert len(texts) > 20
    assert not [text for text in texts if "#1" in text or "C-" in text]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("", "ltv sql needs the name of a command: calc, "),
        ("mrr", "Choose one of calc"),
        ("calc --table t", "--dialect postgres"),
        ("calc --dialect spark", "--table"),
        ("calc --dialect spark --table t", "--columns 'order_id"),
        ("calc --dialect spark --table t --columns id", "columns by a comma"),
        ("calc --dialect spark --facts facts", "--facts takes the place of --dialect"),
    ],
)
def test_what_a_script_needs_is_asked_for(words: str, hint: str) -> None:
    result = CliRunner().invoke(app, ["sql", *words.split()])
    assert result.exit_code == 2
    assert hint in result.stderr
    assert "--source" not in result.stderr  # which ltv sql does not have


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("header", ["", "column_name,data_type\n", "列名,データ型\n"])
def test_no_column_of_a_file_is_taken_for_the_header(
    encoding: str, header: str, tmp_path: Path
) -> None:
    file = tmp_path / "columns.csv"
    file.write_text(f'{header}注文,bigint\ntotal,"numeric(12, 2)"\n', encoding)

    assert scripts.columns(str(file)) == {"注文": "bigint", "total": "numeric(12, 2)"}


def test_a_file_without_types_is_no_list_of_columns(tmp_path: Path) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_text("Order,Date,Total\n1,2026-01-02,30\n", "utf-8")

    with pytest.raises(UnreadableColumnsError, match="2026-01-02"):
        scripts.columns(str(orders))
    with pytest.raises(MissingFileError):
        scripts.columns("nowhere.csv")
