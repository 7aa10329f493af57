"""Servers that are started once, when the first test needs them."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

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


def import_pyspark() -> None:
    """Import the client of Spark Connect."""
    pytest.importorskip("pyspark")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # In a process of pytest-xdist pyspark takes itself for a doctest, and wants all of Spark.
        patch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
        warnings.simplefilter("ignore")
        import pyspark.sql.connect  # noqa: F401


@pytest.fixture(scope="session")
def spark_url() -> Iterator[str]:
    import_pyspark()
    home = os.environ.get("SPARK_HOME", "")
    if not (home and shutil.which("java")):
        pytest.skip("neither Java nor SPARK_HOME, the folder of Spark or of the package pyspark")
    with servers.spark(Path(home)) as url:
        yield url


@pytest.fixture(scope="session")
def sail_url() -> Iterator[str]:
    pytest.importorskip("pysail")
    import_pyspark()
    with servers.sail() as (url, _):
        yield url
