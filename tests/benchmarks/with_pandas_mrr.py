"""What an analyst writes in pandas, well: changes of MRR by customer and month, by kind."""

from __future__ import annotations

import json
import sys

DAYS = ["start_date", "end_date"]
COLUMNS = ["customer_id", *DAYS, "amount", "interval"]
KINDS = ["new", "expansion", "contraction", "churn", "reactivation"]


def main(path: str) -> None:
    import pandas as pd

    # The default reader: the pyarrow engine takes several times as long to hand over its strings.
    words = {"interval": "category"}
    rows = pd.read_csv(path, usecols=COLUMNS, parse_dates=DAYS, dtype=words)
    customer = pd.Series(pd.factorize(rows["customer_id"])[0])
    months = rows["interval"].map({"month": 1, "year": 12}).astype("int64")
    mrr = (rows["amount"] * 100 / months).round().astype("int64")  # in cents
    start, end = (rows[day].dt.year * 12 + rows[day].dt.month - 1 for day in DAYS)

    # What ends in a month is gone at its end, whatever the day.
    begins = pd.DataFrame({"customer": customer, "month": start, "change": mrr})
    ends = pd.DataFrame({"customer": customer, "month": end, "change": -mrr}).dropna()
    both = pd.concat([begins, ends.astype("int64")])
    steps = both.groupby(["customer", "month"], as_index=False)["change"].sum()
    steps = steps[steps["change"] != 0]
    after = steps.groupby("customer")["change"].cumsum()
    before = after - steps["change"]
    first = begins.groupby("customer")["month"].min()
    is_new = steps["month"] == steps["customer"].map(first)

    kind = pd.Series("contraction", index=steps.index).mask(steps["change"] > 0, "expansion")
    kind = kind.mask(after == 0, "churn").mask(before == 0, "reactivation")
    kind = kind.mask((before == 0) & is_new, "new")
    moved = steps["change"].groupby([steps["month"], kind]).agg(["sum", "size"])
    last = int(max(start.max(), end.max()))
    every = pd.RangeIndex(int(start.min()), last + 1)
    moved = moved.unstack(fill_value=0).reindex(every, fill_value=0)
    money = moved["sum"].reindex(columns=KINDS, fill_value=0)
    people = moved["size"].reindex(columns=KINDS, fill_value=0)

    money["closing"] = money.sum(axis="columns").cumsum()
    money["opening"] = money["closing"].shift(fill_value=0)
    money[["contraction", "churn"]] *= -1
    people["closing"] = (people["new"] + people["reactivation"] - people["churn"]).cumsum()
    people["opening"] = people["closing"].shift(fill_value=0)
    people = people.drop(columns=["expansion", "contraction"]).add_prefix("customers_")
    table = money.join(people)
    table.insert(0, "month", [f"{month // 12}-{month % 12 + 1:02}" for month in every])
    print(json.dumps(table.to_dict("records")))


if __name__ == "__main__":
    main(sys.argv[1])
