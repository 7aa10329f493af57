"""The triangle of cohorts by age as one would write it in SQL, run where the orders are."""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any

FIRSTS = "with firsts as (select customer, min(date) as first from {table} group by customer)"
TRIANGLE = (
    FIRSTS + " select extract(year from first) as year, extract(month from first) as month,"
    " floor({days} / 30.436875) as age, count(*) as orders, sum(total) as revenue"
    " from {table} as orders inner join firsts on firsts.customer = orders.customer"
    " group by 1, 2, 3"
)
COHORTS = (
    FIRSTS + " select extract(year from first) as year, extract(month from first) as month,"
    " count(*) as customers from firsts group by 1, 2"
)
DAYS = {"postgresql": "(orders.date - first)", "sc": "datediff(orders.date, first)"}


def main(url: str, table: str) -> None:
    """Print the sums."""
    scheme = url.partition(":")[0]
    names = {"days": DAYS[scheme], "table": _quoted(table)}
    ask = _spark if scheme == "sc" else _postgres
    cells, cohorts = ask(url, [TRIANGLE.format(**names), COHORTS.format(**names)])
    print(
        json.dumps({
            "orders": sum(row[3] for row in cells),
            "customers": sum(row[2] for row in cohorts),
            "revenue": str(sum(row[4] for row in cells)),
        })
    )  # fmt: skip


def _quoted(table: str) -> str:
    schema, point, name = table.partition(".")
    return f"{schema}{point}`{name}`" if point else table


def _postgres(url: str, queries: list[str]) -> list[list[Any]]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        return [connection.execute(query.encode()).fetchall() for query in queries]


def _spark(url: str, queries: list[str]) -> list[list[Any]]:
    warnings.simplefilter("ignore")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.remote(url).create()
    rows = [[tuple(row) for row in session.sql(query).collect()] for query in queries]
    session.stop()
    return rows


if __name__ == "__main__":
    main(*sys.argv[1:])
