from __future__ import annotations

import json
import math
from typing import Any

import pytest
from msgspec.structs import replace

from ltvcli.errors import NotARateError
from ltvcli.formats import json as json_format
from tests.formats.reports import FINDINGS, ORDERS, numbers, shop

SCHEMA = {
    "schema": None,
    "command": None,
    "version": None,
    "as_of": None,
    "currency": None,
    "horizon": None,
    "basis": None,
    "provenance": {"inputs", "given", "settings"},
    "figures": None,
    "methods": None,
    "verdict": {
        "grade",
        "grade_low",
        "method",
        "ltv_to_cac",
        "low",
        "high",
        "probability",
        "says",
        "upper_bound",
    },
    "payback_verdict": {
        "grade",
        "payback",
        "payback_observed",
        "says",
        "observed_months",
        "upper_bound",
    },
    "findings": None,
    "tables": {"horizons", "curve"},
    "next_command": None,
}
METHOD = {"method", "ltv", "ltv_net", "low", "high", "ltv_to_cac", "payback", "grade", "horizon",
          "upper_bound"}  # fmt: skip
INPUT = {
    *("path", "kind", "profile", "sha256", "first", "last"),
    *("rows_read", "rows_used", "set_aside", "columns", "notes", "statuses"),
}


def document(lang: str = "en", **changes: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json_format.render(shop(**changes), lang))
    return loaded


def test_keys_are_those_of_the_schema() -> None:
    found = document()

    assert found.keys() == SCHEMA.keys()
    assert all(found[key].keys() == keys for key, keys in SCHEMA.items() if keys)
    assert found["schema"] == "ltvcli/1"
    assert found["methods"][0].keys() == METHOD
    assert found["provenance"]["inputs"][0].keys() == INPUT
    assert found["findings"][0].keys() == {"check", "severity", "says", "option", "facts"}


def test_numbers_are_not_rounded_and_unknown_is_null() -> None:
    found = document()

    assert found["methods"][0]["ltv"] == 17431.25
    assert found["figures"]["aov"] == {
        "value": 4520.4,
        "low": 4410.2,
        "high": 4630.9,
        "source": "measured",
        "unit": "money",
    }
    assert found["figures"]["margin"]["low"] is None
    assert found["tables"]["curve"][0]["cumulative_low"] == 1700.4
    assert found["tables"]["curve"][1]["cumulative"] is None
    assert json.loads(json_format.render(numbers(), "en"))["figures"]["churn"] is None


def test_facts_are_plain_numbers_and_dates() -> None:
    facts = [finding["facts"] for finding in document()["findings"]]

    assert facts == [
        {"first": 900, "usual": 100},
        {"share": 0.081, "revenue": 999888.0},
        {"as_of": "2026-10-30"},
        {"lapse_after": 12.0},
    ]


def test_only_sentences_are_in_the_language_asked_for() -> None:
    english, japanese = document("en"), document("ja")

    assert japanese["verdict"]["says"] == "健全：3.49倍（95%信頼区間 3.18–3.79）"
    for found in (english, japanese):
        for one in (found["verdict"], found["payback_verdict"], *found["findings"]):
            del one["says"]
        del found["provenance"]["inputs"][0]["notes"]
    assert english == japanese


def test_text_comes_back_as_it_was_but_drives_no_terminal() -> None:
    path = "注文\x1b[31m\x9b2J\u202e\U000e0041.csv"
    written = json_format.render(shop(inputs=(replace(ORDERS, path=path),)), "en")

    assert all(c.isprintable() or c == "\n" for c in written)
    assert "注文" in written
    assert json.loads(written)["provenance"]["inputs"][0]["path"] == path


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_values_outside_json_are_never_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        document(given={"margin": number})


def test_rows_read_are_rows_used_and_rows_set_aside() -> None:
    one = document()["provenance"]["inputs"][0]

    assert one["rows_read"] == one["rows_used"] + sum(one["set_aside"].values())


def test_an_error_is_json_too() -> None:
    written = json_format.render_error(NotARateError(name="--churn", text="5"), "ja")

    assert json.loads(written) == {
        "error": {
            "code": "not-a-rate",
            "problem": "--churn には0%から100%までの率を指定してください。「5」は使えません。",
            "hint": "5%は 5% または 0.05、0.5%は 0.5% または 0.005 と書きます。",
            "exit_code": 2,
        }
    }


def test_findings_keep_the_option_that_answers_them() -> None:
    options = [one["option"] for one in document()["findings"]]

    assert options == [one.option or None for one in FINDINGS]
    assert document()["next_command"] == "ltv calc orders.csv --new-since 2024-12-01"
    assert document(next_command="")["next_command"] is None
