"""What an analyst writes in Polars, well: a lazy scan, one plan, the streaming engine."""

from __future__ import annotations

import json
import sys


def main(path: str) -> None:
    import polars as pl

    if path.endswith(".parquet"):
        orders = pl.scan_parquet(path).with_columns(pl.col("total").cast(pl.Float64))
    else:
        types = {"date": pl.Date, "total": pl.Float64, "customer": pl.String}
        orders = pl.scan_csv(path, schema_overrides=types)
    orders = orders.select("customer", "date", "total")
    first = orders.group_by("customer").agg(pl.col("date").min().alias("first"))
    age = (pl.col("date") - pl.col("first")).dt.total_days() / 30.436875
    triangle = (
        orders.join(first, on="customer")
        .group_by(pl.col("first").dt.truncate("1mo").alias("cohort"), age.cast(pl.Int16).alias("a"))
        .agg(pl.col("total").sum().alias("revenue"), pl.len().alias("orders"))
    )
    cells, customers = pl.collect_all(
        [triangle, first.select(pl.len())],
        engine="streaming",
    )
    totals = {
        "orders": int(cells["orders"].sum()),
        "customers": customers.item(),
        "revenue": f"{cells['revenue'].sum():.2f}",
        "cells": cells.height,
    }
    print(json.dumps(totals))


if __name__ == "__main__":
    main(sys.argv[1])
