"""Stripe and Shopify exports with values, or a header row, in German, French, Spanish, Japanese."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ltvcli.errors import AmbiguousColumnError
from tests import effort

Load = Callable[..., Any]

VALUES: dict[str, tuple[str, list[str], list[str], list[str], str]] = {
    "de": (
        ";",
        ["1.234,50", "80,00", "60,25"],
        ["05.01.2025", "17.02.2025", "28.03.2025"],
        ["Bezahlt", "Storniert", "Teilweise erstattet"],
        "10,25",
    ),
    "de, month names": (
        ";",
        ["1.234,50 €", "80,00 €", "60,25 €"],
        ["5. Jan. 2025 13:20", "17. Februar 2025 09:10", "28. März 2025 22:05"],
        ["bezahlt", "fehlgeschlagen", "bezahlt"],
        "10,25 €",
    ),
    "fr": (
        ";",
        ["1 234,50", "80,00", "60,25"],
        ["05/01/2025 13:20", "17/02/2025 09:10", "28/03/2025 22:05"],
        ["Payé", "En attente", "Partiellement remboursé"],
        "10,25",
    ),
    "fr, month names": (
        ";",
        ["1\u202f234,50", "80,00", "60,25"],
        ["5 janv. 2025", "17 févr. 2025", "28 mars 2025"],
        ["Réussi", "Échoué", "Réussi"],
        "10,25",
    ),
    "es": (
        ";",
        ["1.234,50", "80,00", "60,25"],
        ["5/1/2025", "17/2/2025", "28/3/2025"],
        ["Pagado", "Anulado", "Parcialmente reembolsado"],
        "10,25",
    ),
    "es, month names": (
        ";",
        ["1.234,50", "80,00", "60,25"],
        ["5 de enero de 2025", "17 de febrero de 2025", "28 de marzo de 2025"],
        ["Completado", "Rechazado", "Completado"],
        "10,25",
    ),
    "ja": (
        ",",
        ['"1,234.50"', "80.00", "60.25"],
        ["2025/1/5 13:20", "2025/2/17 9:10", "2025/3/28 22:05"],
        ["支払い済み", "返金済み", "一部返金"],
        "10.25",
    ),
    "ja, full dates": (
        ",",
        ['"1,234.50"', "80.00", "60.25"],
        ["2025年1月5日", "2025年2月17日", "2025年3月28日 22:05"],
        ["支払い済み", "オーソリ済み", "支払い済み"],
        "10.25",
    ),
}
HEADERS = {
    "stripe": (
        "id, Customer ID, Created (UTC), Status, Amount, Amount Refunded, Currency, Captured"
    ),
    "shopify": ("Name, Email, Created at, Financial Status, Total, Refunded Amount, Currency, Id"),
}
TRANSLATED = {
    "de": (
        "Bestellnummer, Kunde, Erstellt am, Zahlungsstatus, Gesamt, "
        "Erstatteter Betrag, Währung, Notiz"
    ),
    "de, month names": (
        "Bestellnr., E-Mail, Bestelldatum, Status, Gesamtbetrag, Rückerstattet, Währung, Notizen"
    ),
    "fr": (
        "Commande, Client, Créée le, Statut du paiement, Total, Montant remboursé, Devise, Note"
    ),
    "fr, month names": (
        "N° de commande, Adresse e-mail, Date de commande, Statut, "
        "Montant total, Remboursé, Devise, Note"
    ),
    "es": ("Pedido, Cliente, Creado, Estado del pago, Importe, Importe reembolsado, Moneda, Nota"),
    "es, month names": (
        "Número de pedido, Correo electrónico, Fecha del pedido, "
        "Estado, Importe total, Reembolsado, Divisa, Notas"
    ),
    "ja": ("注文番号, メール, 作成日時, 支払い状況, 合計, 返金額, 通貨, メモ"),
    "ja, full dates": (
        "注文ID, 顧客ID, 作成日, 決済ステータス, 合計金額, 返金された金額, 通貨, 備考"
    ),
}


def export(language: str, header: str) -> str:
    separator, amounts, days, states, refund = VALUES[language]
    none = "0.00" if "." in refund else "0,00"
    rows = [header.replace(", ", separator)]
    for number, (amount, day, state) in enumerate(zip(amounts, days, states, strict=True)):
        refunded = refund if number == 2 else none
        cells = [f"K{number}", f"b{number}@q.test", day, state, amount, refunded, "EUR", ""]
        rows.append(separator.join(cells))
    return "\n".join(rows) + "\n"


def check(loaded: Any) -> None:
    assert loaded.revenue == Decimal("1284.50")
    assert [row[1] for row in loaded.orders] == [date(2025, 1, 5), date(2025, 3, 28)]
    assert loaded.reading.currency == "EUR"


@pytest.mark.parametrize("language", effort.nth(3, VALUES))
@pytest.mark.parametrize("system", HEADERS)
def test_an_export_with_localized_values_is_read(load: Load, system: str, language: str) -> None:
    loaded = load(export(language, HEADERS[system]))

    check(loaded)
    assert loaded.reading.inputs[0].profile == system


@pytest.mark.parametrize("language", effort.nth(3, TRANSLATED))
def test_an_export_with_a_translated_header_is_read(load: Load, language: str) -> None:
    loaded = load(export(language, TRANSLATED[language]))

    check(loaded)


def test_two_translated_amounts_are_a_question(load: Load) -> None:
    text = export("de", TRANSLATED["de"].replace("Notiz", "Betrag"))

    with pytest.raises(AmbiguousColumnError):
        load(text)
