"""Every row that is used becomes a period, and every payment is added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ltvcli.engines import duckdb
from ltvcli.errors import InternalError

SPANS = """customer,subscription_id,start,end,mrr
a,s1,2025-01-05,2025-03-10,10
b,s2,2025-01-05,,20
"""
TRIALS = """customer,subscription_id,start,end,mrr,status
a,s1,2025-01-05,,10,active
b,s2,2025-01-05,,20,trialing
c,s3,2025-01-05,,30,trialing
"""
PAYMENTS = """customer,payment_date,period_end,amount,subscription_id
a,2025-01-05,2025-02-05,10,s1
b,2025-01-05,2025-02-05,20,s2
"""


@pytest.mark.parametrize(
    ("text", "query", "kept", "lost"),
    [
        pytest.param(SPANS, "unchanged_spans", "shape <> 'payments'", "1 rows and 0", id="spans"),
        pytest.param(TRIALS, "spans", "coalesce(status", "1 rows and 0", id="whole among cut"),
        pytest.param(TRIALS, "cut", "has_trial", "1 rows and 0", id="cut"),
        pytest.param(PAYMENTS, "payments", "shape = 'payments'", "0 rows and 120", id="payments"),
    ],
)
def test_a_row_that_is_lost_is_our_mistake_and_no_result(
    load: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    query: str,
    kept: str,
    lost: str,
) -> None:
    load(text)
    name = f"read/subscriptions/{query}"
    whole = duckdb.query(name)
    gone = "b" if query == "cut" else "a"
    texts = {name: whole.replace(f"where {kept}", f"where customer <> '{gone}' and {kept}")}
    assert texts[name] != whole
    monkeypatch.setattr(
        duckdb, "query", lambda name, known=duckdb.query: texts.get(name) or known(name)
    )
    with pytest.raises(InternalError, match=lost):
        load(text)
