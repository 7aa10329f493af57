"""Findings about the files, from facts that reading them collected."""

from __future__ import annotations

from ltvcli.checks.every_report._names import first_few
from ltvcli.results import Fact, Finding, Quantity, Run, Sentence, Severity
from ltvcli.units import Unit

_ADDED = {Unit.COUNT, Unit.MONEY}


def finding(
    report: Run,
    check: str,
    text: str,
    *,
    severity: Severity = Severity.WARNING,
    option: str = "",
) -> Finding | None:
    """Return the finding of a check about the files.

    Args:
        report: of the run.
        check: name of the check.
        text: marked template of the sentence, with the facts of `combined`.
        severity: of the finding.
        option: that resolves it.

    Returns:
        None if reading collected no facts for the check.
    """
    facts = combined(report, check)
    if facts is None:
        return None
    return Finding(check=check, severity=severity, says=Sentence(text, facts), option=option)


def combined(report: Run, check: str) -> dict[str, Fact] | None:
    """Combine the facts of one check about several files; None if there are none.

    Counts and money are added up, and the names of the files are listed under `file`. Every other
    fact is that of the first file.
    """
    alerts = [(file.path, file.alerts[check]) for file in report.inputs if check in file.alerts]
    if not alerts:
        return None
    facts: dict[str, Fact] = {"file": first_few(list(dict.fromkeys(path for path, _ in alerts)))}
    for _, alert in alerts:
        for name, fact in alert.items():
            known = facts.get(name)
            if isinstance(known, Quantity) and isinstance(fact, Quantity) and fact.unit in _ADDED:
                facts[name] = Quantity(known.value + fact.value, fact.unit)
            else:
                facts.setdefault(name, fact)
    return facts
