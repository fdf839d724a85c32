"""Every store keeps the contract."""

import pytest
import sqlalchemy as sa

from leadqual.service.opening import open_store
from leadqual.service.stores.sql import SqlStore
from leadqual.testing import check_store


def test_store_keeps_the_contract(new_store):
    """In memory, in a file and on a server that orders texts in Turkish: what a service relies on holds."""
    check_store(new_store)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_two_stores_over_the_same_data_are_one(new_url):
    """As two processes would have them."""
    urls = {}

    def make():
        url = new_url()
        store = open_store(url)
        urls[store] = url
        return store

    check_store(make, again=lambda store: open_store(urls[store]))


def test_store_keeps_the_contract_on_an_engine_of_the_hosts(postgres_url):
    """The host's engine may be of another isolation level, and stays open."""
    engines = []

    def make():
        engines.append(sa.create_engine(postgres_url(), isolation_level="SERIALIZABLE", pool_size=1, max_overflow=3))
        return SqlStore(engines[-1])

    check_store(make)
    for engine in engines:
        with engine.connect() as connection:
            assert connection.scalar(sa.text("SHOW transaction_isolation")) == "serializable"
        engine.dispose()
