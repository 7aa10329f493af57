"""Generated exports: the same rows on every machine, written by DuckDB.

Every number comes from integer arithmetic on the row number, so threads and versions do not matter.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from zlib import crc32

# A 32-bit mixing function, in 64-bit arithmetic: no two numbers below 2^32 give the same result.
MIX = """
create temp macro scramble(x) as ((x * 2246822519::ubigint) & 4294967295::ubigint);
create temp macro fold(x, bits) as xor(x, x >> bits);
create temp macro mix(i, salt) as
    fold(scramble(fold(scramble(xor(i::ubigint, salt::ubigint)), 15)), 13);
"""

# Customers differ as they do in shops: 30% of them place 70% of the orders. Each starts on a day of
# their own within the first 700 and orders, ever more rarely, up to day 1,000.
ORDERS = """
copy (
    with
        drawn as (
            select i, mix(i, 11) as who, mix(i, 222) as u, mix(i, 3333) as cents
            from range($rows) as numbers(i)
        ),
        placed as (
            select i, u, 500 + cents % 10000 as cents,
                case when who % 10 < 7 then mix(who, 4) % $often::ubigint
                     else $often::ubigint + mix(who, 5) % $seldom::ubigint
                end as customer
            from drawn
        ),
        dated as (select *, mix(customer, 66) % 700 as start from placed)
    select
        'o' || i as order_id,
        'c' || customer as customer,
        date '2023-01-01' + (start + ((((u * u) >> 32) * (1000 - start)) >> 32))::int as date,
        (cents // 100) || '.' || lpad((cents % 100)::varchar, 2, '0') as total,
        ['web', 'ads', 'mail'][1 + (customer % 3)::bigint] as channel
    from dated
) to '{path}' (header, delimiter ',')
"""

# Ten rows are six customers over three years: three have one subscription, one changes plan, one
# leaves and comes back, and one changes plan with another subscription beside it. A change of plan
# is a row of its own that starts on the day the other ends. Yearly prices are whole cents a month.
SUBSCRIPTIONS = """
create temp macro draw(i, salt, below) as ((mix(i, salt) * below::ubigint) >> 32)::int;
copy (
    with
        parts as (
            select i,
                i // 10 * 6 + [0, 1, 2, 3, 3, 4, 4, 5, 5, 5][1 + i % 10] as customer,
                ['only', 'only', 'only', 'before', 'after', 'before', 'again',
                 'before', 'after', 'beside'][1 + i % 10] as part
            from range($rows) as numbers(i)
        ),
        joined as (select *, draw(customer, 11, 1095) as day from parts),
        moved as (select *, day + 1 + draw(customer, 222, 1095 - day) as moved from joined),
        started as (
            select *,
                case part
                    when 'after' then moved
                    when 'again' then moved + draw(customer, 3333, 1096 - moved)
                    when 'beside' then day + draw(customer, 44, 1096 - day)
                    else day
                end as start,
                mix(i, 555) as u
            from moved
        ),
        ended as (
            select *,
                case when part = 'before' then moved
                     else start + 1 + ((((u * u) >> 32) * 900) >> 32)::int
                end as stop,
                draw(i, 66, 3) as plan,
                draw(i, 777, 4) = 0 as yearly,
                1 + draw(i, 88, 5) as seats
            from started
        ),
        priced as (
            select *,
                seats * case when yearly then [19920, 59400, 249000][1 + plan]
                             else [1990, 5950, 24900][1 + plan]
                        end as cents
            from ended
        )
    select
        'cus_' || printf('%08x', mix(customer, 9999)) as customer_id,
        'sub_' || printf('%08x', mix(i - (part = 'after')::int, 1010)) as subscription_id,
        ['starter', 'team', 'business'][1 + plan] as plan,
        date '2023-01-01' + start as start_date,
        case when stop <= 1095 then date '2023-01-01' + stop end as end_date,
        (cents // 100) || '.' || lpad((cents % 100)::varchar, 2, '0') as amount,
        if(yearly, 'year', 'month') as interval,
        'usd' as currency,
        if(stop <= 1095, 'canceled', 'active') as status
    from priced
    order by start desc, i
) to '{path}' (header, delimiter ',')
"""


def orders(rows: int, folder: Path) -> Path:
    """Find or write the CSV of `rows` orders by about a tenth as many customers."""
    often = rows * 3 // 100
    values = {"rows": rows, "often": often, "seldom": rows // 10 - often}
    return _written("orders", ORDERS, values, folder)


# Forms of the same orders. Ten lines are three orders, each with its total on every line; in the
# dirty file every hundredth amount cannot be read.
FORMS = {
    "parquet": "(select order_id, customer, date, cast(total as decimal(18, 2)) as total, channel "
    "from '{orders}') to '{path}' (format parquet)",
    "folders": "(select order_id, customer, date, cast(total as decimal(18, 2)) as total, channel, "
    "strftime(date, '%Y-%m') as month from '{orders}') to '{path}' "
    "(format parquet, partition_by (month, channel))",
    "arms": "(select 'c' || n as customer, if(hash(n) % 2 = 0, 'holdout', 'mail') as arm, "
    "'2025-03-15' as day from range({half}) as numbers(n)) to '{path}' (header, delimiter ',')",
    "deals": "(select 'D' || n as deal, 'c' || n as customer, 'owner ' || n % 50 as owner, "
    "'team ' || n % 5 as team, '2024-' || lpad((1 + n % 12)::varchar, 2, '0') || '-15' as signed, "
    "(100 + n % 900) || '.55' as commission from range({rows} // 100) as numbers(n)) "
    "to '{path}' (header, delimiter ',')",
    "gzip": "(from read_csv('{orders}', all_varchar = true)) "
    "to '{path}' (header, delimiter ',', compression gzip)",
    "dirty": "(select * replace (if(substr(order_id, 2)::bigint % 100 = 7, 'n/a', total) as total) "
    "from read_csv('{orders}', all_varchar = true)) to '{path}' (header, delimiter ',')",
    "first": "(from read_csv('{orders}', all_varchar = true) "
    "where substr(order_id, 2)::bigint < {half}) to '{path}' (header, delimiter ',')",
    "second": "(from read_csv('{orders}', all_varchar = true) "
    "where substr(order_id, 2)::bigint >= {half}) to '{path}' (header, delimiter ',')",
    "lines": "(select order_id, customer, date, total, 'item ' || n % 97 as product from ("
    "select *, unnest(range(if(substr(order_id, 2)::bigint % 3 = 0, 4, 3))) as n "
    "from read_csv('{orders}', all_varchar = true) "
    "where substr(order_id, 2)::bigint < {rows} * 3 // 10)) to '{path}' (header, delimiter ',')",
}
SUFFIXES = {"parquet": ".parquet", "gzip": ".csv.gz", "folders": ""}


def form(name: str, rows: int, folder: Path) -> Path:
    """Find or write one of FORMS of the file of `rows` orders."""
    plain = orders(rows, folder)
    path = folder / f"{name}-{rows}-{crc32(FORMS[name].encode()):08x}{SUFFIXES.get(name, '.csv')}"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        values = {"orders": plain, "path": unfinished, "rows": rows, "half": rows // 2}
        _execute_apart([(f"copy {FORMS[name].format(**values)}", None)])
        unfinished.rename(path)
    return path


def excel(rows: int, folder: Path) -> Path:
    """Find or write the file of `rows` orders as a workbook, which holds 1,048,575 at most."""
    path = folder / f"excel-{rows}.xlsx"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        plain = orders(rows, folder)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            for name, text in _BOOK.items():
                book.writestr(name, text)
            with book.open("xl/worksheets/sheet1.xml", "w") as sheet, plain.open() as lines:
                sheet.write(_SHEET.encode())
                while batch := list(islice(lines, 10_000)):
                    sheet.write("".join(map(_row, batch)).encode())
                sheet.write(b"</sheetData></worksheet>")
        unfinished.rename(path)
    return path


_SPACE = "http://schemas.openxmlformats.org"
_BOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_SPACE}/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_SPACE}/package/2006/relationships"><Relationship '
    f'Id="r1" Type="{_SPACE}/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_SPACE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_SPACE}/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SPACE}/spreadsheetml/2006/main" '
    f'xmlns:r="{_SPACE}/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>',
}
_SHEET = f'<worksheet xmlns="{_SPACE}/spreadsheetml/2006/main"><sheetData>'


def _row(line: str) -> str:
    cells = "".join(
        f"<c><v>{text}</v></c>"
        if text[:1].isdigit() and "-" not in text
        else f'<c t="inlineStr"><is><t>{text}</t></is></c>'
        for text in line.rstrip("\n").split(",")
    )
    return f"<row>{cells}</row>"


# Half of the columns are numbers, half are words; two numbers and a word predict who leaves.
NUMBERS = ", ".join(f"mix(i, {n + 100}) % 1000 as n{n}" for n in range(20))
TEXTS = ", ".join(f"'w' || mix(i, {n + 200}) % {n + 2} as w{n}" for n in range(20))
CUSTOMERS = (
    "copy (select 'c' || i as customer, "
    + NUMBERS
    + ", "
    + TEXTS
    + ", (mix(i, 300) % 1000 < 80 + n0 // 4 + n1 // 5 + 100 * (w0 = 'w1')::int)::int as churned "
    "from range($rows) as numbers(i)) to '{path}' (header, delimiter ',')"
)


def customers(rows: int, folder: Path) -> Path:
    """Find or write the CSV of `rows` customers with 40 columns, and who left."""
    return _written("customers", CUSTOMERS, {"rows": rows}, folder)


def subscriptions(rows: int, folder: Path) -> Path:
    """Find or write the CSV of `rows` subscriptions, newest first."""
    return _written("subscriptions", SUBSCRIPTIONS, {"rows": rows}, folder)


def _written(name: str, sql: str, values: Mapping[str, int], folder: Path) -> Path:
    path = folder / f"{name}-{values['rows']}-{crc32((MIX + sql).encode()):08x}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        query = sql.format(path=str(unfinished).replace("'", "''"))
        _execute_apart([(MIX, None), (query, values)])
        unfinished.rename(path)
    return path


def _execute_apart(statements: Sequence[tuple[str, Mapping[str, int] | None]]) -> None:
    """Execute statements in another process.

    What this process holds at its peak would count as the peak of every command that it starts.
    """
    subprocess.run(
        [sys.executable, "-c", _EXECUTE], input=json.dumps(statements), text=True, check=True
    )


_EXECUTE = """
import duckdb, json, sys
with duckdb.connect() as connection:
    for sql, values in json.load(sys.stdin):
        connection.execute(sql, values)
"""
PLAN = "bonus: {schedule: {signing: 50%, 90d: 25%, 180d: 25%}, trust: {weight: on}}\n"
RULES = """rules:
  - {name: unit economics, when: "ltv_to_cac < 3"}
  - {name: sudden change, when: "changed(retention_90d)"}
"""


def with_rules(orders: Path) -> Path:
    """Link a file of orders into a folder with an ltv.yaml of two rules."""
    return _linked(orders, "rules", RULES)


def with_plan(orders: Path) -> Path:
    """Link a file of orders into a folder with an ltv.yaml of a plan of pay."""
    return _linked(orders, "plan", PLAN)


def _linked(orders: Path, name: str, settings: str) -> Path:
    folder = orders.parent / f"{orders.stem}-with-{name}"
    folder.mkdir(exist_ok=True)
    (folder / "ltv.yaml").write_text(settings, "utf-8")
    linked = folder / orders.name
    if not linked.exists():
        linked.hardlink_to(orders)
    return linked
