"""A prediction that gives no finding, and one for each check."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from ltvcli.results import Quantity, Sentence, Statement
from ltvcli.results.prediction import PredictEvidence, PredictReport, ReissuedIds
from ltvcli.units import Unit

EVIDENCE = PredictEvidence(
    history_days=1000,
    horizon_days=365,
    tested_days=364,
    customers=2000,
    repeats=3000,
    cutoffs=(date(2025, 3, 31), date(2025, 1, 31)),
    chosen="auto",
    weights={"bg-nbd": 0.3, "mbg-nbd": 0.3, "pareto-nbd": 0.2, "chain-ladder": 0.2},
    missed={"auto": 0.08, "bg-nbd": 0.1, "hiatus": 0.2, "own-rate": 0.7, "chain-ladder": 0.1},
    baseline="hiatus",
    models_win=True,
    unfitted={},
    limits={},
    own_money="",
    calendar=0.3,
    first_weeks=120,
    half_width=0.12,
    calendar_half_width=0.1,
    returned=800,
    carriers=150,
)
TOTALS = (
    {"part": "past", "orders": 5000, "value": 250_000.0},
    {
        "part": "future",
        "orders": 1800.0,
        "orders_low": 1600.0,
        "orders_high": 2030.0,
        "value": 90_000.0,
        "value_low": 78_000.0,
        "value_high": 104_000.0,
    },
)


def prediction(**changed: Any) -> PredictReport:
    """A prediction whose evidence is `changed`."""
    return PredictReport(
        command="predict",
        version="1",
        as_of=date(2026, 3, 31),
        currency="USD",
        inputs=(),
        given={},
        horizon=12,
        basis="margin",
        says=(
            Statement(says=Sentence("{orders} orders.", {"orders": Quantity(1800.0, Unit.COUNT)})),
        ),
        main="totals",
        tables={"totals": TOTALS, "cohorts": ({"cohort": "2025-10", "cac": 40.0},)},
        evidence=replace(EVIDENCE, **changed),
    )


SPEAKS = {
    "forecast-untested": prediction(
        cutoffs=(), tested_days=0, missed={"auto": None}, models_win=None
    ),
    "forecast-tested-shorter": prediction(tested_days=140),
    "low-backtest-accuracy": prediction(missed={"auto": 0.45, "hiatus": 0.6}),
    "season-unseen": prediction(history_days=390),
    "single-acquisition-period": prediction(first_weeks=1),
    "few-repeat-orders": prediction(repeats=60),
    "few-carry-repeat-orders": prediction(returned=300, carriers=9),
    "orders-fall-faster": prediction(overstated=0.22),
    "orders-changed-level": prediction(changed=-0.45, changed_since=date(2025, 12, 6)),
    "ids-reissued": prediction(
        reissued_ids=ReissuedIds(customers=380, strangers=0.74, followed=0.41, followed_new=0.45)
    ),
    "few-leavers-seen": prediction(leavers=12),
    "baseline-wins": prediction(
        chosen="hiatus", models_win=False, missed={"auto": 0.5, "hiatus": 0.2}
    ),
    "models-not-fitted": prediction(unfitted={"bg-nbd": "too few repeat customers"}),
    "predicted-in-revenue": replace(prediction(), basis="revenue"),
    "predicted-retention-cost": prediction(retention_cost=120.0),
    "predicted-without-cac": replace(prediction(), tables={"totals": TOTALS}),
    "order-value-not-modelled": prediction(own_money="too few repeat customers"),
}
"""What each check speaks of."""
