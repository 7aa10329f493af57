from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from ltvcli import checks, methods, registry
from ltvcli.analyses.mrr.conventions import CONVENTIONS
from ltvcli.cli import app
from ltvcli.commands._terms import claim_terms, every_term
from ltvcli.pages.shared import every_figure
from ltvcli.read.reasons import REASONS
from ltvcli.results import Grade, PaybackGrade, described
from ltvcli.results.audit import AuditGrade
from ltvcli.results.mrr import Month

EVERY_NAME = [
    *(name for name, _ in every_figure()),
    *registry.names(methods),
    *(
        name
        for kind in registry.names(checks)
        for name in registry.names(registry.load(checks, kind))
    ),
    *REASONS,
    *Grade,
    *PaybackGrade,
    *AuditGrade,
    *(f"mrr_{key}" if key in ("arpu", "churn") else key for key, _ in described(Month)),
    *CONVENTIONS,
    *(name for name, _ in claim_terms()),
]


def ltv(*typed: str) -> Result:
    return CliRunner().invoke(app, typed)


def test_every_name_is_listed() -> None:
    words = ltv("explain").stdout.split()

    assert [name for name in EVERY_NAME if name not in words] == []


def test_every_name_has_a_meaning_of_its_own() -> None:
    terms = dict(every_term())

    assert set(terms) == set(EVERY_NAME)
    assert all(about.label and about.definition for _, about in terms.values())
    meanings = [about.definition for _, about in terms.values()]
    assert len(meanings) == len(set(meanings))


def test_a_page() -> None:
    assert ltv("explain", "churn").stdout == (
        "Monthly churn (churn)\n"
        "\n"
        "Meaning  Customers who lapse in a month, per active customer; of subscriptions,\n"
        "         those gone at the end of a month, of those there at its start, over the\n"
        "         last six complete months.\n"
        "Formula  churn = lapses / active customer-months\n"
        "Mind     One number for all ages: leavers are mostly young customers, so 1 /\n"
        "         churn is not how long a customer stays.\n"
    )


def test_a_page_in_japanese() -> None:
    assert ltv("explain", "churn", "--lang", "ja").stdout == (
        "月間解約率 (churn)\n"
        "\n"
        "意味    稼働中の顧客のうち、1か月に離脱する割合。定期契約では、月初にいた顧客の\n"
        "        うち月末にいなくなった割合を、直近のまる6か月について求めたもの。\n"
        "計算式  churn = 離脱数 / のべ稼働月数\n"
        "注意    全体で一つの数字です。離れるのは主に新しい顧客なので、1 ÷ 解約率は顧客の\n"
        "        継続期間になりません。\n"
    )


@pytest.mark.parametrize(
    "name", ["ltv_to_cac", "ltv-to-cac", "LTV_TO_CAC", "LTV/CAC", "arpu-churn", "arpu_churn"]
)
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    assert ltv("explain", name).stdout.startswith(("LTV/CAC (ltv_to_cac)", "ARPU / churn (arpu-"))


def test_a_name_is_found_by_its_japanese_label() -> None:
    assert "(aov)" in ltv("explain", "平均注文額").stdout


def test_an_unknown_name_is_an_error_with_near_ones() -> None:
    done = ltv("explain", "chrun\x1b")

    assert done.exit_code == 2
    assert done.stdout == ""
    assert "“chrun\\x1b”" in done.stderr
    assert "churn" in done.stderr


def test_a_figure_of_mrr() -> None:
    assert ltv("explain", "nrr").stdout == (
        "Net revenue retention (nrr)\n"
        "\n"
        "Meaning  What the customers of the opening pay at the end of the month.\n"
        "Formula  nrr = 1 + (expansion - contraction - churn) / opening\n"
    )
    assert ltv("explain", "MRR").stdout.startswith("MRR (closing)\n")
    assert ltv("explain", "churned MRR").stdout.startswith("Churned MRR (mrr_churn)\n")


def test_a_convention_says_where_it_differs() -> None:
    shown = ltv("explain", "stripe").stdout

    assert "churn_date = 'asked'" in shown
    assert "docs.stripe.com" in shown


def test_as_json() -> None:
    one = json.loads(ltv("explain", "aov", "--format", "json").stdout)

    assert one == {
        "aov": {
            "kind": "figure",
            "label": "Average order value",
            "definition": "What one counted order brings, net of refunds.",
            "formula": "aov = net_revenue / orders",
            "source": None,
            "pitfalls": None,
            "unit": "money",
        }
    }
    assert set(json.loads(ltv("explain", "--format", "json").stdout)) == set(EVERY_NAME)


def test_a_grade_says_where_it_begins() -> None:
    assert "ltv_to_cac >= 3" in ltv("explain", "healthy").stdout
    assert "6 <= payback <= 12" in ltv("explain", "ideal").stdout
