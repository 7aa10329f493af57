"""`ltv experiment ORDERS --assignments`: what assigned customers brought, to the cent."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import ltvcli
from ltvcli.cli import app
from tests import effort

pytestmark = pytest.mark.sampled

AGE = 90
START, END = date(2026, 1, 10), date(2026, 5, 31)
PAID = ("--margin", "40%", "--cost", "500", "--cost-per-customer", "0.1")


def ltv(*typed: object) -> Result:
    return CliRunner().invoke(app, ["experiment", *map(str, typed)], prog_name="ltv")


def document(*typed: object) -> Any:
    done = ltv(*typed, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def tables(*typed: object) -> Any:
    return document(*typed)["tables"]


def checks(*typed: object) -> dict[str, Any]:
    return {row["check"]: row for row in tables(*typed)["checks"]}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Orders of 600 customers before and after an assignment, a refund and a cancellation each."""
    random = Random(11)
    folder = tmp_path_factory.mktemp("files")
    orders, arms = ["id,customer,date,total,status"], ["customer,arm,day"]
    for number in range(600):
        arm = random.choice(["holdout", "mail"])
        arms.append(f"C{number:04},{arm},{START}")
        day = date(2024, 6, 1) + timedelta(days=random.randrange(500))
        while day <= END and number < 560:  # 40 are assigned and never order
            more = 1.5 if arm == "mail" and day >= START else 1.0
            total = random.gammavariate(2, 20) * more
            status = random.choice(["paid"] * 9 + ["cancelled"])
            orders.append(f"{len(orders)},C{number:04},{day},{total:.2f},{status}")
            day += timedelta(days=random.randrange(5, 120))
    orders.append(f"{len(orders)},C0001,{START + timedelta(days=30)},-5.50,paid")
    # The window of 90 days: its last day, and the day after it.
    orders += [
        f"{len(orders) + n},C0002,{START + timedelta(days=d)},1000,paid"
        for n, d in ((0, 89), (1, 90))
    ]
    orders.append(f"{len(orders)},C0003,{START - timedelta(days=1)},2000,paid")
    orders.append(f"{len(orders)},C0004,{END},7,paid")
    paths = folder / "orders.csv", folder / "arms.csv"
    for path, lines in zip(paths, (orders, arms), strict=True):
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return paths


def reckoned(files: tuple[Path, Path]) -> pd.DataFrame:
    """Return outcome and what was before of every assigned customer, by pandas."""
    orders, arms = (pd.read_csv(file) for file in files)
    orders = orders[orders["status"] == "paid"]
    after = (pd.to_datetime(orders["date"]) - pd.Timestamp(START)).dt.days
    worth = orders["total"] * 0.4
    for name, chosen in (
        ("outcome", (after >= 0) & (after < AGE)),
        ("before", (after < 0) & (after >= -365)),
    ):
        sums = worth[chosen].groupby(orders["customer"]).sum()
        arms[name] = arms["customer"].map(sums).fillna(0.0)
    return arms


@pytest.mark.slow
def test_means_are_those_of_pandas(files: tuple[Path, Path]) -> None:
    data = reckoned(files)
    found = tables(files[0], "--assignments", files[1], "--age", "90d", *PAID)
    means = data.groupby("arm")["outcome"].agg(["mean", "std", "size"])

    for row in found["arms"]:
        mean, sd, size = means.loc[row["arm"]]
        assert row["customers"] == size
        assert row["mean"] == pytest.approx(mean, abs=1e-4)
        assert row["sd"] == pytest.approx(sd, abs=1e-4)


def test_the_effect_is_freed_of_what_was_before(files: tuple[Path, Path]) -> None:
    """Theta is the slope within arms, by least squares with a mean for each."""
    data = reckoned(files)
    within = data[["outcome", "before"]] - data.groupby("arm")[["outcome", "before"]].transform(
        "mean"
    )
    theta = (within["outcome"] * within["before"]).sum() / (within["before"] ** 2).sum()
    means = data.groupby("arm")[["outcome", "before"]].mean()
    plain, before = (means.loc["mail"] - means.loc["holdout"])[["outcome", "before"]]
    (effect,) = tables(files[0], "--assignments", files[1], "--age", "90d", *PAID)["effects"]

    assert effect["effect"] == pytest.approx(plain - theta * before, abs=1e-4)


def test_roi_is_of_all_costs(files: tuple[Path, Path]) -> None:
    found = tables(files[0], "--assignments", files[1], "--age", "90d", *PAID)
    (effect,), heads = found["effects"], found["arms"][1]["customers"]
    cost = 0.1 + 500 / heads

    assert effect["net"] == pytest.approx(effect["effect"] - cost)
    assert effect["roi"] == pytest.approx((effect["effect"] - cost) / cost)
    everybody = sum(row["customers"] for row in found["arms"])
    assert effect["everyone"] == pytest.approx((effect["effect"] - 0.1) * everybody - 500)


def test_customers_without_an_order_count_as_0(files: tuple[Path, Path]) -> None:
    found = document(files[0], "--assignments", files[1], "--age", "90d", *PAID)

    assert sum(row["customers"] for row in found["tables"]["arms"]) == 600
    matched = next(line["says"] for line in found["says"] if line["label"] == "With orders")
    assert matched.startswith("560 of 600 assigned customers")


def test_orders_before_the_assignment_are_counted_apart(files: tuple[Path, Path]) -> None:
    orders = pd.read_csv(files[0])
    orders = orders[(orders["status"] == "paid") & (orders["total"] > 0)]
    before = (pd.to_datetime(orders["date"]) - pd.Timestamp(START)).dt.days.between(-365, -1)
    row = checks(files[0], "--assignments", files[1], "--age", "90d")["orders-before"]

    assert (row["value"], row["p"], row["passed"]) == (int(before.sum()), None, True)


def test_the_last_age_of_the_chart_is_the_effect(files: tuple[Path, Path]) -> None:
    found = tables(files[0], "--assignments", files[1], "--age", "90d", *PAID)
    last = found["ages"][-1]

    assert [row["age_days"] for row in found["ages"]] == [12, 24, 36, 48, 60, 72, 84, 90]
    assert last["effect"] == pytest.approx(found["effects"][0]["effect"], abs=1e-3)
    jackknife = [found["effects"][0][f"jackknife_{end}"] for end in ("low", "high")]
    assert [last["effect_low"], last["effect_high"]] == pytest.approx(jackknife, abs=1e-2)


def test_the_chart_is_on_screen_and_in_html(files: tuple[Path, Path], tmp_path: Path) -> None:
    asked = (files[0], "--assignments", files[1], "--age", "90d", *PAID)
    page = tmp_path / "page.html"

    assert "Effect per customer by days since the assignment: mail" in ltv(*asked).stdout
    assert ltv(*asked, "--format", "html", "--out", page).exit_code == 0
    assert "Days since the assignment" in page.read_text("utf-8")


ODD = f"""customer,arm,day
C0001,holdout,{START}
C0001,mail,{START}
C0002,mail,{START}
C0002,Mail ,{START + timedelta(days=5)}
C0003,holdout,{END - timedelta(days=20)}
C0004,,{START}
,mail,{START}
C0005,mail,2026-02-30
C0006,holdout,{START}
"""


@pytest.mark.slow
def test_every_row_of_assignments_is_accounted_for(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    arms, rejects = tmp_path / "arms.csv", tmp_path / "rejects.csv"
    arms.write_text(ODD, "utf-8")
    found = document(
        files[0], "--assignments", arms, "--age", "90d", "--rejects", rejects, "--control", "mail"
    )
    _, assigned = found["provenance"]["inputs"]

    assert (assigned["kind"], assigned["rows_read"], assigned["rows_used"]) == ("assignments", 9, 2)
    assert assigned["set_aside"] == {
        "two-arms": 2, "repeated-assignment": 1, "not-observed": 1,
        "no-arm": 1, "no-customer": 1, "date-not-a-date": 1,
    }  # fmt: skip
    excluded = [row for row in rejects.read_text("utf-8").splitlines() if "arms.csv" in row]
    assert len(excluded) == 7
    codes = [finding["check"] for finding in found["findings"]]
    assert {"customers-in-two-arms", "arm-spellings", "small-arms", "reassigned"} <= {*codes}


def test_an_arm_of_12_decides_nothing(files: tuple[Path, Path], tmp_path: Path) -> None:
    arms = tmp_path / "arms.csv"
    rows = [f"C{n:04},{'mail' if n < 12 else 'holdout'},{START}" for n in range(25)]
    arms.write_text("\n".join(["customer,arm,day", *rows]) + "\n", "utf-8")
    done = ltv(files[0], "--assignments", arms, "--age", "90d")

    assert done.stdout.startswith("Decision    Not shown: holdout has 13 customers")


def test_arms_assigned_at_other_times_are_not_compared(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    arms = tmp_path / "arms.csv"
    rows = [
        f"C{n:04},{'mail' if n % 2 else 'holdout'},{START + timedelta(days=20 * (n % 2))}"
        for n in range(400)
    ]
    arms.write_text("\n".join(["customer,arm,day", *rows]) + "\n", "utf-8")
    done = ltv(files[0], "--assignments", arms, "--age", "90d")

    assert done.stdout.startswith("Decision    Do not use this result")
    assert "was assigned at another time than the control (20.00 days" in " ".join(
        done.stdout.split()
    )


@pytest.mark.parametrize(
    ("header", "rows", "typed", "says"),
    effort.nth(
        3,
        [
            ("customer,arm,day", "C0001,mail,2026-01-10", (), "All customers are in one arm"),
            (
                "customer,arm,day",
                "C0001,a,2026-01-10\nC0002,b,2026-01-10",
                (),
                "The control arm is unknown",
            ),
            (
                "customer,arm,day",
                "C0001,a,2027-01-10\nC0002,b,2027-01-10",
                (),
                "after the last order",
            ),
            (
                "customer,arm,day",
                "C0001,a,2026-05-01\nC0002,b,2026-05-02",
                ("--age", "90d"),
                "--age 31d",
            ),
            ("customer,arm,day", "X1,control,2026-01-10\nX2,b,2026-01-10", (), "same IDs"),
            ("customer,arm,day", ",a,2026-01-10", (), "no-customer 1"),
            ("customer,arm", "C0001,a\nC0002,control", (), "--start"),
            ("customer,day", "C0001,2026-01-10", (), "--arm"),
            ("who knows,arm,day", "C0001,a,2026-01-10", (), "--map assigned_customer="),
            ("customer,arm,day", "C0001,a,2026-01-10", ("--outcome", "spend"), "--outcome"),
            ("customer,arm,day", "C0001,a,2026-01-10", ("--arm", "letter"), "letter"),
        ],
    ),
)
def test_unanswerable_questions_are_reported(
    header: str,
    rows: str,
    typed: tuple[str, ...],
    says: str,
    files: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    arms = tmp_path / "arms.csv"
    arms.write_text(f"{header}\n{rows}\n", "utf-8")
    done = ltv(files[0], "--assignments", arms, *typed)

    assert done.exit_code in (2, 3, 4)
    assert says in done.stderr


def test_options_of_the_other_kind_are_refused(files: tuple[Path, Path]) -> None:
    done = ltv(files[0], "--outcome", "total", "--arm", "status", "--age", "90d")

    assert done.exit_code == 2
    assert "--assignments" in done.stderr


@pytest.mark.slow
def test_a_day_for_all_and_japanese_headers(files: tuple[Path, Path], tmp_path: Path) -> None:
    plain = tables(files[0], "--assignments", files[1], "--age", "90d")["effects"]
    arms = pd.read_csv(files[1])
    japanese, undated = tmp_path / "群.csv", tmp_path / "arms.csv"
    arms.set_axis(["顧客ID", "グループ", "配信日"], axis=1).to_csv(japanese, index=False)
    arms[["customer", "arm"]].to_csv(undated, index=False)

    assert tables(files[0], "--assignments", japanese, "--age", "90d")["effects"] == plain
    dated = ("--start", START.isoformat(), "--age", "90d")
    assert tables(files[0], "--assignments", undated, *dated)["effects"] == plain


@pytest.mark.slow
def test_customers_are_matched_by_id_else_by_email(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Half of the assignments have an ID that the orders do not know, and an address they do."""
    plain = tables(files[0], "--assignments", files[1], "--age", "90d")["effects"]
    orders, arms = (pd.read_csv(file) for file in files)
    orders["email"] = orders["customer"].str.lower() + "@x.com"
    arms["email"] = arms["customer"] + "@X.com"
    arms.loc[arms.index % 2 == 0, "customer"] = "crm-" + arms["customer"]
    both = tmp_path / "orders.csv", tmp_path / "arms.csv"
    orders.to_csv(both[0], index=False)
    arms.to_csv(both[1], index=False)

    (found,) = tables(both[0], "--assignments", both[1], "--age", "90d")["effects"]
    assert {key: found[key] for key in ("effect", "se", "p")} == {
        key: plain[0][key] for key in ("effect", "se", "p")
    }


def test_the_age_is_chosen_if_it_is_not_typed(files: tuple[Path, Path]) -> None:
    assert document(files[0], "--assignments", files[1])["tables"]["ages"][-1]["age_days"] == 90


def test_python_and_the_command_line_agree(files: tuple[Path, Path]) -> None:
    answer = ltvcli.experiment(
        files[0], assignments=files[1], age="90d", margin=0.4, cost=500, cost_per_customer=0.1
    )
    frames = ltvcli.experiment(
        pd.read_csv(files[0]), assignments=pd.read_csv(files[1]), age="90d", margin=0.4
    )
    found = tables(files[0], "--assignments", files[1], "--age", "90d", *PAID)["effects"]

    assert answer.to_dict()["tables"]["effects"] == found
    assert frames.effects[0].effect == answer.effects[0].effect


def test_the_next_command_can_be_typed(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    asked = (files[0], "--assignments", files[1], "--age", "90d", *PAID)
    program, *typed = shlex.split(document(*asked)["next_command"])

    assert program == "ltv"
    assert CliRunner().invoke(app, typed, prog_name="ltv").exit_code == 0


@pytest.mark.slow
def test_margin_is_taken_from_a_column_of_costs(files: tuple[Path, Path], tmp_path: Path) -> None:
    orders = pd.read_csv(files[0])
    orders["cost"] = orders["total"] * 0.6
    costed = tmp_path / "orders.csv"
    orders.to_csv(costed, index=False)
    asked = ("--assignments", files[1], "--age", "90d")
    (by_cost,) = tables(costed, *asked)["effects"]
    (by_margin,) = tables(files[0], *asked, "--margin", "40%")["effects"]

    assert by_cost["outcome"] == "contribution"
    assert by_cost["effect"] == pytest.approx(by_margin["effect"], abs=1e-3)
    assert tables(files[0], *asked)["effects"][0]["outcome"] == "revenue"


def test_a_plan_is_made_from_the_spread_of_the_orders(files: tuple[Path, Path]) -> None:
    orders = pd.read_csv(files[0])
    orders = orders[orders["status"] == "paid"]
    start = pd.Timestamp(END) - pd.Timedelta(days=89)
    day = pd.to_datetime(orders["date"])
    year = orders[(day < start) & (day >= start - pd.Timedelta(days=365)) & (orders["total"] > 0)]
    brought = orders[day >= start].groupby("customer")["total"].sum()
    outcome = brought.reindex(year["customer"].unique(), fill_value=0.0)
    before = orders[(day < start) & (day >= start - pd.Timedelta(days=365))]
    explained = outcome.corr(before.groupby("customer")["total"].sum().reindex(outcome.index)) ** 2
    found = document("--plan", files[0], "--effect", "5%")
    row = next(row for row in found["tables"]["plan"] if row["effect"] == 0.05)
    size = 2 * (1.959964 + 0.841621) ** 2 * outcome.var() * (1 - explained)

    assert row["customers_per_arm"] == pytest.approx(size / (0.05 * outcome.mean()) ** 2, rel=1e-4)
    assert found["says"][0]["says"].startswith("Your traffic cannot show an effect of 5.0%")
    answer = ltvcli.experiment(files[0], plan=True, effect=0.05)
    assert answer.to_dict()["tables"]["plan"] == found["tables"]["plan"]


def test_an_effect_without_a_plan_is_refused(files: tuple[Path, Path]) -> None:
    done = ltv(files[0], "--assignments", files[1], "--effect", "5%")

    assert (done.exit_code, "--plan" in done.stderr) == (2, True)


def test_segments_are_exploratory_and_adjusted(files: tuple[Path, Path], tmp_path: Path) -> None:
    arms = pd.read_csv(files[1])
    arms["country"] = ["JP", "US", "DE"] * 200
    segmented = tmp_path / "arms.csv"
    arms.to_csv(segmented, index=False)
    found = document(files[0], "--assignments", segmented, "--age", "90d", "--by", "country")
    rows = found["tables"]["segments"]

    assert sorted(row["segment"] for row in rows) == ["DE", "JP", "US"]
    assert all(row["p_adjusted"] >= row["p"] for row in rows)
    assert max(row["p_adjusted"] / row["p"] for row in rows) == pytest.approx(3)
    line = next(line["says"] for line in found["says"] if line["label"] == "Segments")
    assert line.startswith("exploratory")


@pytest.mark.slow
def test_a_cap_is_shown_beside_and_decides_nothing(files: tuple[Path, Path]) -> None:
    asked = (files[0], "--assignments", files[1], "--age", "90d", "--margin", "40%")
    plain, capped = tables(*asked), tables(*asked, "--cap", "50")
    data = reckoned(files)
    data["outcome"] = data["outcome"].clip(upper=50)

    assert capped["effects"] == plain["effects"]
    (row,) = capped["capped"]
    assert (row["cap"], row["above_cap"]) == (50, int((reckoned(files)["outcome"] > 50).sum()))
    within = data[["outcome", "before"]] - data.groupby("arm")[["outcome", "before"]].transform(
        "mean"
    )
    theta = (within["outcome"] * within["before"]).sum() / (within["before"] ** 2).sum()
    means = data.groupby("arm")[["outcome", "before"]].mean()
    outcome, before = means.loc["mail"] - means.loc["holdout"]
    assert row["effect"] == pytest.approx(outcome - theta * before, abs=1e-3)
    assert tables(*asked, "--cap", "99%")["capped"][0]["above_cap"] > 0


@pytest.mark.parametrize(
    ("change", "cost", "verdict"),
    [("+5%", 400, "beaten"), ("+300%", 400, "missed"), ("+45%", 400, "kept")],
)
def test_an_initiative_is_held_against_the_arm_of_its_name(
    change: str, cost: int, verdict: str, files: tuple[Path, Path], tmp_path: Path
) -> None:
    planned = tmp_path / "initiatives.csv"
    text = f"name,lever,change,cost,probability\nMail,aov,{change},{cost},60%\n"
    planned.write_text(text + "Bundles,aov,+5%,1,60%\n", "utf-8")
    asked = (files[0], "--assignments", files[1], "--age", "90d", *PAID, "--planned", planned)
    found = document(*asked)
    (row,) = found["tables"]["promises"]
    (effect,) = found["tables"]["effects"]

    assert (row["verdict"], row["promised"]) == (verdict, pytest.approx(float(change[:-1]) / 100))
    assert row["measured"] == effect["relative"]
    assert row["cost"] == pytest.approx(500 + 0.1 * found["tables"]["arms"][1]["customers"])
    planned.write_text("name,lever,change,cost,probability\nA,aov,+5%,1,60%\nB,aov,+5%,1,60%\n")
    done = ltv(*asked)
    assert (done.exit_code, "--planned" in done.stderr) == (2, True)


def test_a_workbook_and_a_spreadsheet_can_be_written(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    asked = (files[0], "--assignments", files[1], "--age", "90d", *PAID)
    book = tmp_path / "experiment.xlsx"

    assert ltv(*asked, "--format", "xlsx", "--out", book).exit_code == 0
    assert book.read_bytes()[:2] == b"PK"
    assert ltv(*asked, "--format", "csv").stdout.splitlines()[0].startswith("arm,outcome")


@pytest.mark.parametrize(("control", "treated"), [("yes", "no"), ("1", "0"), ("はい", "いいえ")])
def test_a_column_of_controls_marks_the_control_group(
    control: str, treated: str, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """The form of a list of customers to call, some of whom are held out."""
    plain = tables(files[0], "--assignments", files[1], "--age", "90d")["effects"][0]
    arms = pd.read_csv(files[1])
    arms["control"] = [control if arm == "holdout" else treated for arm in arms["arm"]]
    listed = tmp_path / "calls.csv"
    arms[["customer", "control", "day"]].to_csv(listed, index=False)
    (found,) = tables(files[0], "--assignments", listed, "--age", "90d")["effects"]

    assert (found["arm"], found["effect"]) == ("treated", plain["effect"])


def test_json_has_the_keys_that_are_documented(files: tuple[Path, Path]) -> None:
    found = tables(files[0], "--assignments", files[1], "--age", "90d", *PAID)
    planned = tables("--plan", files[0])["plan"]

    assert {"arm", "customers", "mean", "sd", "set_aside"} <= found["arms"][0].keys()
    assert {
        "arm", "outcome", "effect", "se", "low", "high", "p", "relative", "relative_low",
        "relative_high", "roi", "roi_low", "roi_high", "verdict",
    } <= found["effects"][0].keys()  # fmt: skip
    assert {"check", "value", "p", "passed"} <= found["checks"][0].keys()
    assert {"effect", "customers_per_arm", "months", "feasible"} <= planned[0].keys()


def test_a_plan_beyond_the_data_and_one_of_nothing_are_refused(files: tuple[Path, Path]) -> None:
    beyond, nothing = (
        ltv("--plan", files[0], "--age", "4y"),
        ltv("--plan", files[0], "--effect", "0%"),
    )

    assert (beyond.exit_code, "--age" in beyond.stderr) == (4, True)
    assert (nothing.exit_code, "--effect" in nothing.stderr) == (2, True)


def test_a_list_of_customers_to_call_is_read_as_it_is(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    """The columns of `ltv risk --out call-list.csv --plain-ids`, of which one in ten is control."""
    rows = [
        f"C{n:04},{'control' if n % 10 == 0 else 'call'},{START},0.4,silent,"
        f"{str(n % 10 == 0).lower()},,2026-01-17"
        for n in range(600)
    ]
    calls = tmp_path / "call-list.csv"
    header = "customer,arm,day,chance,because,control,owner,due"
    calls.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    asked = (files[0], "--assignments", calls, "--age", "90d")
    found = document(*asked, "--split", "control=10%", "--split", "call=90%")
    unsplit = document(*asked)

    arms = {row["arm"]: row["customers"] for row in found["tables"]["arms"]}
    assert arms == {"control": 60, "call": 540}
    assert found["tables"]["effects"][0]["arm"] == "call"
    assert unsplit["tables"]["effects"] == []
    assert "--split" in str(unsplit["findings"][0])
