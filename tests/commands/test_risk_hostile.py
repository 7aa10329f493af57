"""Column names and values of customers are hostile input like any other."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ltvcli
from ltvcli.results.risk_record import Verdict
from tests.hostile import HOSTILE
from tests.test_spreadsheets import is_safe

NAMES = [name for name in HOSTILE if name.strip() and "\x00" not in name and "\ud800" not in name]
TAG = "<img src=x onerror=alert(1)>"


def customers(n: int = 800, seed: int = 3) -> pd.DataFrame:
    """Customers whose chance depends on two columns, of names and words that break pages."""
    draw = np.random.default_rng(seed)
    picked = draw.choice(len(NAMES), 8, replace=False)
    header, words = [NAMES[k] for k in picked[:3]], np.array([NAMES[k] for k in picked[3:]])
    header[0], words[0] = f"{TAG}{seed}", TAG
    size, code = draw.normal(size=n), draw.integers(0, len(words), n)
    chance = 1 / (1 + np.exp(-(1.2 * size + 1.5 * (code == 1) - 0.5)))
    columns = {"id": np.arange(1, n + 1), header[0]: size, header[1]: words[code]}
    noise = {header[2]: draw.integers(0, 3, n), "churned": (draw.random(n) < chance).astype(int)}
    return pd.DataFrame({**columns, **noise})


@pytest.mark.parametrize("seed", [3])
def test_names_and_values_break_no_page(seed: int) -> None:
    frame = customers(seed=seed)
    report = ltvcli.risk(customers=frame, outcome="churned", prospects=frame.head(20), cac=1)

    assert report.verdict is Verdict.SCORE
    assert len(report.prospects) == 20
    shown_as_text(report)


@pytest.mark.slow
def test_names_and_values_break_no_page_of_todays_customers() -> None:
    frame = customers(seed=3)
    frame["id"] = [f"{TAG}{number}" for number in frame["id"]]
    report = ltvcli.risk(customers=frame, outcome="churned", plain_ids=True)

    assert report.today is not None
    assert len(report.today.rows) == (frame["churned"] == 0).sum()
    shown_as_text(report)


def shown_as_text(report: Any) -> None:
    html, table, text = (report.to_text(name) for name in ("html", "csv", "md"))

    assert "img src=x onerror" in html  # it is shown, as text
    assert TAG not in html
    assert TAG not in text
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert [cell for cell in cells if not is_safe(cell)] == []
