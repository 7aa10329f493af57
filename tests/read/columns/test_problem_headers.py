"""Headers of columns that are filled or set only where something went wrong."""

from __future__ import annotations

import pytest

from ltvcli.read.columns import statuses


@pytest.mark.parametrize(
    ("header", "kind", "meaning"),
    [
        ("Reason for the refund", "date", "refund-noted"),
        ("item_return_note_id", None, None),
        ("RefundReasonCode", "date", "refund-noted"),
        ("return_comment", "date", "refund-noted"),
        ("Rücksendegrund", "date", "refund-noted"),
        ("Motif du retour", "date", "refund-noted"),
        ("Motivo del reembolso", "date", "refund-noted"),
        ("払い戻し事由", "date", "refund-noted"),
        ("Has been disputed", "flag", "disputed"),
        ("dispute_opened_on", "date", "disputed"),
        ("異議申立日", "date", "disputed"),
        ("Rückbuchungsgrund", "date", "returned"),
        ("chargeback reference", "date", "returned"),
        ("Was Fraud?", "flag", "suspected-fraud"),
        ("不正利用フラグ", "flag", "suspected-fraud"),
        ("Voiding reason", "date", "cancelled"),
        ("Cancellation comment", "date", "cancellation-noted"),
        ("Chargeback value", "date", "refund-noted"),
        ("Return customer", None, None),
        ("Cancellation policy", None, None),
        ("Return by", None, None),
        ("Fraud score", None, None),
        ("Order notes", None, None),
        ("Refundable", None, None),
        ("Returning", None, None),
        ("Date", None, None),
    ],
)
def test_a_header_is_read_by_what_it_is_made_of(
    header: str, kind: str | None, meaning: str | None
) -> None:
    status = statuses.column(header)

    assert (status and status.kind, status and status.meaning) == (kind, meaning)
