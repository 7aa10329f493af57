from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ltvcli
import ltvcli.commands
import ltvcli.errors
from ltvcli import checks, methods, registry
from ltvcli.analyses.mrr.conventions import CONVENTIONS
from ltvcli.cli import app
from ltvcli.commands._glossary import claim_terms, columns, entries, every_term, find, plain
from ltvcli.language import LANGUAGES, translate
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
    *(name for name, entry in entries().items() if entry.about),
]
TERMS = dict(every_term())


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


def test_a_page_has_meaning_formula_pitfalls_synonyms_and_where_a_term_is_shown() -> None:
    assert ltv("explain", "quick_ratio").stdout == (
        "Quick ratio (quick_ratio)\n"
        "\n"
        "Meaning   MRR gained per unit of MRR lost; unknown if nothing was lost.\n"
        "Formula   quick_ratio = (new + expansion + reactivation) / (churn + contraction)\n"
        "Synonyms  SaaS quick ratio\n"
        "Shown by  ltv mrr\n"
        "See also  movements\n"
    )


def test_a_page_in_japanese() -> None:
    assert ltv("explain", "roas", "--lang", "ja").stdout == (
        "ROAS（広告費用対効果） (roas)\n"
        "\n"
        "意味    広告によるとされる売上を広告費で割ったもので、たいてい数日以内の売上で\n"
        "        す。粗利もリピートも考慮しません。LTV/CACは両方を考慮します。\n"
        "計算式  ROAS = 売上 / 広告費\n"
        "別名    広告費用対効果 · 広告の回収率 · ロアス · 広告費回収率\n"
        "表示    ltv segments\n"
        "関連    marginal_roi · ltv_to_cac\n"
    )


@pytest.mark.parametrize(
    "name", ["ltv_to_cac", "ltv-to-cac", "LTV_TO_CAC", "LTV/CAC", "arpu-churn", "arpu_churn"]
)
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    assert ltv("explain", name).stdout.startswith(("LTV/CAC (ltv_to_cac)", "ARPU / churn (arpu-"))


def test_a_name_is_found_by_its_japanese_label() -> None:
    assert "(aov)" in ltv("explain", "平均注文額").stdout


def test_a_misspelt_term_is_an_error_that_suggests_the_nearest() -> None:
    done = ltv("explain", "chrun\x1b")

    assert done.exit_code == 2
    assert done.stdout == ""
    assert "“chrun\\x1b”" in done.stderr
    assert "Did you mean churn" in done.stderr
    assert "カバレッジ" not in done.stderr
    assert "coverage" in ltv("explain", "カバレジ").stderr


def test_a_word_near_no_term_is_an_error_without_a_suggestion() -> None:
    done = ltv("explain", "xyzzy")

    assert done.exit_code == 2
    assert "Did you mean" not in done.stderr
    assert "ltv explain" in done.stderr


def marked_texts() -> Iterator[str]:
    """List the marked texts that begin like a label: table heads, titles, statement labels."""
    root = Path(ltvcli.__file__).parent
    for folder in ("analyses", "formats", "pages", "results"):
        for file in sorted((root / folder).rglob("*.py")):
            for call in ast.walk(ast.parse(file.read_text("utf-8"))):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id == "N_"
                ):
                    yield ast.literal_eval(call.args[0])


def labels() -> Iterator[str]:
    """List every label that a screen shows, in English."""
    label = re.compile(r"(?:[A-Z]|\d+%)[^{.;,:]{0,30}")
    yield from (text for text in marked_texts() if label.fullmatch(text))
    yield from (head for _, head in columns())
    yield from (about.label for _, about in TERMS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_of_a_screen_is_explained(lang: str) -> None:
    unknown = set()
    for label in sorted({translate(text, lang) for text in labels()}):
        try:
            find(label)
        except ltvcli.errors.UnknownTermError:
            unknown.add(label)

    assert unknown == set(), "add them to a term's synonyms in ltvcli/commands/glossary.yaml"


USUAL = {
    "churn": "churn, churn rate, attrition, 解約率, チャーンレート, チャーン率, 離脱率, 退会率",
    "ltv": "LTV, CLV, CLTV, customer lifetime value, ライフタイムバリュー, 顧客生涯価値, 生涯価値",
    "pltv": "pLTV, predicted LTV, 予測LTV",
    "cac": "CAC, customer acquisition cost, 顧客獲得コスト, 顧客獲得単価, 獲得単価",
    "cpa": "CPA, CPA vs CAC, コンバージョン単価",
    "roas": "ROAS, 広告費用対効果",
    "arpu": "ARPU, ARPA, 月間顧客単価",
    "nrr": "NRR, NDR, 売上継続率",
    "grr": "GRR, gross retention",
    "payback": "payback, payback period, CAC payback, 回収期間, CAC回収期間",
    "aov": "AOV, average order value, 客単価, 平均注文額, 平均客単価",
    "repeat_rate": "repeat rate, リピート率, 再購入率",
    "f2_conversion": "F2, F2転換率, Ｆ２ 転換率, F2 conversion",
    "f3_conversion": "F3転換率, F3 conversion rate",
    "holdout": "holdout, hold-out, ホールドアウト",
    "backtest": "backtest, back-test, バックテスト",
    "coverage": "coverage, Coverage (80% CI), 被覆率, coverage80",
    "calibration": "calibration, キャリブレーション",
    "decile": "decile, deciles, デシル, デシル分析, 10分位",
    "rfm": "RFM, RFM分析",
    "cohort": "cohort, cohorts, コホート, コーホート分析",
    "censoring": "censoring, 打ち切り",
    "left-truncation": "left truncation, 左側切断",
    "horizon": "horizon, 対象期間",
    "discount": "discount rate, 割引率",
    "blended": "blended, blended CAC, ブレンデッドCAC, 全体CAC",
    "cac_paid": "paid CAC, 広告経由CAC",
    "cac_marginal": "marginal CAC, 限界CAC",
    "ltv_to_cac": "LTV/CAC, LTV:CAC, LTV to CAC",
    "unit-economics": "unit economics, ユニットエコノミクス",
    "contribution": "contribution margin, 限界利益, 貢献利益",
    "margin": "gross margin, 粗利率, 粗利益率",
    "sbg": "sBG, shifted beta-geometric",
    "bg-nbd": "BG/NBD, BG-NBD, BTYD",
    "pareto-nbd": "Pareto/NBD",
    "gamma-gamma": "Gamma-Gamma, gamma gamma",
    "jackknife": "jackknife, ジャックナイフ",
    "ci": "CI, 95% CI, confidence interval, 信頼区間, 95%信頼区間",
    "prediction-interval": "prediction interval, 予測区間",
    "retention": "retention, retention rate, 継続率, リテンション",
    "survival": "Kaplan-Meier, survival curve, 残存率",
    "closing": "MRR, 月間経常収益",
    "arr": "ARR, 年間経常収益",
    "logo_churn": "logo churn, customer churn",
    "mrr_churn": "churned MRR, MRR churn",
    "quick_ratio": "quick ratio",
    "organic": "organic, オーガニック, 自然流入",
    "concentration": "revenue concentration, Pareto, 売上集中度",
    "sensitivity": "sensitivity analysis, 感応度分析",
    "roi": "ROI, 投資対効果",
    "spearman": "Spearman, rank correlation, 順位相関",
    "lapse_after": "lapse, 離脱とみなす期間",
    "lifespan": "customer lifetime, 顧客寿命, 継続期間",
    "frequency": "purchase frequency, 購入頻度",
    "retention_cost": "retention cost, 維持コスト",
    "excluded-rows": "excluded rows, rows excluded, 除外した行",
    "as_of": "as-of date, cut-off date, 基準日",
}


@pytest.mark.parametrize(("name", "words"), USUAL.items())
def test_the_usual_words_for_a_term_lead_to_it(name: str, words: str) -> None:
    for word in words.split(", "):
        assert find(word) == name, word


def test_case_width_and_spacing_do_not_matter() -> None:
    for word in ("ｌｔｖ／ｃａｃ", "ltv / cac", "LTV　CAC", " Ltv-Cac "):
        assert find(word) == "ltv_to_cac", word


def test_a_synonym_belongs_to_one_term_and_every_reference_exists() -> None:
    owners: dict[str, set[str]] = {}
    for name, entry in entries().items():
        assert name in TERMS
        assert [other for other in entry.see if other not in TERMS] == []
        assert entry.shown
        assert set(entry.shown) <= set(registry.names(ltvcli.commands))
        for word in (word for words in entry.synonyms.values() for word in words):
            owners.setdefault(plain(word), set()).add(name)
            assert find(word) == name, word

    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


def test_a_figure_of_mrr() -> None:
    assert ltv("explain", "nrr").stdout == (
        "Net revenue retention (nrr)\n"
        "\n"
        "Meaning   Payments at the end of the month of the customers at the opening, as a\n"
        "          share of the opening MRR.\n"
        "Formula   nrr = 1 + (expansion - contraction - churn) / opening\n"
        "Synonyms  NRR · net dollar retention · NDR · net retention\n"
        "Shown by  ltv mrr · ltv audit\n"
        "See also  grr\n"
    )
    assert ltv("explain", "MRR").stdout.startswith("MRR (closing)\n")
    assert ltv("explain", "churned MRR").stdout.startswith("Churned MRR (mrr_churn)\n")


def test_a_convention_describes_its_differences() -> None:
    shown = ltv("explain", "stripe").stdout

    assert "churn_date = 'asked'" in shown
    assert "docs.stripe.com" in shown


def test_a_term_can_be_explained_as_json() -> None:
    one = json.loads(ltv("explain", "aov", "--format", "json").stdout)

    assert one == {
        "aov": {
            "kind": "figure",
            "label": "Average order value",
            "definition": "Revenue per counted order, net of refunds.",
            "formula": "aov = net_revenue / orders",
            "source": None,
            "pitfalls": None,
            "unit": "money",
            "synonyms": one["aov"]["synonyms"],
            "shown": ["calc", "segments", "whatif", "review"],
            "see": ["frequency", "arpu"],
        }
    }
    assert "客単価" in one["aov"]["synonyms"]
    assert set(json.loads(ltv("explain", "--format", "json").stdout)) == set(EVERY_NAME)


def test_a_grade_shows_its_lower_bound() -> None:
    assert "ltv_to_cac >= 3" in ltv("explain", "healthy").stdout
    assert "6 <= payback <= 12" in ltv("explain", "ideal").stdout
