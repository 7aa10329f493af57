"""Cases of the files beside exports: damaged deals, survey answers and cancellations."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from tests.fuzz.cases import ABSURD, Case, damaged

PLAN = "bonus: {schedule: {signing: 50%, 90d: 25%, 180d: 25%}, trust: {weight: on}, nps: on}\n"
CUSTOMERS = 150
REASONS = ("too_expensive", "unused", "payment_failed", "", "hates Mondays")
MAPS = (
    "deal_customer=customer", "deal_owner=1", "survey_score=score", "survey_day=x" * 9,
    "cancellation_day=day", "deal=deal", "deal_won=won",
)  # fmt: skip
OPTIONS = {
    "scorecard": (("--by", "owner"), ("--by", "team"), ("--period", "quarter"), ("--cac", "40")),
    "bonus": (("--as-of", "2026-03-31"), ("--currency", "JPY")),
    "report": (("--quotes",), ("--margin", "40%"), ("--lang", "ja")),
    "sources": (("--as-of", "2026-03-31"),),
}


@cache
def files() -> dict[str, bytes]:
    """Write a company of 150 customers, and what its owners and customers said."""
    chance = random.Random(16)
    subscriptions = ["customer_id,email,start,end,amount,interval"]
    deals = ["deal,customer,owner,team,signed,value,commission,channel,plan,stage"]
    survey = ["Timestamp,Email Address,How likely are you to recommend us?,Why?"]
    cancellations = ["customer,day,reason,feedback,comment"]
    for number in range(CUSTOMERS):
        name, mail = f"K{number:03d}", f"k{number}@example.com"
        start = f"2025-{1 + number % 12:02d}-{chance.randint(1, 28):02d}"
        end = f"2026-{chance.randint(1, 9):02d}-10" if chance.random() < 0.4 else ""
        subscriptions.append(f"{name},{mail},{start},{end},{10 + number % 9}.50,month")
        owner, stage = f"Owner {number % 5}", chance.choice(("won", "won", "won", "lost"))
        pay = chance.randint(10, 99_999) / 100
        deals.append(
            f"D{number},{chance.choice((name, mail))},{owner},Team {number % 2},{start},"
            f"{12 * pay:.2f},{pay:.2f},web,pro,{stage}"
        )
        if chance.random() < 0.7:
            survey.append(
                f"2026/0{1 + number % 9}/1{number % 9} 10:11:12,{mail},{number % 11},so so"
            )
        if end:
            reason = chance.choice(REASONS)
            cancellations.append(f"{name},{end},{reason},,call me at 555-01{number % 90 + 10}")
    texts = {
        "subscriptions": subscriptions,
        "deals": deals,
        "survey": survey,
        "cancellations": cancellations,
    }
    return {name: "\n".join(lines).encode() + b"\n" for name, lines in texts.items()}


def case(seed: int, number: int, folder: Path) -> Case:
    """Write the files of a case, at least one of them damaged, and return what is typed.

    Args:
        seed: of the run.
        number: of the case.
        folder: empty.
    """
    chance = random.Random(f"trust {seed} {number}")
    command = chance.choice(("scorecard", "scorecard", "bonus", "bonus", "report", "sources"))
    beside = {
        "scorecard": ("deals", "survey"),
        "bonus": ("deals", "survey"),
        "report": ("survey", "cancellations"),
        "sources": ("deals", "survey", "cancellations"),
    }[command]
    broken = chance.choice(beside)
    paths = {}
    for name in ("subscriptions", *beside):
        if name == broken or (name != "subscriptions" and chance.random() < 0.2):
            paths[name] = damaged(files()[name], chance, folder, name).name
        else:
            paths[name] = f"{name}.csv"
            (folder / paths[name]).write_bytes(files()[name])
    (folder / "ltv.yaml").write_text(PLAN, "utf-8")
    words = [command, *(["board"] if command == "report" else [])]
    if command == "sources":
        words += [paths[broken]]
    else:
        words += [paths["subscriptions"]]
        words += [word for name in beside for word in (f"--{name}", paths[name])]
    for option in OPTIONS[command]:
        if chance.random() < 0.3:
            words += option
    if chance.random() < 0.25:
        words += ["--map", chance.choice(MAPS)]
    if chance.random() < 0.1:
        words += ["--as-of", chance.choice(ABSURD)]
    rejects = command in ("scorecard", "bonus") and chance.random() < 0.5
    if rejects:
        words += ["--rejects", "rejects.csv"]
    # Of a file that cannot be read, `ltv sources` still shows what was understood, on stdout.
    form = "md" if command == "sources" else "json"
    return Case(seed, number, broken, (*words, "--format", form), rejects)
