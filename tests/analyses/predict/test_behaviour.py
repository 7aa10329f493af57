"""Early behaviour in the forecast of customers: used only if it helps."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from ltvcli.pipeline import predict
from ltvcli.results.prediction import PredictReport
from ltvcli.settings.settings import Settings

FIRST, DAYS = date(2024, 1, 1), 730


def write(folder: Path, seed: int, strength: float, customers: int = 2000) -> tuple[Path, Path]:
    """Write orders and a log; who uses the product more orders more often, unless strength is 0.

    Args:
        folder: to write into.
        seed: of the draw.
        strength: power of use in the rate of orders.
        customers: how many.
    """
    draw = np.random.default_rng(seed)
    orders, log = io.StringIO(), io.StringIO()
    rows, events = csv.writer(orders), csv.writer(log)
    rows.writerow(["customer", "date", "total"])
    events.writerow(["user id", "time", "event"])
    for number in range(customers):
        start = int(draw.integers(0, DAYS - 30))
        use = np.exp(draw.normal(0.0, 0.8))
        rate = draw.gamma(4.0, 0.25) * use**strength / 200
        alive = start + draw.exponential(900)
        day = float(start)
        while day < min(alive, DAYS):
            amount = 20 + 60 * draw.random()
            rows.writerow([f"c{number}", FIRST + timedelta(int(day)), f"{amount:.2f}"])
            day += max(draw.exponential(1 / rate), 1)
        for event, mean in (("report", 6 * use), ("visit", 3.0), ("help", 0.5)):
            for _ in range(draw.poisson(mean)):
                at = FIRST + timedelta(start + int(draw.integers(0, 30)))
                events.writerow([f"c{number}", at, event])
    paths = folder / "orders.csv", folder / "events.csv"
    for path, text in zip(paths, (orders, log), strict=True):
        path.write_text(text.getvalue(), "utf-8")
    return paths


def predicted(orders: Path, *events: Path, out: Path | None = None) -> PredictReport:
    return predict.run([orders], Settings(), events=events, customers_to=out, plain_ids=True)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write(tmp_path_factory.mktemp("shop"), 2, 1.0)


def values(path: Path) -> dict[str, tuple[float, float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["customer"]: (float(row["future_orders"]), float(row["future_value"]))
            for row in csv.DictReader(file)
        }


@pytest.mark.slow
def test_behaviour_that_helps_is_used_and_totals_stay(
    shop: tuple[Path, Path], tmp_path: Path
) -> None:
    orders, log = shop
    before = predicted(orders, out=tmp_path / "before.csv")
    after = predicted(orders, log, out=tmp_path / "after.csv")
    (row,) = after.tables["behaviour"]
    old, new = values(tmp_path / "before.csv"), values(tmp_path / "after.csv")

    assert row["used"] is True
    assert row["error_saved_low"] > 0  # type: ignore[operator]
    assert "behaviour" not in before.tables
    for was, now in zip(before.tables["totals"], after.tables["totals"], strict=True):
        assert now == {
            key: pytest.approx(value, rel=1e-6) if isinstance(value, float) else value
            for key, value in was.items()
        }
    for place in (0, 1):
        assert sum(each[place] for each in new.values()) == pytest.approx(
            sum(each[place] for each in old.values()), rel=1e-5
        )
    moved = [new[name][0] / old[name][0] for name in old if old[name][0] > 0]
    assert min(moved) < 0.9
    assert max(moved) > 1.1


@pytest.mark.slow
def test_noise_changes_no_figure(shop: tuple[Path, Path], tmp_path: Path) -> None:
    orders, log = shop
    lines = log.read_text("utf-8").splitlines()
    starts: dict[str, str] = {}
    for line in orders.read_text("utf-8").splitlines()[1:]:
        customer, day, _ = line.split(",")
        starts.setdefault(customer, day)
    names = list(starts)
    other = dict(zip(names, [*names[1000:], *names[:1000]], strict=True))
    turned = [lines[0]]
    for line in lines[1:]:
        customer, day, event = line.split(",")
        lag = date.fromisoformat(day) - date.fromisoformat(starts[customer])
        theirs = other[customer]
        turned.append(f"{theirs},{date.fromisoformat(starts[theirs]) + lag},{event}")
    noise = tmp_path / "noise.csv"
    noise.write_text("\n".join(turned) + "\n", "utf-8")
    before = predicted(orders, out=tmp_path / "before.csv")
    after = predicted(orders, noise, out=tmp_path / "after.csv")
    (row,) = after.tables["behaviour"]

    assert row["used"] is False
    assert {**after.tables, "behaviour": ()} == {**before.tables, "behaviour": ()}
    assert (tmp_path / "after.csv").read_bytes() == (tmp_path / "before.csv").read_bytes()


def test_too_short_a_log_is_not_judged(shop: tuple[Path, Path], tmp_path: Path) -> None:
    orders, log = shop
    recent = tmp_path / "recent.csv"
    lines = log.read_text("utf-8").splitlines()
    kept = [line for line in lines[1:] if line.split(",")[1] >= "2025-11-01"]
    recent.write_text("\n".join([lines[0], *kept]) + "\n", "utf-8")
    (row,) = predicted(orders, recent).tables["behaviour"]

    assert (row["customers"], row["error_saved"], row["used"]) == (0, None, False)


@pytest.mark.slow
@pytest.mark.parametrize(("strength", "least", "most"), [(1.0, 4, 5), (0.0, 0, 0)])
def test_behaviour_that_helps_is_usually_used_and_noise_never(
    tmp_path: Path, strength: float, least: int, most: int
) -> None:
    """Behaviour that helps is used in 80% of draws at least, noise hardly ever: in none of 220."""
    used = 0
    for seed in range(5):
        orders, log = write(tmp_path, seed, strength, 4000)
        (row,) = predicted(orders, log).tables["behaviour"]
        used += bool(row["used"])

    assert least <= used <= most
