"""Columns of a file of assignments: customer, arm and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from ltvcli.errors import ArmNeededError, AssignmentDayError
from ltvcli.language import N_, Marked
from ltvcli.read import profiles
from ltvcli.read.columns.customer_column import EMAIL
from ltvcli.read.columns.header_lookup import ambiguous, first_tier
from ltvcli.read.columns.mapping import Columns
from ltvcli.read.experiments.columns import ARM, BY, position_of_option
from ltvcli.read.files.sheet import Sheet
from ltvcli.settings.reading import ReadingSettings

ROLES = ("assigned_customer", "assigned_arm", "assigned_day")
"""What --map calls the columns of a file of assignments."""
ARMS = (
    *ARM,
    ("group", "cell", "cohort", "assignment", "bucket", "グループ", "割付", "割付群", "割り付け"),
    ("arm name", "group name", "variant name", "segment", "グループ名", "区分", "セグメント"),
)
"""Headers of arms: where only customers and days stand beside them, more words mean an arm."""
FLAGS = (
    (
        "control",
        "is control",
        "in control",
        "holdout",
        "is holdout",
        "control group",
        "対照",
        "対照群",
        "コントロール",
        "ホールドアウト",
    ),
)
"""Headers of columns that say whether a customer was left as it was: yes or no."""
DAYS = (
    (
        "assigned at",
        "assigned on",
        "assigned day",
        "assignment date",
        "assignment day",
        "assigned",
        "割付日",
        "割り付け日",
        "割当日",
        "割り当て日",
    ),
    (
        "exposed at",
        "exposure date",
        "sent at",
        "send date",
        "sent on",
        "start date",
        "started at",
        "treatment date",
        "配信日",
        "送付日",
        "発送日",
        "開始日",
        "実施日",
    ),
    ("day", "date", "日付", "日", "年月日"),
    ("timestamp", "datetime", "time", "created at", "日時", "作成日時", "作成日"),
)
"""Headers of the day of the assignment."""
_SHOWN = 40


class Assigned(Struct, frozen=True, kw_only=True):
    """How to read assignments.

    Attributes:
        arm: header of the arms; None for a usual one.
        start: day of the assignment of all customers, where the files do not say it.
        by: columns by which customers are segmented.
        age: days since the assignment that count; None to choose them.
    """

    arm: str | None = None
    start: date | None = None
    by: tuple[str, ...] = ()
    age: int | None = None


def roles(settings: ReadingSettings) -> dict[str, str]:
    """Return the roles of --map for files of assignments."""
    return {role: column for role, column in settings.map.items() if role in ROLES}


def understand(sheet: Sheet, asked: Assigned, chosen: Mapping[str, str]) -> Columns:
    """Find the columns of a sheet of assignments.

    Args:
        sheet: what was opened.
        asked: how it is to be read.
        chosen: roles as typed with --map.

    Raises:
        NoExperimentColumnError: a column that was typed is not there.
        ArmNeededError: nothing says which column holds the arm, or the customer.
        AmbiguousColumnError: several columns could hold the customer.
        AssignmentDayError: no column says the day, and none was typed for all.
    """
    position: dict[str, int] = {}
    customer = profiles.load(profiles.GENERIC).columns["customer"]
    tiers = {"customer": customer, "arm": (*ARMS, *FLAGS), "date": DAYS}
    typed = {"arm": asked.arm} | {
        role: chosen.get(name)
        for role, name in zip(("customer", "arm", "date"), ROLES, strict=True)
        if name in chosen
    }
    for role, name in typed.items():
        if name is not None:
            option = "--arm" if role == "arm" else "--map"
            position[role] = position_of_option(sheet, option, name)
    for role, headers in tiers.items():
        if role in position or (role == "date" and asked.start):
            continue
        hits = [hit for hit in first_tier(sheet.header, headers) if hit not in position.values()]
        if len(hits) > 1:
            named = dict(zip(("customer", "arm", "date"), ROLES, strict=True))[role]
            raise ambiguous(sheet.name, named, hits, sheet.header)
        if hits:
            position[role] = hits[0]
    _check(sheet, position, asked)
    emails = [at for at in first_tier(sheet.header, EMAIL) if at not in position.values()]
    if len(emails) == 1:
        position["email"] = emails[0]
    position |= {f"{BY}{name}": position_of_option(sheet, "--by", name) for name in asked.by}
    return Columns(profile=profiles.load(profiles.GENERIC), position=position, header=sheet.header)


def _check(sheet: Sheet, position: Mapping[str, int], asked: Assigned) -> None:
    columns = ", ".join(sheet.header[:_SHOWN])
    needed = {
        "customer": (N_("customer"), "--map assigned_customer=COLUMN"),
        "arm": (N_("arm"), "--arm COLUMN"),
    }
    for role, (what, option) in needed.items():
        if role not in position:
            raise ArmNeededError(file=sheet.name, what=Marked(what), option=option, columns=columns)
    if "date" not in position and asked.start is None:
        raise AssignmentDayError(file=sheet.name, columns=columns)
