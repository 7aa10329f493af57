"""Arms that are not comparable, so that no effect is shown."""

from __future__ import annotations

from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Sentence, Severity
from ltvcli.results.experiment import ExperimentReport
from ltvcli.units import Unit

BALANCE, ASSIGNMENT_DAYS = "balance", "assignment-days"

ABOUT = About(
    label=N_("Not comparable"),
    definition=N_(
        "With random assignment, sizes this far from the plan, or a difference this large "
        "beforehand, occur once in 1,000 times. Customers were lost, or the assignment was not "
        "random."
    ),
    source="Fabijan et al. (2019), Diagnosing Sample Ratio Mismatch, KDD 2019",
)


def check(report: ExperimentReport) -> Finding | None:
    """Find arms whose size differs from the plan, or that differed before the start."""
    failed = next((check for check in report.checks if not check.passed), None)
    if failed is None:
        return None
    if failed.check == BALANCE:
        says = Sentence(
            N_(
                "“{arm}” differed from the control before the experiment began: check how it was "
                "assigned."
            ),
            {"arm": failed.arm},
        )
    elif failed.check == ASSIGNMENT_DAYS:
        says = Sentence(
            N_(
                "“{arm}” was assigned at another time than the control ({days} on average), so "
                "season and age differ, too: compare customers of the same days."
            ),
            {"arm": failed.arm, "days": _days(failed.value)},
        )
    else:
        sizes = ", ".join(f"{arm.name} {arm.customers:,}" for arm in report.arms)
        says = Sentence(
            N_(
                "Arm sizes differ from the plan ({sizes}): customers are missing, or were not "
                "assigned at random. If unequal sizes were planned, give --split for every arm."
            ),
            {"sizes": sizes},
        )
    return Finding(check="not-comparable", severity=Severity.ERROR, says=says)


def _days(value: float) -> Sentence:
    """Write by how many days an arm was assigned later."""
    if value > 0:
        return Sentence(N_("{n} {n:day|days} later"), {"n": Quantity(value, Unit.RATIO)})
    return Sentence(N_("{n} {n:day|days} earlier"), {"n": Quantity(-value, Unit.RATIO)})
