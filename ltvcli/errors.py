"""Every error a user can meet.

An error class owns its words: the place that raises it passes only the facts. `problem` is one
sentence that says what is wrong, `hint` one sentence with the thing to type. The one handler in
cli.py translates both and exits with `exit_code`.

2 usage or configuration · 3 input cannot be used · 4 the data cannot answer · 70 our bug
"""

from __future__ import annotations

from ltvcli.language import N_


class LtvError(Exception):
    """Anything the user can act on. Shown as two lines, never as a traceback."""

    exit_code = 3
    problem = ""
    hint = ""

    def __init__(self, **facts: object) -> None:
        super().__init__(self.problem.format(**facts))
        self.facts = facts


class UsageError(LtvError):
    """What was typed or configured cannot be used."""

    exit_code = 2


class InputError(LtvError):
    """A file that came in cannot be used."""


class UnansweredError(LtvError):
    """The input is fine, but the data cannot answer the question."""

    exit_code = 4


class InternalError(LtvError):
    """We broke a promise to ourselves; printing a number would be worse."""

    exit_code = 70
    problem = N_("Internal check failed: {what}.")
    hint = N_(
        "This is a bug in ltv, no result was printed; please report it with the command typed."
    )


# What was typed


class UnknownNameError(UsageError):
    """A method, format, figure or command was asked for that does not exist."""

    problem = N_("There is no “{name}” among the {kind}.")
    hint = N_("Known: {known}.")


class NotARateError(UsageError):
    """A rate was not a number, or lay outside 0 to 1."""

    problem = N_("{name} must be a rate between 0% and 100%, not “{text}”.")
    hint = N_("Write five percent as 5% or as 0.05.")


class NotAnAmountError(UsageError):
    """An amount of money or a count was not a number, or was negative."""

    problem = N_("{name} must be a number of 0 or more, not “{text}”.")
    hint = N_("Write it as 5000, 5,000 or 5000.50.")


class NotADurationError(UsageError):
    """A length of time had no unit or no number."""

    problem = N_("{name} must be a length of time, not “{text}”.")
    hint = N_("Write two years as 2y, two years in months as 24mo, ninety days as 90d.")


class NotADateError(UsageError):
    """A date was not a calendar date."""

    problem = N_("{name} must be a date, not “{text}”.")
    hint = N_("Write the last day of October 2026 as 2026-10-31.")


class NotAChoiceError(UsageError):
    """A setting takes one of a few words."""

    problem = N_("{name} must be one of {known}, not “{text}”.")
    hint = N_("Write for example {example}.")


class NothingGivenError(UsageError):
    """`ltv calc` with neither a file nor numbers."""

    problem = N_("There is nothing to calculate from.")
    hint = N_("Give a file (ltv calc orders.csv) or numbers (ltv calc --arpu 10000 --churn 5%).")


class MissingNumberError(UsageError):
    """Some numbers were given, but one more is needed."""

    problem = N_("{given} alone is not enough for a lifetime value.")
    hint = N_("Add {missing}.")


class TakesDataError(UsageError):
    """An option was typed that means nothing without a file."""

    problem = N_("{option} means nothing without data.")
    hint = N_("Leave it out, or give a file: ltv calc orders.csv {option} …")


class TakesOrdersError(UsageError):
    """An option was typed that means nothing for subscriptions."""

    problem = N_("{option} means nothing for subscriptions: they say themselves when they end.")
    hint = N_("Leave it out, or give a file of orders: ltv calc orders.csv {option} …")


class TwoCurrenciesError(UsageError):
    """Orders and subscriptions were given together, in different currencies."""

    problem = N_(
        "The orders are in {orders} and the subscriptions in {subscriptions}; they cannot be added."
    )
    hint = N_("Run them one by one, each with ltv calc.")


class ContradictionError(UsageError):
    """Two given numbers say different things."""

    problem = N_("{first} and {second} contradict each other: {because}.")
    hint = N_("Leave out {second}, or correct one of them.")


# Changes to a lever


class NotAChangeError(UsageError):
    """Something with a sign or an arrow that is no change of this lever."""

    problem = N_("{name} cannot be changed by “{text}”.")
    hint = N_(
        "Write from what to what ('5%->3%', in quotes, or 5%..3%), or by how much: -10%, +500, "
        "for rates also +1pt."
    )


class ArrowEatenError(UsageError):
    """`5%->3%` without quotes: the shell took `>3%` for a file to write to."""

    problem = N_("{name} “{text}” ends where the new value should follow: the shell took the >.")
    hint = N_("Put the change in quotes ('{start}->…'), or write {start}..… without any.")


class MinusOrUntilError(UsageError):
    """`5%-3%` may be from 5% to 3%, or 5% less 3%."""

    problem = N_("{name} “{text}” may mean from {start} to {end}, or {start} less {end}.")
    hint = N_("Write {start}..{end} for the one, '{start} -{end}' in quotes for the other.")


class OutOfRangeError(UsageError):
    """A change leads to a rate below 0% or above 100%, or to an amount below 0."""

    problem = N_("{name} “{text}” leads to {value}, which cannot be.")
    hint = N_("Rates lie between 0% and 100%, amounts are 0 or more: change it by less.")


class NoBaseError(UsageError):
    """A change of something whose value is not known."""

    problem = N_("{name} “{text}” changes something that is not known here.")
    hint = N_("Say what it is now: {example}.")


class BeginsElsewhereError(UsageError):
    """A change begins at another value than the one measured or given."""

    problem = N_("{name} “{text}” begins at {start}, but it is {known} here.")
    hint = N_("Write {name} '->{end}' to change it from there, or by how much, such as -10%.")


class NothingToChangeError(UnansweredError):
    """Too few customers were observed for a whole month, so nothing is known that could change."""

    problem = N_("Too few customers were observed for a whole month: no value is known to change.")
    hint = N_("Give a longer export, or numbers: ltv whatif --arpu 10000 --churn '5%->3%'.")


class TwoKindsError(UsageError):
    """Orders and subscriptions together, where one of them is meant."""

    problem = N_("ltv {command} takes orders or subscriptions, not both at once.")
    hint = N_("Run it on each of them; ltv calc takes both.")


class NotALeverHereError(UsageError):
    """A lever that has no say here."""

    problem = N_("{name} moves nothing here: {because}.")
    hint = N_("Change one of these: {levers}.")


class UnknownKeyError(UsageError):
    """A lever or a key of an initiative that does not exist."""

    problem = N_("{place}: nothing here is called “{name}”.")
    hint = N_("Did you mean: {near}?")


class NotANumberError(UsageError):
    """An elasticity was not a number."""

    problem = N_("{name} must be a number, not “{text}”.")
    hint = N_("Write 0.5 if one percent more of the one means half a percent more of the other.")


class MissingInInitiativeError(UsageError):
    """An initiative does not say all it has to."""

    problem = N_("{place}: this initiative does not say its {missing}.")
    hint = N_(
        "It takes name, lever, change, cost, and probability (60%) or feasibility (1 to 5); months "
        "until it works may be added."
    )


# The engine


class NotAMemorySizeError(UsageError):
    """--memory was not a size, or too small to work in."""

    problem = N_("--memory must be a size of 100MB or more, not “{text}”.")
    hint = N_("Write one gigabyte as --memory 1GB, half of it as --memory 512MB.")


class OutOfMemoryError(InputError):
    """The memory limit was reached, even with temporary files."""

    problem = N_("The data needs more memory than the {limit} it may use.")
    hint = N_("Allow more: --memory {more}.")


class DiskFullError(InputError):
    """Temporary files filled the disk."""

    problem = N_("The disk is full: there is no room left for temporary files in “{folder}”.")
    hint = N_("Free some space, or point TMPDIR to a folder on a larger disk.")


class UnknownOptionError(UsageError):
    """An option was typed that the command does not have."""

    problem = N_("There is no option {option} here.")
    hint = N_("Did you mean: {near}?")


class BrokenOptionError(UsageError):
    """The command line could not be understood."""

    problem = N_("The command line cannot be understood: {message}")
    hint = N_("ltv --help lists the commands, ltv calc --help its options.")


class OutputError(UsageError):
    """The result could not be written where it was asked to go."""

    problem = N_("The result cannot be written to {path}: {because}.")
    hint = N_("Give --out a file in a folder you may write to.")


class OutputIsInputError(UsageError):
    """The result would have replaced a file it was made from."""

    problem = N_("{path} is an input; the result would replace it.")
    hint = N_("Give --out another name.")


class OutputOfCustomersError(UsageError):
    """--out names a file of customers that is neither CSV nor Parquet."""

    problem = N_("{path} ends neither in .csv nor in .parquet, so it cannot hold the customers.")
    hint = N_("Name it customers.csv, or give --format md to write the result there instead.")


class NoRatioError(UnansweredError):
    """--fail-under was asked for, but there is no LTV/CAC to hold against it."""

    problem = N_("--fail-under needs an LTV/CAC, and there is none: {because}.")
    hint = N_("Add --cac, or leave out --fail-under.")


# What the numbers cannot say


class EndlessLifeError(UsageError):
    """A churn of zero without a discount: nobody leaves, and the value has no bound."""

    problem = N_("With a churn of 0% nobody ever leaves, and the lifetime value has no end.")
    hint = N_("Say how long a customer stays (--lifespan 24mo) instead, or add --discount 10%.")


class NothingToDiscountError(UsageError):
    """A discount rate was given, but no given number spreads over months."""

    problem = N_("--discount has nothing to work on: {given} says nothing about single months.")
    hint = N_("Leave out --discount, or give --arpu and --churn instead.")


class NotWholeMonthsError(UsageError):
    """A horizon that is not a whole number of months, at least one."""

    problem = N_("--horizon must be a whole number of months, 1 or more.")
    hint = N_("Write it as --horizon {months}mo.")


class HorizonPastDataError(UnansweredError):
    """More months were asked for than enough customers were observed."""

    problem = N_(
        "--horizon of {asked} months is past the data: {customers} customers were observed for no "
        "longer than {longest} months."
    )
    hint = N_("Leave out --horizon, or shorten it to --horizon {longest}mo.")


class NoMonthObservedError(UnansweredError):
    """A horizon was asked for, but hardly a customer was observed for one whole month."""

    problem = N_(
        "No customers were observed for even one whole month, so no --horizon can be shown."
    )
    hint = N_("Leave out --horizon, or give a longer export.")


# Models


class FitFailedError(UnansweredError):
    """A model has no best fit to this data, or the search for it did not settle."""

    problem = N_("The {model} model cannot be fitted: {because}.")
    hint = N_("Use the observed figures, which need no model, or add months of data.")


# Opening files


class MissingFileError(InputError):
    """A path leads nowhere, and nothing near it has a similar name."""

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
    """A folder was given in place of a file."""

    problem = N_("“{file}” is a folder, not a file.")
    hint = N_("Give the files inside it: {file}/*.csv.")


class NoPermissionError(InputError):
    """A file may not be read by whoever runs ltv."""

    problem = N_("There is no permission to read “{file}”.")
    hint = N_("Ask its owner, or copy the file to a folder of your own.")


class UnreadableFileError(InputError):
    """The operating system could not read a file."""

    problem = N_("“{file}” cannot be read: {because}.")
    hint = N_("Copy the file to another folder and try again.")


class SameFileTwiceError(UsageError):
    """One file was given twice, so every order in it would count twice."""

    problem = N_("“{file}” was given twice; every order in it would count twice.")
    hint = N_("Name it once.")


class EmptyFileError(InputError):
    """There is nothing in a file."""

    problem = N_("“{file}” is empty.")
    hint = N_("Export it again, with at least one order in the chosen period.")


class HeaderOnlyError(InputError):
    """A file has column names but no rows."""

    problem = N_("“{file}” has a header but no rows.")
    hint = N_("Export it again, with at least one order in the chosen period.")


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


class SeveralSheetsError(InputError):
    """A workbook has data on several sheets."""

    problem = N_("“{file}” has several sheets with data: {sheets}.")
    hint = N_("Name the one to read, in quotes: '{file}[{first}]'.")


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
    """JSON in place of a table."""

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
    """A file is not written in the encoding it was said, or says itself, to be in."""

    problem = N_("“{file}” is not written in {encoding}: line {line} cannot be read.")
    hint = N_("Name the encoding it was saved in, for example --encoding cp932 or latin-1.")


class UndecodableError(InputError):
    """Neither UTF-8 nor CP932 fits the whole file."""

    problem = N_("“{file}” is written neither in UTF-8 nor in CP932 (Shift_JIS).")
    hint = N_("Name the encoding it was saved in, for example --encoding latin-1.")


class NulBytesError(InputError):
    """A file has NUL bytes, which no text has."""

    problem = N_("“{file}” has NUL bytes (line {line}), so it is not plain text.")
    hint = N_("If it was saved as Unicode text, add --encoding utf-16-le; else export it again.")


class NoHeaderError(InputError):
    """The first line is data, so nothing says what the columns are."""

    problem = N_("“{file}” has no header; it begins with: {line}")
    hint = N_("Say by number which column is which: --map customer=1 --map date=2 --map amount=3.")


class HeaderWidthError(InputError):
    """The header names another number of columns than the rows have."""

    problem = N_("“{file}” names {names} columns, but its rows have {cells}.")
    hint = N_("Correct the first line so that it names every column.")


class OneColumnError(InputError):
    """Nothing separates columns."""

    problem = N_("“{file}” has only one column; it begins with: {line}")
    hint = N_("Separate the columns with commas, tabs, semicolons or |; spaces will not do.")


class UnclosedQuoteError(InputError):
    """A quote opens and never closes, so rows run into one another."""

    problem = N_('In “{file}”, a quote (") opens in line {line} and is not closed.')
    hint = N_('Correct that line: close the quote, or write a quote inside a cell twice ("").')


class RejectsIsInputError(UsageError):
    """--rejects would replace one of the inputs."""

    problem = N_("--rejects would replace the input “{file}”.")
    hint = N_("Give --rejects another name.")


class RejectsError(UsageError):
    """The rows set aside could not be written where they were asked to go."""

    problem = N_("The rows set aside cannot be written to “{file}”: {because}.")
    hint = N_("Give --rejects a file in a folder you may write to.")


# What the columns mean


class UnknownRoleError(UsageError):
    """--map named a role that no column can play."""

    problem = N_("--map knows no role “{role}”.")
    hint = N_("Did you mean: {known}?")


class NoColumnError(UsageError):
    """--map named a column that is not in the file."""

    problem = N_("There is no column “{header}” for --map {role}.")
    hint = N_("Columns that come near: {near}.")


class AmbiguousColumnError(InputError):
    """Several columns could play a role."""

    problem = N_("{file}: more than one column could be the {role}: {candidates}.")
    hint = N_("Say which one: {flag}.")


class MissingColumnError(InputError):
    """No column plays a role that is needed."""

    problem = N_("{file} ({label}): no column for {roles}; looked for {wanted}.")
    hint = N_("Add it to the export, or say which column it is: {flags}. There are: {columns}.")


class NoSuchSegmentError(UsageError):
    """--by names what no file has."""

    problem = N_("No file has a column “{name}” to tell customers apart by.")
    hint = N_("Name a column with --by: {near}; or give a file that has it with --customers.")


class NoServeColumnError(UsageError):
    """--cost-to-serve is neither a rate nor a column of the orders."""

    problem = N_("“{name}” for --cost-to-serve is no rate, and no column of the orders.")
    hint = N_("Write a rate such as --cost-to-serve 5%, or name a column: {near}.")


class SeveralCustomersFilesError(UsageError):
    """--customers fits more than one file."""

    problem = N_("“{pattern}” for --customers fits {count} files; one is read.")
    hint = N_("Name one file, with a row for each customer.")


class NoCustomerIdError(InputError):
    """Nothing in the customers file names the customer."""

    problem = N_("“{file}” has no column that names the customer.")
    hint = N_("Say which one it is: --map customer_id=COLUMN. There are: {columns}.")


class CustomersNotFoundError(InputError):
    """Customers file and orders have no customer in common."""

    problem = N_(
        "No customer of the orders is in “{file}”: “{column}” has values such as {example} there, "
        "“{theirs}” in the orders such as {other}."
    )
    hint = N_(
        "Say which columns have the same ids: --map customer_id=COLUMN, --map customer=COLUMN."
    )


class NotOrdersError(InputError):
    """A file is known not to hold orders of customers."""

    problem = N_("{file} ({label}) cannot be used: {because}")
    hint = N_("ltv sources lists the exports that can be read.")


# The configuration


class UnknownSettingError(UsageError):
    """ltv.yaml, or a call from Python, names a setting that does not exist."""

    problem = N_("{place}: there is no setting “{name}”.")
    hint = N_("Did you mean: {near}? ltv config lists every setting.")


class DuplicateSettingError(UsageError):
    """ltv.yaml sets one thing twice; which one was meant is not ours to choose."""

    problem = N_("{place}: “{name}” is set a second time; line {first} has it already.")
    hint = N_("Keep one of the two lines.")


class SettingShapeError(UsageError):
    """A setting that takes one value has a list or a block, or `map` has no block."""

    problem = N_("{place}: {name} cannot be read in this form.")
    hint = N_("Write it as {example}.")


class BrokenSettingsError(UsageError):
    """ltv.yaml is not YAML, or not a list of names and values."""

    problem = N_("{place}: this line cannot be read.")
    hint = N_("Write one “name: value” a line, a value with % in front or “: ” inside in quotes.")


class UnreadableSettingsError(UsageError):
    """ltv.yaml exists, but cannot be read as UTF-8 text."""

    problem = N_("“{file}” cannot be read: {because}.")
    hint = N_("Save it as UTF-8 text, or move it away.")


class NotACountError(UsageError):
    """A number of things was not a whole number above 0."""

    problem = N_("{name} must be a whole number, 1 or more, not “{text}”.")
    hint = N_("Write a number such as 30.")


class NotAMappingError(UsageError):
    """A --map without role and column."""

    problem = N_("{name} must say which column plays a role, not “{text}”.")
    hint = N_("Write the role, =, and the column as the file spells it: amount=合計.")


class SettingsExistError(UsageError):
    """`ltv init` where there is an ltv.yaml."""

    problem = N_("“{file}” exists already and was left as it is.")
    hint = N_("Edit it, or name another folder: ltv init FOLDER.")


class SettingsNotWrittenError(UsageError):
    """`ltv init` where no file can be made."""

    problem = N_("“{file}” cannot be written: {because}.")
    hint = N_("Name a folder you may write to: ltv init FOLDER.")


class UnknownTermError(UsageError):
    """`ltv explain` was asked for something that ltv never prints."""

    problem = N_("ltv prints nothing that is called “{name}”.")
    hint = N_("ltv explain lists every name; the nearest: {near}.")


# How numbers and dates are written


class NotNumbersError(InputError):
    """A column of amounts holds words."""

    problem = N_("{file}: “{column}” is not a column of amounts; it holds “{example}”.")
    hint = N_("Say which column holds the amount: --map amount=COLUMN.")


class NotDecimalError(UsageError):
    """--map decimal takes a point or a comma."""

    problem = N_("--map decimal must be a point or a comma, not “{text}”.")
    hint = N_("Write --map decimal=, if 1.234,50 is one thousand.")


class MixedDecimalError(InputError):
    """Some amounts have a decimal point and others a decimal comma."""

    problem = N_(
        "{file}: “{column}” is written in two ways: “{point}” has a decimal point, "
        "“{comma}” a comma."
    )
    hint = N_(
        "Say which one is right: --map decimal=. or --map decimal=, (the others are set aside)."
    )


class AmbiguousDecimalError(InputError):
    """A point or comma may separate thousands or decimals."""

    problem = N_("{file}: “{example}” in “{column}” may be about one or about one thousand.")
    hint = N_("Say what separates the decimals: --map decimal=. or --map decimal=,")


class NotDatesError(InputError):
    """A column of dates holds something else."""

    problem = N_("{file}: “{column}” cannot be read as dates; it holds “{example}”.")
    hint = N_(
        "Say how they are written (--date-format %d/%m/%Y), or which column it is (--map "
        "date=COLUMN)."
    )


class MixedDateError(InputError):
    """Day and month stand in both orders."""

    problem = N_(
        "{file}: “{column}” is written in two ways: “{day}” has the day first, “{month}” the month."
    )
    hint = N_("Say which one is right: --date-format %d/%m/%Y or --date-format %m/%d/%Y.")


class AmbiguousDateError(InputError):
    """No date tells whether the day or the month comes first."""

    problem = N_("{file}: “{example}” in “{column}” may be a day and a month in either order.")
    hint = N_("Say which one comes first: --date-format %d/%m/%Y or --date-format %m/%d/%Y.")


# What the rows mean


class AmbiguousTotalError(InputError):
    """An amount may be the total of an order or of a row."""

    problem = N_(
        "{file}: several rows have the same order id, and “{column}” may be the total of "
        "the order or "
        "of the row."
    )
    hint = N_("Say which one: --map order_total={column} or --map line_total={column}.")


class MixedCurrencyError(InputError):
    """Amounts in several currencies cannot be added."""

    problem = N_("The orders are in several currencies, which cannot be added: {counts}.")
    hint = N_("Choose one: --currency {currency}; the others are set aside.")


class AllZeroError(UnansweredError):
    """Every amount is zero."""

    problem = N_("{file}: every amount in “{column}” is 0.")
    hint = N_("Say which column holds the amount: --map amount=COLUMN.")


class NoCustomersError(UnansweredError):
    """Not one order has a customer."""

    problem = N_("{file}: “{column}” names no customer in any of the {count} orders.")
    hint = N_("Say which column holds the customer: --map customer=COLUMN.")


class NothingUsableError(UnansweredError):
    """Every row was set aside."""

    problem = N_("No order is left to count; rows set aside: {reasons}.")
    hint = N_("ltv explain says what a reason means; --rejects FILE writes the rows.")


class TooManySegmentsError(UsageError):
    """A column asked for by --by has so many values that it tells customers apart, not segments."""

    problem = N_("--by gives {count} segments; more than {most} are not compared.")
    hint = N_("Name a column with fewer values, such as --by channel or --by country.")


class NotADateFormatError(UsageError):
    """--date-format does not say where day, month and year stand."""

    problem = N_("--date-format “{text}” does not say where day, month and year stand.")
    hint = N_("Write 10/31/2026 as --date-format %m/%d/%Y, 31.10.26 as --date-format %d.%m.%y.")


# Subscriptions


class MissingIntervalError(InputError):
    """Amounts are there, but not what time each pays for."""

    problem = N_("{file}: nothing says how often “{column}” is billed.")
    hint = N_(
        "Say it for all rows, --map interval=month, or which column says it, --map interval=COLUMN."
    )


class UnknownIntervalError(InputError):
    """No row of a column of intervals can be understood."""

    problem = N_("{file}: “{column}” does not say how often it is billed; it holds “{example}”.")
    hint = N_("Write month, 3 months, year, or say it for all rows: --map interval=month.")


class UnknownStatusError(InputError):
    """No row of a column of states can be understood."""

    problem = N_("{file}: “{column}” says no known state of a subscription; it holds “{example}”.")
    hint = N_("Write active, trialing, past_due, paused or canceled, or leave the column out.")


class NotAUnitError(UsageError):
    """--map unit takes whole or cents."""

    problem = N_("--map unit must be whole or cents, not “{text}”.")
    hint = N_("Write --map unit=cents if 1000 means ten dollars.")


class NoDayError(InputError):
    """Tenure without any date, and no --as-of."""

    problem = N_("{file}: months in “{column}”, but no date anywhere.")
    hint = N_("Say up to which day the months count: --as-of 2026-10-31.")


class MixedSubscriptionCurrencyError(InputError):
    """Prices in several currencies cannot be added."""

    problem = N_("The subscriptions are in several currencies, which cannot be added: {counts}.")
    hint = N_("Choose one: --currency {currency}; the others are set aside.")


class NoSubscribersError(UnansweredError):
    """Not one subscription has a customer."""

    problem = N_("{file}: “{column}” names no customer in any of the {count} rows.")
    hint = N_("Say which column holds the customer: --map customer=COLUMN.")


class NoSubscriptionsError(UnansweredError):
    """Every row was set aside."""

    problem = N_("No subscription is left to count; rows set aside: {reasons}.")
    hint = N_("ltv explain says what a reason means; --rejects FILE writes the rows.")


# MRR


class NoMonthShownError(UnansweredError):
    """No month of the data lies between --from and --to."""

    problem = N_("No month of the subscriptions lies in the chosen period.")
    hint = N_("The data goes from {first} to {last}: leave out --from and --to, or widen them.")


class NobodyPaidError(UnansweredError):
    """All subscriptions are trials, unpaid, paused or free."""

    problem = N_("No customer has paid for a subscription until {as_of}.")
    hint = N_("ltv mrr shows them by month; --as-of says until when to look.")


class NoFileError(UsageError):
    """A command that reads files was given none."""

    problem = N_("There is no file to read.")
    hint = N_("Give one: ltv {command} {example}.")


# Cohorts, segments, predictions


class SubscriptionsError(InputError):
    """A command that follows orders was given subscriptions."""

    problem = N_("These are subscriptions, but ltv {command} follows orders.")
    hint = N_("Try ltv mrr: it follows who stays, month by month.")


# Claims


class NotAClaimError(UsageError):
    """A --claim without name or number."""

    problem = N_("--claim must look like ltv=240000, not “{text}”.")
    hint = N_("Write the claim, an equals sign and what is claimed: --claim churn=2%.")


class UnknownClaimError(UsageError):
    """A pitch claims something that ltv cannot check."""

    problem = N_("{place}: there is no claim “{name}”.")
    hint = N_("Did you mean: {near}? ltv explain lists every claim.")


class ClaimedTwiceError(UsageError):
    """A pitch claims one thing twice; which one was meant is not ours to choose."""

    problem = N_("{place}: “{name}” is claimed a second time; {first} has it already.")
    hint = N_("Keep one of the two.")


class ClaimCurrenciesError(UsageError):
    """Amounts of a pitch are in different currencies, which no LTV/CAC can stand on."""

    problem = N_("{one} is in {sign}, but {other} in {unlike}: they cannot be compared.")
    hint = N_("Write every amount in one currency.")


class ClaimShapeError(UsageError):
    """A claim that is a list or a block, or nothing at all."""

    problem = N_("{place}: {name} cannot be read in this form.")
    hint = N_("Write one number, as in ltv: 240000 or churn: 2%.")


class NothingClaimedError(UsageError):
    """`ltv audit` without a pitch and without claims."""

    problem = N_("Nothing is claimed, so there is nothing to check.")
    hint = N_("Give a pitch (ltv audit pitch.yaml) or claims (ltv audit --claim ltv=240000 …).")


# Spend


class NotSpendError(InputError):
    """A file given with --spend holds something else."""

    problem = N_("{file} is {label}, not a file of spend.")
    hint = N_("Leave it to the files without a flag, and give --spend a report of ad spend.")


class NoSpendColumnError(InputError):
    """No column says what was spent."""

    problem = N_("{file} ({label}): no column says what was spent; there are: {columns}.")
    hint = N_("Say which column does: --map spend=COLUMN.")


class NoSpendDayError(InputError):
    """Neither a column nor a title says when it was spent."""

    problem = N_("{file} ({label}): nothing says when it was spent; there are: {columns}.")
    hint = N_(
        "Export it by day, say which column has the day (--map spend_date=COLUMN), or say the "
        "period: --map spend_date=2026-09-01..2026-09-30."
    )


class SpendNotNumbersError(InputError):
    """A column of spend holds words."""

    problem = N_("{file}: “{column}” is not a column of amounts; it holds “{example}”.")
    hint = N_("Say which column holds the spend: --map spend=COLUMN.")


class SpendDecimalError(InputError):
    """A point or comma in a column of spend may separate thousands or decimals."""

    problem = N_("{file}: “{example}” in “{column}” may be about one or about one thousand.")
    hint = N_("Say what separates the decimals: --map spend_decimal=. or --map spend_decimal=,")


class SpendNotDatesError(InputError):
    """A column of days of spend holds something else."""

    problem = N_("{file}: “{column}” cannot be read as days or months; it holds “{example}”.")
    hint = N_("Say which column has the day: --map spend_date=COLUMN.")


class NoSpendError(UnansweredError):
    """Every row of spend was set aside."""

    problem = N_("{file}: no row of spend is left to count; rows set aside: {reasons}.")
    hint = N_("ltv explain says what a reason means.")


class SpendTwiceError(InputError):
    """Two files of spend hold the same rows."""

    problem = N_(
        "{file} and {other} have {count} rows in common, of the same channel, days and amount; "
        "these would count twice."
    )
    hint = N_(
        "Give files of different days or channels; if both were spent, name them apart: --spend "
        "NAME=FILE."
    )


class MixedSpendCurrencyError(InputError):
    """Spend in several currencies cannot be added."""

    problem = N_("The spend is in several currencies, which cannot be added: {counts}.")
    hint = N_("Give --spend files in one currency only.")


class SpendCurrencyError(InputError):
    """Spend and what customers bring are in different currencies."""

    problem = N_("The spend is in {spend}, but customers are counted in {customers}.")
    hint = N_(
        "Give --spend files in {customers}; if the orders are in both, choose with --currency "
        "{spend}."
    )


class NoSuchChannelError(UsageError):
    """--map spend.CHANNEL names a channel on which nothing was spent."""

    problem = N_("--map spend.{name}: there is no spend on “{name}”.")
    hint = N_("There is spend on: {known}.")


class LagWithoutSpendError(UsageError):
    """--cac-lag was typed, but no --spend."""

    problem = N_("--cac-lag means nothing without --spend.")
    hint = N_("Leave it out, or give a file of spend: --spend spend.csv.")


class SpendForBothError(UsageError):
    """--spend with exports of orders and of subscriptions together."""

    problem = N_("--spend cannot tell what was spent for orders and what for subscriptions.")
    hint = N_("Run them one by one, each with ltv calc and its own --spend.")


class SpendElsewhereError(UnansweredError):
    """Spend and customers are known of different days."""

    problem = N_(
        "Spend is for new customers of {first} to {last}, but these are known from {begin} to "
        "{end}: no day in common."
    )
    hint = N_("Give --spend of the time of the customers, or mend --cac-lag.")


class TooFewToPredictError(UnansweredError):
    """A model of customers takes customers."""

    problem = N_("{customers} customers are too few to predict from; it takes at least {enough}.")
    hint = N_("Give a longer export; what they brought so far is in ltv calc.")


class TooShortToPredictError(UnansweredError):
    """So short a time shows neither how often customers order nor that they leave."""

    problem = N_(
        "The orders cover {days} days, too few to predict from; it takes at least {enough}."
    )
    hint = N_("Give a longer export; what customers brought so far is in ltv calc.")


class NobodyReturnsError(UnansweredError):
    """Predictions are of repeat orders, of which there are none or hardly any."""

    problem = N_(
        "Customers came back {repeats} times on a later day, too few to predict from; it takes at "
        "least {enough}."
    )
    hint = N_("Give a longer export; what they brought so far is in ltv calc.")


class HorizonPastPredictionError(UnansweredError):
    """A forecast was asked for over far more time than was ever seen."""

    problem = N_("--horizon of {asked} months is far past what {seen} months of data can say.")
    hint = N_("Shorten it to --horizon {longest}mo, or give a longer export.")
