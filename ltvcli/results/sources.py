"""How files would be read, before anything is computed."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from ltvcli.language import N_
from ltvcli.results.reports import InputFile, TableReport
from ltvcli.results.sentences import Sentence

TYPED, PROFILE, USUAL, CONTENT = N_("typed"), N_("profile"), N_("usual name"), N_("content")
STATUS = N_("status")
"""Why a column is read in its role."""


class SourceColumn(Struct, frozen=True, kw_only=True):
    """One column of a file: its roles, why it has them, and some of its cells."""

    header: str
    roles: tuple[str, ...]
    reason: str
    samples: tuple[str, ...]


class Refused(Struct, frozen=True, kw_only=True):
    """Why a file cannot be read: the problem, a hint, and the exit code of calc."""

    problem: Sentence
    hint: Sentence
    exit_code: int


class SourceFile(Struct, frozen=True, kw_only=True):
    """One file as it would be read.

    `form` is csv, parquet, xlsx or gzip. `profile` is the name of the recognised format, `label`
    its label and `recognised_by` the headers that identify it. `header_line` counts from 1; it is
    None without a header. `read` is None where the file is `refused`.
    """

    path: str
    kind: str | None
    form: str | None
    encoding: str | None
    delimiter: str | None
    header_line: int | None
    profile: str | None
    label: str
    recognised_by: tuple[str, ...]
    columns: tuple[SourceColumn, ...]
    currency: str | None
    read: InputFile | None
    refused: Refused | None


class SourcesReport(TableReport, frozen=True, kw_only=True):
    """How files would be read."""

    kind: ClassVar[Literal["sources"]] = "sources"
    files: tuple[SourceFile, ...]

    @property
    def exit_code(self) -> int:
        """Return the exit code of `ltv calc` for these files; 0 if all can be read."""
        return next((file.refused.exit_code for file in self.files if file.refused), 0)
