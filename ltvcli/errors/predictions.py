"""Forecasts that are impossible."""

from __future__ import annotations

from ltvcli.errors.kinds import UnansweredError, UsageError
from ltvcli.language import N_


class TooFewToPredictError(UnansweredError):
    """A model of customers takes customers."""

    problem = N_(
        "{customers} {customers:customer is|customers are} too few for a forecast; at least "
        "{enough} are required."
    )
    hint = N_("Give a longer export. For their value to date, see ltv calc.")


class TooShortToPredictError(UnansweredError):
    """So short a time shows neither how often customers order nor that they leave."""

    problem = N_(
        "The orders cover {days} {days:day|days}, too few for a forecast; at least {enough} are "
        "required."
    )
    hint = N_("Give a longer export. For the value of customers to date, see ltv calc.")


class NewCustomersUnvaluedError(UnansweredError):
    """--new-customers without data on the value of a new customer."""

    problem = N_("The data does not show what a new customer brings, so {asked} is not answered.")
    hint = N_("Leave out {asked}, or give a longer export.")


class NoLastYearError(UnansweredError):
    """New customers of last year were asked for, and the data does not have all of them."""

    problem = N_(
        "--new-customers last-year takes the new customers of the last {enough} days, and the "
        "orders cover {days}."
    )
    hint = N_("Give a longer export, or new customers per month: --new-customers {usual}")


class LastYearTruncatedError(UnansweredError):
    """The new customers of last year hold customers who were acquired before the data begins."""

    problem = N_(
        "--new-customers last-year counts from {first}, but of the customers before {since} about "
        "{extra} seem new only because the data begins there."
    )
    hint = N_("Give a longer export, or new customers per month: --new-customers {usual}")


class TooFewMonthsToPredictError(UnansweredError):
    """So short a time does not show how fast customers of subscriptions leave."""

    problem = N_(
        "The subscriptions cover {months} {months:month|months}, too few for a forecast; at least "
        "{enough} are required."
    )
    hint = N_("Give a longer export. For the value of customers to date, see ltv calc.")


class NobodyPaysError(UnansweredError):
    """Every customer has left, so there is no future revenue."""

    problem = N_("No customer pays at the end of {as_of}, so there is nothing to forecast.")
    hint = N_("ltv cohorts shows what customers brought; --as-of sets the cut-off date.")


class UndatedForecastError(UnansweredError):
    """Lifetimes are known, but not when customers left."""

    problem = N_(
        "The file shows how long customers stayed, but not when they started and left, so no "
        "forecast can be tested."
    )
    hint = N_(
        "Name the columns of the first and last day: --map start=COLUMN --map end=COLUMN; ltv "
        "calc --horizon 24mo projects renewals untested."
    )


class CustomersOfSubscriptionsError(UsageError):
    """A file of single customers was asked for of subscriptions."""

    problem = N_("{path}: ltv predict has no forecast of single customers of subscriptions.")
    hint = N_("Write the tables instead: --format csv --out {csv} --table cohorts")


class NobodyReturnsError(UnansweredError):
    """There are no or hardly any repeat orders to forecast."""

    problem = N_(
        "The data has {repeats} repeat {repeats:order|orders}, too few for a forecast; at least "
        "{enough} are required."
    )
    hint = N_("Give a longer export. For their value to date, see ltv calc.")


class HorizonPastPredictionError(UnansweredError):
    """The horizon is far longer than the history."""

    problem = N_(
        "--horizon of {asked} {asked:month|months} is too far for {seen} {seen:month|months} of "
        "data."
    )
    hint = N_("Shorten it to --horizon {longest}mo, or give a longer export.")
