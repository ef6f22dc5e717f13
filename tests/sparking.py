"""Spark, started for real, once for all tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Also for what the tests start in processes of its own: a cluster, the scripts of the documentation.
os.environ.setdefault("SPARK_CONF_DIR", str(Path(__file__).parent / "spark"))
# Executors import what this process can import, as they would on a cluster that has zhclean installed.
os.environ["PYSPARK_PYTHON"] = sys.executable


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    yield session
    session.stop()
