"""Headers that vendors changed, and headers in the language of the user."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ltvcli.read.columns.header_lookup import day_key, recognise

pytestmark = pytest.mark.sampled

Load = Callable[..., Any]

PAYPAL = {
    "en": "Date,Time,TimeZone,Description,Currency,Gross,Fee,Net,Transaction ID,From Email Address,"
    "Reference Txn ID",
    "de": "Datum,Uhrzeit,Zeitzone,Typ,Währung,Brutto,Gebühr,Netto,Transaktionscode,"
    "Absender E-Mail-Adresse,Zugehöriger Transaktionscode",
    "fr": "Date,Heure,Fuseau horaire,Type,Devise,Avant commission,Commission,Net,"
    "Numéro de transaction,De l'adresse email,Numéro de la transaction de référence",
    "es": "Fecha,Hora,Zona horaria,Descripción,Divisa,Bruto,Comisión,Neto,Id. de transacción,"
    "Correo electrónico del remitente,Id. de referencia de trans.",
    "ja": "日付,時間,タイムゾーン,タイプ,通貨,合計,手数料,正味,取引ID,送信者メールアドレス,"
    "リファレンス トランザクションID",
}
PAYPAL_ROWS = """
2026-01-05,10:00:00,CET,Website,EUR,120.00,-4,116,P1,ann@example.org,
2026-01-20,10:00:00,CET,Express,EUR,80.00,-3,77,P2,ben@example.org,
2026-02-02,10:00:00,CET,Refund,EUR,-30.00,0,-30,P3,shop@example.org,P2
2026-02-03,10:00:00,CET,Payment to a supplier,EUR,-500.00,0,-500,P4,shop@example.org,
2026-02-04,10:00:00,CET,Something unknown,EUR,-60.00,0,-60,P5,,
2026-02-05,10:00:00,CET,Website,EUR,10.00,-1,9,P6,ann@example.org,
"""


@pytest.mark.parametrize("language", PAYPAL)
def test_paypal_in_every_language(load: Load, language: str) -> None:
    loaded = load(PAYPAL[language] + PAYPAL_ROWS)

    assert loaded.reading.inputs[0].profile == "paypal"
    assert (loaded.customers, loaded.counted, loaded.revenue) == (2, 3, Decimal(180))
    assert loaded.aside == {"not-a-sale": 2, "refund-folded": 1}
    assert loaded.reading.currency == "EUR"


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        pytest.param(
            '"Sales Record Number","Order Number","Buyer Username","Buyer Email",Sold For,'
            "Total Price,Sale Date,Paid On Date",
            '7,11-1,nils,,$9.00,$12.50,Sep-27-26,Sep-28-26\n'
            '8,11-2,olga,,"$1,000.00","$1,030.00",Oct-02-26,Oct-02-26\n'
            '9,11-3,nils,,$5.00,$5.00,Nov-01-26,\n3,record(s) downloaded,\n',
            id="English",
        ),
        pytest.param(
            "Verkaufsprotokollnummer;Bestellnummer;Nutzername des Käufers;Gesamtbetrag;Verkauft am",
            "7;11-1;nils;12,50 €;27-Sep-26\n8;11-2;olga;1.030,00 €;02-Okt-26\n"
            "9;11-3;nils;5,00 €;01-Mrz-26\n",
            id="German",
        ),
    ],
)  # fmt: skip
def test_ebay_orders(load: Load, header: str, rows: str) -> None:
    loaded = load(f"{header}\n{rows}")

    assert loaded.reading.inputs[0].profile == "ebay"
    assert (loaded.customers, loaded.counted, loaded.revenue) == (2, 3, Decimal("1047.50"))


@pytest.mark.parametrize(
    ("header", "profile", "kind"),
    [
        ("id,Created time (UTC),Amount,Amount Refunded,Currency", "stripe", "orders"),
        ("id,created at,Amount,Captured,Customer ID", "stripe", "orders"),
        ("Name,Email,Financial Status,Created date,Total", "shopify", "orders"),
        (
            "id,Customer ID,Status,Start date (UTC),Ended date (UTC),Amount,Interval",
            "stripe_subscriptions",
            "subscriptions",
        ),
    ],
)
def test_other_words_for_when_do_not_hide_a_known_export(
    header: str, profile: str, kind: str
) -> None:
    assert recognise(header.split(","), kind) == profile


@pytest.mark.parametrize("header", ["Refunded", "Amount Refunded", "Status", "Date", "Created"])
def test_a_header_without_a_time_is_never_shortened(header: str) -> None:
    assert day_key(header) is None


def test_stripe_payments_with_the_headers_of_today(load: Load) -> None:
    loaded = load(
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,"
        "Refunded date (UTC)\n"
        "ch_1,2026-05-01 08:00:00,70.00,20.00,eur,Refunded,cus_a,2026-05-03 08:00:00\n"
        "ch_2,2026-05-02 08:00:00,30.00,0.00,eur,Paid,cus_b,\n"
    )

    assert loaded.reading.inputs[0].columns["refund"] == "Amount Refunded"
    assert (loaded.customers, loaded.revenue) == (2, Decimal(80))
