"""The saving of declining prospects, for the scorecard, as `ltv risk --declined` computes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from ltvcli.analyses.scorecard.sentences import DECLINED
from ltvcli.errors import CustomersForDeclinedError, UnansweredError
from ltvcli.language import N_
from ltvcli.pipeline import risk, risk_customers, risk_report, sharing
from ltvcli.pipeline.kind_settings import without_roles
from ltvcli.pipeline.steps import Step
from ltvcli.results import Fact, Finding, InputFile, Row, Sentence, Statement
from ltvcli.results.risk_record import Verdict
from ltvcli.settings.origins import override
from ltvcli.settings.settings import Settings

NOT_KNOWN = N_("{n} {n:prospect was|prospects were} declined; what that saved is not known: {why}")
WHY = {
    Verdict.COLUMN: N_("no model is better than the best single column"),
    Verdict.NOTHING: N_("nothing known about customers predicts who leaves"),
    Verdict.TOO_FEW: N_("too few customers left, or stayed, to learn from"),
}


class Declines(Struct, frozen=True, kw_only=True):
    """Declined prospects, and the saving.

    Attributes:
        inputs: files that were read for it.
        says: the sentence about it.
        rows: the table `saved`: of all, then by owner; amounts are None where they are not known.
        findings: of the analysis.
    """

    inputs: tuple[InputFile, ...]
    says: tuple[Statement, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()


def gather(
    inputs: Sequence[Any], settings: Settings, declined: Any, deals: Sequence[Any], step: Step
) -> Declines:
    """Compute the saving of declining, from customers similar to the declined prospects.

    Args:
        inputs: orders or subscriptions.
        settings: with the file of customers; without one, the deals are the customers.
        declined: a path or a pandas data frame.
        deals: paths or pandas data frames.
        step: called with the name of each step.

    Raises:
        RiskExtraError: scikit-learn is not installed.
        CustomersForDeclinedError: no file, or several, tell what was known of customers.
        InputError: a file cannot be used.
    """
    from ltvcli.analyses.risk import declined as declining
    from ltvcli.analyses.risk import models

    models.require("ltv scorecard --declined")
    customers, named = settings.customers, None
    if customers is None:
        if len(deals) != 1:
            raise CustomersForDeclinedError
        (customers,) = deals
        named = settings.map.get("deal_customer")
    exports = override(without_roles(settings, "deal", "survey"), by=(), survey=())
    refused = risk_customers.read(declined, exports, step, kind="declined")
    owners = declining.owners(refused.attributes)
    counted = Counter(owners.get(str(name), "") for name in refused.attributes.customers)
    try:
        with sharing.without_engines():
            report = risk.run(
                inputs,
                exports,
                risk_report.Question(),
                risk_report.Files(customers=customers, customer_column=named, declined=declined),
                step,
            )
    except UnansweredError as error:
        why = Sentence(error.problem, cast("dict[str, Fact]", error.facts))
        return _unknown(refused.input, counted, why)
    if report.declined is None:
        return _unknown(refused.input, counted, Sentence(WHY[report.verdict]))
    kinds = ("declined",) if settings.customers is None else ("customers", "declined")
    return Declines(
        inputs=tuple(file for file in report.inputs if file.kind in kinds),
        says=tuple(line for line in report.says if line.label == DECLINED),
        rows=report.tables["saved"],
        findings=report.findings,
    )


def _unknown(file: InputFile, counted: Mapping[str, int], why: Sentence) -> Declines:
    """Return the number of declined prospects if the saving is unknown."""
    total = sum(counted.values())
    by_owner = sorted(counted.items()) if set(counted) != {""} else []
    says = Sentence(NOT_KNOWN, {"n": total, "why": why})
    return Declines(
        inputs=(file,),
        says=(Statement(label=DECLINED, says=says),),
        rows=tuple(
            {"owner": owner, "declined": declined, "unknown": declined, **_NO_AMOUNTS}
            for owner, declined in [(None, total), *by_owner]
        ),
    )


_NO_AMOUNTS: Row = {
    "alike": 0,
    "alike_left": 0,
    **{
        f"{name}{end}": None
        for name in ("avoided", "forgone", "net_saved")
        for end in ("", "_low", "_high")
    },
}
