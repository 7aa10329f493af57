"""Each check gives its finding when it must, and none on a report without problems."""

from __future__ import annotations

import inspect
import string
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from ltvcli import checks, registry
from ltvcli.analyses.calc.answer import answer
from ltvcli.results import (
    About,
    Estimate,
    Figures,
    Finding,
    Grade,
    PaybackGrade,
    PaybackVerdict,
    Quantity,
    Report,
    Sentence,
    Severity,
    Source,
    StatusWord,
    Valuation,
    Verdict,
)
from ltvcli.results.combined import CombinedReport, Matching
from ltvcli.results.evidence import Duration, Evidence, Subscribers
from ltvcli.results.experiment import GroupCheck
from ltvcli.results.mrr import Leaving
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit
from tests.checks import (
    audit_reports,
    benchmark_reports,
    bonus_reports,
    check_reports,
    experiment_reports,
    leaver_reports,
    review_reports,
    risk_reports,
    scorecard_reports,
    whatif_reports,
)
from tests.formats import cohort_reports, prediction_reports, segment_reports, spend_reports
from tests.formats.mrr_reports import saas
from tests.formats.reports import ORDERS
from tests.shops import AS_OF, gathered, shop

if TYPE_CHECKING:
    from ltvcli.results import AnyReport

FOLDERS = {
    name: kind
    for kind in registry.names(checks)
    for name in registry.names(registry.load(checks, kind))
}
CHECKS = sorted(FOLDERS)


def estimate(value: float, source: Source = Source.MEASURED) -> Estimate:
    return Estimate(value=value, source=source)


MONTHS = {date(2025, month, 1): 20 for month in range(1, 13)}
EVIDENCE = Evidence(
    months=24,
    first=date(2024, 1, 1),
    last=AS_OF,
    rows_read=1000,
    rows_used=990,
    no_customer_revenue=0.0,
    net_revenue=20_000.0,
    largest_customer_revenue=300.0,
    new_customers=MONTHS,
    last_gap_days=1,
)
FIGURES = Figures(
    customers=estimate(240),
    orders=estimate(400),
    net_revenue=estimate(20_000),
    aov=estimate(50),
    lapse_after=estimate(4),
    arpu=estimate(10),
    churn=estimate(0.1),
    margin=estimate(0.4, Source.GIVEN),
    cac=estimate(10, Source.GIVEN),
    retention_cost=estimate(0, Source.ASSUMED),
)
CALM = Report(
    command="calc",
    version="0",
    as_of=AS_OF,
    currency="USD",
    horizon=12,
    basis="margin",
    inputs=(),
    given={"margin": 0.4, "cac": 10.0},
    figures=FIGURES,
    methods=(
        Valuation(method="observed", ltv=35.0, low=32.0, high=38.0),
        Valuation(method="ec", ltv=34.0),
    ),
    verdict=Verdict(
        grade=Grade.HEALTHY,
        grade_low=Grade.HEALTHY,
        method="observed",
        ltv_to_cac=3.5,
        low=3.2,
        high=3.8,
        probability=None,
        says=Sentence(""),
    ),
    payback_verdict=PaybackVerdict(
        grade=PaybackGrade.IDEAL, payback=8.0, payback_observed=9.0, says=Sentence("")
    ),
    evidence=EVIDENCE,
    tables={
        "curve": tuple(
            {"age_month": a, "cumulative": 40 * (1 - 0.9 ** (a + 1)), "active": 0.9**a}
            for a in range(12)
        )
    },
)
TABLE = CALM.tables["curve"]


def figures(**changed: Estimate | None) -> Report:
    return replace(CALM, figures=replace(FIGURES, **changed))


def evidence(**changed: Any) -> Report:
    return replace(CALM, evidence=replace(EVIDENCE, **changed))


def verdict(**changed: Any) -> Report:
    return replace(CALM, verdict=replace(CALM.verdict, **changed))


def curve(**columns: Any) -> Report:
    rows = tuple(row | {key: of(n) for key, of in columns.items()} for n, row in enumerate(TABLE))
    return replace(CALM, tables={"curve": rows})


SUBSCRIBERS = Subscribers(
    paying=200,
    young=60,
    young_months=6,
    churn_young=0.12,
    churn_old=0.04,
    churn_months=6,
    leavers=40,
    leaving=0,
    leaving_mrr=0.0,
    billed={1: 198, 12: 2},
    unfitted="",
    projected=None,
)


DRIFTS = Duration(p=0.0099, months=24, shape=1.3, simple=0.3, full=0.28)


def subscriptions(**changed: Any) -> Report:
    subscribers = replace(SUBSCRIBERS, **changed)
    return replace(CALM, evidence=replace(EVIDENCE, subscribers=subscribers), tables={})


def together(**counts: int) -> CombinedReport:
    """Both sides at rest, with 100 customers each."""
    known = {"order_customers": 100, "subscription_customers": 100, "by_email": 0}
    known |= {"order_emails": 100, "subscription_emails": 100, "unclear": 0, "contradicting": 0}
    return CombinedReport(
        command="calc",
        version="0",
        as_of=AS_OF,
        currency="USD",
        inputs=(),
        given={},
        orders=CALM,
        subscriptions=CALM,
        matched=Matching(**known | counts),
        tables={},
    )


def alerted(check: str, **facts: Any) -> Report:
    """A report on one file about which reading gave facts to a check."""
    return replace(CALM, inputs=(replace(ORDERS, alerts={check: facts}),))


def count(value: float) -> Quantity:
    return Quantity(value, Unit.COUNT)


def word(text: str, meaning: str | None, revenue: float = 30.0) -> StatusWord:
    return StatusWord(column="Order State", word=text, rows=3, meaning=meaning, revenue=revenue)


UNKNOWN_WORDS = (word("Paid", "sale"), word("With the bank", None), word("It's odd", None, 50.0))


def money(value: float) -> Quantity:
    return Quantity(value, Unit.MONEY)


SPEAKS: dict[str, AnyReport] = {
    "amounts-in-cents": replace(
        CALM, inputs=(replace(ORDERS, columns={"amount": "Betrag_cents"}),)
    ),
    "customers-before-period": alerted(
        "customers-before-period",
        customers=count(12),
        all=count(17),
        new=count(5),
        orders=count(12),
        revenue=money(600),
        since=date(2019, 1, 1),
    ),
    "customers-by-name": alerted("customers-by-name", column="Full Name"),
    "damaged-order-ids": alerted(
        "damaged-order-ids",
        rows=count(5),
        example="5.8E+17",
        orders=count(5),
        counted=money(130),
        all_rows=money(130),
    ),
    "guests-with-email": alerted(
        "guests-with-email",
        id="customer_id",
        email="billing_email",
        guest_orders=count(2),
        guest_revenue=money(30),
        customers_by_id=count(2),
        revenue_by_id=money(35),
        customers_by_email=count(3),
        revenue_by_email=money(60),
    ),
    "ids-and-emails-differ": alerted(
        "ids-and-emails-differ",
        id="customer_id",
        email="e-mail",
        emails=count(6),
        ids=count(0),
        customers_by_id=count(12),
        customers_by_email=count(6),
        repeat_by_id=Quantity(0, Unit.RATE),
        repeat_by_email=Quantity(1, Unit.RATE),
    ),
    "ids-differ-in-zeros": alerted("ids-differ-in-zeros", count=count(4)),
    "ids-repaired": alerted("ids-repaired", count=count(2), before="17.0", after="17"),
    "order-rows-disagree": alerted(
        "order-rows-disagree",
        orders=count(3),
        customers=count(1),
        days=count(0),
        amounts=count(2),
        all_rows=money(120),
        counted=money(45),
    ),
    "refunds-exceed-orders": alerted("refunds-exceed-orders", orders=count(2), excess=money(90)),
    "refunds-without-sign": alerted(
        "refunds-without-sign", refunds=count(2), amount=money(90), column="Art", word="Return"
    ),
    "order-ids-of-several-shops": alerted("order-ids-of-several-shops", orders=count(2)),
    "columns-by-content": alerted("columns-by-content", columns="customer=Uid"),
    "recurring-totals-differ": alerted(
        "recurring-totals-differ",
        used="fee × seats",
        own=money(900),
        column="MRR",
        other=money(30),
        option="--map mrr=MRR",
    ),
    "intervals-differ": alerted(
        "intervals-differ",
        column="tier",
        word="Studio (yearly)",
        rows=count(3),
        flag='--map interval="tier"',
        typed="--map interval",
    ),
    "quantity-unclear": alerted(
        "quantity-unclear",
        amount="fee",
        quantity="seats",
        rows=count(3),
        is_multiplied="yes",
        flag='--map amount="fee"',
    ),
    "events-unmatched": alerted(
        "events-unmatched",
        unmatched=count(8),
        events=count(9),
        example="u1",
        other="C1",
        column="account",
    ),
    "customers-without-events": alerted(
        "customers-without-events", customers=count(9), without=count(8), first=AS_OF, last=AS_OF
    ),
    "recurring-rows-excluded": alerted(
        "recurring-rows-excluded", rows=count(3), amount=money(30), reasons="overlap"
    ),
    "stray-cells": alerted("stray-cells", file="book.xlsx", cells=count(2), cell="XFD9"),
    "spend-credits": alerted("spend-credits", rows=count(2), amount=money(30)),
    "spend-rows-excluded": alerted(
        "spend-rows-excluded",
        rows=count(2),
        amount=money(30),
        share=Quantity(0.1, Unit.RATE),
        unread=count(0),
        reasons="date-not-a-date",
    ),
    "discounts-unused": alerted(
        "discounts-unused",
        column="Rabatt",
        rows=count(3),
        revenue=money(90),
        discount=money(9),
        amount="total",
    ),
    "thousands-assumed": alerted(
        "thousands-assumed", column="Total", example="1,234", role="decimal"
    ),
    "excel-serial-dates": alerted(
        "excel-serial-dates", column="Day", dates=count(3), example="45998", day=AS_OF
    ),
    "dates-half-turned": alerted(
        "dates-half-turned", column="Day", turned=count(4), count=count(2), example="17/05/2026"
    ),
    "later-state-counts": alerted(
        "later-state-counts", orders=count(2), kept=money(40), replaced=money(90)
    ),
    "equal-states-differ": alerted(
        "equal-states-differ", orders=count(2), kept=money(40), replaced=money(90)
    ),
    "rows-in-several-files": alerted(
        "rows-in-several-files", orders=count(2), revenue=money(40), other="may.csv"
    ),
    "negative-revenue": alerted("negative-revenue", revenue=money(-20)),
    "unknown-statuses": replace(CALM, inputs=(replace(ORDERS, statuses=UNKNOWN_WORDS),)),
    "doubtful-orders": replace(
        CALM,
        inputs=(replace(ORDERS, statuses=(replace(word("yes", "disputed"), orders=3),)),),
    ),
    "partial-refunds-unknown": replace(
        CALM,
        inputs=(replace(ORDERS, statuses=(word("Partly refunded", "partly-returned"),)),),
    ),
    **audit_reports.SPEAKS,
    **benchmark_reports.SPEAKS,
    **bonus_reports.SPEAKS,
    **check_reports.SPEAKS,
    **cohort_reports.SPEAKS,
    **experiment_reports.SPEAKS,
    **leaver_reports.SPEAKS,
    **prediction_reports.SPEAKS,
    **review_reports.SPEAKS,
    **risk_reports.SPEAKS,
    **scorecard_reports.SPEAKS,
    **segment_reports.SPEAKS,
    "few-leavers": replace(
        subscriptions(leavers=9),
        figures=replace(
            FIGURES, churn=Estimate(value=0.1, low=0.05, high=0.2, source=Source.MEASURED)
        ),
    ),
    "growth-hides-churn": subscriptions(young=100),
    "plans-mixed": subscriptions(billed={1: 190, 12: 10}),
    "scheduled-churn-not-counted": subscriptions(leaving=1, leaving_mrr=20.0),
    "renewals-not-fitted": subscriptions(unfitted="no customer churned"),
    "horizon-past-data": subscriptions(projected=60),
    "duration-dependence": subscriptions(duration=DRIFTS),
    "margin-assumed": figures(margin=estimate(0.4, Source.ASSUMED)),
    "cac-missing": figures(cac=None),
    "lifetime-beyond-data": evidence(months=9),
    "blended-churn": curve(cumulative=lambda n: 10.0 + n),
    "few-customers": figures(customers=estimate(29)),
    "few-months": replace(CALM, horizon=2, tables={}),
    "no-customer-revenue": evidence(no_customer_revenue=1.0),
    "last-month-partial": replace(CALM, as_of=date(2025, 12, 30)),
    "one-customer": evidence(largest_customer_revenue=2_001.0),
    "first-month-crowded": replace(
        evidence(new_customers={**MONTHS, date(2025, 1, 1): 60}, subscribers=SUBSCRIBERS), tables={}
    ),
    "churn-of-zero": figures(churn=estimate(0.1, Source.ASSUMED)),
    "payback-slow": replace(
        CALM, payback_verdict=replace(CALM.payback_verdict, grade=PaybackGrade.SLOW)
    ),
    "interval-spans-bands": verdict(low=2.9),
    "interval-unknown": replace(CALM, methods=(Valuation(method="observed", ltv=35.0),)),
    "retention-cost-left-out": replace(
        CALM,
        figures=replace(FIGURES, retention_cost=estimate(1, Source.GIVEN)),
        verdict=replace(CALM.verdict, method="basic"),
    ),
    "minor-units": figures(aov=estimate(0.51, Source.GIVEN)),
    "latest-date-isolated": evidence(last_gap_days=61),
    "rows-set-aside": replace(CALM, inputs=(replace(ORDERS, rows_read=1000, rows_used=899),)),
    "few-matched": together(by_id=9),
    "match-doubtful": together(by_id=90, contradicting=1, unclear=2),
    "cancelled-already": saas(leaving=Leaving(mrr=75.0, subscriptions=3)),
    "churn-threshold-limited": figures(lapse_after=estimate(365 / 30.436875)),
    "churn-threshold-sampled": evidence(lapse_sampled=True),
    **spend_reports.speaks(CALM),
    **whatif_reports.SPEAKS,
    "retention-rises": curve(active=lambda n: 0.8**n if n < 6 else 0.8**6 * 0.99 ** (n - 6)),
}


def ask(name: str, report: AnyReport) -> Finding | None:
    if FOLDERS[name] not in (report.kind, "every-report"):
        return None
    found: Finding | None = loaded(name).check(report)
    return found


def loaded(name: str) -> ModuleType:
    return registry.load(registry.load(checks, FOLDERS[name]), name)


def test_every_check_is_in_the_folder_of_its_topic() -> None:
    """A file beside the folders would never be asked; of two of one name, one would be hidden."""
    folders = [registry.load(checks, kind) for kind in registry.names(checks)]

    assert [one.__name__ for one in folders if not hasattr(one, "__path__")] == []
    assert len(FOLDERS) == sum(len(registry.names(one)) for one in folders)


def test_every_check_has_a_case() -> None:
    assert set(CHECKS) == set(SPEAKS)


@pytest.mark.parametrize("name", [name for name in CHECKS if FOLDERS[name] == "every-report"])
def test_checks_of_every_report_are_about_its_files(name: str) -> None:
    """So that no report without files asks them."""
    without_files: dict[str, Any] = {"inputs": (), "acquisition": None, "left_truncation": None}

    assert ask(name, replace(SPEAKS[name], **without_files)) is None


@pytest.mark.parametrize("name", CHECKS)
def test_no_statement_without_a_result(name: str) -> None:
    assert ask(name, CALM) is None


@pytest.mark.parametrize("name", CHECKS)
def test_only_this_check_finds_anything(name: str) -> None:
    assert [other for other in CHECKS if ask(other, SPEAKS[name])] == [name]


@pytest.mark.parametrize(
    "report", [leaver_reports.CALM, leaver_reports.DECIDED, leaver_reports.FORECAST]
)
@pytest.mark.parametrize("name", CHECKS)
def test_a_clean_board_has_no_findings(name: str, report: AnyReport) -> None:
    assert ask(name, report) is None


@pytest.mark.parametrize("name", CHECKS)
def test_a_clean_payroll_has_no_findings(name: str) -> None:
    assert ask(name, bonus_reports.CALM) is None


@pytest.mark.parametrize("name", CHECKS)
def test_a_clean_experiment_has_no_findings(name: str) -> None:
    assert ask(name, experiment_reports.CALM) is None


@pytest.mark.parametrize("name", CHECKS)
def test_a_record_that_holds_has_no_findings(name: str) -> None:
    assert ask(name, risk_reports.CALM) is None


def test_what_differed_before_is_named() -> None:
    balance = GroupCheck(check="balance", arm="mail", value=2.0, p=1e-4, passed=False)
    failed = replace(experiment_reports.CALM, effects=(), checks=(balance,))
    found = ask("not-comparable", failed)

    assert found is not None
    assert found.says.facts == {"arm": "mail"}


def test_shares_of_customers_have_no_roi() -> None:
    found = ask("worth-unknown", replace(experiment_reports.CALM, unit=Unit.RATE))

    assert found is not None
    assert found.says.facts == {"outcome": "spend"}


def test_rows_of_a_file_of_customers_are_not_missed() -> None:
    people = replace(ORDERS, kind="customers", rows_read=9_000, rows_used=10)

    assert ask("rows-set-aside", replace(CALM, inputs=(ORDERS, people))) is None


def test_rows_left_out_by_options_are_no_warning() -> None:
    asked = replace(
        ORDERS, rows_read=1000, rows_used=300, set_aside={"outside-period": 600, "after-as-of": 100}
    )
    also_ragged = replace(asked, rows_read=1050, set_aside={**asked.set_aside, "ragged": 50})

    assert ask("rows-set-aside", replace(CALM, inputs=(asked,))) is None
    found = ask("rows-set-aside", replace(CALM, inputs=(also_ragged,)))
    assert found is not None
    assert found.says.facts == {"share": Quantity(50 / 350, Unit.RATE), "rows": count(50)}


@pytest.mark.parametrize(
    ("guests", "by_email", "severity", "option"),
    [
        (30, 60, Severity.WARNING, '--map customer="billing_email"'),
        (1, 36, Severity.INFO, '--map customer="billing_email"'),
        (30, 20, Severity.WARNING, ""),
    ],
)
def test_an_address_is_offered_for_guests_where_no_revenue_is_lost(
    guests: float, by_email: float, severity: Severity, option: str
) -> None:
    report = SPEAKS["guests-with-email"]
    facts = dict(report.inputs[0].alerts["guests-with-email"])
    facts |= {"guest_revenue": money(guests), "revenue_by_email": money(by_email)}

    found = ask("guests-with-email", alerted("guests-with-email", **facts))

    assert found is not None
    assert (found.severity, found.option) == (severity, option)


def test_the_unknown_word_with_most_revenue_comes_first_with_what_to_type() -> None:
    found = ask(
        "unknown-statuses", replace(CALM, inputs=(replace(ORDERS, statuses=UNKNOWN_WORDS),))
    )

    assert found is not None
    assert found.option == """--exclude 'Order State=It'"'"'s odd'"""
    assert found.says.facts["word"] == "It's odd"
    assert found.says.facts["revenue"] == money(50)
    assert found.says.facts["others"] == "With the bank (3)"


def test_unknown_states_of_subscriptions_are_named_as_excluded() -> None:
    lost = replace(word("Lost", "unknown-status"), revenue=None)
    file = replace(ORDERS, kind="subscriptions", statuses=(lost,))

    found = ask("unknown-statuses", replace(CALM, inputs=(file,)))

    assert found is not None
    assert found.option == "--words Lost=cancelled"
    assert "excluded" in found.says.text


def test_facts_about_several_files_are_added_up() -> None:
    facts = {"orders": count(2), "excess": money(90)}
    files = [
        replace(ORDERS, path=path, alerts={"refunds-exceed-orders": facts})
        for path in ("june.csv", "july.csv")
    ]

    found = ask("refunds-exceed-orders", replace(CALM, inputs=tuple(files)))

    assert found is not None
    assert found.says.facts == {
        "file": "june.csv, july.csv", "orders": count(4), "excess": money(180),
    }  # fmt: skip


@pytest.mark.parametrize("name", CHECKS)
def test_a_finding_can_be_read_and_filled(name: str) -> None:
    module = loaded(name)
    found = ask(name, SPEAKS[name])

    assert found is not None
    assert found.check == name
    assert {part[1] for part in string.Formatter().parse(found.says.text)} - {None} == set(
        found.says.facts
    )
    assert type(module.ABOUT) is About
    assert module.ABOUT.label
    assert module.ABOUT.definition
    assert module.ABOUT.source
    assert list(inspect.signature(module.check).parameters) == ["report"]


@pytest.mark.parametrize("name", CHECKS)
def test_no_check_stumbles_over_what_is_unknown(name: str) -> None:
    bare = replace(
        CALM, as_of=None, horizon=None, given={}, figures=Figures(), methods=(), evidence=None,
        tables={}, verdict=replace(CALM.verdict, grade=Grade.UNKNOWN, low=None, high=None),
    )  # fmt: skip

    found = ask(name, bare)
    assert found is None or name == "cac-missing"


@pytest.fixture(scope="module")
def real_answers() -> list[Report]:
    return [
        answered(Settings(arpu=10, churn=0.05), None),
        answered(Settings(aov=10, frequency=2, lifespan=24), None),
        answered(Settings(), gathered(shop(31, 80))),
    ]


@pytest.mark.parametrize("name", CHECKS)
def test_no_check_stumbles_over_real_answers(name: str, real_answers: list[Report]) -> None:
    for report in real_answers:
        ask(name, report)


def answered(settings: Settings, facts: Any) -> Report:
    found = answer(settings, facts)
    return replace(
        CALM,
        as_of=facts.as_of if facts else None,
        horizon=found.horizon,
        figures=found.figures,
        methods=found.methods,
        verdict=found.verdict,
        payback_verdict=found.payback_verdict,
        tables=found.tables,
        evidence=EVIDENCE if facts else None,
    )


@pytest.mark.parametrize(("later", "usual"), [((2, 1, 2), 2), ((4, 9, 1, 2), 3)])
def test_the_usual_month_is_the_middle_one(later: tuple[int, ...], usual: float) -> None:
    new = {date(2025, month, 1): count for month, count in enumerate((60, *later), 1)}

    finding = ask("first-month-crowded", evidence(new_customers=new, subscribers=SUBSCRIBERS))

    assert finding is not None
    assert finding.says.facts["usual"] == Quantity(usual, Unit.COUNT)


@pytest.mark.parametrize(
    ("report", "name", "option"),
    [
        pytest.param(
            SPEAKS["first-month-crowded"], "first-month-crowded", "--new-since 2025-02-01",
            id="new customers are counted from the first ordinary month",
        ),
        pytest.param(
            evidence(
                new_customers={**MONTHS, date(2025, 1, 1): 90, date(2025, 2, 1): 40},
                subscribers=SUBSCRIBERS,
            ),
            "first-month-crowded", "--new-since 2025-03-01", id="a crowd may last two months",
        ),
        pytest.param(
            SPEAKS["latest-date-isolated"], "latest-date-isolated", "--to 2025-10-31",
            id="the date before the lonely one",
        ),
    ],
)  # fmt: skip
def test_the_option_that_answers_it(report: Report, name: str, option: str) -> None:
    found = ask(name, report)

    assert found is not None
    assert found.option == option


@pytest.mark.parametrize(
    ("revenue", "severity"), [(1_000.0, Severity.INFO), (1_100.0, Severity.WARNING)]
)
def test_much_revenue_without_customer_weighs_more(revenue: float, severity: Severity) -> None:
    found = ask("no-customer-revenue", evidence(no_customer_revenue=revenue))

    assert found is not None
    assert found.severity is severity
    share = found.says.facts["share"]
    assert isinstance(share, Quantity)
    assert share.value == revenue / (revenue + 20_000)


def test_subscribers_leaving_are_compared_with_a_month_of_money() -> None:
    found = ask("no-customer-revenue", evidence(no_customer_revenue=10.0, no_customer_beside=90.0))

    assert found is not None
    assert found.says.facts["share"] == Quantity(0.1, Unit.RATE)


@pytest.mark.parametrize(
    ("name", "calm"),
    [
        ("few-leavers", subscriptions(leavers=10)),
        ("growth-hides-churn", subscriptions(young=99)),
        ("plans-mixed", subscriptions(billed={1: 191, 12: 9})),
        ("plans-mixed", subscriptions(billed={12: 191, 1: 9})),
        ("plans-mixed", subscriptions(billed={})),
        ("horizon-past-data", subscriptions()),
        ("duration-dependence", subscriptions(duration=replace(DRIFTS, p=0.01))),
        ("duration-dependence", subscriptions(duration=replace(DRIFTS, full=0.309))),
    ],
)
def test_subscriptions_without_findings(name: str, calm: Report) -> None:
    assert ask(name, calm) is None


def test_zero_churn_names_the_observed_months() -> None:
    nobody = figures(churn=estimate(0.1, Source.ASSUMED))
    found = ask("churn-of-zero", replace(nobody, evidence=subscriptions().evidence))

    assert found is not None
    assert found.says.facts["months"] == Quantity(6, Unit.COUNT)


def test_blended_churn_gives_churn_by_age_and_the_share_of_new_customers() -> None:
    report = replace(SPEAKS["blended-churn"], evidence=subscriptions().evidence)
    found = ask("blended-churn", report)

    assert found is not None
    assert found.severity is Severity.WARNING
    assert found.says.facts["young"] == Quantity(0.12, Unit.RATE)
    assert found.says.facts["old"] == Quantity(0.04, Unit.RATE)
    assert found.says.facts["share"] == Quantity(0.3, Unit.RATE)


def test_where_churn_agrees_with_the_data_the_rest_is_what_nobody_saw() -> None:
    """10 a month at 40% and a churn of 10% are 40 in all, of which 0.9^12 comes after a year."""
    found = ask("blended-churn", replace(CALM, evidence=subscriptions().evidence))

    assert found is not None
    assert found.severity is Severity.INFO
    beyond = found.says.facts["beyond"]
    assert isinstance(beyond, Quantity)
    assert beyond.value == pytest.approx(40 * 0.9**12)


@pytest.mark.parametrize(("shape", "how"), [(1.3, "Churn rises"), (0.7, "Churn falls")])
def test_a_changing_churn_probability_shows_its_direction(shape: float, how: str) -> None:
    found = ask("duration-dependence", subscriptions(duration=replace(DRIFTS, shape=shape)))

    assert found is not None
    assert how in found.says.text
    assert found.says.facts["full"] == Quantity(0.28, Unit.RATE)
    assert found.says.facts["simple"] == Quantity(0.3, Unit.RATE)


@pytest.mark.parametrize("given", [0.5, 5_000.0])
def test_minor_units_are_seen_both_ways(given: float) -> None:
    assert ask("minor-units", figures(aov=estimate(given, Source.GIVEN))) is not None


@pytest.mark.parametrize("given", [5.0, 500.0, 49.0])
def test_another_order_value_is_no_mistake_of_units(given: float) -> None:
    assert ask("minor-units", figures(aov=estimate(given, Source.GIVEN))) is None


def test_a_retention_cost_is_named_in_money_where_it_can_be() -> None:
    found = ask("retention-cost-left-out", SPEAKS["retention-cost-left-out"])

    assert found is not None
    after = found.says.facts["after"]
    assert isinstance(after, Quantity)
    assert after.value == 34.0


@pytest.mark.parametrize(("mrr", "severity"), [(74.0, Severity.INFO), (75.0, Severity.WARNING)])
def test_much_mrr_that_is_cancelled_weighs_more(mrr: float, severity: Severity) -> None:
    found = ask("cancelled-already", saas(leaving=Leaving(mrr=mrr, subscriptions=3)))

    assert found is not None
    assert found.severity is severity
    assert found.says.facts["rest"] == Quantity(1500 - mrr, Unit.MONEY)


def test_nobody_leaving_is_not_worth_a_word() -> None:
    assert ask("cancelled-already", saas(leaving=Leaving(mrr=0.0, subscriptions=0))) is None
    assert ask("cancelled-already", saas(leaving=None)) is None


def test_matches_that_are_many_and_clear_are_not_worth_a_word() -> None:
    assert ask("few-matched", together(by_id=10)) is None
    assert ask("match-doubtful", together(by_id=10)) is None


def test_an_unclear_match_weighs_less_than_a_contradiction() -> None:
    found = ask("match-doubtful", together(by_id=10, unclear=2))

    assert found is not None
    assert found.severity is Severity.INFO


@pytest.mark.parametrize("header", ["Amount", "Percentage", "Accents", "minor", "recent total"])
def test_other_headers_of_amounts_do_not_mean_cents(header: str) -> None:
    report = replace(CALM, inputs=(replace(ORDERS, columns={"amount": header}),))

    assert ask("amounts-in-cents", report) is None


def test_thousands_are_certain_in_a_currency_without_decimals() -> None:
    report = SPEAKS["thousands-assumed"]

    assert ask("thousands-assumed", replace(report, currency="JPY")) is None
    assert ask("thousands-assumed", replace(report, currency="USD")) is not None
