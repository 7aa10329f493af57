"""Words in headers that hint at a role: weaker than a known header, and used with the cells."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from ltvcli.read.columns import folding


class Words(Struct, frozen=True):
    """Words of a header: exact words, and fragments for languages that join words."""

    exact: frozenset[str]
    fragments: tuple[str, ...] = ()

    def among(self, header: str) -> bool:
        """Return whether a header contains one of the words.

        >>> CUSTOMER.among("Kd-Nr"), CUSTOMER.among("お客様コード"), CUSTOMER.among("sku")
        (True, True, False)
        """
        folded = folding.folded(header)
        return bool(self.exact & words(header)) or any(
            fragment in folded for fragment in self.fragments
        )


def words(header: str) -> frozenset[str]:
    """Split a header into words, in lower case.

    >>> sorted(words("buyerUserID")), sorted(words("Paid_Amt (EUR)"))
    (['buyer', 'id', 'user'], ['amt', 'eur', 'paid'])
    """
    match = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", unicodedata.normalize("NFKC", header))
    return frozenset(word for word in re.split(r"[\W_]+", match.casefold()) if word)


def _words(text: str, fragments: str = "") -> Words:
    return Words(frozenset(text.split()), tuple(fragments.split()))


CUSTOMER = _words(
    "uid cust custid customer customers client clients buyer purchaser user userid usr member "
    "acct account subscriber patron donor shopper contact kd kdnr kunde kunden kundennr "
    "acheteur cliente clienti comprador klant klantnr",
    "kunden client_id 顧客 会員 お客様 客先 購入者 注文者 得意先 利用者 ユーザ",
)
NOT_CUSTOMER = _words(
    "zip zipcode postal postcode plz phone tel mobile fax age city country state region type "
    "group segment tier rank level score rating count number_of orders order year month "
    "birthday manager agent owner rep ip balance status name firstname lastname address "
    "product item sku article artikel store shop branch campaign device session currency "
    "language gender title tag tags company amount total spent limit flag since",
    "郵便 電話 年齢 区分 ランク 住所 回数 氏名 名前 商品 店舗 件数 担当 ステータス 性別 "
    "都道府県 カナ",
)
ORDER = _words(
    "order orders ord ordr ordernr bestellung bestellnr auftrag auftragsnr rechnung "
    "rechnungsnr beleg belegnr invoice inv receipt commande pedido facture factura "
    "transaction txn trx booking purchase",
    "注文 受注 伝票 オーダー 取引 購入番号 bestell auftrag rechnung",
)
ORDERED = _words(
    "order ordered orderdate buy bought purchase purchased sale sold placed transaction txn "
    "booking checkout bestellung bestelldatum kauf kaufdatum commande pedido",
    "注文 受注 購入 売上 取引 お買上 bestell kauf",
)
NOT_ORDERED = _words(
    "birth bday birthday dob birthdate ship shipped shipping ships dispatch deliver delivered "
    "delivery due update updated modified changed edited expire expires expiry cancel "
    "cancelled canceled refund refunded return returned login seen visit last first signup "
    "registered registration joined since export exported sync synced imported printed start "
    "end from to until renewal trial",
    "生年月日 誕生 発送 出荷 配送 届 更新 登録 入会 最終 初回 キャンセル 取消 返品 返金 解約 "
    "開始 終了 geburt versand liefer storno änder",
)
TOTAL = _words(
    "revenue gmv amt amount total paid sales turnover umsatz betrag summe gesamt gesamtbetrag "
    "montant importe monto importo totale bedrag omzet valor sum spent gross net charged "
    "grandtotal subtotal proceeds",
    "金額 売上 合計 代金 支払 購入額 お買上額 総額 税込 umsatz betrag summe",
)
NOT_TOTAL = _words(
    "tax taxes vat gst mwst ust steuer tva iva shipping ship freight versand porto delivery "
    "fee fees gebuehr gebühr provision commission discount discounts rabatt coupon voucher "
    "promo refund refunds refunded erstattung erstattet return returned cost costs cogs "
    "margin profit tip tips balance rate ratio pct percent lat lng lon latitude longitude "
    "weight score rating points quantity qty orders count share outstanding due fx exchange "
    "stock budget",
    "消費税 税額 税金 送料 手数料 割引 値引 クーポン ポイント 返金 返品 原価 粗利 残高 率 "
    "重量 数量 個数 件数 回数 steuer versand rabatt gebühr erstatt",
)
PAID_BACK = _words(
    "refund refunds refunded erstattung erstattet return returned chargeback chargebacks "
    "discount discounts rabatt coupon voucher",
    "返金 返品 割引 値引 クーポン ポイント利用 erstatt rabatt",
)
PIECE = _words(
    "price preis prix precio prezzo prijs unit each rate list msrp rrp",
    "単価 価格 preis",
)
SPEND = _words(
    "spend spent cost costs kosten ausgaben budget_spent werbekosten",
    "費 消化 コスト 利用額",
)

COUNTS = re.compile(
    r"(orders?|purchases?|payments?|transactions?|invoices?)[\s_.-]*(count|qty|number|total|made|placed)\b"
    r"|(count|number|no|num|nr|n|total|lifetime)[\s_.-]*(of[\s_.-]*)?(orders|purchases|payments|transactions|invoices)\b"
    r"|^(orders|purchases|frequency)$"
    r"|anzahl[\s_.-]*(der[\s_.-]*)?(bestellungen|käufe|aufträge)|bestellanzahl"
    r"|(注文|購入|累計|来店|利用)(回数|件数)",
    re.IGNORECASE,
)
"""Headers of how often somebody has bought."""
TOTALS = re.compile(
    r"(total|lifetime|all[\s_.-]*time|cumulative)[\s_.-]*(spent|spend|spending|revenue|value|sales|paid|amount|purchases?)\b"
    r"|(spent|spend|revenue|sales|paid)[\s_.-]*(total|to[\s_.-]*date|lifetime)\b"
    r"|\b(ltv|clv|cltv|monetary)\b|^amount[\s_.-]*spent$"
    r"|gesamtumsatz|umsatz[\s_.-]*gesamt"
    r"|(累計|合計|総)(購入|利用|売上|注文)?(金額|額)|(購入|利用|注文)(金額)?(累計|合計|総額)",
    re.IGNORECASE,
)
"""Headers of what somebody has spent in all."""
ENDS = re.compile(
    r"(first|last|latest|most[\s_.-]*recent|previous)[\s_.-]*(order|purchase|payment|transaction|visit|seen)"
    r"|(erste|letzte)[rs]?[\s_.-]*(bestellung|kauf)|(初回|最終|前回)(購入|注文|来店|利用)",
    re.IGNORECASE,
)
"""Headers of somebody's first or last order."""
SURVEY = re.compile(
    r"\b(respondent|respondents|response[\s_.-]*id|survey|questionnaire|nps|question|answer|feedback)\b"
    r"|^q\d+\b|アンケート|設問|回答",
    re.IGNORECASE,
)
"""Headers of answers to a survey."""
PRODUCTS = re.compile(
    r"\b(stock|inventory|barcode|gtin|ean|variant|cost per item|compare[\s_.-]*at|weight)\b"
    r"|在庫|JANコード",
    re.IGNORECASE,
)
"""Headers of a list of products."""
