"""The least that any program on DuckDB has to do: read as text, cast, store, sum per customer."""

from __future__ import annotations

import json
import sys


def main(path: str) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(
            "create table orders as select order_id, customer, cast(date as date) as day, "
            "cast(total as decimal(18, 2)) as amount "
            "from read_csv($1, header = true, delim = ',', all_varchar = true)",
            [path],
        )
        totals = connection.execute(
            "select sum(orders)::bigint, count(*), sum(revenue)::varchar from ("
            "select customer, count(*) as orders, sum(amount) as revenue from orders "
            "group by customer)"
        ).fetchall()[0]
    print(json.dumps(dict(zip(("orders", "customers", "revenue"), totals, strict=True))))


if __name__ == "__main__":
    main(sys.argv[1])
