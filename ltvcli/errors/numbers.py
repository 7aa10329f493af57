"""Figures that cannot be computed, or miss a threshold."""

from __future__ import annotations

from ltvcli.errors.kinds import LtvError, UnansweredError, UsageError
from ltvcli.language import N_


class NoRatioError(UnansweredError):
    """--fail-under was asked for, but there is no LTV/CAC to compare with it."""

    problem = N_("--fail-under needs an LTV/CAC, which cannot be computed: {because}.")
    hint = N_("Add --cac, or leave out --fail-under.")


class RatioBelowError(LtvError):
    """LTV/CAC is below the limit of --fail-under."""

    exit_code = 1
    problem = N_("LTV/CAC is {ratio}, below the {least} of --fail-under.")
    hint = N_("ltv whatif shows what changes it most and what is needed to reach {least}.")


class LowEndBelowError(RatioBelowError):
    """The low end of the interval of LTV/CAC is below the limit of --fail-under."""

    problem = N_("The low end of LTV/CAC is {ratio}, below the {least} of --fail-under (--strict).")


class UpperBoundOnlyError(UnansweredError):
    """LTV/CAC reaches the limit of --fail-under on revenue only: no margin is known."""

    problem = N_(
        "LTV/CAC is at most {ratio} (no margin is known), so --fail-under {least} cannot be "
        "checked."
    )
    hint = N_("Add --margin, or leave out --fail-under.")


class EndlessLifeError(UsageError):
    """A churn of zero without a discount: lifetime and value have no upper bound."""

    problem = N_("With a churn of 0%, no customer ever leaves and the lifetime value is infinite.")
    hint = N_("Give a lifespan instead (--lifespan 24mo), or add --discount 10%.")


class NothingToDiscountError(UsageError):
    """A discount rate was given, but no given number spreads over months."""

    problem = N_("--discount cannot be applied: {given} does not give monthly values.")
    hint = N_("Leave out --discount, or give --arpu and --churn instead.")


class NotWholeMonthsError(UsageError):
    """A horizon that is not a whole number of months, at least one."""

    problem = N_("--horizon must be a whole number of months, 1 or more.")
    hint = N_("Write it as --horizon {months}mo.")


class HorizonPastDataError(UnansweredError):
    """More months were asked for than enough customers were observed."""

    problem = N_(
        "--horizon of {asked} {asked:month|months} exceeds the data: only {longest} "
        "{longest:month|months} were observed for {customers} {customers:customer|customers} or "
        "more."
    )
    hint = N_("Leave out --horizon, or shorten it to --horizon {longest}mo.")


class NoMonthObservedError(UnansweredError):
    """A horizon was asked for, but hardly a customer was observed for one whole month."""

    problem = N_("No customer was observed for a full month, so --horizon cannot be applied.")
    hint = N_("Leave out --horizon, or give a longer export.")


class TooManyCohortsError(UnansweredError):
    """Cohorts over so many years, or watched for so long, that their table fits no memory."""

    problem = N_(
        "{cohorts} {cohorts:cohort|cohorts} over {months} {months:month|months} are too many for "
        "one table."
    )
    hint = N_("Add --by quarter, or exclude old orders with --from 2015-01-01.")


class FitFailedError(UnansweredError):
    """A model has no best fit to this data, or the search for it did not converge."""

    problem = N_("The {model} model cannot be fitted: {because}.")
    hint = N_("Use the observed figures, which need no model, or add months of data.")
