"""Titles of the tables of `ltv risk`, and the meaning of their columns, words and figures."""

from __future__ import annotations

from ltvcli.analyses.risk.rates import BLANK, RARE
from ltvcli.language import N_
from ltvcli.results.risk import Word
from ltvcli.results.today import Standing
from ltvcli.units import Unit

TITLES = {
    "customers": N_("Whom to call, by value at stake"),
    "next_products": N_("Next product within 90 days of a first order (95% CI)"),
    "next_products_record": N_("Suggestions from data up to an earlier day (95% CI)"),
    "offers": N_("What to offer next"),
    "expansion": N_("Who is likely to move up"),
    "expansion_record": N_("Record of moving up on a later day (95% CI)"),
    "expansion_rates": N_("Rates by column (95% CI)"),
    "today": N_("Today's customers, by value at stake (95% CI)"),
    "snapshot": N_("Customers who have not left, by chance of leaving (95% CI)"),
    "customers_record": N_("Record of today's scores on a later day (95% CI)"),
    "customers_calibration": N_("Calibration of today's scores: forecast and actual (95% CI)"),
    "customers_rates": N_("Rates by column, of the last 90 days (95% CI)"),
    "record": N_("Record on customers it was not trained on (95% CI)"),
    "calibration": N_("Calibration: forecast and actual (95% CI)"),
    "prospects": N_("Prospects (95% CI)"),
    "saved": N_("What declining saved (95% CI)"),
    "declined": N_("Declined prospects (95% CI)"),
    "rates": N_("Rates by column (95% CI)"),
    "columns": N_("Columns"),
    "behaviour": N_("Early behaviour beside what was known at signing (95% CI)"),
    "early_events": N_("Events in the first 14 days (95% CI)"),
}
COLUMNS = {
    "customers": {
        "customer": (N_("Customer"), Unit.TEXT),
        "at_stake": (N_("At stake"), Unit.MONEY),
        "chance": (N_("Chance of leaving"), Unit.RATE),
        "silence": (N_("Days silent"), Unit.COUNT),
        "usual_gap": (N_("Usual gap"), Unit.COUNT),
        "reasons": (N_("For and against"), Unit.TEXT),
        "arm": (N_("Arm"), Unit.TEXT),
        "assigned": (N_("Owner"), Unit.TEXT),
        "due": (N_("Call by"), Unit.TEXT),
    },
    "next_products": {
        "product": (N_("First order with"), Unit.TEXT),
        "next": (N_("Next product"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "bought": (N_("Bought it"), Unit.COUNT),
        "share": (N_("Share who bought"), Unit.RATE),
        "usual": (N_("Otherwise"), Unit.RATE),
        "lift": (N_("Lift"), Unit.RATIO),
        "p_shown": (N_("p (Holm)"), Unit.TEXT),
        "offers": (N_("To offer"), Unit.COUNT),
    },
    "next_products_record": {
        "cutoff": (N_("Cut-off"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "top": (N_("Top tenth"), Unit.COUNT),
        "bought": (N_("Bought it"), Unit.COUNT),
        "expected": (N_("By chance"), Unit.RATIO),
        "lift_top_tenth": (N_("Lift of the top tenth"), Unit.RATIO),
    },
    "offers": {
        "customer": (N_("Customer"), Unit.TEXT),
        "product": (N_("Product"), Unit.TEXT),
        "next": (N_("Next product"), Unit.TEXT),
        "chance": (N_("Share who bought"), Unit.RATE),
    },
    "expansion": {
        "customer": (N_("Customer"), Unit.TEXT),
        "chance": (N_("Chance of moving up"), Unit.RATE),
        "spent": (N_("Spends now"), Unit.MONEY),
        "because": (N_("For and against"), Unit.TEXT),
    },
    "prospects": {
        "prospect": (N_("Prospect"), Unit.TEXT),
        "word": (N_("Mismatch"), Unit.TEXT),
        "chance": (N_("Chance of leaving"), Unit.RATE),
        "multiple": (N_("Times the usual"), Unit.RATIO),
        "expected": (N_("Expected after CAC"), Unit.MONEY),
        "because": (N_("For and against"), Unit.TEXT),
        "similar": (N_("Alike"), Unit.TEXT),
    },
    "today": {
        "customer": (N_("Customer"), Unit.TEXT),
        "level": (N_("Risk"), Unit.TEXT),
        "at_stake": (N_("At stake"), Unit.MONEY),
        "chance": (N_("Chance of leaving"), Unit.RATE),
        "multiple": (N_("Times the usual"), Unit.RATIO),
        "reasons": (N_("For and against"), Unit.TEXT),
    },
    "record": {
        "cutoff": (N_("Cut-off"), Unit.TEXT),
        "model": (N_("Model"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "auc": (N_("AUC"), Unit.RATIO),
        "brier": (N_("Brier"), Unit.TEXT),
        "skill": (N_("Skill"), Unit.RATE),
        "slope": (N_("Calibration slope"), Unit.RATIO),
        "lift_top_tenth": (N_("Lift of the top tenth"), Unit.RATIO),
        "chosen": (N_("Chosen"), Unit.TEXT),
    },
    "calibration": {
        "bin": (N_("Bin"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "said": (N_("Forecast"), Unit.RATE),
        "came": (N_("Actual"), Unit.RATE),
    },
    "saved": {
        "owner": (N_("Owner"), Unit.TEXT),
        "declined": (N_("Declined"), Unit.COUNT),
        "unknown": (N_("Unknown"), Unit.COUNT),
        "avoided": (N_("Avoided loss"), Unit.MONEY),
        "forgone": (N_("Forgone profit"), Unit.MONEY),
        "net_saved": (N_("Net saved"), Unit.MONEY),
        "similar": (N_("Alike"), Unit.TEXT),
    },
    "declined": {
        "prospect": (N_("Prospect"), Unit.TEXT),
        "owner": (N_("Owner"), Unit.TEXT),
        "chance": (N_("Chance of leaving"), Unit.RATE),
        "expected": (N_("Expected after CAC"), Unit.MONEY),
        "saved": (N_("Saved"), Unit.MONEY),
        "similar": (N_("Alike"), Unit.TEXT),
    },
    "rates": {
        "column": (N_("Column"), Unit.TEXT),
        "group": (N_("Group"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "rate": (N_("Share who left"), Unit.RATE),
    },
    "columns": {
        "column": (N_("Column"), Unit.TEXT),
        "auc": (N_("AUC alone"), Unit.RATIO),
        "because": (N_("Not used because"), Unit.TEXT),
    },
    "behaviour": {
        "days": (N_("First days"), Unit.COUNT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left": (N_("Left"), Unit.COUNT),
        "auc_at_signing": (N_("AUC at signing"), Unit.RATIO),
        "auc_with_behaviour": (N_("AUC with behaviour"), Unit.RATIO),
        "difference": (N_("Difference of AUC"), Unit.DIFFERENCE),
        "adds_word": (N_("Adds"), Unit.TEXT),
    },
    "early_events": {
        "event": (N_("Event"), Unit.TEXT),
        "customers": (N_("Customers"), Unit.COUNT),
        "left_did": (N_("Share who left"), Unit.RATE),
        "left_did_not": (N_("Share of others who left"), Unit.RATE),
    },
}
WORDS = {
    Word.HIGH: N_("high"),
    Word.WATCH: N_("watch"),
    Word.FIT: N_("fit"),
    Word.UNKNOWN: N_("unknown: nobody like this was a customer"),
}
STANDINGS = {
    Standing.HIGH: N_("high"),
    Standing.WATCH: N_("watch"),
    Standing.LOW: N_("low"),
    Standing.UNKNOWN: WORDS[Word.UNKNOWN],
}
COLUMNS["snapshot"] = COLUMNS["today"]
COLUMNS["customers_record"] = COLUMNS["record"]
COLUMNS["customers_calibration"] = COLUMNS["calibration"]
COLUMNS["customers_rates"] = COLUMNS["rates"]
COLUMNS["expansion_record"] = {
    "moved_up" if key == "left" else key: (N_("Moved up"), Unit.COUNT)
    if key == "left"
    else labelled
    for key, labelled in COLUMNS["record"].items()
}
COLUMNS["expansion_rates"] = {
    "column": (N_("Column"), Unit.TEXT),
    "group": (N_("Group"), Unit.TEXT),
    "customers": (N_("Customers"), Unit.COUNT),
    "moved_up": (N_("Moved up"), Unit.COUNT),
    "rate": (N_("Share who moved up"), Unit.RATE),
}
GROUPS = {BLANK: N_("(blank)"), RARE: N_("(rare)")}
DEFINITIONS = {
    N_("AUC"): N_(
        "Probability that of a customer who left and one who stayed, the one who left had the "
        "higher chance. 0.5 is chance, 1 is perfect."
    ),
    N_("Skill"): N_(
        "Share of the squared error (Brier score) of the base rate that a model saves. 0% is no "
        "better than saying the same of everybody."
    ),
    N_("Calibration slope"): N_(
        "1 if the stated probabilities match the outcomes; below 1 if they are too extreme, above "
        "1 if too timid."
    ),
    N_("Prospects"): N_(
        "high: the expected contribution after CAC is below 0 with a probability above 80%; fit: "
        "above 0 with such a probability; watch: undecided; unknown: no past customer was like it. "
        "Expected is the mean of the 50 past customers who are most alike, weighted by the chance."
    ),
    N_("Today's customers"): N_(
        "high: the whole interval of the chance lies above the rate of all; low: below it; watch: "
        "undecided; unknown: no past customer was like it. The interval is what the 80 customers "
        "with the nearest chances did, on whom the model was not trained. At stake is the chance "
        "times what the customer would bring in 90 days otherwise."
    ),
    N_("Net saved"): N_(
        "Declining saves what a prospect was expected to bring less the CAC still to spend, with "
        "the sign turned: avoided losses less forgone profit. CAC already spent is sunk. Those "
        "who were declined have no outcome: it rests on customers like them who were accepted."
    ),
    N_("Early behaviour"): N_(
        "What customers did in their first days, by a log of events: how many events, on how many "
        "days, how long ago. It adds if the same logistic regression predicts better with it than "
        "without which later customers left. Customers who had left, or ordered again, within "
        "these days are left out: their outcome was known. That an event goes with staying does "
        "not mean that it makes customers stay."
    ),
    N_("Lift of the top tenth"): N_(
        "How many times as often the tenth of customers with the highest chances left as all."
    ),
}
BELOW = {
    N_("Left"): N_("Below CAC"),
    N_("Chance of leaving"): N_("Chance below CAC"),
    N_("Share who left"): N_("Share below CAC"),
}
"""Labels about who left, and the same of customers whose contribution stayed below CAC."""
