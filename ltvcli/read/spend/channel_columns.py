"""Columns of spend by channel: a sheet may have one for each, such as `google_spend`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ltvcli.errors import CumulativeSpendError
from ltvcli.read.columns.header_lookup import ambiguous, key
from ltvcli.read.files.sheet import Sheet

# Header words of other numbers in reports of spend; none of them is a channel.
_NUMBER_WORDS = (
    "impr impressions clicks klicks conv conversions sessions visits users orders revenue "
    "sales ctr cpm cpa cpc cpi roas reach frequency customers leads installs views plays "
    "rate budget id signup signups followers subscribers subscriptions registrations cv cvr "
    "cvs mql mqls sql sqls demos meetings deals trials members downloads engagements likes "
    "shares comments opens replies purchases new active visitors pageviews headcount margin "
    "profit ltv arpu cac mrr arr score count number quantity units year week hours days "
)
_OTHER_NUMBERS = frozenset(_NUMBER_WORDS.split())
_OTHER_NUMBERS_JA = re.compile(
    "表示|クリック|成果|件数|人数|回数|注文|売上|獲得|率|予算|単価|数$|新規|登録|会員|フォロワー|再生|視聴|"
    "申込|申し込み|資料請求|問い?合わ?せ|訪問|利益|来店|購入|予約|ダウンロード"
)
# Words in headers of money that was not spent, or not in the period of the row.
_PLANNED = re.compile(
    r"\b(plan|plans|planned|budget|budgeted|forecast|forecasted|target|goal|projected|projection|"
    r"estimate|estimated|expected|remaining|available|last year|previous)\b|"
    r"予算|計画|予定|見込|目標|予測|予想|残額|残高|前年|前月"
)
_CUMULATIVE = re.compile(
    r"\b(cumulative|cumulated|cumul|cum|running|accumulated|to date|ytd|mtd|qtd)\b|累計|累積"
)
# Remaining words of a spend header that name no channel.
_NO_CHANNEL = re.compile(
    r"[\W_]*|(in[ _-]?)?[(（\[].*[)）\]]|"
    r"(actual|actuals|real|net|gross|daily|weekly|monthly|total|media|marketing|paid|lifetime|our|my|"
    r"excl|incl|ex|inc|with|without|before|after)?[ _.-]*"
    r"(tax|vat|fees|実績|実際の?|月間|月次|日次|税[抜込別]き?)?"
)
_TOTALS = re.compile(
    r"(grand)?totals?((ad)?spend|cost|amount)?|sum|gesamt|summe|"
    r"(広告費|費用|コスト)?(合計|総計|総合計|計)(金額)?"
)
_SPEND_WORD = re.compile(
    r"^(spend|cost|adspend)[ _:-]+|[ _:-]+(ads? ?)?(spend|costs?)$"
    r"|[ _]?(広告費|費用|コスト|消化金額)$",
    re.IGNORECASE,
)


def wide(
    sheet: Sheet,
    header: Sequence[str],
    positions: Mapping[str, int],
    is_numeric: Callable[[int], bool],
) -> tuple[dict[str, int], tuple[int, ...]]:
    """Find columns of channels: those called google_spend, else all but the date, if numbers.

    Gives positions by channel, and those of columns of totals. A column that is called spend, and
    not total, is what was spent, whatever stands beside it.

    Args:
        sheet: what was opened.
        header: without units.
        positions: role to position, so far.
        is_numeric: whether the column at a position holds only numbers.
    """
    totals = _totals(header)
    dated = positions.keys() & {"spend_date", "spend_start"}
    if not dated or ("spend" in positions and positions["spend"] not in totals):
        return {}, ()
    taken = {*totals, *(at for role, at in positions.items() if role != "spend")}
    rest = [at for at, name in enumerate(header) if at not in taken and name.strip()]
    named = [
        at for at in rest if _SPEND_WORD.search(header[at]) and not _is_other_money(header[at])
    ]
    if any(_is_no_channel(header[at]) for at in named):
        return {}, ()
    if not named and any(_is_other_money(header[at]) for at in rest):
        return {}, ()
    if not named and (len(rest) < 2 or any(_is_other_number(header[at]) for at in rest)):  # noqa: PLR2004
        return {}, ()
    if not all(is_numeric(at) for at in named or rest):
        return {}, ()
    channels: dict[str, int] = {}
    for at in named or rest:
        name = _SPEND_WORD.sub("", header[at]).strip()
        if name in channels:
            raise ambiguous(sheet.name, "spend", [channels[name], at], sheet.header)
        channels[name] = at
    return channels, totals


def less_usual(
    sheet: Sheet,
    header: Sequence[str],
    positions: Mapping[str, int],
    is_numeric: Callable[[int], bool],
) -> dict[str, int]:
    """Return the column of spend if no usual header names it: monthly spend, or a single total.

    Args:
        sheet: what was opened.
        header: without units.
        positions: role to position, so far.
        is_numeric: says of a position whether the column holds numbers only.

    Raises:
        AmbiguousColumnError: several columns would do.
        CumulativeSpendError: the only column of spend is a running total.
    """
    named = _named_spend(header, positions, is_numeric)
    if len(named) > 1:
        raise ambiguous(sheet.name, "spend", named, sheet.header)
    if named:
        return {"spend": named[0]}
    totals = _totals(header)
    if len(totals) == 1 and is_numeric(totals[0]):
        return {"spend": totals[0]}
    running = [at for at, name in enumerate(header) if _CUMULATIVE.search(_words(name))]
    if running:
        raise CumulativeSpendError(file=sheet.name, column=sheet.header[running[0]])
    return {}


def _named_spend(
    header: Sequence[str], positions: Mapping[str, int], is_numeric: Callable[[int], bool]
) -> list[int]:
    """List the columns whose header says spend and names no channel, such as `monthly spend`."""
    taken = {*positions.values()}
    return [
        at
        for at, name in enumerate(header)
        if at not in taken
        and _SPEND_WORD.search(name)
        and _is_no_channel(name)
        and not _is_other_money(name)
        and is_numeric(at)
    ]


def _is_no_channel(header: str) -> bool:
    """Return whether a header means spend without a channel.

    >>> [_is_no_channel(header) for header in ("spend (incl. tax)", "monthly_spend", "X spend")]
    [True, True, False]
    """
    name = _SPEND_WORD.sub("", header).strip()
    return name != header.strip() and bool(_NO_CHANNEL.fullmatch(name.casefold()))


def _is_other_money(header: str) -> bool:
    """Return whether a header is of money that was planned, or spent in all periods so far."""
    words = _words(header)
    return bool(_PLANNED.search(words) or _CUMULATIVE.search(words))


def _words(header: str) -> str:
    return re.sub(r"[\s_.-]+", " ", header).casefold()


def _totals(header: Sequence[str]) -> tuple[int, ...]:
    return tuple(at for at, name in enumerate(header) if _TOTALS.fullmatch(key(name)))


def _is_other_number(header: str) -> bool:
    words = re.split(r"[\s_.-]+", header.casefold())
    return bool(_OTHER_NUMBERS & {*words} or _OTHER_NUMBERS_JA.search(header))
