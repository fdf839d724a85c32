"""A process that is killed at any instant loses nothing, and what it sent twice had the same key."""

import pytest

from .scale import of, ran, say


def test_killed_worker_loses_nothing():
    """Each acknowledged deed is there, each effect that follows is in the outbox, and repeats have one key."""
    found = ran("killing", cycles=of(40, 1_000), seed=1)
    assert found["flaws"] == {}
    assert found["died by itself"] == 0
    assert found["kills"] == of(40, 1_000)
    assert found["acknowledged"] > found["kills"]
    assert found["effects"] > found["kills"]
    say("killed", found)


@pytest.mark.parametrize(
    ("build", "flaw"),
    [("commit then send", "effect lost"), ("send then commit", "sent under a key that nobody else works out")],
)
def test_build_without_an_outbox_is_found_out(build, flaw):
    """Whether it sends after the commit, and loses effects, or before it, under keys that tell nobody of a repeat."""
    found = ran("killing", cycles=of(40, 400), build=build, seed=2)
    assert found["flaws"][flaw]["count"] > 0
    say(build, found)
