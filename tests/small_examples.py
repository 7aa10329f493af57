"""The examples with one customer in three: enough for what does not depend on the numbers."""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
GOLDEN = Path(__file__).parent / "golden"
CUSTOMERS = {"shop/orders.csv": "Email", "saas/subscriptions.csv": "Customer ID"}
SHARE = 3


def write(folder: Path) -> None:
    """Write `orders.csv` and `subscriptions.csv`, `spend.csv` of the whole shop, and others.

    `results.csv` is of an experiment with one customer in ten held out, `arms.csv` says in which of
    two arms customers of the orders are since a day, `deals.csv` has a deal for each subscription,
    `churn.csv` a row for each that ended, and customers of both exports answer in `nps.csv`.
    """
    for name, content in _files().items():
        (folder / name).write_bytes(content)


@cache
def _files() -> dict[str, bytes]:
    """Return what each file holds."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder))
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def _write(folder: Path) -> None:
    for name, column in CUSTOMERS.items():
        (folder / Path(name).name).write_text(_some(name, column), "utf-8")
    shutil.copy(EXAMPLES / "shop/spend.csv", folder)
    shutil.copy(EXAMPLES / "pitch/honest.yaml", folder / "pitch.yaml")
    shutil.copy(GOLDEN / "benchmark-own-file/benchmarks.csv", folder)
    (folder / "churn.csv").write_text(_churn((folder / "subscriptions.csv").read_text()), "utf-8")
    (folder / "deals.csv").write_text(_deals((folder / "subscriptions.csv").read_text()), "utf-8")
    orders = csv.DictReader((folder / "orders.csv").read_text("utf-8").splitlines())
    customers = sorted({row["Email"] for row in orders})
    assigned = [
        f"{customer},{('holdout', 'mail')[number % 2]},2026-01-15\n"
        for number, customer in enumerate(filter(None, customers))
    ]
    (folder / "arms.csv").write_text("customer,arm,day\n" + "".join(assigned), "utf-8")
    arms = ["holdout" if number % 10 == 0 else "mail" for number in range(2000)]
    rows = [f"c{number},{arm},{number % 7}\n" for number, arm in enumerate(arms)]
    (folder / "nps.csv").write_text(_answers(), "utf-8")
    _write_customers(folder)
    (folder / "results.csv").write_text("customer,group,spend\n" + "".join(rows), "utf-8")


def _churn(subscriptions: str) -> str:
    """Return who cancelled, when and why."""
    rows = [
        f"{row['Customer ID']},{row['Ended At (UTC)'][:10]},{row['Cancellation Reason']}\n"
        for row in csv.DictReader(subscriptions.splitlines())
        if row["Ended At (UTC)"]
    ]
    return "customer,day,reason\n" + "".join(rows)


def _deals(subscriptions: str) -> str:
    """Return a list of deals, by three owners in turn."""
    rows = [
        f"D{number},{row['Customer ID']},{'ABC'[number % 3]},{row['Created (UTC)'][:10]},10.05\n"
        for number, row in enumerate(csv.DictReader(subscriptions.splitlines()))
    ]
    return "deal,customer,owner,signed,commission\n" + "".join(rows)


def _write_customers(folder: Path) -> None:
    """Write `customers.csv` and `events.csv` of all customers, and prospects, open or declined."""
    starts: dict[str, str] = {}
    for (name, column), day in zip(CUSTOMERS.items(), ("Created at", "Created (UTC)"), strict=True):
        for row in csv.DictReader(_some(name, column).splitlines()):
            if row[column] and row[day]:
                known = starts.setdefault(row[column], row[day][:10])
                starts[row[column]] = min(known, row[day][:10])
    lines = ["customer_id,status,churned,age,size"]
    events = ["customer,day,event"]
    for number, (customer, start) in enumerate(sorted(starts.items())):
        status = "active" if number % 3 else "closed"
        lines.append(f"{customer},{status},{int(number % 3 == 0)},{20 + number % 40},{number % 7}")
        events += [f"{customer},{start},{event}" for event in ("login", "import")[: 1 + number % 2]]
    (folder / "customers.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "events.csv").write_text("\n".join(events) + "\n", "utf-8")
    for name in ("pipeline.csv", "declined.csv"):
        (folder / name).write_text("prospect,owner,age,size\nD1,Ann,30,5\nD2,Ben,41,1\n", "utf-8")


@cache
def _some(name: str, column: str) -> str:
    """Return the lines of an export that belong to one customer in three, and to nobody."""
    header, *lines = (EXAMPLES / name).read_text("utf-8").splitlines(keepends=True)
    place = next(csv.reader([header])).index(column)
    kept = [line for line in lines if _is_kept(next(csv.reader([line]))[place])]
    return header + "".join(kept)


@cache
def _answers() -> str:
    """Return an answer of each customer, in May or in August 2026."""
    lines = ["customer id,date,How likely are you to recommend us?\n"]
    for name, column in CUSTOMERS.items():
        header, *rows = csv.reader(_some(name, column).splitlines())
        ids = dict.fromkeys(row[header.index(column)] for row in rows)
        lines += [
            f"{customer},2026-0{5 + number % 2 * 3}-{1 + number % 28:02},{number % 11}\n"
            for number, customer in enumerate(filter(None, ids))
        ]
    return "".join(lines)


def _is_kept(customer: str) -> bool:
    number = int(hashlib.md5(customer.encode()).hexdigest(), 16)
    return not customer or number % SHARE == 0
