"""What a table cannot answer is refused, with what to type; passwords are shown nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from ltvcli.engines import addresses
from ltvcli.errors import SourceSchemeError
from tests.read.tables.shops import answer, make, sales

pytestmark = pytest.mark.sampled

COLUMNS = "id bigint, customer varchar, day timestamp, total varchar, note json"
ROWS = [(1, "c1", "2026-01-05", "5.00", None), (2, "c2", "2026-01-06", "7.50", "{}")]


def error(folder: Path, words: str, rows: Sequence[tuple[object, ...]] = ROWS) -> tuple[str, str]:
    """Return code and problem of the error that a command answers with."""
    address, _ = make(folder, COLUMNS, rows, "id")
    words = words.replace("SOURCE", f"--source {address}")
    read = answer(*[word.replace("~", " ") for word in words.split(" ")])
    return read["error"]["code"], read["error"]["problem"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("calc SOURCE", "source-without-table", "no table to read is named"),
        ("calc SOURCE --table nothing", "no-table", "shop.duckdb” has no table “nothing”"),
        ("calc orders.csv --where total>5", "where-without-source", "--where"),
        ("calc orders.csv SOURCE --table orders", "source-and-files", "together"),
        ("calc SOURCE --table orders --where what>5", "where", "what"),
        ("calc SOURCE --table orders --where 1=1)~--", "where", "1=1"),
        ("calc SOURCE --table orders --where true);drop~table~orders;select~(1", "where", "drop"),
        ("calc SOURCE --table orders --where id>5", "empty-table", "no rows"),
        ("calc SOURCE --table orders --rejects rejects.csv", "not-of-tables", "--rejects"),
        ("calc SOURCE --table orders --map amount=note", "table-type", "note"),
        ("calc --source mysql://ann:secret@host/shop --table orders", "source-scheme", "ann@host"),
        ("calc --source duckdb:///no/shop.duckdb --table orders", "missing-file", "shop.duckdb"),
    ],
)
def test_what_was_typed_cannot_be_read(words: str, code: str, said: str, tmp_path: Path) -> None:
    known, problem = error(tmp_path, words)
    assert known == code
    assert said in problem
    assert "secret" not in problem


@pytest.mark.parametrize(
    ("row", "code", "example"),
    [
        ((3, "c1", "2026-01-07", "1.234,50", None), "unclear-cells", "1.234,50"),
        ((3, "c1", "2026-01-07", "1e3", None), "unclear-cells", "1e3"),
        ((3, "17850.0", "2026-01-07", "3.00", None), "changed-ids", "17850.0"),
        ((3, "5.8E+17", "2026-01-07", "3.00", None), "damaged-ids", "5.8E+17"),
    ],
)
def test_cells_that_need_a_guess_are_refused(
    row: tuple[object, ...], code: str, example: str, tmp_path: Path
) -> None:
    known, problem = error(tmp_path, "calc SOURCE --table orders", [*ROWS, row])
    assert (known, example in problem) == (code, True)


def test_thousands_are_not_taken_for_decimals(tmp_path: Path) -> None:
    rows = [(n, "c1", "2026-01-07", total, None) for n, total in enumerate(["1.234", "2.500"])]
    assert error(tmp_path, "calc SOURCE --table orders", rows)[0] == "unclear-cells"


@pytest.mark.slow
def test_a_condition_leaves_rows_out_before_they_are_read(tmp_path: Path) -> None:
    columns = "id bigint, customer bigint, day timestamp, total decimal(9, 2)"
    address, _ = make(tmp_path, columns, sales(), "id")
    words = ("--source", address, "--table", "main.orders", "--where", "total > 100")
    (read,) = answer("calc", *words)["provenance"]["inputs"]
    with duckdb.connect(address.removeprefix("duckdb://"), read_only=True) as database:
        ((count,),) = database.execute("select count(*) from orders where total > 100").fetchall()
    assert read["rows_read"] == count
    assert (read["source"], read["sha256"]) == (address, "")


def test_the_next_command_names_the_table(tmp_path: Path) -> None:
    columns = "id bigint, customer bigint, day timestamp, total decimal(9, 2)"
    address, _ = make(tmp_path, columns, sales(), "id")
    words = ("--source", address, "--table", "orders", "--where", "total > 5")
    said = answer("calc", *words, "--cac", "40")["next_command"]
    assert said.startswith(f"ltv calc --source {address} --table orders --where 'total > 5'")


def test_an_audit_is_typed_again_with_its_table(tmp_path: Path) -> None:
    columns = "id bigint, customer bigint, day timestamp, total decimal(9, 2)"
    address, _ = make(tmp_path, columns, sales(), "id")
    said = answer("audit", "--claim", "ltv=90", "--source", address, "--table", "orders")
    typed = f"ltv audit --claim ltv=90 --source {address} --table orders "
    assert said["next_command"].startswith(typed)


def test_an_address_is_shown_without_its_password() -> None:
    with pytest.raises(SourceSchemeError) as refused:
        addresses.read("mysql://ann:p@ss/w@host/shop?password=hidden")
    assert "mysql://ann@host/shop?password=***" in str(refused.value)
    assert "hidden" not in repr(addresses.Address("duckdb:///x?token=hidden"))
