"""The Python API: `ltvcli.calc("orders.csv", margin=0.4, cac=5000)`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ltvcli import config, formats, pipeline, registry
from ltvcli.results import Report

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Report):
    """A Report that also turns itself into what Python users work with."""

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Give the JSON document `ltvcli/1` as a dict."""
        document: dict[str, Any] = json.loads(self.to_text("json", lang))
        return document

    def to_pandas(self) -> pd.DataFrame:
        """Give one row per figure: method, figure, value, low, high, unit, source."""
        from io import StringIO

        import pandas as pd

        return pd.read_csv(StringIO(self.to_text("csv")))

    def to_text(self, format: str = "table", lang: str = "en") -> str:
        """Write the answer as `ltv calc --format` does."""
        text: str = registry.load(formats, format).render(self, lang)
        return text

    def __str__(self) -> str:
        """Give the first screen."""
        return self.to_text()


def calc(*inputs: Any, **options: Any) -> Answer:
    """Value a customer from exports of orders, or from given numbers alone.

    Args:
        inputs: paths, globs or pandas data frames of orders; none means numbers only.
        options: the options of `ltv calc` with underscores: `margin=0.4`, `cac=5000`,
            `lapse_after="90d"`, `map={"customer": "顧客番号"}`. Lengths of time are text or months.

    Raises:
        LtvError: with `problem`, `hint` and `exit_code`, as the command line shows them.

    >>> calc(arpu=10_000, churn=0.05, cac=60_000).verdict.grade
    <Grade.HEALTHY: 'healthy'>
    """
    files: Sequence[Any] = inputs
    report = pipeline.calc(files, config.from_python(options))
    return Answer(**{one.name: getattr(report, one.name) for one in fields(report)})
