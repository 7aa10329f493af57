import pytest

from ltvcli.errors import InternalError
from ltvcli.read.subscriptions import customer_keys
from tests.read.conftest import OneEngine


@pytest.fixture
def engine(one_engine: OneEngine) -> OneEngine:
    for table, ids in (("a", ["c1", "c2", "c1", None]), ("b", ["c10", "c2"])):
        one_engine.execute(
            f"create or replace table {table} as select customer, hash(customer) as customer_key "
            "from (select unnest($ids) as customer)",
            {"ids": ids},
        )
    return one_engine


def test_the_first_key_that_differs_for_all_customers_is_used(engine: OneEngine) -> None:
    keys = ("length(t)", "1000 + length(t)", "100 * length(t) + ascii(right(t, 1))", "hash(t)")

    customer_keys.define(engine, ["a", "b"], keys)

    assert engine.execute("select key_of_customer('c1')").fetchall() == [(249,)]
    stored = "select distinct customer, customer_key from (from a union all from b) order by all"
    assert engine.execute(stored).fetchall() == [
        ("c1", 249),
        ("c10", 348),
        ("c2", 250),
        (None, None),
    ]


def test_rows_are_stored_with_the_first_key(engine: OneEngine) -> None:
    customer_keys.define(engine, ["a", "b"])

    assert customer_keys.stored("id") == "hash(id, 0)"
    keys = f"select {customer_keys.stored('customer')} = key_of_customer(customer) from a"
    assert engine.execute(f"select bool_and(is_same) from ({keys}) t(is_same)").fetchall() == [
        (True,)
    ]


def test_hashes_of_ids_differ(engine: OneEngine) -> None:
    customer_keys.define(engine, ["a", "b"])

    ids = "(from a union all from b) where customer is not null"
    keys = f"select key_of_customer(customer) as key from {ids}"
    query = f"select count(distinct key) from ({keys})"
    assert engine.execute(query).fetchall() == [(3,)]


def test_customers_are_never_taken_for_one_another(engine: OneEngine) -> None:
    with pytest.raises(InternalError, match="different keys"):
        customer_keys.define(engine, ["a", "b"], ("length(t)", "left(t, 2)"))
