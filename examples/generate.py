"""Write the example data sets, byte for byte the same every time.

`python examples/generate.py` rewrites them in place; with a folder as argument, below that folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random

import ec_cube_orders
import mail_assignments
import mail_experiment
import recipe_box
import saas_subscriptions
import salon_software
import salon_supplies
import shop_spend
import shopify_orders
import tea_shop
import trust_service


def main(folder: Path) -> None:
    """Write each data set to its own folder below `folder`."""
    orders = shopify_orders.rows(Random(20241101))
    _write(folder / "shop" / "orders.csv", orders, "utf-8")
    _write(folder / "shop" / "spend.csv", shop_spend.rows(Random(4), orders), "utf-8")
    _write(folder / "ec_cube" / "order_20261031120000.csv", ec_cube_orders.rows(Random(2)), "cp932")
    tea = tea_shop.orders(Random(40))
    _write(folder / "review" / "orders.csv", tea_shop.rows(tea), "utf-8")
    _write(folder / "review" / "spend.csv", tea_shop.spend_rows(tea), "utf-8")
    before = tea_shop.rows_before_the_recall(tea)
    _write(folder / "review" / "orders-2025-05.csv", before, "utf-8")
    _write(folder / "saas" / "subscriptions.csv", saas_subscriptions.rows(Random(3)), "utf-8")
    _write(folder / "experiment" / "results.csv", mail_experiment.rows(Random(5)), "utf-8")
    orders_of_tea, arms = mail_assignments.orders_and_arms(Random(6))
    _write(folder / "experiment" / "orders.csv", orders_of_tea, "utf-8")
    _write(folder / "experiment" / "arms.csv", arms, "utf-8")
    _write(folder / "experiment" / "initiatives.csv", mail_assignments.INITIATIVES, "utf-8")
    practices = salon_software.practices(Random(17))
    _write(folder / "risk" / "customers.csv", salon_software.customer_rows(practices), "utf-8")
    subscribed = salon_software.subscription_rows(practices)
    _write(folder / "risk" / "subscriptions.csv", subscribed, "utf-8")
    _write(folder / "risk" / "pipeline.csv", salon_software.prospect_rows(Random(18)), "utf-8")
    _write(folder / "risk" / "declined.csv", salon_software.declined_rows(Random(19)), "utf-8")
    events = salon_software.event_rows(Random(20), practices)
    _write(folder / "risk" / "events.csv", events, "utf-8")
    _write(folder / "risk" / "orders.csv", salon_supplies.rows(Random(20)), "utf-8")
    cooks = recipe_box.cooks(Random(22))
    _write(folder / "recipe_box" / "orders.csv", recipe_box.order_rows(Random(23), cooks), "utf-8")
    _write(folder / "recipe_box" / "events.csv", recipe_box.event_rows(Random(24), cooks), "utf-8")
    _write_trust(folder / "trust")


def _write_trust(folder: Path) -> None:
    """Write the files of the service that burns trust."""
    drawn = trust_service.customers(Random(16))
    files = {
        "deals.csv": trust_service.deals(drawn),
        "subscriptions.csv": trust_service.subscriptions(drawn),
        "nps.csv": trust_service.survey(Random(17), drawn),
        "cancellations.csv": trust_service.cancellations(Random(18), drawn),
        "declined.csv": trust_service.declined(Random(19)),
        "spend.csv": trust_service.spend_rows(drawn),
    }
    for name, lines in files.items():
        _write(folder / name, lines, "utf-8")


def _write(path: Path, lines: Iterable[str], encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent)
