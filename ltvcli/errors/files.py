"""Opening files."""

from __future__ import annotations

from ltvcli.errors.kinds import InputError, UsageError
from ltvcli.language import N_


class NotAnInputError(UsageError):
    """An input of the Python API is nothing that can be read."""

    problem = N_("An input is of the type {kind}, which cannot be read.")
    hint = N_(
        "Give paths, pandas data frames or DuckDB relations, each as an argument of its own: "
        "ltvcli.calc(*files)."
    )


class MissingFileError(InputError):
    """A path does not exist, and no similar name exists beside it."""

    problem = N_("There is no file “{file}”.")
    hint = N_("Check the spelling, or type ls to see what is there.")


class MissingFileNearError(InputError):
    """A path leads nowhere, but similar names are there."""

    problem = N_("There is no file “{file}”.")
    hint = N_("Did you mean {near}?")


class NoMatchError(InputError):
    """A pattern such as orders-*.csv matches no file."""

    problem = N_("No file matches “{pattern}”.")
    hint = N_("Check the folder and the spelling, or name the files one by one.")


class FolderError(InputError):
    """A folder was given instead of a file."""

    problem = N_("“{file}” is a folder, not a file.")
    hint = N_("Give the files inside it: '{pattern}'.")


class NoPermissionError(InputError):
    """The user may not read a file."""

    problem = N_("There is no permission to read “{file}”.")
    hint = N_("Ask its owner, or copy the file to a folder of your own.")


class UnreadableFileError(InputError):
    """The operating system could not read a file."""

    problem = N_("“{file}” cannot be read: {because}.")
    hint = N_("Copy the file to another folder and try again.")


class ChangedFileError(InputError):
    """A file was written to, replaced or deleted while it was read."""

    problem = N_("“{file}” changed while it was being read.")
    hint = N_("Wait until the export has finished, or copy the file, and run the command again.")


class SameFileTwiceError(UsageError):
    """One file was given twice, so every order in it would count twice."""

    problem = N_("“{file}” was given twice; every order would count twice.")
    hint = N_("Give it only once.")


class EmptyFileError(InputError):
    """A file is empty."""

    problem = N_("“{file}” is empty.")
    hint = N_("Check that this is the right file, and export it again with data.")


class HeaderOnlyError(InputError):
    """A file has column names but no rows."""

    problem = N_("“{file}” has a header but no data rows.")
    hint = N_("Check that this is the right file, and export it again with data.")


class BinaryFileError(InputError):
    """A file is something that holds no table of text."""

    problem = N_("“{file}” is {what}, not a table.")
    hint = N_("Give the CSV, Excel (.xlsx) or Parquet file itself; unpack archives first.")


class LegacyExcelError(InputError):
    """A workbook in the format of before 2007 (.xls)."""

    problem = N_("“{file}” is in the old Excel format (.xls).")
    hint = N_("Open it and save it as .xlsx or as CSV UTF-8.")


class PasswordError(InputError):
    """A workbook that only opens with a password."""

    problem = N_("“{file}” is protected by a password.")
    hint = N_("Open it, remove the password and save it again, or save it as CSV UTF-8.")


class ExcelBrokenError(InputError):
    """A workbook that does not open."""

    problem = N_("“{file}” is an Excel workbook that cannot be opened; it may be damaged.")
    hint = N_("Open it in a spreadsheet program and save it as CSV UTF-8.")


class ExcelBombError(InputError):
    """A workbook that unpacks to more than any worksheet can hold."""

    problem = N_("“{file}” unpacks to more than any Excel sheet can hold.")
    hint = N_("Open it in a spreadsheet program and save the sheet as CSV UTF-8.")


class FarCellError(InputError):
    """A cell far away from the table makes the sheet a huge rectangle of empty cells."""

    problem = N_("“{file}” has a cell far away from its table: {cell}.")
    hint = N_("Delete the columns beyond the table and save the workbook, or save it as CSV UTF-8.")


class TooManyColumnsError(InputError):
    """A file has more columns than any export; nearly always rows and columns are exchanged."""

    problem = N_("“{file}” has {columns} {columns:column|columns}; ltv reads up to {most}.")
    hint = N_("Keep the columns of customer, date and amount, and one row for each order.")


class SeveralSheetsError(InputError):
    """A workbook has data on several sheets."""

    problem = N_("“{file}” has several sheets with data: {sheets}.")
    hint = N_("Name those to read, each in quotes: '{file}[{longest}]'.")


class NoSuchSheetError(UsageError):
    """The sheet named in brackets is not in the workbook."""

    problem = N_("“{file}” has no sheet “{sheet}”.")
    hint = N_("Its sheets are: {sheets}.")


class ParquetBrokenError(InputError):
    """A Parquet file that does not open."""

    problem = N_("“{file}” is a Parquet file that cannot be opened; it may be damaged.")
    hint = N_("Write it again, or give the data as CSV.")


class HtmlFileError(InputError):
    """A web page that was saved in place of the export."""

    problem = N_("“{file}” is a web page, not a table.")
    hint = N_("Log in and download the export again; the page may be a login or an error page.")


class JsonFileError(InputError):
    """JSON instead of a table."""

    problem = N_("“{file}” is JSON, not a table.")
    hint = N_("Give the same data as CSV, Excel (.xlsx) or Parquet.")


class GzipBombError(InputError):
    """A small archive that unpacks to something huge."""

    problem = N_("“{file}” unpacks to more than {times} times its size, which no export does.")
    hint = N_("If it is what you expect, unpack it yourself (gunzip) and give the unpacked file.")


class GzipBrokenError(InputError):
    """An archive that is cut short or damaged."""

    problem = N_("“{file}” is cut short or damaged: it cannot be unpacked.")
    hint = N_("Download it again.")


class UnknownEncodingError(UsageError):
    """--encoding names no encoding of text."""

    problem = N_("--encoding does not know “{text}”.")
    hint = N_("Write for example --encoding utf-8, cp932, utf-16, latin-1 or gb18030.")


class WrongEncodingError(InputError):
    """A file does not have the encoding that was given or that it declares."""

    problem = N_("“{file}” is not written in {encoding}: line {line} cannot be read.")
    hint = N_("Name the encoding it was saved in, for example --encoding cp932 or latin-1.")


class UndecodableError(InputError):
    """A file is neither UTF-8 nor CP932."""

    problem = N_("“{file}” is written neither in UTF-8 nor in CP932 (Shift_JIS).")
    hint = N_("Name the encoding it was saved in, for example --encoding latin-1.")


class NulBytesError(InputError):
    """A file has NUL bytes, which no text has."""

    problem = N_("“{file}” has NUL bytes (line {line}), so it is not plain text.")
    hint = N_("If it was saved as Unicode text, add --encoding utf-16-le; else export it again.")


class NoHeaderError(InputError):
    """The first line is data, so that columns have no names."""

    problem = N_("“{file}” has no header row. It begins with “{line}”.")
    hint = N_("Name the columns by number: --map customer=1 --map date=2 --map amount=3.")


class HeaderWidthError(InputError):
    """The header names another number of columns than the rows have."""

    problem = N_("“{file}” names {names} {names:column|columns}, but its rows have {cells}.")
    hint = N_("Correct the first line so that it names every column.")


class OneColumnError(InputError):
    """A file has a single column and no delimiter."""

    problem = N_("“{file}” has only one column. It begins with “{line}”.")
    hint = N_("Separate the columns with commas, tabs, semicolons or |, not with spaces.")


class UnclosedQuoteError(InputError):
    """A quote opens and never closes, so rows run into one another."""

    problem = N_('In “{file}”, a quote (") opens in line {line} and is not closed.')
    hint = N_('Correct that line: close the quote, or write a quote inside a cell twice ("").')
