"""PostgreSQL: its errors become errors of ours, and nothing is left behind."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ltvcli.engines import addresses, postgres
from ltvcli.engines.addresses import Address, Table
from ltvcli.errors import (
    ConnectionLostError,
    LoginRefusedError,
    LtvError,
    NoDriverError,
    NoTableError,
    NotConnectedError,
    NotPermittedError,
    QueryCancelledError,
    QueryFailedError,
)
from tests import signals
from tests.engines import servers

SLEEP = "select pg_sleep(60)"


@pytest.fixture
def owner(postgres_url: str) -> Iterator[Any]:
    """Connect as the owner of the server, as an administrator would."""
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def guest_url(owner: Any, postgres_url: str) -> Iterator[str]:
    """Make a user who may only log in, and a table that only the owner may read."""
    owner.execute(f"create role guest login password '{servers.SECRET}'")
    owner.execute("create schema shop; create table shop.orders (id int, total numeric(10,2))")
    owner.execute("insert into shop.orders values (1, 9.50)")
    yield postgres_url.replace("owner:", "guest:")
    owner.execute("drop schema shop cascade; drop owned by guest; drop role guest")
    owner.execute("grant temporary on database postgres to public")


def refused(kind: type[LtvError], url: str, **options: Any) -> str:
    """Return what is said when a connection, or a first query, is refused."""
    with pytest.raises(kind) as caught, postgres.open(url, **options) as engine:
        engine.execute('select count(*) as n from "shop"."orders"')
    return f"{caught.value} {caught.value.facts}"


def test_a_host_that_does_not_exist() -> None:
    said = refused(NotConnectedError, "postgresql://ann:s3cret@no-such-host.invalid/shop")

    assert "postgresql://no-such-host.invalid/shop" in said
    assert "s3cret" not in said


def test_a_port_where_nobody_listens() -> None:
    port = servers.free_port()

    assert "refused" in refused(NotConnectedError, f"postgresql://ann:s3cret@127.0.0.1:{port}/shop")


def test_a_database_that_does_not_exist(postgres_url: str) -> None:
    said = refused(NotConnectedError, postgres_url.replace("/postgres", "/missing"))

    assert 'database "missing" does not exist' in said


@pytest.mark.parametrize("wrong", ["wr0ng-one", "%20wr0ng-one"])
def test_a_wrong_password_is_named_in_no_message(postgres_url: str, wrong: str) -> None:
    said = refused(LoginRefusedError, postgres_url.replace(servers.IN_URL, wrong))

    assert "password authentication failed" in said
    assert "wr0ng" not in said


def test_a_password_comes_from_the_environment(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", servers.SECRET)
    with postgres.open(postgres_url.replace(f":{servers.IN_URL}", "")) as engine:
        assert engine.execute("select 1 as one").fetchall() == [(1,)]


def test_a_password_is_asked_for_only_if_the_server_wants_one(postgres_url: str) -> None:
    asked: list[str] = []

    def ask(place: str) -> str:
        asked.append(place)
        return servers.SECRET

    with postgres.open(postgres_url.replace(f":{servers.IN_URL}", ""), ask) as engine:
        engine.execute("select 1 as one")
    with postgres.open(postgres_url, ask):
        pass

    assert len(asked) == 1
    assert servers.SECRET not in asked[0]


def test_the_terminal_is_asked_once_for_the_password(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return servers.SECRET

    address = Address(postgres_url.replace(f":{servers.IN_URL}", ""))
    monkeypatch.setattr("getpass.getpass", answer)
    for is_terminal in (False, True, True):
        monkeypatch.setattr(sys.stdin, "isatty", lambda is_so=is_terminal: is_so, raising=False)
        with (
            nullcontext() if is_terminal else pytest.raises(LoginRefusedError),
            addresses.open(Table(address=address, name="t"), tmp_path, None),
        ):
            pass

    place = postgres_url.partition("@")[2]
    assert asked == [f"Password for postgresql://{place}: "]


def test_no_password_anywhere(postgres_url: str) -> None:
    said = refused(LoginRefusedError, postgres_url.replace(f":{servers.IN_URL}", ""))

    assert "no password supplied" in said


def test_a_table_that_does_not_exist(postgres_url: str) -> None:
    assert "“shop.orders”" in refused(NoTableError, postgres_url)
    with postgres.open(postgres_url) as engine:
        for table in ("nowhere.orders", "no such table", "a.b.c.d", "x'; drop table y", ""):
            with pytest.raises(NoTableError):
                engine.describe(table)


def test_a_table_that_the_user_may_not_read(guest_url: str, owner: Any) -> None:
    assert "permission denied" in refused(NotPermittedError, guest_url)
    owner.execute("grant usage on schema shop to guest")
    assert "permission denied for table orders" in refused(NotPermittedError, guest_url)


def test_temporary_tables_that_the_user_may_not_create(guest_url: str, owner: Any) -> None:
    owner.execute("revoke temporary on database postgres from public")
    with postgres.open(guest_url) as engine, pytest.raises(NotPermittedError, match="temporary"):
        engine.create_table("orders", "select 1 as a")


def test_a_column_that_does_not_exist(guest_url: str, owner: Any, postgres_url: str) -> None:
    with (
        postgres.open(postgres_url) as engine,
        pytest.raises(QueryFailedError, match='column "amount" does not exist'),
    ):
        engine.execute('select amount from "shop"."orders"')


def test_a_table_is_described_and_its_own_name_is_not_hidden_by_ours(
    guest_url: str, postgres_url: str
) -> None:
    with postgres.open(postgres_url) as engine:
        engine.create_table("orders", 'select id as customer from "shop"."orders"')
        described = engine.describe("shop.orders")
        rows = engine.execute('select o.customer, t.total from orders o, "shop"."orders" t')

    assert described == {"id": "integer", "total": "numeric(10,2)"}
    assert [(who, str(total)) for who, total in rows.fetchall()] == [(1, "9.50")]


def test_nothing_but_temporary_tables_can_be_written(guest_url: str, postgres_url: str) -> None:
    with postgres.open(postgres_url) as engine:
        for sql in ("delete from shop.orders", "create table shop.more (a int)"):
            with pytest.raises(NotPermittedError, match="read-only"):
                engine.ask(sql)


def temporary_tables(owner: Any) -> int:
    count: int = owner.execute(
        "select count(*) from pg_class where relpersistence = 't' and relname like 'ltv%'"
    ).fetchone()[0]
    return count


def test_temporary_tables_are_dropped(owner: Any, postgres_url: str) -> None:
    with postgres.open(postgres_url) as engine:
        engine.create_table("a", "select 1 as x")
        engine.execute("create temp view v as select * from a")
        engine.execute("create or replace temp table a as select 2 as x from a")
        assert temporary_tables(owner) == 1
        assert engine.execute("select x from a").fetchall() == [(2,)]
        engine.execute("create or replace temp view v as select * from a")  # it went with the table
        assert engine.execute("select x from v").fetchall() == [(2,)]
    wait_until(lambda: temporary_tables(owner) == 0)


def test_two_sessions_do_not_see_each_other(postgres_url: str) -> None:
    with postgres.open(postgres_url) as one, postgres.open(postgres_url) as two:
        one.create_table("orders", "select 1 as x")
        two.create_table("orders", "select 2 as x")
        assert one.execute("select x from orders").fetchone() == (1,)
        assert two.execute("select x from orders").fetchone() == (2,)


def wait_until(is_so: Any) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def sleeping(owner: Any) -> list[int]:
    rows = owner.execute(
        "select pid from pg_stat_activity where query = %s and state = 'active'", [SLEEP]
    ).fetchall()
    return [pid for (pid,) in rows]


@contextmanager
def meanwhile(owner: Any, act: Any) -> Iterator[None]:
    """Do something from outside as soon as the query runs."""

    def wait() -> None:
        wait_until(lambda: sleeping(owner))
        act(sleeping(owner)[0])

    thread = threading.Thread(target=wait)
    thread.start()
    yield
    thread.join()


def test_a_server_that_goes_away_half_way(owner: Any, postgres_url: str) -> None:
    end = "select pg_terminate_backend(%s)"
    with (
        meanwhile(owner, lambda pid: owner.execute(end, [pid])),
        postgres.open(postgres_url) as engine,
        pytest.raises(ConnectionLostError, match="administrator"),
    ):
        engine.ask(SLEEP)


def test_a_query_that_an_administrator_cancels(owner: Any, postgres_url: str) -> None:
    with (
        meanwhile(owner, lambda pid: owner.execute("select pg_cancel_backend(%s)", [pid])),
        postgres.open(postgres_url) as engine,
        pytest.raises(QueryCancelledError, match="user request"),
    ):
        engine.ask(SLEEP)


def test_ctrl_c_cancels_the_query_in_the_server(owner: Any, postgres_url: str) -> None:
    def interrupted() -> None:
        with postgres.open(postgres_url) as engine:
            engine.create_table("a", "select 1 as x")
            engine.ask(SLEEP)

    with (
        signals.heeded(signal.SIGINT),
        meanwhile(owner, lambda pid: signal.raise_signal(signal.SIGINT)),
        pytest.raises(KeyboardInterrupt),
    ):
        interrupted()

    wait_until(lambda: not sleeping(owner) and temporary_tables(owner) == 0)


def test_without_the_driver_the_message_suggests_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NoDriverError) as caught, postgres.open("postgresql://ann:pw@host/shop"):
        pass

    assert caught.value.facts == {"place": "postgresql://host/shop", "extra": "postgres"}


def test_arrays_have_the_types_of_duckdb(postgres_url: str, monkeypatch: Any) -> None:
    sql = (
        "select n, cast(n as double) as r, cast(n as decimal(18,4)) as m, d, n = 1 as b, t"
        " from mixed order by t"
    )
    monkeypatch.setattr("ltvcli.engines._portable.query", lambda name: sql)
    values = {
        "n": ("integer", [1, 2, None]),
        "d": ("date", [date(2025, 1, 1), date(1, 1, 1), None]),
        "t": ("text", ["B", "a", "b\\N\t"]),
    }
    with postgres.open(postgres_url) as engine:
        engine.fill("mixed", values)
        columns = engine.columns("any")

    assert columns["t"].tolist() == ["B", "a", "b\\N\t"]
    assert {name: str(array.dtype) for name, array in columns.items()} == {
        "n": "float64", "r": "float64", "m": "float64", "d": "datetime64[D]", "b": "object",
        "t": "object",
    }  # fmt: skip
    assert np.isnan(columns["n"][2])
    assert np.isnat(columns["d"][2])
