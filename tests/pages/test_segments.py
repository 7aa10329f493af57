"""Segments on a page: columns that fit, marks, and the output for programs."""

from __future__ import annotations

import json as json_module

import pytest
from msgspec.structs import replace

from ltvcli.formats import csv, json, md, table
from ltvcli.results.segments import Differs, SegmentsReport
from ltvcli.text.layout import width_of
from tests.formats.segment_reports import LESS, LOSSES, SMALL, SPEAKS, minus, segment, segments


def screen(report: SegmentsReport, width: int = 80, lang: str = "en") -> str:
    return table.render(report, lang, width)


def row(report: SegmentsReport, name: str, width: int = 80) -> str:
    return next(one for one in screen(report, width).splitlines() if one.startswith(name))


@pytest.mark.parametrize("report", SPEAKS.values(), ids=SPEAKS)
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(report: SegmentsReport, lang: str, width: int) -> None:
    assert max(map(width_of, screen(report, width, lang).splitlines())) <= width


def test_value_and_interval_share_a_cell_and_wide_screens_show_more() -> None:
    assert "$60.00 (54.00–66.00)" in row(segments(), "web")
    assert "3.00 (2.70–3.30)" not in row(segments(), "web")
    assert "3.00 (2.70–3.30)" in row(segments(), "web", 120)


def test_no_segment_and_small_ones_have_names() -> None:
    text = screen(segments(segment(""), SMALL))

    assert "(none)" in text
    assert "other (3)" in text


def test_text_from_files_is_shown_and_never_executed() -> None:
    text = screen(segments(segment("a\x1b[31m"), segment("x" * 50)))

    assert "\x1b" not in text
    assert "a\\x1b[31m" in text
    assert "x" * 23 + "…" in text


def test_a_long_name_leaves_room_for_what_was_lost() -> None:
    text = screen(minus(name="x" * 200, customers=9))

    assert "x" * 23 + "…" in text
    assert "x" * 25 not in text
    assert "-$" in text
    assert "x" * 200 in md.render(minus(name="x" * 200, customers=9), "en")


def test_a_young_segment_is_marked_and_the_mark_explained() -> None:
    text = screen(segments(segment("old"), segment("young", horizon=3)))

    assert "(54.00–66.00)*" in text
    assert "* valued over the months observed only" in text
    assert "*" not in screen(segments())


def test_a_segment_without_a_value_has_no_mark() -> None:
    assert "*" not in screen(segments(segment("old"), segment("new", horizon=0, ltv=None)))


@pytest.mark.parametrize(
    ("differs", "shown"), [(Differs.HIGHER, "▲ higher"), (Differs.LOWER, "▼ lower")]
)
def test_what_differs_is_marked_by_a_sign_and_a_word(differs: Differs, shown: str) -> None:
    assert shown in row(segments(segment("web", differs=differs), segment("mail")), "web")


def test_columns_without_anything_in_them_take_no_room() -> None:
    text = screen(segments(segment("web", cac=None, ltv_to_cac=None), segment("mail", **{
        "cac": None, "ltv_to_cac": None, "payback": None})), 120)  # fmt: skip

    assert "LTV/CAC" not in text
    assert "Marginal return" not in text
    assert "Marginal return" in screen(segments(LESS, segment("mail")), 120)


def test_a_long_table_is_cut_on_the_screen_only() -> None:
    many = segments(*(segment(f"s{n}") for n in range(20)))

    assert "(+8 rows: --verbose)" in screen(many)
    assert "s12" not in screen(many)
    assert "| s19 |" in md.render(many, "en")


def test_one_segment_needs_no_table_of_losses() -> None:
    alone = segments(segment("web"), losses=replace(LOSSES, unprofitable=LOSSES.unprofitable[:1]))

    assert "Unprofitable customers" not in screen(alone)
    assert "Unprofitable customers" in screen(minus(customers=9))


def test_the_list_of_customers_is_a_table_of_its_own() -> None:
    found = {"customer": "d5dd", "segment": "", "months": 3, "seasoned": False, "contribution": -9}
    report = segments()
    report = replace(report, tables=report.tables | {"minus_customers": (found,)})

    assert "d5dd (none) 3 no -$9.00" in " ".join(screen(report).split())
    unasked = replace(report, by=(), segments=())
    assert "d5dd 3 no -$9.00" in " ".join(screen(unasked).split())


def test_a_spreadsheet_gets_the_table_that_was_asked_for() -> None:
    head, first, _ = csv.render(segments(), "en").splitlines()
    assert head.startswith("segment,gathered,customers,orders,revenue,share,aov,aov_low,aov_high")
    assert first.startswith("web,0,100,250,10000.0,0.5,40.0,36.0,44.0,")

    head, *_ = csv.render(segments(main="minus"), "en").splitlines()
    assert head.startswith("segment,gathered,of,customers,contribution,net")


def test_json_has_every_interval_and_null_for_what_is_not_known() -> None:
    document = json_module.loads(json.render(segments(segment("web"), SMALL), "ja"))
    web, small = document["tables"]["segments"]

    for key in ("aov", "frequency", "repeat_rate", "ltv", "cac", "ltv_to_cac", "payback"):
        assert web[f"{key}_low"] < web[key] < web[f"{key}_high"]
    assert (web["differs"], web["grade"], web["horizon"]) == ("no", "healthy", 12)
    assert (small["cac"], small["budget"]) == (None, None)
    assert document["tables"]["concentration"][0] == {
        "top": 0.01, "customers": 2, "revenue": 1000.0, "share": 0.05
    }  # fmt: skip


def test_the_memo_has_every_table_and_definitions() -> None:
    memo = md.render(minus(customers=9), "en")

    for heading in ("Segments by impact", "Revenue concentration",
                    "Unprofitable customers", "Definitions"):  # fmt: skip
        assert f"## {heading}" in memo
    assert "| web | 100 | 50.0% | $60.00 (54.00–66.00) | 12 |" in memo


def test_who_has_nobody_below_zero_takes_no_line_on_the_screen() -> None:
    first, second = LOSSES.unprofitable
    report = segments(losses=replace(LOSSES, unprofitable=(first, replace(second, customers=0))))
    losses = screen(report).partition("Unprofitable customers")[2]

    assert "\nweb" in losses
    assert "\nmail" not in losses
