"""Elasticities and initiatives: in ltv.yaml, from Python and from a CSV file."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ltvcli.errors import (
    BrokenSettingsError,
    ContradictionError,
    DuplicateSettingError,
    LtvError,
    MissingInInitiativeError,
    NotAChangeError,
    NotAChoiceError,
    NotANumberError,
    SettingShapeError,
    UnknownKeyError,
    UnreadableSettingsError,
)
from ltvcli.read import initiatives
from ltvcli.settings import plans
from ltvcli.settings.changes import Change
from ltvcli.settings.plans import Initiative, Plans
from ltvcli.settings.settings import resolve

WHOLE = """\
cac: 5000
elasticities:
  cac: {budget: 0.5}
  churn:
    aov: 0.3
    cac: -0.1
initiatives:
  - name: Onboarding
    lever: churn
    change: -10%
    cost: 300,000
    probability: 60%
    months: 2mo
  - {name: Bundles, lever: aov, change: +5%, cost: 0, feasibility: 5}
"""
ONBOARDING = Initiative(
    name="Onboarding",
    change=Change(lever="churn", text="-10%", factor=0.9),
    cost=300_000.0,
    probability=0.6,
    months=2.0,
)
BUNDLES = Initiative(
    name="Bundles",
    change=Change(lever="aov", text="+5%", factor=1.05),
    cost=0.0,
    probability=0.9,
    rated=5,
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str) -> None:
    Path("ltv.yaml").write_text(text, "utf-8")


def test_ltv_yaml_contains_both_next_to_the_settings() -> None:
    written(WHOLE)

    assert plans.find([]) == Plans(
        elasticities={"cac": {"budget": 0.5}, "churn": {"aov": 0.3, "cac": -0.1}},
        initiatives=(ONBOARDING, BUNDLES),
        in_file=("elasticities", "initiatives"),
    )
    assert resolve({}, {}).cac == 5000


def test_without_ltv_yaml_nothing_is_planned() -> None:
    assert plans.find([]) == Plans()


@pytest.mark.parametrize(
    ("rating", "probability"), [("1", 0.1), ("2", 0.3), ("3", 0.5), ("4", 0.7), ("5", 0.9)]
)
def test_a_rating_is_the_middle_of_a_fifth(rating: str, probability: float) -> None:
    initiative = {"name": "x", "lever": "cac", "change": "-1%", "cost": 1, "feasibility": rating}

    assert plans.initiative(initiative, "here").probability == probability


PLAN = "initiatives:\n- {name: x, lever: cac, change: -1%, cost: 1, probability: 50%"


@pytest.mark.parametrize(
    ("text", "error", "line"),
    [
        pytest.param("elasticities: 3", SettingShapeError, 1, id="a number for a block"),
        pytest.param("elasticities:\n  cac: 0.5", SettingShapeError, 1, id="answers to nothing"),
        pytest.param("elasticities:\n  cac:\n    spend: 1", UnknownKeyError, 3,
                     id="a lever that does not exist"),
        pytest.param("elasticities:\n  cac:\n    cac: 1", UnknownKeyError, 3,
                     id="a lever that answers to itself"),
        pytest.param("elasticities:\n  budget: {cac: 1}", UnknownKeyError, 2,
                     id="the budget is ours to set"),
        pytest.param("elasticities:\n  cac: {budget: much}", NotANumberError, 2,
                     id="a word for a number"),
        pytest.param("elasticities:\n  cac: {aov: 1}\n  cac: {aov: 2}", DuplicateSettingError, 3,
                     id="the same lever twice"),
        pytest.param("initiatives: soon", SettingShapeError, 1, id="a word for a list"),
        pytest.param("initiatives:\n- soon", BrokenSettingsError, 2, id="a list of words"),
        pytest.param(PLAN + ", impact: 3}", UnknownKeyError, 2, id="a key that does not exist"),
        pytest.param(PLAN.replace("cost: 1, ", "") + "}", MissingInInitiativeError, 2,
                     id="no cost"),
        pytest.param(PLAN.replace(", probability: 50%", "") + "}", MissingInInitiativeError, 2,
                     id="neither probability nor feasibility"),
        pytest.param(PLAN + ", feasibility: 3}", ContradictionError, 2,
                     id="probability and feasibility"),
        pytest.param(PLAN.replace("probability: 50%", "feasibility: 6") + "}", NotAChoiceError, 2,
                     id="a feasibility of 6"),
        pytest.param(PLAN.replace("lever: cac", "lever: ltv") + "}", NotAChoiceError, 2,
                     id="LTV is no lever"),
        pytest.param(PLAN.replace("-1%", "1%") + "}", NotAChangeError, 2, id="no change"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_line(text: str, error: type[LtvError], line: int) -> None:
    written(f"{text}\n")

    with pytest.raises(error) as refused:
        plans.find([])
    assert f"ltv.yaml:{line}" in str(refused.value)


def test_a_csv_file_gives_the_same_answer() -> None:
    Path("plan.csv").write_bytes(
        "\ufeffname,lever,change,cost,probability,feasibility,months\n"
        'Onboarding,churn,-10%,"300,000",60%,,2mo\n\n'
        "Bundles,aov,+5%,0,,5\n".encode()
    )

    assert initiatives.read("plan.csv") == (ONBOARDING, BUNDLES)


def test_a_japanese_csv_file_in_the_encoding_of_excel() -> None:
    Path("plan.csv").write_bytes(
        "施策名,レバー,変化,費用,実現性\nセット販売,aov,+5%,0,5\n".encode("cp932")
    )

    assert [initiative.name for initiative in initiatives.read("plan.csv")] == ["セット販売"]


@pytest.mark.parametrize(
    ("text", "error", "place"),
    [
        pytest.param("name,what\n", UnknownKeyError, "plan.csv:1", id="an unknown header"),
        pytest.param("name,lever,change,cost\nx,cac,-1%,5\n", MissingInInitiativeError,
                     "plan.csv:2", id="no chance that it works"),
        pytest.param("name,lever,change,cost\nx,cac,-1%,5,6\n", UnreadableSettingsError,
                     "plan.csv:2", id="a cell too many"),
    ],
)  # fmt: skip
def test_mistakes_in_a_csv_file(text: str, error: type[LtvError], place: str) -> None:
    Path("plan.csv").write_text(text, "utf-8")

    with pytest.raises(error) as refused:
        initiatives.read("plan.csv")
    assert place in str(refused.value)


def test_a_csv_file_that_is_not_there() -> None:
    with pytest.raises(UnreadableSettingsError):
        initiatives.read("plan.csv")


def test_python_returns_native_types() -> None:
    planned = plans.read(
        {"cac": {"budget": 0.5}},
        [{"name": "x", "lever": "cac", "change": "-1%", "cost": 1.5, "probability": 0.5}],
        {},
    )

    assert planned.elasticities == {"cac": {"budget": 0.5}}
    assert (planned.initiatives[0].cost, planned.initiatives[0].probability) == (1.5, 0.5)


WORDS = [*plans.KEYS, "x", "-1%", "cac", "5", "\n", '"', "\0"]


@given(
    st.binary()
    | st.lists(st.sampled_from(WORDS)).map(lambda words: ",".join(words).encode())
)  # fmt: skip
@example(b'name,lever\n"' + b"x" * 200_000)
def test_any_bytes_are_initiatives_or_refused(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.csv"
        path.write_bytes(raw)
        with contextlib.suppress(LtvError):
            initiatives.read(str(path))
