"""Scripts run as they are by psql, and by Spark: the answer is that of the table's CSV export."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ltvcli.engines import spark
from tests.engines import servers
from tests.engines.servers import SECRET
from tests.read.tables.scripts import Run, answered, described
from tests.read.tables.shops import alike, answer, in_postgres, in_spark, make, sales
from tests.read.tables.test_same_answer import BY_TIME, KINDS, ORDERS, mixed, of_all_kinds
from tests.read.tables.test_same_answer import with_refunds as refunds

MAPPED = ("--map", "customer=user_id", "--map", "date=created_at")
CASES = {
    "calc": (ORDERS, sales(more=mixed), BY_TIME, MAPPED, 1),
    "segments --by country": (ORDERS, refunds(), BY_TIME, MAPPED, 2),
    "review": (KINDS, of_all_kinds(), "order_date, total desc", (), 1),
}


def same(run: Run, case: str, dialect: str, name: str, folder: Path, address: str) -> None:
    """Compare the answer from the results of a script with that of the table's export.

    Args:
        run: what runs the script.
        case: of CASES.
        dialect: of the script.
        name: of the table.
        folder: for the results; the export is beside it.
        address: of the DuckDB file with the same table.
    """
    *_, mapped, at_most = CASES[case]
    columns = described(address.removeprefix("duckdb://"))
    command, *fixed = [*case.split(), *mapped]
    words = [command, "--dialect", dialect, "--table", name, "--columns", columns, *fixed]
    from_facts = answered(run, folder, words, ["--cac", "40"], at_most)
    file = folder.parent / "orders.csv"
    from_file = answer(command, str(file), *fixed, "--cac", "40")
    assert "error" not in from_file
    assert alike(from_facts, f"{folder} {name}") == alike(from_file, str(file))


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=() if case == "calc" else pytest.mark.slow) for case in CASES]
)
def test_psql_runs_a_script(case: str, postgres_url: str, tmp_path: Path) -> None:
    columns, rows, order, *_ = CASES[case]
    address, file = make(tmp_path, columns, rows, order)
    name = in_postgres(postgres_url, columns, file)[-1]
    programs = servers.programs()
    assert programs is not None

    def run(sql: str, folder: Path) -> None:
        (folder.parent / "facts.sql").write_text(sql)
        done = subprocess.run(
            [programs / "psql", "--no-psqlrc", "--quiet", "-f", "facts.sql", postgres_url],
            cwd=folder.parent,
            env=os.environ | {"PGPASSWORD": SECRET},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]

    same(run, case, "postgres", name, tmp_path / "facts", address)


def test_spark_runs_a_script(sail_url: str, tmp_path: Path) -> None:
    columns, rows, order, *_ = CASES["calc"]
    address, _ = make(tmp_path, columns, rows, order)
    name = in_spark(sail_url, tmp_path, address)[-1]

    def run(sql: str, folder: Path) -> None:
        with spark.open(sail_url) as engine:
            for statement in sql.replace("'facts/", f"'{folder}/").split(";\n"):
                lines = statement.splitlines()
                # Sail does not understand SET, and the session is in UTC.
                text = "\n".join(line for line in lines if not line.startswith(("--", "SET ")))
                if text.strip():
                    engine.ask(text)

    same(run, "calc", "spark", name, tmp_path / "facts", address)
