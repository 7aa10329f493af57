"""A typed claim stands for all values that round to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ltvcli.analyses.audit import pitch
from ltvcli.analyses.audit.claims import as_text, claim, typed, understood
from ltvcli.errors import (
    ClaimedTwiceError,
    ClaimShapeError,
    DuplicateSettingError,
    MissingFileError,
    NotAChoiceError,
    NotAClaimError,
    NotADurationError,
    NotAnAmountError,
    NotARateError,
    TypedCurrenciesError,
    UnknownClaimError,
)
from ltvcli.results.audit import CLAIMS
from ltvcli.units import Unit

DAYS = 30.436875


@pytest.mark.parametrize(
    ("key", "text", "value", "low", "high"),
    [
        pytest.param("churn", "2%", 0.02, 0.015, 0.025, id="2% is 1.5% to 2.5%"),
        pytest.param("churn", "2.0%", 0.02, 0.0195, 0.0205, id="2.0% is 1.95% to 2.05%"),
        pytest.param("churn", "0.05", 0.05, 0.045, 0.055, id="0.05 is 4.5% to 5.5%"),
        pytest.param("churn", "0%", 0.0, 0.0, 0.005, id="0% may be just under half a percent"),
        pytest.param("margin", "100%", 1.0, 0.995, 1.0, id="a margin does not pass 100%"),
        pytest.param("margin", "40%", 0.4, 0.395, 0.405, id="the zero of a rate is meant"),
        pytest.param("nrr", "120%", 1.2, 1.195, 1.205, id="an NRR passes 100%"),
        pytest.param("growth", "1.5", 1.5, 1.45, 1.55, id="growth may be over 100% a month"),
        pytest.param("ltv", "240000", 240e3, 235e3, 245e3, id="the last zeros are rounding"),
        pytest.param("ltv", "¥240,000", 240e3, 235e3, 245e3, id="signs and commas do not matter"),
        pytest.param("arpu", "10000", 10e3, 9.5e3, 10.5e3, id="but two figures are kept at least"),
        pytest.param("arpu", "93.70", 93.7, 93.695, 93.705, id="cents are meant"),
        pytest.param("cac", "20000.0", 20e3, 19999.95, 20000.05, id="a point ends the rounding"),
        pytest.param("customers", "180", 180, 175, 185, id="180 customers may be 176"),
        pytest.param("customers", "527", 527, 526.5, 527.5, id="527 customers are 527"),
        pytest.param("customers", "7", 7, 6.5, 7.5, id="seven are seven"),
        pytest.param("ltv_to_cac", "4.8x", 4.8, 4.75, 4.85, id="4.8x is 4.75 to 4.85"),
        pytest.param("ltv_to_cac", "3", 3, 2.5, 3.5, id="3 is 2.5 to 3.5"),
        pytest.param("payback", "5mo", 5, 4.5, 5.5, id="five months are 4.5 to 5.5"),
        pytest.param("payback", "90d", 90 / DAYS, 89.5 / DAYS, 90.5 / DAYS, id="90 days, by half"),
        pytest.param("lifespan", "2y", 24, 18, 30, id="two years are 1.5 to 2.5"),
        pytest.param("lifespan", "1.5y", 18, 17.4, 18.6, id="1.5 years are 1.45 to 1.55"),
        pytest.param("age", "14mo", 14, 13.5, 15, id="an age may be rounded down"),
        pytest.param("age", "2y", 24, 18, 36, id="two years and eleven months are two years"),
    ],
)  # fmt: skip
def test_a_number_represents_the_range_that_rounds_to_it(
    key: str, text: str, value: float, low: float, high: float
) -> None:
    read = claim(key, text, "--claim")

    assert (read.value, read.low, read.high) == pytest.approx((value, low, high), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param("ltv", NotAClaimError, id="no equals sign"),
        pytest.param("ltv=", NotAClaimError, id="no number"),
        pytest.param("=5", NotAClaimError, id="no name"),
        pytest.param("chrun=5%", UnknownClaimError, id="misspelt"),
        pytest.param("churn=five", NotARateError, id="a rate in words"),
        pytest.param("churn=5", NotARateError, id="500% of the customers cannot leave"),
        pytest.param("ltv=-1", NotAnAmountError, id="below nothing"),
        pytest.param("nrr=lots%", NotAnAmountError, id="an NRR in words"),
        pytest.param("age=14", NotADurationError, id="14 of what"),
        pytest.param("basis=profit", NotAChoiceError, id="a basis is margin or revenue"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        understood(typed([text]))


def test_a_misspelt_claim_gets_suggestions() -> None:
    with pytest.raises(UnknownClaimError) as error:
        understood(typed(["chrun=5%"]))

    assert error.value.facts == {"place": "--claim", "name": "chrun", "near": ["churn"]}


def test_a_claim_is_made_once() -> None:
    with pytest.raises(ClaimedTwiceError) as error:
        understood(typed(["ltv=1", "ltv=2"]))

    assert error.value.facts["first"] == "--claim ltv=1"


def written(folder: Path, text: str) -> str:
    file = folder / "pitch.yaml"
    file.write_text(text, "utf-8")
    return str(file)


def test_a_file_of_claims_is_read_like_flags(tmp_path: Path) -> None:
    file = written(tmp_path, "# our numbers\nbasis: margin\nchurn: 2%\nltv: 240,000\n")

    read = understood(pitch.claims_of(file))

    assert read.basis == "margin"
    assert read.claims == understood(typed(["ltv=240,000", "churn=2%"])).claims
    assert list(read.claims) == ["ltv", "churn"]  # in reading order


@pytest.mark.parametrize(
    ("text", "error", "line"),
    [
        pytest.param("ltv: 1\n\nltvv: 2\n", UnknownClaimError, 3, id="misspelt"),
        pytest.param("ltv: 1\nltv: 2\n", DuplicateSettingError, 2, id="twice"),
        pytest.param("ltv: [1, 2]\n", ClaimShapeError, 1, id="a list"),
        pytest.param("ltv: {a: 1}\n", ClaimShapeError, 1, id="a block"),
        pytest.param("cac: 1\nltv:\n", ClaimShapeError, 2, id="nothing"),
    ],
)
def test_a_mistake_in_a_file_is_found_by_its_line(
    text: str, error: type[Exception], line: int, tmp_path: Path
) -> None:
    file = written(tmp_path, text)

    with pytest.raises(error, match=f"{file}:{line}"):
        understood(pitch.claims_of(file))


def test_a_number_that_cannot_be_read_names_file_line_and_claim(tmp_path: Path) -> None:
    file = written(tmp_path, "ltv: 1\nchurn: much\n")

    with pytest.raises(NotARateError) as error:
        understood(pitch.claims_of(file))

    assert error.value.facts["name"] == f"{file}:2: churn"


def test_a_claim_is_not_made_in_a_file_and_again_in_another(tmp_path: Path) -> None:
    file = written(tmp_path, "ltv: 1\n")

    with pytest.raises(ClaimedTwiceError) as error:
        understood([*pitch.claims_of(file), *typed(["ltv=1"])])

    assert error.value.facts["first"] == f"{file}:1"


def test_a_pitch_that_is_not_there() -> None:
    with pytest.raises(MissingFileError):
        pitch.claims_of("nowhere.yaml")


@pytest.mark.parametrize("key", CLAIMS)
def test_a_python_value_is_read_as_it_was_meant(key: str) -> None:
    number = 0.5 if CLAIMS[key].unit is Unit.RATE else 12

    assert claim(key, as_text(key, number), "").value == number


def test_the_example_lists_every_claim() -> None:
    readme = Path(__file__).parents[3] / "examples/pitch/README.md"

    assert [key for key in (*CLAIMS, "basis") if f"`{key}`" not in readme.read_text("utf-8")] == []


def test_amounts_in_two_currencies_are_not_compared() -> None:
    with pytest.raises(TypedCurrenciesError, match=r"ltv is in ¥, but --claim: cac in \$"):
        understood(typed(["ltv=240,000円", "margin=60%", "cac=$500"]))


def test_one_currency_may_be_written_in_two_ways_or_left_out() -> None:
    pitch = understood(typed(["ltv=240,000円", "cac=¥50,000", "arpu=10000"]))

    assert pitch.claims.keys() == {"ltv", "cac", "arpu"}
