"""What holds of every test here: no planted word reaches a log or a warning."""

import logging
import warnings

import pytest

from tests.hostile.canaries import leaks


@pytest.fixture(autouse=True)
def _nothing_is_logged(caplog):
    """Fail a test during which a canary was logged or warned about."""
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    assert not leaks(caplog.text + "".join(str(warning.message) for warning in caught))
