"""`ltv init` and `ltv config`."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ltvcli.cli import app
from ltvcli.commands.init import template
from ltvcli.settings.settings import Settings, described, key, resolve


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ltv(*typed: str) -> Result:
    return CliRunner().invoke(app, typed)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_new_file_changes_nothing(lang: str) -> None:
    done = ltv("init", "--lang", lang)

    assert (done.exit_code, done.stdout) == (0, "")
    assert Path("ltv.yaml").read_text("utf-8") == template(lang)
    assert resolve({}, {}) == Settings(file="ltv.yaml")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_example_in_it_works(lang: str) -> None:
    used = re.sub(r"^# ([a-z_]+: )", r"\1", template(lang), flags=re.M)
    Path("ltv.yaml").write_text(used, encoding="utf-8")

    assert set(resolve({}, {}).origin) == {
        *map(key, described()),
        "map.customer",
        "map.amount",
    }


def test_it_is_translated_into_japanese() -> None:
    assert "# 月間解約率：5% または 0.05。\n# churn: 5%\n" in template("ja")


def test_it_is_written_where_asked() -> None:
    done = ltv("init", "shop/data")

    assert Path("shop/data/ltv.yaml").is_file()
    assert done.stderr == f"Wrote {Path('shop/data/ltv.yaml')}.\n"


def test_a_file_that_exists_is_left_alone() -> None:
    Path("ltv.yaml").write_text("cac: 1\n")
    done = ltv("init")

    assert done.exit_code == 2
    assert "already exists and was not changed" in done.stderr
    assert Path("ltv.yaml").read_text() == "cac: 1\n"


def test_a_broken_settings_file_is_not_overwritten() -> None:
    Path("ltv.yaml").write_text("[")

    assert "already exists" in ltv("init").stderr


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_an_unwritable_place_gives_an_error(folder: str) -> None:
    Path("file").write_text("")
    done = ltv("init", folder)

    assert done.exit_code == 2
    assert done.stderr.startswith("Error: “file") or os.name == "nt"


def test_config_shows_every_value_and_its_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("ltv.yaml").write_text("margin: 40%\nmap: {amount: 合計}\n", encoding="utf-8")
    monkeypatch.setenv("LTV_LIFESPAN", "2y")
    done = ltv("config")
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}

    assert done.exit_code == 0
    assert lines["margin"].split()[1:3] == ["40.0%", "ltv.yaml:1"]
    assert lines["lifespan"].split()[1:4] == ["24.0", "months", "LTV_LIFESPAN"]
    assert lines["cac"].split()[1:3] == ["–", "default"]
    assert lines["strict"].split()[1:3] == ["false", "default"]
    assert lines["map.amount"].split()[1:] == ["合計", "ltv.yaml:2"]
    assert set(lines) == {"Setting", "map.amount", *map(key, described())}


def test_config_as_json() -> None:
    Path("ltv.yaml").write_text("margin: 40%\nas_of: 2026-10-31\n")
    settings = json.loads(ltv("config", "--format", "json").stdout)["settings"]

    assert settings["margin"] == {"value": 0.4, "origin": "ltv.yaml:1"}
    assert settings["as_of"] == {"value": "2026-10-31", "origin": "ltv.yaml:2"}
    assert settings["cac"] == {"value": None, "origin": "default"}


def test_config_reads_the_file_beside_the_data() -> None:
    Path("shop").mkdir()
    Path("shop/ltv.yaml").write_text("cac: 7\n")

    assert str(Path("shop/ltv.yaml:1")) in ltv("config", "shop/orders.csv").stdout


def test_text_in_a_setting_drives_no_terminal() -> None:
    Path("ltv.yaml").write_text('currency: "\\e[31m[bold]"\n')
    done = ltv("config")

    assert "\x1b" not in done.stdout
    assert "\\x1b[31m[bold]" in done.stdout


def test_an_unknown_format_is_an_error() -> None:
    assert ltv("config", "--format", "xml").exit_code == 2
