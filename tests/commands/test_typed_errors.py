"""Mistakes in a command line and in files, as they are shown in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ltvcli.cli import app
from ltvcli.errors import TooFewToPredictError
from ltvcli.text.words import say_error


def ltv(*typed: str, lang: str = "en") -> Result:
    return CliRunner().invoke(app, typed, env={"LTV_LANG": lang})


@pytest.mark.parametrize(
    ("typed", "lang", "shown"),
    [
        (
            ["cohrts", "x.csv"],
            "en",
            "Error: There is no command 'cohrts'.\nHint: Did you mean ltv cohorts?\n",
        ),
        (
            ["cohrts", "x.csv"],
            "ja",
            "エラー: 'cohrts' というコマンドはありません。\n"
            "ヒント: ltv cohorts ではありませんか？\n",
        ),
        (
            ["calc", "--churm", "5%"],
            "ja",
            "エラー: このコマンドに --churm というオプションはありません。\n"
            "ヒント: --chart、--churn、--from ではありませんか？\n",
        ),
        (
            ["calc", "--zzz"],
            "en",
            "Error: This command has no option --zzz.\n"
            "Hint: Add --help to the command to list its options.\n",
        ),
        (
            ["calc", "--margin"],
            "en",
            "Error: --margin needs a value.\nHint: Write the value after it: --margin VALUE.\n",
        ),
        (
            ["calc", "--margin"],
            "ja",
            "エラー: --margin には値が必要です。\n"
            "ヒント: --margin 値 のように、値を続けて書いてください。\n",
        ),
        (
            ["calc", "--strict=yes"],
            "ja",
            "エラー: --strict に値は指定できません。\nヒント: --strict だけを書いてください。\n",
        ),
        (
            ["help", "calc", "now"],
            "ja",
            "エラー: このコマンドに「now」は指定できません。\n"
            "ヒント: 外すか、空白を含む名前は引用符で囲んでください。\n",
        ),
    ],
)
def test_a_mistyped_command_line_is_answered_in_the_language_of_the_user(
    typed: list[str], lang: str, shown: str
) -> None:
    done = ltv(*typed, lang=lang)

    assert done.exit_code == 2
    assert done.stderr == shown


def test_a_file_with_a_header_only_is_reported_as_empty(tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("sku,warehouse\n")

    assert "has a header but no data rows" in ltv("calc", str(file)).stderr
    assert "period" not in ltv("calc", str(file)).stderr
    assert "データの行がありません" in ltv("calc", str(file), lang="ja").stderr


def test_label_and_roles_of_a_missing_column_are_translated(tmp_path: Path) -> None:
    file = tmp_path / "towns.csv"
    file.write_text("town,people\nUda,30\nGojo,28\n")
    shown = ltv("calc", str(file), lang="ja").stderr

    assert "（一般形式の注文データ）" in shown
    assert "「顧客、日付、金額」の列" in shown
    assert "Generic" not in shown
    assert "customer, date, amount" in ltv("calc", str(file)).stderr


def test_a_role_stays_as_it_is_typed_in_an_option(tmp_path: Path) -> None:
    file = tmp_path / "towns.csv"
    file.write_text("town,people\nUda,30\nGojo,28\n")

    assert "--map amount " in ltv("calc", str(file), "--map", "amount=cost", lang="ja").stderr


def test_counts_in_errors_agree_with_their_nouns() -> None:
    one, many = (TooFewToPredictError(customers=n, enough=30) for n in (1, 2))

    assert say_error(one, "en")[0].startswith("1 customer is too few")
    assert say_error(many, "en")[0].startswith("2 customers are too few")
    assert str(one).startswith("1 customer is too few")
    assert "顧客1人では" in say_error(one, "ja")[0]


def test_several_words_are_one_term() -> None:
    assert ltv("explain", "churn", "rate").stdout == ltv("explain", "churn rate").stdout
    assert ltv("explain", "churn", "rate").stdout.startswith("Monthly churn")
