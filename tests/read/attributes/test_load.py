"""Tables of customers with any columns, every row accounted for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from ltvcli.engines import duckdb
from ltvcli.errors import NoOutcomeColumnError, OutcomeValuesError
from ltvcli.facts.attributes import Attribute, Kind
from ltvcli.read import attributes
from ltvcli.read.attributes import AttributesReading, Requested
from ltvcli.read.files import open_files
from ltvcli.settings.settings import Settings
from tests.hostile import HOSTILE

pytestmark = pytest.mark.sampled


def read(folder: Path, text: str, outcome: str | None = "left") -> AttributesReading:
    file = folder / "customers.csv"
    file.write_text(text, "utf-8")
    sheets = open_files.open_all([file], Settings(), folder)
    with duckdb.open([sheet.path for sheet in sheets], folder, None) as engine:
        return attributes.load(
            sheets[0], engine, Requested(kind="customers", outcome=outcome, map={})
        )


def column(reading: AttributesReading, name: str) -> Attribute:
    return next(column for column in reading.attributes.columns if column.name == name)


def cells(reading: AttributesReading, name: str) -> dict[str, object]:
    """Return what is in a column, by customer."""
    found = column(reading, name)
    values = [
        None if np.isnan(v) else found.levels[int(v)] if found.levels else float(v)
        for v in found.values
    ]
    return dict(zip(reading.attributes.customers.tolist(), values, strict=True))


def test_numbers_levels_days_and_blanks(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "customer,left,size,plan,signed,zip\n"
        'a,1,"1,200",Pro,2026-01-05,00123\n'
        "b,0,15%,ｐｒｏ ,2026/02/05,10123\n"
        "c,0,n/a,,,\n",
    )

    assert cells(reading, "size") == {"a": 1200.0, "b": 15.0, "c": None}
    assert cells(reading, "plan") == {"a": "Pro", "b": "pro", "c": None}
    assert cells(reading, "zip") == {"a": "00123", "b": "10123", "c": None}
    assert column(reading, "signed").kind is Kind.DAY
    assert column(reading, "size").kind is Kind.NUMBER
    assert reading.left is not None
    assert dict(zip(reading.attributes.customers, reading.left.tolist(), strict=True)) == {
        "a": True,
        "b": False,
        "c": False,
    }


def test_decimal_commas(tmp_path: Path) -> None:
    reading = read(tmp_path, "customer;left;size\na;1;1,5\nb;0;2,25\n")

    assert cells(reading, "size") == {"a": 1.5, "b": 2.25}


def test_every_row_is_accounted_for(tmp_path: Path) -> None:
    reading = read(tmp_path, "customer,left,n\na,1,1\na,0,2\n,1,3\nb,,4\nc,0,5\n")

    assert reading.input.rows_read == 5
    assert reading.input.rows_used == 2
    assert reading.input.set_aside == {
        "duplicate-customer": 1,
        "no-customer": 1,
        "no-outcome": 1,
    }
    assert cells(reading, "n") == {"a": 1.0, "c": 5.0}


@pytest.mark.parametrize("ids", [True, False], ids=["with ids", "without ids"])
def test_the_order_of_rows_has_no_effect(tmp_path: Path, ids: bool) -> None:
    rows = [f"{f'c{n},' if ids else ''}{n % 2},{n * 7 % 13},{'xyz'[n % 3]}\n" for n in range(40)]
    header = f"{'customer,' if ids else ''}left,size,plan\n"
    forwards = read(tmp_path, header + "".join(rows))
    backwards = read(tmp_path, header + "".join(reversed(rows)))

    assert forwards.left is not None
    assert backwards.left is not None
    assert forwards.left.tolist() == backwards.left.tolist()
    for name in ("size", "plan"):
        assert column(forwards, name).values.tolist() == column(backwards, name).values.tolist()


@pytest.mark.parametrize(
    ("header", "value", "asked"),
    [
        ("churned", "Yes", "churned"),
        ("状態", "退会", "状態"),
        ("State", "Closed", "state"),
        ("a=b", "1", "a=b"),
        ("tier", "gold", "tier=GOLD"),
    ],
)
def test_words_for_leaving_are_understood(
    tmp_path: Path, header: str, value: str, asked: str
) -> None:
    stayed = {"Yes": "No", "退会": "継続", "Closed": "Active", "1": "0", "gold": "tin"}[value]
    reading = read(tmp_path, f"customer,{header}\na,{value}\nb,{stayed}\n", asked)

    assert reading.left is not None
    assert dict(zip(reading.attributes.customers, reading.left.tolist(), strict=True)) == {
        "a": True,
        "b": False,
    }


@pytest.mark.parametrize("values", ["red blue", "1 2", "1 maybe", "yes no 3"])
def test_an_unclear_outcome_value_is_a_question(tmp_path: Path, values: str) -> None:
    rows = "".join(f"c{n},{value}\n" for n, value in enumerate(values.split()))
    with pytest.raises(OutcomeValuesError) as raised:
        read(tmp_path, f"customer,left\n{rows}")

    example = str(raised.value.facts["example"])
    reading = read(tmp_path, f"customer,left\n{rows}", example)  # what the hint says works
    assert reading.left is not None
    assert reading.left.sum() == 1


def test_an_unknown_outcome_lists_the_columns(tmp_path: Path) -> None:
    with pytest.raises(NoOutcomeColumnError) as raised:
        read(tmp_path, "customer,left,plan\na,1,x\n", "lef")

    assert "left" in str(raised.value.facts["near"])


def test_columns_of_the_same_header_are_distinguished(tmp_path: Path) -> None:
    reading = read(tmp_path, "customer,left,plan,plan\na,1,x,y\nb,0,x,z\n")

    assert [c.name for c in reading.attributes.columns] == ["plan#1", "plan#2"]


def test_hostile_headers_and_cells_are_data(tmp_path: Path) -> None:
    """Every text of the corpus that a CSV can hold is a header of its own, and a cell below it."""
    texts = [text for text in HOSTILE if text.isprintable() and text.strip()]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["customer", "left", *(f"{n} {text}" for n, text in enumerate(texts))])
    writer.writerow(["a", "1", *texts])
    writer.writerow(["b", "0", *texts])
    reading = read(tmp_path, buffer.getvalue())

    assert len(reading.attributes.columns) == len(texts) > 50
    assert [c.name for c in reading.attributes.columns[:9]] == [
        f"{n} {text}" for n, text in enumerate(texts[:9])
    ]


def test_rows_without_an_id_are_customers_numbered_from_1(tmp_path: Path) -> None:
    reading = read(tmp_path, "left,size\n1,10\n0,20\n0,20\n")

    assert cells(reading, "size") == {"1": 10.0, "2": 20.0, "3": 20.0}
    assert reading.input.rows_used == 3
    assert reading.input.notes == ()
    assert reading.named == ""
