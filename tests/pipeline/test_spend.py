"""Spend beside customers, from files to figures: what `--spend` changes and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ltvcli
from ltvcli import errors
from ltvcli.results import Quantity, Source
from ltvcli.units import Unit

Files = Callable[..., str]

SOURCES = ("mail", "google")
ORDERS = "order id,customer,date,total,source\n" + "".join(
    f"{n},c{n % 40},2026-{1 + n // 20:02}-{1 + n % 20:02},{50 + n % 7},{SOURCES[n % 2]}\n"
    for n in range(120)
)
SPEND = "month,channel,spend\n" + "".join(f"2026-{m:02},google,{100 * m}\n" for m in range(1, 7))


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """Write files into the folder in which ltv runs."""
    monkeypatch.chdir(tmp_path)

    def files(**texts: str) -> str:
        for name, text in texts.items():
            (tmp_path / name.replace("_", ".")).write_text(text, "utf-8")
        return str(tmp_path)

    return files


def test_cac_is_spend_over_new_customers_and_measured(files: Files) -> None:
    """Forty customers come in January and February, for which 300 were spent; 1,800 by June."""
    files(orders_csv=ORDERS, spend_csv=SPEND)
    report = ltvcli.calc("orders.csv", spend="spend.csv", as_of="2026-06-30")

    assert report.figures.cac is not None
    assert (report.figures.cac.value, report.figures.cac.source) == (2100 / 40, Source.MEASURED)
    assert report.figures.cac_paid is not None
    assert report.figures.cac_paid.value == 2100 / 20
    assert report.verdict.ltv_to_cac == pytest.approx(report.methods[-1].ltv / (2100 / 40))
    rows = report.tables["acquisition"]
    assert [row["customers"] for row in rows if row["channel"] is None] == [20, 20, 0, 0, 0, 0]


@pytest.mark.slow
def test_a_given_cac_beats_spend(files: Files) -> None:
    files(orders_csv=ORDERS, spend_csv=SPEND)
    report = ltvcli.calc("orders.csv", spend="spend.csv", cac=10)

    assert report.figures.cac is not None
    assert (report.figures.cac.value, report.figures.cac.source) == (10, Source.GIVEN)
    assert "cac-given-and-spent" in {finding.check for finding in report.findings}


def test_spend_changes_nothing_but_what_customers_cost(files: Files) -> None:
    files(orders_csv=ORDERS, spend_csv=SPEND)
    plain, spent = ltvcli.calc("orders.csv"), ltvcli.calc("orders.csv", spend="spend.csv")

    assert [method.ltv for method in plain.methods] == [method.ltv for method in spent.methods]
    assert plain.tables["curve"] == spent.tables["curve"]
    assert plain.figures.orders == spent.figures.orders


def test_a_measured_cac_widens_what_the_data_allows(files: Files) -> None:
    files(orders_csv=ORDERS, spend_csv=SPEND)
    measured = ltvcli.calc("orders.csv", spend="spend.csv", as_of="2026-06-30").verdict
    given = ltvcli.calc("orders.csv", cac=2100 / 40, as_of="2026-06-30").verdict

    assert measured.ltv_to_cac == given.ltv_to_cac
    assert None not in (measured.low, given.low)
    assert measured.low < given.low < given.high < measured.high  # type: ignore[operator]


def test_one_file_or_two_give_the_same_answer(files: Files) -> None:
    header, *rows = SPEND.splitlines(keepends=True)
    files(
        orders_csv=ORDERS,
        spend_csv=SPEND,
        one_csv=header + "".join(rows[:3]),
        two_csv=header + "".join(rows[3:]),
    )
    together = ltvcli.calc("orders.csv", spend="spend.csv")
    parts = ltvcli.calc("orders.csv", spend=["one.csv", "two.csv"])

    assert together.acquisition == parts.acquisition
    assert together.figures == parts.figures


def test_a_file_may_be_named_for_its_channel(files: Files) -> None:
    files(orders_csv=ORDERS, spend_csv="month,cost\n2026-01,100\n2026-02,200\n")
    report = ltvcli.calc("orders.csv", spend="Mail=spend.csv").acquisition

    assert report is not None
    assert [(channel.channel, channel.spend, channel.customers) for channel in report.channels] == [
        ("Mail", 300, 20),
        ("google", None, 20),
    ]


@pytest.mark.slow
def test_without_a_column_of_channels_only_a_blended_cac_is_known(files: Files) -> None:
    lines = (line.rpartition(",")[0] for line in ORDERS.splitlines())
    files(orders_csv="\n".join(lines) + "\n", spend_csv=SPEND)
    report = ltvcli.calc("orders.csv", spend="spend.csv")

    assert report.figures.cac is not None
    assert report.figures.cac_paid is None
    assert "blended-cac-only" in {finding.check for finding in report.findings}


@pytest.mark.slow
def test_a_file_of_spend_that_ends_early_makes_the_blended_cac_doubtful(files: Files) -> None:
    """Mail is known to May, google to March; one file for both says that google ended then."""
    months = [line for line in SPEND.splitlines()[1:] if line < "2026-06"]
    google = "month,channel,spend\n" + "".join(f"{line}\n" for line in months[:3])
    mail = "month,channel,spend\n" + "".join(
        line.replace("google", "mail") + "\n" for line in months
    )
    both = google + mail.partition("\n")[2]
    files(orders_csv=ORDERS, google_csv=google, mail_csv=mail, both_csv=both)
    separate = ltvcli.calc("orders.csv", spend=["google.csv", "mail.csv"])
    facts_of = {finding.check: finding.says.facts for finding in separate.findings}
    once = ltvcli.calc("orders.csv", spend="both.csv")

    assert facts_of["channel-spend-partly-known"]["channels"] == "google"
    assert facts_of["channel-spend-partly-known"]["months"] == Quantity(2, Unit.COUNT)
    assert "channel-spend-partly-known" not in {finding.check for finding in once.findings}


def test_channels_can_come_from_a_customers_file(files: Files) -> None:
    lines = (line.rpartition(",")[0] for line in ORDERS.splitlines())
    people = "customer,channel\n" + "".join(
        f"c{n},{'google' if n % 2 else ''}\n" for n in range(40)
    )
    files(orders_csv="\n".join(lines) + "\n", spend_csv=SPEND, people_csv=people)
    report = ltvcli.calc("orders.csv", spend="spend.csv", customers="people.csv")

    assert report.figures.cac_paid is not None
    assert report.acquisition is not None
    assert report.acquisition.paid_customers == 20


def test_spend_can_be_set_in_ltv_yaml_next_to_the_data(files: Files) -> None:
    from typer.testing import CliRunner

    from ltvcli.cli import app

    files(orders_csv=ORDERS, spend_csv=SPEND, ltv_yaml="spend: [google=spend.csv]\ncac_lag: 30d\n")
    run = CliRunner().invoke(app, ["calc", "orders.csv", "--format", "csv"])

    assert run.exit_code == 0, run.stderr
    assert "cac_paid" in run.stdout


def test_subscriptions_have_a_cac_too(files: Files) -> None:
    rows = "".join(f"c{n},2026-0{1 + n % 4}-10,,10,month\n" for n in range(40))
    files(subs_csv="customer,start date,end date,price,interval\n" + rows, spend_csv=SPEND)
    report = ltvcli.calc("subs.csv", spend="spend.csv", as_of="2026-06-30")

    assert report.figures.cac is not None
    assert report.acquisition is not None
    assert (report.acquisition.first, report.acquisition.customers) == (date(2026, 1, 10), 40)


@pytest.mark.slow
def test_rows_of_spend_set_aside_are_written_out(files: Files) -> None:
    from typer.testing import CliRunner

    from ltvcli.cli import app

    files(orders_csv=ORDERS, spend_csv=SPEND + "Total,,2100\n")
    run = CliRunner().invoke(
        app, ["calc", "orders.csv", "--spend", "spend.csv", "--rejects", "aside.csv"]
    )

    assert run.exit_code == 0, run.stderr
    assert Path("aside.csv").read_text().splitlines()[1:] == ["spend.csv,8,total-row,Total,,2100"]


def test_a_side_without_a_currency_is_taken_to_be_in_that_of_the_other(files: Files) -> None:
    files(orders_csv=ORDERS, spend_csv=SPEND.replace("spend\n", "spend (JPY)\n"))
    report = ltvcli.calc("orders.csv", spend="spend.csv")

    assert report.currency is None
    assert [note.facts for note in report.inputs[1].notes] == [{"currency": "JPY"}]


@pytest.mark.parametrize(
    ("inputs", "options", "error"),
    [
        pytest.param(["orders.csv", "subs.csv"], {}, errors.SpendForBothError, id="both kinds"),
        pytest.param(["spend.csv"], {}, errors.NotOrdersError, id="spend without the flag"),
        pytest.param(
            ["orders.csv"], {"cac_lag": "9y"}, errors.SpendElsewhereError, id="other days"
        ),
        pytest.param([], {"arpu": 10, "churn": 0.1}, errors.TakesDataError, id="only numbers"),
        pytest.param(
            ["orders.csv"], {"map": {"spend_day": "month"}}, errors.UnknownRoleError, id="no role"
        ),
    ],
)
def test_what_cannot_be_asked_is_an_error_in_our_words(
    files: Files, inputs: list[str], options: dict[str, Any], error: type[Exception]
) -> None:
    google = "Month,Campaign,Currency code,Cost\n2026-01,A,USD,5\n"
    subs = "customer,start date,end date,price,interval\na,2026-01-10,,10,month\n"
    files(orders_csv=ORDERS, spend_csv=google, subs_csv=subs)

    with pytest.raises(error):
        ltvcli.calc(*inputs, spend="spend.csv", **options)
