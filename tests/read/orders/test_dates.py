"""Dates in other languages, with short years, and as spreadsheets leave them behind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from ltvcli import errors
from ltvcli.engines import duckdb
from ltvcli.results import Quantity
from ltvcli.units import Unit
from tests import effort

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]
TODAY = date(2026, 11, 28)
LANGUAGES = ("en", "de", "de_AT", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl")


def orders(cells: Sequence[str]) -> str:
    rows = [f'k{number},"{cell}",1' for number, cell in enumerate(cells)]
    return "\n".join(["client,purchase date,revenue", *rows]) + "\n"


def days(loaded: Any) -> list[date]:
    return [row[1] for row in sorted(loaded.orders, key=lambda row: int(row[0][1:]))]


def alerts(loaded: Any) -> dict[str, Any]:
    (file,) = loaded.reading.inputs
    return dict(file.alerts)


def test_every_month_has_its_number_in_every_language(tmp_path: Path) -> None:
    with duckdb.open([], tmp_path, None) as engine:
        engine.define_macros("read/macros", "read/dates")
        for language in LANGUAGES:
            for form in ("format", "stand-alone"):
                for number, name in Locale.parse(language).months[form]["wide"].items():
                    for text in (name, unicodedata.normalize("NFD", name), name.upper()):
                        cells = engine.execute("select month_number($1)", [text]).fetchone()
                        assert cells == (number,), f"{language}: {text}"


@pytest.mark.slow
def test_month_names_are_read_in_any_language(load: Load) -> None:
    loaded = load(
        orders(
            [
                "3-Mrz-26", "14. Dezember 2025", "1er janvier 2026", "9 août 2025 14h05",
                "ven. 5 déc. 2025", "24 de enero de 2026", "02/ago/2025", "30 giugno 2025",
                "7 de março de 2026", "Feb-03-26", "December 31, 2025", "Sat, 6 Sep 2025",
                "2026-Okt-04", "11 MEI 2026", "28 lutego 2026",
            ]
        )
    )  # fmt: skip

    assert days(loaded) == [
        date(2026, 3, 3), date(2025, 12, 14), date(2026, 1, 1), date(2025, 8, 9),
        date(2025, 12, 5), date(2026, 1, 24), date(2025, 8, 2), date(2025, 6, 30),
        date(2026, 3, 7), date(2026, 2, 3), date(2025, 12, 31), date(2025, 9, 6),
        date(2026, 10, 4), date(2026, 5, 11), date(2026, 2, 28),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "weekday", effort.nth(3, ["Fri,", "ven.", "пт,", "Παρ", "金", "금요일", "วันศุกร์", "יום"])
)
def test_a_weekday_before_a_month_name_may_be_in_any_script(load: Load, weekday: str) -> None:
    loaded = load(orders([f"{weekday} 5 Dec 2025", "2025-12-06"]))

    assert days(loaded) == [date(2025, 12, 5), date(2025, 12, 6)]


@pytest.mark.parametrize(
    "cell",
    effort.nth(
        3,
        [
            "31 février 2026",
            "5 smarch 2026",
            "Dez 2026 5",
            "10 Dez 5",
            "5 5 Dec 2025",
            "# 5 Dec 2025",
        ],
    ),
)
def test_what_is_no_day_with_a_month_name_is_excluded(load: Load, cell: str) -> None:
    loaded = load(orders(["1 mars 2026", "2 mars 2026", cell]))

    assert loaded.aside == {"date-not-a-date": 1}


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        pytest.param(["05/17/25", "06/02/25"], date(2025, 5, 17), id="month first"),
        pytest.param(["17.05.25", "30.05.25"], date(2025, 5, 17), id="no year after today"),
        pytest.param(["25/05/17", "98/06/30"], date(2025, 5, 17), id="year first"),
    ],
)
def test_a_column_decides_the_order_of_short_years(
    load: Load, cells: Sequence[str], first: date
) -> None:
    assert days(load(orders(cells), today=TODAY))[0] == first


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        pytest.param(["03.02.23", "25.04.24", "11.07.23"], date(2023, 2, 3), id="day first"),
        pytest.param(["23.02.03", "24.04.25", "23.07.11"], date(2023, 2, 3), id="year first"),
    ],
)
def test_years_within_few_years_decide_the_order(
    load: Load, cells: Sequence[str], first: date
) -> None:
    assert days(load(orders(cells), today=TODAY))[0] == first


@pytest.mark.parametrize(
    ("cell", "day"),
    effort.nth(
        3,
        [
            ("令和7年3月9日", date(2025, 3, 9)),
            ("令和元年12月31日", date(2019, 12, 31)),
            ("R7.3.9", date(2025, 3, 9)),
            ("R07/03/09 18:05", date(2025, 3, 9)),
            ("Ｒ７－３－９", date(2025, 3, 9)),
            ("平成31年4月30日", date(2019, 4, 30)),
            ("H30-11-02", date(2018, 11, 2)),
            ("昭和64年1月7日", date(1989, 1, 7)),
        ],
    ),
)
def test_years_of_japanese_eras_are_read(load: Load, cell: str, day: date) -> None:
    assert days(load(orders([cell, "2025-03-10"]), today=TODAY))[0] == day


@pytest.mark.parametrize(
    "cell", effort.nth(3, ["平成31年5月1日", "R1.4.30", "令和7年13月1日", "R7.2.30", "X7.3.9"])
)
def test_days_outside_of_an_era_are_no_dates(load: Load, cell: str) -> None:
    assert load(orders([cell, "2025-03-10"])).aside == {"date-not-a-date": 1}


@pytest.mark.parametrize(
    ("cells", "error"),
    effort.nth(
        2,
        [
            pytest.param(["03/04/25", "07/08/25"], errors.AmbiguousDateError, id="any order"),
            pytest.param(["05.01.2025", "06.02.2025"], errors.AmbiguousDateError, id="points"),
            pytest.param(
                ["13.05.25", "20.06.25"], errors.AmbiguousDateError, id="day or year first"
            ),
            pytest.param(["05.01.03", "25.02.03"], errors.AmbiguousDateError, id="20 years or old"),
            pytest.param(["17 05 2025", "06 18 2025"], errors.MixedDateError, id="two orders"),
        ],
    ),
)
def test_every_format_that_a_question_offers_can_be_typed(
    load: Load, cells: Sequence[str], error: type[errors.LtvError]
) -> None:
    with pytest.raises(error) as raised:
        load(orders(cells), today=TODAY)

    formats = re.findall(r"--date-format (?:'([^']+)'|(\S+?))(?:,|$)", raised.value.facts["flags"])
    assert len(formats) > 1
    read = {days(load(orders(cells), date_format=one or other))[0] for one, other in formats}
    assert len(read) == len(formats)


@pytest.mark.parametrize(
    ("cells", "format", "first"),
    [
        (["7-Dez-25", "1-Mai-26"], "%d-%b-%y", date(2025, 12, 7)),
        (["Dez. 7, 2025", "mai 1, 2026"], "%b %d, %Y", date(2025, 12, 7)),
        (["7 décembre 2025 10:30", "1 August 2026 09:00"], "%d %B %Y", date(2025, 12, 7)),
        (["45998.75", "46000"], "excel", date(2025, 12, 7)),
    ],
)
def test_date_format_reads_month_names_and_serial_numbers(
    load: Load, cells: Sequence[str], format: str, first: date
) -> None:
    assert days(load(orders(cells), date_format=format))[0] == first


@pytest.mark.slow
def test_serial_numbers_of_a_spreadsheet_are_read_and_reported(load: Load) -> None:
    loaded = load(orders(["46000", "45998.75", "46001,5"]))

    assert days(loaded) == [date(2025, 12, 9), date(2025, 12, 7), date(2025, 12, 10)]
    assert alerts(loaded)["excel-serial-dates"] == {
        "column": "purchase date", "dates": Quantity(3, Unit.COUNT), "example": "45998.75",
        "day": date(2025, 12, 7),
    }  # fmt: skip


def test_serial_numbers_beside_dates_are_read_and_reported(load: Load) -> None:
    loaded = load(orders(["2025-12-30", "46000", "2026-01-15"]))

    assert days(loaded)[1] == date(2025, 12, 9)
    assert alerts(loaded)["excel-serial-dates"]["dates"] == Quantity(1, Unit.COUNT)


@pytest.mark.parametrize("cell", ["32873", "73416", "4599", "459981", "-45998"])
def test_other_numbers_are_no_dates(load: Load, cell: str) -> None:
    with pytest.raises(errors.NotDatesError):
        load(orders([cell]))


@pytest.mark.slow
def test_dates_half_turned_by_a_spreadsheet_are_reported(load: Load) -> None:
    turned = [f"2026-{month:02}-05 09:30" for month in (1, 3, 4, 6)]
    loaded = load(orders([*turned, "17/05/2026 09:30", "28/05/2026 11:00"]))

    assert alerts(loaded)["dates-half-turned"] == {
        "column": "purchase date", "turned": Quantity(4, Unit.COUNT),
        "count": Quantity(2, Unit.COUNT), "example": "17/05/2026 09:30",
    }  # fmt: skip


def test_serial_numbers_half_turned_by_a_spreadsheet_are_reported(load: Load) -> None:
    loaded = load(orders(["46027", "46058", "46086", "46117", "17/05/2026", "28/05/2026"]))

    assert {"dates-half-turned", "excel-serial-dates"} == alerts(loaded).keys()


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["2026-01-05", "2026-02-19", "17/05/2026", "28/05/2026"], id="late ISO days"),
        pytest.param(
            ["2026-01-05", "2026-02-06", "2026-03-07", "2026-04-08", "05/06/2026", "28/05/2026"],
            id="early days as text",
        ),
        pytest.param(["2026-01-05", "17/05/2026"], id="too few to tell"),
    ],
)
def test_dates_in_two_ways_that_no_spreadsheet_turned(load: Load, cells: Sequence[str]) -> None:
    loaded = load(orders(cells))

    assert alerts(loaded) == {}
    assert any("two ways" in note for note in loaded.notes)
