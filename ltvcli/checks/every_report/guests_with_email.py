"""Orders without a customer ID that have an e-mail address."""

from __future__ import annotations

from ltvcli.checks.every_report._alerts import combined
from ltvcli.language import N_
from ltvcli.results import About, Finding, Quantity, Run, Sentence, Severity

ABOUT = About(
    label=N_("Guests with an e-mail address"),
    definition=N_(
        "Guests have no customer ID, so their orders are excluded; the e-mail address can "
        "identify them instead."
    ),
    source="Consistency of the input",
    pitfalls=N_("By e-mail address, orders without an address are excluded instead."),
)

MUCH = 0.05


def check(report: Run) -> Finding | None:
    """Find guests who could be identified by e-mail address, and the effect of that."""
    facts = combined(report, "guests-with-email")
    if facts is None:
        return None
    by_id, by_email = _value(facts["revenue_by_id"]), _value(facts["revenue_by_email"])
    guests = _value(facts["guest_revenue"])
    flag = f'--map customer="{facts["email"]}"' if by_email >= by_id else ""
    text = N_(
        "{file}: {guest_orders} {guest_orders:order|orders} of {guest_revenue} "
        "{guest_orders:has|have} no “{id}” but an e-mail address. By “{email}” there are "
        "{customers_by_email} {customers_by_email:customer|customers} and {revenue_by_email} in "
        "revenue, by ID {customers_by_id} and {revenue_by_id}."
    )
    offer = N_(
        "{file}: {guest_orders} {guest_orders:order|orders} of {guest_revenue} "
        "{guest_orders:has|have} no “{id}” but an e-mail address. By “{email}” there are "
        "{customers_by_email} {customers_by_email:customer|customers} and {revenue_by_email} in "
        "revenue, by ID {customers_by_id} and {revenue_by_id}: {flag}."
    )
    return Finding(
        check="guests-with-email",
        severity=Severity.WARNING if guests > MUCH * (by_id + guests) else Severity.INFO,
        says=Sentence(offer, facts | {"flag": flag}) if flag else Sentence(text, facts),
        option=flag,
    )


def _value(fact: object) -> float:
    return fact.value if isinstance(fact, Quantity) else 0.0
