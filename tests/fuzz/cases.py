"""What is tried: files and a command line, both decided by a seed and a number alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import mutations
from tests.fuzz.samples import Sample, samples

OF_ORDERS = (
    "calc",
    "cohorts",
    "segments",
    "predict",
    "whatif",
    "audit",
    "mrr",
    "benchmark",
    "review",
    "check",
)
OF_SUBSCRIPTIONS = (
    *("mrr", "calc", "whatif", "audit", "mrr", "cohorts", "review", "benchmark", "segments"),
    *("predict", "check"),
)
HISTORY = Path(__file__).parent.parent / "golden/history/history.db"
OF_HISTORY = (
    ("",),
    ("show", "3"),
    ("show", "99"),
    ("forget", "3"),
    ("export", "runs.csv"),
    ("trend", "ltv_to_cac"),
    ("trend", "ltv", "--by", "channel"),
    ("trend", "ltv_to_cac", "in.csv"),
    ("trend", "period_ltv"),
)
"""What is asked of a history; "in.csv" stands for a damaged export."""
ABSURD = (
    "0", "-1", "1e9", "9" * 30, "9" * 400, "0." + "0" * 330 + "1", "nan", "inf", "", " ", "%",
    "½", "1_000", "10%", "100%", "101%", "0%", "0.0001%", "2y", "0mo", "1d", "100y", "9999y",
    "5,000", "¥500", "+10%", "-100%", "5%..3%", "5%->", "+1pt", "*", "2025-02-30", "9999-12-31",
    "0001-01-01", "2199-12-31", "1900-01-01", "2026-06-30", "x" * 1000, "a\nb", "=1+1",
    "\x1b[31m", "顧客", "--", "[]",
)  # fmt: skip
USUAL = {
    "--as-of": ("2025-12-31", "2026-03-31", "2026-06-30"),
    "--cac": ("40", "5000"),
    "--margin": ("40%", "0.8"),
    "--discount": ("10%",),
    "--horizon": ("3mo", "12mo", "24mo"),
    "--retention-cost": ("12",),
    "--lapse-after": ("90d", "6mo"),
    "--from": ("2025-01-01",),
    "--to": ("2026-01-31",),
    "--new-since": ("2025-03-01",),
    "--currency": ("USD", "JPY"),
    "--date-format": ("%Y-%m-%d", "%d/%m/%Y"),
    "--encoding": ("utf-8", "cp932"),
    "--cost-to-serve": ("5%",),
    "--min-customers": ("1", "30"),
    "--cac-lag": ("30d",),
    "--period": ("week", "month", "quarter"),
    "--against": ("previous", "last-year", "2025-01-01..2025-03-31"),
    "--churn": ("5%", "+10%"),
    "--aov": ("80", "+5%"),
    "--arpu": ("9.5",),
    "--frequency": ("3",),
    "--lifespan": ("2y",),
    "--budget": ("9000",),
    "--growth": ("10%",),
    "--fail-under": ("3",),
    "--map": ("amount=amount", "customer=email", "date=order_date", "amount=2", "order=Name"),
}
SWITCHES = {
    "segments": ("--minus", "--include-customers", "--plain-ids"),
    "predict": ("--include-customers",),
    "mrr": ("--reconcile",),
    "calc": ("--strict",),
}
TAKES = {
    "calc": """--as-of --cac --margin --discount --horizon --retention-cost --lapse-after --from
        --to --new-since --currency --date-format --encoding --churn --aov --arpu --frequency
        --lifespan --fail-under --map""",
    "cohorts": "--as-of --lapse-after --from --to --new-since --currency --date-format --map",
    "segments": """--as-of --cac --margin --discount --horizon --cost-to-serve --min-customers
        --from --retention-cost --new-since --map""",
    "predict": "--as-of --cac --margin --discount --horizon --from --new-since --map",
    "benchmark": "--as-of --cac --margin --discount --horizon --from --currency --map",
    "review": """--as-of --cac --margin --horizon --from --new-since --period --against
        --min-customers --map""",
    "check": """--as-of --cac --margin --horizon --from --new-since --min-customers --map
        --currency""",
    "mrr": "--as-of --from --to --currency --date-format --encoding --map",
    "whatif": """--as-of --cac --margin --discount --horizon --churn --aov --arpu --frequency
        --lifespan --retention-cost --budget --growth --map""",
    "audit": "--as-of --from --to --lapse-after --currency --map",
}
CLAIMS = (
    "ltv=1380",
    "churn=3.1%",
    "cac=450",
    "ltv_to_cac=3.1",
    "arpu=93.70",
    "age=30mo",
    "mrr=49400",
)
SPEND = "Month,Channel,Spend\n2025-01,search,300\n2025-02,social,184.51\n2025-06,search,90\n"
PEOPLE = "customer_id,region,tier\nK000,south,A\nK001,north,B\nK002,south,\n"
PLANS = "name,lever,change,cost,probability,months\nA,churn,-10%,3000,50%,2\nB,aov,+5%,1000,70%,3\n"
SETTINGS = (
    "margin: 40%\ncac: 45\nlapse_after: 90d\nmap: {amount: amount}\n"
    "elasticities:\n  cac: {budget: 0.5}\ninitiatives:\n"
    "  - {name: Onboarding, lever: churn, change: -10%, cost: 300, feasibility: 4, months: 2}\n"
)
RULES = (
    "margin: 40%\nrules:\n"
    '  - {name: unit economics, when: "ltv_to_cac < 3", sure: 80%, severity: error}\n'
    '  - {name: sudden, when: "changed(retention_90d) or changed(logo_churn)", by: channel}\n'
    '  - {name: dear, when: "not (cac <= 40) and new_customers > 2", for: 2 runs}\n'
)


@dataclass(frozen=True, slots=True)
class Case:
    """One run: what is typed after `ltv`, in a folder that holds the files."""

    seed: int
    number: int
    sample: str
    arguments: tuple[str, ...]
    rejects: bool

    @property
    def as_json(self) -> bool:
        """Whether the answer is to be JSON."""
        return self.arguments[-2:] == ("--format", "json")


def case(seed: int, number: int, folder: Path) -> Case:
    """Write the files of a case into `folder`, and give what is typed."""
    chance = random.Random(f"{seed} {number}")
    sample = chance.choice(samples())
    if chance.random() < 0.04:
        arguments = _history(sample, chance, folder)
        form = () if "export" in arguments else ("--format", "json")
        return Case(seed, number, sample.name, (*arguments, *form), rejects=False)
    command = chance.choice(OF_ORDERS if sample.of_orders else OF_SUBSCRIPTIONS)
    arguments = [command, damaged(sample.raw, chance, folder).name]
    arguments += _second_file(command, sample, chance, folder)
    if command == "audit":
        arguments += _claims(chance, folder)
    arguments += _options(command, chance)
    arguments += _others(command, chance, folder)
    if command == "check":
        _write(folder / "ltv.yaml", RULES, chance)
    elif chance.random() < 0.15:
        _write(folder / "ltv.yaml", SETTINGS, chance)
    rejects = chance.random() < 0.4
    if rejects:
        arguments += ["--rejects", "rejects.csv"]
    if chance.random() < 0.15:
        arguments += ["--lang", "ja"]
    form = chance.choice(("json",) * 7 + ("table", "md", "csv"))
    return Case(seed, number, sample.name, (*arguments, "--format", form), rejects)


def _history(sample: Sample, chance: random.Random, folder: Path) -> list[str]:
    """Write a history, damaged in half of all cases, and give what is asked of it."""
    raw = HISTORY.read_bytes()
    damaged = mutations.change_bytes(raw, chance) if chance.random() < 0.5 else raw
    (folder / "history.db").write_bytes(damaged)
    asked = chance.choice(OF_HISTORY)
    words = [word for word in asked if word]
    if "in.csv" in words:
        words[words.index("in.csv")] = damaged(sample.raw, chance, folder).name
    return ["history", *words, "--history", "history.db"]


def _second_file(command: str, sample: Sample, chance: random.Random, folder: Path) -> list[str]:
    """Return a second export for some cases.

    It is the same export damaged in another way, another export of its kind, or (for `calc`) orders
    beside subscriptions.
    """
    draw = chance.random()
    if draw < 0.12:
        return [damaged(sample.raw, chance, folder, "second").name]
    if draw < 0.2:
        others = [other for other in samples() if other.of_orders is sample.of_orders]
    elif draw < 0.6 and command == "calc":
        others = [other for other in samples() if other.of_orders is not sample.of_orders]
    else:
        return []
    return [damaged(chance.choice(others).raw, chance, folder, "second").name]


def damaged(raw: bytes, chance: random.Random, folder: Path, name: str = "in") -> Path:
    """Write a sample that is damaged, or packed in another way, and return the file.

    Args:
        raw: the sample.
        chance: decides how.
        folder: to write into.
        name: of the file, without its ending.
    """
    rows = mutations.table(raw)
    ways = chance.choices(
        ("cells", "structure", "bytes", "none"), (5, 4, 3, 2), k=chance.choice((1, 2))
    )
    for way in ways:
        if way == "cells" and rows:
            mutations.change_cells(rows, chance)
        elif way == "structure" and rows:
            mutations.change_structure(rows, chance)
    if rows and ways != ["none"]:
        raw = mutations.written(rows, chance)
    if "bytes" in ways:
        raw = mutations.change_bytes(raw, chance)
    return mutations.packed(raw, rows, chance, folder, name)


def _options(command: str, chance: random.Random) -> list[str]:
    words: list[str] = []
    for option in chance.sample(TAKES[command].split(), chance.choice((0, 0, 1, 1, 2, 4))):
        values = ABSURD if chance.random() < 0.3 else USUAL[option]
        words += [option, chance.choice(values)]
    if command in SWITCHES and chance.random() < 0.3:
        words.append(chance.choice(SWITCHES[command]))
    if command == "segments" and chance.random() < 0.6:
        words += ["--by", chance.choice(("channel", "country", "none", "x" * 300))]
    if command == "mrr" and "--reconcile" not in words and chance.random() < 0.2:
        words += ["--by", "plan"]
    if command == "predict" and chance.random() < 0.2:
        words += ["--model", chance.choice(("bg-nbd", "pareto-nbd", "none"))]
    return words


def _claims(chance: random.Random, folder: Path) -> list[str]:
    claims = chance.sample(CLAIMS, chance.choice((1, 3, 5)))
    if chance.random() < 0.3:
        claims.append(f"ltv={chance.choice(ABSURD)}")
    if chance.random() < 0.5:
        return [word for claim in claims for word in ("--claim", claim)]
    text = "".join(claim.replace("=", ": ") + "\n" for claim in claims)
    _write(folder / "pitch.yaml", text, chance)
    return ["pitch.yaml"]


def _others(command: str, chance: random.Random, folder: Path) -> list[str]:
    words: list[str] = []
    if command not in ("mrr",) and chance.random() < 0.25:
        _write(folder / "spend.csv", SPEND, chance)
        words += ["--spend", "spend.csv"]
    if command in ("segments", "predict") and chance.random() < 0.6:
        _write(folder / "people.csv", PEOPLE, chance)
        words += ["--customers", "people.csv", "--by", "tier"]
    if command == "check":
        words += ["--history", "history.db", *(["--dry-run"] if chance.random() < 0.3 else [])]
    if command == "whatif" and chance.random() < 0.3:
        _write(folder / "plans.csv", PLANS, chance)
        words += ["--initiatives", "plans.csv"]
    return words


def _write(path: Path, text: str, chance: random.Random) -> None:
    change: Callable[[bytes, random.Random], bytes] = mutations.change_bytes
    raw = text.encode()
    if chance.random() < 0.3:
        raw = raw.replace(chance.choice(text.split()).encode(), chance.choice(ABSURD).encode())
    path.write_bytes(change(raw, chance) if chance.random() < 0.4 else raw)
