"""What a new user types first: no command, a file without a command, help, short flags."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from ltvcli import commands, formats, registry
from ltvcli.cli import EXAMPLES, app
from ltvcli.commands import _groups
from ltvcli.formats import _endings
from ltvcli.formats import csv as csv_format
from tests import effort, small_examples

COMMANDS = registry.names(commands)
ANSWERS = {
    "calc": "orders.csv --margin 45% --cac 18",
    "cohorts": "orders.csv --cac 18",
    "segments": "orders.csv --by channel",
    "predict": "orders.csv --horizon 6mo",
    "mrr": "subscriptions.csv",
    "whatif": "orders.csv --aov +5 --cac 18",
    "audit": "pitch.yaml orders.csv",
}


RULES = "rules: [{name: unit economics, when: ltv_to_cac < 3, severity: warning}]\n"
BONUS = "bonus: {schedule: {signing: 50%, 90d: 25%, 180d: 25%}}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small_examples.write(tmp_path)
    shutil.copy(small_examples.GOLDEN / "history/history.db", tmp_path)
    monkeypatch.setenv("LTV_HISTORY", "history.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ltv(*typed: str) -> Result:
    return CliRunner().invoke(app, list(typed), prog_name="ltv")


@cache
def answered(*typed: str) -> Result:
    """Run a command that writes no file; every test has the same files, so once is enough."""
    return ltv(*typed)


def test_no_command_prints_help() -> None:
    done = ltv()

    assert done.exit_code == 0
    assert done.stdout == ltv("--help").stdout == ltv("help").stdout
    assert "\\n" not in done.stdout
    assert done.stderr == ""


def test_help_groups_commands_and_puts_calc_first() -> None:
    page = ltv("help").stdout
    titles = [line for line in page.splitlines() if line.endswith(":") and line[0] != " "]

    assert titles == [
        "Value:",
        "Subscriptions:",
        "Over time:",
        "Decide:",
        "Trust:",
        "Settings:",
        "Options:",
        "Examples:",
    ]
    assert page.index("  calc ") == min(page.index(f"\n  {name} ") + 1 for name in COMMANDS)


def test_every_command_has_a_group() -> None:
    listed = [name for _, names in _groups.GROUPS for name in names]

    assert set(COMMANDS) <= set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_is_that_of_its_option(name: str) -> None:
    done = ltv("help", name)

    assert (done.exit_code, done.stdout) == (0, ltv(name, "--help").stdout)
    assert "Examples:" in done.stdout


OF_COMMANDS = [registry.load(commands, name).EXAMPLES for name in COMMANDS]
EVERY_EXAMPLE = [
    *EXAMPLES,
    *effort.nth(3, [examples[0] for examples in OF_COMMANDS]),
    *(
        pytest.param(example, marks=pytest.mark.slow)
        for examples in OF_COMMANDS
        for example in examples[1:]
    ),
]


@pytest.mark.parametrize("example", EVERY_EXAMPLE)
def test_examples_of_the_help_run(example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(Path.cwd()))
    Path("exports").mkdir()
    of_ltv = example.rpartition(" -- ")[2]  # what another program is to start
    program, *typed = map(os.path.expanduser, shlex.split(of_ltv))
    if typed[0] in ("bonus", "check"):
        Path("ltv.yaml").write_text(RULES + BONUS, "utf-8")
    if typed[0] == "sql":
        Path("facts").mkdir()
        with duckdb.connect() as database:
            database.execute("create table orders as from 'orders.csv'")
            columns = "select column_name as name, column_type as type from (describe orders)"
            database.execute(f"copy ({columns}) to 'columns.csv'")
            of_duckdb = ("--dialect", "duckdb", "--table", "orders", "--columns", "columns.csv")
            database.execute(ltv("sql", "calc", *of_duckdb).stdout)
    if "--source" in typed:
        with duckdb.connect("shop.duckdb") as database:
            database.execute("create table orders as from 'orders.csv'")
    if typed[:2] == ["history", "forecasts"]:
        ltv("predict", "orders.csv", "--as-of", "2026-03-31", "--horizon", "3mo", "--record")
    done = ltv(*typed)

    assert program == "ltv"
    assert done.exit_code in ({0, 1} if "--strict" in typed else {0}), done.stderr


def test_help_of_an_unknown_command_lists_the_commands() -> None:
    done = ltv("help", "clac")

    assert done.exit_code == 2
    assert "calc" in done.stderr


def test_version_is_that_of_the_option() -> None:
    assert ltv("version").stdout == ltv("--version").stdout


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        pytest.param("orders.csv", "ltv calc orders.csv", id="a file"),
        pytest.param("orders.csv --cac 9", "ltv calc orders.csv --cac 9", id="with options"),
        pytest.param("'my sales.xlsx'", "ltv calc 'my sales.xlsx'", id="a name with a space"),
        pytest.param("cohort orders.csv", "ltv cohorts", id="a command misspelt"),
        pytest.param("zzzz", "ltv help", id="neither"),
    ],
)
def test_first_word_that_is_no_command_gets_a_suggestion(typed: str, hint: str) -> None:
    done = ltv(*shlex.split(typed))

    assert done.exit_code == 2
    assert done.stderr.endswith(f"Hint: Did you mean {hint}?\n")


def test_suggestion_for_a_file_can_be_typed() -> None:
    hint = ltv("orders.csv", "--cac", "18").stderr.split("Did you mean ")[1].rstrip("?\n")

    assert ltv(*shlex.split(hint)[1:]).exit_code == 0


def test_help_shows_defaults() -> None:
    page = " ".join(ltv("help", "segments").stdout.split())

    assert "--min-customers 30 Combine segments with fewer customers than this. " \
        "[default: 30]" in page  # fmt: skip
    assert "Output format. [default: table]" in page
    assert "[default: month]" in ltv("help", "cohorts").stdout


@pytest.mark.parametrize(
    ("line", "offered"),
    effort.nth(
        3,
        [
            pytest.param(
                "ltv calc --format ", {"csv", "html", "json", "md", "table", "xlsx"}, id="formats"
            ),
            pytest.param("ltv mrr --as re", {"recurly"}, id="conventions"),
            pytest.param(
                "ltv cohorts --metric r",
                {"retention", "revenue", "revenue-retention"},
                id="metrics",
            ),
            pytest.param("ltv explain payback_", {"payback_observed"}, id="terms"),
            pytest.param(
                "ltv sources shopi",
                {"shopify", "shopify-transactions", "shopify-warehouse"},
                id="exports",
            ),
            pytest.param("ltv help c", {"calc", "check", "cohorts", "config"}, id="commands"),
        ],
    ),
)
def test_shell_completes_values(line: str, offered: set[str]) -> None:
    words = {"_LTV_COMPLETE": "complete_bash", "COMP_WORDS": line}
    words["COMP_CWORD"] = str(len(line.split(" ")) - 1)
    code = "import sys; sys.argv[0] = 'ltv'; from ltvcli.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        env={**os.environ, **words},
        capture_output=True,
        text=True,
    )

    assert set(done.stdout.split()) == offered, done.stderr


A_FEW = ("calc", "mrr")
BY_COMMAND = [
    pytest.param(name, marks=() if name in A_FEW else pytest.mark.slow) for name in ANSWERS
]
OUTPUTS = [
    ("calc", "x.json"),
    ("mrr", "x.json"),
    ("calc", "x.md"),
    ("calc", "X.MD"),
    *(
        pytest.param(name, file, marks=pytest.mark.slow)
        for name in ANSWERS
        for file in ("x.json", "x.md")
        if name != "calc" and (name, file) != ("mrr", "x.json")
    ),
]


@pytest.mark.parametrize(("name", "file"), OUTPUTS)
def test_ending_of_out_sets_the_format(name: str, file: str) -> None:
    typed = [name, *ANSWERS[name].split()]
    plain = answered(*typed, "-f", Path(file).suffix[1:].lower())
    done = ltv(*typed, "-o", file)

    assert (done.exit_code, done.stdout) == (0, ""), done.stderr
    assert Path(file).read_text("utf-8") == plain.stdout


def test_every_format_has_an_ending() -> None:
    assert set(_endings.ENDINGS.values()) == set(registry.names(formats))


@pytest.mark.parametrize("name", ANSWERS)
def test_ending_that_no_format_writes_is_refused(name: str) -> None:
    done = ltv(name, *ANSWERS[name].split(), "--out", "answer.docx")

    assert done.exit_code == 2
    assert not Path("answer.docx").exists()


def test_ending_and_format_must_not_contradict() -> None:
    done = ltv("calc", "orders.csv", "--out", "x.json", "--format", "csv")

    assert done.exit_code == 2
    assert "The file ending of x.json means --format json, but --format is csv." in done.stderr


def test_typed_format_may_have_any_other_ending() -> None:
    assert ltv("calc", "orders.csv", "--out", "memo.text", "--format", "md").exit_code == 0
    assert Path("memo.text").read_text("utf-8").startswith("# ")


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("name", BY_COMMAND)
def test_every_table_of_csv_is_a_rectangle(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = []
    write = csv_format.render
    monkeypatch.setattr(
        csv_format, "render", lambda report, *rest: reports.append(report) or write(report, *rest)
    )
    default = table(ltv(name, *ANSWERS[name].split(), "-f", "csv").stdout)
    (report,) = reports
    tables = json.loads(answered(name, *ANSWERS[name].split(), "-f", "json").stdout)["tables"]
    pages = {key: table(write(report, "en", key)) for key in tables}

    assert len({len(row) for row in default}) == 1
    for key, page in pages.items():
        assert len({len(row) for row in page}) == 1, key
        if tables[key]:
            assert len(page) == 1 + len(tables[key])


def test_unknown_table_is_refused_with_their_names() -> None:
    done = ltv("predict", "orders.csv", "-f", "csv", "--table", "totls")

    assert done.exit_code == 2
    assert "totals" in done.stderr


def test_table_takes_csv() -> None:
    assert ltv("calc", "orders.csv", "--table", "curve").exit_code == 2


@pytest.mark.parametrize(
    "command", effort.nth(3, ["config", "explain", "explain churn", "sources", "sources shopify"])
)
def test_lists_are_written_in_every_format(command: str) -> None:
    for form in registry.names(formats):
        assert ltv(*command.split(), "-f", form).exit_code == (2 if form == "xlsx" else 0)
    rows = table(ltv(*command.split(), "-f", "csv").stdout)
    assert len({len(row) for row in rows}) == 1
    assert ltv(*command.split(), "-f", "md").stdout.startswith("| ")


def test_a_failed_check_gives_the_reason_on_stderr() -> None:
    done = ltv("calc", "orders.csv", "--cac", "60", "--fail-under", "3")

    assert done.exit_code == 1
    assert "below the 3.00 of --fail-under" in done.stderr
    assert "Lifetime value" in done.stdout or "LTV" in done.stdout


def test_failed_strict_check_names_the_low_end() -> None:
    typed = ("calc", "orders.csv", "--cac", "9", "--margin", "50%")
    ratio = json.loads(ltv(*typed, "-f", "json").stdout)["verdict"]
    between = f"{(ratio['low'] + ratio['ltv_to_cac']) / 2:.4f}"
    strict = ltv(*typed, "--fail-under", between, "--strict")

    assert ltv(*typed, "--fail-under", between).exit_code == 0
    assert strict.exit_code == 1
    assert "The low end of LTV/CAC is" in strict.stderr


def test_check_on_revenue_cannot_pass() -> None:
    done = ltv("calc", "orders.csv", "--cac", "18", "--fail-under", "0.5")

    assert done.exit_code == 4
    assert "no margin is known" in done.stderr
    assert ltv("calc", "orders.csv", "--cac", "6000", "--fail-under", "0.5").exit_code == 1


@pytest.mark.parametrize("name", BY_COMMAND)
def test_quiet_leaves_out_the_next_command(name: str) -> None:
    typed = [name, *ANSWERS[name].split()]

    assert "\nNext " in answered(*typed).stdout
    assert "\nNext " not in answered(*typed, "-q").stdout
    if name == "calc":  # the rule is one for all commands
        assert json.loads(ltv(*typed, "-q", "-f", "json").stdout)["next_command"] is None
