"""IDs and e-mail addresses of the same file that identify different customers."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Run, Sentence, Severity

ABOUT = About(
    label=N_("IDs and e-mails differ"),
    definition=N_(
        "Many e-mail addresses have several customer IDs, or IDs several addresses. Shops give a "
        "new ID to guests, to a second account or after a change of system, so a customer who "
        "orders again looks new."
    ),
    formula="repeat rate = customers with 2 or more orders / customers",
    source="Rule of thumb: more than 1% of the addresses, or more than 5% of the IDs",
    pitfalls=N_("People who share an address, such as that of a company, count as one customer."),
)


def check(report: Run) -> Finding | None:
    """Find IDs that disagree with the e-mail addresses of the same file."""
    facts = combined(report, "ids-and-emails-differ")
    if facts is None:
        return None
    flag = f'--map customer="{facts["email"]}"'
    return Finding(
        check="ids-and-emails-differ",
        severity=Severity.WARNING,
        says=Sentence(
            N_(
                "{file}: {emails} e-mail addresses have several IDs in “{id}”, {ids} IDs several "
                "addresses. By ID, {repeat_by_id} of {customers_by_id} "
                "{customers_by_id:customer|customers} ordered again; by “{email}”, "
                "{repeat_by_email} of {customers_by_email}: {flag}."
            ),
            facts | {"flag": flag},
        ),
        option=flag,
    )
