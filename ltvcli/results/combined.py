"""The combined report of orders and subscriptions of the same customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from msgspec import Struct

from ltvcli.results.reports import Report, Run


class Matching(Struct, frozen=True, kw_only=True):
    """How customers of orders and of subscriptions were matched.

    `by_id` have the same ID, `by_email` only the same e-mail. `unclear` customers share an e-mail
    with several customers of the other source, so that none was matched by it. `contradicting` have
    the same ID, but different e-mails. `order_emails` and
    `subscription_emails` count the customers with a known e-mail.
    """

    by_id: int
    by_email: int
    order_customers: int
    subscription_customers: int
    order_emails: int
    subscription_emails: int
    unclear: int
    contradicting: int


class CombinedReport(Run, frozen=True, kw_only=True):
    """Both full reports and, in `tables`, the combined revenue of customers to date."""

    kind: ClassVar[Literal["combined"]] = "combined"
    orders: Report
    subscriptions: Report
    matched: Matching
    tables: Mapping[str, tuple[Mapping[str, float | int | str | None], ...]]
