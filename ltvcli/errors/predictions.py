"""What cannot be predicted."""

from __future__ import annotations

from ltvcli.errors.kinds import UnansweredError
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


class NobodyReturnsError(UnansweredError):
    """Predictions are of repeat orders, of which there are none or hardly any."""

    problem = N_(
        "The data has {repeats} repeat {repeats:order|orders}, too few for a forecast; at least "
        "{enough} are required."
    )
    hint = N_("Give a longer export. For their value to date, see ltv calc.")


class HorizonPastPredictionError(UnansweredError):
    """A forecast was asked for over far more time than was ever seen."""

    problem = N_("--horizon of {asked} {asked:month|months} is too far for {seen} months of data.")
    hint = N_("Shorten it to --horizon {longest}mo, or give a longer export.")
