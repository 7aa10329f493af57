"""A Parquet file is read like the same CSV; a damaged one is named in our own words."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pyarrow
import pytest
from pyarrow.parquet import write_table
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.errors import AmbiguousColumnError, ParquetBrokenError
from tests import effort

OWN = (0, 2, 3, 4)
ROWS = "buyer,bought,paid,shop\n" + "".join(
    f"B{n % 40},2025-{n % 12 + 1:02d}-{n % 28 + 1:02d},{10 + n % 7}.50,{'north' if n % 3 else ''}\n"
    for n in range(300)
)
MAP = ["--map", "customer=buyer", "--map", "date=bought", "--map", "amount=paid"]


@pytest.fixture
def parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ROWS, "utf-8")
    path = tmp_path / "orders.parquet"
    duckdb.execute(
        "copy (select buyer, bought::date as bought, paid::decimal(9, 2) as paid, shop "
        f"from read_csv('{tmp_path / 'orders.csv'}')) to '{path}' (row_group_size 128)"
    )
    return path


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*arguments, *MAP], prog_name="ltv")
    return done.exit_code, done.output


@pytest.mark.parametrize("command", ["calc", "cohorts"])
def test_parquet_and_csv_give_the_same_figures(command: str, parquet: Path) -> None:
    code, as_parquet = run(command, parquet.name, "--format", "csv")
    assert code == 0, as_parquet
    assert as_parquet == run(command, "orders.csv", "--format", "csv")[1]


def test_two_columns_of_one_name_are_a_question_as_in_csv(tmp_path: Path) -> None:
    """DuckDB calls the second one buyer_1, so that the first would be taken without a word."""
    names = ["buyer", "buyer", "bought", "paid"]
    columns = [["B1", "B2"], ["C1", "C2"], ["2025-01-02", "2025-02-03"], [10.5, 20.0]]
    write_table(pyarrow.table([pyarrow.array(column) for column in columns], names), tmp_path / "t")
    (tmp_path / "t.csv").write_text(",".join(names) + "\nB1,C1,2025-01-02,10.5\n", "utf-8")

    answers = [run("calc", str(tmp_path / name)) for name in ("t", "t.csv")]

    assert [code for code, _ in answers] == [AmbiguousColumnError.exit_code] * 2
    assert all("buyer#1, buyer#2" in output for _, output in answers), answers


def test_columns_are_those_of_the_top_level(tmp_path: Path) -> None:
    path = tmp_path / "nested.parquet"
    duckdb.execute(
        f"copy (select buyer, [{{'paid': 1}}] as lines, {{'x': [1]}} as more, bought, paid "
        f"from (values ('B1', date '2025-01-02', 10.5)) as t(buyer, bought, paid)) to '{path}'"
    )
    assert "1 row of orders = 1 used" in run("calc", str(path))[1]


def test_a_file_cut_short_is_named(parquet: Path) -> None:
    parquet.write_bytes(parquet.read_bytes()[:-200])
    code, output = run("calc", parquet.name)
    assert (code, "orders.parquet" in output) == (ParquetBrokenError.exit_code, True), output


def test_a_damaged_page_is_named_though_the_file_opens(parquet: Path) -> None:
    """The header of the last page of amounts is destroyed; names and types are at the end."""
    content = bytearray(parquet.read_bytes())
    ((start,),) = duckdb.execute(
        "select max(data_page_offset) from parquet_metadata($1) where path_in_schema = 'paid'",
        [str(parquet)],
    ).fetchall()
    content[start : start + 12] = b"\xff" * 12
    parquet.write_bytes(bytes(content))
    code, output = run("calc", parquet.name)
    assert (code, "damaged" in output) == (ParquetBrokenError.exit_code, True), output


@pytest.mark.parametrize("seed", effort.family(range(40), *range(10)))
def test_any_damage_gives_our_error(seed: int, parquet: Path) -> None:
    chance = random.Random(seed)
    content = bytearray(parquet.read_bytes())
    for _ in range(chance.choice((1, 2, 5, 20))):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    parquet.write_bytes(bytes(content))
    code, output = run("calc", parquet.name)
    assert code in OWN, output
