import pytest

from ltvcli.errors import InternalError
from ltvcli.read.subscriptions import customer_keys
from tests.read.conftest import OneEngine


@pytest.fixture
def engine(one_engine: OneEngine) -> OneEngine:
    one_engine.execute(
        "create or replace table a as select unnest(['c1', 'c2', 'c1', null]) as customer"
    )
    one_engine.execute("create or replace table b as select unnest(['c10', 'c2']) as customer")
    return one_engine


def test_the_first_key_that_differs_for_all_customers_is_used(engine: OneEngine) -> None:
    keys = ("length(t)", "'key of ' || t", "hash(t)")

    customer_keys.define(engine, ["a", "b"], keys)

    assert engine.execute("select key_of_customer('c1')").fetchall() == [("key of c1",)]


def test_hashes_of_ids_differ(engine: OneEngine) -> None:
    customer_keys.define(engine, ["a", "b"])

    ids = "(from a union all from b) where customer is not null"
    keys = f"select key_of_customer(customer) as key from {ids}"
    query = f"select count(distinct key) from ({keys})"
    assert engine.execute(query).fetchall() == [(3,)]


def test_customers_are_never_taken_for_one_another(engine: OneEngine) -> None:
    with pytest.raises(InternalError, match="different keys"):
        customer_keys.define(engine, ["a", "b"], ("length(t)", "left(t, 2)"))
