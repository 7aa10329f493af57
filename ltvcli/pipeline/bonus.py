"""Pay that vests while customers stay: the steps of `ltv bonus`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltvcli import __version__
from ltvcli.errors import NoDealsError, NoFileError
from ltvcli.language import N_
from ltvcli.pipeline import load, report
from ltvcli.pipeline.kind_settings import without_roles
from ltvcli.pipeline.read_files import open_beside
from ltvcli.pipeline.steps import Step, unwatched
from ltvcli.results import InputFile, Quantity, Sentence
from ltvcli.results.bonus import BonusReport
from ltvcli.settings.bonus import BonusPlan
from ltvcli.settings.settings import Settings
from ltvcli.units import Unit

if TYPE_CHECKING:
    from ltvcli.facts.bonus import DealFacts, NpsFacts
    from ltvcli.pipeline.load import Files, Loaded
    from ltvcli.read.deals import DealsReading
    from ltvcli.read.files.sheet import Sheet

SETTINGS = (
    "as_of", "currency", "date_format", "encoding", "exclude", "from_", "lapse_after",
    "status_paid", "survey", "to",
)  # fmt: skip
"""Settings that change the answer."""
COMMISSION = {N_("the commission"): ("deal_commission",)}
OF_SUBSCRIPTIONS = (
    N_("active: pays on the day, or is past due"),
    N_("age from signing, or from the first paid day if later"),
)
OF_ORDERS = (
    N_("active: at most {lapse_after} since an order not refunded in full"),
    N_("age from signing, or from the first order if later"),
)
VERSION = N_("plan {version}")
CENTS = 2


def run(
    inputs: Sequence[Any],
    settings: Settings,
    deals: Sequence[Any],
    plan: BonusPlan,
    rejects: Path | None = None,
    step: Step = unwatched,
) -> BonusReport:
    """Pay the commission of won deals as far as their customers have stayed.

    Args:
        inputs: paths, globs, "-" or pandas data frames, of orders or of subscriptions.
        settings: what was given.
        deals: paths, globs or pandas data frames.
        plan: of pay.
        rejects: where to write the rows that were excluded.
        step: called with the name of each step as it begins.

    Raises:
        LtvError: the input cannot be used, or the data cannot answer.
    """
    from ltvcli.analyses.bonus import answer as bonus
    from ltvcli.read import rejects as excluded

    example = "subscriptions.csv --deals deals.csv"
    if not inputs:
        raise NoFileError(command="bonus", example=example)
    if not deals:
        raise NoDealsError(command="bonus", example=f"ltv bonus {example}")
    with load.opened(inputs, without_roles(settings, "deal", "survey"), step) as files:
        if len(files.kinds) > 1:
            from ltvcli.errors import TwoKindsError

            raise TwoKindsError(command="bonus")
        kind = next(iter(files.kinds))
        of_exports = without_roles(settings, "deal", "survey")
        deal_sheets = open_beside(deals, settings, files.temp, "deal")
        answer_sheets = _answers(files, settings, plan)
        further = (*deal_sheets, *answer_sheets)
        with load.load_kind(files, kind, of_exports, None, step, further=further) as loaded:
            place = len(loaded.every) - len(further)
            reading, facts = _facts(loaded, deal_sheets, settings, plan, place, step)
            nps, surveys = _nps(loaded, answer_sheets, settings, place + len(deal_sheets))
            if rejects:
                excluded.write(loaded.engine, loaded.every, rejects)
    step(N_("Computing pay"))
    currency = reading.currency or loaded.reading.currency
    answered = bonus.answer(facts, plan, loaded.reading.as_of.isoformat(), _digits(currency), nps)
    made = BonusReport(
        command="bonus",
        version=__version__,
        as_of=loaded.reading.as_of,
        currency=currency,
        inputs=(*loaded.reading.inputs, *reading.inputs, *surveys),
        given={
            **report.settings_of_kind(settings, SETTINGS, kind),
            "plan": plan.version,
        },
        says=answered.says,
        terms=_terms(loaded, plan),
        main="payroll",
        tables=answered.tables,
        deals=answered.deals,
        trust=answered.trust,
        strength=answered.strength,
        totals=answered.totals,
        weighted=plan.weight,
        without_commission=answered.without_commission,
        copies=reading.copies,
        mixed=answered.mixed,
        lapse_given=None if kind == "subscriptions" else settings.lapse_after is not None,
        nps_missing=plan.nps and nps is None,
    )
    return report.with_findings(settings, made)


def _facts(
    loaded: Loaded[Any],
    sheets: Sequence[Any],
    settings: Settings,
    plan: BonusPlan,
    place: int,
    step: Step,
) -> tuple[DealsReading, DealFacts]:
    """Read the deals into the engine of the exports, and look at their customers.

    Args:
        loaded: the exports.
        sheets: of deals, opened.
        settings: all settings.
        plan: of pay.
        place: number of the first sheet of deals.
        step: called with the name of each step.
    """
    from ltvcli.facts import bonus
    from ltvcli.read import deals as of_deals
    from ltvcli.read import emails
    from ltvcli.read.deals import refunds
    from ltvcli.read.files import open_files

    engine, as_of = loaded.engine, loaded.reading.as_of
    step(N_("Reading the deals"))
    try:
        reading = of_deals.load(sheets, settings, engine, as_of, COMMISSION, place)
    finally:
        open_files.check_unchanged(sheets)
    emails.add(engine, loaded.kind, loaded.sheets, loaded.settings.map, has_customers=True)
    of_deals.match(engine)
    lapse_after = None
    if loaded.kind == "orders":
        refunds.add(engine, loaded.reading.inputs)
        lapse_after = loaded.facts.lapse_after
    days = (bonus.TODAY, *(share.days for share in plan.schedule))
    return reading, bonus.gather(engine, as_of, days, lapse_after)


def _answers(files: Files, settings: Settings, plan: BonusPlan) -> Sequence[Sheet]:
    """Open the survey answers, if the plan shows NPS and there are any."""
    if not (plan.nps and settings.survey):
        return ()
    return open_beside(settings.survey, settings, files.temp, "survey")


def _nps(
    loaded: Loaded[Any], sheets: Sequence[Sheet], settings: Settings, place: int
) -> tuple[NpsFacts | None, tuple[InputFile, ...]]:
    """Read survey answers into the engine, and add them up; None without any.

    Args:
        loaded: the exports, with deals matched.
        sheets: of answers, opened.
        settings: all settings.
        place: number of the first sheet of answers.
    """
    if not sheets:
        return None, ()
    from ltvcli.facts import bonus
    from ltvcli.read import surveys

    as_of = loaded.reading.as_of
    asked = surveys.Asked(kind=loaded.kind, name=loaded.sheets[0].name, as_of=as_of)
    read = surveys.load(sheets, settings, loaded.engine, asked, "quarter", place)
    lapse_after = loaded.facts.lapse_after if loaded.kind == "orders" else None
    return bonus.answers(loaded.engine, as_of, lapse_after), read


def _terms(loaded: Loaded[Any], plan: BonusPlan) -> tuple[Sentence, ...]:
    texts, facts = OF_SUBSCRIPTIONS, {}
    if loaded.kind == "orders":
        texts = OF_ORDERS
        facts = {"lapse_after": Quantity(loaded.facts.lapse_after, Unit.MONTHS)}
    return Sentence(VERSION, {"version": plan.version}), *(Sentence(text, facts) for text in texts)


def _digits(currency: str | None) -> int:
    """Return the decimals of a currency; the most common number if it is unknown."""
    if currency is None:
        return CENTS
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))
