"""Every engine gives every score of the conformance set."""

import pytest

from leadqual.testing import conformance_cases
from leadqual.testing.engines import differences

EVERY_CASE = pytest.mark.parametrize("case", conformance_cases(), ids=lambda case: case.name)


@EVERY_CASE
def test_duckdb_gives_the_scores_of_a_case(case, duckdb_engine):
    """Within the process, with two threads."""
    assert not list(differences(case, duckdb_engine(threads=2)))


@EVERY_CASE
def test_postgres_gives_the_scores_of_a_case(case, postgres_engine):
    """On a real server."""
    assert not list(differences(case, postgres_engine))


@EVERY_CASE
def test_turkish_postgres_gives_the_scores_of_a_case(case, turkish_postgres_engine):
    """On a database whose own collation folds and orders otherwise: nothing is left to it."""
    assert not list(differences(case, turkish_postgres_engine))


@EVERY_CASE
def test_spark_gives_the_scores_of_a_case(case, spark_engine):
    """On a local session, in ANSI mode."""
    assert not list(differences(case, spark_engine))
