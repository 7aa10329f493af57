"""Extrapolate the cost of many orders on a cluster from the cost of fewer orders on this machine.

`python -m tests.benchmarks.cluster` reads tests/benchmarks/costs.csv, which
`python -m tests.benchmarks --only engines --costs FILE` writes, and prints a table. It is an
extrapolation and no measurement. It assumes that

* there are ten orders per customer, as in the data that was measured;
* a core of the cluster is as fast as one here, and Parquet is read as fast as from the local disk;
* CPU seconds grow in proportion to orders. Low and high are the least and the greatest growth from
  a smaller size to the largest one that was measured. The high one is multiplied by the ratio of
  the logarithms of the numbers of orders, as if all the time went into sorting;
* all cores are busy ("at best"), or one in three is, because tasks are uneven, wait for the network
  and spill ("at a third");
* each statement takes a second or two besides, however many machines there are.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COSTS = Path(__file__).with_name("costs.csv")
ORDERS = 1_000_000_000
CORES = 160  # ten machines of 16
STATEMENTS = {"calc": 37, "cohorts": 43, "segments": 63, "predict": 59}
"""Statements that a command runs one after the other, those that drop tables included."""
LATENCY = (1.0, 2.0)  # seconds for each of them
BUSY = 1 / 3  # of the cores, where it does not go well

Size = Mapping[str, float]
"""What one run cost: orders, engine_cpu, client_cpu, received, client_peak, shuffled, ..."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number that is not known exactly."""

    low: float
    high: float

    def __mul__(self, factor: float) -> Range:
        return Range(self.low * factor, self.high * factor)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a command would cost: CPU seconds, wall seconds and bytes."""

    command: str
    cpu: Range
    at_best: Range
    at_a_third: Range
    shuffled: Range
    received: Range
    client_cpu: float
    client_peak: float


def growth(sizes: Sequence[Size], name: str) -> Range:
    """Return the marginal cost of an order, up to the largest size: least and greatest.

    >>> sizes = [{"orders": 1, "cpu": 14}, {"orders": 3, "cpu": 11}, {"orders": 10, "cpu": 32}]
    >>> growth(sizes, "cpu")
    Range(low=2.0, high=3.0)
    """
    *smaller, largest = sorted(sizes, key=lambda size: size["orders"])
    slopes = [
        (largest[name] - size[name]) / (largest["orders"] - size["orders"]) for size in smaller
    ]
    return Range(max(min(slopes), 0.0), max(*slopes, 0.0))


def parts(sizes: Sequence[Size], name: str) -> tuple[float, float, float]:
    """Return the components of a cost: a constant, and the marginal cost of orders and customers.

    Args:
        sizes: three at least, which differ in orders per customer.
        name: of the cost.

    >>> grow = lambda orders, customers: {
    ...     "orders": orders, "customers": customers, "cpu": 2 + 3 * orders + 5 * customers}
    >>> [round(part) for part in parts([grow(10, 1), grow(20, 2), grow(20, 9)], "cpu")]
    [2, 3, 5]
    """
    import numpy as np

    known = np.array([[1.0, size["orders"], size["customers"]] for size in sizes])
    costs = np.array([size[name] for size in sizes])
    constant, order, customer = np.linalg.lstsq(known, costs, rcond=None)[0]
    return float(constant), float(order), float(customer)


def extrapolated(sizes: Sequence[Size], name: str, orders: float, *, sorts: bool) -> Range:
    """Return a cost of so many orders, from the cost of the largest size and its growth.

    Args:
        sizes: what was measured.
        name: of the cost.
        orders: how many.
        sorts: whether the high end grows as sorting does.
    """
    largest = max(sizes, key=lambda size: size["orders"])
    grown = growth(sizes, name) * (orders - largest["orders"])
    cost = Range(largest[name], largest[name]) + grown
    factor = math.log(orders) / math.log(largest["orders"]) if sorts else 1.0
    return Range(cost.low, cost.high * factor)


def estimate(
    command: str, sizes: Sequence[Size], orders: float = ORDERS, cores: int = CORES
) -> Estimate:
    """Return the extrapolated cost of a command.

    Args:
        command: its name.
        sizes: what it cost with fewer orders.
        orders: how many there would be.
        cores: of the cluster.
    """
    cpu = extrapolated(sizes, "engine_cpu", orders, sorts=True)
    waiting = Range(*(STATEMENTS[command] * seconds for seconds in LATENCY))
    largest = max(sizes, key=lambda size: size["orders"])
    return Estimate(
        command=command,
        cpu=cpu,
        at_best=cpu * (1 / cores) + waiting,
        at_a_third=cpu * (1 / cores / BUSY) + waiting,
        shuffled=extrapolated(sizes, "shuffled", orders, sorts=False),
        received=Range(
            largest["received"], extrapolated(sizes, "received", orders, sorts=False).high
        ),
        client_cpu=largest["client_cpu"],
        client_peak=largest["client_peak"],
    )


def read(path: Path, engine: str = "Spark") -> dict[str, list[Size]]:
    """Return the measurements in an engine, by command."""
    found: dict[str, list[Size]] = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            if row.pop("engine") == engine:
                command = row.pop("command")
                found.setdefault(command, []).append({n: float(v) for n, v in row.items()})
    return found


def table(estimates: Sequence[Estimate]) -> str:
    """Write estimates as a table in Markdown."""
    lines = [
        "| command | CPU hours | wall time at best | at a third | passed on between machines |",
        "|---|---|---|---|---|",
    ]
    for one in estimates:
        cells = [
            f"`ltv {one.command}`",
            _shown(one.cpu * (1 / 3600)),
            f"{_shown(one.at_best * (1 / 60))} min",
            f"{_shown(one.at_a_third * (1 / 60))} min",
            f"{_shown(one.shuffled * 1e-9)} GB",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _shown(value: Range) -> str:
    """Write a range with two digits.

    >>> _shown(Range(4.04, 12.3)), _shown(Range(140.4, 151))
    ('4–12', '140–150')
    """
    low, high = (f"{float(f'{end:.2g}'):g}" for end in (value.low, value.high))
    return low if low == high else f"{low}–{high}"


def main(path: Path = COSTS) -> None:
    """Print the table of every command that was measured at two sizes or more."""
    measured = read(path)
    fixed, order, customer = parts(read(path, "PostgreSQL")["calc"], "engine_cpu")
    print(
        f"ltv calc in PostgreSQL: {fixed:.1f} s, {order * 1e6:.1f} µs per order"
        f" and {customer * 1e6:.1f} µs per customer"
    )
    print(f"{ORDERS:,} orders on {CORES} cores, extrapolated from {path.name}:\n")
    print(table([estimate(c, measured[c]) for c in STATEMENTS if len(measured.get(c, [])) > 1]))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
