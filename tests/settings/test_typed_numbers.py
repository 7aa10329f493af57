"""Typed numbers mean what was typed: no decimal comma is lost, and no currency is mistaken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.analyses.audit.claims import claim
from ltvcli.cli import app
from ltvcli.errors import ConditionError, LtvError, TypedCurrenciesError, TypedCurrencyError
from ltvcli.read.benchmarks import _value
from ltvcli.settings import conditions, currency_signs, targets
from ltvcli.settings.changes import changed
from ltvcli.units import Unit, parse_amount, parse_months, parse_rate, plain_number

RULE = {"ltv_to_cac": None}


@pytest.mark.parametrize(
    "text", ["49,90", "2,5", "0,4", "1234,567", "12,3456", "5,", ",5", "1,,000"]
)
def test_a_comma_that_separates_no_thousands_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        plain_number(text)


@pytest.mark.parametrize(
    ("text", "value"), [("1,234,567.5", 1234567.5), ("12,34,567", 1234567.0), ("5,000", 5000.0)]
)
def test_a_comma_may_separate_thousands_or_lakhs(text: str, value: float) -> None:
    assert plain_number(text) == value


READERS: Mapping[str, Callable[[str], object]] = {
    "amount": lambda text: parse_amount("cac", text),
    "rate": lambda text: parse_rate("churn", f"{text}%"),
    "change": lambda text: changed("cac", "--cac", f"+{text}"),
    "claim": lambda text: claim("churn", f"{text}%", ""),
    "rule": lambda text: conditions.parse(f"ltv_to_cac < {text}", RULE, str),
    "target": lambda text: targets._number("", f"{text}%", Unit.RATE),
}


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_takes_a_decimal_comma_for_thousands(reader: str) -> None:
    READERS[reader]("2.5")
    with pytest.raises(LtvError):
        READERS[reader]("2,5")


def test_a_benchmark_with_a_decimal_comma_is_none() -> None:
    assert (_value("2.5%", Unit.RATE), _value("2,5%", Unit.RATE)) == (0.025, None)


def test_a_rule_with_a_decimal_comma_names_the_comma() -> None:
    with pytest.raises(ConditionError, match="“,”"):
        conditions.parse("ltv_to_cac < 3,5", RULE, str)


def test_japanese_keyboards_type_numbers_in_full_width() -> None:
    assert parse_amount("cac", "￥５，０００") == 5000
    assert parse_rate("churn", "２．５％") == 0.025
    assert claim("churn", "２．５％", "").low == claim("churn", "2.5%", "").low
    assert [parse_months("", f"２４{unit}") for unit in ("ヵ月", "ケ月", "か月", "箇月")] == [
        24.0
    ] * 4


def signs(**amounts: str) -> list[currency_signs.Sign]:
    return [*currency_signs.signs({key: (key, text) for key, text in amounts.items()}).values()]


@pytest.mark.parametrize(("text", "currency"), [("$5", "EUR"), ("5円", "USD"), ("£5", "CHF")])
def test_an_amount_in_another_currency_than_the_data_is_refused(text: str, currency: str) -> None:
    with pytest.raises(TypedCurrencyError, match=f"cac is in .*, but the data is in {currency}"):
        currency_signs.check(signs(cac=text), currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("$5", "CAD"), ("5円", "JPY"), ("￥5", "CNY"), ("€5", None), ("5", "USD")],
)
def test_an_amount_in_the_currency_of_the_data_is_accepted(text: str, currency: str | None) -> None:
    currency_signs.check(signs(cac=text), currency)


def test_two_currencies_are_not_compared() -> None:
    with pytest.raises(TypedCurrenciesError):
        currency_signs.check(signs(arpu="¥100", cac="$5"), None)


@pytest.mark.parametrize(
    "arguments",
    [
        "calc orders.csv --cac $5",
        "whatif orders.csv --cac 10+$5",
        "cohorts orders.csv --cac $5",
        "audit orders.csv --claim ltv=$200",
        "check orders.csv",
        "check --dry-run orders.csv",
        "whatif orders.csv --churn -5% --initiatives plan.csv",
    ],
)
def test_every_command_compares_signs_with_the_data(
    arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"C{n % 9},2026-{n % 8 + 1:02d}-05,10,EUR\n" for n in range(40))
    rule, plan = "rules: [{name: AOV, when: aov > $900}]\n", "cost\nName,churn,-5%,0.5,$7\n"
    (tmp_path / "ltv.yaml").write_text(rule, "utf-8")
    (tmp_path / "plan.csv").write_text(f"name,lever,change,probability,{plan}", "utf-8")
    (tmp_path / "orders.csv").write_text(f"customer,date,amount,currency\n{rows}", "utf-8")
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(app, arguments.split(), prog_name="ltv")

    assert (done.exit_code, "is in $, but the data is in EUR" in done.output) == (2, True)
    for name in ("ltv.yaml", "plan.csv"):
        changed = (tmp_path / name).read_text("utf-8").replace("$", "€")
        (tmp_path / name).write_text(changed, "utf-8")
    done = CliRunner().invoke(app, arguments.replace("$", "€").split(), prog_name="ltv")
    assert done.exit_code == 0, done.output
