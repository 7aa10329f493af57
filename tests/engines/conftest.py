"""Servers that are started once, when the first test needs them."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator

import pytest

from tests.engines import servers


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    pytest.importorskip("psycopg")
    found = servers.programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    with servers.postgres(found) as url:
        yield url


@pytest.fixture(scope="session")
def sail_url() -> Iterator[str]:
    pytest.importorskip("pysail")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # In a process of pytest-xdist pyspark takes itself for a doctest, and wants all of Spark.
        patch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
        warnings.simplefilter("ignore")
        import pyspark.sql.connect  # noqa: F401
    with servers.sail() as (url, _):
        yield url
