"""Results of an experiment, read into a row per customer with every row accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ltvcli.engines import duckdb
from ltvcli.errors import (
    ArmNeededError,
    LtvError,
    ManyArmsError,
    NoArmError,
    NoExperimentColumnError,
    OutcomeNotNumbersError,
    SameColumnError,
    SeveralExperimentColumnsError,
)
from ltvcli.facts import experiments
from ltvcli.facts.experiments import ArmSums
from ltvcli.read.experiments import Asked, ExperimentReading, load
from ltvcli.read.experiments.measured import measure
from ltvcli.read.files import open_files
from ltvcli.settings.settings import Settings

SPEND = Asked(arm="arm", outcomes=("spend",))


def read(
    folder: Path, text: str, asked: Asked = SPEND, settings: Settings | None = None
) -> tuple[ExperimentReading, dict[str, ArmSums]]:
    file = folder / "results.csv"
    file.write_text(text, "utf-8")
    settings = settings or Settings()
    sheets = open_files.open_all([file], settings, folder)
    with duckdb.open([sheet.path for sheet in sheets], folder, None) as engine:
        reading = load(sheets, settings, engine, asked)
        measure(engine)
        return reading, {arm.key: arm for arm in experiments.gather(engine)}


def test_sums_are_those_of_the_rows(tmp_path: Path) -> None:
    text = "arm,spend,before\na,0,1\na,3,4\na,6,1\nb,10.50,2\nb,0,2\n"
    _, sums = read(tmp_path, text, Asked(arm="arm", outcomes=("spend",), before="before"))
    first = sums["a"]

    assert (first.customers, first.mean, first.sd, first.buyers) == (3, 3.0, 3.0, 2)
    assert first.skewness == 0
    assert first.before is not None
    assert (first.before.mean, first.before.covariance) == (2.0, 0.0)
    assert first.before.sd == pytest.approx(3**0.5)
    assert (sums["b"].mean, sums["b"].total, sums["b"].amounts) == (5.25, 10.5, 1)


def test_skewness_is_that_of_the_moments(tmp_path: Path) -> None:
    """Of 0, 0, 0, 4: mean 1, deviation sqrt(3), third moment 6, so 6 / 3^1.5."""
    _, sums = read(tmp_path, "arm,spend\na,0\na,0\na,0\na,4\nb,1\n")

    assert sums["a"].skewness == pytest.approx(6 / 3**1.5, abs=1e-3)
    assert sums["b"].skewness is None
    assert sums["b"].sd == 0


def test_small_differences_of_large_amounts_keep_their_digits(tmp_path: Path) -> None:
    rows = "".join(f"a,100000000000.{cents}\n" for cents in ("10", "20", "30"))
    _, sums = read(tmp_path, f"arm,spend\n{rows}b,100000000000\n")

    assert sums["a"].sd == pytest.approx(0.1, rel=1e-9)


def test_case_width_and_spaces_make_no_arm(tmp_path: Path) -> None:
    text = "arm,spend\ncontrol,1\nControl ,2\nＣONTROL,3\nControl,4\nmail,5\n"
    reading, sums = read(tmp_path, text)

    assert sums["control"].customers == 4
    assert reading.names == {"control": "Control", "mail": "mail"}
    assert [arm.written for arm in reading.doubts.spellings] == [("Control", "control", "ＣONTROL")]


def test_a_blank_outcome_counts_as_0(tmp_path: Path) -> None:
    reading, sums = read(tmp_path, "arm,spend\na,\na,4\nb,1\n")

    assert (sums["a"].customers, sums["a"].mean, reading.doubts.blank) == (2, 2.0, 1)


def test_customers_in_two_arms_are_left_out_and_several_rows_added_up(tmp_path: Path) -> None:
    text = "customer id,arm,spend\n1,a,1\n1,b,2\n2,a,3\n2,a,4\n3,b,5\n"
    reading, sums = read(tmp_path, text)

    assert (sums["a"].customers, sums["a"].mean, sums["b"].mean) == (1, 7.0, 5.0)
    assert (reading.doubts.in_two_arms, reading.doubts.repeated) == (1, 1)
    assert reading.inputs[0].set_aside == {"two-arms": 2}
    assert (reading.inputs[0].rows_read, reading.inputs[0].rows_used) == (5, 3)


def test_rows_without_arm_customer_or_number_are_accounted_for(tmp_path: Path) -> None:
    text = "customer id,arm,spend\n1,a,1\n2,,2\n,a,3\n4,b,x\n5,b,5\n6,b,6\n"
    reading, _ = read(tmp_path, text)

    assert reading.inputs[0].set_aside == {
        "amount-not-a-number": 1,
        "no-arm": 1,
        "no-customer": 1,
    }
    assert reading.set_aside == {"": 1, "a": 1, "b": 1}


def test_amounts_with_a_decimal_comma(tmp_path: Path) -> None:
    _, sums = read(tmp_path, "arm;spend\na;1.234,50\na;0\nb;3,5\n")

    assert sums["a"].mean == 617.25


def test_a_currency_in_the_header_is_that_of_the_outcome(tmp_path: Path) -> None:
    reading, _ = read(
        tmp_path, "arm,spend_usd\na,1\nb,2\n", Asked(arm=None, outcomes=("spend_usd",))
    )

    assert reading.currency == "USD"


@pytest.mark.parametrize(
    ("text", "asked", "error"),
    [
        ("arm,spend\na,1\n", Asked(arm="group", outcomes=("spend",)), NoExperimentColumnError),
        ("arm,spend\na,1\n", Asked(arm="arm", outcomes=()), ArmNeededError),
        ("segment,spend\na,1\n", Asked(arm=None, outcomes=("spend",)), ArmNeededError),
        ("arm,spend\na,1\n", Asked(arm="arm", outcomes=("arm",)), SameColumnError),
        ("arm,spend,spend\na,1,2\n", SPEND, SeveralExperimentColumnsError),
        ("arm,spend\na,x\nb,y\n", SPEND, OutcomeNotNumbersError),
        ("arm,spend\n,1\n,2\n", SPEND, NoArmError),
        ("arm,spend\n" + "".join(f"a{n},1\n" for n in range(51)), SPEND, ManyArmsError),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, text: str, asked: Asked, error: type[LtvError]
) -> None:
    with pytest.raises(error):
        read(tmp_path, text, asked)
