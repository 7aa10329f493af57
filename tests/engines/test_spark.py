"""Spark Connect, by Sail: its errors become errors of ours, and nothing is left behind."""

from __future__ import annotations

import sys
import time
from typing import Any

import pytest

from ltvcli.engines import spark
from ltvcli.errors import (
    ConnectionLostError,
    LtvError,
    NoDriverError,
    NoTableError,
    NotConnectedError,
)
from tests.engines import servers


@pytest.mark.parametrize("host", ["no-such-host.invalid", "127.0.0.1"])
def test_where_nobody_listens(host: str) -> None:
    url = f"sc://{host}:{servers.free_port()}/;token=s3cret;user_id=ann"
    begin = time.monotonic()
    with pytest.raises(NotConnectedError) as caught, spark.open(url):
        pass

    assert host in str(caught.value)
    assert "s3cret" not in f"{caught.value} {caught.value.facts}"
    assert time.monotonic() - begin < 15


def test_a_table_that_does_not_exist(sail_url: str) -> None:
    with spark.open(sail_url) as engine:
        with pytest.raises(NoTableError, match="nowhere"):
            engine.describe("nowhere.orders")
        with pytest.raises(NoTableError, match=r"no table “.*orders`?”"):
            engine.execute('select a from "nowhere"."orders"')


def test_what_the_client_logs_is_not_shown(
    sail_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with spark.open(sail_url) as engine, pytest.raises(LtvError):
        engine.execute('select a from "nowhere"."orders"')

    assert capfd.readouterr() == ("", "")


def test_a_sum_that_is_too_large_is_an_error_and_no_null(sail_url: str) -> None:
    with spark.open(sail_url) as engine:
        assert engine.spark.conf.get("spark.sql.ansi.enabled") == "true"
        assert engine.spark.conf.get("spark.sql.session.timeZone") == "UTC"


def tables(url: str) -> list[str]:
    with spark.open(url) as engine:
        return [table.name for table in engine.spark.catalog.listTables()]


def test_tables_are_dropped(sail_url: str) -> None:
    with spark.open(sail_url) as engine:
        engine.create_table("orders", "select 1 as x")
        engine.execute("create temp view v as select x from orders")
        engine.execute("create or replace temp table orders as select x + 1 as x from orders")
        assert engine.execute("select x from orders").fetchone() == (2,)
        assert len(engine.spark.catalog.listTables()) == 2

    assert tables(sail_url) == []


def test_two_sessions_do_not_see_each_other(sail_url: str) -> None:
    with spark.open(sail_url) as one, spark.open(sail_url) as two:
        one.create_table("orders", "select 1 as x")
        two.create_table("orders", "select 2 as x")
        assert one.execute("select x from orders").fetchone() == (1,)
        assert two.execute("select x from orders").fetchone() == (2,)


def test_a_session_that_is_there_is_used_and_left_open(sail_url: str) -> None:
    with spark.open(sail_url) as owner:
        session = owner.spark
        session.sql("create or replace temporary view orders as select 7 as x")
        with spark.open(session) as engine:
            engine.create_table("orders", 'select x + 1 as x from "orders"')
            assert engine.execute("select x from orders").fetchone() == (8,)
        assert session.sql("select x from orders").toArrow().to_pylist() == [{"x": 7}]


def test_tables_can_be_created_in_another_schema(sail_url: str) -> None:
    with spark.open(sail_url) as owner:
        owner.spark.sql("create database scratch").toArrow()
        with spark.open(sail_url, schema="scratch") as engine:
            engine.spark.sql("create database if not exists scratch").toArrow()
            engine.create_table("orders", "select 1 as x")
            assert engine.execute("select x from orders").fetchone() == (1,)
            (table,) = engine.spark.catalog.listTables("scratch")
    assert table.namespace == ["scratch"]


def test_ctrl_c_interrupts_what_this_session_runs(
    sail_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []

    def interrupted(sql: str) -> Any:
        raise KeyboardInterrupt

    with spark.open(sail_url) as engine:
        monkeypatch.setattr(engine.spark, "sql", interrupted)
        monkeypatch.setattr(engine.spark, "interruptTag", stopped.append)
        with pytest.raises(KeyboardInterrupt):
            engine.ask("select 1")
        monkeypatch.undo()

    assert stopped == [engine.session]


def test_a_server_that_goes_away() -> None:
    with servers.sail() as (url, process), spark.open(url) as engine:
        engine.create_table("orders", "select 1 as x")
        process.kill()
        process.wait()
        with pytest.raises(ConnectionLostError):
            engine.execute("select x from orders")


def test_without_the_driver_the_message_suggests_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(NoDriverError) as caught, spark.open("sc://host/;token=abc"):
        pass

    assert caught.value.facts == {"place": "sc://host", "extra": "spark"}


def test_a_table_that_was_interrupted_half_way_is_dropped(
    sail_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with spark.open(sail_url) as owner, spark.open(owner.spark) as engine:
        send = engine.spark.sql

        def interrupted(sql: str) -> Any:
            send(sql).toArrow()
            raise KeyboardInterrupt

        monkeypatch.setattr(engine.spark, "sql", interrupted)
        with pytest.raises(KeyboardInterrupt):
            engine.create_table("orders", "select 1 as x")
        monkeypatch.undo()
        assert len(owner.spark.catalog.listTables()) == 1
        engine.close()
        assert owner.spark.catalog.listTables() == []
