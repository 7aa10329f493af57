"""Which columns may be used: not those known only after a customer left, nor those that name him.

| column            | because                                                              |
| Cancelled on      | named like an outcome                                                |
| Goodbye survey    | filled just where customers left: known only after                   |
| Final bill        | blank just where customers stayed: known only after                  |
| Account state     | predicts by itself, AUC above .95: too good to be known at signing   |
| Row               | numbers customers, so that it holds the order of the file            |
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from ltvcli.analyses.risk import groups
from ltvcli.facts.attributes import Attribute, Attributes, Kind
from ltvcli.results.risk import ALONE, BLANKS, CONSTANT, DAY, IDENTIFIES, NAMED, WITHOUT
from ltvcli.stats.inference import roc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ltvcli.stats.inference.roc import Area

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

TOO_GOOD = 0.95
"""AUC of a column alone above which it is taken for the outcome itself."""
PURE = 0.98
"""Share of the blank (or filled) cells of customers who all left, or all stayed."""
CHANCE = 1e-6
MOST_DISTINCT = 0.5
"""A text that differs between more than this share of customers describes each of them."""
_NAMED = frozenset((
    "cancel", "canceled", "canceling", "cancellation", "cancelled", "cancelling", "cancels",
    "churn", "churned", "churning", "close", "closed", "closing", "deactivated", "end", "ended",
    "ending", "ends", "exit", "exited", "lapse", "lapsed", "last", "leave", "leaver", "left",
    "lost", "terminated", "termination", "total", "totals", "unsubscribed",
))  # fmt: skip
_FRAGMENTS = ("解約", "退会", "離脱", "離反", "終了", "最終", "累計", "合計", "総額", "休眠")
_NAMES = frozenset({"name"})
_PROTECTED = {
    "sex": "sex gender male female 性別",
    "age": "age birthday birthdate birth dob 年齢 年代 生年月日 誕生日",
    "nationality": "nationality citizenship ethnicity race 国籍",
    "postcode": "postcode postal zip zipcode plz 郵便番号",
    "belief": "religion 宗教",
    "family": "marital married 婚姻 配偶者",
}
_PAIRS = {"postcode": ({"post", "code"},)}


class Judged(Struct, frozen=True, kw_only=True):
    """A column, and whether it is used.

    Attributes:
        name: its header.
        because: why it is left out; "" if it is used.
        alone: AUC of the column alone, out of fold; None where that was not looked at.
        protected: the protected attribute that it holds or is a proxy for; "" for none.
    """

    name: str
    because: str = ""
    alone: Area | None = None
    protected: str = ""


def judged(
    attributes: Attributes, left: Bools, folds: Ints, without: Sequence[str]
) -> tuple[Judged, ...]:
    """Judge every column.

    Args:
        attributes: of the customers.
        left: whether each left, shape `(n,)`.
        folds: number of the fold of each, shape `(n,)`.
        without: names of columns that are not to be used.
    """
    return tuple(
        _judge(column, left, folds, column.name in without) for column in attributes.columns
    )


def _judge(column: Attribute, left: Bools, folds: Ints, unwanted: bool) -> Judged:
    because = WITHOUT if unwanted else _refusal(column, left)
    alone = None
    if because in ("", NAMED):
        alone = alone_area(column, left, folds)
        if not because and alone is not None and max(alone.value, 1 - alone.value) > TOO_GOOD:
            because = ALONE
    return Judged(
        name=column.name,
        because=because,
        alone=alone,
        protected=protected(column.name) if not because else "",
    )


def _refusal(column: Attribute, left: Bools) -> str:
    """Return why a column is excluded before its rates are computed; "" if it is not."""
    import numpy as np

    blank = np.isnan(column.values)
    known = column.values[~blank]
    if blanks_predict(blank, left):
        return BLANKS
    if is_named_like_outcome(column.name):
        return NAMED
    if column.kind is Kind.DAY:
        return DAY
    distinct = np.unique(known)
    if len(distinct) == 0 or (len(distinct) == 1 and not blank.any()):
        return CONSTANT
    if column.kind is Kind.LEVEL and len(distinct) > max(MOST_DISTINCT * len(left), groups.FEW):
        return IDENTIFIES
    is_numbering = (
        column.kind is Kind.NUMBER
        and column.is_whole
        and len(distinct) == len(left) > groups.FEW
        and (_is_id(column.name) or distinct[-1] - distinct[0] < 3 * len(left))
    )
    return IDENTIFIES if is_numbering else ""


def blanks_predict(blank: Bools, left: Bools) -> bool:
    """Return whether blank cells, or filled ones, belong to one outcome only.

    Args:
        blank: cells, shape `(n,)`.
        left: whether each customer left, shape `(n,)`.

    >>> import numpy as np
    >>> left = np.arange(200) < 50
    >>> blanks_predict(np.arange(200) >= 40, left), blanks_predict(np.arange(200) % 2 == 0, left)
    (True, False)
    """
    base = float(left.mean())
    for cells in (blank, ~blank):
        n = int(cells.sum())
        if not 0 < n < len(left):
            continue
        share = float(left[cells].mean())
        for pure, usual in ((share, base), (1 - share, 1 - base)):
            if pure >= PURE and n * math.log(max(usual, 1e-300)) < math.log(CHANCE):
                return True
    return False


def words(name: str) -> set[str]:
    """Split a header into words, in lower case.

    >>> sorted(words("lastOrder_Total")), sorted(words("ＺＩＰ code"))
    (['last', 'order', 'total'], ['code', 'zip'])
    """
    normal = unicodedata.normalize("NFKC", name)
    split_up = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", normal)
    return {word for word in re.split(r"[\W_]+", split_up.casefold()) if word}


def is_named_like_outcome(name: str) -> bool:
    """Return whether a header names something known only after a customer has left.

    >>> [is_named_like_outcome(n) for n in ("End date", "Gender", "last name", "最終購入日")]
    [True, False, False, True]
    """
    parts = words(name)
    if parts & _NAMES and not parts & (_NAMED - {"last"}):
        return False
    return bool(parts & _NAMED) or any(fragment in name for fragment in _FRAGMENTS)


def protected(name: str) -> str:
    """Return the protected attribute that a header names; "" for none.

    >>> protected("Customer Gender"), protected("Age"), protected("zip_code"), protected("Plan")
    ('sex', 'age', 'postcode', '')
    """
    parts = words(name)
    for what, texts in _PROTECTED.items():
        if parts & set(texts.split()) or any(
            text in name for text in texts.split() if not text.isascii()
        ):
            return what
        if any(pair <= parts for pair in _PAIRS.get(what, ())):
            return what
    return ""


def alone_area(column: Attribute, left: Bools, folds: Ints) -> Area | None:
    """Return the AUC of a single column, each customer scored by the rates of the other folds.

    Args:
        column: any.
        left: whether each left, shape `(n,)`.
        folds: number of the fold of each, shape `(n,)`.
    """
    import numpy as np

    score = np.zeros(len(left))
    for fold in np.unique(folds):
        here = folds == fold
        learned = groups.learn(column.take(~here))
        rates = groups.rates(learned.codes(column.take(~here)), learned.count, left[~here])
        score[here] = rates.chance[learned.codes(column.take(here))]
    return roc.area(score, left)


def _is_id(name: str) -> bool:
    return bool(words(name) & {"id", "no", "number", "uid", "uuid", "key", "code"}) or any(
        fragment in name for fragment in ("番号", "コード")
    )
