"""Conversions that every answer offers: a dict, a data frame, the text of a format."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import asdict

from ltvcli import formats, registry
from ltvcli.errors import WorkbookTakesFileError
from ltvcli.results import Run

if TYPE_CHECKING:
    import pandas as pd


class Convertible:
    """Conversions of a report for Python users."""

    __slots__ = ()

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        """Return the JSON document `ltvcli/1` as a dict."""
        document: dict[str, Any] = json.loads(self.to_text("json", lang))
        return document

    def to_pandas(self) -> pd.DataFrame:
        """Return the table of `--format csv`: of `calc` a row per figure, of `mrr` per month."""
        from io import StringIO

        import pandas as pd

        return pd.read_csv(StringIO(self.to_text("csv")))

    def to_text(self, format: str = "table", lang: str = "en") -> str:
        """Write the answer as `--format` does."""
        if format == "xlsx":
            raise WorkbookTakesFileError
        render = registry.load(formats, format).render
        if format == "html":
            from ltvcli.commands import _glossary

            render = partial(render, explain=_glossary.meaning)
        text: str = render(self, lang)
        return text

    def __str__(self) -> str:
        """Return the first screen."""
        return self.to_text()


AnyAnswer = TypeVar("AnyAnswer", bound=Convertible)


def convertible(kind: type[AnyAnswer], report: Run) -> AnyAnswer:
    """Return `report` as a `kind` of answer, which has the same fields and can be converted."""
    return kind(**asdict(report))
