from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ltvcli.engines import duckdb
from ltvcli.pipeline.read_files import open_beside
from ltvcli.read import emails, surveys
from ltvcli.read.files import open_files
from ltvcli.read.orders import load as orders
from ltvcli.read.rejects import write
from ltvcli.results import InputFile
from ltvcli.settings.settings import Settings

ORDERS = """customer_id,email,date,total
1,a@example.com,2026-01-05,10
2,b@example.com,2026-01-06,10
3,c@example.com,2026-01-07,10
4,,2026-12-31,10
"""
Answer = tuple[str, date, int, str | None]


@dataclass(frozen=True)
class Loaded:
    """What reading a survey gave."""

    file: InputFile
    answers: list[Answer]
    rejects: str

    @property
    def scores(self) -> dict[str, int]:
        return {customer: score for customer, _, score, _ in self.answers}

    @property
    def aside(self) -> dict[str, int]:
        return dict(self.file.set_aside)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Loaded]:
    """Write a text as a file of answers, and read it beside four customers."""

    def read(
        text: str | bytes, span: str = "month", orders_text: str = ORDERS, **settings: Any
    ) -> Loaded:
        (tmp_path / "orders.csv").write_text(orders_text, "utf-8")
        data = text.encode() if isinstance(text, str) else text
        (tmp_path / "nps.csv").write_bytes(data)
        chosen = Settings(survey=(str(tmp_path / "nps.csv"),), **settings)
        temp = tmp_path / "temp"
        temp.mkdir()
        customers = open_files.open_all([tmp_path / "orders.csv"], Settings(), temp)
        answers = open_beside(chosen.survey, chosen, temp, "survey")
        every = [*customers, *answers]
        with duckdb.open([sheet.path for sheet in every], temp, None) as engine:
            orders.load(customers, Settings(), engine)
            emails.add(engine, "orders", customers, {})
            as_of = chosen.as_of or date(2026, 12, 31)
            asked = surveys.Asked(kind="orders", name="orders.csv", as_of=as_of)
            (file,) = surveys.load(answers, chosen, engine, asked, span, len(customers))
            rows = engine.execute("from survey_answers order by customer, day").fetchall()
            write(engine, every, tmp_path / "rejects.csv")
        assert file.kind == "survey"
        assert file.rows_read == file.rows_used + sum(file.set_aside.values())
        return Loaded(file, rows, (tmp_path / "rejects.csv").read_text("utf-8"))

    return read
