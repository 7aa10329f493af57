"""A Japanese tea and sweets shop's orders, as EC-CUBE 4 exports them (受注CSV, its 70 columns).

One row per order item: goods, then shipping, then a discount if there is one; the order's own
columns repeat on each of its rows. Cells with a blank, a comma or a quote are quoted, as PHP does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from buyers import DAY, LAST_DAY, Habit, arrivals, happens, order_days, pick

HEADER = (
    "注文ID,注文番号,会員ID,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,郵便番号,"
    "都道府県(ID),都道府県(名称),住所1,住所2,メールアドレス,TEL,性別(ID),性別(名称),職業(ID),"
    "職業(名称),誕生日,ショップ用メモ欄,小計,値引き,送料,税金,合計,支払合計,対応状況(ID),"
    "対応状況(名称),支払方法(ID),支払方法(名称),受注日,入金日,注文詳細ID,商品ID,商品規格ID,"
    "商品名,商品コード,規格名1,規格名2,規格分類名1,規格分類名2,価格,個数,税率,税率ルール(ID),"
    "明細区分(ID),明細区分(名称),出荷ID,配送先_お名前(姓),配送先_お名前(名),配送先_お名前(セイ),"
    "配送先_お名前(メイ),配送先_会社名,配送先_郵便番号,配送先_都道府県(ID),配送先_都道府県(名称),"
    "配送先_住所1,配送先_住所2,配送先_TEL,配送業者(ID),配送業者(名称),お届け時間ID,"
    "お届け時間(名称),お届け希望日,送料,発送日,出荷伝票番号,配達用メモ,出荷メール送信日"
)
ORDER_SHIPPING = "送料"  # the name stands twice in the header: first the order's, then the parcel's
PARCEL_SHIPPING = "送料(出荷)"
COLUMNS = [
    PARCEL_SHIPPING if name == ORDER_SHIPPING and position > HEADER.split(",").index(name) else name
    for position, name in enumerate(HEADER.split(","))
]

# The truth: members come back, people who buy a gift without an account mostly do not.
MEMBER = Habit(share=0.78, stays=0.62, gap=70)
# Midsummer gifts (お中元) in June and July, year-end gifts (お歳暮) in November and December.
SEASON = (0.8, 0.75, 0.9, 0.9, 0.95, 1.3, 1.5, 0.8, 0.8, 0.9, 1.3, 1.8)

# (id, name, code, price before tax in yen, tax rate), and how often it is bought
GOODS = {
    (1, "深蒸し煎茶 100g", "TEA-01", 1200, 8): 8.0,
    (2, "①番茶 お徳用 500g", "TEA-02", 900, 8): 4.0,
    (3, "玉露「朝霧」 50g", "TEA-03", 2400, 8): 2.0,
    (4, "ほうじ茶ティーバッグ, 30包", "TEA-04", 980, 8): 4.0,
    (5, "羊羹 詰合せ 5本入", "SWT-01", 2800, 8): 3.0,
    (6, "季節の干菓子", "SWT-02", 1600, 8): 2.0,
    (7, "ご進物 銘茶詰合せ", "GFT-01", 5400, 8): 2.0,
    (8, "常滑焼 急須", "WAR-01", 6800, 10): 0.7,
}
FREE_SHIPPING, SHIPPING, COUPON = 5000, 660, 500
STATUS = {1: "新規受付", 3: "注文取消し", 5: "発送済み", 6: "入金済み", 8: "購入処理中", 9: "返品"}
PAYMENT = {(3, "銀行振込"): 1.5, (4, "代金引換"): 1.5, (5, "クレジットカード"): 7.0}
GOODS_LINE, SHIPPING_LINE, DISCOUNT_LINE = (1, "商品"), (2, "送料"), (4, "割引")

SURNAMES = "佐藤:サトウ 髙橋:タカハシ 山﨑:ヤマザキ 中村:ナカムラ 小林:コバヤシ 森:モリ 林:ハヤシ"
GIVEN_NAMES = "葵:アオイ 蓮:レン 結衣:ユイ 悠真:ユウマ 美咲:ミサキ 健:ケン 凜:リン 直樹:ナオキ"
PREFECTURES = {(13, "東京都"): 4.0, (22, "静岡県"): 3.0, (27, "大阪府"): 2.0, (14, "神奈川県"): 2.0}


@dataclass(frozen=True, slots=True)
class Buyer:
    """One person of nobody's name; `member` is blank for a guest."""

    member: str
    surname: tuple[str, str]  # as written, as read
    given: tuple[str, str]
    prefecture: tuple[int, str]
    email: str


def rows(rng: Random) -> list[str]:
    """Write the whole export, line by line, newest order first."""
    visits: list[tuple[datetime, Buyer]] = []
    for number, first in enumerate(arrivals(rng, 9, 0.75, SEASON)):
        is_member = happens(rng, MEMBER.share)
        buyer = _buyer(rng, number, is_member)
        days = list(order_days(rng, first, MEMBER, SEASON)) if is_member else [first]
        visits += [(_moment(rng, day), buyer) for day in days]
    visits.sort(key=lambda visit: (visit[0], visit[1].email))
    orders = [_order(rng, number, *visit) for number, visit in enumerate(visits, start=1)]
    return [HEADER, *(line for order in reversed(orders) for line in order)]


def _order(rng: Random, number: int, moment: datetime, buyer: Buyer) -> list[str]:
    basket = [
        (goods, pick(rng, {1: 7.0, 2: 2.0, 3: 1.0}))
        for goods in {pick(rng, GOODS): 1 for _ in range(pick(rng, {1: 7.0, 2: 3.0}))}
    ]
    taxes = [quantity * _tax(goods[3], goods[4]) for goods, quantity in basket]
    subtotal = sum(goods[3] * quantity for goods, quantity in basket) + sum(taxes)
    shipping = 0 if subtotal >= FREE_SHIPPING else SHIPPING
    discount = COUPON if buyer.member and happens(rng, 0.1) else 0
    status = _status(rng, moment)
    payment = pick(rng, PAYMENT)
    unfinished = STATUS[status] == "購入処理中"
    sent = STATUS[status] in ("発送済み", "返品")
    paid = sent or STATUS[status] == "入金済み"
    order = _person(buyer) | {
        "注文ID": number,
        "注文番号": number,
        "小計": subtotal,
        "値引き": discount,
        ORDER_SHIPPING: shipping,
        "税金": sum(taxes) + (shipping - shipping * 10 // 11),
        "合計": subtotal + shipping - discount,
        "支払合計": subtotal + shipping - discount,
        "対応状況(ID)": status,
        "対応状況(名称)": STATUS[status],
        "支払方法(ID)": payment[0],
        "支払方法(名称)": payment[1],
        "受注日": "" if unfinished else moment,  # a cart becomes an order when it is sent off
        "入金日": moment if paid else "",
        "出荷ID": number,
        PARCEL_SHIPPING: shipping,
        "発送日": datetime.combine(moment.date() + 2 * DAY, time(9)) if sent else "",
    }
    items = [_goods(goods, quantity) for goods, quantity in basket]
    items.append(_extra(SHIPPING_LINE, shipping))
    if discount:
        items.append(_extra(DISCOUNT_LINE, -discount))
    return [
        _line(order | item | {"注文詳細ID": 10 * number + position})
        for position, item in enumerate(items)
    ]


def _person(buyer: Buyer) -> dict[str, object]:
    return {
        "会員ID": buyer.member,
        "お名前(姓)": buyer.surname[0],
        "お名前(名)": buyer.given[0],
        "お名前(セイ)": buyer.surname[1],
        "お名前(メイ)": buyer.given[1],
        "都道府県(ID)": buyer.prefecture[0],
        "都道府県(名称)": buyer.prefecture[1],
        "住所1": "見本市中央1-2-3",
        "メールアドレス": buyer.email,
        "TEL": "0300000000",
        "配送先_お名前(姓)": buyer.surname[0],
        "配送先_お名前(名)": buyer.given[0],
        "配送先_都道府県(名称)": buyer.prefecture[1],
    }


def _goods(goods: tuple[int, str, str, int, int], quantity: int) -> dict[str, object]:
    number, name, code, price, rate = goods
    return {
        "商品ID": number,
        "商品規格ID": number,
        "商品名": name,
        "商品コード": code,
        "価格": price,
        "個数": quantity,
        "税率": rate,
        "明細区分(ID)": GOODS_LINE[0],
        "明細区分(名称)": GOODS_LINE[1],
    }


def _extra(kind: tuple[int, str], price: int) -> dict[str, object]:
    return {
        "商品名": kind[1],
        "価格": price,
        "個数": 1,
        "税率": 10,
        "明細区分(ID)": kind[0],
        "明細区分(名称)": kind[1],
    }


def _status(rng: Random, moment: datetime) -> int:
    """Draw what became of the order; those of the last days are still on their way."""
    done = 5 if moment.date() < LAST_DAY - 4 * DAY else 6
    return pick(rng, {done: 90.0, 1: 1.0, 3: 3.0, 8: 4.0, 9: 2.0})


def _tax(price: int, rate: int) -> int:
    """Tax of one piece in yen, rounded half up."""
    return (price * rate + 50) // 100


def _buyer(rng: Random, number: int, is_member: bool) -> Buyer:
    surname, given = (rng.choice(names.split()).split(":") for names in (SURNAMES, GIVEN_NAMES))
    return Buyer(
        member=str(100 + number) if is_member else "",
        surname=(surname[0], surname[1]),
        given=(given[0], given[1]),
        prefecture=pick(rng, PREFECTURES),
        email=f"kyaku{100 + number}@example.com",
    )


def _moment(rng: Random, day: date) -> datetime:
    closing = 12 if day == LAST_DAY else 23  # the file was written at noon of the last day
    hour, minute, second = rng.randrange(7, closing), rng.randrange(60), rng.randrange(60)
    return datetime.combine(day, time(hour, minute, second))


def _line(cells: dict[str, object]) -> str:
    return ",".join(_cell(str(cells.get(column, ""))) for column in COLUMNS)


def _cell(text: str) -> str:
    if any(sign in text for sign in ' ,"'):
        return '"' + text.replace('"', '""') + '"'
    return text
