"""Output settings: language, format, exit code and the key of hashed ids. They change no figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ltvcli.language import LANGUAGES, N_
from ltvcli.settings.origins import Origins
from ltvcli.settings.parsing import Setting, one_of, plain, switch
from ltvcli.units import parse_amount


@dataclass(frozen=True, kw_only=True)
class OutputSettings(Origins):
    """How to write a result, and the words typed to get it."""

    lang: Annotated[
        str | None, Setting(N_("Language of the result: en or ja."), one_of(LANGUAGES, "ja"))
    ] = None
    format: Annotated[str | None, Setting(N_("Output format."), plain)] = None
    fail_under: Annotated[
        float | None, Setting(N_("Exit with code 1 if LTV/CAC is below this."), parse_amount)
    ] = None
    id_key: Annotated[
        str | None,
        Setting(N_("Key for hashing customer IDs; keep it secret."), plain, secret=True),
    ] = None
    history: Annotated[
        str | None, Setting(N_("File in which runs are recorded."), plain, file=True)
    ] = None
    record: Annotated[bool, Setting(N_("Record this run in the history."), switch)] = False
    file: str = ""
    file_elsewhere: bool = False
    typed: tuple[str, ...] = ()
