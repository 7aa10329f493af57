"""YAML that users bring, settings and pitches alike, is read without trusting it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ltvcli.cli import app
from ltvcli.errors import (
    BrokenSettingsError,
    DuplicateSettingError,
    RefusedSettingsError,
    UnreadableSettingsError,
)
from ltvcli.settings import text_file, yaml_file


def saved(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ltv.yaml"
    path.write_text(text, "utf-8")
    return path


BOMB = "elasticities:\n  b0: &b0 {cac: 1}\n" + "".join(
    f"  b{n}: &b{n} [" + ", ".join([f"*b{n - 1}"] * 12) + "]\n" for n in range(1, 40)
)
HOSTILE = [
    pytest.param(BOMB, 3, id="aliases of aliases"),
    pytest.param("margin: 40%\nelasticities: &x\n  cac: *x\n", 3, id="alias of itself"),
    pytest.param("&root margin: *root\n", 1, id="alias as a value"),
    pytest.param("map: &m {amount: a}\ncac: 4\n<<: *m\n", 3, id="merge key"),
    pytest.param("cac: 1\nmargin: !!python/object/apply:os.system [ls]\n", 2, id="tag of Python"),
    pytest.param("cac: !!str 40\n", 1, id="tag of YAML"),
    pytest.param("cac: !own 40\n", 1, id="tag of one's own"),
    pytest.param("cac: 1\ninitiatives: " + "[" * 5000, 2, id="lists in lists"),
    pytest.param("cac: 1\nelasticities: " + "{a: " * 5000, 2, id="blocks in blocks"),
    pytest.param(
        "elasticities:\n" + "".join(" " * n + "a:\n" for n in range(1, 200)), 6, id="deep"
    ),
]


@pytest.mark.parametrize(("text", "line"), HOSTILE)
def test_what_can_blow_up_is_refused_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    path = saved(tmp_path, text)
    with pytest.raises(RefusedSettingsError) as caught:
        yaml_file.entries(path, yaml_file.PLANS)
    assert caught.value.facts["place"] == f"{path}:{line}"


@pytest.mark.parametrize(("text", "line"), HOSTILE)
def test_a_pitch_is_read_with_the_same_care(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "pitch.yaml"
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["audit", str(path)], prog_name="ltv")
    assert done.exit_code == 2
    assert f"pitch.yaml:{line}: " in done.output.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("cac: 1\n- 2\n", 2),
        ("cac: 'open\n", 2),
        ("cac: 1\n---\ncac: 2\n", 2),
        ("margin: 1\nby: \x07\n", 2),
        ("? [a, b]\n: 1\n", 1),
        ("[" * 3, 1),
    ],
)
def test_invalid_yaml_is_reported_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    path = saved(tmp_path, text)
    with pytest.raises(BrokenSettingsError) as caught:
        yaml_file.entries(path)
    assert caught.value.facts["place"] == f"{path}:{line}"


@pytest.mark.parametrize(
    "text",
    [
        "cac: 1\ncac: 2\n",
        "elasticities:\n  cac: {budget: 1, budget: 2}\n",
        "initiatives:\n  - {name: a, name: b}\n",
        "map: {amount: a, amount: b}\n",
    ],
)
def test_a_name_twice_is_refused_at_every_level(text: str, tmp_path: Path) -> None:
    with pytest.raises(DuplicateSettingError):
        yaml_file.entries(saved(tmp_path, text), yaml_file.PLANS)


def test_a_large_file_is_not_even_parsed(tmp_path: Path) -> None:
    path = saved(tmp_path, "cac: 1\n" + "# long\n" * 20_000)
    with pytest.raises(UnreadableSettingsError):
        yaml_file.entries(path)


def test_the_largest_settings_that_are_read_take_no_time(tmp_path: Path) -> None:
    """32 KB is small enough for any content: here the most tokens that fit."""
    many = ", ".join(f"a{n}: 1" for n in range(2500))
    text = f"elasticities: {{{many}}}\n"
    assert len(text) < text_file.SETTINGS_BYTES
    written, _ = yaml_file.entries(saved(tmp_path, text), yaml_file.PLANS)
    assert len(written["elasticities"]) == 2500


def test_an_anchor_that_nothing_refers_to_does_no_harm(tmp_path: Path) -> None:
    written, lines = yaml_file.entries(saved(tmp_path, "cac: &unused 40\n"))
    assert (written, lines) == ({"cac": "40"}, {"cac": 1})
