"""Facts that reading the files found, for the checks that warn about them."""

from __future__ import annotations

from ltvcli.checks.any._names import first_few
from ltvcli.results import Fact, Quantity, Run
from ltvcli.units import Unit

_ADDED = {Unit.COUNT, Unit.MONEY}


def combined(report: Run, check: str) -> dict[str, Fact] | None:
    """Combine the facts that one check has about several files; None if there are none.

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
