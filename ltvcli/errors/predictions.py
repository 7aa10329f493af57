"""What cannot be predicted."""

from __future__ import annotations

from ltvcli.errors.kinds import UnansweredError
from ltvcli.language import N_


class TooFewToPredictError(UnansweredError):
    """A model of customers takes customers."""

    problem = N_("{customers} customers are too few to predict from; it takes at least {enough}.")
    hint = N_("Give a longer export; what they brought so far is in ltv calc.")


class TooShortToPredictError(UnansweredError):
    """So short a time shows neither how often customers order nor that they leave."""

    problem = N_(
        "The orders cover {days} days, too few to predict from; it takes at least {enough}."
    )
    hint = N_("Give a longer export; what customers brought so far is in ltv calc.")


class NobodyReturnsError(UnansweredError):
    """Predictions are of repeat orders, of which there are none or hardly any."""

    problem = N_(
        "Customers came back {repeats} times on a later day, too few to predict from; it takes at "
        "least {enough}."
    )
    hint = N_("Give a longer export; what they brought so far is in ltv calc.")


class HorizonPastPredictionError(UnansweredError):
    """A forecast was asked for over far more time than was ever seen."""

    problem = N_("--horizon of {asked} months is far past what {seen} months of data can say.")
    hint = N_("Shorten it to --horizon {longest}mo, or give a longer export.")
