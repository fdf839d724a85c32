"""Sequences as a lead's life goes through them."""

from datetime import timedelta

from tests.core.qualifier.nurtured import by, mail, sequence, step

FORK = step("fork", branch='{ on = ["visit"], within = "3d", yes = "b", no = "a" }')
CALL = step("call", channel='"phone"', task='"Call"', purpose='"sales"')


def tracks(*parts):
    """Return the tracks of sequences."""
    return by(*parts).nurturing.tracks


def test_tracks_stand_in_the_order_of_priority_then_name():
    """So that the higher goes first."""
    parts = [
        sequence(name, mail("a"), priority=rank) for name, rank in (("c", "1"), ("b", "0"), ("a", "0"), ("d", "9"))
    ]
    assert [track.name for track in tracks(*parts)] == ["d", "c", "a", "b"]


def test_track_knows_how_it_begins_and_what_it_is_for():
    """The channels of its own purpose; of all, if it has no touch of that."""
    [mixed] = tracks(sequence("one", FORK, mail("a"), mail("b"), CALL))
    assert (mixed.first, mixed.asks) == ("fork", (("email", "newsletter"),))
    assert mixed.forks.keys() == {"fork"}
    [calls] = tracks(sequence("one", CALL))
    assert calls.asks == (("phone", "sales"),)


def test_track_runs_in_the_stages_that_it_names():
    """Or in the open ones before a hand-off."""
    [named] = tracks(sequence("one", mail("a"), stages='["mql", "sql", "recycle"]'))
    [usual] = tracks(sequence("one", mail("a")))
    stages = ("lead", "mql", "sql", "recycle", "won", "lost")
    assert [named.runs_in(stage) for stage in stages] == [False, True, True, True, False, False]
    assert [usual.runs_in(stage) for stage in stages] == [True, True, False, False, False, False]


def test_track_knows_when_a_lead_may_come_in_again():
    """At once, if nothing is said."""
    [cool] = tracks(sequence("one", mail("a"), again='"if_not_active"', again_after='"90d"'))
    [warm] = tracks(sequence("one", mail("a"), again='"always"'))
    assert (cool.again_after, warm.again_after) == (timedelta(days=90), None)


def test_track_finds_the_place_of_a_lead():
    """Of a step that was taken out, the one that stands in for it; of an unknown one, none."""
    [track] = tracks(sequence("one", mail("a"), mail("b"), moved='{ old = "b" }'))
    assert [None if (found := track.place(name)) is None else found.name for name in ("a", "old", "x", None)] == [
        "a", "b", None, None,
    ]  # fmt: skip


def test_nurturing_is_none_without_sequences():
    """Then nothing of it is loaded or asked."""
    assert by().nurturing is None


def test_nurturing_remembers_the_forks_that_ask_since_the_enrolment():
    """And no others."""
    since = FORK.replace("within", 'since = "enrolment", within').replace("fork", "late")
    nurturing = by(sequence("one", since, mail("a"), mail("b")), sequence("two", FORK, mail("a"), mail("b"))).nurturing
    assert [fork for fork, _ in nurturing.remembered] == [("one", "late")]


def test_nurturing_binds_a_condition_once():
    """However often it is asked."""
    when = '{ field = "size", op = "eq", value = "big" }'
    nurturing = by(sequence("one", mail("a", when=when))).nurturing
    condition = nurturing.by_name["one"].sequence.steps[0].when
    assert nurturing.bound(condition) is nurturing.bound(condition)
    assert nurturing.bound(condition).holds({"size": "big"}) is True
