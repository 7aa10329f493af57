"""Functions that our queries need and SQLGlot cannot translate, in each dialect.

Every function takes arguments in the syntax tree of SQLGlot and returns an expression of the
dialect. `ltvcli/sql/portable.sql` has the same functions for DuckDB, except for `decimal_of`: there
it is a plain cast of a DOUBLE to a DECIMAL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ltvcli.errors import InternalError

if TYPE_CHECKING:
    from sqlglot import exp

_BITS_OF_DIGIT = 4


def days_between(arguments: Sequence[exp.Expr], dialect: str) -> exp.Expr:
    """Return the days from the first of two days to the second."""
    from sqlglot import exp

    begin, end = (argument.copy() for argument in arguments)
    if dialect in ("postgres", "duckdb"):
        return exp.Paren(this=exp.Sub(this=exp.Paren(this=end), expression=exp.Paren(this=begin)))
    if dialect in ("spark", "databricks"):
        return _call("datediff", end, begin)
    unit = exp.Var(this="day")
    if dialect == "bigquery":
        return _call("date_diff", end, begin, unit)
    return _call("datediff", unit, begin, end)


def day_in_zone(arguments: Sequence[exp.Expr], dialect: str) -> exp.Expr:
    """Return the day of a moment in a time zone, whatever that of the session; Spark's is UTC."""
    from sqlglot import exp

    moment, zone = (argument.copy() for argument in arguments)
    if dialect in ("spark", "databricks"):
        return exp.cast(_call("from_utc_timestamp", moment, zone), "date")
    if dialect == "bigquery":
        return _call("date", moment, zone)
    if dialect == "snowflake":
        return _call("to_date", _call("convert_timezone", zone, moment))
    return exp.cast(exp.AtTimeZone(this=moment, zone=zone), "date")


def md5_bits(arguments: Sequence[exp.Expr], dialect: str) -> exp.Expr:
    """Return the number in some bits of an MD5 hash: the first ones, or those after `skipped`.

    Args:
        arguments: text, number of bits and, optionally, of skipped bits; multiples of four.
        dialect: to write.

    Raises:
        InternalError: the numbers are not constants, or not multiples of four.
    """
    from sqlglot import exp

    text, *numbers = (argument.copy() for argument in arguments)
    bits, skipped = ([int(number.name) for number in numbers] + [0])[:2]
    if bits % _BITS_OF_DIGIT or skipped % _BITS_OF_DIGIT:
        raise InternalError(what=f"md5_bits of {bits} bits after {skipped}")
    hashed = _call("to_hex", _call("md5", text)) if dialect == "bigquery" else _call("md5", text)
    start = exp.Literal.number(1 + skipped // _BITS_OF_DIGIT)
    digits = exp.Literal.number(bits // _BITS_OF_DIGIT)
    hexadecimal = _call("substr", hashed, start, digits)
    if dialect in ("spark", "databricks"):
        number = _call("conv", hexadecimal, exp.Literal.number(16), exp.Literal.number(10))
        return exp.cast(number, "bigint")
    if dialect == "postgres":
        written = exp.Paren(this=exp.DPipe(this=exp.Literal.string("x"), expression=hexadecimal))
        return exp.cast(exp.cast(written, f"bit({bits})", dialect="postgres"), "bigint")
    if dialect in ("bigquery", "duckdb"):
        return exp.cast(_call("concat", exp.Literal.string("0x"), hexadecimal), "bigint")
    if dialect == "snowflake":
        return _call("to_number", hexadecimal, exp.Literal.string("X" * (bits // _BITS_OF_DIGIT)))
    return _call("strtol", hexadecimal, exp.Literal.number(16))


def decimal_of(value: exp.Expr, digits: int, scale: int) -> exp.Expr:
    """Return a DOUBLE as DECIMAL(digits, scale), rounded half away from zero, as DuckDB does it.

    Engines differ in this cast: PostgreSQL looks at 15 digits, Spark at the shortest text of the
    number. What all of them do alike is arithmetic; it holds up to 9.2e18 units of the last digit.

    Args:
        value: a DOUBLE.
        digits: of the result.
        scale: how many of them are behind the point.
    """
    from sqlglot import exp, parse_one

    scaled = f"abs(v) * cast({10**scale} as double)"
    number = f"sign(v) * (floor({scaled}) + floor(2 * ({scaled} - floor({scaled}))))"
    unit = f"{10**-scale:.{scale}f}" if scale else "1"
    form = (
        f"cast(cast(cast({number} as bigint) as decimal({digits}, 0)) * {unit}"
        f" as decimal({digits}, {scale}))"
    )
    written = parse_one(form, read="duckdb")
    for column in list(written.find_all(exp.Column)):
        column.replace(exp.paren(value.copy()))
    return written


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    return exp.Anonymous(this=name, expressions=list(arguments))


FUNCTIONS: dict[str, Callable[[Sequence[Any], str], Any]] = {
    "day_in_zone": day_in_zone,
    "days_between": days_between,
    "md5_bits": md5_bits,
}
"""The functions by the name they have in our queries."""
