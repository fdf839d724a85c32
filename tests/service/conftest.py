"""Stores for tests: in memory, in a file, and on a Postgres that is started once, by the worker whose tests need it."""

import importlib.util
from itertools import count
from urllib.parse import quote

import pytest

from tests.engines.servers import TURKISH, postgres_programs, running_postgres

KINDS = ("memory", "sqlite", "postgres")
_GROUP = "store-postgres"
_SCHEMAS = count()


def pytest_configure(config):
    """Know the marker also where pytest-xdist is not installed."""
    config.addinivalue_line("markers", "xdist_group(name): tests of one group run in one worker")


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this hook, too
def pytest_collection_modifyitems(items):
    """Keep the tests of the server together."""
    for item in items:
        names = {*getattr(item, "fixturenames", ())}
        values = item.callspec.params.values() if "kind" in names else ()
        if names & {"postgres_url", "store_server"} or "postgres" in values:
            item.add_marker(pytest.mark.xdist_group(_GROUP))


@pytest.fixture(scope="session")
def store_server(need):
    """Return a running Postgres for stores, with a database that compares and folds texts as Turkish readers would."""
    programs = postgres_programs()
    need(programs, "there is no Postgres server")
    absent = [name for name in ("sqlalchemy", "psycopg") if importlib.util.find_spec(name) is None]
    need(not absent, "the extra `sql` is not installed")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture
def postgres_url(store_server):
    """Return a function that returns URLs of a database: each call another schema of it, which is empty."""
    import psycopg

    plain = store_server.url(TURKISH)
    made = []

    def new_url():
        name = f"tables_{next(_SCHEMAS)}"
        made.append(name)
        with psycopg.connect(plain.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{plain}&options={quote(f'-csearch_path={name}')}"

    yield new_url
    with psycopg.connect(plain.replace("+psycopg", ""), autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(params=KINDS)
def kind(request):
    """Return the kind of the stores of a test, which runs for each."""
    return request.param


@pytest.fixture
def new_url(kind, tmp_path, request):
    """Return a function that returns URLs of stores of a kind: each call another one, which is empty."""
    if kind == "postgres":
        return request.getfixturevalue("postgres_url")
    numbers = count()
    return lambda: "memory:" if kind == "memory" else f"sqlite:///{tmp_path}/{next(numbers)}.db"


@pytest.fixture
def new_store(new_url):
    """Return a function that opens stores of a kind, each of them empty; they are closed in the end."""
    from leadqual.service.opening import open_store

    made = []

    def new():
        made.append(open_store(new_url()))
        return made[-1]

    yield new
    for store in made:
        store.close()


@pytest.fixture
def store(new_store):
    """Return a store of a kind, which is empty; parametrize ``kind`` to have some only."""
    return new_store()
