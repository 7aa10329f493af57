"""The answer of `ltv mrr`: recurring revenue now, its movements, and retention."""

from __future__ import annotations

from collections.abc import Iterator

from ltvcli.language import N_
from ltvcli.pages import mrr
from ltvcli.results import AnswerLine, Fact, Quantity, Sentence
from ltvcli.results.mrr import Month, MrrReport
from ltvcli.units import Unit


def answer(report: MrrReport) -> Iterator[AnswerLine]:
    """Return MRR and its customers, the change of the last month, and its rates."""
    if not report.months:
        yield AnswerLine(label=Sentence(N_("MRR")), says=Sentence(N_("no month to show")))
        return
    last = report.months[-1]
    yield AnswerLine(label=Sentence(N_("MRR")), says=_now(last))
    yield AnswerLine(label=Sentence(N_("Movements")), says=_change(last))
    rated = next((month for month in reversed(report.months) if month.nrr is not None), None)
    if rated is not None:
        yield AnswerLine(label=Sentence(N_("Retention")), says=_rates(rated))


def _now(last: Month) -> Sentence:
    facts: dict[str, Fact] = {
        "mrr": Quantity(last.closing, Unit.MONEY),
        "n": Quantity(last.customers_closing, Unit.COUNT),
    }
    if last.arpu is not None:
        facts["arpu"] = Quantity(last.arpu, Unit.MONEY)
    text = {
        0: N_("{mrr} from no paying customers"),
        1: N_("{mrr} from 1 paying customer"),
    }.get(
        last.customers_closing,
        N_("{mrr} from {n} paying customers, {arpu} each"),
    )
    return Sentence(text, facts)


def _change(last: Month) -> Sentence:
    facts: dict[str, Fact] = {
        "month": mrr.month_name(last.month),
        "new": Quantity(last.new + last.expansion + last.reactivation, Unit.MONEY),
        "lost": Quantity(last.contraction + last.churn, Unit.MONEY),
    }
    text = N_("in {month}: {new} gained, {lost} lost")
    if not last.complete:
        text = N_("in {month} so far: {new} gained, {lost} lost")
    return Sentence(text, facts)


def _rates(month: Month) -> Sentence:
    facts: dict[str, Fact] = {
        "month": mrr.month_name(month.month),
        "nrr": _rate(month.nrr),
        "grr": _rate(month.grr),
        "churn": _rate(month.logo_churn),
    }
    return Sentence(N_("in {month}: NRR {nrr}, GRR {grr}, customer churn {churn}"), facts)


def _rate(value: float | None) -> Fact:
    return "–" if value is None else Quantity(value, Unit.RATE)
