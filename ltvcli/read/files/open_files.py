"""Open files as sheets: tables of text with a known header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from ltvcli.errors import (
    BinaryFileError,
    ChangedFileError,
    LtvError,
    ParquetBrokenError,
    TooManyColumnsError,
)
from ltvcli.language import N_
from ltvcli.read.files import data_frame, hashing, parquet, record_finder, system_errors
from ltvcli.read.files.decode import NotPlainError, PlainFile, Text, begins_plain, decode
from ltvcli.read.files.file_type import kind
from ltvcli.read.files.gzip import unpack
from ltvcli.read.files.header import Header, header
from ltvcli.read.files.inputs import Input, inputs
from ltvcli.read.files.records import Records
from ltvcli.read.files.scan import relation
from ltvcli.read.files.sheet import Sheet, stamp
from ltvcli.settings.reading import ReadingSettings

MOST_COLUMNS = 2000
"""Beyond, time and memory grow with the square of the columns."""
_GLOB = "*?[]{}"


def open_all(
    given: Sequence[Any], settings: ReadingSettings, temp: Path, *, may_count: bool = False
) -> list[Sheet]:
    """Open all inputs, in order; files that need decoding are written into `temp`.

    Args:
        given: paths, patterns, `book.xlsx[Sheet]`, "-", pandas data frames or DuckDB relations.
        settings: of which `encoding` and `map` matter here.
        temp: private folder, deleted by the caller.
        may_count: whether the caller calls `find_again` after it has read the sheets.

    Raises:
        InputError: one of them cannot be used; each reason has its own class in errors/.
        UsageError: a file was given twice, or `--encoding` is unknown.
    """
    with system_errors.as_ours("-", temp):
        files = inputs(given, temp)
    sheets: list[Sheet] = []
    for _, numbered in groupby(enumerate(files), key=lambda entry: entry[1].pattern or entry[0]):
        together = [(file, temp / f"sheet-{number}") for number, file in numbered]
        (first, _), *_ = together
        with system_errors.as_ours(first.name, temp):
            are_parquet = all(_is_parquet(file) for file, _ in together)
            if are_parquet:
                paths = [_plain(file.path, copy) for file, copy in together]
                sheets += parquet.open_together([file for file, _ in together], paths, temp)
        if not are_parquet:
            sheets += [
                _opened(file, settings, copy, may_count=may_count) for file, copy in together
            ]
    for sheet in sheets:
        _refuse_wide(sheet.header, sheet.name)
    return sheets


def _is_parquet(file: Input) -> bool:
    return file.frame is None and kind(file.path, file.name) == "parquet"


def _opened(file: Input, settings: ReadingSettings, copy: Path, *, may_count: bool) -> Sheet:
    with system_errors.as_ours(file.name, copy.parent):
        if file.frame is not None:
            data_frame.to_csv(file.frame, file.path)
        at_first = stamp(file.path)
        digest = hashing.begin(file, copy.parent)
        path, file_type = file.path, kind(file.path, file.name)
        if file_type == "gzip":
            unpack(path, file.name, path := copy.with_suffix(".unpacked"))
            file_type = kind(path, file.name)
            if file_type == "gzip":
                raise BinaryFileError(file=file.name, what=N_("an archive inside an archive"))
        if file_type == "parquet":
            return parquet.open_together([file], [_plain(path, copy)], copy.parent)[0]
        name, stray, cells = file.name, None, ""
        if file_type == "xlsx":
            from ltvcli.read.files import excel

            sheet = excel.to_csv(path, file.name, file.sheet, copy)
            name, stray = f"{file.name}[{sheet.name}]", sheet.stray
            text, cells = Text(path=copy, encoding="utf-8"), hashing.sha256(copy)
            top, table = _cut(copy, name, settings.map, copy)
        else:
            known = settings.encoding if file.frame is None else None
            plainly = partial(record_finder.find, opened=PlainFile, may_count=may_count)
            text, top, table = _decoded(path, name, known, settings.map, copy, plainly)
        return Sheet(
            name=name,
            shape="csv",
            header=top.names,
            digest=digest,
            path=_plain(text.path, copy.with_suffix(".link")),
            source=file.source,
            delimiter=top.delimiter,
            skip=top.skip,
            encoding=text.encoding,
            records=table,
            stamp=at_first,
            stray=stray,
            cells=cells,
        )


def _decoded(
    path: Path,
    name: str,
    encoding: str | None,
    chosen: Mapping[str, str],
    copy: Path,
    find_plain: Callable[..., Records],
) -> tuple[Text, Header, Records]:
    """Find the header and the records of a text file, which is decoded into `copy` if need be.

    A plain file is read only once, as `find_plain` checks the text while it finds the records.
    """
    if begins_plain(path, encoding):
        with suppress(NotPlainError, UnicodeDecodeError):
            plain = Text(path=path, encoding="utf-8")
            return plain, *_cut(path, name, chosen, copy, find_plain)
    text = decode(path, name, encoding, copy)
    return text, *_cut(text.path, name, chosen, copy)


def _cut(
    path: Path,
    name: str,
    chosen: Mapping[str, str],
    copy: Path,
    find: Callable[..., Records] = record_finder.find,
) -> tuple[Header, Records]:
    """Find the header and the records of the UTF-8 text at `path`."""
    from ltvcli.engines import _early_connection

    top = header(path, name, chosen)
    _refuse_wide(top.names, name)
    _early_connection.prepare()
    width, repaired = len(top.names), copy.with_suffix(".repaired")
    return top, find(path, name, top.delimiter, width, top.skip, repaired)


def find_again(sheets: Sequence[Sheet], temp: Path) -> bool:
    """Find records again whose cells were only counted; return whether the count was wrong.

    What is known of the records of a sheet changes in place, as others hold the sheet.

    Args:
        sheets: opened files.
        temp: private folder.

    Raises:
        InputError: a file cannot be read any more.
    """
    was_wrong = False
    for sheet in sheets:
        counted = sheet.records
        if counted is None or not counted.is_counted:
            continue
        form, copy = counted.form, temp / f"{sheet.sha256}.repaired"
        with system_errors.as_ours(sheet.name, temp):
            every = record_finder.find(
                counted.text, form.name, sheet.delimiter, form.width, sheet.skip, copy
            )
        was_wrong |= every.count != counted.count
        for name, value in asdict(every).items():
            setattr(counted, name, value)
    return was_wrong


def _refuse_wide(names: Sequence[str], name: str) -> None:
    if len(names) > MOST_COLUMNS:
        raise TooManyColumnsError(file=name, columns=len(names), most=MOST_COLUMNS)


def check_unchanged(sheets: Sequence[Sheet]) -> None:
    """Check that the files of `sheets` have not changed since they were opened.

    Raises:
        ChangedFileError: one of them was written to, replaced or deleted.
    """
    for file in [member for sheet in sheets for member in sheet.parts or [sheet]]:
        if file.source is None or file.stamp is None:
            continue
        try:
            now = stamp(file.source)
            # Permissions and names may change; for other changes the bytes are compared.
            is_same = now == file.stamp or (
                now[:3] == file.stamp[:3] and hashing.sha256(file.source) == file.sha256
            )
        except OSError:
            is_same = False
        if not is_same:
            raise ChangedFileError(file=file.name)


def _plain(path: Path, link: Path) -> Path:
    """Give a file a plain name if DuckDB would treat its name as a pattern, or cannot use it."""
    name = str(path)
    if name.isprintable() and not any(char in name for char in _GLOB):
        return path
    link.symlink_to(path)
    return link


@contextmanager
def blamed(sheets: Sequence[Sheet], temp: Path) -> Iterator[None]:
    """Name the damaged Parquet file when reading stops for a reason that we have no words for.

    Nothing is looked at twice as long as all goes well.

    Raises:
        ParquetBrokenError: one of `sheets` cannot be read to its end.
    """
    try:
        yield
    except LtvError:
        raise
    except Exception:
        for sheet in sheets:
            for member in sheet.parts:
                if _damaged(replace(sheet, parts=(member,)), temp):
                    raise ParquetBrokenError(file=member.name) from None
        raise


def _damaged(sheet: Sheet, temp: Path) -> bool:
    import duckdb

    from ltvcli.engines import duckdb as engine

    source, parameters = relation(sheet)
    cells = ", ".join(f"bit_xor(hash(c{number}))" for number in range(len(sheet.header)))
    try:
        with engine.open(sheet.paths, temp, None) as opened:
            opened.execute(f"select {cells} from {source}", parameters).fetchall()
    except (duckdb.Error, UnicodeError):
        return True
    return False
